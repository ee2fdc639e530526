"""Archive copies: what goes into them, what does not, and what stops them."""

from eakte.scanning import assembling
from eakte.scanning.assembling import archive_copy
from eakte.scanning.copies import WritingLimits
from eakte.scanning.errors import Encrypted
from eakte.scanning.errors import TimedOut
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import ToolMissing
from eakte.scanning.model import Origin
from eakte.scanning.model import PageText
from eakte.scanning.model import Word
from eakte.scanning.tools import conformance
from eakte.scanning.tools.colours import offset_printing
from pathlib import Path
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from PIL import Image
from PIL import ImageCms
from tests.scanning.test_archive_material import difference
from tests.scanning.test_archive_material import image_streams
from tests.scanning.test_archive_material import lies_in
from tests.scanning.test_archive_material import placed_words

import io
import pikepdf
import psutil
import pytest
import subprocess
import sys


DIN_91379 = "Şəhrəzad Ğül Łukasz Őz Ţăran Ñandú C̆ M̂ X̌ J̌ Nguyễn İpek ıßẞ Ærø Ŀ ḫ ʿAlī"
"""Names with letters and sequences of DIN 91379."""


def text_of(words, number=1, rotation=0, origin=Origin.RECOGNISED):
    """Return a ``PageText`` with the words in one line."""
    step = 0.9 / max(len(words), 1)
    placed = tuple(
        Word(word, 0.05 + step * at, 0.1, 0.05 + step * (at + 0.8), 0.12, 90.0)
        for at, word in enumerate(words)
    )
    return PageText(number, " ".join(words), placed, 90.0, rotation, False, origin)


def found_in(path):
    answer = subprocess.run(
        ["pdftotext", path, "-"], capture_output=True, text=True, check=True
    )
    return answer.stdout


def conforms(path):
    return conformance.failures(Path(path).read_bytes()) == set()


@pytest.fixture
def grey():
    return Image.effect_noise((620, 877), 60)


def test_names_of_all_europe_are_found(stationer, grey, tmp_path):
    source, target = stationer.image(grey).saved(), tmp_path / "copy.pdf"
    archive_copy(source, target, [text_of(DIN_91379.split())], title="Namen")

    assert conforms(target)
    assert DIN_91379.split() == found_in(target).split()


def test_words_beyond_the_basic_plane_and_from_right_to_left_are_found(
    stationer, grey, tmp_path
):
    source, target = stationer.image(grey).saved(), tmp_path / "copy.pdf"
    archive_copy(source, target, [text_of(["𝔄kte", "حداد"])], title="Namen")

    assert conforms(target)
    found = found_in(target)
    assert "𝔄kte" in found
    assert "حداد" in found


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_lie_in_their_boxes_however_page_and_paper_are_turned(
    stationer, grey, tmp_path, engine, rotate, rotation
):
    source, target = stationer.image(grey), tmp_path / "copy.pdf"
    page = stationer.pdf.pages[0]
    page.Rotate = rotate
    page.CropBox = Array([20, 30, 400, 700])
    box = (0.2, 0.1, 0.25, 0.4) if rotation in (90, 270) else (0.2, 0.1, 0.5, 0.13)
    text = PageText(
        1, "Akte", (Word("Akte", *box, 90.0),), 90.0, rotation, False, Origin.RECOGNISED
    )
    archive_copy(source.saved(), target, [text], title="Gedreht")

    [found] = placed_words(target, engine.inspect(target).pages)
    assert lies_in(found["Akte"][0], text.words[0])


def test_the_words_are_not_seen(stationer, grey, tmp_path, engine):
    source = stationer.image(grey).saved()
    archive_copy(source, tmp_path / "a.pdf", [text_of(["Akte"] * 20)], title="a")
    archive_copy(source, tmp_path / "b.pdf", [], title="b")

    assert engine.render(tmp_path / "a.pdf", 1, 400) == engine.render(
        tmp_path / "b.pdf", 1, 400
    )


def test_a_typed_page_with_its_fonts_is_kept_as_it_is(tmp_path, engine, material):
    source = material / "separators" / "double-sided-odd.pdf"
    texts = [engine.read_page(source, number) for number in (1, 2, 3)]
    copy = archive_copy(source, tmp_path / "copy.pdf", texts, title="Getippt")

    assert copy.drawn == ()
    assert image_streams(tmp_path / "copy.pdf") == []
    assert found_in(tmp_path / "copy.pdf").count("page") == found_in(source).count(
        "page"
    )


def test_a_typed_page_without_its_font_is_drawn_and_named(
    stationer, engine, letter, tmp_path
):
    source = stationer.typed(letter).image(Image.new("L", (60, 80))).saved()
    texts = [engine.read_page(source, 1), None]
    copy = archive_copy(source, tmp_path / "copy.pdf", texts, title="Getippt")

    assert (copy.page_count, copy.drawn, copy.unreadable) == (2, (1,), ())
    assert conforms(tmp_path / "copy.pdf")
    for line in letter:
        assert line in found_in(tmp_path / "copy.pdf")


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_scan_stamped_in_a_font_that_is_missing_keeps_its_pixels(
    stationer, engine, letter, tmp_path, rotate
):
    stationer.scanned(letter, stamp=["Eingang 3.8.2026 Nr. 4711"], dpi=150)
    stationer.pdf.pages[0].Rotate = rotate
    source, target = stationer.saved(), tmp_path / "copy.pdf"
    text = text_of(["Eingang", "Musterhausen"])
    copy = archive_copy(source, target, [text], title="Stempel")

    assert (copy.drawn, copy.unreadable) == ((), ())
    assert conforms(target)
    assert set(image_streams(source)) < set(image_streams(target))
    pictures = engine.render(source, 1, 500), engine.render(target, 1, 500)
    assert difference(*pictures) < 1
    plain = stationer.folder / "plain.pdf"
    content = stationer.pdf.make_stream(b"595 0 0 842 0 0 cm /Im Do")
    stationer.pdf.pages[0].Contents = content
    stationer.saved(plain.name)
    # The stamp is what makes the difference, and it is there.
    assert difference(engine.render(plain, 1, 500), pictures[1]) > difference(*pictures)
    assert found_in(target).split() == text.text.split()


def test_what_is_blacked_out_stays_so(stationer, engine, tmp_path):
    stationer.image(Image.new("L", (1240, 1754), 200), stamp=["Geheim"])
    page = stationer.pdf.pages[0]
    black = b" 0 g 50 700 400 100 re f"
    page.Contents = stationer.pdf.make_stream(page.Contents.read_bytes() + black)
    source, target = stationer.saved(), tmp_path / "copy.pdf"

    assert archive_copy(source, target, [], title="Schwarz").drawn == (1,)
    assert conforms(target)
    pictures = engine.render(source, 1, 500), engine.render(target, 1, 500)
    assert difference(*pictures) < 1


def test_a_scan_that_must_be_drawn_is_drawn_as_fine_as_it_was(stationer, tmp_path):
    stationer.image(Image.new("L", (3307, 4677), 200), stamp=["Eingang"])
    page = stationer.pdf.pages[0]
    content = page.Contents.read_bytes() + b" 50 700 m 90 700 l S"
    page.Contents = stationer.pdf.make_stream(content)
    copy = archive_copy(stationer.saved(), tmp_path / "copy.pdf", [], title="Fein")

    assert copy.drawn == (1,)
    with pikepdf.open(tmp_path / "copy.pdf") as pdf:
        [image] = pdf.pages[0].images.values()
        assert image.Width == pytest.approx(3307, abs=3)


def test_another_program_s_invisible_text_gives_way_to_ours(stationer, grey, tmp_path):
    source = stationer.image(grey, under=["Wirres Zeug"]).saved()
    copy = archive_copy(source, tmp_path / "c.pdf", [text_of(["Akte"])], title="c")

    assert copy.drawn == ()
    assert found_in(tmp_path / "c.pdf").split() == ["Akte"]


def test_scripts_actions_and_attachments_stay_behind(material, tmp_path):
    for name in ("javascript.pdf", "fileAttachment.pdf"):
        target = tmp_path / name
        archive_copy(material / "broken" / name, target, [], title=name)
        content = target.read_bytes()

        assert conforms(target)
        for word in (b"/JavaScript", b"/EmbeddedFile", b"/OpenAction", b"/Names"):
            with pikepdf.open(target) as pdf:
                for each in pdf.objects:
                    assert word.decode() not in repr(each)
            assert word not in content


def test_what_was_typed_into_a_form_is_in_the_copy(stationer, engine, tmp_path):
    source = stationer.field("Haddad").saved()
    texts = [engine.read_page(source, 1)]
    archive_copy(source, tmp_path / "copy.pdf", texts, title="Formular")

    assert conforms(tmp_path / "copy.pdf")
    assert "Haddad" in found_in(tmp_path / "copy.pdf")


def test_inks_get_a_profile(stationer, tmp_path):
    stationer.image(Image.new("L", (60, 80), 128))
    image = stationer.pdf.pages[0].Resources.XObject.Im
    image.write(bytes(60 * 80 * 4))
    image.ColorSpace = Name.DeviceCMYK
    archive_copy(stationer.saved(), tmp_path / "copy.pdf", [], title="Farben")

    assert conforms(tmp_path / "copy.pdf")
    with pikepdf.open(tmp_path / "copy.pdf") as pdf:
        spaces = pdf.pages[0].Resources.ColorSpace
        assert spaces.DefaultCMYK[1].N == 4


def test_printed_inks_look_as_printed():
    profile = ImageCms.ImageCmsProfile(io.BytesIO(offset_printing()))
    turn = ImageCms.buildTransform(
        profile, ImageCms.createProfile("sRGB"), "CMYK", "RGB"
    )

    def seen(*inks):
        picture = Image.new("CMYK", (1, 1), inks)
        return ImageCms.applyTransform(picture, turn).getpixel((0, 0))

    assert min(seen(0, 0, 0, 0)) > 250
    assert max(seen(0, 0, 0, 255)) < 60
    red, green, blue = seen(255, 0, 0, 0)
    assert red < green < blue


def test_layers_that_are_switched_off_stay_unseen(stationer, engine, tmp_path):
    pdf = stationer.typed(()).pdf
    hidden = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Entwurf"))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([hidden]), D=Dictionary(OFF=Array([hidden]))
    )
    page = pdf.pages[0]
    page.Resources.Properties = Dictionary(L=hidden)
    page.Contents = pikepdf.Stream(pdf, b"/OC /L BDC 0 0 300 400 re f EMC")
    source = stationer.saved()
    copy = archive_copy(source, tmp_path / "copy.pdf", [], title="Ebenen")

    assert copy.drawn == (1,)
    picture = Image.open(io.BytesIO(engine.render(tmp_path / "copy.pdf", 1, 100)))
    assert picture.convert("L").getextrema()[0] > 250


def test_a_page_that_cannot_be_shown_is_crossed_out_and_named(stationer, tmp_path):
    stationer.typed(()).image(Image.new("L", (60, 80)))
    stationer.pdf.pages[0].obj.Resources = Dictionary()
    stationer.pdf.pages[0].obj.Contents = pikepdf.Stream(stationer.pdf, b"/X 1 Tf")
    source = stationer.saved()
    limits = WritingLimits(pixels=100)
    copy = archive_copy(
        source, tmp_path / "copy.pdf", [], title="Kaputt", limits=limits
    )
    assert copy.drawn == (1,)

    truncated = tmp_path / "cut.png"
    Image.effect_noise((300, 400), 50).convert("RGBA").save(truncated)
    copy = archive_copy(
        truncated, tmp_path / "copy.pdf", [], title="Kaputt", limits=limits
    )
    assert (copy.page_count, copy.unreadable) == (1, (1,))
    assert conforms(tmp_path / "copy.pdf")


def test_language_title_and_moment_are_said_twice_alike(stationer, tmp_path):
    source = stationer.image(Image.new("L", (60, 80))).saved()
    title = "Bescheid <über> „Öl“ & mehr"
    archive_copy(source, tmp_path / "copy.pdf", [], title=title, language="de")
    with pikepdf.open(tmp_path / "copy.pdf") as pdf:
        assert pdf.Root.Lang == "de"
        assert str(pdf.docinfo.Title) == title
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == title
            assert metadata.pdfa_status == "2B"


def test_a_locked_file_needs_its_password(material, tmp_path):
    source = material / "broken" / "password-is-test.pdf"
    with pytest.raises(Encrypted):
        archive_copy(source, tmp_path / "copy.pdf", [], title="Geheim")
    assert list(tmp_path.iterdir()) == []

    archive_copy(source, tmp_path / "copy.pdf", [], title="G", password="test")
    with pikepdf.open(tmp_path / "copy.pdf") as pdf:
        assert not pdf.is_encrypted


def test_a_copy_that_would_be_too_large_leaves_nothing(stationer, grey, tmp_path):
    folder = tmp_path / "target"
    folder.mkdir()
    source = stationer.image(grey).saved()
    limits = WritingLimits(output_bytes=20_000)
    with pytest.raises(TooLarge):
        archive_copy(source, folder / "copy.pdf", [], title="Groß", limits=limits)

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("fake", "error"),
    [
        ("hang.py", TimedOut),
        ("dribble.py", TimedOut),
        ("crash.py", ToolFailed),
        ("babble.py", ToolFailed),
        ("boast.py", ToolFailed),
        ("invent.py", ToolFailed),
        ("forget.py", TooLarge),
        ("unborn.py", ToolMissing),
    ],
)
def test_a_writer_that_fails_is_ended_and_named(
    stationer, tmp_path, monkeypatch, fake, error
):
    source = stationer.image(Image.new("L", (60, 80))).saved()
    fakes = Path(__file__).parent / "fakes"
    before = set(psutil.Process().children())
    # Only those that never answer are waited for in vain.
    limits = WritingLimits(seconds_page=0.5 if error is TimedOut else 60)
    with monkeypatch.context() as faked:
        faked.setattr(assembling, "PROGRAM", (str(fakes / fake),))
        with pytest.raises(error) as caught:
            archive_copy(source, tmp_path / "copy.pdf", [], title="x", limits=limits)

    assert type(caught.value) is error
    assert set(psutil.Process().children()) <= before
    assert not (tmp_path / "copy.pdf").exists()
    assert list(tmp_path.glob(".writing-*")) == []


def test_a_writer_that_is_not_installed_is_named(stationer, tmp_path, monkeypatch):
    source = stationer.image(Image.new("L", (60, 80))).saved()
    for owner, name, missing in (
        (sys, "executable", "/nowhere/python"),
        (assembling, "PROGRAM", ("-m", "eakte.scanning.nowhere")),
    ):
        with monkeypatch.context() as moved:
            moved.setattr(owner, name, missing)
            with pytest.raises(ToolMissing, match="not installed"):
                archive_copy(source, tmp_path / "copy.pdf", [], title="x")

    assert [each.name for each in tmp_path.iterdir()] == ["scan.pdf"]


def test_a_caller_that_stops_leaves_nothing(stationer, tmp_path):
    source = stationer.image(Image.new("L", (60, 80))).saved()

    def stop(done, count):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        archive_copy(source, tmp_path / "copy.pdf", [], title="x", note=stop)
    assert [each.name for each in tmp_path.iterdir()] == ["scan.pdf"]


def test_the_memory_does_not_grow_with_the_pages(stationer, tmp_path):
    image = Image.effect_noise((620, 877), 60)
    source = stationer.image(image)
    page = source.pdf.pages[0]
    source.pdf.pages.extend([page] * 399)
    text = text_of([f"Wort{at}" for at in range(300)])
    peaks = {}
    path = source.saved()

    def texts(count):
        return (text for _ in range(count))

    before = set(psutil.Process().children())

    def note(done, count):
        if done in (100, 400):
            [child] = set(psutil.Process().children()) - before
            peaks[done] = child.memory_info().rss

    copy = archive_copy(path, tmp_path / "c.pdf", texts(400), title="x", note=note)
    assert copy.page_count == 400
    assert copy.drawn == ()
    assert peaks[400] < 1.3 * peaks[100]
