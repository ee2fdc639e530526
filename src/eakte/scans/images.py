"""One page as an image, from the cache or made now."""

from contextlib import contextmanager
from eakte.jobs.var import var_folder
from eakte.scanning.errors import TimedOut
from eakte.scans.engines import viewing_engine
from eakte.scans.facts import file_of
from eakte.scans.pagecache import PageCache
from eakte.scans.settings import limits
from eakte.scans.settings import MEBIBYTE
from eakte.scans.settings import scan_settings
from functools import lru_cache
from time import monotonic


WIDTHS = (180, 700, 1000, 2000)
"""Pixels: thumbnail, the viewer's normal and large page, and one for zooming."""

REST = 60.0
"""Seconds for which a page that took too long is not tried again: each try holds a
process of the viewing engine and one of the server's few threads for as long as the
setting allows, and a viewer asks for several widths of many pages."""

_resting = {}
"""``{(sha256, page number): until when}``, of this process."""


def page_image(content, pages, number, width):
    """Return the page as JPEG.

    :param pages: the content's ``IScanPages``.
    :param width: one of ``WIDTHS``.
    :raises eakte.scanning.errors.ScanError: it cannot be made.
    :raises ValueError: there is no such page.
    """
    settings = scan_settings()
    cache = page_cache(var_folder() / "cache" / "pages", settings.cache * MEBIBYTE)
    name = f"{edition(pages, number, width)}.jpg"
    image = cache.get(name)
    if image is None:
        with file_of(content).open() as reader, unless_resting(pages.sha256, number):
            image = viewing_engine(limits(settings)).render(
                reader.name, number, width, password=pages.password
            )
        cache.put(name, image)
    return image


@contextmanager
def unless_resting(sha256, number):
    """Try a page, unless it took too long just now.

    :raises TimedOut: it took too long, now or less than ``REST`` seconds ago.
    """
    page, now = (sha256, number), monotonic()
    for each in [each for each, until in list(_resting.items()) if until <= now]:
        _resting.pop(each, None)
    if page in _resting:
        raise TimedOut("The page took too long just now. Try again in a minute.")
    try:
        yield
    except TimedOut:
        _resting[page] = monotonic() + REST
        raise


def edition(pages, number, width):
    """Return a name for the image: the same file gives the same images."""
    return f"{pages.sha256}-{number}-{width}"


@lru_cache(maxsize=4)
def page_cache(folder, most):
    """Return the cache of this process for the folder."""
    return PageCache(folder, most)
