from eakte.casefile.store import STORE_ID as CASE_FILES
from eakte.login.installing import install_login
from eakte.login.installing import remove_login
from eakte.mailitem.store import STORE_ID as MAIL
from eakte.org.memberships import install_plugin
from eakte.org.memberships import remove_plugin
from eakte.org.roles import INTEGRATION_ACCOUNT
from eakte.org.roles import MAILROOM_LEAD
from eakte.org.roles import QUALITY_CHECKER
from eakte.org.roles import SCAN_OPERATOR
from eakte.viewer.settings import set_for_office
from plone import api
from plone.dexterity.utils import createContentInContainer


WHO_ADDS = {
    MAIL: (SCAN_OPERATOR, QUALITY_CHECKER, MAILROOM_LEAD, INTEGRATION_ACCOUNT),
    CASE_FILES: ("Member",),
}


def prepare_site(setup_tool):
    """Do what no profile's file can say; again changes nothing."""
    portal = api.portal.get()
    create_stores(portal)
    set_for_office(portal)
    install_plugin()
    install_login()


def leave_site(setup_tool):
    """Take out what would stand in the way of every login without the product."""
    remove_plugin()
    remove_login()


KEPT_FROM_ADMINISTRATORS = (
    "Sharing page: Delegate roles",
    "CMFEditions: Access previous versions",
    "CMFEditions: Revert to previous versions",
    "FTP access",
    "Import/Export objects",
    "Manage properties",
    "View management screens",
    "WebDAV access",
)
"""Who may see what follows from the office; nobody shares it, nobody looks behind it."""


def create_stores(portal):
    """Create the two containers that everything lives in, once."""
    for store_id, portal_type, title in (
        (MAIL, "mail_store", "Posteingang"),
        (CASE_FILES, "case_file_store", "Akten"),
    ):
        if store_id not in portal:
            store = createContentInContainer(
                portal, portal_type, checkConstraints=False, id=store_id, title=title
            )
            store.exclude_from_nav = True
            store.reindexObject()
        store = portal[store_id]
        readers = ["Member", "Manager"]
        for permission in ("View", "Access contents information"):
            store.manage_permission(permission, readers, acquire=0)
        store.manage_permission("List folder contents", ["Manager"], acquire=0)
        store.manage_permission("Delete objects", [], acquire=0)
        for permission in KEPT_FROM_ADMINISTRATORS:
            store.manage_permission(permission, [], acquire=0)
        store.manage_permission("Add portal content", WHO_ADDS[store_id], acquire=0)
