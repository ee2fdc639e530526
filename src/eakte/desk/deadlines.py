"""The deadlines and resubmissions of one object, at its screens."""

from datetime import date
from eakte import _
from eakte.clock import today
from eakte.deadlines.acting import may_act
from eakte.deadlines.acting import TermWrong
from eakte.deadlines.keeping import change
from eakte.deadlines.keeping import close
from eakte.deadlines.keeping import confirm
from eakte.deadlines.keeping import enter_deadline
from eakte.deadlines.listing import of_object
from eakte.deadlines.outgoing import outgoing_since
from eakte.deadlines.periods import Length
from eakte.deadlines.periods import Unit
from eakte.deadlines.places import place_of
from eakte.deadlines.resubmitting import finish
from eakte.deadlines.resubmitting import postpone
from eakte.deadlines.resubmitting import resubmit
from eakte.deadlines.settings import kinds
from eakte.deadlines.whose import people_to_name
from eakte.desk.deadlinelines import line_of
from eakte.desk.deadlinelines import UNITS
from eakte.desk.screen import EDITION
from eakte.desk.screen import Screen
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from functools import cached_property
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from plone.uuid.interfaces import IUUID
from zope.component import getUtility


class ObjectDeadlines(Screen):
    """The deadlines and resubmissions of one object: entered, settled."""

    def answer(self, form):
        term_id = form.get("term", "")
        said = DEEDS.get(form.get("do", ""))
        if said is None:
            return super().answer(form)
        deed, message = said
        deed(self.context, term_id, form)
        self.tell(message)
        return self.address

    @property
    def address(self):
        return f"{self.context.absolute_url()}/@@deadlines"

    @property
    def headline(self):
        known = (
            getattr(self.context, "reference", None),
            getattr(self.context, "number", None),
        )
        return self.joined(*known, self.context.title)

    @cached_property
    def may_act(self):
        return may_act(self.context)

    @cached_property
    def _terms(self):
        return of_object(IUUID(self.context))

    @cached_property
    def open_lines(self):
        """What is open, the nearest day first."""
        lines = [line_of(term) for term in self._terms if term.is_open]
        return sorted(lines, key=lambda line: line.date)

    @cached_property
    def settled_lines(self):
        return [line_of(term) for term in reversed(self._terms) if not term.is_open]

    def may_confirm(self, line):
        user = api.user.get_current().getId()
        return (
            line.is_deadline
            and not line.term.confirmed_by
            and line.term.said_by != user
        )

    def outgoing(self, line):
        """The documents that may have kept the deadline: ``(UID, title)``."""
        return [
            (IUUID(each), each.Title())
            for each in outgoing_since(self.context, line.term.start)
        ]

    @property
    def today(self):
        return today().isoformat()

    @property
    def deadline_kinds(self):
        return [kind.title for kind in kinds()]

    units = tuple((str(unit), title) for unit, title in UNITS.items())

    @cached_property
    def desks(self):
        """The desks of the object's team."""
        return getUtility(IOffice).desks(place_of(self.context)[1])

    @cached_property
    def people(self):
        """Who can be named: ``(id, name)`` by name."""
        people = people_to_name(self.context)
        return sorted(((p, name_of(p)) for p in people), key=lambda each: each[1])

    def said(self, name, do, default=""):
        """Return what was typed in that form before it was refused."""
        return self.typed(name) if self.asked == do else default

    def is_asked(self, do, term_id):
        """Whether that form of the term was refused: it stays unfolded."""
        return self.asked == do and self.typed("term") == term_id


class DeadlinesPanel(ViewletBase):
    """What is open about the object, above its page; and the way to add more."""

    @property
    def is_shown(self):
        here = getattr(self.view, "__name__", "")
        return self.request.method == "GET" and here in ("case-file", "item")

    @cached_property
    def lines(self):
        lines = [line_of(t) for t in of_object(IUUID(self.context)) if t.is_open]
        return sorted(lines, key=lambda line: line.date)

    @property
    def may_act(self):
        return may_act(self.context)

    @property
    def style(self):
        portal_url = api.portal.get().absolute_url()
        return f"{portal_url}/++plone++eakte.desk/++unique++{EDITION}/deadlines.css"

    @property
    def address(self):
        return f"{self.context.absolute_url()}/@@deadlines"


def _enter_resubmission(content, term_id, form):
    whom = form.get("whom") or ""
    kind, _colon, name = whom.partition(":")
    place = {kind: name} if kind in ("desk", "person") else {}
    resubmit(content, _day(form, "day"), form.get("reason", ""), **place)


def _enter_deadline(content, term_id, form):
    enter_deadline(
        content,
        form.get("kind", ""),
        form.get("event", ""),
        _day(form, "start"),
        _length(form),
        _day(form, "end"),
        _number(form, "early"),
        bool(form.get("counts_first_day")),
    )


def _change(content, term_id, form):
    change(
        content,
        term_id,
        form.get("why", ""),
        _length(form),
        _day(form, "end"),
        _number(form, "early"),
    )


DEEDS = {
    "resubmit": (_enter_resubmission, _("The resubmission is entered.")),
    "postpone": (
        lambda content, term_id, form: postpone(
            content, term_id, _day(form, "day"), form.get("why", "")
        ),
        _("The resubmission is postponed."),
    ),
    "finish": (
        lambda content, term_id, form: finish(content, term_id, form.get("why", "")),
        _("The resubmission is done."),
    ),
    "enter-deadline": (
        _enter_deadline,
        _("The deadline is entered. A second person confirms it."),
    ),
    "confirm": (
        lambda content, term_id, form: confirm(content, term_id),
        _("The deadline is confirmed."),
    ),
    "change-deadline": (
        _change,
        _("The deadline is changed. A second person confirms it."),
    ),
    "close-deadline": (
        lambda content, term_id, form: close(
            content, term_id, form.get("outgoing", ""), form.get("why", "")
        ),
        _("The deadline is closed."),
    ),
}
"""What the forms do, and what is said afterwards."""


def _day(form, name):
    typed = (form.get(name) or "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise TermWrong(_("“${text}” is no day.", mapping={"text": typed})) from None


def _number(form, name):
    typed = (form.get(name) or "").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        raise TermWrong(_("“${text}” is no number.", mapping={"text": typed}))
    return int(typed)


def _length(form):
    count = _number(form, "count")
    if count is None:
        return None
    unit = form.get("unit", "")
    if unit not in list(Unit):
        raise TermWrong(_("Choose days, weeks, months or years."))
    return Length(count, Unit(unit))
