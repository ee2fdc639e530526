"""What counts as words, as ink, as a message; and the examples in docstrings."""

from eakte.scanning import blank
from eakte.scanning import cleaning
from eakte.scanning import own_text
from eakte.scanning import raster
from eakte.scanning import sniffing
from eakte.scanning import wire
from eakte.scanning.model import Word
from PIL import Image
from PIL import ImageDraw

import doctest
import pytest
import socket
import time


@pytest.mark.parametrize("module", [cleaning, raster, sniffing])
def test_examples_in_docstrings_hold(module):
    result = doctest.testmod(module)

    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    "line",
    [
        "über Ihren Antrag vom 14.08.2025 wird entschieden",
        "Az. 33.11-04/2025, Betrag 1.234,56 €",
        "Mme Ångström-Ÿse şəhər Çelik, Zürich",
        "посольство подтверждает",
        "Kassenzeichen: 4711/0815 (bitte angeben!)",
    ],
)
def test_letters_of_an_office_are_plausible(line):
    assert own_text.plausible(line.split())


@pytest.mark.parametrize(
    "line", ["|lI; ~ --I l_ ;;J", "vv rn: lIlI wz1l |||", "Wf btr z3r {x hgk"]
)
def test_recognition_gone_wrong_is_not_plausible(line):
    assert not own_text.plausible(line.split())


def own(visible=0, invisible=0, word="Wort", unknown=0.0, image_share=0.0):
    words = (Word(word, 0, 0, 1, 1, 100),) * (visible + invisible)
    return own_text.OwnText("", words, visible, unknown, image_share, 0)


@pytest.mark.parametrize(
    ("page", "usable"),
    [
        (own(), False),
        (own(visible=1), True),
        (own(visible=200, image_share=1), True),
        (own(visible=12, image_share=0.9), False),
        (own(visible=200, unknown=0.5), False),
        (own(invisible=200, image_share=1), True),
        (own(invisible=200, image_share=1, word="|l;"), False),
        (own(invisible=3, image_share=1), False),
        (own(visible=12, invisible=200, image_share=1), True),
        (own(visible=100, invisible=10, image_share=0.1), True),
    ],
)
def test_when_a_page_keeps_its_own_text(page, usable):
    assert page.usable is usable


def a4(paper=245):
    """A sheet of A4 at 150 dpi."""
    image = Image.new("L", (1240, 1754), paper)
    return image, ImageDraw.Draw(image)


@pytest.mark.parametrize("paper", [255, 200, 20])
def test_paper_of_any_brightness_is_blank(paper):
    image, _ = a4(paper)

    assert blank.densest_spot(image, 150) == 0


def test_punch_holes_do_not_count_when_nothing_was_read():
    image, draw = a4()
    for y in (640, 1112):
        draw.ellipse((55, y, 88, y + 33), fill=30)

    assert blank.densest_spot(image, 150) > blank.SOMETHING
    assert blank.densest_spot(image, 150, punched=True) < blank.SOMETHING


def test_print_that_shines_through_from_the_back_is_not_ink():
    image, draw = a4()
    draw.text((300, 300), "Rückseite", fill=200, font_size=40)

    assert blank.densest_spot(image, 150) < blank.SOMETHING


def test_a_typed_digit_is_ink():
    image, draw = a4()
    draw.text((600, 1650), "7", fill=40, font_size=24)

    assert blank.densest_spot(image, 150) > blank.SOMETHING


def test_a_message_arrives_whole():
    here, there = socket.socketpair()
    with here, there:
        wire.send(here, {"text": "Grüße"}, b"\x00\xff")

        assert wire.receive(there) == ({"text": "Grüße"}, b"\x00\xff")


def test_a_message_is_not_waited_for_longer_than_allowed():
    here, there = socket.socketpair()
    with here, there, pytest.raises(TimeoutError):
        here.send(b"\x00")
        wire.receive(there, time.monotonic() + 0.05)


def test_the_other_side_being_gone_is_told():
    here, there = socket.socketpair()
    with there:
        here.close()
        with pytest.raises(EOFError):
            wire.receive(there)
