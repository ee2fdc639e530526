"""Nobody's mail lies: from the desk of those who are away it goes back to the team."""

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
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from eakte.org.representing import is_absent
from eakte.org.settings import IDeputySettings
from eakte.org.workdays import working_days_between
from functools import partial
from plone import api
from plone.app.uuid.utils import uuidToObject
from plone.registry.interfaces import IRegistry
from zope.component import getUtility
from zope.i18n import translate
from zope.interface import implementer


WAITING = (State.ROUTED, State.ACCEPTED)


@implementer(IDailyTask)
class ReturnUntouched:
    """Brings back, once a day, what nobody touches. A personal letter stays."""

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
    away = [
        desk.id
        for desk in getUtility(IOffice).desks()
        if desk.people and all(is_absent(each) for each in desk.people)
    ]
    if not limit or not away:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(
        portal_type="mail_item", desk=away, review_state=[str(each) for each in WAITING]
    )
    return [
        brain.UID
        for brain in brains
        if _is_untouched(brain._unrestrictedGetObject(), limit)
    ]


def bring_back(mail_item):
    """Route the letter from its desk to the box of the same team, and say why."""
    desk = getUtility(IOffice).desk(mail_item.desk)
    reason = _(
        "Nobody has touched it for ${days} working days, and ${names} is away.",
        mapping={
            "days": str(_limit()),
            "names": ", ".join(name_of(person) for person in desk.people),
        },
    )
    language = api.portal.get_default_language()
    route(mail_item, mail_item.team, reason=translate(reason, target_language=language))


def _bring_back(site, uid):
    mail_item = uuidToObject(uid, unrestricted=True)
    # Somebody may have touched it since it was found.
    if mail_item is not None and _is_untouched(mail_item, _limit()):
        with api.env.adopt_user(user=system):
            bring_back(mail_item)


def _is_untouched(mail_item, limit):
    if mail_item.mail_class == PERSONAL or not mail_item.desk:
        return False
    if api.content.get_state(mail_item) not in WAITING:
        return False
    touched = mail_item.modified().asdatetime()
    for entry in IRoutingHistory(mail_item).entries()[-1:]:
        touched = max(touched, entry.when)
    day = in_house_time(touched).date()
    return working_days_between(day, today()) >= limit


def _limit():
    settings = getUtility(IRegistry).forInterface(IDeputySettings, check=False)
    return settings.return_after_working_days or 0
