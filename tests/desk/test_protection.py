"""Protection and bars at the screens of those who decide, and of nobody else."""

from tests.builders import a_case_file

import pytest


@pytest.fixture
def case_file(site):
    return a_case_file(team="a1", title="Aufenthalt", family_name="Zebrafink")


def test_the_head_protects_and_is_told_that_it_is_out_of_sight(as_person, case_file):
    hanna = as_person("hanna")
    page = hanna.open(case_file.absolute_url()).follow(".eakte-protection-line a")
    assert page.buttons == {"protect", "bar"}
    page = page.press(
        "protect", protection="vip", circle=["anna", "tom"], reason="Bürgermeister"
    )
    assert "Only the circle sees the case file now." in page.messages
    assert "You do not see it yourself any more." in page.messages
    assert hanna.open(case_file.absolute_url()).status == 404


def test_the_head_changes_the_circle_from_the_numbers(as_person, case_file, now):
    hanna = as_person("hanna")
    address = f"{case_file.absolute_url()}/@@protection"
    hanna.open(address).press(
        "protect", protection="staff", circle=["anna"], reason="Eigene Akte"
    )
    page = hanna.open("@@counters").follow("a[href$='@@protected-case-file']")
    page = hanna.open(f"{page.url}?reference={now(case_file).reference}")
    assert "Zebrafink" not in page.text
    assert "Protected: Own staff" in page.text
    chosen = page.root.cssselect("input[name=circle][checked]")
    assert [each.get("value") for each in chosen] == ["anna"]
    page = page.press(
        "protect", protection="staff", circle=["arno"], reason="Anna geht"
    )
    assert now(case_file).circle == ("arno",)


def test_others_have_no_such_page(as_person, case_file):
    for person in ("anna", "tom", "rolf", "bert"):
        page = as_person(person).open("@@protected-case-file?reference=10.1-1/2026")
        assert page.status == 403
    for person in ("anna", "rolf"):
        page = as_person(person).open(case_file.absolute_url())
        assert page.root.cssselect(".eakte-protection-line") == []
        address = f"{case_file.absolute_url()}/@@protection"
        assert as_person(person).open(address).status == 403


def test_an_unknown_reference_is_told_as_one_that_is_not_protected(
    as_person, case_file
):
    hanna = as_person("hanna")
    for reference in (case_file.reference, "10.1-99/1999"):
        page = hanna.open(f"@@protected-case-file?reference={reference}")
        assert page.status == 404
        assert page.refusals == [
            "Your department has no protected case file with this reference."
        ]


def test_what_was_typed_stays_when_it_is_refused(as_person, case_file, now):
    address = f"{case_file.absolute_url()}/@@protection"
    page = (
        as_person("hanna")
        .open(address)
        .press("protect", protection="witness", reason="Zeugenschutz")
    )
    assert page.status == 400
    assert page.refusals == [
        "Name at least one person: somebody must see the case file."
    ]
    (kind,) = page.root.cssselect("input[name=protection][checked]")
    assert kind.get("value") == "witness"
    (reason,) = page.root.cssselect("#protection-reason")
    assert reason.get("value") == "Zeugenschutz"
    assert now(case_file).protection is None


def test_the_lead_bars_and_the_journal_names_the_person(as_person, case_file, now):
    tom = as_person("tom")
    page = tom.open(f"{case_file.absolute_url()}/@@protection")
    assert page.buttons == {"bar"}
    page = page.press("bar", barred=["arno"], reason="Verwandt")
    assert "What you changed is kept." in page.messages
    assert page.all(".eakte-protection-line span") == ["Barred: Arno Arbeit"]
    assert now(case_file).barred == ("arno",)
    journal = tom.open(f"{case_file.absolute_url()}/@@journal").text
    assert "Arno Arbeit" in journal
    assert "Verwandt" in journal
    anna = as_person("anna").open(case_file.absolute_url())
    assert anna.status == 200
    assert "Arno Arbeit" not in anna.root.text_content()


def test_the_circle_lifts_it(as_person, case_file, now):
    address = f"{case_file.absolute_url()}/@@protection"
    as_person("hanna").open(address).press(
        "protect", protection="vip", circle=["anna"], reason="Bürgermeister"
    )
    anna = as_person("anna")
    page = anna.open(case_file.absolute_url())
    assert "Protected: VIP" in page.root.text_content()
    page = page.follow(".eakte-protection-line a").press("lift", reason="Vorbei")
    assert "The case file is no longer protected." in page.messages
    assert now(case_file).protection is None
