"""What administrators could give to themselves before that was refused is taken back.

Roles of the whole house that somebody has by hand, in the whole site or above case files
and letters; and secrets of logins that somebody has set, and knows: with one of them a
login can be made in anybody's name. Accounts that are called like a group are named:
they do nothing any more, and somebody should remove them.
"""

from Acquisition import aq_base
from Acquisition import aq_chain
from Acquisition import aq_inner
from eakte.access.byhand import given_by_hand
from eakte.access.byhand import NOBODY_S
from eakte.casefile.store import STORE_ID as CASE_FILES
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.login.namesakes import is_called_like_a_group
from eakte.mailitem.store import STORE_ID as MAIL
from eakte.upgrades.v2026112207.roles import follow_those
from plone import api
from zope.component import getUtility

import logging


logger = logging.getLogger("eakte.upgrades")


def upgrade(setup_tool):
    """Take it back and name it in log and journal; again changes nothing."""
    _out_of_the_site()
    follow_those(_off_the_stores())
    _forget_secrets()
    _name_accounts()


def _out_of_the_site():
    plugin = api.portal.get_tool("acl_users").portal_role_manager
    by_hand = given_by_hand(plugin)
    changed = {}
    for principal in sorted({each for each, _role in by_hand}):
        before = plugin._principal_roles[principal]
        kept = tuple(role for role in before if (principal, role) not in by_hand)
        plugin._principal_roles[principal] = kept
        changed[principal] = [sorted(before), sorted(kept)]
    _note("the whole site", changed)


def _off_the_stores():
    """Return the persons and groups that lost a role above case files and letters."""
    portal = api.portal.get()
    above = {
        aq_base(each): each
        for store in (portal[CASE_FILES], portal[MAIL])
        for each in aq_chain(aq_inner(store))
        if hasattr(aq_base(each), "get_local_roles")
    }
    lost = set()
    for container in above.values():
        changed = {}
        for principal, roles in container.get_local_roles():
            kept = [role for role in roles if role not in NOBODY_S]
            if len(kept) == len(roles):
                continue
            container.manage_delLocalRoles([principal])
            if kept:
                container.manage_setLocalRoles(principal, kept)
            changed[principal] = [sorted(roles), sorted(kept)]
        _note("/".join(container.getPhysicalPath()) or "/", changed)
        lost |= changed.keys()
    return lost


def _forget_secrets():
    """Let logins be signed by what the server makes itself; everybody logs in anew."""
    folder = api.portal.get_tool("acl_users")
    session, tokens = folder.get("session"), folder.get("jwt_auth")
    found = []
    if session is not None and session._shared_secret is not None:
        session._shared_secret = None
        found.append("session")
    if tokens is not None and not tokens.use_keyring:
        tokens.use_keyring = True
        tokens._secret = None
        found.append("jwt_auth")
    for name in found:
        logger.warning("The secret of %s that somebody had set is forgotten.", name)
        page = f"acl_users/{name}"
        getUtility(IJournal).append(Kind.CONFIGURED, page=page)


def _name_accounts():
    users = api.portal.get_tool("acl_users").source_users
    for person in users.listUserIds():
        if is_called_like_a_group(person):
            logger.warning(
                "The account %s is called like a group, and does nothing any more: "
                "remove it.",
                person,
            )


def _note(where, changed):
    for principal, (before, after) in sorted(changed.items()):
        taken = ", ".join(sorted(set(before) - set(after)))
        logger.warning("Taken from %s in %s: %s", principal, where, taken)
    if changed:
        getUtility(IJournal).append(Kind.CONFIGURED, page=where, roles=changed)
