from benchmarks.characters import error_rate
from benchmarks.characters import errors_in_lines
from benchmarks.letters import scanned_letters

import pytest


def test_each_wrong_missing_or_added_character_counts():
    assert error_rate("Bescheid", "Bescheid") == 0
    assert error_rate("Bescheid", "Beschcid") == 1 / 8
    assert error_rate("Bescheid", "Bescheit!") == 2 / 8


def test_line_ends_are_no_errors():
    assert error_rate("der\nBescheid", "der  Bescheid\n\n") == 0


@pytest.mark.parametrize(
    ("read", "edits"),
    [
        ("oben zwei Zeilen dann der Schluss", 0),
        ("dann der Schluss\nSTEMPEL\noben zwei\nZeilen", 0),
        ("oben zwe1 Zeilen dann der Sch1uss", 2),
        ("oben zwei Zeilen", len("dann der Schluss")),
        ("", len("oben zwei Zeilendann der Schluss")),
    ],
)
def test_lines_are_looked_for_wherever_they_were_read(read, edits):
    lines = ["oben zwei Zeilen", "", "dann der Schluss"]

    found, characters = errors_in_lines(lines, read)

    assert characters == len("oben zwei Zeilendann der Schluss")
    assert found == edits or (edits > 2 and 2 < found <= edits)


def test_a_letter_of_the_bench_knows_what_is_printed_on_its_pages(tmp_path):
    [letter] = scanned_letters(tmp_path, 1)

    assert letter.path.read_bytes().startswith(b"%PDF")
    assert letter.page_count == 1
    assert any(letter.subject.startswith(line) for line in letter.printed[0] if line)
