"""What would take too much, or do something, ends with a name; other work goes on."""

from concurrent.futures import ThreadPoolExecutor
from eakte.scanning.engine import Engine
from eakte.scanning.errors import Encrypted
from eakte.scanning.errors import ScanError
from eakte.scanning.errors import TimedOut
from eakte.scanning.errors import TooLarge
from eakte.scanning.model import Limits
from pathlib import Path
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from PIL import Image
from PIL import ImageDraw

import hashlib
import io
import psutil
import pytest


MEBIBYTE = 1024**2


def outcome(call, *args):
    """Return what came of a call: a code, or what it returned."""
    try:
        return call(*args)
    except ScanError as error:
        return error.code


def test_a_pdf_with_a_hundred_thousand_pages_is_too_large(office, tmp_path):
    pages = 100_000
    lines = [b"%PDF-1.4\n"]
    places = []
    kids = b" ".join(b"%d 0 R" % number for number in range(3, pages + 3))
    for number, body in enumerate(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/MediaBox[0 0 595 842]/Kids[%s]>>" % (pages, kids),
            *[b"<</Type/Page/Parent 2 0 R>>"] * pages,
        ),
        start=1,
    ):
        places.append(sum(places[-1:]) + len(lines[-1]))
        lines.append(b"%d 0 obj%s endobj\n" % (number, body))
    start = places[-1] + len(lines[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    path = tmp_path / "real.pdf"
    path.write_bytes(
        b"".join(lines)
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table)
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(places) + 1, start)
    )

    with pytest.raises(TooLarge, match="100000 pages"):
        office.inspect(path)
    # Whoever asks for one page of it all the same does not bring the child down.
    assert office.render(path, 99_999, 50).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("name", "pixels"), [("hugemono.pdf", 35_000), ("enormous.pdf", 9_000)]
)
def test_a_bitmap_as_large_as_a_door_is_shown_or_named_but_never_takes_more(
    material, name, pixels
):
    path = material / "broken" / name
    with Engine(1, Limits(memory_bytes=256 * MEBIBYTE)) as small:
        assert small.inspect(path).page_count == 1
        result = outcome(small.render, path, 1, 300)
        assert isinstance(result, bytes) or result in ("too-large", "tool-failed")
        assert small.inspect(path).page_count == 1


@pytest.mark.parametrize("name", ["hugemono.pdf", "enormous.pdf"])
def test_images_in_a_pdf_keep_to_the_pixels_that_the_settings_allow(material, name):
    path = material / "broken" / name
    with Engine(1, Limits(pixels=5_000_000)) as small:
        assert small.inspect(path).page_count == 1
        for call in (
            lambda: small.render(path, 1, 300),
            lambda: small.read_page(path, 1),
        ):
            with pytest.raises(TooLarge, match="pixels"):
                call()
    with Engine(1) as usual:
        assert usual.render(path, 1, 300).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("mode", "side", "fits"),
    [("L", 999, True), ("L", 1001, False), ("1", 4800, True), ("1", 5000, False)],
)
def test_black_and_white_counts_as_little_as_it_takes(stationer, mode, side, fits):
    stationer.image(Image.new("L", (1, 1)))
    image = stationer.pdf.pages[0].Resources.XObject.Im
    image.Width, image.Height = side, side
    image.BitsPerComponent = 1 if mode == "1" else 8
    image.write(Image.new(mode, (side, side), 1).tobytes())
    with Engine(1, Limits(pixels=1_000_000)) as small:
        result = outcome(small.render, stationer.saved(), 1, 100)

    assert isinstance(result, bytes) if fits else result == TooLarge.code


def test_a_page_of_several_metres_is_shown_in_the_width_asked_for(
    office, stationer, engine
):
    stationer.typed(("Plan",), size=(14_400, 14_400))
    image = Image.open(io.BytesIO(office.render(stationer.saved(), 1, 700)))

    assert image.size == (700, 700)
    assert office.read_page(stationer.saved(), 1).text == "Plan"


def test_a_page_that_takes_too_long_fails_alone_while_others_are_shown(
    stationer, tmp_path
):
    stationer.typed(("Gut",)).typed(("Böse",))
    square = b"0 0 m 595 842 l 300 0 l 0 842 l 595 0 l h f* "
    stationer.pdf.pages[1].Contents = stationer.pdf.make_stream(square * 400_000)
    path = stationer.saved()
    with Engine(2, Limits(seconds_render=3)) as engine, ThreadPoolExecutor(2) as both:
        bad = both.submit(outcome, engine.render, path, 2, 2000)
        good = [engine.render(path, 1, 100) for _ in range(10)]

        assert bad.result() == TimedOut.code
        assert all(image.startswith(b"\xff\xd8\xff") for image in good)
        assert engine.render(path, 1, 100)


@pytest.mark.parametrize(
    "action",
    [
        Dictionary(S=Name.JavaScript, JS="app.alert('ran'); this.submitForm('x');"),
        Dictionary(S=Name.Launch, F="/bin/touch"),
        Dictionary(S=Name.URI, URI="http://127.0.0.1:9/"),
        Dictionary(S=Name.SubmitForm, F="http://127.0.0.1:9/"),
    ],
    ids=lambda action: str(action.S),
)
def test_what_a_pdf_wants_to_do_is_never_done(office, stationer, action):
    stationer.field("Erika Mustermann")
    pdf = stationer.pdf
    pdf.Root.OpenAction = action
    pdf.pages[0].AA = Dictionary(O=action, C=action)
    pdf.pages[0].Annots[0].AA = Dictionary(F=action, C=action, V=action, PV=action)
    path = stationer.saved()

    assert office.inspect(path).page_count == 1
    assert office.render(path, 1, 200)
    assert office.read_page(path, 1).text == "Erika Mustermann"
    child = psutil.Process(office._idle[0].pid)
    assert child.children(recursive=True) == []
    # Of sockets it has only the one to us.
    assert child.net_connections("inet") == []


def test_files_attached_to_a_pdf_are_left_alone(office, stationer, tmp_path):
    stationer.typed(("Anschreiben",))
    stationer.pdf.attachments["virus.exe"] = b"MZ" * 1000
    path = stationer.saved()

    assert office.inspect(path).page_count == 1
    assert office.read_page(path, 1).text == "Anschreiben"
    child = psutil.Process(office._idle[0].pid)
    assert [
        Path(file.path) for file in child.open_files() if "virus" in file.path
    ] == []


def test_no_broken_file_is_changed(office, material):
    for path in sorted((material / "broken").glob("*.pdf")):
        before = hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns
        outcome(office.inspect, path)
        outcome(office.render, path, 1, 60)

        assert hashlib.sha256(path.read_bytes()).digest() == before[0]
        assert path.stat().st_mtime_ns == before[1]


def test_an_encrypted_file_is_named_for_every_request(office, material):
    path = material / "broken" / "encryption_openpassword.pdf"
    for call in (
        lambda: office.inspect(path),
        lambda: office.render(path, 1, 100),
        lambda: office.read_page(path, 1),
    ):
        with pytest.raises(Encrypted):
            call()


def scans(stationer, pages):
    """Write a PDF of so many scanned pages of 100 kB: grain, and a little type."""
    sheet = Image.effect_noise((827, 1169), 12).point(lambda value: value + 90)
    ImageDraw.Draw(sheet).text((90, 90), "Niederlassungserlaubnis", 0, font_size=30)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=70)
    for _ in range(pages):
        stationer.image(Image.new("L", (1, 1)))
        page = stationer.pdf.pages[-1]
        page.MediaBox = Array([0, 0, 595, 842])
        page.Contents = stationer.pdf.make_stream(b"595 0 0 842 0 0 cm /Im Do")
        image = page.Resources.XObject.Im
        image.Width, image.Height = sheet.size
        image.write(out.getvalue(), filter=Name.DCTDecode)
    return stationer.saved(f"{pages}.pdf")


def most_memory(path, numbers):
    """Return the most bytes that a child of its own ever had for these pages."""
    with Engine(1) as engine:
        engine.inspect(path)
        for number in numbers:
            engine.render(path, number, 180)
        assert "erlaubnis" in engine.read_page(path, number).text
        status = Path(f"/proc/{engine._idle[0].pid}/status").read_text("utf-8")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def test_a_thousand_pages_take_no_more_memory_than_ten(stationer, tmp_path):
    few = scans(stationer, 10)
    many = scans(type(stationer)(tmp_path, stationer.engine), 1000)
    assert many.stat().st_size > 90 * few.stat().st_size

    small = most_memory(few, range(1, 11))
    large = most_memory(many, (*range(1, 1001, 37), 1000))
    assert large <= 1.5 * small
