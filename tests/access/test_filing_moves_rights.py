"""From filing on the case file decides who sees the letter."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import put_in_state
from .letters import a_letter_in
from eakte.errors import NotAllowed
from eakte.mailitem.content import IMailItem
from eakte.mailitem.filing import CannotBeFiled
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from plone import api
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent

import pytest


def test_a_letter_filed_by_the_registry_goes_to_the_other_team(who_may, who_finds):
    letter = a_mail_item(State.ROUTED, team="a1")
    case_file = a_case_file(team="a2")
    with api.env.adopt_user(username="rolf"):
        filed = file_into(letter, case_file)
    sees = {"alex", "tina", "rolf", "hanna"}
    assert who_may("View", filed) == sees
    assert who_may("eakte: Read scan", filed) == sees
    assert who_finds(filed) == sees


def test_a_personal_letter_is_not_filed_where_deputies_read(who_may):
    letter = a_mail_item(State.ROUTED, team="a1", desk="a1-1", mail_class="personal")
    case_file = a_case_file(team="a1")
    with api.env.adopt_user(username="anna"):
        with pytest.raises(CannotBeFiled, match="personal"):
            file_into(letter, case_file)
        assert api.content.get_state(letter) == State.ROUTED
        assert who_may("View", letter) == {"anna", "lotte"}
        letter.mail_class = "normal"
        notify(ObjectModifiedEvent(letter, Attributes(IMailItem, "mail_class")))
        filed = file_into(letter, case_file)
    assert who_may("View", filed) == {"anna", "arno", "tom", "rolf", "hanna"}


@pytest.mark.parametrize("name", ["mail_class", "IMailItem.mail_class"])
def test_a_filed_letter_does_not_become_personal(portal, name):
    """Neither from the form nor from the service."""
    filed = a_letter_in(State.FILED)
    filed.mail_class = "personal"
    with pytest.raises(CannotBeFiled, match="filed"):
        notify(ObjectModifiedEvent(filed, Attributes(IMailItem, name)))
    filed.mail_class = "urgent"
    notify(ObjectModifiedEvent(filed, Attributes(IMailItem, name)))


def test_nobody_files_into_a_case_file_of_another_team(portal):
    letter = a_mail_item(State.ROUTED, team="a1")
    case_file = a_case_file(team="a2")
    with api.env.adopt_user(username="anna"), pytest.raises(NotAllowed):
        file_into(letter, case_file)
    assert api.content.get_state(letter) == State.ROUTED
    assert letter.getId() in portal["posteingang"]


def test_nothing_is_filed_into_a_closed_case_file(portal):
    letter = a_mail_item(State.ROUTED, team="a1")
    case_file = a_case_file(team="a1")
    put_in_state(case_file, "case_file_workflow", "closed")
    with api.env.adopt_user(username="anna"), pytest.raises(CannotBeFiled):
        file_into(letter, case_file)
    assert letter.getId() in portal["posteingang"]


def test_filing_keeps_number_history_and_day_of_receipt(portal):
    letter = a_mail_item(State.ROUTED, team="a1")
    before = (letter.number, letter.UID(), letter.received)
    with api.env.adopt_user(username="anna"):
        filed = file_into(letter, a_case_file(team="a1"))
    assert (filed.number, filed.UID(), filed.received) == before


def test_the_old_address_does_not_tell_where_the_letter_went(ask):
    letter = a_mail_item(State.ROUTED, team="a1")
    old = letter.absolute_url()
    case_file = a_case_file(team="a1")
    with api.env.adopt_user(username="anna"):
        file_into(letter, case_file)
    for person in ("anna", "bert", None):
        answer = ask(person).get(old)
        assert answer.status_code == 404, person
        assert case_file.getId() not in answer.text + str(answer.headers)
        page = ask(person).get(old, headers={"Accept": "text/html"})
        assert page.status_code in (302, 404), person
        assert case_file.getId() not in page.text + str(page.headers)
