"""A letter of team a1 in each of its states, where it lies then."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..builders import put_in_state
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State


def a_letter_in(state, team="a1", **fields):
    """Return a letter of the team; a filed one lies in a case file of the team."""
    if state not in (State.FILED, State.DONE):
        return a_mail_item(state, team=team, **fields)
    letter = a_mail_item(State.ROUTED, team=team, **fields)
    with as_system():
        letter = file_into(letter, a_case_file(team=team))
    if state == State.DONE:
        put_in_state(letter, "mail_item_workflow", state)
    return letter
