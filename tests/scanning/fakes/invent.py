"""A child that answers with an object that means nothing."""

from eakte.scanning import wire

import socket
import sys


connection = socket.socket(fileno=int(sys.argv[2]))
wire.receive(connection)
wire.send(connection, {"kind": "novel", "pages": 7})
connection.recv(1)
