"""The archive copies of real scans conform, look alike, and are searched at the place."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from eakte.scanning.assembling import archive_copy
from eakte.scanning.errors import ScanError
from eakte.scanning.tools import conformance
from PIL import Image
from PIL import ImageChops
from PIL import ImageFilter
from PIL import ImageStat
from tests.scanning.conftest import MATERIAL

import html
import io
import pikepdf
import pytest
import re
import subprocess


UNREADABLE = {
    "T01_006_header-invalid-syntax-no-pdf.pdf",
    "T02-01_001_document-catalog-No-document-catalog.pdf",
    "T02-01_002_document-catalog-wrong-object-number.pdf",
    "T04_013_trailer-root-invalid-indirect-reference.pdf",
    "encryption_openpassword.pdf",
    "invalid.pdf",
}
"""Those that the engine refuses by name."""

DRAWN = {
    "T02-02_008_page-tree-node-no-count.pdf",
    "T02-03_011_page-object-wrong-contents-reference.pdf",
    "T02-05-01_005_invalid-Font-name-operator.pdf",
    "T02-05-01_017_bytes-between-endstream-endobj.pdf",
    "T04_001_EOF-not-standalone.pdf",
    "formxobject.pdf",
    "javascript.pdf",
    "missing_docinfo.pdf",
    "negzero.pdf",
}
"""Typed with a font that is not in the file; or no stream where one is named."""

WORDLESS = {
    "T02-03_011_page-object-wrong-contents-reference.pdf",
    "blank.pdf",
    "docinfo_latin1_key.pdf",
    "livecycle.pdf",
    "no_contents.pdf",
}
"""Blank, as far as one sees."""

PASSWORDS = {"password-is-test.pdf": "test"}

SCANS = sorted(
    f"{path.parent.name}/{path.name}"
    for path in (MATERIAL.rglob("*.*") if MATERIAL.is_dir() else ())
    if path.suffix in (".pdf", ".tif", ".png") and path.name not in UNREADABLE
)

WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">'
    r"(.*?)</word>"
)
PAGE = re.compile(r"<page [^>]*>(.*?)</page>", re.DOTALL)

LIKE = 3.0
"""Mean difference of two blurred pictures of one page, of 255: made smaller by another
library, the same page differs by up to 2."""


def placed_words(path, sizes):
    """Return ``{word: [middle, …]}`` of each page, in fractions of the page.

    :param sizes: of the pages as displayed; pdftotext tells those without rotation.
    """
    answer = subprocess.run(
        ["pdftotext", "-cropbox", "-bbox", path, "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    pages = []
    for size, content in zip(sizes, PAGE.findall(answer.stdout), strict=True):
        found = defaultdict(list)
        for *box, text in WORD.findall(content):
            left, top, right, bottom = map(float, box)
            middle = (
                (left + right) / 2 / size.width,
                (top + bottom) / 2 / size.height,
            )
            found[html.unescape(text)].append(middle)
        pages.append(found)
    return pages


def lies_in(middle, word):
    slack = 0.003
    return (
        word.left - slack <= middle[0] <= word.right + slack
        and word.top - slack <= middle[1] <= word.bottom + slack
    )


def image_streams(path, password=""):
    """Return the raw bytes of all images that the pages of a PDF draw."""
    found = []
    with pikepdf.open(path, password=password) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image":
                found.append(each.read_raw_bytes())
    return sorted(found)


def difference(one, other):
    one, other = (
        Image.open(io.BytesIO(each)).convert("L").filter(ImageFilter.GaussianBlur(2))
        for each in (one, other)
    )
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


@pytest.fixture(scope="module")
def read_pages(engine):
    """Returns the texts of all pages; None where there is none."""

    def read_pages(path, password):
        def read(number):
            try:
                return engine.read_page(path, number, password=password)
            except ScanError:
                return None

        count = engine.inspect(path, password).page_count
        with ThreadPoolExecutor(2) as readers:
            return list(readers.map(read, range(1, count + 1)))

    return read_pages


@pytest.mark.parametrize("name", SCANS)
def test_a_copy_conforms_and_shows_and_finds_what_the_original_does(
    engine, read_pages, tmp_path, name
):
    source, target = MATERIAL / name, tmp_path / "copy.pdf"
    password = PASSWORDS.get(source.name)
    texts = read_pages(source, password)
    copy = archive_copy(source, target, texts, title="Ä & <ö>", password=password)

    assert conformance.failures(target.read_bytes()) == set()
    with pikepdf.open(target) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert not pdf.is_encrypted
        assert set(pdf.Root.keys()) == {
            "/Type",
            "/Pages",
            "/Lang",
            "/Metadata",
            "/OutputIntents",
        }
    every_page = tuple(range(1, len(texts) + 1))
    assert copy.page_count == len(texts)
    assert copy.unreadable == ()
    assert copy.drawn == (every_page if source.name in DRAWN else ())
    for number in every_page[:2]:
        pictures = (
            engine.render(source, number, 300, password=password),
            engine.render(target, number, 300),
        )
        assert difference(*pictures) < LIKE, number
    words = missed = 0
    placed = placed_words(target, engine.inspect(target).pages)
    for text, found in zip(texts, placed, strict=True):
        for word in text.words if text else ():
            if len(word.text) > 2 and word.text.isalnum():
                words += 1
                missed += not any(lies_in(each, word) for each in found[word.text])
    assert (words > 0) is (source.name not in WORDLESS)
    assert missed <= words * 0.03


@pytest.mark.parametrize(
    "name",
    [
        "ccitt.pdf",
        "jbig2.pdf",
        "linn.pdf",
        "c02-22.pdf",
        "cardinal.pdf",
        "rotated_skew.pdf",
        "cmyk.pdf",
        "masks.pdf",
        "multipage.pdf",
    ],
)
def test_scanned_images_stay_byte_for_byte(material, tmp_path, name):
    source = material / "scans" / name
    archive_copy(source, tmp_path / "copy.pdf", (), title="Kopie")

    kept = image_streams(tmp_path / "copy.pdf")
    assert kept
    for content in kept:
        assert content in image_streams(source)
