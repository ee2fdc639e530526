from BTrees.Length import Length
from BTrees.OOBTree import OOBTree
from eakte.org.deputyship import Deputyship
from eakte.org.interfaces import IDeputyships
from persistent import Persistent
from zope.interface import implementer


@implementer(IDeputyships)
class Deputyships(Persistent):
    """The book of deputyships and absences of the site.

    Ids come from nowhere in common and the count of changes adds up, so two
    people who enter something at once do not get in each other's way.
    """

    def __init__(self):
        self._entries = OOBTree()
        self._of_deputy = OOBTree()
        self._of_represented = OOBTree()
        self._absences = OOBTree()
        self.changes = Length()
        """Grows with every change, for those who remember an answer."""

    def add(self, entry):
        if isinstance(entry, Deputyship):
            self._note(self._of_deputy, entry.deputy, entry)
            self._note(self._of_represented, entry.represented, entry)
        else:
            self._note(self._absences, entry.person, entry)
        self._keep(entry)

    def replace(self, entry):
        if entry.id not in self._entries:
            raise KeyError(entry.id)
        self._keep(entry)

    def get(self, entry_id):
        return self._entries.get(entry_id)

    def by_deputy(self, person_id):
        return self._all(self._of_deputy, person_id)

    def by_represented(self, person_id):
        return self._all(self._of_represented, person_id)

    def absences(self, person_id):
        return self._all(self._absences, person_id)

    def _keep(self, entry):
        self._entries[entry.id] = entry
        self.changes.change(1)

    def _note(self, index, person, entry):
        index[person] = (*index.get(person, ()), entry.id)

    def _all(self, index, person):
        return tuple(self._entries[each] for each in index.get(person, ()))
