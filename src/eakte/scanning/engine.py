"""The scan engine: reads scans in child processes."""

from eakte.scanning.model import Limits
from eakte.scanning.model import PageText
from eakte.scanning.model import Scan


class Engine:
    """A pool of child processes; thread-safe; a call blocks until a child is free."""

    def __init__(self, processes: int = 2, limits: Limits = Limits()):
        self.processes = processes
        self.limits = limits

    def inspect(self, path, password: str | None = None) -> Scan:
        """Tell format, pages and their sizes without rendering anything."""
        raise NotImplementedError

    def render(
        self, path, page: int, width: int, password=None, rotation: int = 0
    ) -> bytes:
        """Return the page as a JPEG, ``width`` pixels wide."""
        raise NotImplementedError

    def read_page(
        self, path, page: int, languages: str = "deu", password=None
    ) -> PageText:
        """Return the text of a page with the boxes of its words."""
        raise NotImplementedError

    def close(self):
        """End the child processes."""
