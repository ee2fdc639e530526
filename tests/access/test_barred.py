"""Deny beats allow: who is barred from a case file sees nothing of it, by no way at all.

Every kind of place in turn: a member of the team, its lead, the registry, the head, the
one at its desk; as a deputy, as a guest, in the circle.
"""

from ..builders import a_case_file
from ..builders import as_system
from ..builders import put_in_state
from ..deputies import at
from ..deputies import deputyship
from ..deputies import DURING
from ..deputies import EVERY
from .closed import barred_from
from .letters import a_letter_in
from .test_case_file_matrix import CASE_FILE
from .test_case_file_matrix import DOCUMENT
from .test_case_file_rights import a_document
from .test_matrix import DOES
from .test_matrix import SEES
from eakte.access.acting import acting_for
from eakte.access.barring import bar
from eakte.access.closing import ClosingWrong
from eakte.access.closures import closures
from eakte.access.protecting import protect
from eakte.access.seeing import who_may_see
from eakte.access.sharing import share
from eakte.casefile.states import State as CaseFileState
from eakte.clock import today
from eakte.document.states import State as DocumentState
from eakte.errors import NotAllowed
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.states import State
from eakte.org.applying import apply_office
from eakte.testing import OFFICE
from plone import api
from zope.component import getUtility
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent

import pytest
import re
import shutil
import transaction


EACH = ({"anna"}, {"tom"}, {"rolf"}, {"hanna"}, {"arno", "rolf", "tom"})
"""Who is barred: alone, and several."""


def bars(case_file, people):
    """Let hanna bar them; the lead does when she is meant herself."""
    with api.env.adopt_user(username="tom" if "hanna" in people else "hanna"):
        bar(case_file, people, "Befangen")


@pytest.mark.parametrize("people", EACH, ids=sorted)
@pytest.mark.parametrize("state", CaseFileState)
def test_the_others_deal_with_it_as_before(who_may, who_finds, people, state):
    case_file = a_case_file(team="a1", desk="a1-1")
    bars(case_file, people)
    put_in_state(case_file, "case_file_workflow", state)
    for deed, states in CASE_FILE.items():
        assert who_may(deed, case_file) == states.get(state, set()) - people, deed
    assert who_finds(case_file) == CASE_FILE["View"][state] - people


@pytest.mark.parametrize("people", EACH, ids=sorted)
@pytest.mark.parametrize("state", DocumentState)
def test_a_document_in_it_is_as_closed(who_may, who_finds, people, state):
    case_file = a_case_file(team="a1")
    document = a_document(case_file, state)
    bars(case_file, people)
    for deed, states in DOCUMENT.items():
        assert who_may(deed, document) == states.get(state, set()) - people, deed
    assert who_finds(document) == DOCUMENT["View"][state] - people


@pytest.mark.parametrize("people", EACH, ids=sorted)
@pytest.mark.parametrize("state", [State.FILED, State.DONE])
def test_a_letter_in_it_is_as_closed(who_may, who_finds, people, state):
    letter = a_letter_in(state)
    bars(letter.__parent__, people)
    for deed, states in {"View": SEES, **DOES}.items():
        assert who_may(deed, letter) == states.get(state, set()) - people, deed
    assert who_finds(letter) == SEES[state] - people


def test_it_is_one_case_file_and_no_other(who_may):
    barred_from("anna")
    assert "anna" in who_may("View", a_case_file(team="a1"))


def test_taken_back_everything_is_as_before(who_may, who_finds):
    case_file = barred_from("anna", "rolf")
    with api.env.adopt_user(username="tom"):
        bar(case_file, [], "Erledigt")
    sees = CASE_FILE["View"][CaseFileState.OPEN]
    assert who_may("View", case_file) == who_finds(case_file) == sees
    assert not closures().exclude()


def test_the_bar_goes_along_when_the_case_file_moves(who_may, who_finds):
    case_file = barred_from("rolf", "tina")
    document = a_document(case_file)
    with as_system():
        case_file.team = "a2"
        notify(ObjectModifiedEvent(case_file, Attributes(None, "team")))
    for content in (case_file, document):
        assert who_may("View", content) == who_finds(content) == {"alex", "hanna"}


def test_the_bar_goes_along_when_the_team_moves(who_may, who_finds, tmp_path):
    case_file = barred_from("tom")
    folder = shutil.copytree(OFFICE, tmp_path / "office")
    a, b = folder / "amt-a.yaml", folder / "amt-b.yaml"
    text = a.read_text("utf-8")
    begin, end = text.index("  - id: a1"), text.index("  - id: a2")
    b_text = b.read_text("utf-8").replace("teams:\n", "teams:\n" + text[begin:end])
    a.write_text(text[:begin] + text[end:], "utf-8")
    b.write_text(b_text, "utf-8")
    apply_office(folder)
    sees = {"anna", "arno", "holger"}
    assert who_may("View", case_file) == who_finds(case_file) == sees


def test_who_comes_new_to_the_team_sees_it(who_may, who_finds, tmp_path):
    case_file = barred_from("anna")
    folder = shutil.copytree(OFFICE, tmp_path / "office")
    path = folder / "amt-a.yaml"
    old, new = "people: [arno]", "people: [arno, alex]"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    apply_office(folder)
    assert "alex" in who_may("View", case_file) & who_finds(case_file)


# Deputies and guests


def test_the_barred_person_is_no_deputy_there(who_may, who_finds):
    case_file = barred_from("alex", desk="a1-1")
    document = a_document(case_file)
    deputyship("alex", "anna")
    for moment in EVERY:
        with at(moment):
            for content in (case_file, document):
                assert "alex" not in who_may("View", content) | who_finds(content)


def test_the_deputy_of_the_barred_person_does_not_come_in_for_it(who_may, who_finds):
    case_file = barred_from("anna", desk="a1-1")
    deputyship("alex", "anna")
    for moment in EVERY:
        with at(moment):
            assert "alex" not in who_may("View", case_file) | who_finds(case_file)
            assert acting_for("alex", case_file) is None


def test_the_deputy_of_a_colleague_does(who_may, who_finds):
    case_file = barred_from("anna", desk="a1-2")
    deputyship("alex", "arno")
    for moment in EVERY:
        with at(moment):
            assert ("alex" in who_may("View", case_file)) == (moment in DURING)
            assert ("alex" in who_finds(case_file)) == (moment in DURING)


def test_a_guest_who_is_barred_is_out_and_the_other_stays(who_may, who_finds):
    case_file = a_case_file(team="a1")
    for person in ("alex", "tina"):
        with api.env.adopt_user(username="anna"):
            share(case_file, person, today(), "Rückfrage")
    assert {"alex", "tina"} <= who_may("View", case_file) & who_finds(case_file)
    bars(case_file, {"alex"})
    for people in (who_may("View", case_file), who_finds(case_file)):
        assert "tina" in people
        assert "alex" not in people


def test_protected_it_has_no_guests(who_may, who_finds):
    case_file = a_case_file(team="a1")
    with api.env.adopt_user(username="anna"):
        share(case_file, "alex", today(), "Rückfrage")
    with api.env.adopt_user(username="hanna"):
        protect(case_file, "vip", ["arno"], "Wunsch der Leitung")
    assert who_may("View", case_file) == who_finds(case_file) == {"arno"}


def test_the_circle_and_the_barred_have_nobody_in_common(who_may):
    case_file = barred_from("anna")
    with api.env.adopt_user(username="hanna"):
        with pytest.raises(ClosingWrong):
            protect(case_file, "vip", ["anna", "arno"], "Wunsch der Leitung")
        protect(case_file, "vip", ["arno", "tom"], "Wunsch der Leitung")
    with api.env.adopt_user(username="arno"), pytest.raises(ClosingWrong):
        bar(case_file, ["anna", "tom"], "Befangen")
    assert who_may("View", case_file) == {"arno", "tom"}
    with api.env.adopt_user(username="arno"):
        bar(case_file, ["anna", "rolf"], "Befangen")
    assert who_may("View", case_file) == {"arno", "tom"}


# Who decides


@pytest.mark.parametrize("person", ["anna", "rolf", "rita", "tina", "bert", "lotte"])
def test_lead_and_head_bar_and_nobody_else(portal, person):
    case_file = a_case_file(team="a1")
    with api.env.adopt_user(username=person), pytest.raises(NotAllowed):
        bar(case_file, ["arno"], "Befangen")


def test_nobody_bars_himself_and_the_head_bars_the_lead(who_may):
    case_file = a_case_file(team="a1")
    with api.env.adopt_user(username="tom"), pytest.raises(NotAllowed):
        bar(case_file, ["tom"], "Ich bin befangen")
    bars(case_file, {"tom"})
    with api.env.adopt_user(username="tom"), pytest.raises(NotAllowed):
        bar(case_file, [], "Ich will doch")
    assert "tom" not in who_may("View", case_file)


def test_a_barred_head_protects_nothing(portal):
    case_file = a_case_file(team="a1")
    bars(case_file, {"hanna"})
    with api.env.adopt_user(username="hanna"), pytest.raises(NotAllowed):
        protect(case_file, "vip", ["hanna"], "Ich will hinein")


def test_every_reason_against_a_bar_is_said(portal):
    case_file = a_case_file(team="a1")
    with api.env.adopt_user(username="tom"), pytest.raises(ClosingWrong) as caught:
        bar(case_file, ["bert", "nobody"], "")
    assert len(caught.value.reasons) == 3
    assert case_file.barred == ()


def test_barring_stands_in_the_journal_with_its_reason(portal):
    case_file = barred_from("arno")
    with api.env.adopt_user(username="tom"):
        bar(case_file, [], "Erledigt")
    query = Query(objects=(case_file.UID(),), kinds=(Kind.RIGHTS,))
    newest, first = getUtility(IJournal).find(query).entries
    assert (first.who, first.why) == ("hanna", "Befangen")
    assert first.details["fields"] == {"barred": [[], ["arno"]]}
    assert (newest.who, newest.why) == ("tom", "Erledigt")
    assert newest.details["fields"] == {"barred": [["arno"], []]}


def test_the_list_of_those_who_see_it_leaves_them_out_and_says_no_more(portal):
    viewers = {viewer.id: viewer for viewer in who_may_see(barred_from("anna", "rolf"))}
    plain = {viewer.id: viewer for viewer in who_may_see(a_case_file(team="a1"))}
    assert viewers.keys() == plain.keys()
    for name, viewer in viewers.items():
        assert (viewer.title, viewer.why) == (plain[name].title, plain[name].why)
        left = {member.id for member in viewer.members}
        known = {member.id for member in plain[name].members}
        assert left == known - {"anna", "rolf"}


# Roles given by hand


def test_a_role_by_hand_on_what_lies_in_it_opens_nothing(who_may, who_finds):
    others = who_may("View", a_document(barred_from("arno")))
    case_file = a_case_file(team="a1")
    document = a_document(case_file)
    for person in ("arno", "bert", "admin"):
        document.manage_setLocalRoles(person, ["Case Worker"])
    document.reindexObjectSecurity()
    assert {"arno", "bert"} <= who_finds(document)
    bars(case_file, {"arno"})
    assert who_may("View", document) == who_finds(document) == others
    assert not document.get_local_roles()
    assert "arno" not in others


def test_a_role_that_is_given_afterwards_opens_nothing(who_may, who_finds):
    others = who_may("View", a_document(barred_from("arno")))
    case_file = barred_from("arno")
    document = a_document(case_file)
    for content in (case_file, document):
        content.manage_setLocalRoles("arno", ["Team Lead"])
        content.reindexObjectSecurity()
    for content in (case_file, document):
        assert who_may("View", content) == who_finds(content) == others
    assert "arno" not in others


@pytest.mark.parametrize("inside", [False, True])
def test_no_administrator_opens_it_again_by_a_role(ask, inside):
    case_file = barred_from("arno")
    content = a_document(case_file) if inside else case_file
    before = content.get_local_roles()
    assert give_by_hand(ask("admin"), content).status_code == 403
    transaction.begin()
    assert content.get_local_roles() == before


def test_no_administrator_gives_it_above_all_case_files(ask, functional_portal):
    for content in (functional_portal, functional_portal.akten):
        assert give_by_hand(ask("admin"), content).status_code == 403
        transaction.begin()
        assert "Case Worker" not in dict(content.get_local_roles()).get("admin", ())


def give_by_hand(client, content):
    """Let the administrator become a case worker there by a page of Zope's own."""
    form = client.get("@@eakte-organisation", headers={"Accept": "text/html"}).text
    token = re.search(r'name="_authenticator"[^>]*value="(\w+)"', form).group(1)
    body = {"userid": "admin", "roles:list": "Case Worker", "_authenticator": token}
    return client.post(
        f"{content.absolute_url()}/manage_setLocalRoles",
        data=body,
        headers={"Accept": "text/html"},
    )
