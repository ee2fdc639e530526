"""Standing deputies over REST: named by the office's files, active while one is away."""

from eakte.org.applying import apply_office
from eakte.org.entering import end
from eakte.testing import OFFICE
from plone import api
from tests.deputies import absence
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DURING
from tests.deputies import ENTERED
from tests.deputies import OUTSIDE
from tests.rest.client import Client
from tests.rest.client import give_passwords

import pytest
import shutil
import transaction


PEOPLE = ("anna", "arno", "alex", "tom", "hanna", "tina", "bert", "lotte", "rolf")

FOR_ANNA = ("alex", "anna", "a1-1")
FOR_TOM = ("arno", "tom", None)
ALL = [FOR_TOM, FOR_ANNA]


@pytest.fixture
def standing(functional_portal, tmp_path):
    """Return ``standing(user, **asked)``: what the service tells the user."""
    shutil.copytree(OFFICE, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "amt-a.yaml"
    text = path.read_text("utf-8")
    for old, new in (
        ("people: [anna]", "people: [anna], deputies: [alex]"),
        ("lead: [tom]", "lead: [tom]\n    lead_deputies: [arno]"),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    apply_office(tmp_path)
    give_passwords(*PEOPLE)

    def standing(user, **asked):
        transaction.commit()
        with Client(user, site=functional_portal.absolute_url()) as client:
            return client.get("@deputyships", params=asked).json()["standing"]

    return standing


def told(entries):
    return [
        (
            each["deputy"]["id"],
            each["represented"]["id"],
            each["desk"] and each["desk"]["id"],
        )
        for each in entries
    ]


def test_they_are_told_while_nobody_is_away_to_those_whose_business_it_is(standing):
    with at(ENTERED):
        for person, known in {
            "anna": [FOR_ANNA],
            "alex": [FOR_ANNA],
            "arno": [FOR_TOM],
            "tom": ALL,
            "hanna": ALL,
            **dict.fromkeys(("tina", "bert", "lotte", "rolf"), ()),
        }.items():
            entries = standing(person)
            assert told(entries) == list(known), person
            assert not any(each["active"] or each["until"] for each in entries)
            assert {each["team"]["id"] for each in entries} <= {"a1"}


def test_they_are_active_while_an_absence_is_entered_and_until_its_end(standing):
    absence("anna")
    entry = absence("tom")
    for moment in (*DURING, *OUTSIDE):
        with at(moment):
            said = {(each["active"], each["until"]) for each in standing("hanna")}
        holds = (True, "2027-03-12") if moment in DURING else (False, None)
        assert said == {holds}, moment
    with at(BETWEEN):
        with api.env.adopt_user(username="tom"):
            end(entry.id)
        active = {each["deputy"]["id"]: each["active"] for each in standing("hanna")}
        assert active == {"alex": True, "arno": False}


def test_a_person_narrows_them(standing):
    with at(ENTERED):
        assert told(standing("hanna", person="anna")) == [FOR_ANNA]
        assert told(standing("hanna", person="arno")) == [FOR_TOM]
        assert standing("hanna", person="bert") == []
