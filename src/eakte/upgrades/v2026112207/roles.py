"""Roles of places that were given by hand before that was refused are taken out.

Given in the whole site, or above all case files and letters, such a role opened every
one of them. What stands on a closed case file, or on what lies in it, says nothing while
it is closed; it must not speak again on the day on which the case file is opened.
"""

from Acquisition import aq_base
from Acquisition import aq_chain
from Acquisition import aq_inner
from eakte.access.byhand import OF_PLACES
from eakte.access.closing import forget_roles_by_hand
from eakte.access.closures import closures
from eakte.access.moving import follow
from eakte.access.rows import INDEX
from eakte.access.rows import USER
from eakte.casefile.content import ICaseFile
from eakte.casefile.store import STORE_ID as CASE_FILES
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.mailitem.store import STORE_ID as MAIL
from plone import api
from zope.component import getUtility

import logging


logger = logging.getLogger("eakte.upgrades")


def upgrade(setup_tool):
    """Take them out and name them in log and journal; again changes nothing."""
    _out_of_the_site()
    follow_those(_off_the_stores())
    _out_of_closed_case_files()


def _out_of_the_site():
    plugin = api.portal.get_tool("acl_users").portal_role_manager
    changed = {}
    for principal, roles in list(plugin._principal_roles.items()):
        kept = tuple(role for role in roles if role not in OF_PLACES)
        if kept != tuple(roles):
            # Not role by role: one that the plugin no longer lists stays given else.
            plugin._principal_roles[principal] = kept
            changed[principal] = [sorted(roles), sorted(kept)]
    _note_configured("the whole site", changed)


def _off_the_stores():
    """Return the persons and groups that lost a role above case files and letters."""
    portal = api.portal.get()
    above = [
        each
        for store in (portal[CASE_FILES], portal[MAIL])
        for each in aq_chain(aq_inner(store))
        if hasattr(aq_base(each), "get_local_roles")
    ]
    lost = set()
    # Both stores have the site above them.
    for container in {aq_base(each): each for each in above}.values():
        changed = {}
        for principal, roles in container.get_local_roles():
            kept = [role for role in roles if role not in OF_PLACES]
            if len(kept) == len(roles):
                continue
            container.manage_delLocalRoles([principal])
            if kept:
                container.manage_setLocalRoles(principal, kept)
            changed[principal] = [sorted(roles), sorted(kept)]
        _note_configured("/".join(container.getPhysicalPath()) or "/", changed)
        lost |= changed.keys()
    return lost


def follow_those(principals):
    """Let the catalog show nobody what a role above it had opened."""
    if not principals:
        return
    catalog = api.portal.get_tool("portal_catalog")
    shown = [f"{USER}{principal}" for principal in sorted(principals)]
    done = ()
    brains = catalog.unrestrictedSearchResults(**{INDEX: shown})
    # A case file stands before what lies in it, and takes that along.
    for brain in sorted(brains, key=lambda brain: brain.getPath()):
        if brain.getPath().startswith(done):
            continue
        content = brain._unrestrictedGetObject()
        if ICaseFile.providedBy(content):
            follow(content)
            done = (*done, f"{brain.getPath()}/")
        else:
            content.reindexObjectSecurity()


def _out_of_closed_case_files():
    book = closures()
    for uid in book.case_files() if book is not None else ():
        case_file = api.content.get(UID=uid)
        if case_file is None:
            continue
        for content, roles in forget_roles_by_hand(case_file):
            said = [f"{who}: {', '.join(sorted(roles[who]))}" for who in sorted(roles)]
            path = "/".join(content.getPhysicalPath())
            logger.warning("Taken from %s: %s", path, "; ".join(said))
            getUtility(IJournal).append(
                Kind.RIGHTS, content, fields={"local_roles": [said, None]}
            )
        follow(case_file)


def _note_configured(where, changed):
    for principal, (before, after) in sorted(changed.items()):
        taken = ", ".join(sorted(set(before) - set(after)))
        logger.warning("Taken from %s in %s: %s", principal, where, taken)
    if changed:
        getUtility(IJournal).append(Kind.CONFIGURED, page=where, roles=changed)
