"""No page or service of the product is open to everybody by mistake."""

from plone import api
from zope.component import getGlobalSiteManager
from zope.interface import Interface
from zope.publisher.interfaces import IRequest

import pytest


ASKS_ITSELF = {
    # These stand for our content and for Plone's File, which have different
    # rights, and answer a script's request with 401 instead of a login page.
    # That they do is in test_another_department.
    "page",
    "page-text",
    "scan",
    "scan-status",
    "archive-copy",
    "download",
    "display-file",
    "dv_data",
    "dv-search.json",
    "dv-status.json",
    "dv-page",
    "dv-page-text",
}


FOR_EVERYBODY = {
    # The door, and the answer to whoever may not come in.
    "login",
    "insufficient-privileges",
}


def views():
    """Yield name and class of every page and service of the product."""
    for each in getGlobalSiteManager().registeredAdapters():
        factory = each.factory
        for_request = len(each.required) == 2 and (
            each.required[1] is not None and each.required[1].isOrExtends(IRequest)
        )
        ours = any(
            klass.__module__.startswith("eakte.")
            for klass in getattr(factory, "__mro__", ())
        )
        # What stands for an error answers it and has no address.
        for_error = issubclass(getattr(each.required[0], "inherit", object), Exception)
        published = each.provided is Interface and each.name and not for_error
        if published and for_request and ours:
            yield each.name, factory


def test_there_are_views_to_look_at(portal):
    assert len(list(views())) > 20


def test_every_page_and_service_has_a_permission(portal):
    public = {name for name, factory in views() if not protected(factory)}
    public = {name.rpartition("_json_")[2] for name in public}
    allowed = ASKS_ITSELF | FOR_EVERYBODY
    assert public <= allowed, public - allowed


def protected(factory):
    roles = getattr(factory, "__roles__", None)
    return getattr(roles, "__name__", None) not in (None, "Public")


def test_every_permission_that_is_asked_for_exists(portal):
    known = set(portal.possible_permissions())
    asked = {factory.__roles__.__name__ for _, factory in views() if protected(factory)}
    assert asked <= known, asked - known


@pytest.mark.parametrize(
    "permission",
    [
        "eakte: Read scan",
        "eakte: Check mail",
        "eakte: Route mail",
        "eakte: Accept mail",
        "eakte: File mail",
        "eakte: Set mail aside",
        "eakte: Block mail",
        "eakte: Settle mail",
        "eakte: Set by routing",
        "eakte: Add to case file",
        "eakte: Close case file",
        "eakte: Reopen case file",
        "eakte: Work on document",
        "eakte: Cancel document",
        "eakte: Share case file",
        "eakte: View case file metadata",
    ],
)
def test_what_a_workflow_grants_is_granted_nowhere_else(portal, permission):
    granted = [r["name"] for r in portal.rolesOfPermission(permission) if r["selected"]]
    assert granted == []
    assert not portal.acquiredRolesAreUsedBy(permission)


def test_the_administrator_has_no_role_of_the_office(portal):
    ours = {"Case Worker", "Team Lead", "Registry", "Mailroom Lead", "Scan Operator"}
    for group in api.group.get_groups():
        if group.getId() in ("Administrators", "Site Administrators"):
            assert not ours & set(group.getRoles())
