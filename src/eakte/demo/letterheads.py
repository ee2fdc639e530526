"""The letterheads: each kind of sender has a paper of its own."""

from eakte.demo.drawing import INK
from eakte.demo.drawing import px
from eakte.demo.drawing import shade
from eakte.demo.drawing import shield
from eakte.demo.typefaces import TYPEFACES
from math import cos
from math import pi
from math import sin
from PIL import ImageColor


GREY = (96, 98, 104)


def printed(sheet, sender):
    """Print the sender's letterhead on an empty first sheet."""
    DESIGNS[sender.design](sheet, sender, TYPEFACES[sender.face], colour_of(sender))


def colour_of(sender):
    """Return the sender's own colour."""
    return ImageColor.getrgb(sender.colour)


def state(sheet, sender, face, colour):
    """A court or another authority of the state: shield on the right, a thin rule."""
    shield(sheet.draw, px(178), px(12), px(15), px(19), colour)
    sheet.text(25, 14, sender.name, face.font(15, bold=True))
    sheet.text(25, 21, sender.unit, face.font(10), GREY)
    sheet.rule(25, 34, 193, 34, colour, 0.4)


def federal(sheet, sender, face, colour):
    """A federal office or a mission abroad: three-coloured bar beside the name."""
    for row, band in enumerate(((20, 20, 20), (200, 24, 32), (238, 190, 30))):
        sheet.box(25, 12 + 6 * row, 1.6, 6, fill=band)
    sheet.text(30, 12.5, sender.name, face.font(13))
    for row, words in enumerate(sender.unit.split(" / ")):
        sheet.text(30, 19 + 5.2 * row, words, face.font(10), GREY)


def county(sheet, sender, face, colour):
    """A county or a town: two waves and its name in its colour."""
    for wave in range(3):
        points = [
            (px(25 + step / 2), px(16 + 4 * wave + 1.8 * sin(step * pi / 13)))
            for step in range(53)
        ]
        sheet.draw.line(
            points, fill=shade(sender.colour, 1 - 0.3 * wave), width=px(1.5)
        )
    sheet.text(56, 13, sender.name, face.font(18, bold=True), colour)
    sheet.text(56, 22, sender.unit, face.font(10.5), GREY)
    sheet.box(0, 0, 210, 4, fill=colour)


def company(sheet, sender, face, colour):
    """A firm: its sign, its name, a broad band at the upper edge."""
    sheet.box(0, 0, 210, 7, fill=colour)
    sign(sheet, sender.sign, 25, 14, 15, colour)
    sheet.text(44, 15, sender.name, face.font(17, bold=True), colour)
    sheet.text(44, 23.5, sender.unit, face.font(9.5), GREY)


def block(sheet, sender, face, colour):
    """An insurer or a bank: its name in white in a block on the right."""
    sheet.box(118, 0, 75, 34, fill=colour)
    sign(sheet, sender.sign, 123, 10, 12, (255, 255, 255))
    for row, words in enumerate(sender.name.split(" ", 1)):
        sheet.text(139, 11 + 7 * row, words, face.font(13, bold=True), (255, 255, 255))
    sheet.text(25, 24, sender.unit, face.font(9.5), GREY)


def chambers(sheet, sender, face, colour):
    """A law firm: centred name between two rules, its lawyers below."""
    sheet.text(105, 13, sender.name.upper(), face.font(17), colour, align="centre")
    sheet.rule(25, 22.5, 185, 22.5, colour, 0.5)
    sheet.text(
        105, 24.2, sender.unit, face.font(9.5, italic=True), GREY, align="centre"
    )
    sheet.rule(25, 30.5, 185, 30.5, colour, 0.2)


def school(sheet, sender, face, colour):
    """A school or a university: sign in the middle, name below."""
    sign(sheet, sender.sign, 97.5, 8, 15, colour)
    sheet.text(105, 26, sender.name, face.font(14, bold=True), colour, align="centre")
    sheet.text(105, 33, sender.unit, face.font(9.5), GREY, align="centre")


def embassy(sheet, sender, face, colour):
    """A foreign mission: shield in the middle, the name in two languages."""
    shield(sheet.draw, px(98), px(9), px(14), px(17), colour)
    sheet.text(105, 28, sender.name.upper(), face.font(11, bold=True), align="centre")
    sheet.text(
        105, 33.5, sender.unit, face.font(9.5, italic=True), GREY, align="centre"
    )


def plain(sheet, sender, face, colour):
    """A private person: name and address, nothing else."""
    lines = (sender.name, sender.street, sender.town, sender.phone, sender.email)
    for row, words in enumerate(filter(None, lines)):
        sheet.text(25, 15 + 5.2 * row, words, face.font(bold=not row), INK)


def aside(sheet, sender, face, colour):
    """A private person who puts the address to the right, with a rule below."""
    lines = (sender.name, sender.street, sender.town, sender.phone)
    for row, words in enumerate(filter(None, lines)):
        sheet.text(190, 14 + 5 * row, words, face.font(), INK, align="right")
    sheet.rule(25, 37, 190, 37, colour, 0.2)


def blank(sheet, sender, face, colour):
    """No letterhead at all: a letter written by hand, or one that is not signed."""


DESIGNS = {
    "state": state,
    "federal": federal,
    "county": county,
    "company": company,
    "block": block,
    "chambers": chambers,
    "school": school,
    "embassy": embassy,
    "plain": plain,
    "aside": aside,
    "blank": blank,
}


def sign(sheet, shape, x, y, size, colour):
    """Draw a simple company sign into the square at ``x``, ``y``."""
    draw = sheet.draw
    left, top, right, bottom = px(x), px(y), px(x + size), px(y + size)
    middle, centre = (left + right) / 2, (top + bottom) / 2
    radius = (right - left) / 2
    if shape == "ring":
        draw.ellipse((left, top, right, bottom), outline=colour, width=px(size / 6))
        draw.rectangle((middle, centre - px(0.8), right, centre + px(0.8)), fill=colour)
    elif shape == "cross":
        draw.rectangle(
            (left + radius * 0.68, top, right - radius * 0.68, bottom), fill=colour
        )
        draw.rectangle(
            (left, top + radius * 0.68, right, bottom - radius * 0.68), fill=colour
        )
    elif shape == "hexagon":
        corners = [
            (middle + radius * sin(turn * pi / 3), centre + radius * cos(turn * pi / 3))
            for turn in range(6)
        ]
        draw.polygon(corners, outline=colour, width=px(size / 7))
    elif shape == "leaf":
        draw.pieslice(
            (left, top, right + radius, bottom + radius), 180, 270, fill=colour
        )
        draw.line((left, bottom, right, top), fill=(255, 255, 255), width=px(0.6))
    elif shape == "bars":
        for bar, height in enumerate((0.45, 1.0, 0.7)):
            at = left + bar * (right - left) * 0.36
            draw.rectangle(
                (at, bottom - (bottom - top) * height, at + radius * 0.5, bottom),
                fill=colour,
            )
    elif shape == "book":
        draw.polygon(
            (
                left,
                top + radius * 0.3,
                middle,
                top + radius * 0.7,
                middle,
                bottom,
                left,
                bottom - radius * 0.4,
            ),
            fill=colour,
        )
        draw.polygon(
            (
                right,
                top + radius * 0.3,
                middle,
                top + radius * 0.7,
                middle,
                bottom,
                right,
                bottom - radius * 0.4,
            ),
            outline=colour,
            width=px(0.7),
        )
