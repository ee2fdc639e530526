"""What is recognised, and on which pages."""

from concurrent.futures import ThreadPoolExecutor
from eakte.scanning import reading
from eakte.scanning.engine import Engine
from eakte.scanning.errors import ToolMissing
from eakte.scanning.model import Kind
from eakte.scanning.model import Limits
from eakte.scanning.model import Origin
from eakte.scanning.model import Word
from eakte.scanning.tools import found
from eakte.scanning.tools import images
from eakte.scanning.tools import tesseract
from PIL import Image
from PIL import ImageDraw

import os
import pytest
import random
import subprocess


def character_error_rate(text, truth):
    """Edits (Levenshtein) for each character of the truth; white space is one."""
    text, truth = " ".join(text.split()), " ".join(truth.split())
    row = list(range(len(truth) + 1))
    for i, a in enumerate(text, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(truth, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1] / len(truth)


@pytest.mark.parametrize(
    ("image", "truth", "languages", "allowed"),
    [
        ("phototest.tif", "phototest.gold.txt", "eng", 0.02),
        ("phototest.tif", "phototest.gold.txt", "deu", 0.05),
        # Six languages in one image: German alone misreads the accents.
        ("eurotext.tif", "eurotext.txt", "deu", 0.12),
        ("eurotext.tif", "eurotext.txt", "deu+eng", 0.12),
    ],
)
def test_recognised_text_is_near_the_truth(
    engine, material, image, truth, languages, allowed
):
    folder = material / "scans"
    page = engine.read_page(folder / image, 1, languages)
    text = (folder / truth).read_text("utf-8")

    assert page.origin == Origin.RECOGNISED
    assert character_error_rate(page.text, text) <= allowed
    assert page.confidence > 80


@pytest.mark.parametrize("languages", ["deu", "deu+eng"])
@pytest.mark.parametrize(
    ("image", "truth"),
    [("phototest.tif", "phototest.gold.txt"), ("eurotext.tif", "eurotext.txt")],
)
def test_recognition_errs_no_more_than_bare_tesseract(
    engine, material, image, truth, languages
):
    folder = material / "scans"
    text = (folder / truth).read_text("utf-8")
    bare = subprocess.run(
        ["tesseract", folder / image, "stdout", "-l", languages],
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    ours = engine.read_page(folder / image, 1, languages).text

    assert character_error_rate(ours, text) <= character_error_rate(bare, text)


def given_to_tesseract(monkeypatch, image, dpi):
    """Return the sizes of all images that Tesseract gets, and the text."""
    given = []
    give = tesseract._give

    def noted(library, picture, dpi):
        given.append(picture.size)
        give(library, picture, dpi)

    monkeypatch.setattr(tesseract, "_give", noted)
    return given, tesseract.read(image, dpi, "deu").text


def printed(size, points, dpi=300):
    """A sheet with lines of type of so many points."""
    sheet = Image.new("L", size, 255)
    draw = ImageDraw.Draw(sheet)
    for y in range(100, size[1] - 100, round(points * dpi / 50)):
        draw.text(
            (100, y), "Aufenthaltserlaubnis nach Antrag", 0, font_size=points * dpi / 72
        )
    return sheet


def test_a_letter_is_read_with_no_more_pixels_than_its_type_needs(monkeypatch):
    given, text = given_to_tesseract(monkeypatch, printed((2000, 800), 11), 300)

    assert given == [(1333, 533)]
    assert "Aufenthaltserlaubnis nach Antrag" in text


def test_small_print_is_read_with_all_pixels(monkeypatch):
    given, text = given_to_tesseract(monkeypatch, printed((900, 400), 4), 300)

    assert given == [(600, 267), (900, 400)]
    assert "Aufenthaltserlaubnis nach Antrag" in text


def test_a_doubtful_word_is_read_once_more_with_all_pixels():
    sheet = Image.new("L", (2000, 1600), 255)
    ImageDraw.Draw(sheet).text((1200, 1300), "Zahlungseingang", 0, font_size=30)
    sure = Word("Antrag", 0.1, 0.1, 0.2, 0.12, 95)
    doubtful = Word("Zahlungsemgamg", 0.6, 0.81, 0.72, 0.84, 40)
    line = found.Line("", [sure, doubtful])

    (again,) = tesseract._read_doubtful_again([line], sheet, 300, "deu")

    assert again.words[0] == sure
    assert again.words[1].text == "Zahlungseingang"
    assert again.words[1].confidence >= found.LEGIBLE
    assert again.words[1].left == pytest.approx(1200 / 2000, abs=0.005)
    assert again.words[1].top == pytest.approx(1305 / 1600, abs=0.01)


def test_where_a_second_look_shows_less_the_first_one_stays():
    line = found.Line("", [Word("Ährenfeld", 0.1, 0.1, 0.2, 0.12, 40)])
    nothing = Image.new("L", (800, 1000), 255)

    again = tesseract._read_doubtful_again([line], nothing, 300, "deu")

    assert again == [line]


def test_no_page_with_text_of_its_own_and_no_blank_page_is_recognised(
    stationer, letter, monkeypatch
):
    stationer.typed(letter).typed(()).image(Image.new("L", (1240, 1754), 250))
    path = stationer.scanned(letter, under=letter, dpi=100).saved()

    def refuse(*_):
        raise AssertionError("recognised in vain")

    monkeypatch.setattr(tesseract, "read", refuse)
    pages = [
        reading.read_page(os.fsencode(path), None, number, "deu", Limits())
        for number in (1, 2, 3, 4)
    ]

    assert [page.blank for page in pages] == [False, True, True, False]


def test_a_skewed_page_is_read_as_well_as_a_straight_one(engine, material):
    truth = (material / "scans" / "linn.txt").read_text("utf-8").split()
    with ThreadPoolExecutor(2) as threads:
        straight, skewed = threads.map(
            lambda name: engine.read_page(material / "scans" / name, 1, "eng"),
            ("linn.pdf", "skew.pdf"),
        )
    found, askew = (
        len(set(truth) & set(page.text.split())) for page in (straight, skewed)
    )

    assert found > 0.9 * len(set(truth))
    assert askew > 0.97 * found


def test_a_typed_cover_keeps_its_text_and_the_scanned_pages_are_recognised(
    engine, stationer, letter
):
    path = stationer.typed(letter).scanned(letter).typed(letter).saved()
    pages = [engine.read_page(path, number) for number in (1, 2, 3)]

    assert [page.origin for page in pages] == [
        Origin.DIGITAL,
        Origin.RECOGNISED,
        Origin.DIGITAL,
    ]
    for page in pages:
        assert "Verlängerung der Aufenthaltserlaubnis" in page.text
        assert page.number == pages.index(page) + 1


def test_recognised_boxes_lie_where_the_typed_words_lie(engine, stationer, letter):
    path = stationer.typed(letter).scanned(letter).saved()
    typed, scanned = (
        {word.text: word for word in engine.read_page(path, number).words}
        for number in (1, 2)
    )
    for text in ("Landkreis", "Aufenthaltserlaubnis", "Mietvertrag"):
        a, b = typed[text], scanned[text]
        assert b.left == pytest.approx(a.left, abs=0.01)
        assert b.right == pytest.approx(a.right, abs=0.01)
        # The typed box is as high as the font, the recognised one as the letters.
        assert a.top - 0.005 <= b.top <= b.bottom <= a.bottom + 0.005


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_however_it_lay_in_the_scanner(engine, stationer, letter, turn):
    path = stationer.scanned(letter, turn=turn).saved()
    page = engine.read_page(path, 1)

    assert "Verlängerung der Aufenthaltserlaubnis" in page.text
    assert page.rotation == -turn % 360
    # Boxes stay on the page as displayed: the first word is where the scanner
    # has put the top left of the paper.
    box = next(word for word in page.words if word.text == "Landkreis")
    corner = {0: (0, 0), 90: (1, 0), 180: (1, 1), 270: (0, 1)}[turn]
    assert (round((box.left + box.right) / 2), round((box.top + box.bottom) / 2)) == (
        corner
    )


def test_scanned_pages_in_four_directions_are_read_and_the_turn_is_named(
    engine, material
):
    path = material / "scans" / "cardinal.pdf"
    with ThreadPoolExecutor(4) as threads:
        pages = list(
            threads.map(lambda number: engine.read_page(path, number), range(1, 5))
        )

    assert [page.rotation for page in pages] == [0, 270, 180, 90]
    for page in pages:
        assert "Track MIDI Sequence Recorder" in page.text


def test_without_the_model_of_directions_a_page_on_its_head_is_read(
    stationer, letter, tmp_path, monkeypatch
):
    path = stationer.scanned(letter, turn=180).saved()
    languages = tmp_path / "languages"
    languages.mkdir()
    german = tesseract._data_folder() / "deu.traineddata"
    (languages / german.name).symlink_to(german)
    monkeypatch.setenv("TESSDATA_PREFIX", str(languages))
    with Engine(1) as engine:
        page = engine.read_page(path, 1, "deu")

    assert page.rotation == 180
    assert "Aufenthaltserlaubnis" in page.text


def test_an_empty_sheet_with_dust_and_a_scanner_shadow_is_blank(engine, tmp_path):
    dust = random.Random(7)  # noqa: S311
    sheet = Image.new("L", (2480, 3508), 243)
    draw = ImageDraw.Draw(sheet)
    for _ in range(300):
        x, y = dust.randrange(2480), dust.randrange(3508)
        draw.rectangle((x, y, x + 2, y + 2), fill=60)
    draw.rectangle((0, 0, 40, 3508), fill=20)
    sheet.save(tmp_path / "back.png", dpi=(300, 300))
    page = engine.read_page(tmp_path / "back.png", 1)

    assert page.blank
    assert (page.text, page.words, page.confidence) == ("", (), None)


def test_a_single_page_number_is_not_blank(engine, stationer):
    path = stationer.scanned(("7",)).saved()

    assert not engine.read_page(path, 1).blank


def test_a_drawing_without_text_is_not_blank(engine, tmp_path):
    sheet = Image.new("L", (1240, 1754), 250)
    ImageDraw.Draw(sheet).ellipse((300, 300, 900, 900), outline=0, width=25)
    sheet.save(tmp_path / "drawing.png", dpi=(150, 150))
    page = engine.read_page(tmp_path / "drawing.png", 1)

    assert not page.blank
    assert page.origin == Origin.RECOGNISED


def test_a_language_that_is_not_installed_is_named_with_its_package(engine, stationer):
    path = stationer.scanned(("Text",)).saved()

    with pytest.raises(ToolMissing, match="tesseract-ocr-tlh"):
        engine.read_page(path, 1, "deu+tlh")
    assert engine.read_page(path, 1, "deu").words


@pytest.mark.parametrize("language", ["", "../../etc/passwd", "deu+", "deu/../deu"])
def test_a_language_is_a_name_and_never_a_path(engine, stationer, language):
    path = stationer.scanned(("Text",)).saved()

    with pytest.raises(ToolMissing):
        engine.read_page(path, 1, language)


@pytest.mark.parametrize(
    ("pixels", "dpi", "expected"),
    [
        # The office's setting, and what claims no resolution: as it is.
        ((2480, 3508), (300, 300), (2480, 3508)),
        ((2480, 3508), None, (2480, 3508)),
        # A fax: twice as many dots across as down.
        ((1728, 1145), (204, 98), (2541, 3505)),
        # A photo that claims the resolution of a screen.
        ((3000, 4000), (72, 72), (3000, 4000)),
        ((4960, 7016), (600, 600), (2480, 3508)),
    ],
)
def test_an_image_is_read_at_about_300_dpi(tmp_path, pixels, dpi, expected):
    path = tmp_path / "scan.tif"
    Image.new("L", pixels, 255).save(path, **({"dpi": dpi} if dpi else {}))
    picture, _, _ = images.for_reading(path, Kind.TIFF, 1, 150_000_000)

    assert picture.size == pytest.approx(expected, abs=2)
