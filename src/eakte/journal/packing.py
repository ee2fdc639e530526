"""An entry as it is stored: a few hundred bytes, each of them bound into a chain.

Stored are, one behind the other: the link of the chain (32 bytes), the moment
(microseconds since 1970 UTC, 8 bytes, big-endian), one byte that is 1 when the entry
expired, the length of the kind (1 byte), the kind, and the rest: JSON or, when the entry
expired, only the SHA-256 of it.

A link is SHA-256 of the link before and the entry's digest; the digest is SHA-256 of
kind, moment and the SHA-256 of the rest. So an expired entry still proves its place.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eakte.clock import in_house_time
from eakte.journal.interfaces import Entry
from eakte.journal.interfaces import Kind
from hashlib import sha256

import json


LINK = 32
"""Bytes of a link, and of every digest."""

KIND_AT = LINK + 8 + 1 + 1

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

NAMES = (
    "who",
    "for_whom",
    "uid",
    "type",
    "title",
    "reference",
    "path",
    "file",
    "address",
    "door",
    "why",
    "details",
)
"""What the rest of an entry says; what is empty is left out."""


class NotAnEntry(ValueError):
    """The bytes are no entry."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The stored bytes, taken apart."""

    link: bytes
    moment: int
    """Microseconds since 1970, UTC."""
    expired: bool
    kind: str
    rest: bytes

    @property
    def digest(self):
        """What the chain binds of the entry."""
        inner = self.rest if self.expired else sha256(self.rest).digest()
        kind = self.kind.encode("ascii")
        return sha256(
            bytes((len(kind),)) + kind + self.moment.to_bytes(8, "big") + inner
        ).digest()

    def follows(self, link):
        """Whether the entry stands unchanged behind the one with this link."""
        return link_after(link, self.digest) == self.link

    def to_bytes(self):
        """Return it as it is stored."""
        kind = self.kind.encode("ascii")
        return b"".join(
            (
                self.link,
                self.moment.to_bytes(8, "big"),
                bytes((self.expired, len(kind))),
                kind,
                self.rest,
            )
        )

    def cut(self):
        """Return it without person and object."""
        if self.expired:
            return self
        rest = sha256(self.rest).digest()
        return Packed(self.link, self.moment, True, self.kind, rest)

    def entry(self, lane, number):
        """Return it as people read it."""
        when = EPOCH + timedelta(microseconds=self.moment)
        if self.expired:
            return Entry(self.kind, when, lane=lane, number=number, expired=True)
        said = json.loads(self.rest)
        if self.kind == Kind.EXPIRED:
            said["details"] = _with_day(said.get("details"))
        return Entry(self.kind, when, lane=lane, number=number, **said)


def _with_day(details):
    """Return the details of an expiry with the day that people read.

    Stored is the moment, by which the command verifies what was cut down.
    """
    moment = details.get("until") if isinstance(details, dict) else None
    if not isinstance(moment, int):
        return details
    day = in_house_time(EPOCH + timedelta(microseconds=moment)).date()
    return details | {"until": day.isoformat()}


def pack(entry, link):
    """Return an ``Entry`` as ``Packed``, behind the one with this link."""
    said = {name: value for name in NAMES if (value := getattr(entry, name))}
    rest = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    moment = (entry.when - EPOCH) // timedelta(microseconds=1)
    draft = Packed(b"", moment, False, str(entry.kind), rest)
    return Packed(link_after(link, draft.digest), moment, False, str(entry.kind), rest)


def unpack(stored):
    """Return the bytes as ``Packed``.

    :raises NotAnEntry: they are none.
    """
    try:
        length = stored[KIND_AT - 1]
        if len(stored) < KIND_AT + length or stored[KIND_AT - 2] > 1:
            raise NotAnEntry("The bytes are no entry.")
        return Packed(
            stored[:LINK],
            int.from_bytes(stored[LINK : LINK + 8], "big"),
            bool(stored[KIND_AT - 2]),
            stored[KIND_AT : KIND_AT + length].decode("ascii"),
            stored[KIND_AT + length :],
        )
    except (IndexError, TypeError, UnicodeDecodeError) as error:
        raise NotAnEntry("The bytes are no entry.") from error


def link_after(link, digest):
    """Return the link of what follows."""
    return sha256(link + digest).digest()


def first_link(name):
    """Return what stands before the first entry of a lane.

    It depends on the lane's name: no lane can pass for another.
    """
    return sha256(b"eakte " + name.encode()).digest()
