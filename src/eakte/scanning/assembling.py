"""Writing scans: archive copies, and pages put together anew.

Both run in a child process of their own, page by page, with limits on time, memory and
size; streams of images are not packed anew. The target appears whole or not at all.
"""

from contextlib import contextmanager
from datetime import datetime
from datetime import UTC
from eakte.scanning.asking import believed
from eakte.scanning.asking import name_of
from eakte.scanning.copies import ArchiveCopy
from eakte.scanning.copies import WritingLimits
from eakte.scanning.errors import ERRORS
from eakte.scanning.errors import ToolFailed
from eakte.scanning.tools.run import Child
from pathlib import Path

import dataclasses
import json
import tempfile


PROGRAM = ("-m", "eakte.scanning.writing")
"""What the child runs: arguments for the Python interpreter."""

RESULT = "result.pdf"


def archive_copy(
    path,
    target,
    texts,
    *,
    title,
    language="de",
    password=None,
    limits=WritingLimits(),  # noqa: B008
    note=None,
):
    """Write a searchable PDF/A-2b of a scan, without rendering its pages again.

    Pages are taken over as ``archiving`` says; the streams of scanned images stay
    byte for byte. Of all pages the words are held one page at a time.

    :param path: of the scan: PDF, TIFF, JPEG or PNG.
    :param target: path of the file to write; another one there is replaced.
    :param texts: iterable that yields a ``PageText`` for each page in order, or None
        for one that could not be read. Its last ones may be missing.
    :param language: of the text, as BCP 47 has it.
    :param note: called with ``(pages done, page count)`` after each page.
    :returns: ``ArchiveCopy``, which names the pages that were drawn.
    :raises ScanError: as ``Engine`` does; the target is as it was then.
    """
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with _writer(target, limits) as (ask, folder):
        begun = ask(
            limits.seconds_page,
            {
                "do": "archive",
                "path": name_of(path),
                "password": password,
                "folder": folder,
                "title": title,
                "language": language,
                "moment": moment,
            },
        )
        with believed():
            count = int(begun["pages"])
        texts = iter(texts)
        for number in range(1, count + 1):
            text = next(texts, None)
            ask(
                limits.seconds_page,
                {"do": "page", "page": number, "text": text and _plain(text)},
            )
            if note is not None:
                note(number, count)
        ended = ask(limits.seconds_end, {"do": "end", "name": RESULT})
        with believed():
            return ArchiveCopy(
                page_count=int(ended["pages"]),
                drawn=tuple(int(number) for number in ended["drawn"]),
                unreadable=tuple(int(number) for number in ended["unreadable"]),
                byte_size=int(ended["size"]),
            )


def assemble(parts, target, *, limits=WritingLimits()):  # noqa: B008
    """Write a PDF of these pages, in this order, without packing anything anew.

    That is all it takes to split, join, reorder, repeat and rotate, and to join
    images with PDF. What comes along of a PDF is the page as one sees it: no scripts,
    actions, attachments, and nothing of the pages that were not asked for.

    :param parts: iterable of ``Part``, one at least.
    :param target: path of the file to write; it may be one of those that are read.
    :returns: how many pages it has.
    :raises ValueError: there are no parts, no such page or rotation.
    :raises ScanError: as ``Engine`` does; the target is as it was then.
    """
    with _writer(target, limits) as (ask, folder):
        ask(limits.seconds_page, {"do": "assemble", "folder": folder})
        count = 0
        for part in parts:
            count += 1
            if part.rotation not in (0, 90, 180, 270):
                raise ValueError(f"No rotation: {part.rotation}")
            ask(
                limits.seconds_page,
                {
                    "do": "page",
                    "path": name_of(part.path),
                    "page": part.page,
                    "rotation": part.rotation,
                    "password": part.password,
                },
            )
        if not count:
            raise ValueError("A file has one page at least.")
        ask(limits.seconds_end, {"do": "end", "name": RESULT})
    return count


@contextmanager
def _writer(target, limits):
    """Yield ``(ask, folder)``; afterwards the result lies at ``target``."""
    target = Path(target).absolute()
    # Beside it, so that moving it there is one step.
    with tempfile.TemporaryDirectory(
        dir=target.parent, prefix=".writing-", ignore_cleanup_errors=True
    ) as folder:
        child = Child((*PROGRAM, json.dumps(dataclasses.asdict(limits))))
        try:
            yield _asking(child), folder
        finally:
            child.kill()
        try:
            (Path(folder) / RESULT).replace(target)
        except FileNotFoundError as error:
            raise ToolFailed("Nothing was written. Try again.") from error


def _asking(child):
    def ask(seconds, request):
        answer, _ = child.ask(request, seconds)
        error = answer.get("error")
        if error == "value":
            raise ValueError(answer.get("reason"))
        if error is not None:
            raise ERRORS.get(error, ToolFailed)(str(answer.get("reason")))
        return answer

    return ask


def _plain(text):
    """Return what the writer needs of a ``PageText``."""
    return {
        "text": text.text,
        "words": [dataclasses.astuple(word) for word in text.words],
        "rotation": text.rotation,
        "origin": str(text.origin),
    }
