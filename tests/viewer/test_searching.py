"""Which words of a scan a search finds, and where it says they stand."""

from dataclasses import dataclass
from eakte.scanning.model import Word
from eakte.viewer import searching
from eakte.viewer.searching import find
from eakte.viewer.searching import terms


@dataclass
class Page:
    words: tuple
    text: str = ""


class Pages:
    """Pages of a scan; None is one that is not recognised yet."""

    def __init__(self, *pages):
        self.pages = pages
        self.opened = []

    def page(self, number):
        self.opened.append(number)
        return self.pages[number - 1]

    def texts(self):
        for number, page in enumerate(self.pages, start=1):
            if page is not None:
                yield number, page.text


def page(*lines):
    """Set lines of text: a word is 0.1 wide, a line 0.05 high, both from 0.1 on."""
    words = []
    for row, line in enumerate(lines):
        top = 0.1 + row * 0.05
        for column, text in enumerate(line.split()):
            left = 0.1 + column * 0.1
            words.append(Word(text, left, top, left + 0.09, top + 0.04, 90.0))
    return Page(tuple(words), "\n".join(lines))


def rounded(boxes):
    return [tuple(round(side, 2) for side in box) for box in boxes]


def test_a_word_is_found_where_it_stands():
    found = find(Pages(page("Antrag"), page("auf Duldung")), "Duldung")

    assert list(found.hits) == [2]
    assert rounded(found.hits[2]) == [(0.2, 0.1, 0.29, 0.14)]


def test_case_accents_and_sharp_s_do_not_matter():
    pages = Pages(page("Wässerstraße", "JOSÉ"))

    assert find(pages, "WASSERSTRASSE").hits
    assert find(pages, "jose").hits


def test_a_part_of_a_word_is_found():
    assert find(Pages(page("Aufenthaltserlaubnis")), "erlaubnis").hits


def test_a_word_divided_over_two_lines_is_marked_in_both():
    found = find(Pages(page("die Aufenthalts-", "erlaubnis gilt")), "erlaubnis gilt")
    divided = find(Pages(page("die Aufenthalts-", "erlaubnis")), "Aufenthaltserlaubnis")

    assert found.hits
    assert rounded(divided.hits[1]) == [
        (0.2, 0.1, 0.29, 0.14),
        (0.1, 0.15, 0.19, 0.19),
    ]
    assert divided.divided == {1: [1]}
    assert len(divided.snippets[1]) == 1


def test_a_reference_is_found_with_its_marks():
    assert find(Pages(page("Az. 33.21-12/2026")), "33.21-12/2026").hits


def test_all_terms_must_stand_on_the_page():
    pages = Pages(page("Antrag Duldung"), page("Antrag"), page("Duldung"))

    assert list(find(pages, "duldung antrag").hits) == [1]


def test_words_in_quotation_marks_stand_together_in_one_box():
    pages = Pages(page("Amt für Migration"), page("Migration für das Amt"))
    found = find(pages, '"amt für migration"')

    assert list(found.hits) == [1]
    assert rounded(found.hits[1]) == [(0.1, 0.1, 0.39, 0.14)]


def test_single_characters_are_not_looked_for():
    assert terms("a b Az") == ["az"]
    assert not find(Pages(page("a b c")), "a").hits
    assert not find(Pages(page("a b c")), "  ").hits


def test_pages_that_are_not_recognised_yet_are_passed_over():
    found = find(Pages(None, page("Duldung"), Page(())), "Duldung")

    assert list(found.hits) == [2]


def test_the_snippet_shows_the_hit_in_its_sentence():
    text = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn 14"
    found = find(Pages(page(text)), "sieben")

    assert found.snippets[1] == [
        [
            ("… zwei drei vier fünf sechs ", False),
            ("sieben", True),
            (" acht neun zehn elf zwölf dreizehn 14", False),
        ]
    ]


def test_each_hit_of_a_page_has_its_own_snippet():
    found = find(Pages(page("Amt eins", "zwei Amt")), "amt")

    texts = ["".join(text for text, _hit in parts) for parts in found.snippets[1]]
    assert texts == ["Amt eins zwei Amt", "Amt eins zwei Amt"]
    assert [[text for text, hit in parts if hit] for parts in found.snippets[1]] == [
        ["Amt"],
        ["Amt"],
    ]
    assert [parts[0][0] for parts in found.snippets[1]] == ["", "Amt eins zwei "]


def test_an_answer_has_an_end(monkeypatch):
    monkeypatch.setattr(searching, "MOST_HITS", 3)
    pages = Pages(page("Amt Amt"), page("Amt Amt"), page("Amt"))
    found = find(pages, "amt")

    assert found.truncated
    assert {number: len(boxes) for number, boxes in found.hits.items()} == {1: 2, 2: 1}


def test_exactly_as_many_as_fit_are_not_called_truncated(monkeypatch):
    monkeypatch.setattr(searching, "MOST_HITS", 2)

    assert not find(Pages(page("Amt Amt"), page("Ende")), "amt").truncated


def test_the_words_of_a_page_are_unpacked_only_where_its_text_holds_the_terms():
    pages = Pages(page("Antrag"), page("die Dul-", "dung"), page("Duldung"))
    found = find(pages, "duldung")

    assert list(found.hits) == [2, 3]
    assert pages.opened == [2, 3]
