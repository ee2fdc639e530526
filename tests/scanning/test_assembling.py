"""Pages are split, joined, put in order and turned; nothing is packed anew."""

from eakte.scanning.assembling import assemble
from eakte.scanning.copies import Part
from eakte.scanning.errors import Damaged
from eakte.scanning.errors import Encrypted
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from PIL import Image
from tests.scanning.test_archive_material import image_streams

import io
import pikepdf
import pytest


@pytest.fixture
def stack(stationer):
    """A file of three scanned pages, of different greys."""
    for grey in (40, 120, 200):
        stationer.image(Image.new("L", (60, 80), grey))
    return stationer.saved("stack.pdf")


def greys(engine, path):
    """Return the mean grey of each page, in tens."""
    found = []
    for number in range(1, engine.inspect(path).page_count + 1):
        picture = Image.open(io.BytesIO(engine.render(path, number, 20)))
        found.append(round(picture.convert("L").getpixel((10, 10)), -1))
    return found


def test_pages_come_in_the_order_that_was_asked_for(engine, stack, tmp_path):
    order = (3, 1, 1)
    count = assemble([Part(stack, page) for page in order], tmp_path / "new.pdf")

    assert count == 3
    assert greys(engine, tmp_path / "new.pdf") == [200, 40, 40]


def test_a_file_is_split_and_joined_again(engine, stack, tmp_path):
    assemble([Part(stack, 1)], tmp_path / "first.pdf")
    assemble([Part(stack, 2), Part(stack, 3)], tmp_path / "rest.pdf")
    assert greys(engine, tmp_path / "first.pdf") == [40]
    parts = [Part(tmp_path / "rest.pdf", 1), Part(tmp_path / "first.pdf", 1)]
    assemble([*parts, Part(tmp_path / "rest.pdf", 2)], tmp_path / "all.pdf")

    assert greys(engine, tmp_path / "all.pdf") == [120, 40, 200]


def test_the_streams_of_images_stay_byte_for_byte(material, tmp_path):
    for name in ("ccitt.pdf", "jbig2.pdf", "c02-22.pdf", "cardinal.pdf"):
        source = material / "scans" / name
        with pikepdf.open(source) as pdf:
            numbers = range(1, len(pdf.pages) + 1)
        parts = [Part(source, number, rotation=90) for number in numbers]
        assemble(parts, tmp_path / "new.pdf")

        assert image_streams(tmp_path / "new.pdf") == image_streams(source)


def test_a_part_of_a_file_holds_nothing_of_the_other_pages(stationer, tmp_path):
    stationer.typed(["Oeffentlich"]).typed(["Geheim"])
    first, second = stationer.pdf.pages
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 100, 100]),
        Dest=Array([second.obj, Name.Fit]),
    )
    first.obj.Annots = Array([stationer.pdf.make_indirect(link)])
    first.obj.Resources.XObject = second.obj.Resources.XObject = Dictionary(
        Geheim=pikepdf.Stream(stationer.pdf, b"Geheim")
    )
    assemble([Part(stationer.saved(), 1)], tmp_path / "first.pdf")

    with pikepdf.open(tmp_path / "first.pdf") as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        assert any(b"Oeffentlich" in each.read_bytes() for each in streams)
        assert not any(b"Geheim" in each.read_bytes() for each in streams)


@pytest.mark.parametrize("turned", [0, 90])
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_is_turned_clockwise_as_it_is_displayed(
    engine, stationer, tmp_path, turned, rotation
):
    stationer.typed(["Oben links"], rotate=turned)
    source = stationer.saved()
    assemble([Part(source, 1, rotation)], tmp_path / "new.pdf")

    wide = (turned + rotation) % 180 == 90
    assert engine.render(tmp_path / "new.pdf", 1, 842 if wide else 595) == (
        engine.render(source, 1, 842 if wide else 595, rotation=rotation)
    )


def test_images_are_joined_with_a_pdf(engine, stack, tmp_path):
    grey = Image.new("L", (600, 800), 90)
    jpeg, png, tiff = (tmp_path / name for name in ("a.jpg", "a.png", "a.tif"))
    grey.save(jpeg, dpi=(100, 100))
    grey.save(png, dpi=(100, 100))
    bitmap = Image.new("1", (600, 800), 1)
    bitmap.paste(0, (0, 0, 600, 100))
    options = {"dpi": (100, 100), "compression": "group4"}
    bitmap.save(tiff, save_all=True, append_images=[bitmap], **options)
    parts = [Part(jpeg), Part(stack, 2), Part(png), Part(tiff, 2, 180)]
    assemble(parts, tmp_path / "new.pdf")

    assert greys(engine, tmp_path / "new.pdf") == [90, 120, 90, 260]
    scan = engine.inspect(tmp_path / "new.pdf")
    assert (scan.pages[0].width, scan.pages[0].height) == (432, 576)
    assert jpeg.read_bytes() in image_streams(tmp_path / "new.pdf")
    last = Image.open(io.BytesIO(engine.render(tmp_path / "new.pdf", 4, 60)))
    assert last.convert("L").getpixel((30, 77)) < 50
    assert last.convert("L").getpixel((30, 3)) > 200


@pytest.mark.parametrize("orientation", range(1, 9))
def test_an_image_stands_as_its_tag_says(engine, tmp_path, orientation):
    picture = Image.new("L", (400, 600), 255)
    picture.paste(0, (0, 0, 200, 150))
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = tmp_path / "scan.jpg"
    picture.save(source, exif=exif, dpi=(100, 100), quality=95)
    assemble([Part(source)], tmp_path / "new.pdf")

    one, other = (
        Image.open(io.BytesIO(engine.render(path, 1, 40))).convert("1")
        for path in (source, tmp_path / "new.pdf")
    )
    assert one.size == other.size
    ink = [each.point(lambda value: 255 - value).getbbox() for each in (one, other)]
    for mine, theirs in zip(*ink, strict=True):
        assert abs(mine - theirs) <= 1


TIFFS = {
    "group4": ("1", {"compression": "group4"}),
    "strips": ("1", {"compression": "group4", "tiffinfo": {278: 64}}),
    "lzw": ("L", {"compression": "tiff_lzw"}),
    "colour-lzw": ("RGB", {"compression": "tiff_lzw"}),
    "jpeg": ("RGB", {"compression": "jpeg"}),
    "raw": ("P", {}),
    "inks": ("CMYK", {}),
}


@pytest.mark.parametrize("name", TIFFS)
def test_a_tiff_looks_as_before(engine, tmp_path, name):
    mode, options = TIFFS[name]
    picture = Image.new("L", (400, 600), 255)
    picture.paste(60, (0, 0, 200, 150))
    picture.convert(mode).save(tmp_path / "scan.tif", dpi=(100, 100), **options)
    assemble([Part(tmp_path / "scan.tif")], tmp_path / "new.pdf")

    one, other = (
        Image.open(io.BytesIO(engine.render(tmp_path / path, 1, 40))).convert("L")
        for path in ("scan.tif", "new.pdf")
    )
    # Inks get a profile and look printed; without one they look like a screen's.
    like = 60 if mode == "CMYK" else 25
    for point in ((10, 5), (30, 5), (10, 40)):
        assert abs(one.getpixel(point) - other.getpixel(point)) < like


def test_the_target_may_be_one_of_the_sources(engine, stack):
    assemble([Part(stack, 2)], stack)

    assert greys(engine, stack) == [120]


def test_what_is_asked_for_wrongly_leaves_all_as_it_was(stack, material, tmp_path):
    target = tmp_path / "folder" / "new.pdf"
    target.parent.mkdir()
    target.write_bytes(b"as it was")
    broken = material / "broken"
    for parts, error in (
        ([], ValueError),
        ([Part(stack, 4)], ValueError),
        ([Part(stack, 1, 45)], ValueError),
        ([Part(stack, 1), Part(broken / "invalid.pdf")], Damaged),
        ([Part(broken / "encryption_openpassword.pdf")], Encrypted),
        ([Part(tmp_path / "nothing.pdf")], OSError),
    ):
        with pytest.raises(error):
            assemble(parts, target)

    assert target.read_bytes() == b"as it was"
    assert [each.name for each in target.parent.iterdir()] == ["new.pdf"]


def test_pages_of_many_files_are_joined(engine, stationer, tmp_path):
    paths = []
    for grey in range(10, 250, 10):
        stationer.pdf = pikepdf.new()
        stationer.image(Image.new("L", (60, 80), grey))
        paths.append(stationer.saved(f"{grey}.pdf"))
    assemble([Part(path) for path in paths], tmp_path / "all.pdf")

    assert greys(engine, tmp_path / "all.pdf") == list(range(10, 250, 10))
