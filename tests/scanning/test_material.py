"""Every file of the shared material ends in a known way.

Read it as the contract with the intake: the state that each file gets follows from
the code in the second column.
"""

from eakte.scanning.engine import Engine
from eakte.scanning.errors import ScanError
from eakte.scanning.model import Limits
from eakte.scanning.model import Origin
from PIL import Image

import io
import pytest


OUTCOMES = {
    # broken: code or number of pages
    "broken/T01_006_header-invalid-syntax-no-pdf.pdf": "unsupported",
    "broken/T02-01_001_document-catalog-No-document-catalog.pdf": "damaged",
    "broken/T02-01_002_document-catalog-wrong-object-number.pdf": "damaged",
    "broken/T02-02_008_page-tree-node-no-count.pdf": 1,
    "broken/T02-03_011_page-object-wrong-contents-reference.pdf": 1,
    "broken/T02-05-01_005_invalid-Font-name-operator.pdf": 1,
    "broken/T02-05-01_017_bytes-between-endstream-endobj.pdf": 1,
    "broken/T04_001_EOF-not-standalone.pdf": 1,
    "broken/T04_013_trailer-root-invalid-indirect-reference.pdf": "damaged",
    "broken/corruptionOneByteMissing.pdf": 1,
    "broken/docinfo_latin1_key.pdf": 1,
    "broken/encryption_notextaccess.pdf": 1,
    "broken/encryption_openpassword.pdf": "encrypted",
    "broken/enormous.pdf": 1,
    "broken/fileAttachment.pdf": 1,
    "broken/formxobject.pdf": 1,
    "broken/hugemono.pdf": 1,
    "broken/invalid.pdf": "damaged",
    "broken/invalid_pdf.pdf": 2,
    "broken/javascript.pdf": 1,
    "broken/livecycle.pdf": 1,
    "broken/missing_docinfo.pdf": 1,
    "broken/negzero.pdf": 1,
    "broken/no_contents.pdf": 1,
    "broken/password-is-test.pdf": "encrypted",
    "scans/2400dpi.pdf": 1,
    "scans/blank.pdf": 1,
    "scans/c02-22.pdf": 1,
    "scans/cardinal.pdf": 4,
    "scans/ccitt.pdf": 1,
    "scans/cmyk.pdf": 1,
    "scans/eurotext.tif": 1,
    "scans/eurotext.txt": "unsupported",
    "scans/francais.pdf": 1,
    "scans/jbig2.pdf": 1,
    "scans/kcs.pdf": 1,
    "scans/linn.pdf": 1,
    "scans/linn.txt": "unsupported",
    "scans/masks.pdf": 1,
    "scans/multipage.pdf": 6,
    "scans/phototest.gold.txt": "unsupported",
    "scans/phototest.tif": 1,
    "scans/rotated_skew.pdf": 1,
    "scans/skew.pdf": 1,
    "scans/typewriter.png": 1,
    "separators/barcode-128-custom.pdf": 1,
    "separators/barcode-qr-custom.pdf": 1,
    "separators/double-sided-even.pdf": 2,
    "separators/double-sided-odd.pdf": 3,
    "separators/patch-code-t-middle-reverse.pdf": 3,
    "separators/patch-code-t-middle-unreadable.pdf": 3,
    "separators/patch-code-t-middle.pdf": 3,
    "separators/patch-code-t-qr.pdf": 1,
    "separators/patch-code-t.pdf": 1,
    "separators/several-patcht-codes.pdf": 7,
}

BLANK = "blank"

TEXTS = {
    # file, page: where the text comes from, and a part of it
    ("broken/corruptionOneByteMissing.pdf", 1): (Origin.DIGITAL, "test document"),
    ("broken/encryption_notextaccess.pdf", 1): (Origin.DIGITAL, "test document"),
    ("broken/invalid_pdf.pdf", 2): (Origin.DIGITAL, "Page 2 of 2"),
    ("broken/javascript.pdf", 1): (Origin.DIGITAL, "JavaScript example"),
    ("broken/no_contents.pdf", 1): (Origin.DIGITAL, BLANK),
    ("broken/livecycle.pdf", 1): (Origin.DIGITAL, BLANK),
    ("broken/formxobject.pdf", 1): (Origin.RECOGNISED, "What follows is an image"),
    ("scans/blank.pdf", 1): (Origin.DIGITAL, BLANK),
    ("scans/cmyk.pdf", 1): (Origin.RECOGNISED, "Pure Magenta"),
    ("scans/2400dpi.pdf", 1): (Origin.RECOGNISED, "Waterman"),
    ("scans/masks.pdf", 1): (Origin.RECOGNISED, "freien Enzyklop"),
    ("scans/typewriter.png", 1): (Origin.RECOGNISED, "Waterman"),
    ("separators/double-sided-odd.pdf", 3): (Origin.DIGITAL, "This is page 5"),
    ("separators/patch-code-t-middle-unreadable.pdf", 2): (Origin.RECOGNISED, ""),
}


def outcome(engine, path):
    try:
        return engine.inspect(path).page_count
    except ScanError as error:
        return error.code


def test_every_file_ends_in_a_known_way(engine, material):
    files = {
        str(path.relative_to(material)): path
        for path in sorted(material.glob("*/*"))
        if path.is_file()
    }
    assert {name: outcome(engine, path) for name, path in files.items()} == OUTCOMES


@pytest.mark.parametrize(
    "name", [name for name, pages in OUTCOMES.items() if isinstance(pages, int)]
)
def test_every_readable_file_shows_its_first_page(engine, material, name):
    image = Image.open(io.BytesIO(engine.render(material / name, 1, 180)))
    size = engine.inspect(material / name).pages[0]

    assert image.format == "JPEG"
    assert image.width == 180
    assert abs(image.height - 180 * size.height / size.width) < 1


@pytest.mark.parametrize(("name", "page"), TEXTS)
def test_each_page_is_judged_by_itself(engine, material, name, page):
    origin, part = TEXTS[name, page]
    text = engine.read_page(material / name, page, "deu")

    assert text.origin == origin
    assert text.blank == (part is BLANK)
    if part is not BLANK:
        assert part in text.text
    for word in text.words:
        assert 0 <= word.left <= word.right <= 1
        assert 0 <= word.top <= word.bottom <= 1


def test_a_locked_file_opens_with_its_password_only(engine, material):
    path = material / "broken" / "password-is-test.pdf"

    with pytest.raises(ScanError) as caught:
        engine.inspect(path, "falsch")
    assert caught.value.code == "wrong-password"
    scan = engine.inspect(path, "test")
    assert scan.encrypted
    assert engine.render(path, 1, 100, "test").startswith(b"\xff\xd8\xff")


@pytest.fixture
def small_engine():
    """An engine whose children die beyond 0.75 GiB."""
    with Engine(1, Limits(memory_bytes=768 * 1024**2)) as small:
        yield small


@pytest.mark.parametrize("name", ["broken/enormous.pdf", "broken/hugemono.pdf"])
def test_a_page_as_large_as_a_door_is_shown_in_bounded_memory(
    small_engine, material, name
):
    image = Image.open(io.BytesIO(small_engine.render(material / name, 1, 2000)))

    assert image.size == (2000, 2000)
    assert image.convert("L").getextrema()[0] < 100


def test_a_page_as_large_as_a_door_is_read_in_bounded_memory(small_engine, material):
    page = small_engine.read_page(material / "broken" / "hugemono.pdf", 1)

    assert "very big image with a tiny amount of text" in page.text
