"""Where resubmissions and deadlines lie, and how they are found without the objects."""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from persistent import Persistent
from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import getSite


KEY = "eakte.deadlines"

HIGHEST = "\uffff"


class Terms(Persistent):
    """All resubmissions and deadlines of a site; what is settled stays.

    No address leads here. Ids come from nowhere in common, so that people who enter
    something at once do not get in each other's way.
    """

    def __init__(self):
        # Never empty: BTrees merge what two writers add, but not to an empty tree.
        self._terms = OOBTree({"": None})
        self._of_object = OOTreeSet([("", "")])
        self._open_in_file = OOTreeSet([("", "")])
        self._open_of_team = OOTreeSet([("", "", "")])

    def keep(self, term):
        """Keep the term as it is now, in place of what was known under its id."""
        self._leave_lists(self._terms.get(term.id))
        self._terms[term.id] = term
        self._of_object.add((term.object, term.id))
        if term.is_open:
            self._open_of_team.add(_in_team(term))
            if term.file:
                self._open_in_file.add((term.file, term.id))

    def forget(self, uid):
        """Drop everything about the object: it is gone."""
        for term in self.of_object(uid):
            self._leave_lists(term)
            self._of_object.remove((uid, term.id))
            del self._terms[term.id]

    def get(self, term_id):
        """Return the term, or None."""
        return self._terms.get(term_id)

    def of_object(self, uid):
        """Return all terms of the object, the settled ones too, oldest first."""
        found = self._of_object.keys((uid, ""), (uid, HIGHEST))
        terms = [self._terms[term_id] for _, term_id in found]
        return sorted(terms, key=lambda term: term.notes[0].when)

    def open_in_file(self, uid):
        """Return the open terms of the case file and of all that lies in it."""
        found = self._open_in_file.keys((uid, ""), (uid, HIGHEST))
        return [self._terms[term_id] for _, term_id in found]

    def open_of_team(self, team, until=None):
        """Return the team's open terms, the first day first.

        :param until: only those that are to be done from that day on or earlier.
        """
        last = until.isoformat() if until else HIGHEST
        found = self._open_of_team.keys((team, "", ""), (team, last, HIGHEST))
        return [self._terms[term_id] for _, _, term_id in found]

    def _leave_lists(self, term):
        if term is None or not term.is_open:
            return
        self._open_of_team.remove(_in_team(term))
        if term.file:
            self._open_in_file.remove((term.file, term.id))


def _in_team(term):
    return term.team, term.shows_from.isoformat(), term.id


def terms():
    """Return the site's terms; nothing is written as long as there are none."""
    found = IAnnotations(getSite()).get(KEY)
    return Terms() if found is None else found


def terms_to_change():
    """Return the site's terms, made when there are none yet."""
    annotations = IAnnotations(getSite())
    if KEY not in annotations:
        annotations[KEY] = Terms()
    return annotations[KEY]
