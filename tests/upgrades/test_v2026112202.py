"""Case files of before open to guests, and say of themselves what records managers see."""

from eakte.access.guestbook import GuestBook
from eakte.access.guests import IGuestBook
from eakte.access.records import METADATA
from eakte.access.sharing import ISharingSettings
from plone import api
from plone.registry.interfaces import IRegistry
from Products.CMFCore.indexing import processQueue
from tests.access.test_case_file_rights import a_document
from tests.builders import a_case_file
from tests.builders import as_system
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.guests import shared
from zope.component import getUtility
from zope.component import queryUtility
from zope.component.hooks import getSite


PROFILE = "eakte:default"
BEFORE = "20261122002"
RECORD = f"{ISharingSettings.__identifier__}.longest_days"
WORKFLOW = "case_file_workflow"
READING = ("View", "Access contents information", "eakte: Read scan")


def index():
    processQueue()
    return api.portal.get_tool("portal_catalog").Indexes["allowedRolesAndUsers"]


def row_of(content):
    catalog = api.portal.get_tool("portal_catalog")
    return catalog.getrid("/".join(content.getPhysicalPath()))


def make_like_before(*contents):
    """Take out what the version brings: book, setting, role and rows."""
    getSite().getSiteManager().unregisterUtility(provided=IGuestBook)
    del getUtility(IRegistry).records[RECORD]
    workflow = api.portal.get_tool("portal_workflow")[WORKFLOW]
    for state in workflow.states.objectValues():
        for permission in READING:
            roles = state.permission_roles[permission]
            without = tuple(role for role in roles if role != "Guest")
            state.permission_roles[permission] = without
    for content in contents:
        if content.portal_type == "case_file":
            workflow.updateRoleMappingsFor(content)
        content.reindexObjectSecurity()
        row = row_of(content)
        stored = index().getEntryForObject(row)
        strange = [each for each in stored if "guest" in each or METADATA in each]
        index().unindex_objectKeywords(row, strange)
        index().documentToKeyMap()[row] = [e for e in stored if e not in strange]
    setup = api.portal.get_tool("portal_setup")
    setup.setLastVersionForProfile(PROFILE, BEFORE)


def test_guests_read_case_files_of_before_and_records_managers_find_them(portal):
    case_file = a_case_file(team="a1")
    document = a_document(case_file)
    processQueue()
    make_like_before(case_file, document)

    with as_system():
        api.portal.get_tool("portal_setup").upgradeProfile(PROFILE)

    assert isinstance(queryUtility(IGuestBook), GuestBook)
    assert getUtility(IRegistry).records[RECORD].value == 90
    group = f"user:guest-{case_file.UID()}"
    assert group in index().getEntryForObject(row_of(case_file))
    assert group in index().getEntryForObject(row_of(document))
    records = f"{METADATA}department-amt-a-records"
    assert records in index().getEntryForObject(row_of(case_file))
    assert records not in index().getEntryForObject(row_of(document))
    shared(case_file, "alex")
    catalog = api.portal.get_tool("portal_catalog")
    with at(BETWEEN), api.env.adopt_user(username="alex"):
        assert len(catalog(UID=[case_file.UID(), document.UID()])) == 2
        assert api.user.has_permission("View", obj=document)


def test_upgrading_again_keeps_the_book(portal):
    book = getUtility(IGuestBook)
    case_file = a_case_file(team="a1")
    entry = shared(case_file, "alex")
    setup = api.portal.get_tool("portal_setup")
    setup.setLastVersionForProfile(PROFILE, BEFORE)
    with as_system():
        setup.upgradeProfile(PROFILE)
    assert getUtility(IGuestBook) == book
    assert getUtility(IGuestBook).get(entry.id) == entry
