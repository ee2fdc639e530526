"""Nobody's mail lies: from the desk of those who are away it goes back to the team.

So it does from a desk where nobody sits any more. A personal letter stays for those who
are away; where nobody sits nobody at all would see it, and the team must not: it is
blocked, and the head of the mailroom sees where it belongs.
"""

from AccessControl.users import system
from eakte import _
from eakte.clock import in_house_time
from eakte.clock import today
from eakte.jobs.interfaces import IDailyTask
from eakte.jobs.interfaces import Outcome
from eakte.mailitem.content import PERSONAL
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.routing import route
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import perform
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from eakte.org.representing import is_absent
from eakte.org.settings import IDeputySettings
from eakte.org.workdays import working_days_between
from functools import partial
from plone import api
from plone.app.uuid.utils import uuidToObject
from plone.registry.interfaces import IRegistry
from Products.CMFCore.indexing import processQueue
from zope.component import getUtility
from zope.i18n import translate
from zope.interface import implementer


WAITING = (State.ROUTED, State.ACCEPTED)


@implementer(IDailyTask)
class ReturnUntouched:
    """Brings back, once a day, what nobody touches."""

    def do(self, workplace):
        """Bring the letters back one by one: one that fails keeps no other."""
        for uid in workplace.read(lambda site: untouched()):
            if workplace.stopping:
                return Outcome.GO_ON
            workplace.store(partial(_bring_back, uid=uid))
        return Outcome.DONE


def untouched():
    """Return the UIDs of the letters that are to go back to their team's box today."""
    limit = _limit()
    catalog = api.portal.get_tool("portal_catalog")
    # A desk that the office no longer has may have letters.
    processQueue()
    away = [desk for desk in catalog.uniqueValuesFor("desk") if _is_deserted(desk)]
    if not limit or not away:
        return []
    brains = catalog.unrestrictedSearchResults(
        portal_type="mail_item", desk=away, review_state=[str(each) for each in WAITING]
    )
    return [
        brain.UID
        for brain in brains
        if _is_untouched(brain._unrestrictedGetObject(), limit)
    ]


def bring_back(mail_item):
    """Route the letter from its desk to the box of the same team, and say why.

    A personal one, at a desk where nobody sits, is blocked.
    """
    people = _people_at(mail_item.desk)
    if people:
        reason = _(
            "Nobody has touched it for ${days} working days, and ${names} is away.",
            mapping={
                "days": str(_limit()),
                "names": ", ".join(name_of(person) for person in people),
            },
        )
    else:
        reason = _(
            "Nobody has touched it for ${days} working days, and nobody sits at the "
            "desk.",
            mapping={"days": str(_limit())},
        )
    reason = translate(reason, target_language=api.portal.get_default_language())
    if mail_item.mail_class == PERSONAL:
        perform(mail_item, Transition.BLOCK, reason)
    else:
        route(mail_item, mail_item.team, reason=reason)


def _bring_back(site, uid):
    mail_item = uuidToObject(uid, unrestricted=True)
    # Somebody may have touched it since it was found.
    if mail_item is not None and _is_untouched(mail_item, _limit()):
        with api.env.adopt_user(user=system):
            bring_back(mail_item)


def _is_untouched(mail_item, limit):
    desk = mail_item.desk
    if not desk or not _is_deserted(desk):
        return False
    if mail_item.mail_class == PERSONAL and _people_at(desk):
        return False
    if getUtility(IOffice).team(mail_item.team) is None:
        # There is no box that it could come to.
        return False
    if api.content.get_state(mail_item) not in WAITING:
        return False
    touched = mail_item.modified().asdatetime()
    for entry in IRoutingHistory(mail_item).entries()[-1:]:
        touched = max(touched, entry.when)
    day = in_house_time(touched).date()
    return working_days_between(day, today()) >= limit


def _is_deserted(desk):
    """Whether all who sit at the desk are away: nobody does where the desk is gone."""
    return all(is_absent(person) for person in _people_at(desk))


def _people_at(desk):
    known = getUtility(IOffice).desk(desk)
    return known.people if known is not None else ()


def _limit():
    settings = getUtility(IRegistry).forInterface(IDeputySettings, check=False)
    return settings.return_after_working_days or 0
