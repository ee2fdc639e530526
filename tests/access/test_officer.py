"""The data protection officer reads one case file in any department, with a reason.

Who else may what of it, and until when, is in ``test_elsewhere``.
"""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..deputies import at
from ..guests import asked
from ..guests import REASON
from .test_elsewhere import MIDNIGHT
from .test_elsewhere import NOON
from .test_elsewhere import noted
from .test_elsewhere import READS
from .test_elsewhere import refused
from .test_elsewhere import told
from eakte.access.asking import AskingWrong
from eakte.access.asking import NoSuchCaseFile
from eakte.access.asking import unseen_readings
from eakte.access.barring import bar
from eakte.access.guests import IGuestBook
from eakte.access.protecting import protect
from eakte.errors import NotAllowed
from eakte.mailitem.states import State as MailState
from eakte.org.applying import apply_office
from eakte.testing import OFFICE
from plone import api
from zope.component import getUtility

import pytest
import shutil


@pytest.fixture
def office(portal, tmp_path):
    """The folder of the small office, as it was applied."""
    return shutil.copytree(OFFICE, tmp_path, dirs_exist_ok=True)


@pytest.fixture
def case_file(office):
    return a_case_file(team="a1")


def test_the_officer_opens_one_case_file_in_any_department(who_may, office):
    foreign, other = (a_case_file(unit="20.1", team="b1") for _ in range(2))
    letter = a_mail_item(MailState.ROUTED, team="b1")
    with at(NOON):
        asked("dora", foreign)
    with at(NOON):
        assert "dora" in who_may("View", foreign)
        for content in (other, letter):
            for deed in READS:
                assert "dora" not in who_may(deed, content)
    with at(NOON):
        assert told("holger", unseen_readings) == [("dora", foreign.reference)]
        assert told("tom") == told("hanna") == told("dora") == []
    with at(MIDNIGHT):
        assert "dora" not in who_may("View", foreign)


def test_the_officer_gives_a_reason_that_says_something(case_file):
    for reason in ("", "weil"):
        answer = refused("dora", case_file.reference, reason)
        assert (type(answer), answer.names) == (AskingWrong, ("reason",))
    assert not getUtility(IGuestBook).changes()


def test_what_is_closed_to_the_officer_answers_like_what_is_not_there(case_file):
    protected, barred = (a_case_file(team="a1") for _ in range(2))
    with api.env.adopt_user(username="hanna"):
        protect(protected, "staff", ["anna"], "Eigene Mitarbeiterin")
        bar(barred, ["dora"], "Befangen")
    answers = [
        refused("dora", reference)
        for reference in (
            "10.1-9999-2027",
            protected.reference,
            barred.reference,
            case_file.reference[:-1],
        )
    ]
    assert {(type(each), each.reasons) for each in answers} == {
        (NoSuchCaseFile, answers[0].reasons)
    }


def test_closed_later_it_is_closed_to_the_officer_too(who_may, office):
    protected, barred = (a_case_file(team="a1") for _ in range(2))
    with at(NOON):
        asked("dora", protected)
        asked("dora", barred)
        with api.env.adopt_user(username="hanna"):
            protect(protected, "staff", ["anna"], "Eigene Mitarbeiterin")
            bar(barred, ["dora"], "Befangen")
    with at(NOON):
        for case_file in (protected, barred):
            for deed in READS:
                assert "dora" not in who_may(deed, case_file)


def test_the_officers_right_ends_with_the_office_files_at_once(
    who_may, office, case_file
):
    with at(NOON):
        asked("dora", case_file)
    with at(NOON):
        assert "dora" in who_may("View", case_file)
        file = office / "mailroom.yaml"
        officers = "data_protection_officers: [dora]"
        text = file.read_text("utf-8")
        assert officers in text
        file.write_text(text.replace(officers, "data_protection_officers: []"), "utf-8")
        apply_office(office)
    with at(NOON):
        assert "dora" not in who_may("View", case_file)
        assert isinstance(refused("dora", case_file.reference), NotAllowed)


def test_who_became_an_officer_past_the_files_opens_nothing(who_may, case_file):
    with api.env.adopt_user(username="hanna"), as_system():
        api.group.add_user(groupname="data-protection-officers", username="ines")
    assert isinstance(refused("ines", case_file.reference), NotAllowed)


def test_the_journal_says_that_the_officer_did_it(case_file):
    with at(NOON):
        asked("dora", case_file)
    (entry,) = noted(case_file)
    assert (entry.who, entry.why) == ("dora", REASON)
    assert entry.details == {
        "until": "2027-03-10",
        "function": "data-protection-officers",
    }
