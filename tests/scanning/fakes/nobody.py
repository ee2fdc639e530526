"""A child that ends after it was asked, and says of an error that it is none of ours."""

import socket
import sys


connection = socket.socket(fileno=int(sys.argv[2]))
connection.recv(1)
print("ImportError: said by the file\nand then it went on", file=sys.stderr)
sys.exit(2)
