"""The child process that writes: ``python -m eakte.scanning.writing``.

It writes one file, page by page, and ends. Every ``PART`` pages it puts them down as a
file of their own, so that its memory does not grow with the pages; at the end these
are strung together, stream by stream.
"""

from eakte.scanning import archiving
from eakte.scanning import reading
from eakte.scanning import serving
from eakte.scanning.copies import WritingLimits
from eakte.scanning.errors import TooLarge
from eakte.scanning.model import Kind
from eakte.scanning.model import Origin
from eakte.scanning.model import PageText
from eakte.scanning.model import Word
from eakte.scanning.tools import embedding
from eakte.scanning.tools import qpdf
from pathlib import Path
from pikepdf import AccessMode

import errno
import json
import pikepdf
import sys


PART = 64
"""Pages that are held in memory at once."""

SOURCES = 8
"""Files that are open at once while pages are assembled."""

MOST_FILES = 1024
"""Every part is open at the end."""


class Parts:
    """Pages that are put down, part by part, and at last strung together.

    :param folder: for the parts and the result.
    """

    def __init__(self, folder, most):
        self._folder = Path(folder)
        self._most = most
        self._paths = []
        self.count = 0
        self.pdf = pikepdf.new()

    def note_page(self):
        """Count the page that was appended; return whether the part is full."""
        self.count += 1
        if self.count > self._most:
            raise TooLarge(f"The file would have more than {self._most} pages.")
        return len(self.pdf.pages) >= PART

    def put_down(self):
        """Write what is held, and begin a new part."""
        if len(self.pdf.pages):
            path = self._folder / f"part-{len(self._paths):05}.pdf"
            qpdf.save(self.pdf, path)
            self._paths.append(path)
        self.pdf = pikepdf.new()

    def string(self, name, furnish=None):
        """Write all pages as one file; return its size in bytes."""
        whole = pikepdf.new()
        opened = [
            pikepdf.open(path, access_mode=AccessMode.stream) for path in self._paths
        ]
        for part in opened:
            whole.pages.extend(part.pages)
        if furnish is not None:
            furnish(whole)
        path = self._folder / name
        qpdf.save(whole, path)
        for part in opened:
            part.close()
        return path.stat().st_size


class Archiver:
    """Writes an archive copy; one request a page."""

    def __init__(self, request, limits):
        path = request["path"].encode("utf-8", "surrogateescape")
        self._pages = archiving.ArchivePages(path, request["password"], limits)
        self._parts = Parts(request["folder"], limits.pages)
        self._request = request
        self.begun = {"pages": len(self._pages.sizes)}

    def page(self, request):
        """Add a page: ``number`` and ``text``, a ``PageText`` as JSON has it, or None."""
        number, text = request["page"], request["text"]
        if text is not None:
            text = _page_text(number, text)
        self._pages.add(self._parts.pdf, number, text)
        if self._parts.note_page():
            self._put_down()
        return {}

    def end(self, request):
        """Write the copy."""
        self._put_down()
        size = self._parts.string(
            request["name"],
            lambda pdf: archiving.furnish(
                pdf,
                self._request["title"],
                self._request["language"],
                self._request["moment"],
            ),
        )
        return {
            "pages": self._parts.count,
            "drawn": self._pages.drawn,
            "unreadable": self._pages.unreadable,
            "size": size,
        }

    def _put_down(self):
        self._pages.finish_part(self._parts.pdf)
        self._parts.put_down()
        self._pages.reopen()


class Assembler:
    """Strings together pages of several files; one request a page."""

    def __init__(self, request, limits):
        self._limits = limits
        self._parts = Parts(request["folder"], limits.pages)
        self._sources = {}
        self.begun = {}

    def page(self, request):
        """Add a page: ``path``, ``password``, ``page`` and ``rotation``."""
        name, number = request["path"], request["page"]
        path = name.encode("utf-8", "surrogateescape")
        kind, sizes, source = self._opened(path, request["password"])
        if not 1 <= number <= len(sizes):
            raise ValueError(f"No page {number}, there are {len(sizes)}")
        pdf = self._parts.pdf
        if kind is Kind.PDF:
            page = source.page(number)
            if page is None:
                raise qpdf.Damaged(f"Page {number} of the PDF cannot be taken over.")
            pdf.pages.append(page)
        else:
            size = sizes[number - 1]
            embedding.add_page(
                pdf,
                path.decode("utf-8", "surrogateescape"),
                kind,
                number,
                size,
                self._limits.pixels,
            )
        qpdf.turn(pdf.pages[-1], request["rotation"])
        if self._parts.note_page() or len(self._sources) >= SOURCES:
            self._put_down()
        return {}

    def end(self, request):
        """Write the file."""
        self._put_down()
        size = self._parts.string(request["name"])
        return {"pages": self._parts.count, "size": size}

    def _opened(self, path, password):
        key = path, password
        if key not in self._sources:
            kind, sizes, _ = reading.inspect(path, password, self._limits)
            source = None
            if kind is Kind.PDF:
                name = path.decode("utf-8", "surrogateescape")
                source = qpdf.Source(name, password, self._limits.pages)
            self._sources[key] = kind, sizes, source
        return self._sources[key]

    def _put_down(self):
        self._parts.put_down()
        for _kind, _sizes, source in self._sources.values():
            if source is not None:
                source.close()
        self._sources.clear()


class Writer:
    """Does what the parent asks: begin, then page by page, then the end."""

    def __init__(self, limits):
        self._limits = limits
        self._work = None

    def do(self, request):
        """Do one request."""
        try:
            return (self._done(request),)
        except OSError as error:
            if error.errno == errno.EFBIG:
                raise TooLarge("The file would become larger than allowed.") from error
            raise

    def _done(self, request):
        match request["do"]:
            case "archive":
                self._work = Archiver(request, self._limits)
                return self._work.begun
            case "assemble":
                self._work = Assembler(request, self._limits)
                return self._work.begun
            case "page":
                return self._work.page(request)
            case "end":
                return self._work.end(request)
        raise ValueError(f"Nobody does {request['do']!r}")


def _page_text(number, values):
    return PageText(
        number=number,
        text=values["text"],
        words=tuple(Word(*word) for word in values["words"]),
        confidence=None,
        rotation=values["rotation"],
        blank=False,
        origin=Origin(values["origin"]),
    )


def main(limits, descriptor, parent):
    """Answer requests until the parent is gone."""
    limits = WritingLimits(**json.loads(limits))
    serving.confine(int(parent), limits.memory_bytes, limits.output_bytes, MOST_FILES)
    serving.serve(int(descriptor), Writer(limits).do)


if __name__ == "__main__":
    main(*sys.argv[1:])
