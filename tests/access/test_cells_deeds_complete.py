"""Every service that changes something is asked for in the matrix, or it is said why not.

A new one without a cell fails here: name its deed in ``restdeeds``, or ask for it in a
test of ``test_cells_deeds_site``.
"""

from .restdeeds import DEEDS
from .test_cells_deeds_many import ASKED as WITH_MANY
from .test_cells_deeds_site import ASKED as IN_THE_OFFICE
from .test_forms_lists import ASKED as TAKEN_ALONG
from .test_house import HOUSE
from eakte.casefile.content import ICaseFile
from eakte.document.content import ICaseDocument
from eakte.mailitem.content import IMailItem
from eakte.scans.interfaces import IHasScan
from zope.component import getGlobalSiteManager
from zope.interface import Interface

import pytest
import re


KINDS = {
    "case_file": (ICaseFile,),
    "case_document": (ICaseDocument, IHasScan),
    "mail_item": (IMailItem, IHasScan),
}

CHANGES = re.compile(r"(POST|PUT|PATCH|DELETE)_application_json_(@.*)")

ASKED_ELSEWHERE = {
    # The door itself: a password decides, see tests/login/test_gate.py.
    ("POST", "@login"),
    # Names no letter and no case file; by whom is asked in tests/org/test_noticing.py.
    ("PATCH", "@place-notices"),
}

OF_THE_SITE = WITH_MANY | IN_THE_OFFICE | TAKEN_ALONG | ASKED_ELSEWHERE

OF_PLONES_FILE = {"@scan-retry", "@scan-unlock", "@archive-copy"}
"""For Plone's own File, of which there is none among letters and case files: its rights
are asked for in tests/scans/test_files.py."""


def services():
    """Yield method, name and what it stands for of each service that changes something."""
    for each in getGlobalSiteManager().registeredAdapters():
        named = CHANGES.fullmatch(each.name)
        ours = getattr(each.info, "file", "").startswith(f"{HOUSE}/")
        if named and ours and each.provided is Interface:
            yield *named.groups(), each.required[0]


def asked_with(kind):
    """Return method and service of every deed that is tried with the kind."""
    deeds = ((each.method, each.below.partition("/")[0]) for each in DEEDS[kind])
    return {(method, name) for method, name in deeds if name.startswith("@")}


def kinds_with(interface):
    """Return the kinds of things that have a service which stands for the interface."""
    return [
        kind
        for kind, those in KINDS.items()
        if interface is None or any(each.isOrExtends(interface) for each in those)
    ]


def missing():
    for method, name, interface in services():
        kinds = kinds_with(interface)
        if not kinds:
            plones = interface.__name__ == "IFile" and name in OF_PLONES_FILE
            if not plones and (method, name) not in OF_THE_SITE:
                yield f"{method} {name} of {interface.__name__}"
        for kind in kinds:
            if (method, name) not in asked_with(kind):
                yield f"{method} {name} of {kind}"


def test_every_service_that_changes_something_is_asked_for(portal):
    assert sorted(missing()) == []


def test_there_is_no_service_that_is_asked_for_and_gone(portal):
    there = {(method, name) for method, name, _interface in services()}
    asked = {each for kind in KINDS for each in asked_with(kind)} | OF_THE_SITE
    assert asked <= there, asked - there


@pytest.mark.parametrize("interface", [IMailItem, IHasScan, ICaseFile, Interface])
def test_a_service_that_nobody_asks_for_is_found(portal, interface, monkeypatch):
    before, known = set(missing()), list(services())
    new = ("PUT", "@new", interface)
    monkeypatch.setitem(globals(), "services", lambda: [*known, new])
    found = set(missing()) - before
    assert found
    assert all(each.startswith("PUT @new of") for each in found)


@pytest.mark.parametrize("kind", KINDS)
def test_content_is_changed_and_deleted_by_the_methods_of_plone(kind):
    plain = {each.method for each in DEEDS[kind] if not each.below}
    assert {"PATCH", "DELETE"} <= plain
