"""A child whose library prints that memory is used up, and aborts."""

import os
import socket
import sys


connection = socket.socket(fileno=int(sys.argv[2]))
connection.recv(1)
os.write(2, b"terminate called after throwing an instance of 'std::bad_alloc'\n")
os.abort()
