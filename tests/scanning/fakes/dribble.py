"""A child that begins an answer and never ends it."""

from eakte.scanning import wire

import signal
import socket
import sys


connection = socket.socket(fileno=int(sys.argv[2]))
wire.receive(connection)
connection.sendall(wire.LENGTHS.pack(1000, 0) + b"{")
signal.pause()
