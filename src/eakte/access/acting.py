"""Every act of a deputy is that of “B for A”: who A is follows from where the work lies."""

from Acquisition import aq_chain
from Acquisition import aq_inner
from eakte.access.interfaces import IActing
from eakte.casefile.content import ICaseFile
from eakte.mailitem.content import IMailItem
from eakte.org.places import desks_at
from eakte.org.representing import represented_at
from zope.interface import implementer


def acting_for(person_id, content):
    """Return the id of the one whom the person represents with this content, or None.

    The letter's own desk decides first, then the case file's that it lies in.
    """
    own = None
    for each in aq_chain(aq_inner(content)):
        if not (ICaseFile.providedBy(each) or IMailItem.providedBy(each)):
            continue
        if found := represented_at(person_id, each.team, each.desk):
            return found
        own = {desk.id for desk in desks_at(person_id)} if own is None else own
        if each.desk in own:
            return None
    return None


@implementer(IActing)
class Acting:
    """The same for rooms that stand before this one."""

    def acting_for(self, person_id, content):
        return acting_for(person_id, content)
