"""The heads of all lanes, bound into one chain of the office again and again.

Whoever removes the last entries of a lane, and makes its head fit, contradicts an
anchor. Whoever makes the anchors fit too contradicts the last link that the command
printed, see ``verifying``.
"""

from dataclasses import dataclass
from eakte import clock
from eakte.journal.packing import first_link
from eakte.journal.packing import LINK
from eakte.journal.packing import link_after
from hashlib import sha256

import json


OFFICE = "office"
"""Name of the chain; no lane's name, they end in a number."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """How far some lanes were at a moment.

    :param link: binds this anchor and all before it.
    :param said: JSON: ``when``, and ``lanes``: name to number and link (hexadecimal)
        of the last entry.
    """

    link: bytes
    said: bytes

    @property
    def lanes(self):
        return {
            name: (number, bytes.fromhex(link))
            for name, (number, link) in json.loads(self.said)["lanes"].items()
        }

    @property
    def when(self):
        """The moment in ISO 8601."""
        return json.loads(self.said)["when"]

    def follows(self, link):
        """Whether the anchor stands unchanged behind the one with this link."""
        return link_after(link, sha256(self.said).digest()) == self.link

    def to_bytes(self):
        return self.link + self.said


def anchor_from(stored):
    """Return the stored bytes as ``Anchor``."""
    return Anchor(stored[:LINK], stored[LINK:])


def last_anchor(store):
    """Return ``(number, link)`` of the last anchor; number 0 when there is none."""
    if not len(store.anchors):
        return 0, first_link(OFFICE)
    number = store.anchors.maxKey()
    return number, anchor_from(store.anchors[number]).link


def anchor(store, lanes):
    """Add an anchor that binds the heads of these lanes."""
    if not lanes:
        return
    said = {
        "when": clock.utc_now().isoformat(),
        "lanes": {lane.name: (lane.count, lane.head.hex()) for lane in lanes},
    }
    said = json.dumps(said, separators=(",", ":")).encode()
    number, link = last_anchor(store)
    link = link_after(link, sha256(said).digest())
    store.anchors[number + 1] = Anchor(link, said).to_bytes()
