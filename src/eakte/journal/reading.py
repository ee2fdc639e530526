"""Who read what: one entry for a person, an object, a door and an hour.

And for whom it was read, and from where: who reads for somebody else a moment later, or
from another address, reads anew.

The entry is committed by a small transaction of its own, after the request's work is
done and before its answer is sent: nothing of a case file leaves the house before
that stands on the disk, and if it cannot be written, the answer is an error instead.
Another connection to the database does it, so that reading stays a request that writes
nothing itself: it conflicts with nobody, and Plone's protection against forged
requests has no reason to stop it. A queue that is emptied later would lose the last
second of a process that is killed, and save little: only the first look of an hour
costs a commit.

Counted is, too, the record of a case file that is opened: what it says of itself to the
records managers, who see nothing else of it. The entry names that page.

A search that shows the line of a page by which something was found has shown a part of
its scan: that is counted for each of them, and the entry names the page likewise.

Counted is every answer at an address in our content, by whatever method it was asked
for, but for those that say nothing of it: most views of Zope answer any method as if it
were GET. A form that is refused is shown again, and with it the page around it. So a view
that comes later is counted without being named here.
Processes count for themselves: what is read through two of them may be noted twice.
"""

from collections import OrderedDict
from eakte import clock
from eakte.casefile.content import ICaseFile
from eakte.document.content import ICaseDocument
from eakte.journal.circumstances import objects_on_the_way
from eakte.journal.interfaces import Kind
from eakte.journal.keeping import entry_of
from eakte.journal.lanes import make_store
from eakte.journal.writers import own_lane
from eakte.mailitem.content import IMailItem
from eakte.org.interfaces import IOffice
from plone.restapi.interfaces import IExpandableElement
from transaction.interfaces import TransientError
from zope.component import adapter
from zope.component import queryUtility
from zope.component.hooks import getSite
from zope.globalrequest import getRequest
from zope.interface import implementer
from zope.interface import Interface

import threading
import transaction


READABLE = (ICaseFile, IMailItem, ICaseDocument)

SAYS_NOTHING = frozenset(
    {"scan-status", "archive-copy", "@archive-copy", "journal", "@journal"}
)
"""Addresses below an object whose answers say nothing of what stands in it."""

ACKNOWLEDGES = frozenset({"printed-pages", "@scan-retry", "@scan-unlock", "@workflow"})
"""Addresses that answer a deed with what became of it, and say no more."""

GIVES_AWAY = {
    "scan": Kind.DOWNLOADED,
    "download": Kind.DOWNLOADED,
    "display-file": Kind.DOWNLOADED,
    "archive-copy/file": Kind.EXPORTED,
}
"""Addresses below an object that give the file itself away."""

RECORDS = ("@@record", "@records")
"""Where records managers look at what one case file says of itself."""

FOUND = "@@find"
"""Where the search shows lines of pages."""

ANSWERED = (200, 206, 207, 304)
"""Statuses with which something was shown; 304 lets the browser show what it has, 207
is WebDAV's. 201 tells only what was sent."""

WITHOUT_BODY = ("HEAD", "OPTIONS")
"""Methods whose answers have no body, if the view knows of them."""

KEY = "eakte.journal.read"

REMEMBERED = 20_000
"""Looks of this hour that a process remembers."""

ATTEMPTS = 5


class Looks:
    """What this process has noted already."""

    def __init__(self):
        self._hours = OrderedDict()
        self._being_written = set()
        self._changed = threading.Condition()

    def note(self, keys, hour, write):
        """Call ``write(keys)`` with those that nobody has noted in this hour.

        Who asks for the same meanwhile waits until it is written, and writes it itself
        if that fails. Who asks for something else waits for nobody.
        """
        left = list(dict.fromkeys(keys))
        # Most of the looks of an hour end here, without the lock.
        while left := self._new(left, hour):
            mine = self._claimed(left, hour)
            if not mine:
                continue
            try:
                write(mine)
                self._remember(mine, hour)
            finally:
                with self._changed:
                    self._being_written.difference_update((key, hour) for key in mine)
                    self._changed.notify_all()

    def _new(self, keys, hour):
        return [key for key in keys if self._hours.get(key) != hour]

    def _claimed(self, keys, hour):
        """Return those that the caller must write; it alone does. Waits when others write
        all of them, and holds nothing itself meanwhile.
        """
        with self._changed:
            new = self._new(keys, hour)
            mine = [key for key in new if (key, hour) not in self._being_written]
            if new and not mine:
                self._changed.wait()
            self._being_written.update((key, hour) for key in mine)
        return mine

    def _remember(self, keys, hour):
        with self._changed:
            for key in keys:
                self._hours[key] = hour
                self._hours.move_to_end(key)
            while len(self._hours) > REMEMBERED:
                self._hours.popitem(last=False)


LOOKS = Looks()


def note_address(event):
    """Keep which object the request asks for."""
    request = event.request
    # Not by the product's layer: that can be taken off.
    if queryUtility(IOffice) is None:
        return
    for content in objects_on_the_way(request):
        if any(each.providedBy(content) for each in READABLE):
            _keep(request, content, _name_below(request, content))
            return


def note_record(event):
    """Keep of which case file the request shows the record."""
    request = getRequest()
    if request is None:
        return
    asked = request["ACTUAL_URL"].split("/")
    page = next((name for name in RECORDS if name in asked), RECORDS[0])
    _keep(request, event.case_file, page)


def note_found(content):
    """Keep that the search shows a line of the content's pages."""
    request = getRequest()
    if request is not None and any(each.providedBy(content) for each in READABLE):
        _keep(request, content, FOUND)


@implementer(IExpandableElement)
@adapter(Interface, Interface)
class NoteWholeObject:
    """Notes it when a service answers with whole objects; adds nothing to them."""

    def __init__(self, content, request):
        self.content = content
        self.request = request

    def __call__(self, expand=False):
        is_readable = any(each.providedBy(self.content) for each in READABLE)
        if is_readable and queryUtility(IOffice) is not None:
            _keep(self.request, self.content, "")
        return {}


def note_reading(event):
    """Write down what the answer shows, before it is sent."""
    request = event.request
    kept = request.other.get(KEY)
    if not kept or not _shows(request):
        return
    entries = {}
    for content, name in kept.values():
        page = name if name in (*RECORDS, FOUND) else ""
        entry = entry_of(GIVES_AWAY.get(name, Kind.READ), content, page=page)
        where = entry.door, entry.address
        key = (entry.who, entry.for_whom, entry.uid, *where, str(entry.kind), page)
        entries[key] = entry
    hour = int(clock.utc_now().timestamp() // 3600)
    LOOKS.note(list(entries), hour, lambda keys: _write([entries[k] for k in keys]))


def _shows(request):
    """Say whether something of the content is in the answer."""
    response = request.response
    if request.method in WITHOUT_BODY and not response.body:
        return False
    status = response.getStatus()
    if 400 <= status < 500:
        # The page itself answered: a form was refused, and nobody turned away.
        kind = response.getHeader("Content-Type") or ""
        return bool(response.body) and kind.startswith("text/html")
    return status in ANSWERED


def _keep(request, content, name):
    is_deed = request.method not in ("GET", "HEAD")
    if name in SAYS_NOTHING or (is_deed and name in ACKNOWLEDGES):
        return
    kept = request.other.setdefault(KEY, {})
    kept[(content.getPhysicalPath(), name)] = (content, name)


def _name_below(request, content):
    """Return what the address says behind the content, as far as that is known here."""
    parts = request["ACTUAL_URL"].rstrip("/").split("/")
    own = content.getId()
    if own not in parts:
        return ""
    below = parts[len(parts) - parts[::-1].index(own) :]
    below = "/".join(below).removeprefix("@@")
    return below if below in GIVES_AWAY else below.partition("/")[0]


def _write(entries):
    site = getSite()
    manager = transaction.TransactionManager()
    connection = site._p_jar.db().open(manager)
    try:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with manager:
                    store = make_store(connection.get(site._p_oid))
                    for entry in entries:
                        store.append(own_lane(), entry)
                return
            except TransientError:
                if attempt == ATTEMPTS:
                    raise
    finally:
        connection.close()
