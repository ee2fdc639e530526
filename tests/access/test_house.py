"""No page or service of the product is open to everybody by mistake."""

from AccessControl.PermissionRole import PermissionRole
from eakte.casefile.store import case_file_store
from eakte.casefile.store import ICaseFileStore
from eakte.mailitem.store import IMailStore
from eakte.mailitem.store import mail_store
from pathlib import Path
from plone import api
from zope.component import getGlobalSiteManager
from zope.interface import Interface
from zope.interface import providedBy
from zope.publisher.interfaces import IRequest

import eakte
import pytest


HOUSE = str(Path(eakte.__file__).parent)
"""Where the product's registrations are; a page without a class has only those."""


ASKS_ITSELF = {
    # These stand for our content and for Plone's File, which have different
    # rights, and answer a script's request with 401 instead of a login page.
    # That they do is in test_another_department.
    ("page", "IScanHolder"),
    ("page-text", "IScanHolder"),
    ("scan", "IScanHolder"),
    ("scan-status", "IScanHolder"),
    ("archive-copy", "IScanHolder"),
    ("dv_data", "IScanHolder"),
    ("dv-search.json", "IScanHolder"),
    ("dv-search.json", "IFile"),
    ("dv-page", "IScanHolder"),
    ("dv-page-text", "IScanHolder"),
    # On the site it would be everybody's; it finds what the catalog finds for the user.
    ("resolveuid", "Interface"),
    ("redirect-to-uuid", "Interface"),
}


FOR_EVERYBODY = {
    # The door, and the answer to whoever may not come in.
    ("login", "INavigationRoot"),
    ("insufficient-privileges", "INavigationRoot"),
    ("@login", "IPloneSiteRoot"),
    ("openid-login", "IPloneSiteRoot"),
    ("openid-return", "IPloneSiteRoot"),
    ("logout", "INavigationRoot"),
    # What is left of one's own session, of nobody's else.
    ("session-left", "IPloneSiteRoot"),
    ("session-stay", "IPloneSiteRoot"),
    # Leads to where the user's day begins, and tells nothing itself.
    ("desk", "IPloneSiteRoot"),
    # Lead from the stores to the boxes and to the search.
    ("listing_view", "IMailStore"),
    ("listing_view", "ICaseFileStore"),
    # Parts of pages: they say nothing but what the page that uses them gives them.
    ("eakte-box", "Interface"),
    ("eakte-case-file", "Interface"),
    ("eakte-fields", "Interface"),
    ("eakte-journal", "Interface"),
    ("eakte-macros", "Interface"),
    ("eakte-many", "Interface"),
    ("eakte-side", "Interface"),
}


EVERYBODYS = {"View", "Access contents information"}
"""Permissions that everybody has on the site."""


def views():
    """Yield registration and class of every page and service of the product."""
    for each in getGlobalSiteManager().registeredAdapters():
        for_request = len(each.required) == 2 and (
            each.required[1] is not None and each.required[1].isOrExtends(IRequest)
        )
        ours = getattr(each.info, "file", "").startswith(f"{HOUSE}/")
        # What stands for an error answers it and has no address.
        for_error = issubclass(getattr(each.required[0], "inherit", object), Exception)
        published = each.provided is Interface and each.name and not for_error
        if published and for_request and ours:
            yield each, each.factory


def address_of(registration):
    """Return the name in addresses and what the page or service stands for."""
    context = registration.required[0]
    name = registration.name.rpartition("_json_")[2]
    return name, "Interface" if context is None else context.__name__


def test_there_are_views_to_look_at(portal):
    names = {each.name for each, _ in views()}
    assert len(names) > 80
    assert "eakte-macros" in names


def test_every_page_and_service_has_a_permission(portal):
    public = {
        address_of(each)
        for each, factory in views()
        if not protected(factory) or is_everybodys(each, portal)
    }
    allowed = ASKS_ITSELF | FOR_EVERYBODY
    assert public == allowed, public ^ allowed


def protected(factory):
    roles = getattr(factory, "__roles__", None)
    return getattr(roles, "__name__", None) not in (None, "Public")


def is_everybodys(registration, site):
    """Whether it stands for the site, or for one of its two stores.

    And asks for what everybody has there.
    """
    context = registration.required[0]
    places = (site, mail_store(), case_file_store())
    open_to_all = context is None or any(
        providedBy(place).isOrExtends(context) for place in places
    )
    return open_to_all and registration.factory.__roles__.__name__ in EVERYBODYS


@pytest.mark.parametrize("store", [IMailStore, ICaseFileStore])
def test_a_page_of_a_store_that_everybody_may_see_is_found(portal, store):
    class Page:
        __roles__ = PermissionRole("View")

    site_manager = getGlobalSiteManager()
    site_manager.registerAdapter(Page, (store, IRequest), Interface, "a-page")
    try:
        (page,) = (
            each for each in site_manager.registeredAdapters() if each.factory is Page
        )
        assert is_everybodys(page, portal)
    finally:
        site_manager.unregisterAdapter(Page, (store, IRequest), Interface, "a-page")


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
