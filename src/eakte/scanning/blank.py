"""Whether anything is on a page."""

from PIL import ImageFilter

import math

LOOK_DPI = 150
"""Strokes of small print are three pixels wide here, dust is one."""

EDGE = 0.03
"""Share of each side that is left out: shadows of the scanner, punch holes' rims."""

INK = 0.65
"""Darker than this share of the paper's brightness is ink. Print on the back that
shines through is lighter."""

NOTHING = 1.2
"""Square millimetres. A single typed digit has two."""

HARDLY_ANYTHING = 0.0006
"""Share of the page, 37 square millimetres of an A4 page: creases and dirt. A line of
text has more."""

MILLIMETRES_PER_INCH = 25.4


def ink(image, dpi):
    """Return how much is on a page: ``(square millimetres, share of the page)``.

    Specks of dust and the page's edges do not count.

    :param image: grey.
    """
    factor = max(1, round(dpi / LOOK_DPI))
    look = image.reduce(factor)
    dpi /= factor
    width, height = look.size
    edges = (int(width * EDGE), int(height * EDGE))
    look = look.crop((*edges, width - edges[0], height - edges[1]))
    paper = _median(look.histogram())
    if paper < 128:
        # White on black, or a film.
        look = look.point(lambda value: 255 - value)
        paper = 255 - paper
    threshold = paper * INK
    dark = look.point(lambda value: 255 if value < threshold else 0)
    # A pixel of ink has at least four neighbours of ink.
    dark = dark.filter(ImageFilter.MedianFilter(3))
    pixels = dark.histogram()[255]
    area = pixels * (MILLIMETRES_PER_INCH / dpi) ** 2
    return area, pixels / max(1, math.prod(dark.size))


def _median(histogram):
    half = sum(histogram) / 2
    total = 0
    for value, count in enumerate(histogram):
        total += count
        if total >= half:
            return value
    return 255
