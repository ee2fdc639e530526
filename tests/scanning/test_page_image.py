"""What is told of the image that a scanned page is: RESISCAN wants 300 dpi, in colour."""

from eakte.scanning.model import Colour
from eakte.scanning.model import ImageFinding
from eakte.scanning.model import Origin
from eakte.scanning.model import PageImage
from eakte.scanning.model import PageText
from eakte.scanning.tools import pdfium
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from PIL import Image

import pikepdf
import pytest


LOW, LOST = ImageFinding.LOW_RESOLUTION, ImageFinding.COLOUR_LOST


@pytest.mark.parametrize(
    ("dpi", "colour", "findings"),
    [
        (300, Colour.COLOUR, ()),
        (299.9, Colour.COLOUR, ()),
        # 2480 pixels on a page of 596 points.
        (299.6, Colour.COLOUR, ()),
        (290, Colour.COLOUR, (LOW,)),
        (200, Colour.GREY, (LOW, LOST)),
        (600, Colour.BITONAL, (LOST,)),
    ],
)
def test_a_scan_below_300_dpi_or_without_colour_is_named(dpi, colour, findings):
    assert PageImage(2480, 3508, dpi, colour).findings == findings


@pytest.mark.parametrize(
    ("confidence", "uncertain"),
    [(None, False), (95.0, False), (80.0, False), (79.9, True), (0.0, True)],
)
def test_a_page_that_was_hard_to_read_is_uncertain(confidence, uncertain):
    page = PageText(1, "x", (), confidence, 0, False, Origin.RECOGNISED)

    assert page.is_uncertain is uncertain


def sheet(mode, size=(620, 877)):
    """A blank sheet: nothing is recognised, which would take its time."""
    return Image.new("L", size, 255).convert(mode)


@pytest.mark.parametrize(
    ("name", "mode", "options", "colour"),
    [
        ("photo.jpg", "RGB", {}, Colour.COLOUR),
        ("grey.jpg", "L", {}, Colour.GREY),
        ("print.jpg", "CMYK", {}, Colour.COLOUR),
        ("deep.png", "I;16", {}, Colour.GREY),
        ("clear.png", "LA", {}, Colour.GREY),
        ("lines.png", "1", {}, Colour.BITONAL),
        ("palette.png", "P", {}, Colour.GREY),
        ("fax.tif", "1", {"compression": "group4"}, Colour.BITONAL),
        ("lzw.tif", "RGB", {"compression": "tiff_lzw"}, Colour.COLOUR),
        ("print.tif", "CMYK", {}, Colour.COLOUR),
    ],
)
def test_an_image_file_tells_its_pixels_resolution_and_colour(
    engine, tmp_path, name, mode, options, colour
):
    path = tmp_path / name
    sheet(mode).save(path, dpi=(75, 75), **options)
    image = engine.read_page(path, 1).image

    assert (image.width, image.height, image.colour) == (620, 877, colour)
    assert image.dpi == pytest.approx(75, abs=0.1)


@pytest.mark.parametrize("suffix", ["png", "tif"])
@pytest.mark.parametrize(
    ("paint", "colour"),
    [
        ((200, 0, 0), Colour.COLOUR),
        ((90, 90, 90), Colour.GREY),
        ((0, 0, 0), Colour.BITONAL),
    ],
)
def test_a_palette_of_greys_is_no_colour(engine, tmp_path, suffix, paint, colour):
    image = Image.new("P", (60, 60), 0)
    image.putpalette([255, 255, 255, 0, 0, 0, *paint])
    image.paste(2, (0, 0, 1, 1))
    image.save(tmp_path / f"palette.{suffix}")

    read = engine.read_page(tmp_path / f"palette.{suffix}", 1)
    assert read.image.colour == colour


def test_a_fax_has_the_smaller_of_its_two_resolutions(engine, tmp_path):
    path = tmp_path / "fax.tif"
    sheet("1", (1728, 1145)).save(path, dpi=(204, 98), compression="group4")

    assert engine.read_page(path, 1).image.dpi == pytest.approx(98, abs=0.1)


def test_a_photo_held_sideways_is_as_wide_as_it_is_displayed(engine, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    for suffix in ("jpg", "tif"):
        path = tmp_path / f"photo.{suffix}"
        sheet("RGB", (800, 400)).save(path, exif=exif, dpi=(300, 300))
        image = engine.read_page(path, 1).image

        assert (image.width, image.height) == (400, 800)


def strip(pdf, width, height, bits=8, space=Name.DeviceRGB):
    length = height * ((width * bits * (3 if space == Name.DeviceRGB else 1) + 7) // 8)
    return pdf.make_indirect(
        pikepdf.Stream(
            pdf,
            b"\xff" * length,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=width,
            Height=height,
            ColorSpace=space,
            BitsPerComponent=bits,
        )
    )


@pytest.fixture
def image_of(engine, tmp_path):
    """Return what is told of a page that shows these strips with this content."""

    def image_of(strips, content, size=(595, 842), rotate=0):
        with pikepdf.new() as pdf:
            pdf.add_blank_page(page_size=size)
            page = pdf.pages[0]
            page.Rotate = rotate
            page.Resources = Dictionary(
                XObject=Dictionary(
                    {
                        f"/Im{index}": strip(pdf, *each)
                        for index, each in enumerate(strips)
                    }
                )
            )
            page.Contents = pdf.make_stream(content.encode())
            pdf.save(tmp_path / "strips.pdf")
        return engine.read_page(tmp_path / "strips.pdf", 1).image

    return image_of


@pytest.mark.parametrize(
    ("bits", "space", "colour"),
    [
        (8, Name.DeviceRGB, Colour.COLOUR),
        (8, Name.DeviceGray, Colour.GREY),
        (4, Name.DeviceGray, Colour.GREY),
        (1, Name.DeviceGray, Colour.BITONAL),
        (8, Array([Name.Indexed, Name.DeviceRGB, 1, b"\0\0\0\1\2\3"]), Colour.COLOUR),
    ],
)
def test_colours_of_a_scan_in_a_pdf(image_of, bits, space, colour):
    image = image_of([(1240, 1754, bits, space)], "595 0 0 842 0 0 cm /Im0 Do")

    assert (image.width, image.height, image.colour) == (1240, 1754, colour)
    assert image.dpi == pytest.approx(150, abs=0.2)
    assert LOW in image.findings


def test_a_blank_scan_and_one_lying_on_its_side_have_an_image(image_of):
    image = image_of([(1240, 1754)], "595 0 0 842 0 0 cm /Im0 Do", rotate=90)

    assert (image.width, image.height) == (1754, 1240)


def test_a_scan_with_the_margins_of_a_printer_around_it_is_a_scan(image_of):
    image = image_of([(2400, 3400)], "576 0 0 816 9 13 cm /Im0 Do")

    assert image.dpi == pytest.approx(300, abs=0.1)


@pytest.mark.parametrize("share", [0.9, 0.85, 0.75, 0.5, 0.21])
@pytest.mark.parametrize("lines", ["", "10 10 m 500 10 l S "], ids=["alone", "ruled"])
def test_a_scan_that_leaves_part_of_the_page_free_is_a_scan(image_of, share, lines):
    side = share**0.5
    width, height = 595 * side, 842 * side
    content = f"{lines}q {width} 0 0 {height} 20 20 cm /Im0 Do Q"
    pixels = round(width / 72 * 150), round(height / 72 * 150)
    image = image_of([(*pixels, 8, Name.DeviceGray)], content)

    assert image.dpi == pytest.approx(150, abs=0.5)
    assert image.findings == (LOW, LOST)


@pytest.mark.parametrize(
    "millimetres",
    [(80, 200), (85.6, 54), (200, 287)],
    ids=["receipt", "identity-card", "printer-margins"],
)
def test_small_papers_on_a_sheet_are_scans(image_of, millimetres):
    width, height = (side / 25.4 * 72 for side in millimetres)
    pixels = tuple(round(side / 25.4 * 150) for side in millimetres)
    image = image_of([pixels], f"{width} 0 0 {height} 10 10 cm /Im0 Do")

    assert image.findings == (LOW,)


def test_both_sides_of_a_card_are_one_scan(image_of):
    content = "q 243 0 0 153 60 500 cm /Im0 Do Q q 243 0 0 153 60 200 cm /Im1 Do Q"
    image = image_of([(506, 319), (506, 319)], content)

    assert image.findings == (LOW,)


def test_layers_of_a_scan_that_leaves_a_margin_count_together(image_of):
    parts = [(620, 877), (2480, 3508, 1, Name.DeviceGray)]
    content = "q 476 0 0 673 40 40 cm /Im0 Do Q 476 0 0 673 40 40 cm /Im1 Do"
    image = image_of(parts, content)

    assert (image.width, image.colour) == (2480, Colour.COLOUR)


@pytest.mark.parametrize("lines", [6, 60], ids=["note", "letter"])
def test_a_logo_on_a_typed_page_does_not_make_it_a_scan(
    engine, stationer, letter, lines
):
    stationer.image(Image.new("L", (200, 100), 90), stamp=(letter * 9)[:lines])
    page = stationer.pdf.pages[0]
    content = page.Contents.read_bytes()
    page.Contents = stationer.pdf.make_stream(
        content.replace(b"842 0 0 595 0 0 cm", b"200 0 0 100 300 480 cm")
    )
    read = engine.read_page(stationer.saved(), 1)

    assert read.origin == Origin.DIGITAL
    assert read.image is None


def test_a_stamped_scan_with_a_margin_and_one_with_a_text_layer_are_scans(
    engine, stationer, letter
):
    for under, stamp in ((None, ["Eingang 3.8."]), (letter, None)):
        stationer.scanned(letter, under=under, stamp=stamp, dpi=150)
        page = stationer.pdf.pages[-1]
        page.Contents = stationer.pdf.make_stream(
            page.Contents.read_bytes().replace(
                b"595 0 0 842 0 0 cm", b"500 0 0 707 20 20 cm"
            )
        )
    path = stationer.saved()

    for number, origin in ((1, Origin.RECOGNISED), (2, Origin.DIGITAL)):
        read = engine.read_page(path, number)
        assert read.origin == origin
        assert read.image.colour is Colour.GREY


def test_strips_are_one_image(image_of):
    parts = [(2480, 1000), (2480, 1000), (2480, 1508)]
    high = [842 * height / 3508 for _, height in parts]
    content = "".join(
        f"q 595 0 0 {high[index]} 0 {842 - sum(high[: index + 1])} cm /Im{index} Do Q "
        for index in range(3)
    )
    image = image_of(parts, content)

    assert (image.width, image.height) == (2480, 3508)
    assert image.dpi == pytest.approx(300, abs=0.3)
    assert image.findings == ()


def test_a_layer_of_ink_over_a_coarser_one_of_paper_counts(image_of):
    parts = [(620, 877), (2480, 3508, 1, Name.DeviceGray)]
    content = "q 595 0 0 842 0 0 cm /Im0 Do Q 595 0 0 842 0 0 cm /Im1 Do"
    image = image_of(parts, content)

    assert (image.width, image.colour) == (2480, Colour.COLOUR)


def test_a_photo_on_a_page_does_not_make_it_a_scan(image_of):
    assert image_of([(400, 300)], "200 0 0 150 100 500 cm /Im0 Do") is None


def test_typed_pages_have_no_image_and_letters_on_letterhead_neither(
    engine, stationer, letter
):
    stationer.typed(letter)
    stationer.image(Image.new("L", (595, 842), 250), stamp=letter * 2)
    stationer.typed(())
    path = stationer.saved()

    assert [engine.read_page(path, number).image for number in (1, 2, 3)] == [None] * 3


def test_a_scan_with_a_text_layer_keeps_its_text_and_has_an_image(
    engine, stationer, letter
):
    path = stationer.scanned(letter, under=letter, dpi=100).saved()
    page = engine.read_page(path, 1)

    assert page.origin == Origin.DIGITAL
    assert page.image.findings == (LOW, LOST)


@pytest.mark.parametrize(
    ("name", "number", "findings"),
    [
        ("linn.pdf", 1, (LOST,)),
        ("skew.pdf", 1, (LOST,)),
        ("rotated_skew.pdf", 1, (LOST,)),
        ("cardinal.pdf", 2, (LOST,)),
        ("kcs.pdf", 1, (LOST,)),
        ("masks.pdf", 1, ()),
        ("cmyk.pdf", 1, ()),
        ("francais.pdf", 1, (LOST,)),
        ("multipage.pdf", 1, (LOW,)),
    ],
)
def test_findings_of_real_scans(material, name, number, findings):
    own = pdfium.own_text(str(material / "scans" / name), None, number)

    assert own.scan.findings == findings
