"""Which files of the watched folder are taken in already.

A file is moved aside after the commit of its mail item. Between the two the process
may be killed; then this ledger, committed with the item, knows the file again.
"""

from BTrees.OOBTree import OOBTree
from dataclasses import dataclass
from zope.annotation.interfaces import IAnnotations

import time


KEY = "eakte.capture.sources"

FORGOTTEN = 30 * 24 * 3600.0
"""Seconds for which a file is remembered that is no longer at its place. It may lie on
a disk of the network that is away for a while."""


@dataclass(frozen=True, order=True)
class Source:
    """A file of the watched folder, as it was when it was read.

    :param folder: name of the folder, a team's id or the mailroom's.
    :param modified: of its contents, in nanoseconds since 1970.
    :param size: in bytes.
    """

    folder: str
    name: str
    inode: int
    modified: int
    size: int

    def key(self, sha256):
        """Return what the ledger knows the file by."""
        # Names that are not UTF-8 carry surrogates, which no pickle takes everywhere.
        name = self.name.encode("utf-8", "surrogateescape")
        return (self.folder, name.hex(), self.inode, self.modified, self.size, sha256)


def ledger_of(site):
    """Return ``{key: (UUID of the mail item, seconds since 1970)}``; may be None."""
    return IAnnotations(site).get(KEY)


def note(site, source, sha256, uid):
    """Note, in the transaction that makes the mail item, where its file came from."""
    annotations = IAnnotations(site)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    annotations[KEY][source.key(sha256)] = (uid, time.time())


def forget(site, keys):
    """Forget files that were moved aside."""
    ledger = ledger_of(site)
    for key in keys:
        if key in ledger:
            del ledger[key]


def outdated(site):
    """Return the keys of files that nobody has seen for long."""
    oldest = time.time() - FORGOTTEN
    entries = (ledger_of(site) or {}).items()
    return [key for key, (_, when) in entries if when < oldest]
