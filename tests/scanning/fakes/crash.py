"""A child that dies as soon as it is asked."""

import os
import signal
import socket
import sys


connection = socket.socket(fileno=int(sys.argv[2]))
connection.recv(1)
os.kill(os.getpid(), signal.SIGSEGV)
