"""How parent and child talk: a JSON object and bytes, each with its length.

Nothing is pickled: a child that a hostile file has taken over can answer nonsense,
but it cannot make the parent run or allocate anything.
"""

import json
import struct
import time


LENGTHS = struct.Struct("!II")

MOST_JSON = 64 * 1024**2
"""Bytes. The words of the densest page take well under one MiB."""

MOST_BODY = 512 * 1024**2
"""Bytes. A JPEG of the largest bitmap allowed stays below a byte a pixel."""


class BadMessage(ValueError):
    """The other side sent something that is no message."""


def send(connection, values, body=b""):
    """Send a JSON object and bytes; blocks until they are out."""
    text = json.dumps(values).encode()
    connection.sendall(LENGTHS.pack(len(text), len(body)) + text)
    if body:
        connection.sendall(body)


def receive(connection, deadline=None):
    """Return the next message as ``(object, bytes)``.

    :param deadline: on the clock of ``time.monotonic``, in seconds; None waits
        for ever.
    :raises TimeoutError: the whole message was not there in time.
    :raises EOFError: the other side is gone.
    :raises BadMessage: it is no message, or larger than any can be.
    """
    text_length, body_length = LENGTHS.unpack(
        _exactly(connection, LENGTHS.size, deadline)
    )
    if text_length > MOST_JSON or body_length > MOST_BODY:
        raise BadMessage("A message is longer than any can be.")
    try:
        values = json.loads(_exactly(connection, text_length, deadline))
    except (ValueError, RecursionError) as error:
        # ValueError covers bad UTF-8 and bad JSON.
        raise BadMessage(f"A message cannot be decoded: {error}") from error
    if not isinstance(values, dict):
        raise BadMessage("A message is not an object.")
    return values, bytes(_exactly(connection, body_length, deadline))


def _exactly(connection, length, deadline):
    received = bytearray()
    while len(received) < length:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            connection.settimeout(left)
        # In pieces: a length that lies must not allocate anything.
        try:
            piece = connection.recv(min(length - len(received), 1024**2))
        except ConnectionResetError:
            piece = b""
        if not piece:
            raise EOFError
        received += piece
    return received
