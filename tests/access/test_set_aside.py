"""A blocked or foreign letter is gone for those who had it, through every door."""

from ..builders import a_mail_item
from ..builders import as_system
from .doors import a_scan
from .doors import got
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.mailitem.setting_aside import set_aside
from eakte.mailitem.states import State
from plone import api

import pytest
import transaction


MAY = {State.BLOCKED: {"lotte"}, State.FOREIGN: {"lotte", "rolf"}}
"""Who still sees the letter that anna had accepted."""

ASKED = ("anna", "rolf", "lotte", "bert")
"""The former case worker, her registry, the mailroom's lead, another department."""

ADDRESSES = (
    "",
    "item",
    "@@page/1/180",
    "@@page-text/1",
    "@@scan",
    "@@scan-status",
    "documentviewer",
    "dv_data",
    "dv-search.json?q=Zebrawolle",
    "dv-page/1/normal",
    "dv-page-text/1",
    "@scan",
    "@pages",
)

SCREENS = {"item", "documentviewer"}
"""What people look at: a refusal leads to the form to log in, and nowhere else."""


@pytest.fixture
def a_letter_at(functional_portal):
    """Returns the letter that anna set aside, after its pages were read."""

    def a_letter_at(state):
        with as_system():
            letter = a_mail_item(
                State.ACCEPTED,
                title="Zebrastreifen",
                team="a1",
                desk="a1-1",
                scan=a_scan(),
            )
        transaction.commit()
        run_pending(functional_portal._p_jar.db(), work_folder())
        transaction.begin()
        with api.env.adopt_user(username="anna"):
            set_aside(letter, state, "Nicht für uns")
        return letter

    return a_letter_at


@pytest.mark.parametrize("person", ASKED)
@pytest.mark.parametrize("state", MAY)
def test_a_letter_set_aside_answers_those_who_may_and_nobody_else(
    ask, a_letter_at, state, person
):
    letter = a_letter_at(state).absolute_url()
    client = ask(person)
    answers = {address: got(client, f"{letter}/{address}") for address in ADDRESSES}
    if person in MAY[state]:
        wrong = {a for a, answer in answers.items() if answer.status_code != 200}
    else:
        wrong = {
            address
            for address, answer in answers.items()
            if not is_refused(address, answer) or "Zebra" in answer.text
        }
    assert not wrong, {address: answers[address].status_code for address in wrong}


def is_refused(address, answer):
    if address in SCREENS and answer.status_code == 302:
        return "/require_login?came_from=" in answer.headers["Location"]
    return answer.status_code in (401, 404)


@pytest.mark.parametrize("state", MAY)
def test_a_search_finds_a_letter_set_aside_for_those_who_may(ask, a_letter_at, state):
    a_letter_at(state)
    found = {
        person
        for person in ASKED
        for words in ("Zebrastreifen", "Zebrawolle")
        if ask(person).get(f"@search?SearchableText={words}").json()["items"]
    }
    assert found == MAY[state]
