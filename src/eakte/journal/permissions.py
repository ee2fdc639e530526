"""Which roles may do what, before and after an administrator's request.

Who reads follows from places in the office, since the workflows give the right to roles
that follow from places. Zope's own pages can give it to other roles: to those that
administrators have, or that everybody has. That is refused; what else changes is noted
with old and new, and told to all heads and to those who answer for data protection.
"""

from AccessControl.Permission import getPermissions
from AccessControl.Permission import pname
from AccessControl.SecurityManagement import getSecurityManager
from Acquisition import aq_base
from dataclasses import dataclass
from eakte import _
from eakte.access.byhand import NOBODY_S
from eakte.casefile.store import STORE_ID as CASE_FILES
from eakte.errors import NotAllowed
from eakte.mailitem.store import STORE_ID as MAIL
from eakte.org.marking import mark
from eakte.org.principals import PERMISSIONS
from plone import api


TYPES = ("case_file", "mail_item", "case_document")

IN_ANOTHER = ("case_document_workflow",)
"""Workflows of what lies in a case file, and takes from there who reads it."""

OURS = "eakte: "
"""How the names of our permissions begin."""

NOBODY_HAS = frozenset(
    {
        "FTP access",
        "Import/Export objects",
        "List undoable changes",
        "Manage ZCatalog Entries",
        "Undo changes",
        "View management screens",
        "WebDAV access",
    }
)
"""Permissions to look behind the pages, as far as the profile has taken them away."""

LONGEST = 1_000
"""Characters that are told; the journal has all of it."""


@dataclass(frozen=True)
class Allowed:
    """Who has a permission somewhere."""

    roles: frozenset = frozenset()
    acquired: bool = True
    """Whether those have it too who have it above."""

    def __str__(self):
        roles = ", ".join(sorted(self.roles)) or "–"
        return f"{roles} (+)" if self.acquired else roles


def permissions_now():
    """Return ``{(where, permission): Allowed}``, and of each type its workflows."""
    portal = api.portal.get()
    found = {}
    for name in ("", CASE_FILES, MAIL):
        content = portal[name] if name else portal
        for key, value in vars(aq_base(content)).items():
            if key.endswith("_Permission"):
                found[f"/{name}", key] = _allowed(value)
    workflows = portal.portal_workflow
    for type_id in TYPES:
        chain = workflows.getChainForPortalType(type_id)
        found[type_id, "workflow"] = chain
        for workflow in filter(None, map(workflows.getWorkflowById, chain)):
            for state in workflow.states.objectValues():
                where = f"{workflow.getId()}/{state.getId()}"
                given = state.permission_roles or {}
                for permission in {*workflow.permissions, *given}:
                    value = given.get(permission, [])
                    found[where, permission] = _allowed(value)
    return found


def may_change_permissions():
    """Whether the user may do what changes them."""
    return bool(getSecurityManager().checkPermission("Manage portal", api.portal.get()))


def note_permissions(before, append):
    """Refuse what gives content to administrators or everybody; note the rest.

    :param before: what ``permissions_now`` said before the request.
    :param append: called with ``{where and permission: [old, new]}`` when anything
        changed.
    :raises NotAllowed: the request must change nothing.
    """
    now = permissions_now()
    changed = sorted(
        key for key in before.keys() | now.keys() if before.get(key) != now.get(key)
    )
    if not changed:
        return
    names = _names()
    for where, key in changed:
        old, new = before.get((where, key)), now.get((where, key))
        if _opens(where, names.get(key, key), old, new):
            raise NotAllowed(
                _(
                    "“${permission}” at ${where} is not given like this: who reads case "
                    "files and letters follows from places in the office, and not from "
                    "what somebody administers.",
                    mapping={"permission": names.get(key, key), "where": where},
                )
            )
    said = {
        f"{where}: {names.get(key, key)}": [
            _said(before.get((where, key))),
            _said(now.get((where, key))),
        ]
        for where, key in changed
    }
    append(said)
    text = "; ".join(f"{name}: {old} → {new}" for name, (old, new) in said.items())
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    mark(getSecurityManager().getUser().getId() or "", PERMISSIONS, text)


def _opens(where, permission, old, new):
    if where in TYPES:
        # Without its workflow, a new object opens to whoever the container opens to.
        return True
    old, new = old or Allowed(), new or Allowed()
    strangers = new.roles - old.roles - NOBODY_S
    if not where.startswith("/"):
        workflow = where.partition("/")[0]
        return bool(strangers) or (
            new.acquired and not old.acquired and workflow not in IN_ANOTHER
        )
    is_guarded = permission.startswith(OURS) or permission in NOBODY_HAS
    # In the site, one that said nothing before comes with a new version.
    is_new = where == "/" and old == Allowed()
    return (
        is_guarded
        and not is_new
        and bool(strangers or (new.acquired and not old.acquired))
    )


def _allowed(value):
    # A tuple says that nothing is acquired, a list that it is; None of a default.
    if value is None:
        return Allowed()
    roles = (value,) if isinstance(value, str) else value
    return Allowed(frozenset(roles), isinstance(value, list))


def _said(value):
    return (
        "–" if value is None else ", ".join(value) if _is_chain(value) else str(value)
    )


def _is_chain(value):
    return isinstance(value, tuple)


def _names():
    """Return ``{name of the attribute: permission}``."""
    return {pname(each[0]): each[0] for each in getPermissions()}
