"""The scan engine: reads scans in child processes."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from eakte.scanning.asking import believed
from eakte.scanning.asking import name_of
from eakte.scanning.errors import Busy
from eakte.scanning.errors import ERRORS
from eakte.scanning.errors import ScanError
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import ToolFailed
from eakte.scanning.model import Colour
from eakte.scanning.model import Kind
from eakte.scanning.model import Limits
from eakte.scanning.model import Origin
from eakte.scanning.model import PageImage
from eakte.scanning.model import PageSize
from eakte.scanning.model import PageText
from eakte.scanning.model import Scan
from eakte.scanning.model import Word
from eakte.scanning.tools.run import Child

import dataclasses
import json
import os
import threading


class Engine:
    """A pool of child processes; thread-safe; a call blocks until a child is free.

    Children start when they are first needed, serve many requests and die with this
    process, however it ends. Use one engine for people who look at pages and another
    for recognition.

    Every method takes the path of a file as it is; the name says nothing. Besides
    what each names, all of them raise ``Empty``, ``Unsupported``, ``Encrypted``,
    ``WrongPassword``, ``Damaged``, ``TooLarge``, ``TimedOut``, ``ToolFailed``,
    ``Busy`` and OSError when there is no such regular file. After any of them the engine goes on.

    :param processes: most children at a time, one core each.
    :param patience: seconds for which a call waits for a free child; None: for ever.
    """

    child = ("-m", "eakte.scanning.child")
    """The program that children run: arguments for the Python interpreter."""

    requests_a_child = 500
    """Then it is replaced, so that no leak of a library grows for ever."""

    def __init__(
        self,
        processes: int = 2,
        limits: Limits = Limits(),  # noqa: B008
        patience: float | None = None,
    ):
        self.limits = limits
        self.processes = processes
        self.patience = patience
        self._set_up()

    def inspect(self, path, password: str | None = None) -> Scan:
        """Tell format, pages and their sizes without rendering anything.

        A page that cannot be loaded counts as A4; an image without a resolution
        counts as 300 dpi.
        """
        answer, _ = self._ask(
            self.limits.seconds_inspect,
            {"do": "inspect", "path": name_of(path), "password": password},
        )
        with believed():
            kind = Kind(answer["kind"])
            return Scan(
                kind=kind,
                media_type=kind.media_type,
                pages=tuple(PageSize(*size) for size in answer["pages"]),
                encrypted=answer["encrypted"],
            )

    def render(
        self, path, page: int, width: int, password=None, rotation: int = 0
    ) -> bytes:
        """Return an image of the page, as JPEG in RGB or grey.

        :param page: its number, from 1.
        :param width: in pixels, after the rotation. The image is exactly as wide,
            unless it would have more than ``limits.pixels`` pixels or a side that
            JPEG cannot hold: then it is as wide as may be.
        :param rotation: degrees clockwise to turn the page as displayed: 0, 90,
            180 or 270.
        :raises ValueError: there is no such page, width or rotation.
        """
        if width < 1 or rotation not in (0, 90, 180, 270):
            raise ValueError(f"No width or rotation: {width}, {rotation}")
        _, body = self._ask(
            self.limits.seconds_render,
            {
                "do": "render",
                "path": name_of(path),
                "password": password,
                "page": page,
                "width": width,
                "rotation": rotation,
            },
        )
        return body

    def read_page(
        self, path, page: int, languages: str = "deu+eng", password=None
    ) -> PageText:
        """Return the text of a page and the boxes of its words.

        A page that brings usable text of its own keeps it; otherwise characters
        are recognised: see ``own_text``.

        :param page: its number, from 1.
        :param languages: Tesseract's names, joined by ``+``: ``deu+eng``.
        :raises ToolMissing: a language is not installed.
        :raises ValueError: there is no such page.
        """
        answer, _ = self._ask(
            self.limits.seconds_recognise,
            {
                "do": "read_page",
                "path": name_of(path),
                "password": password,
                "page": page,
                "languages": languages,
            },
        )
        with believed():
            return PageText(
                number=page,
                text=answer["text"],
                words=tuple(Word(*word) for word in answer["words"]),
                confidence=answer["confidence"],
                rotation=answer["rotation"],
                blank=answer["blank"],
                origin=Origin(answer["origin"]),
                image=_image(answer["image"]),
            )

    def close(self):
        """End the children. Requests under way fail, and so do later ones."""
        with self._lock:
            self._closed = True
            for child in self._idle:
                child.kill()
            self._idle.clear()
            for child in self._busy:
                child.interrupt()
        self._starter.shutdown(wait=False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _set_up(self):
        self._pid = os.getpid()
        self._closed = False
        self._lock = threading.Lock()
        self._places = threading.Semaphore(self.processes)
        self._idle = []
        self._busy = set()
        # A child dies with the *thread* that started it (PR_SET_PDEATHSIG), so it
        # must not be the thread that happens to ask.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="scan-engine")

    def _ask(self, seconds, request):
        if self._pid != os.getpid():
            # We were forked: the children are another process's.
            self._set_up()
        with self._place():
            try:
                answer, body = self._exchange(request, seconds)
            except ToolFailed:
                self._look_why(request)
                raise
        error = answer.get("error")
        if error == "value":
            raise ValueError(answer.get("reason"))
        if error is not None:
            raise ERRORS.get(error, ToolFailed)(str(answer.get("reason")))
        return answer, body

    def _exchange(self, request, seconds):
        child = self._take()
        try:
            answer, body = child.ask(request, seconds)
        except BaseException:
            # Where it is in the conversation is unknown.
            self._give_back(child, usable=False)
            raise
        self._give_back(child, usable=answer.get("error") not in UNSETTLING)
        return answer, body

    def _look_why(self, request):
        """Raise ``TooLarge`` if a child died of what the file or the page unpacks to.

        Only asked then: what can be read need not be weighed.
        """
        asked = {name: request.get(name) for name in ("path", "password", "page")}
        try:
            answer, _ = self._exchange(
                {"do": "weigh", **asked}, self.limits.seconds_inspect
            )
        except ScanError:
            return
        if answer.get("error") == TooLarge.code:
            raise TooLarge(str(answer.get("reason")))

    @contextmanager
    def _place(self):
        places = self._places
        if not places.acquire(timeout=self.patience):
            raise Busy(
                "All processes that read scans are at work. Try again in some seconds."
            )
        try:
            yield
        finally:
            places.release()

    def _take(self):
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.alive and child.asked < self.requests_a_child:
                    self._busy.add(child)
                    return child
                child.kill()
        limits = json.dumps(dataclasses.asdict(self.limits))
        try:
            child = self._starter.submit(Child, (*self.child, limits)).result()
        except RuntimeError as error:
            raise ToolFailed("The scan engine is closed.") from error
        with self._lock:
            self._busy.add(child)
            if self._closed:
                child.interrupt()
        return child

    def _give_back(self, child, usable):
        with self._lock:
            self._busy.discard(child)
            if usable and not self._closed:
                self._idle.append(child)
                return
        child.kill()


UNSETTLING = {TooLarge.code, ToolFailed.code}
"""Errors after which a child's memory may be in pieces, or worse."""


def _image(answer):
    if answer is None:
        return None
    return PageImage(
        width=int(answer["width"]),
        height=int(answer["height"]),
        dpi=float(answer["dpi"]),
        colour=Colour(answer["colour"]),
    )
