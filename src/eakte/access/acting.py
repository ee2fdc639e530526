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

    The letter's own desk decides first, then the case file's that it lies in. A
    protected case file is worked on by those of its circle, for nobody else; and nobody
    comes in through a person who is barred.
    """
    own = None
    chain = list(aq_chain(aq_inner(content)))
    case_file = next((each for each in chain if ICaseFile.providedBy(each)), None)
    if case_file is not None and case_file.protection:
        return None
    barred = () if case_file is None else case_file.barred
    for each in chain:
        if not (ICaseFile.providedBy(each) or IMailItem.providedBy(each)):
            continue
        if found := represented_at(person_id, each.team, each.desk):
            return None if found in barred else found
        own = {desk.id for desk in desks_at(person_id)} if own is None else own
        if each.desk in own:
            return None
    return None


@implementer(IActing)
class Acting:
    """The same for rooms that stand before this one."""

    def acting_for(self, person_id, content):
        return acting_for(person_id, content)
