"""What the worker takes along from the ZODB, and where it brings the results."""

from dataclasses import dataclass
from eakte.scanning.model import Limits
from eakte.scans.facts import facts_of
from eakte.scans.facts import file_of
from eakte.scans.interfaces import ScanStatus
from eakte.scans.settings import limits
from eakte.scans.settings import scan_settings
from pathlib import Path
from plone.app.uuid.utils import uuidToObject

import os
import shutil


INDEXES = (
    "SearchableText",
    "page_count",
    "scan_status",
    "scan_problem",
    "sha256",
    "duplicate_of",
)
"""What changes in the catalog when a scan was read."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A scan as the worker has it: nothing persistent.

    :param path: of a file that stays while the job lasts.
    :param missing: numbers of the pages that were not read yet.
    """

    path: Path
    sha256: str
    password: str | None
    page_count: int
    missing: tuple[int, ...]
    status: ScanStatus
    languages: str
    processes: int
    limits: Limits


def take(site, uid, folder):
    """Return the ``Taken`` scan of an object, or None when there is none (any more)."""
    content = uuidToObject(uid, unrestricted=True)
    facts = None if content is None else facts_of(content)
    if facts is None:
        return None
    settings = scan_settings()
    with file_of(content).open() as reader:
        path = _kept(Path(reader.name), folder / "scan")
    return Taken(
        path=path,
        sha256=facts.sha256,
        password=facts.password,
        page_count=facts.page_count,
        missing=tuple(facts.pages.missing(facts.page_count)),
        status=facts.status,
        languages=settings.languages,
        processes=settings.processes,
        limits=limits(settings),
    )


def bring(site, uid, taken, verb):
    """Call ``verb(content, facts)`` if the object still has the scan that was taken.

    Otherwise the result is dropped: another scan has asked for a job of its own.
    """
    content = uuidToObject(uid, unrestricted=True)
    facts = None if content is None else facts_of(content)
    if facts is not None and facts.sha256 == taken.sha256:
        verb(content, facts)


def _kept(path, copy):
    """Keep the file from being packed away or dropped from a cache of blobs.

    A blob's file is never changed, so that a second name does for a copy.
    """
    try:
        os.link(path, copy)
    except OSError:
        # Another disk, or a file system without hard links.
        shutil.copyfile(path, copy)
    return copy
