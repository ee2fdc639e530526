"""A case file is closed to more people, or to fewer: what follows from it."""

from dataclasses import dataclass
from eakte import _
from eakte.access.choosing import people_to_choose
from eakte.access.closures import note_closing
from eakte.access.interfaces import IClosingChanged
from eakte.access.moving import follow
from eakte.access.rows import INDEX
from eakte.access.rows import rows_in
from eakte.access.rows import still_right
from eakte.errors import EakteError
from eakte.org.places import name_of
from plone import api
from Products.CMFCore.indexing import processQueue
from zope.annotation.interfaces import IAnnotations
from zope.event import notify
from zope.globalrequest import getRequest
from zope.interface import implementer


LONGEST_REASON = 500
"""Characters."""

REMEMBERED = "borg.localrole.workspace.checkLocalRolesAllowed"
"""Under names that begin so, the request remembers who may do what where."""


class ClosingWrong(EakteError):
    """Nobody is protected or barred like this; nothing was changed."""


@implementer(IClosingChanged)
@dataclass(frozen=True)
class ClosingChanged:
    case_file: object
    changes: dict
    reason: str


def change_closing(case_file, reason, **said):
    """Set what is said of the case file, and let everything follow at once.

    What changes nothing is done by nobody and noted nowhere.

    :param reason: checked already, see ``reasons_against``.
    :param said: some of ``protection``, ``circle`` and ``barred``.
    """
    changes = {
        name: (getattr(case_file, name), new)
        for name, new in said.items()
        if getattr(case_file, name) != new
    }
    if not changes:
        return
    by_hand = _with_roles_by_hand(case_file)
    for name, new in said.items():
        setattr(case_file, name, new)
    # A role that somebody was given by hand, here or in the whole site, opens nothing.
    is_closed = bool(case_file.protection or case_file.barred)
    case_file.__ac_local_roles_block__ = is_closed or None
    if is_closed:
        for content in (case_file, *by_hand):
            _forget_roles_by_hand(content)
    note_closing(case_file)
    follow(case_file)
    _forget_answers()
    notify(ClosingChanged(case_file, changes, reason.strip()))


def reasons_against(case_file, people, reason, choose=people_to_choose):
    """Yield what is wrong with the people who are named, and with the reason.

    :param choose: returns those who can be meant.
    """
    if not (reason or "").strip():
        yield _("Say in a few words why.")
    elif len(reason) > LONGEST_REASON:
        yield _(
            "The reason is too long: at most ${count} characters.",
            mapping={"count": str(LONGEST_REASON)},
        )
    known = choose(case_file)
    for person in people:
        if person not in known:
            yield _(
                "“${id}” has no place in the department of the case file.",
                mapping={"id": person},
            )


def named(people):
    """Return the people's ids, each once, in the order of their names."""
    return tuple(sorted(dict.fromkeys(people), key=lambda each: (name_of(each), each)))


def forget_roles_by_hand(case_file):
    """Take out what stands on the case file and on all that lies in it.

    Wakes each of them, one after the other. That somebody made it opens nothing and
    stays.

    :returns: ``(object, {person or group: roles})`` of those that had any.
    """
    found = []
    catalog = api.portal.get_tool("portal_catalog")
    path = "/".join(case_file.getPhysicalPath())
    for brain in catalog.unrestrictedSearchResults(path=path):
        content = brain._unrestrictedGetObject()
        roles = dict(content.get_local_roles())
        by_hand = {who: each for who, each in roles.items() if set(each) != {"Owner"}}
        if by_hand:
            content.manage_delLocalRoles(list(by_hand))
            found.append((content, by_hand))
        elif not content._p_changed:
            content._p_deactivate()
    return found


def roles_of_user(case_file):
    """Return the user's roles on the case file, as they are computed now."""
    current = api.user.get_current()
    # The groups of who is logged in are those from the beginning of the request.
    user = api.user.get(userid=current.getId()) or current
    return frozenset(api.user.get_roles(user=user, obj=case_file))


def _forget_answers():
    """Let nothing be allowed in this request because it was a moment ago."""
    remembered = IAnnotations(getRequest(), {})
    for key in [key for key in remembered if str(key).startswith(REMEMBERED)]:
        del remembered[key]


def _with_roles_by_hand(case_file):
    """Return what lies in the case file and is seen by somebody who does not see that.

    The catalog tells: of a large case file not every object is woken.
    """
    processQueue()
    catalog = api.portal.get_tool("portal_catalog")
    granted = api.portal.get_tool("acl_users")._getAllLocalRoles(case_file)
    index = catalog.Indexes[INDEX]
    paths = (
        catalog.getpath(row)
        for row in rows_in(case_file)
        if len(value := index.getEntryForObject(row, ()))
        > len(still_right(value, granted))
    )
    found = (case_file.unrestrictedTraverse(path, None) for path in paths)
    return [content for content in found if content is not None]


def _forget_roles_by_hand(content):
    for principal in dict(content.get_local_roles()):
        content.manage_delLocalRoles([principal])
