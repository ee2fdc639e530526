"""PDF files that scanners, offices and citizens make."""

from eakte.scanning.engine import Engine
from eakte.scanning.errors import Damaged
from eakte.scanning.errors import Empty
from eakte.scanning.errors import Encrypted
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import WrongPassword
from eakte.scanning.model import Kind
from eakte.scanning.model import Limits
from eakte.scanning.model import Origin
from eakte.scanning.model import PageSize
from PIL import Image

import io
import pikepdf
import pytest
import re


GARBAGE = ("|lI; ~ --I l_ ;;J", "_|' i) wz1l |||", "~~ ]l rn: vv lIlI", "}{ jl. °° l|")


def image_of(jpeg):
    return Image.open(io.BytesIO(jpeg))


def ink(image):
    """How many pixels are dark."""
    return sum(image.convert("L").histogram()[:128])


def test_sizes_are_those_of_the_page_as_displayed(engine, stationer):
    path = stationer.typed(()).typed((), rotate=90).saved()
    scan = engine.inspect(path)

    assert (scan.kind, scan.media_type) == (Kind.PDF, "application/pdf")
    assert scan.pages == (PageSize(595, 842), PageSize(842, 595))
    assert scan.page_count == 2
    assert not scan.encrypted


def test_three_thousand_pages_are_inspected_and_the_last_one_is_shown(
    engine, stationer
):
    for _ in range(3000):
        stationer.pdf.add_blank_page(page_size=(595, 842))
    path = stationer.saved()

    assert engine.inspect(path).page_count == 3000
    assert image_of(engine.render(path, 3000, 180)).size == (180, 255)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_is_turned_clockwise_to_exactly_the_width(engine, stationer, rotation):
    path = stationer.typed(("Oben links",)).saved()
    image = image_of(engine.render(path, 1, 701, rotation=rotation))
    wide = rotation in (90, 270)
    assert image.size == ((701, 495) if wide else (701, 992))

    half = image.width // 2, image.height // 2
    quarters = {
        0: (0, 0, *half),
        90: (half[0], 0, image.width, half[1]),
        180: (*half, *image.size),
        270: (0, half[1], half[0], image.height),
    }
    assert ink(image.crop(quarters[rotation])) == ink(image) > 0


def test_an_image_is_never_larger_than_the_limit(stationer):
    path = stationer.typed(("Text",)).saved()
    with Engine(1, Limits(pixels=100_000)) as engine:
        width, height = image_of(engine.render(path, 1, 50_000)).size

    assert 95_000 < width * height <= 100_000


def test_a_strip_as_long_as_a_corridor_fits_into_a_jpeg(engine, stationer):
    path = stationer.typed((), size=(10, 14_400)).saved()

    assert image_of(engine.render(path, 1, 700)).height <= 65_500


def test_a_file_that_begins_with_a_mail_header_is_still_a_pdf(
    engine, stationer, tmp_path
):
    path = stationer.typed(("Text",)).saved()
    late = tmp_path / "late.pdf"
    late.write_bytes(b"X-Scanner: Flur 2\r\n" * 50 + path.read_bytes())

    assert engine.inspect(late).page_count == 1


def test_a_pdf_without_pages_is_empty_also_after_a_damaged_one(tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    pikepdf.new().save(tmp_path / "none.pdf")
    with Engine(1) as engine:
        with pytest.raises(Damaged):
            engine.inspect(broken)
        with pytest.raises(Empty):
            engine.inspect(tmp_path / "none.pdf")


def test_a_page_that_cannot_be_loaded_fails_alone(engine, stationer):
    stationer.typed(("Erste",)).typed(("Kaputt",)).typed(("Dritte",))
    path = stationer.saved(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    first, second = rb"(/Kids \[ \d+ 0 R )", rb"\d+ 0 R"
    content, found = re.subn(first + second, rb"\1null ", path.read_bytes())
    assert found == 1
    path.write_bytes(content)

    a4, unknown = PageSize(595, 842), PageSize(595.28, 841.89)
    assert engine.inspect(path).pages == (a4, unknown, a4)
    assert engine.read_page(path, 3).text == "Dritte"
    with pytest.raises(Damaged, match="Page 2"):
        engine.render(path, 2, 100)
    with pytest.raises(Damaged, match="Page 2"):
        engine.read_page(path, 2)


@pytest.mark.parametrize("revision", [4, 6])
def test_a_locked_file_is_told_from_one_with_a_wrong_password(
    engine, stationer, revision
):
    lock = pikepdf.Encryption(owner="Chef", user="Schlüssel", R=revision)
    path = stationer.typed(("Geheim",)).saved(encryption=lock)

    with pytest.raises(Encrypted) as caught:
        engine.inspect(path)
    assert caught.value.code == "encrypted"
    with pytest.raises(WrongPassword):
        engine.read_page(path, 1, password="Schloss")
    assert engine.inspect(path, "Schlüssel").encrypted
    assert engine.read_page(path, 1, password="Schlüssel").text == "Geheim"


def test_what_a_citizen_typed_into_a_form_is_seen_and_read(engine, stationer):
    path = stationer.field("Erika Mustermann").saved()

    assert engine.read_page(path, 1).text == "Erika Mustermann"
    assert ink(image_of(engine.render(path, 1, 700))) > 200


def test_words_of_a_typed_page_have_boxes_and_full_confidence(engine, stationer):
    path = stationer.typed(("Grüße aus Gießen",)).saved()
    page = engine.read_page(path, 1)

    assert page.origin == Origin.DIGITAL
    assert [word.text for word in page.words] == ["Grüße", "aus", "Gießen"]
    assert page.confidence is None
    first = page.words[0]
    assert first.confidence == 100
    assert first.left == pytest.approx(70 / 595, abs=0.01)
    assert first.top < (90 + 22) / 842 < first.bottom


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_boxes_of_a_typed_page_follow_its_own_rotation(engine, stationer, rotate):
    path = stationer.typed(("Oben",), rotate=rotate).saved()
    page = engine.read_page(path, 1)
    word = page.words[0]
    corner = (
        round((word.left + word.right) / 2),
        round((word.top + word.bottom) / 2),
    )

    assert corner == {0: (0, 0), 90: (1, 0), 180: (1, 1), 270: (0, 1)}[rotate]
    # The page as displayed is turned back to be read.
    assert page.rotation == -rotate % 360


@pytest.mark.parametrize(("rotate", "turn"), [(0, 90), (90, 0), (180, 270), (270, 180)])
def test_a_typed_page_across_the_sheet_says_how_to_turn_it(
    engine, stationer, rotate, turn
):
    # Lines run up the sheet: a quarter turn clockwise makes them level.
    lines = ("Eine Tabelle im Querformat",)
    path = stationer.typed(lines, angle=90, rotate=rotate).saved()

    assert engine.read_page(path, 1).rotation == turn


def test_a_good_text_layer_under_a_scan_is_kept(engine, stationer, letter):
    path = stationer.scanned(letter, under=letter, dpi=100).saved()
    page = engine.read_page(path, 1)

    assert page.origin == Origin.DIGITAL
    assert "Aufenthaltserlaubnis" in page.text


def test_a_bad_text_layer_under_a_scan_is_replaced(engine, stationer, letter):
    path = stationer.scanned(letter, under=GARBAGE).saved()
    page = engine.read_page(path, 1)

    assert page.origin == Origin.RECOGNISED
    assert "Aufenthaltserlaubnis" in page.text


def test_a_scan_with_a_stamp_typed_over_it_is_recognised(engine, stationer, letter):
    stamp = ("", "", "", "", "", "", "", "", "Eingang 14.08.2025 Poststelle")
    path = stationer.scanned(letter, stamp=stamp).saved()
    page = engine.read_page(path, 1)

    assert page.origin == Origin.RECOGNISED
    assert "Aufenthaltserlaubnis" in page.text
    assert "Poststelle" in page.text


def test_a_letter_typed_over_an_image_of_letterhead_keeps_its_text(
    engine, stationer, letter
):
    stationer.image(Image.new("L", (595, 842), 250), stamp=letter * 2)

    assert engine.read_page(stationer.saved(), 1).origin == Origin.DIGITAL


def test_text_beyond_the_edge_of_the_page_is_not_read(engine, stationer):
    path = stationer.typed(("Sichtbar",), size=(595, 842)).saved()
    stationer.pdf.pages[0].CropBox = pikepdf.Array([0, 0, 595, 400])

    assert engine.read_page(path, 1).text == "Sichtbar"
    assert engine.read_page(stationer.saved("cut.pdf"), 1).text == ""


def test_a_scan_that_cannot_be_decoded_is_never_taken_for_blank(engine, stationer):
    stationer.image(Image.new("L", (800, 1100), 250))
    stationer.pdf.pages[0].Resources.XObject.Im.write(
        b"no JPEG at all", filter=pikepdf.Name.DCTDecode
    )

    with pytest.raises(Damaged, match="image on page 1"):
        engine.read_page(stationer.saved(), 1)


def test_a_scan_too_large_to_be_decoded_is_never_taken_for_blank(stationer):
    stationer.image(Image.new("L", (8000, 12000), 0))
    path = stationer.saved()
    with Engine(1, Limits(memory_bytes=256 * 1024**2)) as engine:
        with pytest.raises(TooLarge, match="96,000,000 pixels"):
            engine.render(path, 1, 700)
        with pytest.raises(TooLarge, match="96,000,000 pixels"):
            engine.read_page(path, 1)


def test_an_empty_page_of_a_typed_letter_is_blank(engine, stationer):
    page = engine.read_page(stationer.typed(("Text",)).typed(()).saved(), 2)

    assert page.blank
    assert page.origin == Origin.DIGITAL
