"""A shelf with one document, served as the product serves it, but without Plone.

It stands in for the addresses of data, page images, texts and search only; the viewer
that is tried with it is the product's own.
"""

from contextlib import suppress
from eakte.scanning.raster import turned
from eakte.scanning.raster import turned_box
from eakte.viewer.description import runs_of_sizes
from html import escape
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from PIL import Image
from PIL import ImageDraw
from PIL import ImageFont
from threading import Thread
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import json
import re


STATIC = Path(__file__).parents[2] / "src" / "eakte" / "viewer" / "static"
TYPES = {".js": "text/javascript", ".css": "text/css"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""Stricter than the product's own: the viewer needs nothing that it refuses."""

FRAME = b"""
body { margin: 0.5rem; font-family: "Roboto", "Liberation Sans", sans-serif }
* { box-sizing: border-box }
button, input, select { font: inherit }
"""
"""What Plone's theme gives the viewer."""

LINES = (
    "Sehr geehrte Damen und Herren,",
    "hiermit beantrage ich die Verlängerung meiner",
    "Aufenthaltserlaubnis nach § 18b AufenthG. Die",
    "erforderlichen Unterlagen füge ich bei: Pass,",
    "Arbeitsvertrag und Meldebescheinigung.",
    "Mit freundlichen Grüßen",
)
RARE_BOX = (0.12, 0.62, 0.30, 0.645)
"""Where the word "Duldung" stands on each page that holds it."""


DAMAGED = {"title": "Damaged", "explanation": "The file was cut off.", "pages": []}
"""What is told of a page whose image cannot be made."""


class Document:
    """A document of so many pages; "Duldung" stands on every fiftieth.

    :param unmade: pages whose image cannot be made.
    :param may_read_again: whether pages may be recognised anew; a number is the status
        with which that is refused.
    :param rotations: ``{page: degrees}`` of pages that were scanned turned: clockwise by
        so much each must be turned to be read.
    """

    problem = None
    findings = ()
    copy = {"status": "none", "pages_done": 0}
    notes_printing = True

    def __init__(
        self,
        pages=500,
        unmade=(),
        status="done",
        pages_done=None,
        may_read_again=True,
        rotations=None,
    ):
        self.pages = pages
        self.unmade = set(unmade)
        self.status = status
        self.pages_done = pages if pages_done is None else pages_done
        self.may_read_again = may_read_again
        self.rotations = rotations or {}
        self.again = set()
        self.edition = ""

    def begin_copy(self):
        """Somebody asks for the searchable PDF/A."""
        self.copy = {"status": "running", "pages_done": 0}

    def read_again(self, pages):
        """Somebody asks for pages to be recognised anew."""
        if self.may_read_again is True:
            self.again = set(pages)
            self.status = "waiting"

    def end_reading(self, edition):
        """The pages were recognised anew and begin with another word."""
        self.again, self.status, self.edition = set(), "done", edition

    def size(self, page):
        """Return width and height in points: every seventh page lies across."""
        lies_across = (page % 7 == 0) != (self.rotation(page) % 180 != 0)
        return (842, 595) if lies_across else (595, 842)

    def rotation(self, page):
        return self.rotations.get(page, 0)

    def is_rare(self, page):
        return page % 50 == 0

    def words(self, page):
        """Return the words of a page with their boxes on the page as it lies."""
        back = -self.rotation(page) % 360
        return [
            [word, *turned_box(box, back), confidence]
            for word, *box, confidence in self.upright_words(page)
        ]

    def upright_words(self, page):
        words = []
        for number, line in enumerate((f"Seite {page}", *LINES)):
            top = 0.12 + number * 0.05
            left = 0.12
            for word in line.split():
                right = left + len(word) * 0.0135
                words.append([word, left, top, right, top + 0.022, 91.0])
                left = right + 0.0135
        if self.is_rare(page):
            words.append(["Duldung", *RARE_BOX, 88.0])
        return words

    def text(self, page):
        if page > self.pages_done or page in self.again:
            return {"number": page, "text": "", "words": [], "status": self.status}
        words = self.words(page)
        return {
            "number": page,
            "text": " ".join([self.edition, *(word[0] for word in words)]).strip(),
            "words": words,
            "status": "done",
            "rotation": self.rotation(page),
        }

    def search(self, query):
        wanted = query.casefold()
        hits = {}
        for page in range(1, self.pages_done + 1):
            boxes = [w[1:5] for w in self.words(page) if wanted in w[0].casefold()]
            if boxes:
                hits[page] = boxes
        return {
            "matches": sum(map(len, hits.values())),
            "results": list(hits),
            "query": escape(query),
            "hits": hits,
            "divided": {},
            "snippets": {
                page: [self.snippet(query) for _box in boxes]
                for page, boxes in hits.items()
            },
            "truncated": False,
        }

    def snippet(self, query):
        return [["… die Erteilung einer ", False], [query, True], [" …", False]]

    def state(self):
        return {
            "status": self.status,
            "page_count": self.pages,
            "pages_done": self.pages_done - len(self.again),
            "problem": self.problem,
            "findings": list(self.findings),
        }

    def archive_copy(self, base):
        """Return what is told of the searchable PDF/A."""
        is_ready = self.copy["status"] == "ready"
        address = f"{base}/@@archive-copy/file" if is_ready else None
        return {
            "page_count": self.pages,
            "problem": None,
            "address": address,
            **self.copy,
        }

    def data(self, base):
        return {
            "id": "0a1b",
            "title": "Verlängerung der Aufenthaltserlaubnis",
            "pages": self.pages,
            "description": "",
            "annotations": [],
            "sections": [],
            "resources": {
                "page": {
                    "image": f"{base}/dv-page/{{page}}/{{size}}",
                    "text": f"{base}/dv-page-text/{{page}}",
                },
                "pdf": f"{base}/scan.pdf",
                "thumbnail": f"{base}/dv-page/1/small",
                "search": f"{base}/dv-search.json?q={{query}}",
            },
            "eakte": {
                **self.state(),
                "language": "de",
                "image": f"{base}/@@page/{{page}}/{{width}}",
                "text": f"{base}/@@page-text/{{page}}",
                "sizes": runs_of_sizes(map(self.size, range(1, self.pages + 1))),
                "widths": [180, 700, 1000, 2000],
                "data_url": f"{base}/dv_data",
                "status_url": f"{base}/@@scan-status",
                "archive_url": f"{base}/@@archive-copy",
                "retry_url": f"{base}/@scan-retry" if self.may_read_again else None,
                "viewer_url": f"{base}/documentviewer",
                "printed_url": f"{base}/@@printed-pages",
                "save": {
                    "address": f"{base}/scan.pdf",
                    "name": "Antrag.pdf",
                    "bytes": 1_234_567,
                },
            },
        }

    def image(self, page, width):
        across, down = self.size(page)
        height = width * down // across
        if self.rotation(page) % 180:
            width, height = height, width
        image = Image.new("RGB", (width, height), "#fdfcf8")
        draw = ImageDraw.Draw(image)
        font = ImageFont.truetype("DejaVuSans.ttf", max(4, int(height * 0.02)))
        for word, left, top, *_rest in self.upright_words(page):
            place = (left * width, top * height)
            draw.text(place, word, fill="#223", font=font)
        target = BytesIO()
        image = turned(image, -self.rotation(page) % 360)
        image.save(target, "JPEG", quality=70)
        return target.getvalue()


class Shelf:
    """A web server on loopback that shows one document and notes what is asked for."""

    def __init__(self, document, labels, **options):
        self.document = document
        self.asked = []
        self.sent = []
        self.base = "/doc"
        self.options = {
            "height": 700,
            "width": "100%",
            "sidebar": True,
            "search": True,
            "labels": labels,
            "authenticator": "a-token",
            **options,
        }

    def __enter__(self):
        shelf = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                shelf.answer(self)

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                body = self.rfile.read(length).decode()
                if self.path == "/doc/@scan-retry":
                    shelf.document.read_again(json.loads(body)["pages"])
                else:
                    shelf.sent.append(parse_qs(body))
                if self.path.endswith("/@@archive-copy"):
                    shelf.document.begin_copy()
                shelf.answer(self)

            def log_message(self, *args):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *problem):
        self.server.shutdown()
        self.server.server_close()

    def images(self, width=None):
        """Return the pages whose image was asked for, in the order of asking."""
        found = [re.match(r"/doc/@@page/(\d+)/(\d+)$", path) for path in self.asked]
        return [int(m[1]) for m in found if m and (width is None or m[2] == str(width))]

    def answer(self, handler):
        parts = urlsplit(handler.path)
        self.asked.append(parts.path)
        kind, body = self.find(parts.path, parse_qs(parts.query))
        status = 404 if body is None else 200
        if parts.path.startswith("/doc/@@page/") and kind != "image/jpeg":
            status = 422
        if (
            parts.path == "/doc/@scan-retry"
            and self.document.may_read_again is not True
        ):
            status = self.document.may_read_again
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Security-Policy", POLICY)
        if parts.path.endswith(("/scan.pdf", "/file")):
            handler.send_header("Content-Disposition", "attachment")
        handler.end_headers()
        # Who scrolls on does not wait for the answer.
        with suppress(ConnectionError):
            handler.wfile.write(body or b"")

    def find(self, path, form):
        document = self.document
        if path == "/":
            return "text/html; charset=utf-8", self.page().encode()
        if path == "/frame.css":
            return "text/css", FRAME
        if path in ("/doc/scan.pdf", "/doc/@@archive-copy/file"):
            return "application/pdf", b"%PDF-1.4"
        if path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            return TYPES[file.suffix], file.read_bytes()
        if found := re.match(r"/doc/@@page/(\d+)/(\d+)$", path):
            page, width = int(found[1]), int(found[2])
            if page in document.unmade:
                return self.json(DAMAGED)
            return "image/jpeg", document.image(page, width)
        if found := re.match(r"/doc/@@page-text/(\d+)$", path):
            return self.json(document.text(int(found[1])))
        answers = {
            "/doc/dv_data": lambda: document.data(self.base),
            "/doc/@@scan-status": document.state,
            "/doc/@scan-retry": document.state,
            "/doc/@@archive-copy": lambda: document.archive_copy(self.base),
            "/doc/dv-search.json": lambda: document.search(form["q"][0]),
        }
        if document.notes_printing:
            answers["/doc/@@printed-pages"] = dict
        if path in answers:
            return self.json(answers[path]())
        return "text/plain", None

    def json(self, value):
        return "application/json", json.dumps(value).encode()

    def page(self):
        options = {**self.options, "data": self.document.data(self.base)}
        return f"""<!doctype html>
<html lang="de"><head><title>Dokument</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/frame.css">
<link rel="stylesheet" href="/static/viewer.css"></head>
<body><main><h1 class="dv-unseen">Dokument</h1><div class="pat-documentviewer"
  data-pat-documentviewer="{escape(json.dumps(options))}"></div></main>
<script type="module" src="/static/viewer.js"></script></body></html>"""
