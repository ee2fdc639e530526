"""Reading a case file of another team: who may, of which, for how long, who is told.

alex of team a2 has the right in department amt-a, see ``tests.guests``; dora answers for
data protection and has it everywhere. anna, arno and tom are team a1, whose case files
they ask for.
"""

from ..builders import a_case_file
from ..builders import as_system
from ..builders import put_in_state
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import deputyship
from ..guests import asked
from ..guests import REASON
from ..guests import with_readers_elsewhere
from .test_case_file_matrix import CASE_FILE
from .test_case_file_matrix import DOCUMENT
from .test_case_file_rights import a_document
from datetime import datetime
from datetime import timedelta
from eakte.access.asking import AskingWrong
from eakte.access.asking import NoSuchCaseFile
from eakte.access.asking import NoSuchReading
from eakte.access.asking import read_elsewhere
from eakte.access.asking import readings
from eakte.access.asking import see_reading
from eakte.access.asking import unseen_readings
from eakte.access.barring import bar
from eakte.access.guests import IGuestBook
from eakte.access.protecting import protect
from eakte.access.seeing import who_may_see
from eakte.casefile.states import State
from eakte.document.states import State as DocumentState
from eakte.errors import NotAllowed
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.org.applying import apply_office
from eakte.org.noting import notable_entries
from eakte.org.reading import OfficeFilesWrong
from eakte.testing import OFFICE
from plone import api
from Products.CMFCore.indexing import processQueue
from zope.component import getUtility

import pytest
import transaction


NOON = BETWEEN
LAST_SECOND_OF_THE_DAY = datetime(2027, 3, 10, 23, 59, 59, tzinfo=NOON.tzinfo)
MIDNIGHT = datetime(2027, 3, 11, 0, 0, tzinfo=NOON.tzinfo)
DAY_BEFORE = NOON - timedelta(days=1)

READS = {"View", "eakte: Read scan"}
"""All that a guest may."""


@pytest.fixture
def office(portal, tmp_path):
    with_readers_elsewhere(tmp_path, "alex", "rita")
    return tmp_path


@pytest.fixture
def case_file(office):
    return a_case_file(team="a1", desk="a1-1")


@pytest.mark.parametrize("deed", CASE_FILE)
@pytest.mark.parametrize("state", State)
def test_who_asked_reads_the_case_file_to_the_end_of_the_day_and_does_no_more(
    who_may, who_finds, case_file, state, deed
):
    put_in_state(case_file, "case_file_workflow", state)
    others = CASE_FILE[deed].get(state, set())
    with at(NOON):
        assert who_may(deed, case_file) == others
        asked("alex", case_file)
        asked("dora", case_file)
    guests = {"alex", "dora"} if deed in READS else set()
    for moment in (NOON, LAST_SECOND_OF_THE_DAY):
        with at(moment):
            assert who_may(deed, case_file) == others | guests, moment
            assert {"alex", "dora"} <= who_finds(case_file)
    for moment in (DAY_BEFORE, MIDNIGHT):
        with at(moment):
            assert who_may(deed, case_file) == others, moment
            assert not {"alex", "dora"} & who_finds(case_file)


@pytest.mark.parametrize("deed", DOCUMENT)
@pytest.mark.parametrize("state", DocumentState)
def test_what_lies_in_it_is_read_like_by_the_team_and_nothing_done(
    who_may, case_file, state, deed
):
    document = a_document(case_file, state)
    others = DOCUMENT[deed].get(state, set())
    guest = {"alex", "dora"} if deed in READS and "anna" in others else set()
    with at(NOON):
        asked("alex", case_file)
        asked("dora", case_file)
    with at(NOON):
        assert who_may(deed, document) == others | guest
    with at(MIDNIGHT):
        assert who_may(deed, document) == others


def test_only_that_case_file_opens(who_may, case_file):
    other = a_case_file(team="a1")
    with at(NOON):
        asked("alex", case_file)
    with at(NOON):
        assert "alex" not in who_may("View", other)


def test_nothing_is_reindexed(functional_portal, tmp_path):
    with_readers_elsewhere(tmp_path, "alex")
    case_file = a_case_file(team="a1")
    catalog = api.portal.get_tool("portal_catalog")
    transaction.commit()
    row = catalog.getrid("/".join(case_file.getPhysicalPath()))
    index = catalog.Indexes["allowedRolesAndUsers"]
    before = index.documentToKeyMap()._p_serial, set(index.getEntryForObject(row))
    asked("alex", case_file)
    transaction.commit()
    after = index.documentToKeyMap()._p_serial, set(index.getEntryForObject(row))
    assert after == before


# Who may ask for what


def refused(person, reference, reason=REASON):
    with api.env.adopt_user(username=person), pytest.raises(Exception) as caught:
        read_elsewhere(reference, reason)
    return caught.value


def test_who_has_not_the_right_asks_in_vain(case_file):
    for person in ("tina", "bert", "hanna", "oskar", "lotte"):
        assert isinstance(refused(person, case_file.reference), NotAllowed), person


def test_all_that_does_not_open_answers_like_what_is_not_there(case_file):
    foreign = a_case_file(unit="20.1", team="b1")
    protected = a_case_file(team="a1", title="Geschützt")
    barred = a_case_file(team="a1", title="Befangen")
    with api.env.adopt_user(username="hanna"):
        protect(protected, "witness", ["anna"], "Zeuge")
        bar(barred, ["alex"], "Befangen")
    answers = [
        refused("alex", reference)
        for reference in (
            "10.1-9999-2027",
            foreign.reference,
            protected.reference,
            barred.reference,
            case_file.reference[:-1],
            f"{case_file.reference} x",
        )
    ]
    assert {type(each) for each in answers} == {NoSuchCaseFile}
    assert {(each.status, each.reasons) for each in answers} == {
        (404, answers[0].reasons)
    }
    assert not getUtility(IGuestBook).changes()


@pytest.mark.parametrize("reason", ["", "   ", "weil", "..........", "a b c d e"])
def test_a_reason_that_says_nothing_opens_nothing(case_file, reason):
    answer = refused("alex", case_file.reference, reason)
    assert isinstance(answer, AskingWrong)
    assert answer.names == ("reason",)


def test_everything_that_is_missing_is_said_at_once(office):
    answer = refused("alex", " ", "")
    assert answer.names == ("reference", "reason")
    assert refused("alex", "x", "x" * 501).names == ("reason",)


def test_what_is_open_anyway_is_not_noted(case_file):
    own = a_case_file(team="a2")
    with api.env.adopt_user(username="alex"):
        assert read_elsewhere(own.reference, REASON).entry is None
    with at(NOON):
        assert asked("alex", case_file) is not None
    with at(LAST_SECOND_OF_THE_DAY):
        assert asked("alex", case_file) is None
    with at(MIDNIGHT):
        assert asked("alex", case_file) is not None


def test_the_right_ends_with_the_office_files_at_once(who_may, case_file):
    with at(NOON):
        asked("alex", case_file)
        apply_office(OFFICE)
    with at(NOON):
        assert "alex" not in who_may("View", case_file)


def test_a_wall_that_is_built_later_stands(who_may, case_file):
    with at(NOON):
        asked("alex", case_file)
    with at(NOON):
        assert "alex" in who_may("View", case_file)
        with as_system():
            case_file.team = "b1"
            case_file.reindexObject()
            case_file.reindexObjectSecurity()
        processQueue()
    with at(NOON):
        assert "alex" not in who_may("View", case_file)


def test_who_represents_the_guest_is_none(who_may, office):
    case_file = a_case_file(team="a1")
    deputyship("tina", "alex")
    with at(NOON):
        asked("alex", case_file)
    with at(NOON):
        assert "tina" not in who_may("View", case_file)
    # And the right itself is the person's own.
    deputyship("arno", "alex")
    with at(NOON):
        assert isinstance(refused("arno", case_file.reference), NotAllowed)


def test_a_right_over_the_wall_is_refused_in_the_files(tmp_path, portal):
    with pytest.raises(OfficeFilesWrong) as caught:
        with_readers_elsewhere(tmp_path, "bert")
    (reason,) = caught.value.reasons
    assert reason.mapping == {"id": "bert", "place": "amt-a"}


def test_who_gets_the_right_past_the_files_is_told_to_the_head(office):
    with api.env.adopt_user(username="hanna"), as_system():
        api.group.add_user(groupname="department-amt-a-elsewhere", username="arno")
    assert [each.person for each in notable_entries("amt-a")] == ["arno"]
    case_file = a_case_file(team="a2")
    assert isinstance(refused("arno", case_file.reference), NotAllowed)


# Who is told


def told(person, verb=readings):
    with api.env.adopt_user(username=person):
        return [(each.person, each.reference) for each in verb()]


def test_the_lead_of_the_files_team_is_told_until_it_is_seen(case_file):
    with at(NOON):
        entry = asked("alex", case_file)
        said = [("alex", case_file.reference)]
        assert told("tom", unseen_readings) == told("tom") == said
        for other in ("anna", "tina", "hanna", "alex", "bert", "holger"):
            assert told(other) == [], other
            with api.env.adopt_user(username=other), pytest.raises(NoSuchReading):
                see_reading(entry.id)
    with at(MIDNIGHT), api.env.adopt_user(username="tom"):
        assert see_reading(entry.id).seen_by == "tom"
        assert unseen_readings() == ()
        (seen,) = readings()
        assert (seen.seen_by, seen.reason) == ("tom", REASON)


def test_of_what_the_lead_does_not_see_nothing_is_told(case_file):
    with at(NOON):
        asked("alex", case_file)
        put_out_of_sight(case_file)
        assert told("tom") == told("tom", unseen_readings) == []


def put_out_of_sight(case_file):
    with as_system():
        case_file.team = "a2"
        case_file.reindexObject()
        case_file.reindexObjectSecurity()


def noted(case_file):
    asked = Query(objects=(case_file.UID(),), kinds=(Kind.ELSEWHERE,))
    return getUtility(IJournal).find(asked).entries


def test_the_journal_says_who_why_and_until_when(case_file):
    with at(NOON):
        asked("alex", case_file)
    (entry,) = noted(case_file)
    assert (entry.who, entry.why, entry.reference) == (
        "alex",
        REASON,
        case_file.reference,
    )
    assert entry.details == {"until": "2027-03-10"}


def test_who_may_see_it_names_the_guest_and_the_day(case_file):
    with at(NOON):
        asked("alex", case_file)
        viewers = {viewer.why: viewer for viewer in who_may_see(case_file)}
        (member,) = viewers["guest"].members
        assert (member.id, member.cause.kind) == ("alex", "elsewhere")
        assert member.cause.until == NOON.date()
    with at(MIDNIGHT):
        assert "guest" not in {viewer.why for viewer in who_may_see(case_file)}
