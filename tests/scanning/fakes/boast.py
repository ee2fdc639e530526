"""A child that announces an answer of four GiB."""

from eakte.scanning import wire

import socket
import sys


connection = socket.socket(fileno=int(sys.argv[2]))
wire.receive(connection)
connection.sendall(wire.LENGTHS.pack(2, 2**32 - 1) + b"{}")
connection.recv(1)
