"""What leads and heads are told at their start screens, until somebody has seen it."""

from eakte.clock import utc_now
from eakte.org.applying import apply_office
from eakte.org.interfaces import IOffice
from eakte.org.interfaces import PlaceEntry
from eakte.org.principals import ACCOUNT
from plone import api
from tests.builders import a_case_file
from tests.builders import as_system
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DAY_AFTER
from tests.guests import asked
from tests.guests import REASON
from tests.guests import with_readers_elsewhere
from zope.component import getUtility

import pytest


@pytest.fixture
def office(site, tmp_path):
    with_readers_elsewhere(tmp_path, "alex")
    return site


@pytest.fixture
def read_twice(office):
    """Alex read two case files of tom's team."""
    files = [a_case_file(team="a1", family_name=name) for name in ("Demir", "Haddad")]
    with at(BETWEEN):
        for case_file in files:
            asked("alex", case_file)
    return files


def told(page):
    return page.all(".eakte-notices li")


def test_the_lead_is_told_at_the_start_until_each_is_seen(as_person, read_twice):
    with at(DAY_AFTER):
        tom = as_person("tom")
        start = tom.open()
        assert told(start) == [
            "2 times somebody from outside the team read a case file"
        ]
        page = start.follow(".eakte-notices a")
        for word in ("Alex Arbeit", REASON, "Demir", "Haddad", "10/03/2027, 12:00"):
            assert word in page.text, word
        page = page.press("see-reading")
        assert told(tom.open()) == [
            "Once somebody from outside the team read a case file"
        ]
        assert "seen by Tom Lead, 13/03/2027" in page.text
        page.press("see-reading")
        assert told(tom.open()) == []
        assert tom.open("@@notices").text.count("seen by Tom Lead") == 2


@pytest.mark.parametrize("person", ["anna", "alex", "bert", "hanna", "rolf", "lotte"])
def test_nobody_else_is_told(as_person, read_twice, person):
    with at(BETWEEN):
        visitor = as_person(person)
        assert told(visitor.open()) == []
        page = visitor.open("@@notices")
        assert "Alex Arbeit" not in page.text
        assert "There is nothing that you would have to know." in page.text


def test_what_is_not_told_cannot_be_seen_off(as_person, read_twice):
    with at(BETWEEN):
        page = as_person("tom").open("@@notices")
        form = page.root.cssselect("form[action$='@@notices']")[0]
        values = dict(form.form_values()) | {"do": "see-reading"}
        hanna = as_person("hanna")
        own = hanna.open("@@deputies")
        token = own.root.cssselect("[name=_authenticator]")[0].value
        refused = hanna.send("@@notices", values | {"_authenticator": token})
        assert refused.status == 404
        assert len(told(as_person("tom").open())) == 1


def test_the_head_is_told_of_a_place_past_the_files_until_it_is_seen(as_person, office):
    with as_system():
        api.group.add_user(groupname="team-a1", username="bert")
    hanna = as_person("hanna")
    assert told(hanna.open()) == [
        "One place in the office to look at: got past the files, or by oneself"
    ]
    page = hanna.open("@@notices")
    assert "Bert Beamter" in page.text
    assert "Team A1" in page.text
    page = page.press("see-place")
    assert "seen by Hanna Head" in page.text
    assert told(hanna.open()) == []
    for person in ("tom", "anna", "holger", "admin"):
        assert "Bert Beamter" not in as_person(person).open("@@notices").text


@pytest.mark.parametrize("entry", ["", "0", "-1", "x", "99999999999"])
def test_a_notice_that_is_none_is_not_seen(as_person, office, entry):
    hanna = as_person("hanna")
    page = hanna.open("@@deputies")
    token = page.root.cssselect("[name=_authenticator]")[0].value
    values = {"do": "see-place", "entry": entry, "_authenticator": token}
    assert hanna.send("@@notices", values).status == 404


def test_a_search_has_no_notices_above_its_hits(as_person, read_twice):
    with at(BETWEEN):
        tom = as_person("tom")
        assert told(tom.open("@@find"))
        assert not told(tom.open("@@find?text=Demir"))


def test_a_lead_who_sits_at_a_desk_is_told_there(as_person, office, tmp_path):
    file = tmp_path / "amt-a.yaml"
    text = file.read_text("utf-8").replace("people: [arno]", "people: [arno, tom]")
    file.write_text(text, "utf-8")
    apply_office(tmp_path)
    case_file = a_case_file(team="a1")
    with at(BETWEEN):
        asked("alex", case_file)
        page = as_person("tom").open()
        assert page.url.endswith("@@my-desk")
        assert told(page) == ["Once somebody from outside the team read a case file"]


def test_a_password_that_somebody_else_set_is_told_to_the_person(as_person, office):
    entry = PlaceEntry(
        when=utc_now(),
        person="anna",
        place=ACCOUNT,
        gained=True,
        by="rolf",
        notable=True,
    )
    getUtility(IOffice).note(entry)
    for person in ("anna", "hanna"):
        visitor = as_person(person)
        assert told(visitor.open()) == ["One password that somebody else has set"]
        page = visitor.open("@@notices")
        assert "Anna Arbeit: another password" in " ".join(page.text.split())
        assert "by Rolf" in page.text
        page.press("see-place")
        assert told(visitor.open()) == []
