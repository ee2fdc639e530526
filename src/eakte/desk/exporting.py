"""The list of an open box as a file for spreadsheets: what is shown, and no more."""

from dataclasses import replace
from eakte import _
from eakte.clock import today
from eakte.desk.boxes import BoxAddress
from eakte.desk.places import teams_with_box
from eakte.desk.rows import deadline_badge
from eakte.desk.rows import desk_title
from eakte.desk.rows import known
from eakte.desk.rows import said
from eakte.desk.rows import scan_badge
from eakte.desk.rows import team_title
from eakte.desk.tables import file_name
from eakte.desk.tables import send
from eakte.desk.tables import TakingAlong
from eakte.desk.tables import TooMany
from eakte.journal.circumstances import who_acts
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.mailitem.content import MAIL_CLASSES
from eakte.mailitem.states import TITLES
from eakte.org.membership import seats_of
from eakte.org.representing import represented_at
from functools import cache
from plone import api
from zope.component import getUtility
from zope.i18n import translate


PIECE = 1000
"""Rows after which the database's memory is tidied up."""

WIDTHS = (16, 50, 34, 14, 12, 16, 26, 26, 8, 28)
"""Characters of the columns in a workbook."""


HEAD = (
    _("Mail number"),
    _("Subject"),
    _("Sender"),
    _("Class"),
    _("Date of receipt"),
    _("State"),
    _("Team"),
    _("Desk"),
    _("Pages"),
    _("Remarks"),
)


def rows_of(brains, request):
    """Yield the head and a row for each letter, as the screen words it.

    A row is of texts, a day and a number; None where nothing is known.
    """

    @cache
    def say(message):
        return translate(message, context=request) if message else ""

    team, desk = cache(team_title), cache(desk_title)
    yield [say(title) for title in HEAD]
    jar, day = api.portal.get()._p_jar, today()
    for at, brain in enumerate(brains):
        badges = (
            deadline_badge(brain.UID, day),
            scan_badge(known(brain.scan_status), known(brain.scan_problem)),
        )
        # Not ``say``: two messages that differ in their mapping are equal.
        remarks = [translate(each.text, context=request) for each in badges if each]
        if known(brain.duplicate_of):
            remarks.append(say(_("Duplicate")))
        mail_class = known(brain.mail_class) or "normal"
        yield [
            known(brain.number) or "",
            said(brain),
            known(brain.sender) or "",
            say(MAIL_CLASSES.getTerm(mail_class).title),
            known(brain.received),
            say(TITLES.get(brain.review_state, brain.review_state)),
            team(known(brain.team)),
            desk(known(brain.desk)),
            known(brain.page_count),
            ", ".join(remarks),
        ]
        if at % PIECE == PIECE - 1:
            # The rows of many thousand letters do not stay in the memory.
            jar.cacheGC()


class ExportLetters(TakingAlong):
    """Answers with a file of the open box: its filters, its order, its columns."""

    def place(self, form):
        return BoxAddress.parse(form.get("box"))

    def taken(self, place, kind):
        return export(place, kind, self.request)


def export(address, kind, request):
    """Answer with the file, and note in the journal who has taken what out.

    :param address: a ``BoxAddress``.
    :param kind: one of ``FORMATS``.
    :raises TooMany: there are more letters than such a file holds.
    """
    count = address.box.count(address.states)
    if count > kind.most:
        raise TooMany(
            _(
                "These are ${count} letters. A file holds ${most}: narrow them down.",
                mapping={"count": str(count), "most": str(kind.most)},
            )
        )
    name = file_name(NAMES[address.screen], kind, request)
    filters = dict(address.details)
    for represented, letters in _by_represented(address, count):
        getUtility(IJournal).append(
            Kind.EXPORTED,
            acting_for=represented,
            file=name,
            letters=letters,
            filters=filters,
        )
    return send(rows_of(address.brains(), request), kind, name, request, WIDTHS)


def _by_represented(address, count):
    """Return ``[(id of the person that is represented, number of letters)]``.

    Empty for what the user takes from desks and teams of its own. Who takes letters
    from several people's desks at once has done it for each of them.

    :param count: of all letters of the open box.
    """
    places = {}
    for place, represented in _places_of(address):
        places.setdefault(represented, []).append(place)
    if len(places) < 2:
        return [(represented, count) for represented in places or ("",)]
    counted = [
        (represented, sum(_count_at(address, place) for place in those))
        for represented, those in places.items()
    ]
    return [each for each in counted if each[1]] or [("", 0)]


def _places_of(address):
    """Return ``[(id of the team or desk, represented person)]`` of the open box."""
    if address.screen == "my-desk":
        found = [(seat.desk.id, seat.represented) for seat in seats_of()]
    elif address.screen == "team-box":
        user = who_acts()
        teams = [team.id for team in teams_with_box()]
        found = [(team, represented_at(user, team) or "") for team in teams]
    else:
        found = []
    return [each for each in found if each[0] == address.team] or found


def _count_at(address, place):
    there = replace(address, team=place)
    return there.box.count(there.states)


NAMES = {
    "mailroom": _("mailroom"),
    "team-box": _("team-box"),
    "my-desk": _("my-desk"),
}
"""What the file is called, in letters that every system takes."""
