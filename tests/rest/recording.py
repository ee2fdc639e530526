"""Requests and answers as the documentation shows them.

A recording is made by a test and compared with the one in docs/rest/examples. With
``RECORD=1`` in the environment it is written instead, and shown in docs/rest/*.md.
"""

from eakte.clock import today
from http.client import responses
from pathlib import Path

import json
import os
import re


DOCS = Path(__file__).parents[2] / "docs" / "rest"
EXAMPLES = DOCS / "examples"

HOST = "https://eakte.example"
DAY = "2026-03-02"
CREDENTIALS = "Basic YW5uYTpnZWhlaW0="
SHOWN_OF_REQUEST = ("Accept", "Authorization", "Content-Type")
SHOWN_OF_ANSWER = ("Content-Type", "Location", "Tus-Resumable")
EXAMPLE = re.compile(r"(<!-- example: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


class Recorder:
    """Sends requests and keeps what is said, each under a name."""

    def __init__(self, site):
        self.site = site.rstrip("/")
        self.known = {}
        self.made = {}

    def __call__(self, name, client, method, path, **options):
        """Send the request, keep it with its answer and return the answer."""
        answer = client.request(method, path, **options)
        self.made[f"{name}.req"] = self._request(answer.request)
        self.made[f"{name}.resp"] = self._answer(answer)
        return answer

    def differences(self):
        """Return the names of recordings that are not as they were committed."""
        return sorted(
            name
            for name, text in self.made.items()
            if not (EXAMPLES / name).exists()
            or (EXAMPLES / name).read_text("utf-8") != text
        )

    def write(self):
        for old in EXAMPLES.iterdir():
            old.unlink()
        for name, text in self.made.items():
            (EXAMPLES / name).write_text(text, "utf-8")
        for page in DOCS.glob("*.md"):
            page.write_text(shown(page.read_text("utf-8")), "utf-8")

    def _request(self, request):
        target = request.url.removeprefix(self.site) or "/"
        if not request.url.startswith(self.site):
            raise AssertionError(f"{request.url} is not of the site")
        headers = dict(request.headers)
        if "Authorization" in headers:
            headers["Authorization"] = CREDENTIALS
        told = [
            f"{name}: {headers[name]}"
            for name in headers
            if name in SHOWN_OF_REQUEST or name.startswith(("Tus-", "Upload-"))
        ]
        return self._text(
            f"{request.method} {target} HTTP/1.1",
            f"Host: {HOST.partition('://')[2]}",
            told,
            _body(request.body, request.headers),
        )

    def _answer(self, answer):
        told = [
            f"{name}: {answer.headers[name]}"
            for name in (*SHOWN_OF_ANSWER, "Upload-Offset", "Upload-Length")
            if name in answer.headers
        ]
        status = f"{answer.status_code} {responses[answer.status_code]}"
        return self._text(
            f"HTTP/1.1 {status}", None, told, _body(answer.content, answer.headers)
        )

    def _text(self, first, second, headers, body):
        head = "\n".join([first, *([second] if second else []), *sorted(headers)])
        text = f"{head}\n\n{body}".rstrip() + "\n"
        return self._steady(text)

    def _steady(self, text):
        """Replace what is different each time."""
        year = today().year
        text = text.replace(self.site, HOST).replace(today().isoformat(), DAY)
        moment = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)?"
        text = re.sub(moment, f"{DAY}T09:00:00+00:00", text)
        text = re.sub(r"\b[0-9a-f]{64}\b", self._same("hash", "{:064x}"), text)
        text = re.sub(r"\b[0-9a-f]{32}\b", self._same("uid", "{:032x}"), text)
        entry = r"\b[0-9a-f]{8}-\d+\.\d+\b"
        text = re.sub(entry, self._same("entry", "5f0c1b2a-1.{}"), text)
        letter = rf"(?<=(?i:pe)-{year}-)\d{{6}}\b"
        text = re.sub(letter, self._same("letter", "{:06}"), text)
        reference = rf"(?<=10.1-)\d+(?=[-/]{year})"
        text = re.sub(reference, self._same("case file", "{}"), text)
        return text.replace(f"-{year}", "-2026").replace(f"/{year}", "/2026")

    def _same(self, kind, form):
        def replace(match):
            known = self.known.setdefault(kind, {})
            number = known.setdefault(match.group(), len(known) + 1)
            return form.format(number)

        return replace


def shown(page):
    """Return the page of the documentation with its examples as recorded."""

    def example(match):
        parts = []
        for kind in ("req", "resp"):
            text = (EXAMPLES / f"{match.group(2)}.{kind}").read_text("utf-8")
            parts.append(f"```http\n{text}```\n")
        return match.group(1) + "\n".join(parts) + match.group(3)

    return EXAMPLE.sub(example, page)


def recording_is_asked_for():
    return os.environ.get("RECORD") == "1"


def _body(content, headers):
    if not content:
        return ""
    if "json" not in headers.get("Content-Type", ""):
        return f"({len(content)} bytes)"
    return json.dumps(json.loads(content), indent=2, ensure_ascii=False)
