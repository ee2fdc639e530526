from BTrees.IOBTree import IOBTree
from eakte.org.interfaces import IOffice
from eakte.org.model import OfficePlan
from persistent import Persistent
from persistent.mapping import PersistentMapping
from zope.interface import implementer


@implementer(IOffice)
class Office(Persistent):
    """The plan in force, kept in the site as a local utility.

    Small, read on every check of a right and replaced as a whole, so one
    persistent object is right for it.
    """

    plan = OfficePlan()
    _history = None
    _notable = None
    _applications = None
    _files = None
    _folder = None
    _seen = None
    _seen_oneself = None

    def departments(self):
        return self.plan.departments

    def teams(self, department=None):
        return tuple(
            team
            for team in self.plan.teams
            if department is None or team.department == department
        )

    def desks(self, team=None):
        return tuple(
            desk for desk in self.plan.desks if team is None or desk.team == team
        )

    def department(self, department_id):
        return _by_id(self.plan.departments, department_id)

    def team(self, team_id):
        return _by_id(self.plan.teams, team_id)

    def desk(self, desk_id):
        return _by_id(self.plan.desks, desk_id)

    def department_of(self, team_id):
        team = self.team(team_id)
        return team and team.department

    def history(self):
        return tuple((self._history or {}).values())

    def note(self, entry):
        """Add a ``PlaceEntry`` to the history."""
        if self._history is None:
            self._history = IOBTree()
        self.index_notable()
        number = _append(self._history, entry)
        if entry.notable:
            self._notable[number] = entry

    def notable(self):
        """Return ``[(number in the history, entry)]`` of the notable ones, newest first.

        These lie by themselves: the history grows with everybody who comes and goes.
        """
        if self._notable is None:
            return _notable_of(self._history or {})[::-1]
        return list(self._notable.items())[::-1]

    def index_notable(self):
        """Let the notable entries lie by themselves; again changes nothing."""
        if self._notable is None:
            self._notable = IOBTree(_notable_of(self._history or {}))

    def seen(self):
        return dict(self._seen or {})

    def seen_oneself(self):
        return dict(self._seen_oneself or {})

    def note_seen(self, number, by, when):
        """Keep who has seen the notable entry of the history first, and when."""
        kept = "_seen_oneself" if by == self._history[number].person else "_seen"
        if getattr(self, kept) is None:
            setattr(self, kept, IOBTree())
        if number not in getattr(self, kept):
            getattr(self, kept)[number] = by, when

    def applications(self):
        return tuple((self._applications or {}).values())

    def note_application(self, application):
        """Keep that the files were applied."""
        if self._applications is None:
            self._applications = IOBTree()
        _append(self._applications, application)

    @property
    def files(self):
        """The texts of the files that are in force, by name."""
        return dict(self._files or {})

    def keep_files(self, files):
        """Keep the texts that the plan comes from. The same again changes nothing."""
        if self._files is None:
            self._files = PersistentMapping()
        _replace(self._files, files)

    def changed_beside(self, folder):
        """Return the names of the files that were changed elsewhere than in the folder.

        That is since a folder was applied last; when that is not known, all that the
        folder says otherwise. What it says already is left out: applying it undoes
        nothing.

        :param folder: the texts of the folder's files, by name.
        """
        known = self._folder or {}
        return tuple(
            name
            for name, text in sorted(self.files.items())
            if text != known.get(name) and text != folder.get(name)
        )

    @property
    def knows_folder(self):
        """Whether it is known what the folder said that was applied last."""
        return self._folder is not None

    def keep_folder(self, folder):
        """Keep what the folder said that was applied. The same again changes nothing."""
        if self._folder is None:
            self._folder = PersistentMapping()
        _replace(self._folder, folder)


def _replace(kept, files):
    if dict(kept) != files:
        kept.clear()
        kept.update(files)


def _append(entries, entry):
    number = entries.maxKey() + 1 if entries else 0
    entries[number] = entry
    return number


def _notable_of(history):
    return [(number, entry) for number, entry in history.items() if entry.notable]


def _by_id(things, wanted):
    return next((thing for thing in things if thing.id == wanted), None)
