"""Image files that scanners, faxes and cameras make."""

from eakte.scanning.errors import Damaged
from eakte.scanning.errors import Empty
from eakte.scanning.errors import Unsupported
from eakte.scanning.model import Colour
from eakte.scanning.model import Kind
from eakte.scanning.model import PageSize
from PIL import ExifTags
from PIL import Image

import io
import pytest


def sheet(mode="RGB", size=(400, 200)):
    """A sheet whose top left quarter is dark."""
    image = Image.new("L", size, 255)
    image.paste(0, (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def dark_corner(jpeg):
    """Where the dark quarter is: (0 or 1 across, 0 or 1 down)."""
    image = (
        Image.open(io.BytesIO(jpeg)).convert("L").resize((2, 2), Image.Resampling.BOX)
    )
    values = image.tobytes()
    assert sum(value < 60 for value in values) == 1
    assert sum(value > 200 for value in values) == 3
    index = min(range(4), key=values.__getitem__)
    return index % 2, index // 2


@pytest.mark.parametrize(
    ("name", "mode", "options"),
    [
        ("fax.tif", "1", {"compression": "group4"}),
        ("fax3.tif", "1", {"compression": "group3"}),
        ("lzw.tif", "RGB", {"compression": "tiff_lzw"}),
        ("jpeg.tif", "RGB", {"compression": "jpeg"}),
        ("print.tif", "CMYK", {}),
        ("lab.tif", "L", {}),
        ("deep.png", "I;16", {}),
        ("palette.png", "P", {}),
        ("clear.png", "RGBA", {}),
        ("grey.jpg", "L", {}),
        ("photo.jpg", "RGB", {"progressive": True}),
        ("print.jpg", "CMYK", {}),
    ],
)
def test_every_way_of_storing_colours_looks_the_same(
    engine, tmp_path, name, mode, options
):
    path = tmp_path / name
    image = sheet("L")
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 257).convert("I;16")
    else:
        image = image.convert(mode)
    image.save(path, dpi=(200, 200), **options)
    scan = engine.inspect(path)

    assert scan.pages == (PageSize(pytest.approx(144, 0.01), pytest.approx(72, 0.01)),)
    assert dark_corner(engine.render(path, 1, 100)) == (0, 0)
    assert dark_corner(engine.render(path, 1, 100, rotation=90)) == (1, 0)
    assert dark_corner(engine.render(path, 1, 100, rotation=270)) == (0, 1)


def test_transparent_paper_is_white(engine, tmp_path):
    path = tmp_path / "clear.png"
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(path)
    image = Image.open(io.BytesIO(engine.render(path, 1, 50)))

    assert image.convert("L").getextrema()[0] > 250


@pytest.mark.parametrize("suffix", ["tif", "jpg", "png"])
@pytest.mark.parametrize(
    ("orientation", "corner", "size"),
    [
        (1, (0, 0), (144, 72)),
        (3, (1, 1), (144, 72)),
        (6, (1, 0), (72, 144)),
        (8, (0, 1), (72, 144)),
    ],
)
def test_a_camera_that_was_held_sideways_is_set_upright(
    engine, tmp_path, suffix, orientation, corner, size
):
    path = tmp_path / f"photo.{suffix}"
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    sheet().save(path, exif=exif, dpi=(200, 200))
    scan = engine.inspect(path)

    assert scan.pages == (
        PageSize(pytest.approx(size[0], 0.01), pytest.approx(size[1], 0.01)),
    )
    jpeg = engine.render(path, 1, 100)
    assert Image.open(io.BytesIO(jpeg)).size == (100, round(100 * size[1] / size[0]))
    assert dark_corner(jpeg) == corner


def test_every_page_of_a_tiff_has_its_own_size(engine, tmp_path):
    path = tmp_path / "stack.tif"
    first, second = sheet("1", (600, 300)), sheet("L", (300, 300))
    first.save(path, save_all=True, append_images=[second], dpi=(300, 300))
    scan = engine.inspect(path)

    assert scan.kind == Kind.TIFF
    assert scan.pages == (PageSize(144, 72), PageSize(72, 72))
    assert Image.open(io.BytesIO(engine.render(path, 2, 60))).size == (60, 60)
    with pytest.raises(ValueError, match="No page 3"):
        engine.render(path, 3, 60)


@pytest.mark.parametrize(
    ("mode", "compression", "tag"),
    [("RGB", "tiff_lzw", 5), ("RGB", "jpeg", 7), ("1", "group4", 4)],
)
def test_both_pages_of_a_tiff_are_shown_however_they_are_packed(
    engine, tmp_path, mode, compression, tag
):
    path = tmp_path / "stack.tif"
    first = sheet(mode)
    second = sheet("L").rotate(180).convert(mode)
    options = {"compression": compression, "dpi": (200, 200)}
    first.save(path, save_all=True, append_images=[second], **options)
    with Image.open(path) as stored:
        for number in (0, 1):
            stored.seek(number)
            assert stored.tag_v2[259] == tag

    assert engine.inspect(path).page_count == 2
    corners = [dark_corner(engine.render(path, number, 100)) for number in (1, 2)]
    assert corners == [(0, 0), (1, 1)]
    colour = Colour.BITONAL if mode == "1" else Colour.COLOUR
    assert [engine.read_page(path, number).image.colour for number in (1, 2)] == [
        colour,
        colour,
    ]


def test_a_fax_with_half_as_many_lines_is_not_squashed(engine, tmp_path):
    path = tmp_path / "fax.tif"
    sheet("1", (1728, 1145)).save(path, dpi=(204, 98), compression="group4")
    image = Image.open(io.BytesIO(engine.render(path, 1, 700)))

    assert image.height / image.width == pytest.approx(297 / 215, abs=0.02)


def test_an_image_without_a_resolution_counts_as_300_dpi(engine, tmp_path):
    path = tmp_path / "scan.png"
    sheet("L", (300, 600)).save(path)

    assert engine.inspect(path).pages == (PageSize(72, 144),)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_an_image_that_is_cut_off_is_shown_and_named(engine, tmp_path, kind):
    out = io.BytesIO()
    Image.effect_noise((800, 800), 50).save(out, kind)
    path = tmp_path / "cut"
    path.write_bytes(out.getvalue()[: len(out.getvalue()) // 2])

    assert engine.inspect(path).page_count == 1
    assert engine.render(path, 1, 100)
    with pytest.raises(Damaged, match="page 1"):
        engine.read_page(path, 1)


@pytest.mark.parametrize(
    ("head", "error"),
    [
        (b"", Empty),
        (b"\x89PNG\r\n\x1a\nand nothing", Damaged),
        (b"\xff\xd8\xff\xe0", Damaged),
        (b"II*\x00\xff\xff\xff\x7f", Damaged),
        (b"GIF89a", Unsupported),
        (b"PK\x03\x04 a letter in Word", Unsupported),
        (b"<html>", Unsupported),
        (b"From: somebody", Unsupported),
        (b"\n" * 1100 + b"%PDF-1.7", Unsupported),
    ],
)
def test_what_is_no_scan_is_named(engine, tmp_path, head, error):
    path = tmp_path / "looks-like-a-scan.pdf"
    path.write_bytes(head)

    with pytest.raises(error) as caught:
        engine.inspect(path)
    assert type(caught.value) is error
