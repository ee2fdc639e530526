"""A mail server on this machine that keeps what it takes."""

from aiosmtpd.controller import Controller
from contextlib import contextmanager
from email import message_from_bytes
from email import policy
from socket import socket


class Sink:
    """Takes every mail, as the mail server of the house would."""

    def __init__(self):
        self.mails = []
        self.port = None

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos, mail))
        return "250 taken"

    @property
    def receivers(self):
        return sorted(address for rcpt, _ in self.mails for address in rcpt)

    @property
    def ids(self):
        return [mail["Message-ID"] for _, mail in self.mails]


@contextmanager
def mail_server():
    """Give a ``Sink`` that listens at its ``port`` of this machine."""
    sink = Sink()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        sink.port = free.getsockname()[1]
    server = Controller(sink, hostname="127.0.0.1", port=sink.port)
    server.start()
    try:
        yield sink
    finally:
        server.stop()
