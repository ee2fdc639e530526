"""Many letters of a box at once: the bar in the box, and the preview."""

from eakte import _
from eakte.clock import today
from eakte.desk.boxes import BoxAddress
from eakte.desk.manyforms import asks_something
from eakte.desk.manyforms import form_of
from eakte.desk.manyforms import forms_on
from eakte.desk.manyforms import is_complete
from eakte.desk.manyforms import said_in
from eakte.desk.manyforms import SIDES
from eakte.desk.places import teams_with_box
from eakte.desk.rows import class_badge
from eakte.desk.rows import desk_title
from eakte.desk.rows import state_badge
from eakte.desk.rows import team_title
from eakte.desk.screen import InFrame
from eakte.desk.screen import Screen
from eakte.mailitem.many import AT_MOST
from eakte.mailitem.many import begin
from eakte.mailitem.many import letters_of
from eakte.mailitem.many import ManyWrong
from eakte.mailitem.many import preview
from eakte.mailitem.many import within_bounds
from eakte.mailitem.manybook import Chosen
from eakte.mailitem.manyinterfaces import Verdict
from eakte.org.interfaces import IOffice
from eakte.org.membership import desks_of
from functools import cached_property
from urllib.parse import urlencode
from uuid import uuid4
from zope.component import getUtility
from zope.interface import implementer
from zope.interface import Interface

import transaction


class IManyBar(Interface):
    """What a box says about many of its letters."""


@implementer(IManyBar)
class ManyBar(InFrame):
    """The bar in a box: choose letters, and what is to be done with them."""

    most = AT_MOST

    def __init__(self, screen, request):
        self.box = screen
        self.request = request

    @property
    def address(self):
        return f"{self.portal_url}/@@many"

    @property
    def from_box(self):
        """The box to come back to, with its filters."""
        return str(self.box.address)

    @cached_property
    def forms(self):
        return forms_on(self.box.screen)

    def asks_something(self, form):
        """Whether the button leads to a question."""
        return asks_something(form)

    @property
    def count(self):
        """How many letters the box has, with its filters."""
        return self.box.batch.count

    @property
    def hits(self):
        """How many of them can be chosen with one press."""
        return min(self.count, AT_MOST)

    @property
    def is_more_than_shown(self):
        return self.count > len({row.uid for row in self.box.rows})

    texts = {
        "none": _("No letter is chosen"),
        "one": _("1 letter is chosen"),
        "many": _("${count} letters are chosen"),
        "waiting": _("The preview is being made …"),
    }

    def said(self, name):
        return self.box.say(self.texts[name])


class ManyScreen(Screen):
    """What is to be done with many letters: asked, looked at, begun."""

    unseen = _("A letter that does not exist, or that you may not see")

    def __call__(self):
        if self.request.method != "POST" or self.form is None:
            # There is nothing to look at without letters.
            self.request.response.redirect(self.box.url)
            return ""
        return super().__call__()

    def answer(self, form):
        if form.get("do") != "do":
            return self.look()
        batch = begin(
            self.form.verb, self._kept(form), self._chosen(form), form.get("id")
        )
        query = urlencode({"batch": batch.id, "box": str(self.box)})
        return f"{self.portal_url}/@@many-result?{query}"

    def look(self):
        """Try it with each letter, when everything is said that is needed.

        Nothing of what was tried is kept, and the page stays here.
        """
        uids, form = within_bounds(self.uids), self.request.form
        if is_complete(self.form, form):
            self.said = said_in(self.form, form)
            self.verdicts = preview(self.form.verb, self.said, uids)
            self.entries = [self._entry(each) for each in self.verdicts]
        else:
            letters = letters_of(uids)
            self.entries = [self._entry(Verdict(uid, letters.get(uid))) for uid in uids]
        transaction.abort()

    verdicts = ()
    """What the preview says; nothing as long as something is to be asked."""

    entries = ()
    """The letters as the page lists them."""

    said = {}
    """What the verb was told."""

    @cached_property
    def form(self):
        return form_of(self.request.form.get("verb", ""))

    @cached_property
    def box(self):
        """The box that the person came from."""
        return BoxAddress.parse(self.request.form.get("box")) or BoxAddress("my-desk")

    @property
    def box_key(self):
        return str(self.box)

    @cached_property
    def uids(self):
        """UIDs of the letters that were chosen, or of all that the box has."""
        if self.request.form.get("all"):
            return [brain.UID for brain in self.box.brains(size=AT_MOST)]
        return _list(self.request.form.get("uid"))

    @cached_property
    def ticket(self):
        """The id of what is begun: pressed twice, it is done once."""
        return uuid4().hex

    @property
    def allowed(self):
        return [each for each in self.entries if each["allowed"]]

    @property
    def refused(self):
        return [each for each in self.entries if not each["allowed"]]

    @property
    def is_asking(self):
        """Whether the form has something to ask."""
        return asks_something(self.form)

    @property
    def asks(self):
        return self.form.asks

    @cached_property
    def own_desks(self):
        return desks_of() if "own-desk" in self.asks else ()

    @property
    def team_desks(self):
        """The desks of the teams whose box the user works with: ``(team, desks)``."""
        office = getUtility(IOffice)
        return [(team, office.desks(team.id)) for team in teams_with_box()]

    @property
    def office_teams(self):
        """Every team of the house with its desks: letters go to any of them."""
        office = getUtility(IOffice)
        return [(team, office.desks(team.id)) for team in office.teams()]

    suggested_target = ""

    sides = SIDES

    texts = {
        "found_none": _("No case file found"),
        "found_one": _("One case file found"),
        "found_many": _("${count} case files found"),
    }
    """What a screen reader says while suggestions come and go."""

    @property
    def today(self):
        return today().isoformat()

    def _entry(self, verdict):
        letter, after = verdict.letter, verdict.after
        return {
            "uid": verdict.uid,
            "mark": verdict.mark,
            "allowed": verdict.allowed,
            "number": letter.number if letter is not None else "",
            "url": letter.absolute_url() if letter is not None else "",
            "title": (letter.title if letter is not None else "") or "",
            "sender": (letter.sender if letter is not None else "") or "",
            "badge": class_badge(letter.mail_class) if letter is not None else None,
            "reasons": [self.say(reason) for reason in verdict.reasons],
            "state": state_badge(after.state) if after else None,
            "place": self._place(after) if after else "",
        }

    def _place(self, after):
        if after.case_file:
            return after.case_file
        return self.joined(team_title(after.team), desk_title(after.desk))

    def _kept(self, form):
        known = {"team", "desk", "reason", "case_file", "to", "day", "person"}
        return {
            name.removeprefix("said-"): text
            for name, text in form.items()
            if name.startswith("said-") and name.removeprefix("said-") in known
        }

    def _chosen(self, form):
        chosen = []
        for each in _list(form.get("item")):
            uid, colon, mark = each.partition(":")
            if not colon:
                raise ManyWrong(_("Choose at least one letter."))
            chosen.append(Chosen(uid, mark))
        return chosen


def _list(value):
    if not value:
        return []
    return [value] if isinstance(value, str) else [str(each) for each in value]
