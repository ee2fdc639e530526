from BTrees.Length import Length
from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from eakte.access.guests import IGuestBook
from eakte.access.guests import Way
from itertools import islice
from persistent import Persistent
from zope.interface import implementer


@implementer(IGuestBook)
class GuestBook(Persistent):
    """The book of guests of the site.

    Ids come from nowhere in common and the count of changes adds up, so two people
    who enter something at once do not get in each other's way. The lists are in the
    order of days: what is over costs nothing.
    """

    def __init__(self):
        self._entries = OOBTree()
        self._of_person = OOBTree()
        self._of_file = OOBTree()
        self._elsewhere = OOBTree()
        self._unseen = OOBTree()
        self.changes = Length()
        """Grows with every change, for those who remember an answer."""

    def add(self, entry):
        last_day = f"{entry.until.isoformat()} {entry.id}"
        _list(self._of_person, entry.person).add(last_day)
        _list(self._of_file, entry.file).add(last_day)
        if entry.way == Way.ELSEWHERE:
            _list(self._elsewhere, entry.department).add(_moment(entry))
            _list(self._unseen, entry.department).add(_moment(entry))
        self._keep(entry)

    def replace(self, entry):
        if entry.id not in self._entries:
            raise KeyError(entry.id)
        if entry.seen is not None and entry.way == Way.ELSEWHERE:
            for unseen in self._unseen.values():
                if _moment(entry) in unseen:
                    unseen.remove(_moment(entry))
        self._keep(entry)

    def move(self, uid, department):
        for entry in self.of_file(uid):
            if entry.way == Way.ELSEWHERE:
                for lists in (self._elsewhere, self._unseen):
                    _move(lists, _moment(entry), department)

    def case_files_read_elsewhere(self):
        """Return the UUIDs of all case files that were ever read elsewhere."""
        lists = self._elsewhere.values()
        return {entry.file for keys in lists for entry in self._all(keys)}

    def get(self, entry_id):
        return self._entries.get(entry_id)

    def of_person(self, person_id, day):
        return self._lasting(self._of_person.get(person_id), day)

    def of_file(self, uid, day=None):
        return self._lasting(self._of_file.get(uid), day)

    def unseen(self, department, most):
        return self._all(islice(self._unseen.get(department) or (), most))

    def latest(self, department, most):
        keys = self._elsewhere.get(department)
        newest = reversed(keys.keys()) if keys else ()
        return self._all(islice(newest, most))

    def _lasting(self, keys, day):
        if not keys:
            return ()
        return self._all(keys.keys(min=day.isoformat()) if day else keys)

    def _all(self, keys):
        return tuple(self._entries[key.rpartition(" ")[2]] for key in keys)

    def _keep(self, entry):
        self._entries[entry.id] = entry
        self.changes.change(1)


def _list(lists, name):
    if name not in lists:
        lists[name] = OOTreeSet()
    return lists[name]


def _move(lists, key, name):
    """Take the key out of the list it is in, and put it into that of the name."""
    for known, keys in list(lists.items()):
        if known != name and key in keys:
            keys.remove(key)
            _list(lists, name).add(key)


def _moment(entry):
    return f"{entry.entered.isoformat(timespec='microseconds')} {entry.id}"
