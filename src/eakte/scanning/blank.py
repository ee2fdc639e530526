"""Whether anything is on a page.

Taking a page with something on it for blank hides it from people, so in doubt it is
not blank: what counts is the densest spot, not the sum of all dust.
"""

from PIL import ImageFilter


LOOK_DPI = 150
"""Strokes of small print are three pixels wide here, dust is one."""

EDGE = 0.03
"""Share of each side that is left out: shadows of the scanner."""

FILING_MARGIN = 0.09
"""Share of the short side. Office paper is punched 12 mm from its long edges, and the
holes are dark where the scanner's lid is."""

INK = 0.65
"""Darker than this share of the paper's brightness is ink. Print on the back that
shines through is lighter."""

SPOT = 2.0
"""Millimetres: the side of a square that holds about a typed character."""

SOMETHING = 0.35
"""Square millimetres of ink in one such square. A typed digit that lies across four
squares has more in each, a speck of dust has a tenth of it."""

MILLIMETRES_PER_INCH = 25.4


def densest_spot(image, dpi, punched=False):
    """Return how much ink is in the densest square of the page, in mm².

    :param image: grey.
    :param punched: leave out the margins along the long sides too.
    """
    factor = max(1, round(dpi / LOOK_DPI))
    look = image.reduce(factor)
    dpi /= factor
    width, height = look.size
    across, down = width * EDGE, height * EDGE
    if punched and width <= height:
        across = width * FILING_MARGIN
    elif punched:
        down = height * FILING_MARGIN
    look = look.crop((int(across), int(down), int(width - across), int(height - down)))
    paper = _median(look.histogram())
    if paper < 128:
        # White on black, or a film.
        look = look.point(lambda value: 255 - value)
        paper = 255 - paper
    threshold = paper * INK
    dark = look.point(lambda value: 255 if value < threshold else 0)
    # A pixel of ink has at least four neighbours of ink.
    dark = dark.filter(ImageFilter.MedianFilter(3))
    side = max(1, round(SPOT / MILLIMETRES_PER_INCH * dpi))
    _, most = dark.reduce(side).getextrema()
    return most / 255 * (side * MILLIMETRES_PER_INCH / dpi) ** 2


def _median(histogram):
    half = sum(histogram) / 2
    total = 0
    for value, count in enumerate(histogram):
        total += count
        if total >= half:
            return value
    return 255
