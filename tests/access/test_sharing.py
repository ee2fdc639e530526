"""A case file is shared with a colleague: by whom, with whom, to the end of which day."""

from ..builders import a_case_file
from ..builders import put_in_state
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import DAY_AFTER
from ..deputies import deputyship
from ..deputies import ENTERED
from ..deputies import EVERY
from ..deputies import FIRST
from ..deputies import LAST
from ..deputies import LAST_SECOND
from ..guests import shared
from .test_case_file_matrix import CASE_FILE
from .test_case_file_matrix import DOCUMENT
from .test_case_file_rights import a_document
from datetime import timedelta
from eakte.access.barring import bar
from eakte.access.guests import IGuestBook
from eakte.access.protecting import protect
from eakte.access.seeing import who_may_see
from eakte.access.sharing import all_shares_of
from eakte.access.sharing import colleagues
from eakte.access.sharing import end_share
from eakte.access.sharing import holds_now
from eakte.access.sharing import ISharingSettings
from eakte.access.sharing import may_share
from eakte.access.sharing import NoSuchShare
from eakte.access.sharing import shares_of
from eakte.access.sharing import SharingWrong
from eakte.casefile.states import State
from eakte.document.states import State as DocumentState
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.org.applying import apply_office
from eakte.testing import OFFICE
from plone import api
from plone.registry.interfaces import IRegistry
from zope.component import getUtility

import pytest
import shutil


READS = {"View", "eakte: Read scan"}
"""All that a guest may."""

DAY_BEFORE_IT_WAS_SHARED = ENTERED - timedelta(days=1)


@pytest.fixture
def case_file(portal):
    return a_case_file(team="a1")


@pytest.mark.parametrize("deed", CASE_FILE)
@pytest.mark.parametrize("state", State)
def test_the_guest_reads_to_the_last_second_of_the_last_day_and_does_nothing(
    who_may, who_finds, case_file, state, deed
):
    put_in_state(case_file, "case_file_workflow", state)
    others = CASE_FILE[deed].get(state, set())
    shared(case_file, "alex")
    guest = {"alex"} if deed in READS else set()
    for moment in (*EVERY, DAY_BEFORE_IT_WAS_SHARED):
        holds = DAY_BEFORE_IT_WAS_SHARED < moment < DAY_AFTER
        with at(moment):
            wanted = others | guest if holds else others
            assert who_may(deed, case_file) == wanted, moment
            assert ("alex" in who_finds(case_file)) == holds, moment


@pytest.mark.parametrize("deed", DOCUMENT)
@pytest.mark.parametrize("state", DocumentState)
def test_what_lies_in_it_is_read_and_nothing_is_done_to_it(
    who_may, case_file, state, deed
):
    document = a_document(case_file, state)
    shared(case_file, "alex")
    others = DOCUMENT[deed].get(state, set())
    guest = {"alex"} if deed in READS and "anna" in others else set()
    with at(LAST_SECOND):
        assert who_may(deed, document) == others | guest
    with at(DAY_AFTER):
        assert who_may(deed, document) == others


@pytest.mark.parametrize("state", State)
def test_it_is_shared_by_those_who_work_with_it_and_their_lead(case_file, state):
    put_in_state(case_file, "case_file_workflow", state)
    shared(case_file, "tina")
    for person, may in {
        "anna": True,
        "arno": True,
        "tom": True,
        "rolf": False,
        "hanna": False,
        "tina": False,
        "alex": False,
        "bert": False,
        "rita": False,
        "dora": False,
    }.items():
        with at(BETWEEN), api.env.adopt_user(username=person):
            assert may_share(case_file) == may, person
        if not may:
            with pytest.raises(NotAllowed):
                shared(case_file, "alex", by=person)


def test_a_deputy_shares_for_the_represented_and_the_journal_says_so(case_file):
    deputyship("tina", "anna")
    case_file.desk = "a1-1"
    shared(case_file, "alex", by="tina", moment=BETWEEN)
    (entry,) = noted(case_file)
    assert (entry.who, entry.for_whom) == ("tina", "anna")


def reasons(case_file, person, until=LAST, **said):
    with pytest.raises(SharingWrong) as caught:
        shared(case_file, person, until=until, **said)
    return [str(reason.default or reason) for reason in caught.value.reasons]


@pytest.mark.parametrize(
    "person", ["bert", "oskar", "nobody", "", "arno", "tom", "rolf"]
)
def test_it_is_shared_with_colleagues_of_the_department_who_do_not_see_it(
    case_file, person
):
    assert len(reasons(case_file, person)) == 1
    assert not getUtility(IGuestBook).changes()


def test_who_can_be_chosen(case_file):
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["tina"], "Befangen")
    with api.env.adopt_user(username="anna"):
        assert set(colleagues(case_file)) == {"alex", "rita"}


def test_with_whom_is_barred_it_is_not_shared_and_nothing_says_why(case_file):
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["alex"], "Befangen")
    (reason,) = reasons(case_file, "alex")
    assert reason == "The case file cannot be shared with ${name}."


def test_a_protected_case_file_is_shared_by_nobody(case_file):
    with api.env.adopt_user(username="hanna"):
        protect(case_file, "vip", ["anna"], "Person des öffentlichen Lebens")
    with pytest.raises(NotAllowed):
        shared(case_file, "alex")


def test_everything_that_is_wrong_is_said_at_once(case_file):
    assert len(reasons(case_file, "", until=None, reason="x" * 501)) == 3


def test_a_day_that_is_over_or_too_far_is_refused(case_file):
    today = ENTERED.date()
    assert reasons(case_file, "alex", until=today - timedelta(days=1))
    assert reasons(case_file, "alex", until=today + timedelta(days=91))
    assert shared(case_file, "alex", until=today + timedelta(days=90))


def test_how_long_is_a_setting(case_file):
    settings = getUtility(IRegistry).forInterface(ISharingSettings)
    assert settings.longest_days == 90
    settings.longest_days = 7
    assert reasons(case_file, "alex", until=ENTERED.date() + timedelta(days=8))
    assert shared(case_file, "alex", until=ENTERED.date() + timedelta(days=7))


def ended(case_file, entry, person, moment=BETWEEN):
    with at(moment), api.env.adopt_user(username=person):
        return end_share(case_file, entry.id)


@pytest.mark.parametrize("person", ["anna", "tom"])
def test_who_shared_it_and_the_lead_end_it_at_once(who_may, case_file, person):
    entry = shared(case_file, "alex")
    assert ended(case_file, entry, person).ended_by == person
    with at(LAST_SECOND):
        assert "alex" not in who_may("View", case_file)
        assert shares_of(case_file) == ()
        assert [each.id for each in all_shares_of(case_file)] == [entry.id]
    with pytest.raises(WrongState):
        ended(case_file, entry, person)


@pytest.mark.parametrize("person", ["arno", "alex", "hanna", "tina"])
def test_others_do_not_end_it(case_file, person):
    entry = shared(case_file, "alex")
    with pytest.raises(NotAllowed):
        ended(case_file, entry, person)


def test_of_another_case_file_nothing_is_ended(case_file):
    entry = shared(case_file, "alex")
    with pytest.raises(NoSuchShare):
        ended(a_case_file(team="a1"), entry, "anna")


def test_shared_once_more_the_new_day_holds(who_may, case_file):
    shared(case_file, "alex", until=LAST)
    shared(
        case_file, "alex", until=FIRST, by="tom", moment=ENTERED + timedelta(hours=1)
    )
    with at(LAST_SECOND):
        assert "alex" not in who_may("View", case_file)
    assert len(all_shares_of(case_file)) == 2


def test_who_leaves_the_department_is_a_guest_no_longer(who_may, tmp_path):
    case_file = a_case_file(team="a1")
    shared(case_file, "alex")
    shutil.copytree(OFFICE, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "amt-a.yaml"
    text = file.read_text("utf-8").replace("people: [alex]", "people: []")
    file.write_text(text, "utf-8")
    apply_office(tmp_path)
    with at(BETWEEN):
        assert "alex" not in who_may("View", case_file)


def test_who_may_see_it_says_by_whom_and_from_when_to_when(case_file):
    shared(case_file, "alex")
    with at(BETWEEN):
        viewers = {viewer.why: viewer for viewer in who_may_see(case_file)}
        (member,) = viewers["guest"].members
    cause = member.cause
    assert (member.id, cause.kind, cause.person) == ("alex", "shared", "anna")
    assert (cause.since, cause.until) == (ENTERED.date(), LAST)


def noted(case_file):
    query = Query(objects=(case_file.UID(),), kinds=(Kind.SHARED,))
    return getUtility(IJournal).find(query).entries


def test_the_journal_keeps_sharing_and_its_end(case_file):
    entry = shared(case_file, "alex", reason="Vertretung im Verfahren")
    ended(case_file, entry, "tom")
    after, before = noted(case_file)
    assert (before.who, before.why) == ("anna", "Vertretung im Verfahren")
    assert before.details == {"person": "alex", "until": LAST.isoformat()}
    assert (after.who, after.details) == ("tom", {"person": "alex", "ended": "yes"})


def test_deny_beats_a_share(who_may, who_finds, case_file):
    shared(case_file, "alex")
    shared(case_file, "rita")
    with at(BETWEEN):
        assert {"alex", "rita"} <= who_may("View", case_file)
        with api.env.adopt_user(username="hanna"):
            bar(case_file, ["alex"], "Befangen")
    with at(BETWEEN):
        assert "alex" not in who_may("View", case_file)
        assert "alex" not in who_finds(case_file)
        assert "rita" in who_may("View", case_file)


def test_protection_ends_what_guests_see(who_may, who_finds, case_file):
    shared(case_file, "alex")
    with at(BETWEEN), api.env.adopt_user(username="hanna"):
        protect(case_file, "vip", ["anna"], "Person des öffentlichen Lebens")
    with at(BETWEEN):
        assert who_may("View", case_file) == who_finds(case_file) == {"anna"}
        (entry,) = all_shares_of(case_file)
        assert entry.holds(BETWEEN)
        assert not holds_now(case_file, entry)
