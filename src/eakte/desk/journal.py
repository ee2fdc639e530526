"""What happened: to one object, and in the whole office."""

from AccessControl import Unauthorized
from eakte import _
from eakte.desk.happenings import lines_of
from eakte.desk.happenings import TITLES
from eakte.desk.screen import Screen
from eakte.errors import EakteError
from eakte.journal.asking import FILTERS
from eakte.journal.asking import query_of
from eakte.journal.consulting import allowed
from eakte.journal.consulting import case_files_about
from eakte.journal.consulting import consult
from eakte.journal.consulting import everything_about
from eakte.journal.consulting import is_open
from eakte.journal.consulting import reads_contents
from eakte.journal.consulting import refuse_without_reason
from eakte.journal.exporting import as_csv
from eakte.journal.exporting import as_json
from eakte.journal.exporting import entries_for_export
from eakte.journal.interfaces import Found
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import TECHNICAL
from eakte.org.interfaces import IOffice
from functools import cached_property
from plone import api
from plone.protect import CheckAuthenticator
from plone.uuid.interfaces import IUUID
from Products.Five.browser import BrowserView
from urllib.parse import urlencode
from zope.component import getUtility


SIZE = 50
"""Entries of a page."""


class JournalScreen(Screen):
    """What the screens of the journal have in common: filters, pages, the table."""

    kinds = tuple(Kind)
    objects = ()
    filters = FILTERS

    def __call__(self):
        if self.request.method == "POST" and self.request.form.get("do") == "export":
            CheckAuthenticator(self.request)
            try:
                return self.export()
            except EakteError as refused:
                self.refuse(refused)
        elif self.request.method != "POST":
            try:
                self.query  # noqa: B018
            except EakteError as refused:
                self.refuse(refused)
        return super().__call__()

    def refuse(self, refused):
        """Say why, and show nothing."""
        self.reasons = [self.say(reason) for reason in refused.reasons]
        self.request.response.setStatus(refused.status)

    def attempt(self):
        # A refused export has been answered already.
        return None if self.reasons else super().attempt()

    @cached_property
    def query(self):
        return query_of(self.request, self.objects)

    @cached_property
    def start(self):
        start = self.request.form.get("start", "")
        return int(start) if start.isascii() and start.isdigit() else 0

    @cached_property
    def found(self):
        if self.reasons:
            return Found((), 0)
        return getUtility(IJournal).find(self.query, self.start, SIZE)

    @property
    def lines(self):
        return lines_of(self.found.entries, self.say)

    @property
    def kind_titles(self):
        return [(str(kind), TITLES[kind]) for kind in self.kinds]

    @property
    def is_filtered(self):
        return any(self.typed(name) for name in self.filters)

    @property
    def hidden(self):
        """What forms and addresses carry along besides the filters."""
        return ()

    @property
    def last_shown(self):
        return self.start + len(self.found.entries)

    @property
    def newer(self):
        """The address of the page before, or None."""
        return self._page(max(0, self.start - SIZE)) if self.start else None

    @property
    def older(self):
        """The address of the page behind, or None."""
        more = self.last_shown < self.found.total
        return self._page(self.start + SIZE) if more else None

    @property
    def asked_filters(self):
        """Names and values of the filters in hand, for the form that exports."""
        return [(name, self.typed(name)) for name in self.filters if self.typed(name)]

    @property
    def address(self):
        return f"{self.context.absolute_url()}/@@journal"

    def export(self):
        """Answer with a file of what the filters find; note that."""
        entries = entries_for_export(self.query)
        content = None if self.context == api.portal.get() else self.context
        return self.file("protokoll.csv", as_csv(entries, self.request), content)

    def file(self, name, data, content=None, why="", case_files=()):
        """Answer with a file, and note it."""
        getUtility(IJournal).append(
            Kind.EXPORTED,
            content,
            why=why,
            file=name,
            filters=dict(self.asked_filters),
            case_files=list(case_files),
        )
        response = self.request.response
        kind = "application/json" if name.endswith(".json") else "text/csv"
        response.setHeader("Content-Type", f"{kind}; charset=utf-8")
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        response.setHeader("Cache-Control", "private, no-store")
        response.setHeader("X-Content-Type-Options", "nosniff")
        return data

    def _page(self, start):
        values = [*self.hidden, *self.asked_filters, ("start", start)]
        return f"{self.address}?{urlencode(values)}"


class ObjectJournal(JournalScreen):
    """What happened to one object and to what lies in it."""

    filters = ("person", "kind", "first", "last", "deputies")
    kinds = tuple(kind for kind in Kind if kind not in TECHNICAL | {Kind.CONSULTED})

    def __call__(self):
        # The right to read journals alone opens none: see the office's journal.
        if not api.user.has_permission("View", obj=self.context):
            raise Unauthorized("You may not see the object.")
        return super().__call__()

    @property
    def objects(self):
        return (IUUID(self.context),)

    @property
    def headline(self):
        known = (
            getattr(self.context, "reference", None),
            getattr(self.context, "number", None),
        )
        return self.joined(*known, self.context.title)


class OfficeJournal(JournalScreen):
    """The journal of the office, after a reason; and of what one person is told.

    The administrator sees what was done to the system, and nothing of contents.
    """

    def answer(self, form):
        if form.get("do") == "consult":
            word = consult(form.get("reason", ""))
            return f"{self.address}?{urlencode({'consultation': word})}"
        return super().answer(form)

    @cached_property
    def reads_contents(self):
        return reads_contents()

    @property
    def word(self):
        return self.typed("consultation")

    @cached_property
    def is_open(self):
        return not self.reads_contents or is_open(self.word)

    @property
    def hidden(self):
        return (("consultation", self.word),) if self.word else ()

    @property
    def filters(self):
        return FILTERS if self.reads_contents else ("person", "kind", "first", "last")

    @property
    def kinds(self):
        return [kind for kind in Kind if self.reads_contents or kind in TECHNICAL]

    @cached_property
    def query(self):
        return allowed(query_of(self.request, self._named_objects()))

    @cached_property
    def found(self):
        return super().found if self.is_open else Found((), 0)

    @property
    def people(self):
        """Everybody of the office, for the field of the person."""
        return getUtility(IOffice).plan.people

    @property
    def subject(self):
        """The person who asks what is known of him or her: name or number."""
        return self.typed("subject").strip()

    @cached_property
    def case_files(self):
        """The case files that the subject may mean."""
        may = self.reads_contents and self.is_open
        return case_files_about(self.subject) if may else []

    def export(self):
        refuse_without_reason(self.word)
        if "disclose" not in self.request.form:
            return super().export()
        chosen = self.request.form.get("case_files") or []
        chosen = [chosen] if isinstance(chosen, str) else list(chosen)
        if not chosen or not self.reads_contents:
            raise EakteError(_("Choose the case files of the person."))
        entries = entries_for_export(everything_about(chosen))
        if self.request.form["disclose"] == "json":
            name, data = "auskunft.json", as_json(entries)
        else:
            name, data = "auskunft.csv", as_csv(entries, self.request)
        return self.file(name, data, why=self.subject, case_files=chosen)

    def _named_objects(self):
        named = self.request.form.get("object") or ()
        return (named,) if isinstance(named, str) else tuple(named)


class JournalLink(BrowserView):
    """Leads from an object to its journal those who may look into it."""

    @property
    def may(self):
        return api.user.has_permission("eakte: View journal", obj=self.context)

    @property
    def address(self):
        return f"{self.context.absolute_url()}/@@journal"
