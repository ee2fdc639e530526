"""One sheet of paper and what can be put on it: words, rules, stamps, signatures.

All measures are millimetres from the sheet's upper left corner, x to the
right and y down; sizes of type are points.
"""

from eakte.demo.typefaces import DPI
from eakte.demo.typefaces import NOTE
from eakte.demo.typefaces import SANS
from eakte.demo.typefaces import SIGNATURE
from eakte.demo.typefaces import written_by_hand
from math import cos
from math import pi
from math import radians
from math import sin
from PIL import Image
from PIL import ImageChops
from PIL import ImageColor
from PIL import ImageDraw


WIDTH, HEIGHT = 210.0, 297.0
"""A4, ISO 216, in millimetres."""

INK = (22, 22, 26)
BLUE_INK = (28, 48, 128)
STAMP_COLOURS = ((34, 60, 140), (160, 34, 44), (88, 44, 120))


def px(millimetres):
    """Return millimetres as whole pixels of a page of ``DPI``."""
    return round(millimetres * DPI / 25.4)


def mm(pixels):
    """Return pixels of a page of ``DPI`` as millimetres."""
    return pixels * 25.4 / DPI


def wrapped(words, font, width):
    """Yield the lines of a paragraph, none wider than ``width`` millimetres.

    A word that is wider than a line stays whole and gets a line of its own.
    """
    limit = px(width)
    line, length = "", 0.0
    space = font.getlength(" ")
    for word in words.split():
        extent = font.getlength(word)
        if line and length + space + extent > limit:
            yield line
            line, length = word, extent
        else:
            length += extent + (space if line else 0)
            line = f"{line} {word}" if line else word
    if line:
        yield line


class Sheet:
    """An A4 page at 300 dpi, white until something is written on it."""

    def __init__(self):
        self.image = Image.new("RGB", (px(WIDTH), px(HEIGHT)), "white")
        self.draw = ImageDraw.Draw(self.image)

    def text(self, x, y, words, font, colour=INK, *, align="left"):
        """Write one line; ``y`` is the top of its capitals, ``x`` as ``align`` says."""
        anchor = {"left": "la", "right": "ra", "centre": "ma"}[align]
        self.draw.text((px(x), px(y)), words, font=font, fill=colour, anchor=anchor)

    def spread(self, x, y, words, font, width, colour=INK):
        """Write one line and stretch its spaces so that it fills ``width``."""
        parts = words.split(" ")
        free = px(width) - sum(font.getlength(part) for part in parts)
        gap = free / max(len(parts) - 1, 1)
        at = float(px(x))
        for part in parts:
            self.draw.text((at, px(y)), part, font=font, fill=colour, anchor="la")
            at += font.getlength(part) + gap

    def rule(self, x, y, to_x, to_y, colour=INK, thickness=0.25):
        """Draw a straight line."""
        points = (px(x), px(y), px(to_x), px(to_y))
        self.draw.line(points, fill=colour, width=max(px(thickness), 1))

    def box(self, x, y, width, height, *, fill=None, outline=None, thickness=0.25):
        """Draw a rectangle."""
        corners = (px(x), px(y), px(x + width), px(y + height))
        self.draw.rectangle(
            corners, fill=fill, outline=outline, width=max(px(thickness), 1)
        )

    def put(self, mark, x, y):
        """Lay ink that was drawn on white over the sheet; what is below shows through."""
        at = (px(x), px(y))
        area = (*at, at[0] + mark.width, at[1] + mark.height)
        self.image.paste(ImageChops.multiply(self.image.crop(area), mark), at)


def turned(mark, degrees):
    """Return a mark turned counter-clockwise, on white."""
    return mark.rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255)
    )


def worn(mark, chance, strength=120):
    """Return a mark as an uneven ink pad leaves it."""
    grain = Image.frombytes("L", (64, 40), chance.randbytes(64 * 40))
    grain = grain.resize(mark.size, Image.Resampling.BICUBIC).point(
        lambda value: max(0, value - 255 + strength)
    )
    return ImageChops.lighter(mark, Image.merge("RGB", (grain,) * 3))


def entry_stamp(day, chance):
    """Return the mailroom's entry stamp with the day of receipt, slightly askew."""
    colour = chance.choice(STAMP_COLOURS)
    mark = Image.new("RGB", (px(52), px(27)), "white")
    draw = ImageDraw.Draw(mark)
    draw.rounded_rectangle(
        (8, 8, mark.width - 9, mark.height - 9), px(2), outline=colour, width=px(0.7)
    )
    middle = mark.width / 2
    for y, words, size, bold in (
        (3.0, "EINGEGANGEN", 14, True),
        (9.3, "Landkreis Auental", 9, False),
        (13.5, "Poststelle", 9, False),
        (18.3, f"{day:%d. %m. %Y}", 13, True),
    ):
        font = SANS.font(size, bold=bold)
        draw.text((middle, px(y)), words, font=font, fill=colour, anchor="ma")
    return turned(worn(mark, chance), chance.uniform(-4, 4))


def signature(name, chance, colour=BLUE_INK):
    """Return a person's signature: the family name and a flourish."""
    font = SIGNATURE.font(chance.uniform(30, 38))
    words = written_by_hand(name)
    length = int(font.getlength(words))
    mark = Image.new("RGB", (length + px(22), px(22)), "white")
    draw = ImageDraw.Draw(mark)
    draw.text((px(5), px(2)), words, font=font, fill=colour)
    start, end, base = (
        px(3),
        length + px(chance.uniform(8, 18)),
        px(chance.uniform(14, 17)),
    )
    swing, waves = px(chance.uniform(0.6, 2.2)), chance.uniform(0.6, 1.8)
    points = [
        (
            start + (end - start) * step / 60,
            base
            - swing * sin(waves * 2 * pi * step / 60) * (1 - step / 80)
            - px(2.5) * (step / 60) ** 2,
        )
        for step in range(61)
    ]
    draw.line(points, fill=colour, width=px(0.35), joint="curve")
    return turned(mark, chance.uniform(-2, 7))


def seal(words, chance, colour=(60, 60, 90)):
    """Return a round official seal with the authority's name along its rim."""
    size = px(34)
    mark = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(mark)
    draw.ellipse((6, 6, size - 7, size - 7), outline=colour, width=px(0.5))
    draw.ellipse(
        (px(5), px(5), size - px(5), size - px(5)), outline=colour, width=px(0.25)
    )
    shield(draw, px(12), px(10.5), px(10), px(13), colour)
    font = SANS.font(7, bold=True)
    rim = px(14.2)
    step = min(330 / len(words), 11)
    for place, char in enumerate(words):
        angle = -step * (len(words) - 1) / 2 + place * step
        glyph = Image.new("L", (px(4), px(4)), 255)
        ImageDraw.Draw(glyph).text((px(2), px(2)), char, font=font, fill=0, anchor="mm")
        glyph = glyph.rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)
        x = size / 2 + rim * sin(radians(angle)) - px(2)
        y = size / 2 - rim * cos(radians(angle)) - px(2)
        mark.paste(colour, (round(x), round(y)), ImageChops.invert(glyph))
    return turned(worn(mark, chance, 140), chance.uniform(-25, 25))


def shield(draw, x, y, width, height, colour):
    """Draw a striped shield, pixels; no real coat of arms is meant."""
    for stripe in range(5):
        top = y + height * stripe / 7
        draw.rectangle((x, top, x + width, top + height / 14), fill=colour)
    outline = [
        (x, y),
        (x + width, y),
        (x + width, y + height * 0.62),
        (x + width / 2, y + height),
        (x, y + height * 0.62),
        (x, y),
    ]
    draw.line(outline, fill=colour, width=max(round(width / 24), 2), joint="curve")


def note(words, chance, colour=(40, 90, 60)):
    """Return a short handwritten remark of a colleague, slightly askew."""
    font = NOTE.font()
    lines = [written_by_hand(line) for line in words.splitlines()]
    width = max(int(font.getlength(line)) for line in lines)
    mark = Image.new("RGB", (width + px(8), px(8 + 8 * len(lines))), "white")
    draw = ImageDraw.Draw(mark)
    for row, line in enumerate(lines):
        draw.text((px(3), px(2 + 8 * row)), line, font=font, fill=colour)
    return turned(mark, chance.uniform(-3, 5))


def return_label(chance):
    """Return the carrier's label for a letter that could not be delivered."""
    mark = Image.new("RGB", (px(82), px(36)), (255, 214, 40))
    draw = ImageDraw.Draw(mark)
    draw.text(
        (px(4), px(3)), "ZURÜCK / RETOUR", font=SANS.font(13, bold=True), fill=INK
    )
    reasons = (
        "Annahme verweigert",
        "Empfänger unter der angegebenen Anschrift",
        "   nicht zu ermitteln",
        "unbekannt verzogen",
    )
    for row, words in enumerate(reasons):
        y = 11 + 5.6 * row
        draw.text((px(11), px(y)), words, font=SANS.font(9.5), fill=INK)
        if row != 2:
            draw.rectangle((px(4), px(y), px(8), px(y + 4)), outline=INK, width=4)
    for line in ((4.4, 16.2, 8.6, 21.2), (8.8, 15.8, 3.8, 21.6)):
        draw.line([px(part) for part in line], fill=BLUE_INK, width=8)
    return turned(mark, chance.uniform(-3, 3))


def shade(colour, share):
    """Return a colour mixed with white; ``share`` 0 is white, 1 the colour itself."""
    return tuple(
        round(255 - (255 - part) * share) for part in ImageColor.getrgb(colour)[:3]
    )
