"""Deadlines and resubmissions at the screens: entered, settled, listed."""

from datetime import date
from datetime import datetime
from eakte.deadlines.listing import of_object
from tests import deputies
from tests.builders import a_case_file
from tests.deadlines.conftest import a_deadline
from tests.deadlines.conftest import a_document
from tests.deadlines.conftest import a_resubmission
from tests.deadlines.conftest import sent
from tests.deputies import at
from tests.deputies import DURING
from tests.deputies import ENTERED
from tests.deputies import EVERY
from tests.deputies import HOUSE

import pytest
import transaction


@pytest.fixture
def case_file(site):
    return a_case_file(team="a1", desk="a1-1")


@pytest.fixture
def terms_of():
    """Return ``terms_of(content)`` as they are stored now."""

    def terms_of(content):
        uid = content.UID()
        transaction.abort()
        return of_object(uid)

    return terms_of


def test_a_resubmission_is_entered_postponed_and_done(as_person, case_file, terms_of):
    with at(ENTERED):
        anna = as_person("anna")
        page = anna.open(case_file.absolute_url())
        page = page.follow(".eakte-terms-link a")
        assert "Nothing is open here." in page.text
        page = page.press("resubmit", day="2027-03-10", reason="Antwort da?")
        assert "The resubmission is entered." in page.messages
        (line,) = page.all(".eakte-term")
        for words in ("10/03/2027", "Antwort da?", "Stelle A1-1", "entered"):
            assert words in line
        panel = anna.open(case_file.absolute_url()).all(".eakte-terms-panel li")
        assert "Antwort da?" in panel[0]
        page = page.press("postpone", day="2027-03-17", why="noch nichts")
        assert "17/03/2027" in page.all(".eakte-term")[0]
        page = page.press("finish", why="ist da")
        assert "Nothing is open here." in page.text
        assert "ist da" in page.all("details .eakte-term")[0]
    (term,) = terms_of(case_file)
    assert not term.is_open


def test_a_resubmission_is_for_whoever_is_named(as_person, case_file, terms_of):
    with at(ENTERED):
        page = as_person("anna").open(f"{case_file.absolute_url()}/@@deadlines")
        page = page.press("resubmit", day="2027-03-10", reason="x", whom="person:arno")
        assert "For: Arno Arbeit" in page.text
        page.press("resubmit", day="2027-03-10", reason="x", whom="desk:a1-2")
    assert {(each.person, each.desk) for each in terms_of(case_file)} == {
        ("arno", ""),
        ("", "a1-2"),
    }


def test_a_deadline_is_entered_confirmed_changed_and_closed(
    as_person, case_file, terms_of
):
    with at(ENTERED):
        sent(case_file, title="Klageerwiderung")
        a_document(case_file, title="Entwurf", document_type="letter")
        address = f"{case_file.absolute_url()}/@@deadlines"
        anna = as_person("anna")
        page = anna.open(address).press(
            "enter-deadline",
            kind="Klage",
            event="Zustellung",
            start="2027-03-01",
            count="2",
            unit="weeks",
            early="3",
        )
        assert "A second person confirms it." in page.messages
        (line,) = page.all(".eakte-term")
        for words in ("15/03/2027", "not confirmed", "12/03/2027", "Zustellung"):
            assert words in line
        # Whoever entered it is not offered to confirm it.
        assert "confirm" not in page.buttons
        arno = as_person("arno")
        page = arno.open(address).press("confirm")
        assert "The deadline is confirmed." in page.messages
        assert "not confirmed" not in page.all(".eakte-term")[0]
        page = arno.open(address).press("change-deadline", why="verlängert", count="1")
        assert "15/04/2027" in page.all(".eakte-term")[0]
        anna.open(address).press("confirm")
        page = arno.open(address).press("close-deadline")
        assert page.status == 400
        options = page.root.cssselect("select[name=outgoing] option")
        assert [each.text_content() for each in options] == ["None", "Klageerwiderung"]
        page = page.press("close-deadline", outgoing=options[1].get("value"))
        assert "The deadline is closed." in page.messages
    (term,) = terms_of(case_file)
    assert term.outgoing and not term.is_open


def test_what_is_wrong_is_said_and_what_was_typed_stays(as_person, case_file):
    with at(ENTERED):
        page = as_person("anna").open(f"{case_file.absolute_url()}/@@deadlines")
        page = page.press(
            "enter-deadline", kind="Stellungnahme", event="x", start="2027-03-01"
        )
        assert page.status == 400
        assert page.refusals == [
            "Name the length or the end: none is usual for this kind."
        ]
        form = page.root.cssselect("form[aria-labelledby=form-deadline]")[0]
        assert dict(form.form_values())["kind"] == "Stellungnahme"
        page = page.press("enter-deadline", count="viele", start="2027-03-01")
        assert page.refusals == ["“viele” is no number."]


def test_who_only_reads_is_offered_no_form(as_person, case_file):
    a_deadline_then(case_file)
    with at(ENTERED):
        page = as_person("hanna").open(f"{case_file.absolute_url()}/@@deadlines")
        assert "Klage" in page.text
        assert page.buttons == set()
        values = {"do": "confirm", "term": "x"}
        sent = as_person("hanna").send(
            f"{case_file.absolute_url()}/@@deadlines", values
        )
        assert sent.status == 403
        for stranger in ("bert", "alex", "admin"):
            page = as_person(stranger).open(f"{case_file.absolute_url()}/@@deadlines")
            assert "Klage" not in page.text


def test_the_list_shows_what_presses_first_and_is_narrowed_down(as_person, case_file):
    with at(ENTERED):
        a_deadline(case_file)
        a_resubmission(case_file, day=date(2027, 3, 2), reason="Anruf")
        a_resubmission(case_file, day=date(2027, 6, 2), reason="Viel später")
        page = as_person("anna").open("@@deadlines")
        (line,) = page.all(".eakte-term")
        assert "Anruf" in line and "in the next seven days" in line
        assert (
            len(as_person("anna").open("@@deadlines?when=all").all(".eakte-term")) == 3
        )
    with at(datetime(2027, 3, 25, 8, tzinfo=HOUSE)):
        anna = as_person("anna")
        lines = anna.open("@@deadlines").all(".eakte-term")
        assert "Anruf" in lines[0] and "overdue" in lines[0]
        assert "Klage" in lines[1] and "early warning" in lines[1]
        only = anna.open("@@deadlines?kind=deadline").all(".eakte-term")
        assert len(only) == 1
        late = anna.open("@@deadlines?when=overdue").all(".eakte-term")
        assert len(late) == 1
        none = anna.open("@@deadlines?when=today")
        assert "Nothing is to be done here." in none.text
        # The lead has the deadline now, a colleague sees both with the team's.
        assert len(as_person("tom").open("@@deadlines").all(".eakte-term")) == 1
        arno = as_person("arno")
        assert arno.open("@@deadlines").all(".eakte-term") == []
        assert len(arno.open("@@deadlines?whose=team").all(".eakte-term")) == 2
        assert as_person("bert").open("@@deadlines?whose=team").all(".eakte-term") == []


@pytest.mark.parametrize("moment", EVERY, ids=str)
def test_a_deputy_has_it_on_the_list_while_it_holds(as_person, case_file, moment):
    with at(ENTERED):
        a_resubmission(case_file, reason="Anruf")
    deputies.deputyship("alex", "anna")
    with at(moment):
        lines = as_person("alex").open("@@deadlines?when=all").all(".eakte-term")
        assert bool(lines) == (moment in DURING)


def a_deadline_then(case_file):
    with at(ENTERED):
        return a_deadline(case_file)


def test_the_frame_counts_what_the_user_must_do_something_about(as_person, case_file):
    with at(ENTERED):
        a_deadline(case_file)
        a_resubmission(case_file)
    counted = "[data-count=deadlines]"
    with at(datetime(2027, 3, 9, 8, tzinfo=HOUSE)):
        assert as_person("anna").open("@@desk").all(counted) == ["(0waiting)"]
    with at(datetime(2027, 3, 26, 8, tzinfo=HOUSE)):
        counts = {
            person: as_person(person).ask("@@desk-counts")["deadlines"]
            for person in ("anna", "arno", "tom", "bert")
        }
        assert counts == {"anna": 2, "arno": 0, "tom": 1, "bert": 0}
        (figure,) = as_person("anna").open("@@desk").all(counted)
        assert "2" in figure and "waiting" in figure
