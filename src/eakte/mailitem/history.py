from datetime import datetime
from datetime import UTC
from eakte.mailitem.content import IMailItem
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.interfaces import RoutingEntry
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
        entries.append(
            RoutingEntry(
                step=step,
                who=(user and user.getId()) or "",
                when=datetime.now(UTC),
                from_team=last and last.to_team,
                from_desk=last and last.to_desk,
                to_team=self.mail_item.team,
                to_desk=self.mail_item.desk,
                why=why,
            )
        )
