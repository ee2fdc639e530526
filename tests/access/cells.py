"""The cells of the matrix as they are asked over HTTP: who, when, of what, expected how.

What is expected comes from the tables of ``test_matrix`` and ``test_case_file_matrix``.
What days and closings change of it is said here: a deputy is like the represented
person, a guest reads, a circle shuts out all others, and deny beats allow.
"""

from ..builders import a_mail_item
from ..builders import as_system
from ..builders import put_in_state
from ..deputies import BETWEEN
from ..deputies import DAY_AFTER
from ..deputies import DAY_BEFORE
from ..deputies import deputyship
from ..deputies import FIRST_MINUTE
from ..guests import asked
from ..guests import shared
from ..guests import with_readers_elsewhere
from ..rest.client import Client
from .doors import a_striking_case_file
from .people import PEOPLE
from .test_case_file_matrix import CASE_FILE
from .test_case_file_matrix import DOCUMENT
from .test_case_file_matrix import STILL_READ
from .test_case_file_matrix import TEAM
from .test_case_file_rights import a_document
from .test_matrix import DOES
from .test_matrix import MAILROOM
from .test_matrix import SEES
from dataclasses import dataclass
from dataclasses import replace
from eakte.access.barring import bar
from eakte.access.protecting import protect
from eakte.casefile.states import State as CaseFileState
from eakte.document.states import State as DocumentState
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from plone import api
from tests.deputies import at
from typing import Any

import re
import transaction


DEPUTY, REPRESENTED = "alex", "anna"
"""A case worker of another team represents one of team a1 for a week."""

GUEST = "tina"
"""The lead of another team reads two case files of team a1."""

CIRCLE = frozenset({"anna", "tina"})
"""Who sees the protected case file: a represented person, a guest elsewhere."""

BARRED = frozenset({"anna"})

READING = frozenset({"View", "eakte: Read scan"})
"""All that a guest has."""

MOMENTS = {"before": DAY_BEFORE, "during": BETWEEN, "after": DAY_AFTER}


@dataclass(frozen=True)
class Somebody:
    """A person at a moment; nobody has logged in when ``user`` is None."""

    user: str | None
    when: str = "during"
    """A name of ``MOMENTS``."""

    def __str__(self):
        return f"{self.user or 'nobody'} {self.when}"


ASKED = (
    *(Somebody(person) for person in (*PEOPLE, None)),
    *(Somebody(person, when) for person in (DEPUTY, GUEST) for when in MOMENTS),
)
ASKED = tuple(dict.fromkeys(ASKED))
"""Everybody in the middle of the week, deputy and guest on the days around it too."""


DOERS = tuple(each for each in ASKED if each.user != GUEST or each.when == "during")
"""Whose deeds are tried. A guest has none; that there are none before is no news."""


@dataclass(frozen=True)
class Thing:
    """Something that cells are about."""

    kind: str
    """The portal type."""
    name: str
    """Its state and where it lies."""
    table: Any
    """``{permission: people}`` of those who have it, were nothing closed or shared."""
    content: Any
    file: str = ""
    """The case file in which it lies, or which it is: a name of ``FILES``."""
    state: str = ""
    url: str = ""
    uid: str = ""
    for_deputies: bool = True
    """Whether a deputy is like the represented person here."""

    def __str__(self):
        return f"{self.kind} {self.name}"

    def is_for(self, somebody, permission="View"):
        """Whether the person has the permission at the moment."""
        people = self.table.get(permission, set())
        if somebody.user == DEPUTY and not self.for_deputies:
            return DEPUTY in people
        return is_for(somebody, people, self.file, reading=permission in READING)


LETTER = {
    "title": "Zebrastreifen",
    "sender": "Zebrastreifen e. V.",
    "team": "a1",
    "desk": "a1-1",
}

PERSONALLY = frozenset({"anna", *MAILROOM})
"""Of whom the tables name, these deal with a personal letter of anna's desk."""

FILES = ("open", "closed", "protected", "barred")
"""Case files of team a1."""

WITH_A_GUEST = ("open", "closed")


def is_for(somebody, people, file="", *, reading=False):
    """Whether the person is one of a table's cell at the moment.

    :param file: the case file in which it is asked.
    :param reading: whether a guest has it.
    """
    if file == "protected":
        return bool(people) and somebody.user in CIRCLE
    shut_out = BARRED if file == "barred" else frozenset()
    if somebody.user in people - shut_out:
        return True
    if somebody.when != "during":
        return False
    if somebody.user == DEPUTY and REPRESENTED in people - shut_out:
        return True
    is_guest = somebody.user == GUEST and file in WITH_A_GUEST
    return bool(people) and is_guest and reading


SHARE, BAR, PROTECT = "eakte: Share case file", "bar", "protect"
ACT, LOOK_AFTER = "act", "look after"
JOURNAL, HAND_OVER = "eakte: View journal", "hand over"
"""Deeds that the tables have by role only, or that no permission stands for.

To act is to enter and settle resubmissions and deadlines; to look after is to have a
scan read once more, or to unlock it. Only a personal letter is handed over.
"""

WRITE = "Modify portal content"

WITH_JOURNALS = {"tom", "hanna", "lotte"}
"""Who reads the journal of what they see: lead, head and the mailroom's lead."""


def of_letter(state, file=""):
    """Return what the table says of a letter in the state."""
    sees = dict.fromkeys(READING, SEES[state])
    sees[JOURNAL] = SEES[state] & WITH_JOURNALS
    if file == "closed":
        return sees
    does = {deed: states.get(state, set()) for deed, states in DOES.items()}
    writes = does[WRITE]
    does[LOOK_AFTER] = SEES[state] & (writes | does["eakte: Set mail aside"])
    does[ACT] = writes | CASE_FILE[WRITE][CaseFileState.OPEN] if file else writes
    return sees | does


def of_case_file(name):
    """Return what the table says of a case file with the name."""
    state = _file_state(name)
    table = {deed: states.get(state, set()) for deed, states in CASE_FILE.items()}
    return table | {
        SHARE: TEAM if name != "protected" else set(),
        BAR: {"tom", "hanna"},
        PROTECT: {"hanna"},
        ACT: table[WRITE],
        JOURNAL: table["View"] & WITH_JOURNALS,
    }


def of_document(state, file_state=CaseFileState.OPEN):
    """Return what the table says of a document in a case file in its state."""
    is_open = file_state == CaseFileState.OPEN
    deeds = DOCUMENT if is_open else STILL_READ
    table = {deed: DOCUMENT[deed].get(state, set()) for deed in deeds}
    table[JOURNAL] = table["View"] & WITH_JOURNALS
    if is_open:
        table[ACT] = CASE_FILE[WRITE][CaseFileState.OPEN]
        table[LOOK_AFTER] = table["eakte: Read scan"] & table[WRITE]
    return table


class House:
    """Case files of team a1, and what lies in them and in its boxes, in every state."""

    def __init__(self, portal, folder):
        self.portal = portal
        with_readers_elsewhere(folder, GUEST)
        self.things = []
        self.files = {name: self.case_file(name) for name in FILES}

    def case_file(self, name):
        """Add a case file of anna's desk; what the name says of it comes with ``shut``."""
        state = _file_state(name)
        with as_system():
            content = a_striking_case_file("a1-1")
        return self._add(content, name, of_case_file(name), name, state)

    def settled_case_file(self, name):
        """Add one that could be closed: what lies in it is settled."""
        thing = self.case_file(name)
        with as_system():
            a_document(thing.content, DocumentState.DONE)
        self.shut(thing)
        if name in WITH_A_GUEST:
            self.share(thing)
        return thing

    def letter(self, state, file="", **fields):
        """Add a letter of anna's desk; a filed one lies in the case file."""
        with as_system():
            letter = a_mail_item(State.ROUTED if file else state, **LETTER, **fields)
            if file:
                letter = file_into(letter, self.files[file].content)
                if state != State.FILED:
                    put_in_state(letter, "mail_item_workflow", state)
        name = f"{state} {file}".strip()
        return self._add(letter, name, of_letter(state, file), file, state)

    def personal_letter(self, state=State.ACCEPTED, **fields):
        """Add a personal letter of anna's desk: at its desk it is for her alone.

        One without a desk is for those who work in the team. None is filed.
        """
        with as_system():
            letter = a_mail_item(state, **LETTER | fields, mail_class="personal")
        table = of_letter(state) | {"eakte: File mail": set()}
        table[HAND_OVER] = table[WRITE]
        if letter.desk:
            table = {deed: people & PERSONALLY for deed, people in table.items()}
        name = "personal" if state == State.ACCEPTED else f"{state} personal"
        personal = self._add(letter, name, table, "", state)
        self.things[-1] = replace(personal, for_deputies=False)
        return self.things[-1]

    def document(self, state, file, **fields):
        """Add a document to the case file."""
        with as_system():
            content = self.files[file].content
            document = a_document(content, state, author="Zebrafink", **fields)
            document.title = "Zebrastreifen"
            document.reindexObject()
        table = of_document(state, _file_state(file))
        return self._add(document, f"{state} {file}", table, file, state)

    def _add(self, content, name, table, file, state):
        thing = Thing(
            kind=content.portal_type,
            name=name,
            table=table,
            content=content,
            file=file,
            state=state,
            url=content.absolute_url(),
            uid=content.UID(),
        )
        self.things.append(thing)
        return thing

    def close_up(self):
        """Close, protect and bar; the week's deputy and guest are entered."""
        deputyship(DEPUTY, REPRESENTED)
        for thing in self.files.values():
            self.shut(thing)
        with at(BETWEEN):
            asked(GUEST, self.files["open"].content)
        self.share(self.files["closed"])
        transaction.commit()

    def share(self, thing):
        """Let the guest read the case file to the middle of the week."""
        shared(thing.content, GUEST, moment=FIRST_MINUTE, until=BETWEEN.date())

    def shut(self, thing):
        """Let it become what its name says."""
        if thing.name == "closed":
            put_in_state(thing.content, "case_file_workflow", CaseFileState.CLOSED)
        with api.env.adopt_user(username="hanna"):
            if thing.name == "protected":
                protect(thing.content, "witness", CIRCLE, "Zeugenschutz")
            if thing.name == "barred":
                bar(thing.content, BARRED, "Befangen")


def _file_state(name):
    return CaseFileState.CLOSED if name == "closed" else CaseFileState.OPEN


class Clients:
    """A client for each person, its connection kept."""

    def __init__(self, portal):
        self.site = portal.absolute_url()
        self.clients = {}

    def __getitem__(self, user):
        if user not in self.clients:
            self.clients[user] = Client(user, site=self.site)
        return self.clients[user]

    def at_their_moments(self, people=ASKED):
        """Yield each person with its client, while the clock shows its moment."""
        for when, moment in MOMENTS.items():
            with at(moment):
                for somebody in people:
                    if somebody.when == when:
                        yield somebody, self[somebody.user]

    def close(self):
        for client in self.clients.values():
            client.close()


def answered(client, address, **options):
    """Ask for a service in JSON and for a view without saying what is wanted.

    A program that takes anything is refused in a few words in place of a page.
    """
    below = address.removeprefix(client.site)
    service = re.search(r"(^|/)(@[^@]|\?|$)", below)
    accept = "application/json" if service else "*/*"
    return client.get(address, headers={"Accept": accept}, **options)
