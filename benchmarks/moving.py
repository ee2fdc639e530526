"""A case file with 18,000 documents goes to another team."""

from Acquisition import aq_base
from benchmarks.figures import Bound
from benchmarks.figures import Figure
from benchmarks.office import served
from copy import copy
from dataclasses import replace
from eakte.access.following import value_of
from eakte.access.rows import INDEX
from eakte.access.rows import rows_in
from eakte.casefile.opening import open_case_file
from eakte.filingplan.interfaces import IFilingPlan
from eakte.org.interfaces import IOffice
from eakte.org.principals import registry_group
from eakte.org.principals import team_group
from functools import partial
from http.client import HTTPConnection
from persistent.mapping import PersistentMapping
from plone import api
from plone.app.uuid.utils import uuidToObject
from plone.dexterity.utils import createContentInContainer
from plone.uuid.interfaces import ATTRIBUTE_NAME
from statistics import median
from zope.component import getUtility

import json
import time
import uuid


DOCUMENTS = 18_000
MOST_SECONDS = 1.0
"""A request may take so long."""

INDEXES = ("path", "UID", "portal_type", "review_state", INDEX)
"""What the catalog has of the documents here; a move changes the last one only."""

LEFT_OUT = ("id", "workflow_history", "__parent__", "__name__", "__annotations__")
"""What a copy does not take over as it is."""

PIECE = 1000
"""Documents of one transaction while they are made."""


def figures(office, folder, application, *, documents=DOCUMENTS, rounds=3):
    """Yield the seconds of the request ÷ what it may take, and of the job.

    The request is the registry's by REST, over HTTP; nothing of the case file is in
    the memory when it begins.
    """
    uid, person = office.store(opened_case_file)
    for begin in range(0, documents, PIECE):
        number = min(PIECE, documents - begin)
        office.store(partial(add_documents, uid=uid, begin=begin, number=number))
    requests, jobs = [], []
    spent, at_work = [], []
    with served(application) as address:
        cookie = replace(office, person=person).cookie()
        for _ in range(rounds):
            seconds, processor = moved(office, address, cookie, uid)
            requests.append(seconds)
            spent.append(processor)
            office.read(partial(refuse_if_too_many_see, uid=uid))
            office.db.cacheMinimize()
            begin = time.perf_counter(), time.process_time()
            office.worker(threads=0).work_once()
            jobs.append(time.perf_counter() - begin[0])
            at_work.append(time.process_time() - begin[1])
            office.read(partial(refuse_if_wrong, uid=uid))
    yield Figure(
        f"seconds of the request that gives a case file with {documents:,} documents to "
        f"another team ÷ {MOST_SECONDS:.0f} s",
        tuple(each / MOST_SECONDS for each in requests),
        Bound("≤", 1.0),
        f"{median(requests):.2f} s ÷ {MOST_SECONDS:.0f} s, {median(spent):.2f} s of "
        "them the processor's; the job that lets the new team's lists show them takes "
        f"{median(jobs):.1f} s afterwards, {median(at_work):.1f} s of them the "
        "processor's",
        "taking the old team out of the catalog's rows, bucket by bucket; the job: "
        "looking at each document's own rights",
    )


def opened_case_file(site):
    """Return the UID of a case file with one document, and who may move it."""
    office = getUtility(IOffice)
    unit = getUtility(IFilingPlan).units()[0]
    team = office.teams(unit.department)[0]
    case_file = open_case_file(unit=unit.id, title="Umfangreich", team=team.id)
    createContentInContainer(
        case_file, "case_document", checkConstraints=False, title="Vermerk", id="first"
    )
    registry = registry_group(unit.department)
    source = api.portal.get_tool("acl_users").source_groups
    return case_file.UID(), source.getGroupMembers(registry)[0]


def add_documents(site, uid, begin, number):
    """Add copies of the document, without the events that a person's deed has."""
    case_file = uuidToObject(uid, unrestricted=True)
    first = aq_base(case_file["first"])
    first._p_activate()
    catalog = api.portal.get_tool("portal_catalog")
    for at in range(begin, begin + number):
        twin = type(first)(f"document-{at}")
        state = {
            name: copy(value)
            for name, value in first.__dict__.items()
            if name not in LEFT_OUT
        }
        state["workflow_history"] = PersistentMapping(dict(first.workflow_history))
        twin.__dict__.update(state)
        setattr(twin, ATTRIBUTE_NAME, uuid.uuid4().hex)
        case_file._setOb(twin.id, twin)
        placed = case_file._getOb(twin.id)
        catalog.catalog_object(placed, idxs=list(INDEXES), update_metadata=0)


def moved(office, address, cookie, uid):
    """Let the next team of the department have the case file.

    :returns: ``(seconds, seconds of the processor)``; the second says what a machine
        that does nothing else would take at least.
    """
    url, team = office.read(partial(way_to, uid=uid))
    path = f"/{office.site_id}/{url}"
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "Cookie": "=".join(cookie),
    }
    office.db.cacheMinimize()
    connection = HTTPConnection(*address.split(":"))
    # The site itself is in the memory of a server that people work with.
    ask(connection, "GET", f"/{office.site_id}", headers=headers)
    body = json.dumps({"team": team, "desk": None})
    begin = time.perf_counter(), time.process_time()
    ask(connection, "PATCH", path, body, headers)
    end = time.perf_counter(), time.process_time()
    connection.close()
    return tuple(last - first for first, last in zip(begin, end, strict=True))


def ask(connection, method, path, body=None, headers=None):
    """Ask, and stop the bench when the answer is a refusal."""
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    said = answer.read()
    if answer.status >= 300:
        raise RuntimeError(f"{method} {path}: {answer.status} {said[:500]}")


def way_to(site, uid):
    """Return the case file's path in the site and the team that gets it."""
    case_file = uuidToObject(uid, unrestricted=True)
    office = getUtility(IOffice)
    first, second, *_ = office.teams(office.department_of(case_file.team))
    team = second.id if case_file.team == first.id else first.id
    return case_file.virtual_url_path().partition("/")[2], team


def stored(case_file):
    """Return who may see what lies in the case file, as the catalog has it."""
    index = api.portal.get_tool("portal_catalog").Indexes[INDEX]
    return [set(index.getEntryForObject(row)) for row in rows_in(case_file)]


def refuse_if_too_many_see(site, uid):
    """Stop the bench when a list would show something to the old team."""
    case_file = uuidToObject(uid, unrestricted=True)
    office = getUtility(IOffice)
    others = {
        f"user:{team_group(team.id)}"
        for team in office.teams()
        if team.id != case_file.team
    }
    if any(value & others for value in stored(case_file)):
        raise RuntimeError("The old team still finds what lies in the case file.")


def refuse_if_wrong(site, uid):
    """Stop the bench when the catalog does not say what Plone's indexer says."""
    case_file = uuidToObject(uid, unrestricted=True)
    wanted = set(value_of(case_file["first"]))
    if any(value != wanted for value in stored(case_file)):
        raise RuntimeError("The job left rows that are not right.")
