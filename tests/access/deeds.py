"""What a deed is, and how it is held that nobody else does it.

The people of a cell whom the tables name do it, each with something of its own or with
one thing that bears it again and again; all others are refused, and nothing is written
to the database meanwhile.
"""

from ..builders import as_system
from .cells import DOERS
from .turns import Turns
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from itertools import count
from plone import api
from typing import Any
from zlib import crc32

import transaction


REASON = "Gehört nicht hierher"

A_MONDAY = date(2027, 4, 5)


def nothing(content):
    """Nothing has to be there before the deed."""
    return {}


@dataclass(frozen=True)
class Deed:
    """A request that changes something, and who may make it.

    Texts of address and body are filled in: ``{number}`` and ``{day}`` are
    others each time, ``{case_file}`` is the UID of an open case file, and what
    ``before`` has made is named by it.
    """

    name: str
    permission: str
    """A row of the tables."""
    step: str = ""
    """The step of the workflow that it takes, which not every state has."""
    method: str = "POST"
    below: str = ""
    """What is added to the address."""
    body: Any = None
    """What is said in JSON; bytes are a scan."""
    before: Callable = nothing
    """Given the content, lets be there what the deed is about, and names it."""
    again: bool = False
    """Whether one thing bears it as often as somebody likes."""
    only: Callable | None = None
    """Given the thing, the people that the row is narrowed to."""
    passes: tuple = (200, 201, 204)
    """The answers to whom the tables name."""
    refuses: tuple = (401, 403, 404, 409)
    writes: bool = True
    """Whether it writes each time."""
    anywhere: bool = True
    """Whether it is tried where the state has no such step."""
    shows: str = ""
    """A page that the refused are shown with the refusal, which is noted as reading."""

    def is_for(self, thing, somebody):
        """Whether the tables let the person do it with what is in this state."""
        if not is_possible(thing, self) or not thing.is_for(somebody, self.permission):
            return False
        return self.only is None or somebody.user in self.only(thing)

    def known(self, thing, office):
        """Return what fills the texts in, made for one person or for all refused."""
        number = next(NUMBERS)
        with as_system():
            made = self.before(thing.content)
        return {
            "number": number,
            "day": A_MONDAY + timedelta(weeks=number),
            "case_file": office.files["open"].uid,
            **made,
        }

    def asked(self, client, thing, known):
        """Make the request and return the answer."""
        url = f"{thing.url}/{self.below.format_map(known)}".rstrip("/")
        if isinstance(self.body, bytes):
            options = {
                "data": self.body,
                "headers": {"Content-Type": "application/pdf"},
            }
        else:
            options = {"json": filled(self.body, known)}
        return client.request(self.method, url, **options)

    def done_by(self, client, thing, known):
        """Make the request; return what a cell says of the answer, and the answer."""
        answer = self.asked(client, thing, known)
        # What a person who may do it is refused with can be the answer to others too.
        told = []
        if answer.status_code in self.passes:
            told.append("done")
        if answer.status_code in self.refuses:
            told.append("refused")
        return told, f"{answer.status_code} {answer.text[:300]}"


NUMBERS = count()


def filled(value, known):
    """Return the value with its texts filled in."""
    if isinstance(value, str):
        return value.format_map(known)
    if isinstance(value, dict):
        return {name: filled(each, known) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, known) for each in value]
    return value


EVERY = (1, 1)
"""Everybody tries every deed with everything."""

IN_TURN = (6, 1)
"""Of those to whom a thing does not exist, one of so many tries a deed, in turn; of those
who do it, everybody."""

BOTH_IN_TURN = (8, 4)
"""Of those who do it one of four, likewise: the same rules are asked by another door."""


def wrong_cells(office, clients, deeds, another, turns=EVERY):
    """Return the cells in which it is not as the tables say.

    :param another: returns a thing of the kind and state: one that all others are
        refused, one that bears what can be done again, and one for each other deed of
        those who do it.
    :param turns: so that the cells are shared out: over the states each person tries
        each deed.
    """
    # What was done over HTTP since then is seen from now on.
    transaction.begin()
    refused, bearing = another(), None
    own, named = {}, set()
    for number, deed in enumerate(deeds):
        who = [each for each in DOERS if deed.is_for(refused, each)]
        named |= {(deed.name, each) for each in who}
        for somebody in in_turn(who, refused, number, turns[1]):
            if deed.again:
                bearing = bearing or another()
            thing = bearing if deed.again else another()
            own[deed.name, somebody] = thing, deed.known(thing, office)
    about = {deed.name: deed.known(refused, office) for deed in deeds}
    transaction.commit()
    wrong = wrongly_done(office, clients, deeds, refused, named, about, turns)
    before = last_change(office)
    for somebody, client in clients.at_their_moments(DOERS):
        for deed in deeds:
            if (deed.name, somebody) not in own:
                continue
            seen, answer = deed.done_by(client, *own[deed.name, somebody])
            changed = last_change(office) != before
            if "done" not in seen or changed < deed.writes:
                wrong[f"{somebody}, {deed.name}, {refused}"] = changed, answer
            before = last_change(office)
    return wrong


def wrongly_done(office, clients, deeds, thing, named=(), about=None, turns=EVERY):
    """Return the cells in which something is not refused, or changes all the same.

    :param named: ``(deed, person)`` that are left out.
    :param about: what each deed is about, when that was made already.
    :param turns: as in ``wrong_cells``.
    """
    if about is None:
        transaction.begin()
        about = {deed.name: deed.known(thing, office) for deed in deeds}
        transaction.commit()
    strangers = [each for each in DOERS if not thing.is_for(each)]
    tries = [in_turn(strangers, thing, n, turns[0]) for n in range(len(deeds))]
    wrong = {}
    for somebody, client in clients.at_their_moments(DOERS):
        sees = somebody not in strangers
        for page in {deed.shows for deed in deeds if deed.shows and sees}:
            # It is noted once an hour: no refusal writes after this.
            client.get(f"{thing.url}/{page}", headers={"Accept": "*/*"})
        before = last_change(office)
        for number, deed in enumerate(deeds):
            if (deed.name, somebody) in named:
                continue
            # To whom the thing does not exist, one step is like the other: of those
            # that its state does not have none is tried.
            if not (sees and deed.anywhere) and not is_possible(thing, deed):
                continue
            if not sees and somebody not in tries[number]:
                continue
            seen, answer = deed.done_by(client, thing, about[deed.name])
            changed = last_change(office) != before
            if "refused" not in seen or changed:
                wrong[f"{somebody}, {deed.name}, {thing}"] = changed, answer
                before = last_change(office)
    return wrong


def in_turn(people, thing, number, of):
    """Return every so manieth of the people, others with each thing and deed."""
    if not Turns.are_taken:
        return people
    first = (crc32(str(thing).encode()) + number) % of
    return people[first % max(1, len(people)) :: of]


def is_possible(thing, deed):
    """Whether the thing's state has the step, if the deed takes one."""
    if not deed.step:
        return True
    tool = api.portal.get_tool("portal_workflow")
    (workflow,) = tool.getWorkflowsFor(thing.content)
    return deed.step in workflow.states[thing.state].transitions


def last_change(office):
    return office.portal._p_jar.db().lastTransaction()
