"""A scanned page that is one JPEG is shown without being drawn, and looks the same."""

from eakte.scanning.tools.embedded import embedded_jpeg
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from PIL import Image
from PIL import ImageChops
from PIL import ImageDraw
from PIL import ImageStat

import io
import itertools
import pikepdf
import pypdfium2
import pytest


A4 = (595, 842)

ALIKE = pytest.approx(0, abs=5)
"""Mean difference of a pixel, of 255: PDFium makes edges of type a little sharper. A
page turned the wrong way differs by more than twenty."""

UPRIGHT = (595, 0, 0, 842, 0, 0)


def letter(size=(1240, 1754), mode="RGB"):
    """A coloured sheet of which no part looks like another, whichever way it lies."""
    image = Image.new("RGB", size, (235, 230, 220))
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle((0, 0, width // 3, height // 5), fill=(180, 20, 30))
    draw.rectangle((width * 3 // 4, 0, width, height // 8), fill=(20, 40, 160))
    draw.ellipse((100, height * 3 // 4, 400, height - 100), fill=(20, 120, 60))
    for y in range(height // 4, height * 2 // 3, 40):
        draw.text(
            (150, y), "Verlängerung der Aufenthaltserlaubnis", "black", font_size=28
        )
    return image.convert(mode)


def jpeg(image, **kwargs):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, **kwargs)
    return out.getvalue()


def page_of(pdf, image=None, size=A4, **keys):
    """Add a page that is one JPEG; ``keys`` go into the image's dictionary."""
    image = letter() if image is None else image
    content = image if isinstance(image, bytes) else jpeg(image)
    width, height = Image.open(io.BytesIO(content)).size
    pdf.add_blank_page(page_size=size)
    page = pdf.pages[-1]
    colours = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
    stream = pikepdf.Stream(pdf, content)
    stream.stream_dict = Dictionary(
        {
            "/Type": Name.XObject,
            "/Subtype": Name.Image,
            "/Width": width,
            "/Height": height,
            "/BitsPerComponent": 8,
            "/ColorSpace": colours[Image.open(io.BytesIO(content)).mode],
            "/Filter": Name.DCTDecode,
            **{f"/{key}": value for key, value in keys.items()},
        }
    )
    page.Resources = Dictionary(
        XObject=Dictionary(Im=pdf.make_indirect(stream)),
        Font=Dictionary(
            F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        ),
    )
    draw(pdf)
    return page


def draw(pdf, matrix=UPRIGHT, before="", after=""):
    """Write the content of the last page."""
    content = f"{before} q {' '.join(map(str, matrix))} cm /Im Do Q {after}"
    pdf.pages[-1].Contents = pdf.make_stream(content.encode())


@pytest.fixture
def pdf():
    with pikepdf.new() as pdf:
        yield pdf


@pytest.fixture
def shown(engine, pdf, tmp_path):
    """Return ``(is it embedded, how much it differs from PDFium's page)``."""

    def shown(width=700, rotation=0):
        path = tmp_path / "scan.pdf"
        pdf.save(path)
        return compared(engine, path, len(pdf.pages), width, rotation)

    return shown


def compared(engine, path, number, width=700, rotation=0):
    ours = Image.open(io.BytesIO(engine.render(path, number, width, rotation=rotation)))
    with pypdfium2.PdfDocument(path) as document:
        page = document[number - 1]
        page.set_rotation((page.get_rotation() + rotation) % 360)
        scale = ours.width / page.get_width()
        drawn = page.render(scale=scale).to_pil().convert("RGB").resize(ours.size)
        page.set_rotation((page.get_rotation() - rotation) % 360)
        embedded = embedded_jpeg(str(path), number, page, ours.size) is not None
    difference = ImageChops.difference(ours.convert("RGB"), drawn)
    return embedded, max(ImageStat.Stat(difference).mean)


@pytest.mark.parametrize(
    ("rotate", "rotation"), itertools.product((0, 90, 180, 270), (0, 90, 270))
)
def test_a_scan_looks_the_same_however_it_is_turned(pdf, shown, rotate, rotation):
    page_of(pdf).Rotate = rotate

    assert shown(rotation=rotation) == (True, ALIKE)


@pytest.mark.parametrize(
    "matrix",
    [
        (595, 0, 0, -842, 0, 842),
        (-595, 0, 0, 842, 595, 0),
        (-595, 0, 0, -842, 595, 842),
        (0, 842, -595, 0, 595, 0),
        (0, -842, 595, 0, 0, 842),
        (0, 842, 595, 0, 0, 0),
        (0, -842, -595, 0, 595, 842),
    ],
)
@pytest.mark.parametrize("rotate", [0, 90])
def test_a_scan_looks_the_same_however_it_is_laid_on_its_page(
    pdf, shown, matrix, rotate
):
    page_of(pdf).Rotate = rotate
    draw(pdf, matrix)

    assert shown() == (True, ALIKE)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("box", [(0, 421, 298, 842), (100, 50, 500, 800)])
def test_only_what_is_inside_the_crop_box_is_shown(pdf, shown, box, rotate):
    page = page_of(pdf)
    page.CropBox = Array(box)
    page.Rotate = rotate

    assert shown() == (True, ALIKE)


@pytest.mark.parametrize("width", [1, 60, 180, 1000, 1240, 2000])
def test_a_scan_looks_the_same_at_any_width(pdf, shown, width):
    page_of(pdf)

    assert shown(width) == (True, ALIKE)


def test_text_laid_under_a_scan_is_not_seen(pdf, shown):
    page_of(pdf)
    draw(pdf, after="BT /F 20 Tf 3 Tr 100 400 Td (Aufenthaltserlaubnis) Tj ET")

    assert shown() == (True, ALIKE)


def test_a_grey_scan_is_not_drawn_either(pdf, shown):
    page_of(pdf, letter(mode="L"))

    assert shown() == (True, ALIKE)


@pytest.mark.parametrize(
    "keys",
    [
        {"Decode": Array([1, 0, 1, 0, 1, 0])},
        {"Mask": Array([0, 255, 0, 255, 0, 30])},
        {"DecodeParms": Dictionary(ColorTransform=0)},
    ],
    ids=lambda keys: next(iter(keys)),
)
def test_what_changes_the_colours_of_an_image_is_left_to_pdfium(pdf, shown, keys):
    page_of(pdf, **keys)

    assert shown() == (False, ALIKE)


def test_an_image_behind_a_mask_is_left_to_pdfium(pdf, shown):
    mask = pdf.make_indirect(
        pikepdf.Stream(
            pdf,
            bytes([0, 255] * 2),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=2,
            Height=2,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )
    )
    page_of(pdf, SMask=mask)

    assert shown() == (False, ALIKE)


@pytest.mark.parametrize("mode", ["CMYK"])
def test_colours_of_a_printing_press_are_left_to_pdfium(pdf, shown, mode):
    page_of(pdf, letter(mode=mode))

    assert shown() == (False, ALIKE)


def test_colours_that_the_page_redefines_are_left_to_pdfium(pdf, shown):
    page_of(pdf).Resources.ColorSpace = Dictionary(
        DefaultRGB=Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.08])])
    )

    assert shown() == (False, ALIKE)


@pytest.mark.parametrize(
    ("matrix", "before", "after"),
    [
        (UPRIGHT, "", "BT /F 60 Tf 100 400 Td (Eingang 14.08.) Tj ET"),
        (UPRIGHT, "", "0 0 1 rg 100 100 300 300 re f"),
        (UPRIGHT, "100 100 300 300 re W n", ""),
        ((300, 0, 0, 400, 100, 100), "", ""),
        ((590, 60, -60, 842, 0, 0), "", ""),
        (UPRIGHT, "", "q 200 0 0 200 0 0 cm /Im Do Q"),
    ],
    ids=["stamp", "box", "clipped", "small", "askew", "twice"],
)
def test_a_page_that_is_more_than_its_scan_is_left_to_pdfium(
    pdf, shown, matrix, before, after
):
    page_of(pdf)
    draw(pdf, matrix, before, after)

    assert shown() == (False, ALIKE)


def test_a_note_that_somebody_stuck_on_a_scan_is_seen(pdf, engine, tmp_path):
    page = page_of(pdf)
    appearance = pdf.make_stream(b"1 1 0 rg 0 0 200 200 re f")
    appearance.stream_dict.update(
        Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 200]))
    )
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Stamp,
        Rect=Array([300, 300, 500, 500]),
        F=4,
        AP=Dictionary(N=appearance),
    )
    page.Annots = Array([pdf.make_indirect(note)])
    pdf.save(tmp_path / "note.pdf")
    image = Image.open(io.BytesIO(engine.render(tmp_path / "note.pdf", 1, 595)))

    red, green, blue = image.getpixel((400, 842 - 400))
    assert (red > 230, green > 230, blue < 40) == (True, True, True)


def test_a_hidden_layer_stays_hidden(pdf, shown):
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Scan"))
    page_of(pdf).Resources.Properties = Dictionary(L=layer)
    draw(pdf, before="/OC /L BDC", after="EMC")
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]))
    )

    assert shown() == (False, ALIKE)


def test_an_encrypted_scan_opens_with_its_password(pdf, engine, tmp_path):
    page_of(pdf)
    pdf.save(tmp_path / "open.pdf")
    lock = pikepdf.Encryption(owner="Chef", user="Schlüssel")
    pdf.save(tmp_path / "locked.pdf", encryption=lock)
    shown, locked = (
        Image.open(io.BytesIO(engine.render(tmp_path / name, 1, 300, password)))
        for name, password in (("open.pdf", None), ("locked.pdf", "Schlüssel"))
    )

    difference = ImageChops.difference(shown.convert("RGB"), locked.convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 5


def test_a_scan_that_was_cut_off_is_shown_as_far_as_it_goes(pdf, engine, tmp_path):
    content = jpeg(letter())
    page_of(pdf, content[: len(content) // 2])
    pdf.save(tmp_path / "cut.pdf")
    image = Image.open(io.BytesIO(engine.render(tmp_path / "cut.pdf", 1, 300)))

    red, green, blue = image.convert("RGB").getpixel((20, 20))
    assert red > 120 > max(green, blue)


def test_pages_of_a_stack_are_not_mixed_up(pdf, engine, tmp_path):
    for colour in ("red", "lime", "blue"):
        page_of(pdf, Image.new("RGB", (1240, 1754), colour))
    pdf.save(tmp_path / "stack.pdf")
    pixels = [
        Image.open(io.BytesIO(engine.render(tmp_path / "stack.pdf", number, 100)))
        .convert("RGB")
        .getpixel((50, 50))
        for number in (1, 2, 3)
    ]

    assert [pixel.index(max(pixel)) for pixel in pixels] == [0, 1, 2]


@pytest.mark.parametrize(
    ("name", "page"),
    [("c02-22.pdf", 1), ("francais.pdf", 1), ("cmyk.pdf", 1), ("multipage.pdf", 4)],
)
def test_real_scans_look_as_pdfium_shows_them(engine, material, name, page):
    _, difference = compared(engine, material / "scans" / name, page)

    assert difference < 6
