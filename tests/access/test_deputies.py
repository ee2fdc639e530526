"""A deputy before, during and after: person × state × deed × day, through every door.

alex of team a2 represents anna of team a1 for a week, see ``tests.deputies``. While it
holds, alex may what anna may at her desk; before and after nothing of it.
"""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..builders import put_in_state
from ..deputies import absence
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import DAY_AFTER
from ..deputies import deputyship
from ..deputies import DURING
from ..deputies import EVERY
from ..deputies import OUTSIDE
from ..deputies import with_standing_deputy
from .doors import a_striking_case_file
from .doors import a_striking_document
from .doors import a_striking_letter
from .doors import answers_as
from .doors import answers_nothing
from .doors import got
from .doors import lists_nothing
from .doors import read_all
from .letters import a_letter_in
from .test_case_file_matrix import CASE_FILE
from .test_case_file_matrix import DOCUMENT
from .test_case_file_rights import a_document
from .test_matrix import DOES
from .test_matrix import SEES
from eakte.access.acting import acting_for
from eakte.access.interfaces import IActing
from eakte.access.seeing import who_may_see
from eakte.casefile.states import State as CaseFileState
from eakte.document.states import State as DocumentState
from eakte.mailitem.accepting import accept
from eakte.mailitem.filing import file_into
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.routing import route
from eakte.mailitem.states import State
from plone import api
from zope.component import getUtility

import pytest
import transaction


def like_anna(people, moment):
    """Return the people of a table's cell at the moment: a deputy is like anna."""
    return people | {"alex"} if "anna" in people and moment in DURING else people


@pytest.fixture
def deputy(portal):
    return deputyship("alex", "anna")


@pytest.mark.parametrize("state", State)
def test_a_letter_is_seen_and_found_by_the_deputy_while_it_holds(
    who_may, who_finds, deputy, state
):
    letter = a_letter_in(state, desk="a1-1")
    for moment in EVERY:
        with at(moment):
            sees = like_anna(SEES[state], moment)
            assert who_may("View", letter) == sees, moment
            assert who_may("eakte: Read scan", letter) == sees, moment
            assert who_finds(letter) == sees, moment


@pytest.mark.parametrize("deed", DOES)
@pytest.mark.parametrize("state", State)
def test_a_deed_is_done_by_the_deputy_while_it_holds(who_may, deputy, state, deed):
    letter = a_letter_in(state, desk="a1-1")
    for moment in EVERY:
        with at(moment):
            may = like_anna(DOES[deed].get(state, set()), moment)
            assert who_may(deed, letter) == may, moment


@pytest.mark.parametrize("deed", CASE_FILE)
@pytest.mark.parametrize("state", CaseFileState)
def test_a_case_file_is_dealt_with_by_the_deputy(who_may, deputy, state, deed):
    case_file = a_case_file(team="a1", desk="a1-1")
    put_in_state(case_file, "case_file_workflow", state)
    for moment in EVERY:
        with at(moment):
            may = like_anna(CASE_FILE[deed].get(state, set()), moment)
            assert who_may(deed, case_file) == may, moment


@pytest.mark.parametrize("deed", DOCUMENT)
@pytest.mark.parametrize("state", DocumentState)
def test_a_document_is_dealt_with_by_the_deputy(who_may, deputy, state, deed):
    document = a_document(a_case_file(team="a1"), state)
    for moment in EVERY:
        with at(moment):
            may = like_anna(DOCUMENT[deed].get(state, set()), moment)
            assert who_may(deed, document) == may, moment


@pytest.mark.parametrize(
    "state", [s for s in State if s not in (State.FILED, State.DONE)]
)
@pytest.mark.parametrize("desk", [None, "a1-1"])
def test_a_personal_letter_is_never_the_deputys(
    who_may, who_finds, deputy, state, desk
):
    """It is never filed either: see ``test_filing_moves_rights``."""
    letter = a_letter_in(state, desk=desk, mail_class="personal")
    with at(DAY_AFTER):
        before = who_may("View", letter)
    with at(BETWEEN):
        assert who_may("View", letter) == before
        assert who_finds(letter) == before
        assert "alex" not in before


def test_a_blocked_letter_is_never_the_deputys(who_may, who_finds, deputy):
    letter = a_letter_in(State.BLOCKED, desk="a1-1")
    with at(BETWEEN):
        assert who_may("View", letter) == who_finds(letter) == {"lotte"}


def test_the_deputy_of_a_lead_has_no_rights_of_a_lead(who_may, portal):
    deputyship("alex", "anna")
    closed = a_case_file(team="a1", desk="a1-1")
    put_in_state(closed, "case_file_workflow", CaseFileState.CLOSED)
    with at(BETWEEN):
        alex = api.user.get(username="alex")
        assert "Team Lead" not in api.user.get_roles(user=alex, obj=closed)
        assert "Case Worker" in api.user.get_roles(user=alex, obj=closed)


def test_the_deputy_in_another_department_is_none(portal, who_may):
    deputyship("alex", "anna")
    letter = a_letter_in(State.ROUTED, team="b1")
    with at(BETWEEN):
        assert who_may("View", letter) == {"bert", "holger", "lotte"}


def test_no_object_is_reindexed_when_a_deputyship_begins_or_ends(functional_portal):
    letter = a_letter_in(State.ROUTED, desk="a1-1")
    deputyship("alex", "anna")
    transaction.commit()
    last = functional_portal._p_jar.db().lastTransaction()
    catalog = api.portal.get_tool("portal_catalog")
    for moment in EVERY:
        with at(moment), api.env.adopt_user(username="alex"):
            assert len(catalog(UID=letter.UID())) == (moment in DURING)
    transaction.commit()
    assert functional_portal._p_jar.db().lastTransaction() == last


# For whom


def test_who_acts_for_whom(deputy):
    letter = a_letter_in(State.ACCEPTED, desk="a1-1")
    filed = a_letter_in(State.FILED)
    document = a_document(a_case_file(team="a1", desk="a1-1"))
    elsewhere = a_letter_in(State.ROUTED, team="a2")
    for moment in EVERY:
        with at(moment):
            for content in (letter, filed, document):
                wanted = "anna" if moment in DURING else None
                assert acting_for("alex", content) == wanted
                assert acting_for("anna", content) is None
                assert acting_for("arno", content) is None
            assert acting_for("alex", elsewhere) is None
    with at(BETWEEN):
        assert getUtility(IActing).acting_for("alex", letter) == "anna"
        assert acting_for("alex", api.portal.get()) is None


def test_a_colleague_acts_for_the_desk_he_represents_and_for_himself_at_his_own(portal):
    deputyship("arno", "anna")
    hers = a_letter_in(State.ACCEPTED, desk="a1-1")
    his = a_letter_in(State.ACCEPTED, desk="a1-2")
    in_the_box = a_letter_in(State.ROUTED)
    with at(BETWEEN):
        assert acting_for("arno", hers) == "anna"
        assert acting_for("arno", his) is None
        assert acting_for("arno", in_the_box) is None
    # His own letter in a case file of her desk is still his own.
    with as_system():
        case_file = a_case_file(team="a1", desk="a1-1")
        filed = file_into(a_mail_item(State.ROUTED, team="a1", desk="a1-2"), case_file)
    with at(BETWEEN):
        assert acting_for("arno", filed) is None
        assert acting_for("arno", case_file) == "anna"


def test_the_routing_history_says_for_whom_a_deputy_did_it(deputy):
    letter = a_mail_item(State.ROUTED, team="a1")
    with at(BETWEEN), api.env.adopt_user(username="alex"):
        accept(letter)
        assert letter.desk == "a1-1"
        route(letter, "a2", reason="Gehört zu Team A2")
    with at(DAY_AFTER), api.env.adopt_user(username="alex"):
        accept(letter)
    steps = [
        (entry.step, entry.who, entry.acting_for)
        for entry in IRoutingHistory(letter).entries()
        if entry.step != "capture"
    ]
    assert steps == [
        ("accept", "alex", "anna"),
        ("route", "alex", "anna"),
        ("accept", "alex", ""),
    ]


def test_who_takes_a_letter_takes_it_to_the_own_desk_first(portal):
    deputyship("arno", "anna")
    letter = a_mail_item(State.ROUTED, team="a1")
    meant_for_her = a_mail_item(State.ROUTED, team="a1", desk="a1-1")
    with at(BETWEEN), api.env.adopt_user(username="arno"):
        accept(letter)
        accept(meant_for_her)
    assert (letter.desk, meant_for_her.desk) == ("a1-2", "a1-1")


def test_the_list_of_those_who_see_it_says_for_whom_and_until_when(deputy):
    case_file = a_case_file(team="a1", desk="a1-1")
    for moment in EVERY:
        with at(moment):
            viewers = {viewer.id: viewer for viewer in who_may_see(case_file)}
            assert {viewer.id: str(viewer.why) for viewer in viewers.values()} == {
                "team-a1": "team",
                "team-a1-lead": "lead",
                "desk-a1-1": "desk",
                "department-amt-a-head": "head",
                "department-amt-a-registry": "registry",
            }
            told = {member.id: member.cause for member in viewers["desk-a1-1"].members}
            assert told.pop("anna") is None
            assert set(told) == ({"alex"} if moment in DURING else set())
            for cause in told.values():
                assert (cause.kind, cause.person) == ("deputy", "anna")
                assert cause.until == deputy.last


# Through the doors


@pytest.fixture
def contents(functional_portal):
    """A letter at anna's desk, a case file of it and what lies in it."""
    with as_system():
        letter = a_striking_letter(State.ACCEPTED)
        case_file = a_striking_case_file(desk="a1-1")
        document = a_striking_document(case_file)
    deputyship("alex", "anna")
    read_all(functional_portal)
    return letter, case_file, document


@pytest.mark.parametrize("moment", OUTSIDE, ids=str)
def test_before_and_after_no_address_answers_the_deputy(ask, contents, moment):
    with at(moment):
        answers_nothing(ask("alex"), contents)
        lists_nothing(ask("alex"))


def test_meanwhile_every_address_answers_the_deputy_as_the_represented(ask, contents):
    with at(BETWEEN):
        answers_as(ask("alex"), ask("anna"), contents)


@pytest.mark.parametrize("moment", EVERY, ids=str)
def test_search_suggestions_boxes_images_and_counts_follow_the_days(
    ask, contents, moment
):
    letter = contents[0].absolute_url()
    holds = moment in DURING
    with at(moment):
        alex = ask("alex")
        found = alex.get("@search?SearchableText=Zebrawolle").json()
        assert found["items_total"] == (2 if holds else 0)
        suggested = alex.get("@case-file-suggestions?text=Zebulon").json()["items"]
        assert len(suggested) == holds
        assert alex.get("@mail-box?box=desk").json()["counts"]["accepted"] == holds
        image = got(alex, f"{letter}/@@page/1/180")
        assert image.ok == holds
        counts = got(alex, "@@desk-counts").json()
        assert counts["my-desk"] == holds


def test_a_standing_deputy_has_the_same_doors(ask, functional_portal, tmp_path):
    with_standing_deputy(tmp_path, "anna", "alex")
    letter = a_letter_in(State.ACCEPTED, desk="a1-1").absolute_url()
    absence("anna")
    for moment in EVERY:
        with at(moment):
            assert ask("alex").get(letter).ok == (moment in DURING)
