"""What grows a thousandfold when it is unpacked ends with a name; other work goes on."""

from contextlib import contextmanager
from eakte.scanning.assembling import archive_copy
from eakte.scanning.engine import Engine
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import ToolFailed
from eakte.scanning.tools import conformance
from itertools import accumulate
from itertools import count
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from PIL import Image
from tests.scanning.test_bounds import outcome

import hashlib
import pikepdf
import pytest
import struct
import zlib


MEBIBYTE = 1024**2

NOTHING = pikepdf.StreamDecodeLevel.none


def bomb(mebibytes, times=1):
    """A stream that grows a thousandfold, packed again and again."""
    packer, blank = zlib.compressobj(6), b" " * MEBIBYTE
    content = b"".join(packer.compress(blank) for _ in range(mebibytes))
    content += packer.flush()
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    return content


@pytest.mark.parametrize("times", [1, 2])
def test_a_bomb_in_the_content_of_a_page_ends_with_a_name(
    office, stationer, tmp_path, times
):
    stationer.typed(("Gut",)).typed(("Böse",))
    with stationer.pdf as pdf:
        stream = pikepdf.Stream(pdf, b"")
        stream.write(bomb(500, times), filter=Array([Name.FlateDecode] * times))
        pdf.pages[1].Contents = pdf.make_indirect(stream)
        path = tmp_path / "bomb.pdf"
        pdf.save(path, compress_streams=False, stream_decode_level=NOTHING)
    assert path.stat().st_size < 4 * MEBIBYTE

    assert office.inspect(path).page_count == 2
    before = hashlib.sha256(path.read_bytes()).digest()
    for _ in range(2):
        with pytest.raises(TooLarge, match="page 2"):
            office.render(path, 2, 100)
        with pytest.raises(TooLarge, match="page 2"):
            office.read_page(path, 2)
    assert office.read_page(path, 1).text == "Gut"
    assert hashlib.sha256(path.read_bytes()).digest() == before


@pytest.mark.parametrize("place", ["form", "pattern", "glyph", "parts", "filters"])
def test_a_bomb_is_named_wherever_it_lies_on_a_page(office, stationer, tmp_path, place):
    stationer.typed(("Böse",)).typed(("Gut",))
    with stationer.pdf as pdf:
        page = pdf.pages[0]
        stream = pdf.make_indirect(pikepdf.Stream(pdf, b""))
        stream.write(lines_without_end(60), filter=Name.FlateDecode)
        draw = b"/F Do"
        if place == "form":
            stream.Type, stream.Subtype = Name.XObject, Name.Form
            stream.BBox = Array([0, 0, 595, 842])
            page.Resources.XObject = Dictionary(F=stream)
        elif place == "pattern":
            stream.PatternType, stream.PaintType, stream.TilingType = 1, 1, 1
            stream.BBox, stream.XStep, stream.YStep = Array([0, 0, 99, 99]), 99, 99
            stream.Resources = Dictionary()
            page.Resources.Pattern = Dictionary(P=stream)
            draw = b"/Pattern cs /P scn 0 0 500 500 re f"
        elif place == "glyph":
            page.Resources.Font.T = Dictionary(
                Type=Name.Font,
                Subtype=Name.Type3,
                FontBBox=Array([0, 0, 9, 9]),
                FontMatrix=Array([1, 0, 0, 1, 0, 0]),
                FirstChar=97,
                LastChar=97,
                Widths=Array([9]),
                CharProcs=Dictionary(a=stream),
                Encoding=Dictionary(Differences=Array([97, Name.a])),
            )
            draw = b"BT /T 9 Tf (a) Tj ET"
        elif place == "parts":
            page.Contents = Array([pdf.make_stream(b"q "), stream])
        else:
            stream.write(
                lines_without_end(60).hex().encode(),
                filter=Array([Name.ASCIIHexDecode, Name.FlateDecode]),
            )
            page.Contents = stream
        if place in ("form", "pattern", "glyph"):
            page.Contents = pdf.make_stream(draw)
        path = tmp_path / "bomb.pdf"
        pdf.save(path, compress_streams=False, stream_decode_level=NOTHING)

    with pytest.raises(TooLarge, match="page 1"):
        office.render(path, 1, 100)
    assert office.read_page(path, 2).text == "Gut"


@pytest.mark.parametrize("place", ["page", "form"])
def test_an_archive_copy_comes_with_the_page_that_is_a_bomb_crossed_out(
    stationer, tmp_path, place
):
    stationer.typed(("Gut",)).typed(("Böse",)).typed(("Ende",))
    with stationer.pdf as pdf:
        page = pdf.pages[1]
        stream = pdf.make_indirect(pikepdf.Stream(pdf, b""))
        stream.write(lines_without_end(60), filter=Name.FlateDecode)
        if place == "form":
            stream.Type, stream.Subtype = Name.XObject, Name.Form
            stream.BBox = Array([0, 0, 595, 842])
            page.Resources.XObject = Dictionary(F=stream)
            page.Contents = pdf.make_stream(b"/F Do")
        else:
            page.Contents = stream
        path, target = tmp_path / "bomb.pdf", tmp_path / "copy.pdf"
        pdf.save(path, compress_streams=False, stream_decode_level=NOTHING)
    copy = archive_copy(path, target, [], title="Böse")

    assert (copy.page_count, copy.unreadable) == (3, (2,))
    assert copy.byte_size < MEBIBYTE
    assert conformance.failures(target.read_bytes()) == set()
    with pikepdf.open(target) as pdf:
        assert b"0 0 m 595 842 l S" in pdf.pages[1].Contents.read_bytes()


def test_a_page_that_is_too_much_to_be_judged_is_drawn_for_the_archive(
    stationer, tmp_path
):
    path = stationer.typed(("Plan",)).saved()
    with pikepdf.open(path) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"q Q " * (2 * MEBIBYTE))
        pdf.save(tmp_path / "plan.pdf")
    copy = archive_copy(tmp_path / "plan.pdf", tmp_path / "copy.pdf", [], title="Plan")

    assert (copy.drawn, copy.unreadable) == ((1,), ())


def lines_without_end(mebibytes):
    packer, lines = zlib.compressobj(6), b"0 0 m 5 8 l S " * (MEBIBYTE // 14)
    packed = [packer.compress(lines) for _ in range(mebibytes)]
    return b"".join([*packed, packer.flush()])


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("held", ["pages", "content"])
def test_a_bomb_among_the_objects_of_a_file_is_too_large(
    office, stationer, tmp_path, held, times
):
    good = stationer.typed(("Gut",)).saved()
    path = tmp_path / "bomb.pdf"
    path.write_bytes(held_in_streams(held, bomb(500, times), times))
    assert path.stat().st_size < 4 * MEBIBYTE
    before = path.read_bytes()

    for _ in range(2):
        if held == "pages":
            with pytest.raises(TooLarge, match="objects of the file"):
                office.inspect(path)
        else:
            assert office.inspect(path).page_count == 1
        with pytest.raises(TooLarge, match="objects of the file"):
            office.render(path, 1, 100)
        with pytest.raises(TooLarge, match="objects of the file"):
            office.read_page(path, 1)
        assert office.read_page(good, 1).text == "Gut"
    assert path.read_bytes() == before


@pytest.mark.parametrize("times", [1, 2])
def test_a_bomb_in_the_table_of_a_file_does_not_bring_it_down(office, tmp_path, times):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(held_in_streams("table", bomb(500, times), times))

    for call in (
        lambda: office.inspect(path).page_count,
        lambda: office.render(path, 1, 100)[:3],
        lambda: office.read_page(path, 1).text,
    ):
        assert outcome(call) in (1, b"\xff\xd8\xff", "", TooLarge.code)


def test_a_child_that_dies_of_something_else_is_not_blamed_on_the_file(
    stationer, tmp_path
):
    stationer.typed(("Gut",))
    path = stationer.saved(object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with Engine(1) as engine:
        engine._place = killing(engine)
        with pytest.raises(ToolFailed):
            engine.inspect(path)
        del engine._place
        assert engine.inspect(path).page_count == 1


def killing(engine):
    """A place in which the child is killed before it is asked."""

    @contextmanager
    def place():
        engine._give_back(engine._take(), usable=True)
        child = engine._idle[0]
        ask = child.ask

        def asked(request, seconds):
            child.interrupt()
            return ask(request, seconds)

        child.ask = asked
        yield

    return place


def held_in_streams(what, packed, times):
    """Return a PDF whose objects and table are in streams.

    :param what: that unpacks to the bomb, ``pages``, ``content`` or ``table``: the
        objects of the pages, the object of a page's font, the table of objects.
    :param packed: the bomb, which is all blanks.
    :param times: how often it was packed.
    """
    inner = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R"
        b"/Resources<</Font<</F 8 0 R>>>>>>",
    ]
    out, places = bytearray(b"%PDF-1.7\n"), {}
    filters = b"/Filter[%s]" % (b"/FlateDecode" * times)

    def put(number, said, content):
        places[number] = len(out)
        out.extend(b"%d 0 obj\n<<%s/Length %d>>stream\n" % (number, said, len(content)))
        out.extend(content + b"\nendstream\nendobj\n")

    def hold(number, first, bodies, is_bomb):
        starts = accumulate((len(body) + 1 for body in bodies), initial=0)
        head = b" ".join(
            b"%d %d" % pair for pair in zip(count(first), starts, strict=False)
        )
        plain = head + b" " + b" ".join(bodies)
        said = b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(head) + 1)
        if is_bomb:
            put(number, said + filters, exploding(plain, packed, times))
        else:
            put(number, said, plain)

    hold(4, 1, inner, what == "pages")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    hold(7, 8, [font], what == "content")
    put(6, b"", b"BT /F 12 Tf 99 99 Td (x) Tj ET")
    places[5] = len(out)
    held = {number: (2, 4, number - 1) for number in (1, 2, 3)} | {8: (2, 7, 0)}
    rows = [held.get(number, (1, places.get(number, 0), 0)) for number in range(9)]
    rows[0] = (0, 0, 255)
    table = b"".join(struct.pack("!BIB", *row) for row in rows)
    said = b"/Type/XRef/Size 9/Root 1 0 R/W[1 4 1]"
    if what == "table":
        put(5, said + filters, exploding(table, packed, times))
    else:
        put(5, said, table)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % places[5]


def exploding(plain, packed, times):
    """Return packed bytes that unpack to ``plain`` and then hundreds of MiB."""
    for _ in range(times - 1):
        packed = zlib.decompress(packed)
    # A block that is stored, then those that are packed.
    length = struct.pack("<HH", len(plain), 0xFFFF - len(plain))
    packer = b"\x78\x9c\x00" + length + plain + packed[2:]
    for _ in range(times - 1):
        packer = zlib.compress(packer, 9)
    return packer


def test_a_bomb_in_an_image_is_too_large_and_the_other_pages_show(
    office, stationer, tmp_path
):
    stationer.image(Image.new("L", (100, 140), 0)).typed(("Gut",))
    with stationer.pdf as pdf:
        image = pdf.pages[0].Resources.XObject.Im
        image.Width = image.Height = 18_000
        image.write(bomb(300), filter=Name.FlateDecode)
        path = tmp_path / "bomb.pdf"
        pdf.save(path, compress_streams=False, stream_decode_level=NOTHING)

    assert office.inspect(path).page_count == 2
    with pytest.raises(TooLarge, match="Page 1"):
        office.render(path, 1, 100)
    with pytest.raises(TooLarge, match="Page 1"):
        office.read_page(path, 1)
    assert office.render(path, 2, 100).startswith(b"\xff\xd8\xff")
    assert office.read_page(path, 2).text == "Gut"


def test_a_png_that_grows_a_thousandfold_is_not_decoded(office, tmp_path):
    path = tmp_path / "bomb.png"
    Image.new("1", (30_000, 30_000)).save(path)
    assert path.stat().st_size < MEBIBYTE

    assert office.inspect(path).page_count == 1
    with pytest.raises(TooLarge, match="30000 x 30000"):
        office.render(path, 1, 100)
