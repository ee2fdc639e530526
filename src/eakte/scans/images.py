"""One page as an image, from the cache or made now."""

from eakte.jobs.var import var_folder
from eakte.scans.engines import viewing_engine
from eakte.scans.facts import file_of
from eakte.scans.pagecache import PageCache
from eakte.scans.settings import limits
from eakte.scans.settings import MEBIBYTE
from eakte.scans.settings import scan_settings
from functools import lru_cache


WIDTHS = (180, 700, 1000, 2000)
"""Pixels: thumbnail, the viewer's normal and large page, and one for zooming."""


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
        with file_of(content).open() as reader:
            image = viewing_engine(limits(settings)).render(
                reader.name, number, width, password=pages.password
            )
        cache.put(name, image)
    return image


def edition(pages, number, width):
    """Return a name for the image: the same file gives the same images."""
    return f"{pages.sha256}-{number}-{width}"


@lru_cache(maxsize=4)
def page_cache(folder, most):
    """Return the cache of this process for the folder."""
    return PageCache(folder, most)
