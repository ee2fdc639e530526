"""A protected case file is there for its circle alone: person × kind × state × deed.

hanna, the head, protects a case file of team a1 and names anna of the team and alex of
another one. She is not in the circle herself, as little as the team's lead.
"""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..builders import put_in_state
from ..deputies import at
from ..deputies import deputyship
from ..deputies import EVERY
from .closed import CIRCLE
from .closed import protected
from .letters import a_letter_in
from .test_case_file_matrix import CASE_FILE
from .test_case_file_matrix import DOCUMENT
from .test_case_file_rights import a_document
from .test_matrix import DOES
from .test_matrix import SEES
from eakte.access import moving
from eakte.access.acting import acting_for
from eakte.access.closing import ClosingWrong
from eakte.access.closures import closures
from eakte.access.protecting import lift
from eakte.access.protecting import NoSuchCaseFile
from eakte.access.protecting import protect
from eakte.access.protecting import protected_case_file
from eakte.access.protecting import Protection
from eakte.access.seeing import who_may_see
from eakte.casefile.states import State as CaseFileState
from eakte.document.states import State as DocumentState
from eakte.errors import NotAllowed
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from eakte.org.applying import apply_office
from eakte.testing import OFFICE
from plone import api
from zope.component import getUtility

import pytest
import shutil


def circle_of(people):
    """Return who may what the people of a table's cell may else."""
    return set(CIRCLE) if people else set()


@pytest.mark.parametrize("kind", Protection)
@pytest.mark.parametrize("state", CaseFileState)
def test_the_circle_alone_sees_and_deals_with_it(who_may, who_finds, kind, state):
    case_file = protected(kind)
    put_in_state(case_file, "case_file_workflow", state)
    for deed, states in CASE_FILE.items():
        assert who_may(deed, case_file) == circle_of(states.get(state)), deed
    assert who_finds(case_file) == CIRCLE


@pytest.mark.parametrize("kind", Protection)
@pytest.mark.parametrize("state", DocumentState)
def test_a_document_in_it_is_the_circles(who_may, who_finds, kind, state):
    document = a_document(protected(kind), state)
    for deed, states in DOCUMENT.items():
        assert who_may(deed, document) == circle_of(states.get(state)), deed
    assert who_finds(document) == CIRCLE


@pytest.mark.parametrize("kind", Protection)
@pytest.mark.parametrize("state", [State.FILED, State.DONE])
def test_a_letter_in_it_is_the_circles(who_may, who_finds, kind, state):
    letter = a_letter_in(state, desk="a1-1")
    with api.env.adopt_user(username="hanna"):
        protect(letter.__parent__, kind, CIRCLE, "Wunsch der Leitung")
    for deed, states in {"View": SEES, **DOES}.items():
        assert who_may(deed, letter) == circle_of(states.get(state)), deed
    assert who_finds(letter) == CIRCLE


def test_what_comes_into_it_later_is_the_circles_at_once(who_may, who_finds):
    case_file = protected()
    letter = a_mail_item(State.ROUTED, team="a1")
    with api.env.adopt_user(username="anna"):
        filed = file_into(letter, case_file)
    assert who_may("View", filed) == who_finds(filed) == CIRCLE


def test_lifted_it_is_as_every_other_case_file(who_may, who_finds):
    case_file = protected()
    document = a_document(case_file)
    other = a_case_file(team="a1")
    with api.env.adopt_user(username="anna"):
        lift(case_file, "Nicht mehr nötig")
    for content in (case_file, document):
        for deed in ("View", "Modify portal content", "eakte: Read scan"):
            assert who_may(deed, content) == who_may(deed, other)
        assert who_finds(content) == who_finds(other)
    assert case_file.circle == ()
    assert not closures().circles_of("anna")


def test_another_team_changes_nothing_for_the_circle(who_may, who_finds):
    case_file = protected()
    document = a_document(case_file)
    with as_system():
        case_file.team = "a2"
        case_file.reindexObjectSecurity()
    assert who_may("View", document) == who_finds(document) == CIRCLE


def test_of_a_large_one_the_team_loses_everything_in_the_same_transaction(
    who_finds, monkeypatch
):
    case_file = a_case_file(team="a1")
    documents = [a_document(case_file) for _ in range(3)]
    monkeypatch.setattr(moving, "AT_ONCE", 1)
    with api.env.adopt_user(username="hanna"):
        protect(case_file, "witness", CIRCLE, "Zeugenschutz")
    assert who_finds(case_file) == CIRCLE
    for document in documents:
        assert not who_finds(document) - CIRCLE


def test_a_role_given_by_hand_opens_nothing(who_may, portal):
    case_file = a_case_file(team="a1")
    document = a_document(case_file)
    portal.manage_setLocalRoles("bert", ["Case Worker"])
    case_file.manage_setLocalRoles("arno", ["Team Lead"])
    with api.env.adopt_user(username="hanna"):
        protect(case_file, "vip", CIRCLE, "Wunsch der Leitung")
    assert who_may("View", case_file) == who_may("View", document) == CIRCLE


def test_a_role_by_hand_on_what_lies_in_it_opens_nothing(who_may, who_finds):
    case_file = a_case_file(team="a1")
    document = a_document(case_file)
    document.manage_setLocalRoles("arno", ["Team Lead"])
    document.manage_setLocalRoles("admin", ["Case Worker"])
    document.reindexObjectSecurity()
    assert {"arno", "admin"} <= who_may("View", document)
    with api.env.adopt_user(username="hanna"):
        protect(case_file, "vip", CIRCLE, "Wunsch der Leitung")
    assert who_may("View", document) == who_finds(document) == CIRCLE
    assert not document.get_local_roles()


def test_a_role_that_is_given_afterwards_opens_nothing(who_may, who_finds):
    case_file = protected()
    document = a_document(case_file)
    for content in (case_file, document):
        content.manage_setLocalRoles("arno", ["Team Lead"])
        content.reindexObjectSecurity()
    for content in (case_file, document):
        assert who_may("View", content) == who_finds(content) == CIRCLE


# Deputies


@pytest.mark.parametrize("deputy", ["arno", "tina"])
def test_the_deputy_of_somebody_in_the_circle_sees_nothing_of_it(
    who_may, who_finds, deputy
):
    case_file = protected(desk="a1-1")
    document = a_document(case_file)
    deputyship(deputy, "anna")
    for moment in EVERY:
        with at(moment):
            for content in (case_file, document):
                assert who_may("View", content) == CIRCLE, moment
                assert who_finds(content) == CIRCLE, moment


def test_who_is_in_the_circle_acts_for_nobody(portal):
    case_file = protected(desk="a1-1")
    deputyship("alex", "anna")
    for moment in EVERY:
        with at(moment):
            assert acting_for("alex", case_file) is None


# Who decides


def test_the_head_protects_and_nobody_else(portal):
    case_file = a_case_file(team="a1")
    for person in ("anna", "tom", "rolf", "rita", "bert", "holger", "lotte", "dora"):
        with api.env.adopt_user(username=person), pytest.raises(NotAllowed):
            protect(case_file, "vip", [person], "Weil ich es will")
    assert not case_file.protection


def test_the_circle_changes_itself_and_the_team_does_not(who_may):
    case_file = protected()
    with api.env.adopt_user(username="alex"):
        protect(case_file, "staff", ["alex", "tina"], "Anna wechselt")
    assert who_may("View", case_file) == {"alex", "tina"}
    for person in ("anna", "arno", "tom", "rolf", "bert"):
        with api.env.adopt_user(username=person), pytest.raises(NotAllowed):
            lift(case_file, "Neugier")


@pytest.mark.parametrize(
    ("circle", "kind", "reason", "reasons"),
    [
        ([], "vip", "Weil", 1),
        (["anna"], "", "Weil", 1),
        (["anna"], "geheim", "", 2),
        (["bert", "nobody", "lotte"], "vip", "Weil", 3),
        (["anna"], "vip", "x" * 501, 1),
        ([], "none", " ", 3),
    ],
)
def test_every_reason_against_a_circle_is_said(portal, circle, kind, reason, reasons):
    case_file = protected()
    with api.env.adopt_user(username="anna"), pytest.raises(ClosingWrong) as caught:
        protect(case_file, kind, circle, reason)
    assert len(caught.value.reasons) == reasons
    assert set(case_file.circle) == CIRCLE


def test_the_head_changes_the_circle_by_the_reference_and_sees_nothing(who_may):
    case_file = protected(circle=["anna"])
    with api.env.adopt_user(username="hanna"):
        found = protected_case_file(f" {case_file.reference} ")
        protect(found, "vip", ["arno"], "Anna verlässt das Amt")
    assert who_may("View", case_file) == {"arno"}


def test_nobody_else_learns_of_it_by_the_reference(portal):
    case_file = protected()
    plain = a_case_file(team="a1")
    for person in ("arno", "tom", "rolf", "rita", "bert", "holger", "dora", "lotte"):
        for reference in (case_file.reference, plain.reference, "10.1-99/1999", ""):
            with (
                api.env.adopt_user(username=person),
                pytest.raises(NoSuchCaseFile) as caught,
            ):
                protected_case_file(reference)
            assert len(caught.value.reasons) == 1
    with api.env.adopt_user(username="hanna"), pytest.raises(NoSuchCaseFile):
        protected_case_file(plain.reference)


def test_who_leaves_the_office_leaves_every_circle(who_may, tmp_path):
    case_file = protected(circle=["alex"])
    folder = shutil.copytree(OFFICE, tmp_path / "office")
    path = folder / "amt-a.yaml"
    text = path.read_text("utf-8").replace("people: [alex]", "people: [anna]")
    path.write_text(text, "utf-8")
    apply_office(folder)
    assert who_may("View", case_file) == set()
    with api.env.adopt_user(username="alex"), pytest.raises(NotAllowed):
        lift(case_file, "Ich bin noch da")
    with api.env.adopt_user(username="hanna"):
        protect(protected_case_file(case_file.reference), "vip", ["tom"], "Nachfolge")
    assert who_may("View", case_file) == {"tom"}


# What is told of it


def test_the_list_of_those_who_see_it_names_the_circle(portal):
    (viewer,) = who_may_see(protected())
    assert str(viewer.why) == "circle"
    assert viewer.people == ("Alex Arbeit", "Anna Arbeit")
    assert [member.cause for member in viewer.members] == [None, None]


def test_setting_changing_and_lifting_stand_in_the_journal(portal):
    case_file = protected("witness")
    with api.env.adopt_user(username="anna"):
        protect(case_file, "vip", ["anna"], "Alex ist befangen")
        protect(case_file, "vip", ["anna"], "Noch einmal dasselbe")
        lift(case_file, "Nicht mehr nötig")
    query = Query(objects=(case_file.UID(),), kinds=(Kind.RIGHTS,))
    told = [
        (entry.who, entry.why, entry.details["fields"])
        for entry in reversed(getUtility(IJournal).find(query).entries)
    ]
    assert told == [
        (
            "hanna",
            "Wunsch der Leitung",
            {"protection": [None, "witness"], "circle": [[], ["alex", "anna"]]},
        ),
        (
            "anna",
            "Alex ist befangen",
            {"protection": ["witness", "vip"], "circle": [["alex", "anna"], ["anna"]]},
        ),
        (
            "anna",
            "Nicht mehr nötig",
            {"protection": ["vip", None], "circle": [["anna"], []]},
        ),
    ]


def test_the_circle_looks_into_its_journal_and_nobody_else(who_may):
    case_file = protected()
    sees = who_may("View", case_file)
    assert who_may("eakte: View journal", case_file) & sees == CIRCLE


def test_a_copy_is_the_circles_too(who_may, who_finds, portal):
    case_file = protected()
    with as_system():
        copied = api.content.copy(case_file, case_file.__parent__)
    assert who_may("View", copied) == who_finds(copied) == CIRCLE


def test_the_book_forgets_a_case_file_that_is_gone(portal):
    case_file = protected()
    uid = case_file.UID()
    assert closures().protects(uid)
    with as_system():
        case_file.__parent__._delObject(case_file.getId())
    assert not closures().protects(uid)
    assert not closures().circles_of("anna")
