"""The boxes with 100,000 letters and with 1,000, filtered, counted and watched too."""

from benchmarks.empty import EMPTY
from benchmarks.empty import register_empty
from benchmarks.figures import Bound
from benchmarks.figures import Figure
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace
from datetime import timedelta
from eakte.clock import today
from eakte.mailitem.senders import folded
from eakte.mailitem.states import State
from eakte.mailitem.store import mail_store
from eakte.org.interfaces import IOffice
from functools import partial
from plone import api
from plone.dexterity.utils import createContentInContainer
from Products.CMFCore.indexing import processQueue
from statistics import median
from urllib.parse import urlencode
from webtest import TestApp
from zope.component import getUtility

import re
import time
import uuid


FEW, MANY = 1_000, 100_000

DAYS = 150
"""Letters of so many days lie in a box: with many, 667 of each day."""

SENDERS = 500

WARM = 3
"""Looks before the first that counts."""

VIEWS = 7
"""Empty views after each look; their median counts."""

INDEXES = (
    "UID",
    "allowedRolesAndUsers",
    "department",
    "desk",
    "folded_sender",
    "mail_class",
    "number",
    "portal_type",
    "received",
    "review_state",
    "scan_status",
    "sortable_title",
    "team",
)
"""What the catalog has of the letters here."""

PIECE = 5000
"""Letters of one transaction while they are made."""


def every(number):
    """Whether a letter is meant where nothing is filtered."""
    return True


def unhurried(number):
    """Whether a letter is normal and came two days ago or earlier."""
    return number % 50 != 0 and number % DAYS >= 2


def of_senders(number):
    """Whether the letter's sender has a name that begins so: 111 of 500 have."""
    return f"{number % SENDERS}".startswith("4")


@dataclass(frozen=True)
class Looked:
    """A screen, or what an open screen asks for in between, and who looks at it."""

    what: str
    path: str
    person: str
    meant: Callable[[int], bool] = every
    """Whether the letter of a number is to be counted."""
    is_page: bool = True
    """Whether it has a frame and rows; a short answer has neither."""

    @property
    def limited_by(self):
        page = (
            "the frame and the rows of the page; the rest is " if self.is_page else ""
        )
        return f"{page}looking which leaves of the catalog's sets have changed"


def figures(office, folder, application, *, few=FEW, many=MANY, rounds=9):
    """Yield for each box the processor time with many letters ÷ that with few.

    The page shows as many letters either way. Before each look a letter has come in,
    so that no page is made of what was known before. Minutes lie between few and many,
    in which the machine may become slower: a look is counted in empty views of the same
    moment.
    """
    register_empty()
    screens = office.read(screens_of)
    there, seconds = 0, {}
    for number in (few, many):
        for begin in range(there, number, PIECE):
            piece = range(begin, min(begin + PIECE, number))
            office.store(partial(add_letters, numbers=piece))
        there = number
        for screen in screens:
            seconds[screen, number] = looked_at(
                office, application, screen, rounds, number
            )
    for screen in screens:
        before, after = seconds[screen, few], seconds[screen, many]
        yield Figure(
            f"processor time of {screen.what} with {many:,} letters ÷ with {few:,}",
            tuple(each.views / median(b.views for b in before) for each in after),
            Bound("≤", 1.5),
            f"{_said(after)} ÷ {_said(before)}, each with a letter that came in just "
            "before",
            screen.limited_by,
        )


@dataclass(frozen=True)
class Took:
    """One look."""

    seconds: float
    """Of processor time."""
    views: float
    """The same, counted in empty views of Plone."""


def _said(looks):
    seconds = median(each.seconds for each in looks)
    views = median(each.views for each in looks)
    return f"{seconds * 1000:.0f} ms ({views:.1f} empty views)"


def screens_of(site):
    """Return the screens and who works with them."""
    _department, team, desk, head = workplace()
    person, box = desk.people[0], f"/@@team-box?team={team.id}"
    filters = f"&class=normal&age=2&person={person}"
    asked = urlencode({"box": f"team-box:{team.id}:", "since": "", "count": "1"})
    return (
        Looked("a team's box", box, person),
        Looked(
            "a team's box by class, age and person", box + filters, person, unhurried
        ),
        Looked(
            "a team's box by sender", f"{box}&sender=absender+4", person, of_senders
        ),
        Looked("a desk", f"/@@my-desk?team={desk.id}", person),
        Looked("the mailroom's box", "/@@mailroom", ""),
        Looked("a department's counters", "/@@counters", head),
        Looked(
            "the figures of the navigation", "/@@desk-counts", person, is_page=False
        ),
        Looked(
            "what has come in since", f"/@@box-changes?{asked}", person, is_page=False
        ),
        Looked("the counters' numbers of now", "/@@counters-now", head, is_page=False),
    )


def workplace():
    """Return a department, a team, a desk of it and the department's head."""
    office = getUtility(IOffice)
    for department in office.departments():
        for team in office.teams(department.id):
            for desk in office.desks(team.id):
                if desk.people and department.head:
                    return department, team, desk, department.head[0]
    raise RuntimeError("Nobody works in the office.")


def looked_at(office, application, screen, rounds, number):
    """Return what each look ``Took``."""
    person = screen.person or office.person
    name, value = replace(office, person=person).cookie()
    browser = TestApp(application)
    headers = {"Cookie": f"{name}={value}", "Accept": "text/html"}
    path = f"/{office.site_id}{screen.path}"
    empty = f"/{office.site_id}/@@{EMPTY}"

    def asked(path):
        begin = time.process_time()
        answer = browser.get(path, headers=headers, status="2*")
        return time.process_time() - begin, answer

    for _ in range(WARM):
        asked(path)
        asked(empty)
    looks = []
    for _ in range(rounds):
        office.store(partial(add_letters, numbers=[number]))
        seconds, answer = asked(path)
        view = median(asked(empty)[0] for _ in range(VIEWS))
        looks.append(Took(seconds, seconds / view))
    refuse_if_wrong(answer.text, screen, number)
    return looks


def refuse_if_wrong(page, screen, number):
    """Stop the bench when the page, or the answer, does not count the letters."""
    figure = r":\s*(\d+)\s*[,}]" if page.startswith("{") else r">\s*(\d+)\s*<"
    shown = [int(each) for each in re.findall(figure, page)]
    meant = sum(map(screen.meant, range(number)))
    if max(shown, default=0) < meant:
        raise RuntimeError(f"{screen.what}: {meant} letters are not counted.")


def add_letters(site, numbers):
    """Add letters: for each number one at a desk and one in the mailroom.

    Only the catalog's rows are made; no box looks at more.
    """
    _department, team, desk, _head = workplace()
    places = (
        ("desk", State.ACCEPTED, {"team": team.id, "desk": desk.id}),
        ("room", State.CAPTURED, {}),
    )
    for name, state, fields in places:
        model = model_of(name, state, fields)
        for number in numbers:
            add_row(model, name, number)


def model_of(name, state, fields):
    """Return a real letter like those that are made."""
    store = mail_store()
    known = store.get(f"model-{name}")
    if known is not None:
        return known
    letter = createContentInContainer(
        store, "mail_item", checkConstraints=False, id=f"model-{name}", **fields
    )
    tool = api.portal.get_tool("portal_workflow")
    status = {"review_state": str(state), "action": "", "actor": "", "comments": ""}
    tool.setStatusOf("mail_item_workflow", letter, {**status, "time": None})
    tool["mail_item_workflow"].updateRoleMappingsFor(letter)
    letter.reindexObject()
    letter.reindexObjectSecurity()
    processQueue()
    return letter


class Row:
    """What the indexes ask a letter."""

    portal_type = "mail_item"


def add_row(model, name, number):
    """Add the catalog's row of a letter like the model."""
    tool = api.portal.get_tool("portal_catalog")
    catalog = tool._catalog
    of_model = tool.getrid("/".join(model.getPhysicalPath()))
    row = Row()
    for index in INDEXES:
        setattr(row, index, catalog.indexes[index].getEntryForObject(of_model))
    row.UID = uuid.uuid4().hex
    row.number = f"P-{name}-{number:07}"
    row.received = today() - timedelta(number % DAYS)
    row.mail_class = "deadline" if number % 50 == 0 else "normal"
    row.sender = f"Absender {number % SENDERS}"
    row.folded_sender = folded(row.sender)
    row.sortable_title = row.Title = f"Antrag {number}"
    said = {key: getattr(row, key, None) for key in catalog.schema}
    data = list(catalog.data[of_model])
    for key, at in catalog.schema.items():
        if said[key] is not None:
            data[at] = said[key]
    path = f"{'/'.join(mail_store().getPhysicalPath())}/{name}-{row.UID}"
    rid = catalog._v_nextid = getattr(catalog, "_v_nextid", of_model) + 1
    while not catalog.data.insert(rid, tuple(data)):
        rid = catalog._v_nextid = rid + 1
    catalog.paths[rid], catalog.uids[path] = path, rid
    catalog._length.change(1)
    for index in INDEXES:
        catalog.indexes[index].index_object(rid, row)
