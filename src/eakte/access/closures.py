"""Which case files are closed to whom: a book that answers without a single case file.

What is decided stands on the case file itself. The book is derived from it, so that the
groups of a person are found at once: it is asked with every request.
"""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from eakte.access.choosing import departments_worked_in
from eakte.access.granting import grants_of_case_file
from eakte.access.whereabouts import department_of_file
from eakte.org.principals import parts_of_exclusion
from persistent import Persistent
from plone import api
from plone.uuid.interfaces import IUUID
from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import getSite


KEY = "eakte.access.closures"

HIGHEST = "\uffff"


class Closures(Persistent):
    """The protected case files and those from which somebody is barred.

    Rows of flat sets: what two people add at once is merged by the database.
    """

    def __init__(self):
        # Never empty: BTrees merge what two writers add, but not to an empty tree.
        self._circles = OOTreeSet([("", "")])
        self._barred = OOTreeSet([("", "")])
        self._exclusions = OOTreeSet([("", "", "")])
        self._protected = OOTreeSet([""])
        self._rows = OOBTree({"": ()})

    def note(self, case_file):
        """Take over what the case file says now."""
        self._replace(IUUID(case_file), _rows_of(case_file))

    def forget(self, uid):
        """Drop everything about the case file: it is gone."""
        self._replace(uid, frozenset())

    def circles_of(self, person):
        """Return the UUIDs of the protected case files in whose circle the person is.

        Not of those behind a wall: the person or the case file may have another
        department since it was named.
        """
        rows = self._circles.keys((person, ""), (person, HIGHEST))
        uids = [uid for _, uid in rows]
        departments = departments_worked_in(person) if uids else ()
        return [uid for uid in uids if _reaches(departments, uid)]

    def circle_of(self, uid):
        """Return the ids of those in the circle of the case file, see ``circles_of``."""
        rows = self._rows.get(uid, ())
        people = [row[0] for name, row in rows if name == "_circles"]
        return [each for each in people if not self.is_closed_to(uid, each)]

    def exclusions_of(self, group):
        """Yield the ids of the exclusion groups in use that are made of the group."""
        exclusion = ""
        while True:
            # Many case files may use the same one: jump to the next.
            found = self._exclusions.keys((group, exclusion), (group, HIGHEST))
            row = next(iter(found), None)
            if row is None:
                return
            yield row[1]
            exclusion = row[1] + "\0"

    def exclude(self):
        """Whether anybody is barred from anything."""
        return self._exclusions.maxKey() != ("", "", "")

    def case_files(self):
        """Return the UUIDs of all case files that are protected or barred."""
        return [uid for uid in self._rows if uid]

    def barred_from(self, person):
        """Return the UUIDs of the case files from which the person is barred."""
        return [uid for _, uid in self._barred.keys((person, ""), (person, HIGHEST))]

    def protects(self, uid):
        """Whether the case file is protected."""
        return bool(uid) and uid in self._protected

    def closes(self, uid):
        """Whether the case file is protected, or somebody is barred from it."""
        return bool(uid) and uid in self._rows

    def is_closed_to(self, uid, person):
        """Whether the person is not in the circle of the case file, or is barred."""
        if (person, uid) in self._barred:
            return True
        if uid not in self._protected:
            return False
        if (person, uid) not in self._circles:
            return True
        return not _reaches(departments_worked_in(person), uid)

    def _replace(self, uid, rows):
        known = self._rows.get(uid, ())
        for name, row in set(known) - set(rows):
            getattr(self, name).remove(row)
        for name, row in set(rows) - set(known):
            getattr(self, name).add(row)
        if not rows:
            self._rows.pop(uid, None)
        elif set(known) != set(rows):
            self._rows[uid] = tuple(sorted(rows, key=repr))


def _reaches(departments, uid):
    """Whether who works in the departments is on the case file's side of the wall."""
    department = department_of_file(uid)
    # Not in the catalog: of what is new in this transaction no wall is known yet.
    return bool(departments) if department is None else department in departments


def _rows_of(case_file):
    uid = IUUID(case_file)
    rows = {("_barred", (person, uid)) for person in case_file.barred}
    if case_file.protection:
        rows.add(("_protected", uid))
        rows |= {("_circles", (person, uid)) for person in case_file.circle}
    if case_file.barred:
        for granted in grants_of_case_file(case_file):
            group, _persons = parts_of_exclusion(granted)
            rows.add(("_exclusions", (group, granted, uid)))
    return frozenset(rows)


def closures():
    """Return the site's book, or None as long as no case file was ever closed."""
    annotations = IAnnotations(getSite(), None)
    return None if annotations is None else annotations.get(KEY)


def closures_to_change():
    """Return the site's book, made when there is none yet."""
    annotations = IAnnotations(getSite())
    if KEY not in annotations:
        annotations[KEY] = Closures()
    return annotations[KEY]


def note_closing(case_file):
    """Let the book say of the case file what the case file says of itself."""
    if case_file.protection or case_file.barred or closures() is not None:
        closures_to_change().note(case_file)


def note_new(case_file, event):
    """A copy of a closed case file is closed too."""
    note_closing(case_file)


def note_gone(case_file, event):
    """The case file is gone, not only somewhere else."""
    if event.newParent is None and closures() is not None:
        closures_to_change().forget(IUUID(case_file))


def closed_among(places, person):
    """Return the UUIDs that must not be named to the person.

    They are of case files that are closed to it, and of what lies in these now.

    :param places: ``(UUID of an object, UUID of the case file or empty)``, as they were
        when something happened; the object may lie elsewhere now.
    """
    book = closures()
    if book is None:
        return frozenset()
    uids = {uid for place in places for uid in place if uid}
    closed = {uid for uid in uids if book.is_closed_to(uid, person)}
    catalog = api.portal.get_tool("portal_catalog")
    left = sorted(uids - closed)
    for brain in catalog.unrestrictedSearchResults(UID=left) if left else ():
        if book.is_closed_to(_uid_around(brain), person):
            closed.add(brain.UID)
    return frozenset(closed)


def lies_in_closed(brain):
    """Whether the catalog's object lies in a case file that is closed to somebody."""
    book = closures()
    return book is not None and book.closes(_uid_around(brain))


def _uid_around(brain):
    """Return the UUID of what the object lies in; empty when the catalog has it not."""
    catalog = api.portal.get_tool("portal_catalog")
    row = catalog.getrid(brain.getPath().rpartition("/")[0])
    return "" if row is None else catalog._catalog[row].UID
