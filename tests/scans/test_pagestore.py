from eakte.scanning.model import Colour
from eakte.scanning.model import Origin
from eakte.scanning.model import PageImage
from eakte.scanning.model import PageText
from eakte.scanning.model import Word
from eakte.scans.interfaces import Finding
from eakte.scans.pagestore import BUNDLE
from eakte.scans.pagestore import packed
from eakte.scans.pagestore import PageStore
from eakte.scans.pagestore import unpacked
from eakte.scans.pagestore import unpacked_text
from ZODB.DemoStorage import DemoStorage

import dataclasses
import pytest
import transaction
import ZODB


def a_word(text, left=0.1, top=0.2, right=0.3, bottom=0.4, confidence=90.0):
    return Word(text, left, top, right, bottom, confidence)


def a_page(number=1, text="Sehr geehrte Frau Öztürk", words=None, **facts):
    if words is None:
        words = [
            a_word(word, 0.1 * n, 0.2, 0.1 * n + 0.08, 0.23)
            for n, word in enumerate(text.split())
        ]
    return PageText(
        number=number,
        text=text,
        words=tuple(words),
        confidence=facts.get("confidence", 91.0),
        rotation=facts.get("rotation", 0),
        blank=facts.get("blank", False),
        origin=facts.get("origin", Origin.RECOGNISED),
        image=facts.get("image"),
    )


GOOD = PageImage(2480, 3508, 300.0, Colour.COLOUR)
COARSE = PageImage(1240, 1754, 150.0, Colour.COLOUR)
GREY = PageImage(2480, 3508, 300.0, Colour.GREY)
FAX = PageImage(1728, 1145, 98.0, Colour.BITONAL)


def assert_same(one, other):
    assert dataclasses.replace(one, words=()) == dataclasses.replace(other, words=())
    assert len(one.words) == len(other.words)
    for here, there in zip(one.words, other.words, strict=True):
        assert here.text == there.text
        for side in ("left", "top", "right", "bottom"):
            assert getattr(here, side) == pytest.approx(getattr(there, side), abs=1e-5)
        assert here.confidence == pytest.approx(there.confidence, abs=0.5)


@pytest.mark.parametrize(
    "page",
    [
        a_page(),
        a_page(text="", words=(), blank=True, confidence=None),
        a_page(rotation=270, origin=Origin.DIGITAL, confidence=None),
        a_page(text="Aufenthalts-\nerlaubnis\n\nNr. 5"),
        a_page(text="one two", words=[a_word("two"), a_word("one")]),
        a_page(text="hyphen-\nated", words=[a_word("hyphenated"), a_word("Straße")]),
        a_page(text="", words=[a_word("lost")]),
        a_page(text="colour", image=GOOD),
        a_page(text="fax", image=FAX, rotation=180),
        a_page(text="", words=(), blank=True, confidence=None, image=GREY),
        a_page(text="🙂 a", words=[a_word("🙂"), a_word("a", 0.0, 0.0, 1.0, 1.0)]),
    ],
    ids=lambda page: page.text[:12] or "empty",
)
def test_a_page_comes_back_as_it_was(page):
    assert_same(unpacked(packed(page), page.number), page)
    assert unpacked_text(packed(page)) == (page.text, page.blank)


def test_what_the_image_of_a_page_is_can_be_told_without_its_words():
    store = PageStore()
    store.put([a_page(1, image=COARSE), a_page(2)])

    assert store.image(1) == COARSE
    assert store.image(2) is None
    assert store.image(3) is None


OF_VERSION_1 = bytes.fromhex(
    "01000150020000000d00000078da732b4a2c55383cadaae4f09ea2ec59f2"
    "92acc60cc60c55d52222ebd6b1b347b931303230b0b03130000017310ac1"
)


def test_a_page_that_was_kept_by_an_earlier_version_is_read_as_it_was():
    page = unpacked(OF_VERSION_1, 1)

    assert page.text == "Frau Öztürk"
    assert [word.text for word in page.words] == ["Frau", "Öztürk"]
    assert page.words[1].left == pytest.approx(0.2, abs=1e-5)
    assert (page.rotation, page.confidence, page.image) == (90, 80.0, None)
    assert unpacked_text(OF_VERSION_1) == ("Frau Öztürk", False)


def test_a_page_of_a_later_version_is_not_misread():
    with pytest.raises(ValueError, match="newer"):
        unpacked(bytes([9]) + OF_VERSION_1[1:], 1)


def test_the_store_knows_on_which_pages_something_was_found():
    store = PageStore()
    store.put([a_page(1, image=GOOD), a_page(2, image=COARSE), a_page(3, image=FAX)])
    store.put([a_page(40, image=GREY, confidence=79.9)])

    assert store.pages_with(Finding.LOW_RESOLUTION) == (2, 3)
    assert store.pages_with(Finding.COLOUR_LOST) == (3, 40)
    assert store.pages_with(Finding.UNCERTAIN) == (40,)
    assert store.get(40).is_uncertain, "rounding makes nothing certain"
    store.put([a_page(3, image=GOOD)])
    assert store.pages_with(Finding.COLOUR_LOST) == (40,), "it was read anew"


def test_a_page_that_is_forgotten_is_missing_and_nothing_is_found_on_it():
    store = PageStore()
    store.put([a_page(1), a_page(2, image=FAX), a_page(3)])
    store.put_problems({4: "damaged", 5: "damaged"})
    store.forget([2, 4])

    assert store.missing(5) == [2, 4]
    assert store.get(2) is None
    assert store.pages_with(Finding.COLOUR_LOST) == ()
    assert store.problems == {5: "damaged"}


def test_other_words_have_another_tag():
    store = PageStore()
    store.put([a_page(1, text="Antrag")])
    first = store.tag(1)
    store.put([a_page(1, text="Antrag")])
    assert store.tag(1) == first != ""
    store.put([a_page(1, text="Anfrage")])
    assert store.tag(1) not in (first, "")
    assert store.tag(2) == ""


def test_a_box_beyond_the_page_ends_at_its_edge():
    page = a_page(text="edge", words=[a_word("edge", -0.1, 0.5, 1.2, 0.6, 130.0)])
    [word] = unpacked(packed(page), 1).words

    assert (word.left, word.right, word.confidence) == (0.0, 1.0, 100.0)


def test_half_a_character_from_a_broken_file_stops_nothing():
    page = a_page(text="bad \ud800 end", words=[a_word("end")])
    assert "end" in unpacked(packed(page), 1).text


def test_a_full_page_takes_a_tenth_of_what_its_words_weigh_as_objects():
    text = " ".join(f"Wort{n}" for n in range(400))
    words = [
        a_word(word, n % 10 / 10, n // 10 / 40, n % 10 / 10 + 0.07, n // 10 / 40 + 0.02)
        for n, word in enumerate(text.split())
    ]
    assert len(packed(a_page(text=text, words=words))) < 4800


def test_pages_that_are_missing_are_those_neither_read_nor_broken():
    store = PageStore()
    store.put([a_page(2), a_page(3)])
    store.put_problems({5: "damaged"})

    assert store.missing(6) == [1, 4, 6]
    assert store.done == 3
    assert store.get(5) is None


def test_a_broken_page_that_is_read_after_all_is_broken_no_more():
    store = PageStore()
    store.put_problems({1: "timed-out", 2: "damaged"})
    store.put([a_page(1)])

    assert store.problems == {2: "damaged"}
    assert store.done == 2


def test_pages_of_a_large_stack_share_records_and_come_in_order():
    db = ZODB.DB(DemoStorage())
    connection = db.open()
    store = connection.root()["store"] = PageStore()
    for number in reversed(range(1, 101)):
        store.put([a_page(number, text=f"Seite {number}")])
    transaction.commit()
    connection.cacheMinimize()

    assert list(store.texts()) == [
        (number, f"Seite {number}", False) for number in range(1, 101)
    ]
    assert store.get(77).text == "Seite 77"
    assert len(connection.db().storage) < 10 + 100 / BUNDLE
    connection.close()
    db.close()
