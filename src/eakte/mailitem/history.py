from datetime import datetime
from datetime import UTC
from eakte.mailitem.content import IMailItem
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.interfaces import RoutingEntry
from eakte.mailitem.states import Transition
from eakte.org.representing import represented_at
from persistent.list import PersistentList
from plone import api
from zope.annotation.interfaces import IAnnotations
from zope.component import adapter
from zope.interface import implementer


KEY = "eakte.routing_history"


@implementer(IRoutingHistory)
@adapter(IMailItem)
class RoutingHistory:
    """Kept as an annotation; entries are frozen and only ever added."""

    def __init__(self, mail_item):
        self.mail_item = mail_item
        self.annotations = IAnnotations(mail_item)

    def entries(self):
        return tuple(self.annotations.get(KEY, ()))

    def append(self, step, why):
        if KEY not in self.annotations:
            self.annotations[KEY] = PersistentList()
        entries = self.annotations[KEY]
        last = entries[-1] if entries else None
        user = api.user.get_current()
        who = (user and user.getId()) or ""
        entries.append(
            RoutingEntry(
                step=step,
                who=who,
                when=datetime.now(UTC),
                from_team=last and last.to_team,
                from_desk=last and last.to_desk,
                to_team=self.mail_item.team,
                to_desk=self.mail_item.desk,
                why=why,
                acting_for=self._acting_for(who, step, last),
            )
        )

    def _acting_for(self, who, step, last):
        """Return for whom it is done: the work is whose desk had it, or takes it."""
        if step == Transition.ACCEPT:
            place = self.mail_item.team, self.mail_item.desk
        else:
            place = (last.to_team, last.to_desk) if last else (None, None)
        return (who and represented_at(who, *place)) or ""
