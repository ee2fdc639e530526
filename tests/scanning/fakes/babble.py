"""A child that answers with bytes that are no UTF-8."""

from eakte.scanning import wire

import socket
import sys


connection = socket.socket(fileno=int(sys.argv[2]))
wire.receive(connection)
connection.sendall(wire.LENGTHS.pack(4, 0) + b"\xff\xfe\xc3\x28")
connection.recv(1)
