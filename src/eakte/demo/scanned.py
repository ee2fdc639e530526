"""A clean sheet becomes what a scanner, a fax or a telephone makes of it.

Everything that looks accidental is drawn from the ``random.Random`` that the
caller seeds: the same letter gives the same bytes.
"""

from eakte.demo.drawing import HEIGHT
from eakte.demo.drawing import px
from eakte.demo.drawing import WIDTH
from eakte.demo.typefaces import load
from functools import lru_cache
from io import BytesIO
from PIL import Image
from PIL import ImageChops
from PIL import ImageDraw
from PIL import ImageFilter
from PIL import ImageOps
from random import Random


SIZE = (px(WIDTH), px(HEIGHT))

PAPERS = {
    "white": (253, 252, 250),
    "bright": (250, 252, 255),
    "cream": (252, 247, 232),
    "recycled": (236, 233, 224),
    "thin": (247, 247, 243),
}
"""Colour of each paper under the scanner's lamp."""

BACKING = (231, 231, 229)
"""The lid behind a sheet that lies askew."""

FAX_DPI = (204, 196)
"""Fine resolution of group 3 fax, pixels per inch across and down (ITU-T T.4)."""


@lru_cache(maxsize=1)
def grain():
    """Return the fibres of a sheet: grey, 255 where it is brightest.

    Shared by all sheets, which shift and mirror it: making it takes as long
    as everything else that is done to a page.
    """
    chance = Random("paper")  # noqa: S311 no secret
    width, height = SIZE
    layers = []
    for scale in (2, 9):
        small = (width // scale + 1, height // scale + 1)
        noise = Image.frombytes("L", small, chance.randbytes(small[0] * small[1]))
        layers.append(noise.resize(SIZE, Image.Resampling.BICUBIC))
    fibres = Image.blend(*layers, 0.35)
    return fibres.point([255 - (255 - value) // 42 for value in range(256)])


def light(chance, folds):
    """Return the uneven light on a sheet, and the shadow of its folds.

    :param folds: heights of the folds in millimetres from the upper edge.
    """
    low = Image.new("L", (105, 594), 255)
    draw = ImageDraw.Draw(low)
    edge = chance.randint(3, 7)
    for column in range(8):
        shade = 255 - round(edge * (8 - column) / 4)
        draw.line((column, 0, column, 593), fill=shade)
    for fold in folds:
        at = round(fold * 2) + chance.randint(-3, 3)
        deep = chance.randint(9, 17)
        for row, share in (
            (-4, 0.15),
            (-3, 0.3),
            (-2, 0.5),
            (-1, 0.8),
            (0, 1.0),
            (1, 0.25),
        ):
            draw.line((0, at + row, 104, at + row), fill=255 - round(deep * share))
    return low.resize(SIZE, Image.Resampling.BILINEAR)


def scan(page, chance, *, paper="white", folded=True, skew=0.7):
    """Return a sheet as the office's colour scanner sees it.

    :param page: RGB, black on white, 300 dpi.
    :param skew: how far the sheet may lie askew, degrees either way.
    """
    # Toner is never quite black, and a printed edge never quite sharp.
    black = chance.randint(26, 48)
    page = page.point(
        [black + value * (255 - black) // 255 for value in range(256)] * 3
    )
    shifted = ImageChops.offset(
        grain(), chance.randrange(SIZE[0]), chance.randrange(SIZE[1])
    )
    if chance.random() < 0.5:
        shifted = ImageOps.mirror(shifted)
    if folded:
        shifted = ImageChops.multiply(shifted, light(chance, (99.0, 198.0)))
    tint = PAPERS[paper]
    sheet = Image.merge(
        "RGB",
        [shifted.point([value * part // 255 for value in range(256)]) for part in tint],
    )
    page = ImageChops.multiply(page, sheet)
    # Nearest is eight times as fast as bilinear; at 300 dpi nobody sees the steps.
    return page.rotate(
        chance.uniform(-skew, skew), Image.Resampling.NEAREST, fillcolor=BACKING
    )


def back_of(page):
    """Return the empty back of a sheet, on which its front shines through."""
    faint = ImageOps.mirror(page.convert("L")).filter(ImageFilter.BoxBlur(4))
    faint = faint.point([255 - (255 - value) // 22 for value in range(256)])
    return Image.merge("RGB", (faint,) * 3)


def punched(page, chance):
    """Return a sheet that was in a file before: two holes at its left edge."""
    page = page.copy()
    draw = ImageDraw.Draw(page)
    middle = px(HEIGHT / 2 + chance.uniform(-4, 4))
    for y in (middle - px(40), middle + px(40)):
        x = px(12 + chance.uniform(-0.6, 0.6))
        draw.ellipse(
            (x - px(3), y - px(3), x + px(3), y + px(3)),
            fill=(196, 196, 194),
            outline=(150, 150, 148),
            width=4,
        )
    return page


def jpeg(image, *, quality=70):
    """Return a scan as the bytes of a JPEG file."""
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, dpi=(300, 300))
    return out.getvalue()


def fax(pages, chance, *, day, sender, number):
    """Return pages as a fax machine prints them: black or white, with its header line.

    :param day: day of transmission.
    :param number: the number that sent it.
    :returns: images of mode ``1`` at ``FAX_DPI``.
    """
    width, height = round(WIDTH / 25.4 * FAX_DPI[0]), round(HEIGHT / 25.4 * FAX_DPI[1])
    font = load("LiberationMono-Bold.ttf", 26)
    minute = chance.randint(1, 50)
    received = []
    for place, page in enumerate(pages, start=1):
        image = page.convert("L").resize((width, height), Image.Resampling.BOX)
        image = image.rotate(
            chance.uniform(-0.4, 0.4), Image.Resampling.BILINEAR, fillcolor=255
        )
        dirt = Image.frombytes("L", (width, height), chance.randbytes(width * height))
        specks = dirt.filter(ImageFilter.BoxBlur(1)).point(
            lambda value: 255 * (value < 45)
        )
        image = ImageChops.subtract(image, specks)
        draw = ImageDraw.Draw(image)
        line = (
            f"{day:%d.%m.%Y} 09:{minute + place:02}   VON: {sender.upper()[:24]}"
            f"   {number}   AN: LANDKREIS AUENTAL   S. {place:02}/{len(pages):02}"
        )
        draw.rectangle((0, 0, width, 44), fill=255)
        draw.text((40, 10), line, font=font, fill=0)
        scratch = chance.randrange(200, width - 200)
        draw.line((scratch, 0, scratch, height), fill=0, width=1)
        received.append(image.point(lambda value: 255 * (value > 150)).convert("1"))
    return received


def photographed(page, chance):
    """Return a sheet as a telephone's camera sees it on a kitchen table.

    :returns: RGB, about ten million pixels; the sheet lies askew in it.
    """
    width, height = 2736, 3648
    table = Image.new("L", (18, 200))
    for row in range(200):
        band = chance.randint(-14, 14)
        for column in range(18):
            table.putpixel((column, row), 120 + band + chance.randint(-6, 6))
    table = table.resize((width, height), Image.Resampling.BICUBIC)
    ground = ImageOps.colorize(table, (70, 44, 26), (212, 170, 128))
    corners = [
        (x + chance.randint(-70, 70), y + chance.randint(-60, 60))
        for x, y in ((250, 230), (2480, 200), (2560, 3430), (180, 3460))
    ]
    tinted = ImageChops.multiply(page, Image.new("RGB", SIZE, (238, 230, 214)))
    coefficients = towards(corners, SIZE)
    bent = tinted.transform(
        (width, height),
        Image.Transform.PERSPECTIVE,
        coefficients,
        Image.Resampling.BILINEAR,
    )
    mask = Image.new("L", SIZE, 255).transform(
        (width, height),
        Image.Transform.PERSPECTIVE,
        coefficients,
        Image.Resampling.BILINEAR,
    )
    ground.paste(bent, (0, 0), mask)
    lamp = Image.radial_gradient("L").resize(
        (width * 2, height * 2), Image.Resampling.BILINEAR
    )
    left, top = chance.randint(300, 1200), chance.randint(900, 1900)
    lamp = lamp.crop((left, top, left + width, top + height))
    lamp = lamp.point([255 - value // 2 for value in range(256)])
    seen = ImageChops.multiply(ground, Image.merge("RGB", (lamp,) * 3))
    noise = Image.frombytes("L", (width, height), chance.randbytes(width * height))
    noise = noise.point([value // 14 for value in range(256)])
    return ImageChops.subtract(seen, Image.merge("RGB", (noise,) * 3))


def towards(corners, size):
    """Return what ``Image.transform`` needs to lay a page onto four corners.

    Solves the eight linear equations of a projective map by elimination.

    :param corners: where upper left, upper right, lower right and lower left go.
    :param size: width and height of the page that is laid.
    """
    width, height = size
    rows = []
    for (x, y), (u, v) in zip(
        corners, ((0, 0), (width, 0), (width, height), (0, height)), strict=True
    ):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for at in range(8):
        best = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        pivot = rows[at][at]
        rows[at] = [value / pivot for value in rows[at]]
        for row in range(8):
            if row != at and rows[row][at]:
                factor = rows[row][at]
                rows[row] = [
                    value - factor * other
                    for value, other in zip(rows[row], rows[at], strict=True)
                ]
    return [row[8] for row in rows]
