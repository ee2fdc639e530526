"""What every answer has in common that carries something of a scan.

Scans come from strangers. Whatever is in them, a browser shows or saves it and runs
nothing: the type is what we say, scripts and plugins have no rights and no origin, no
other site may embed it, and no shared cache may keep it.
"""

from eakte.scans.problems import problem_named
from urllib.parse import quote
from zope.i18n import translate
from ZPublisher.HTTPRangeSupport import expandRanges
from ZPublisher.HTTPRangeSupport import parseRange

import json


SEAL = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every answer about a scan."""


def seal(response):
    """Let nothing in the answer be run, and nobody else keep it."""
    if not response.getHeader("Cache-Control"):
        response.setHeader("Cache-Control", "private, no-store")
    for name, value in SEAL.items():
        response.setHeader(name, value)


def disposition(kind, filename):
    """Return a Content-Disposition.

    :param kind: ``inline`` or ``attachment``.

    Source: RFC 6266; RFC 8187 for the characters of the name.
    """
    return f"{kind}; filename*=UTF-8''{quote(filename.encode(), safe='')}"


class PartMissing(Exception):
    """The file ends before the part that was asked for."""


def part_asked_for(request, size, tag):
    """Return ``(start, end)`` of the one part that is asked for, or None for all.

    Several parts at once are answered with the whole file, as RFC 9110, 14.2 allows;
    so is a part of what the client has in another version.

    :param size: of the file in bytes.
    :param tag: the file's ETag as it is sent.
    :raises PartMissing: there is no such part.
    """
    ranges = parseRange(request.getHeader("Range", ""))
    if not ranges or len(ranges) != 1:
        return None
    if request.getHeader("If-Range", tag) != tag:
        return None
    parts = expandRanges(ranges, size)
    if not parts:
        raise PartMissing
    [(start, end)] = parts
    # "The last 500 bytes" of a file of 300 are the file.
    return max(start, 0), end


class ScanAnswer:
    """An answer about the scan of ``context``; its ``pages`` are the ``IScanPages``."""

    methods = ("GET", "HEAD")
    """By which it may be asked for. Zope would answer any other as if it were GET."""

    def refuse(self):
        """Say that it is not asked for so, or not by this user; return None if it is.

        Source: RFC 9110, 15.5.6 for the header.
        """
        if self.request.method not in self.methods:
            self.request.response.setHeader("Allow", ", ".join(self.methods))
            return self.answer(405, {"code": "method-not-allowed"})
        if not self.pages.may_read():
            return self.answer(401, {"code": "unauthorized"})
        return None

    def answer(self, status, content):
        """Answer in JSON."""
        response = self.request.response
        response.setStatus(status, lock=1)
        response.setHeader("Content-Type", "application/json")
        response.setHeader("Cache-Control", "private, no-store")
        seal(response)
        return self.body(json.dumps(content).encode())

    def body(self, content):
        """Return what is to be sent: nothing when only the head was asked for.

        The server would send the rest too, and the next answer on the line be
        misread.

        :param content: bytes.
        """
        if self.request.method != "HEAD":
            return content
        self.request.response.setHeader("Content-Length", str(len(content)))
        return b""

    def is_known(self, name):
        """Say whether the user's browser has this already; then answer 304."""
        known = self.request.getHeader("If-None-Match", "")
        tags = [each.strip().removeprefix("W/") for each in known.split(",")]
        # A star is whatever there is, RFC 9110, 13.1.2.
        if f'"{name}"' not in tags and tags != ["*"]:
            return False
        self.request.response.setStatus(304, lock=1)
        self.let_keep(name)
        return True

    def let_keep(self, name):
        """Let the user's browser keep what never changes under this name.

        It asks each time whether it may show it, since rights may change.
        """
        response = self.request.response
        response.setHeader("ETag", f'"{name}"')
        response.setHeader("Cache-Control", "private, no-cache")
        seal(response)

    def save(self, tag, size, media_type, filename, opened):
        """Let a file be saved: stream it, or the part of it that is asked for.

        :param tag: changes with the file.
        :param size: of the file in bytes.
        :param opened: called with the first byte's place and that after the last;
            returns what yields them.
        """
        if self.is_known(tag):
            return b""
        response = self.request.response
        self.let_keep(tag)
        response.setHeader("Accept-Ranges", "bytes")
        try:
            part = part_asked_for(self.request, size, f'"{tag}"')
        except PartMissing:
            response.setStatus(416, lock=1)
            response.setHeader("Content-Range", f"bytes */{size}")
            return b""
        start, end = part or (0, size)
        if part:
            response.setStatus(206, lock=1)
            response.setHeader("Content-Range", f"bytes {start}-{end - 1}/{size}")
        response.setHeader("Content-Type", media_type)
        response.setHeader("Content-Length", str(end - start))
        response.setHeader("Content-Disposition", disposition("attachment", filename))
        return b"" if self.request.method == "HEAD" else opened(start, end)

    def problem(self, code):
        """Return a problem in the user's language."""
        return problem_answer(problem_named(code), self.request)

    def not_found(self):
        """Say that there is no such thing."""
        return self.answer(404, {"code": "not-found"})


def problem_answer(problem, request):
    """Return a ``Problem`` for scripts, in the user's language."""
    return {
        "code": problem.code,
        "title": translate(problem.title, context=request),
        "explanation": translate(problem.explanation, context=request),
        "ways": list(problem.ways),
        "pages": list(problem.pages),
    }
