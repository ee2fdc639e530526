from collections import Counter
from datetime import date
from eakte.demo.letters import case_files
from eakte.demo.letters import letters
from eakte.demo.letters import LONGEST_WAIT
from eakte.demo.letters import write_letter
from pathlib import Path
from PIL import Image

import hashlib
import pypdfium2
import pytest
import re
import subprocess


TODAY = date(2026, 11, 24)

DESKS = {
    "einreise": {"einreise-a-k", "einreise-l-z"},
    "aufenthalt": {"aufenthalt-a-g", "aufenthalt-h-p", "aufenthalt-q-z"},
    "rueckfuehrung": {"rueckfuehrung-1", "rueckfuehrung-2"},
    "jugendhilfe": {"jugendhilfe-1"},
}

UNITS = {
    "einreise": {"33.10", "33.23"},
    "aufenthalt": {"33.21", "33.22", "33.23"},
    "rueckfuehrung": {"33.30", "33.40"},
    "jugendhilfe": {"51.10"},
}

IN_A_TEAM = {"routed", "accepted", "filed"}
AT_A_DESK = {"accepted", "filed"}


@pytest.fixture(scope="session")
def office():
    return {letter.id: letter for letter in letters(TODAY)}


@pytest.fixture(scope="session")
def scans(office, tmp_path_factory):
    """Every letter's file, written once for all tests."""
    folder = tmp_path_factory.mktemp("letters")
    return {letter.id: write_letter(letter, folder) for letter in office.values()}


def pages_of(path):
    if path.suffix == ".pdf":
        pdf = pypdfium2.PdfDocument(path)
        try:
            return len(pdf)
        finally:
            pdf.close()
    with Image.open(path) as image:
        return getattr(image, "n_frames", 1)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_by_tesseract(path, folder):
    """Return the words of a scan's first page, in lower case."""
    page = folder / "page.png"
    pdf = pypdfium2.PdfDocument(path)
    pdf[0].render(scale=300 / 72).to_pil().save(page)
    pdf.close()
    found = subprocess.run(
        ["tesseract", str(page), "-", "-l", "deu"],
        capture_output=True,
        check=True,
        text=True,
        env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/usr/local/bin"},
    )
    return set(re.findall(r"\w+", found.stdout.lower()))


def test_every_letter_has_the_pages_it_promises(office, scans):
    assert {id_: pages_of(path) for id_, path in scans.items()} == {
        letter.id: letter.pages for letter in office.values()
    }


def test_files_are_named_once_and_are_what_their_suffix_says(scans):
    assert len({path.name for path in scans.values()}) == len(scans)
    magic = {".pdf": b"%PDF-", ".tif": b"II*\x00", ".jpg": b"\xff\xd8\xff"}
    for path in scans.values():
        assert path.read_bytes().startswith(magic[path.suffix]), path.name


def test_scans_are_as_big_as_an_office_scanner_makes_them(office, scans):
    sizes = {id_: path.stat().st_size for id_, path in scans.items()}
    assert sum(sizes.values()) < 42_000_000
    for letter in office.values():
        if letter.file_name.endswith(".pdf") and letter.script.get("form") != "cover":
            assert 200_000 < sizes[letter.id] / letter.pages < 700_000, letter.id


def test_only_the_same_letter_gives_the_same_bytes(office, scans):
    seen = {}
    for id_, path in scans.items():
        seen.setdefault(digest(path), []).append(id_)
    doubles = [ids for ids in seen.values() if len(ids) > 1]
    assert doubles == [[office["0008"].same_as, "0008"]]


@pytest.mark.parametrize("id_", ["0001", "0006", "0011", "0109"])
def test_a_letter_is_the_same_each_time_it_is_made(office, scans, tmp_path, id_):
    again = write_letter(office[id_], tmp_path)
    assert digest(again) == digest(scans[id_])


def test_a_sender_who_knows_our_reference_prints_it(office, scans, tmp_path):
    for id_ in ("0106", "0201"):
        written = write_letter(office[id_], tmp_path, reference="33.10-7/2026")
        assert digest(written) != digest(scans[id_]), id_


def test_a_sender_who_does_not_know_our_reference_cannot_print_it(
    office, scans, tmp_path
):
    written = write_letter(office["0205"], tmp_path, reference="33.21-7/2026")
    assert digest(written) == digest(scans["0205"])


@pytest.mark.parametrize("id_", ["0001", "0205", "0209"])
def test_tesseract_reads_the_subject_of_a_scan(office, scans, tmp_path, id_):
    subject = office[id_].subject.lower()
    wanted = {word for word in re.findall(r"\w+", subject) if len(word) > 3}
    assert wanted <= read_by_tesseract(scans[id_], tmp_path)


def test_the_cover_of_an_electronic_letter_has_its_own_text_and_the_rest_has_none(
    scans,
):
    pdf = pypdfium2.PdfDocument(scans["0109"])
    texts = [page.get_textpage().get_text_bounded().strip() for page in pdf]
    assert "Härtefall" in texts[0]
    assert texts[1:] == ["", "", ""]
    pdf.close()


def test_a_fax_is_black_and_white_at_fax_resolution(scans):
    with Image.open(scans["0011"]) as fax:
        assert fax.mode == "1"
        assert fax.info["compression"] == "group4"
        assert tuple(round(value) for value in fax.info["dpi"]) == (204, 196)


def test_the_empty_back_of_a_sheet_is_nearly_white(scans):
    pdf = pypdfium2.PdfDocument(scans["0010"])
    front, back = (page.render(scale=0.5).to_pil().convert("L") for page in pdf)
    assert back.getextrema()[0] > 150 > front.getextrema()[0]
    pdf.close()


def test_the_boxes_are_alive(office):
    states = Counter(letter.state for letter in office.values())
    assert len(office) >= 48
    assert states["captured"] + states["checking"] >= 10
    assert states["released"] >= 6
    assert states["routed"] >= 12
    assert states["accepted"] >= 8
    assert states["filed"] >= 8
    assert (states["unclear"], states["foreign"], states["blocked"]) == (2, 1, 1)


def test_every_team_has_letters_in_every_state_of_its_work(office):
    for team in DESKS:
        states = {letter.state for letter in office.values() if letter.team == team}
        assert states - {"unclear"} == IN_A_TEAM


def test_a_letter_has_a_team_and_a_desk_as_far_as_it_has_come(office):
    for letter in office.values():
        # What nobody could place may have come back from a team or not.
        if letter.state != "unclear":
            assert bool(letter.team) == (letter.state in IN_A_TEAM), letter.id
        assert bool(letter.desk) == (letter.state in AT_A_DESK), letter.id
        if letter.desk:
            assert letter.desk in DESKS[letter.team], letter.id


def test_the_registry_has_something_to_resolve(office):
    assert any(each.team for each in office.values() if each.state == "unclear")


def test_a_filed_letter_belongs_to_a_case_file_of_its_desk(office):
    found = {case_file.key: case_file for case_file in case_files()}
    for letter in office.values():
        if letter.file_reference_key:
            case_file = found[letter.file_reference_key]
            assert letter.person == case_file.person
            if letter.team:
                assert letter.team == case_file.team, letter.id
            if letter.desk:
                assert letter.desk == case_file.desk, letter.id
        assert letter.state != "filed" or letter.file_reference_key, letter.id


def test_every_case_file_has_a_unit_and_a_desk_of_its_team():
    counts = Counter(case_file.team for case_file in case_files())
    assert counts["jugendhilfe"] == 3
    assert counts.total() >= 28
    for case_file in case_files():
        assert case_file.unit in UNITS[case_file.team], case_file.key
        assert case_file.desk in DESKS[case_file.team], case_file.key


def test_azr_numbers_begin_with_a_possible_day_and_are_not_shared():
    numbers = [
        case_file.person.azr for case_file in case_files() if case_file.person.azr
    ]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert re.fullmatch(r"\d{12}", number)
        assert date(2000 + int(number[:2]), int(number[2:4]), int(number[4:6]))


@pytest.mark.parametrize("day", range(16, 30))
def test_on_whatever_day_the_demo_is_made_mail_arrives_on_working_days(day):
    for letter in letters(date(2026, 11, day)):
        assert 0 <= letter.days_ago_received <= LONGEST_WAIT
        assert letter.received.weekday() < 5, letter.id
        assert letter.date <= letter.received, letter.id
        assert letter.date.weekday() < 5, letter.id


def test_there_is_every_kind_of_mail(office):
    assert {letter.mail_class for letter in office.values()} == {
        "normal",
        "urgent",
        "deadline",
        "original",
        "personal",
    }
    assert {Path(letter.file_name).suffix for letter in office.values()} == {
        ".pdf",
        ".tif",
        ".jpg",
    }
    assert max(letter.pages for letter in office.values()) == 12


def test_no_place_in_a_text_stays_open(office):
    assert not [letter.subject for letter in office.values() if "{" in letter.subject]
