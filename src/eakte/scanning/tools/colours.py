"""Colour profiles, through Little CMS and by our own arithmetic.

PDF/A wants every colour to be defined: RGB and grey by the output intent (sRGB), the
four inks of a press, which some scanners' and printers' files have, by a profile of
their own. The one made here is built from the measured colours of offset printing on
coated paper: ISO 12647-2, table of the solids and their overprints.
"""

from itertools import product
from PIL import ImageCms

import functools
import struct


WHITE = (0.9642, 1.0, 0.8249)
"""XYZ of the illuminant D50."""

PAPER = (95, 0, -2)

SOLIDS = {
    (0, 0, 0): PAPER,
    (1, 0, 0): (55, -37, -50),
    (0, 1, 0): (48, 74, -3),
    (0, 0, 1): (91, -5, 93),
    (0, 1, 1): (47, 68, 48),
    (1, 0, 1): (50, -68, 33),
    (1, 1, 0): (24, 22, -46),
    (1, 1, 1): (23, 0, 0),
}
"""L*a*b* of cyan, magenta and yellow, each printed (1) or not (0)."""

BLACK = (16, 0, 0)

GAIN = 0.15
"""How much larger a dot of half the area prints."""

GRID = 9
"""Steps of each ink in the table."""


@functools.cache
def srgb():
    """Return the ICC profile of sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@functools.cache
def offset_printing():
    """Return an ICC profile (version 2, input) of cyan, magenta, yellow and black."""
    table = bytearray()
    for inks in product(range(GRID), repeat=4):
        table += _encoded(_printed(*(ink / (GRID - 1) for ink in inks)))
    identity = bytes(range(256))
    unity = struct.pack(">9i", *(65536 if at % 4 == 0 else 0 for at in range(9)))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, GRID, 0)) + unity + identity * 4
    lut += bytes(table) + identity * 3
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in WHITE))
    return _profile(
        {
            b"desc": _description("Offset printing, coated paper"),
            b"cprt": b"text\0\0\0\0" + b"No copyright, use freely\0",
            b"wtpt": white,
            b"A2B0": lut,
        }
    )


def _printed(cyan, magenta, yellow, black):
    """Return XYZ, by Neugebauer's equation with the gain of the dots."""
    areas = [area + 4 * GAIN * area * (1 - area) for area in (cyan, magenta, yellow)]
    mixed = [0.0, 0.0, 0.0]
    for solid, lab in SOLIDS.items():
        share = 1.0
        for area, is_printed in zip(areas, solid, strict=True):
            share *= area if is_printed else 1 - area
        for at, value in enumerate(_xyz(lab)):
            mixed[at] += share * value
    cover = black + 4 * GAIN * black * (1 - black)
    paper, ink = _xyz(PAPER), _xyz(BLACK)
    return [
        # Relative to the paper, as the profile's white is.
        value / paper[at] * (1 - cover + cover * ink[at] / paper[at]) * WHITE[at]
        for at, value in enumerate(mixed)
    ]


@functools.cache
def _xyz(lab):
    lightness, a, b = lab
    middle = (lightness + 16) / 116
    return tuple(
        white * (t**3 if t > 6 / 29 else (t - 4 / 29) * 3 * (6 / 29) ** 2)
        for white, t in zip(
            WHITE, (middle + a / 500, middle, middle - b / 200), strict=True
        )
    )


def _encoded(xyz):
    """Return L*a*b* in eight bits each, ICC.1:2001-12, 6.4.9."""
    x, y, z = (
        t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29
        for t in (value / white for value, white in zip(xyz, WHITE, strict=True))
    )
    lab = (116 * y - 16) * 2.55, 500 * (x - y) + 128, 200 * (y - z) + 128
    return bytes(min(255, max(0, round(value))) for value in lab)


def _description(text):
    ascii_text = text.encode("ascii") + b"\0"
    length = struct.pack(">I", len(ascii_text))
    return b"desc\0\0\0\0" + length + ascii_text + bytes(4 + 4 + 2 + 1 + 67)


def _profile(tags):
    offset = 128 + 4 + 12 * len(tags)
    directory, content = struct.pack(">I", len(tags)), b""
    for name, tag in tags.items():
        directory += name + struct.pack(">II", offset + len(content), len(tag))
        content += tag + bytes(-len(tag) % 4)
    header = struct.pack(
        ">I4s4s4s4s4s6H4s4sIIIQI3i4s",
        offset + len(content),
        b"\0" * 4,
        b"\x02\x40\0\0",
        b"scnr",
        b"CMYK",
        b"Lab ",
        *(2026, 1, 1, 0, 0, 0),
        b"acsp",
        b"\0" * 4,
        *(0, 0, 0, 0, 0),
        *(round(value * 65536) for value in WHITE),
        b"\0" * 4,
    )
    return header.ljust(128, b"\0") + directory + content
