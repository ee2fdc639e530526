"""In a site of before, letters that are done say themselves who sees them from now on."""

from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from eakte.upgrades.v2026112302 import letters as saying
from plone import api
from tests.access.letters import a_letter_in
from tests.access.test_matrix import SEES
from tests.builders import a_mail_item
from tests.builders import as_system

import pytest
import transaction


PROFILE = "eakte:default"

SEE = ("View", "Access contents information", "eakte: Read scan")

PEOPLE = sorted(set().union(*SEES.values(), {"alex", "tina", "bert", "holger", "rita"}))


def workflow():
    return api.portal.get_tool("portal_workflow")["mail_item_workflow"]


def bring_up_to_date():
    setup = api.portal.get_tool("portal_setup")
    setup.setLastVersionForProfile(PROFILE, "20261123001")
    with as_system():
        setup.upgradeProfile(PROFILE)
    transaction.commit()


def who_sees(letter):
    found = set()
    for person in PEOPLE:
        with api.env.adopt_user(username=person):
            brains = api.portal.get_tool("portal_catalog")(UID=letter.UID())
            sees = api.user.has_permission("View", obj=letter)
        assert bool(brains) == sees, person
        found |= {person} if sees else set()
    return found


def says_itself(letter):
    return {isinstance(getattr(letter, saying_of(name), None), tuple) for name in SEE}


def saying_of(permission):
    return f"_{permission.replace(' ', '_').replace(':', '_')}_Permission"


@pytest.fixture
def before(functional_portal, monkeypatch):
    """A site whose letters are seen by those who see what they lie in, when done."""
    monkeypatch.setattr(saying, "PIECE", 1)
    state = workflow().states["done"]
    for permission in SEE:
        state.setPermission(permission, 1, [])
    accepted = workflow().states["accepted"]
    accepted.transitions = tuple(
        each for each in accepted.transitions if each != Transition.HAND_OVER
    )
    with as_system():
        filed = [a_letter_in(State.DONE) for _ in range(2)]
        stray = a_mail_item(State.DONE, team="a1", desk="a1-1", mail_class="personal")
        personal = a_mail_item(
            State.ACCEPTED, team="a1", desk="a1-1", mail_class="personal"
        )
    transaction.commit()
    yield filed, stray, personal
    transaction.abort()


def test_who_sees_a_letter_in_a_case_file_stays_and_no_other_is_opened(
    functional_portal, before
):
    filed, stray, personal = before
    for letter in (*filed, stray):
        assert says_itself(letter) == {False}
    assert who_sees(filed[0]) == SEES[State.DONE]
    assert who_sees(stray) != {"anna"}

    bring_up_to_date()
    # The hole is closed at once; the others follow, and are right meanwhile.
    assert who_sees(stray) == {"anna"}
    assert who_sees(filed[0]) == SEES[State.DONE]

    run_pending(functional_portal._p_jar.db(), work_folder())
    transaction.begin()
    for letter in (*filed, stray):
        assert says_itself(letter) == {True}
    assert [who_sees(each) for each in filed] == [SEES[State.DONE]] * 2

    with api.env.adopt_user(username="anna"):
        api.content.transition(personal, transition=Transition.HAND_OVER)
    assert who_sees(personal) == {"anna"}
    written = [letter._p_serial for letter in filed]
    transaction.commit()
    bring_up_to_date()
    run_pending(functional_portal._p_jar.db(), work_folder())
    transaction.begin()
    assert [letter._p_serial for letter in filed] == written
