"""Case files that are closed to somebody, for tests."""

from ..builders import a_case_file
from ..builders import as_system
from .doors import a_striking_case_file
from .doors import a_striking_document
from .doors import a_striking_letter
from .doors import got_bare
from .doors import lists_nothing
from .doors import read_all
from .doors import tells
from eakte.access.barring import bar
from eakte.access.protecting import protect
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from plone import api

import re
import transaction


CIRCLE = frozenset({"anna", "alex"})
"""One of the team that has the case file, one of another team of the department."""


def protected(kind="vip", circle=CIRCLE, by="hanna", **fields):
    """Return a case file of team a1, protected by the head of the department."""
    case_file = a_case_file(**{"team": "a1"} | fields)
    with api.env.adopt_user(username=by):
        protect(case_file, kind, circle, "Wunsch der Leitung")
    return case_file


def barred_from(*people, by="hanna", **fields):
    """Return a case file of team a1 from which the people are barred."""
    case_file = a_case_file(**{"team": "a1"} | fields)
    with api.env.adopt_user(username=by):
        bar(case_file, people, "Befangen")
    return case_file


def made(portal):
    """A case file of team a1 with a document and a letter, at anna's desk."""
    with as_system():
        case_file = a_striking_case_file(desk="a1-1")
        document = a_striking_document(case_file)
        letter = file_into(a_striking_letter(State.ROUTED), case_file)
    read_all(portal)
    return case_file, document, letter


def made_and_protected(portal):
    """The same, for the circle alone."""
    contents = made(portal)
    with api.env.adopt_user(username="hanna"):
        protect(contents[0], "witness", CIRCLE, "Zeugenschutz")
    transaction.commit()
    return contents


def made_and_barred(portal):
    """The same; arno of the team, and rolf of the registry, are barred."""
    contents = made(portal)
    with api.env.adopt_user(username="hanna"):
        bar(contents[0], ["arno", "rolf"], "Befangen")
    transaction.commit()
    return contents


A_FEW = ("", "case-file", "@@page/1/180", "@@scan", "@who-may-see", "@@unknown-page")
"""One of each kind: for programs, a screen, an image, a file, what is not there."""


def alike(answer, name):
    """Return what of an answer can tell two addresses apart, but for the name."""
    # Tokens, dates and the like are different each time.
    text = re.sub(r"\b[0-9a-f]{32,}\b", "", answer.text.replace(name, "NAME"))
    kept = {"WWW-Authenticate", "Location", "Content-Type", "Cache-Control", "Allow"}
    headers = {k: v for k, v in answer.headers.items() if k in kept}
    return answer.status_code, text, headers


def tells_nothing(stranger, contents, got=got_bare):
    """Hold that no list tells of the case file, and no UID leads to it."""
    case_file = contents[0]
    names = case_file.getId(), case_file.reference
    lists_nothing(stranger, *names, got=got)
    for content in contents:
        answer = got(stranger, f"resolveuid/{content.UID()}")
        assert not tells(answer), answer.url
        said = answer.text + str(answer.headers)
        assert not [name for name in names if name in said], answer.url
