"""The verbs of one letter, for many: what each needs, and how it is undone."""

from eakte import _
from eakte.mailitem.accepting import accept
from eakte.mailitem.filing import case_file_named
from eakte.mailitem.filing import file_into
from eakte.mailitem.manyinterfaces import IManyVerb
from eakte.mailitem.manymarks import place_of
from eakte.mailitem.manyundoing import as_trace
from eakte.mailitem.manyundoing import CannotUndo
from eakte.mailitem.manyundoing import from_trace
from eakte.mailitem.manyundoing import take_back
from eakte.mailitem.routing import route
from eakte.mailitem.routing import RoutingWrong
from eakte.mailitem.setting_aside import set_aside
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import perform
from eakte.org.interfaces import IOffice
from zope.component import getUtility
from zope.interface import implementer


@implementer(IManyVerb)
class StepVerb:
    """A step that leaves the letter where it can be taken back from."""

    needed = ()
    possible = ()
    can_be_undone = True

    def do(self, mail_item, **said):
        before = place_of(mail_item)
        self.step(mail_item, **said)
        return mail_item, as_trace(before)

    def undo(self, mail_item, trace, mark):
        take_back(mail_item, from_trace(trace), mark)

    def step(self, mail_item, **said):
        """Take the step with one letter."""
        raise NotImplementedError


class FinalVerb(StepVerb):
    """A step after which others go on: what follows it is decided with each letter."""

    can_be_undone = False

    def do(self, mail_item, **said):
        return self.step(mail_item, **said) or mail_item, {}

    def undo(self, mail_item, trace, mark):
        raise CannotUndo(_("This cannot be undone here."))


class Accept(StepVerb):
    """Take the letters to a desk: ``desk``, or the user's own without it."""

    possible = ("desk",)

    def step(self, mail_item, desk=None):
        accept(mail_item, desk or None)


class Assign(StepVerb):
    """Give the letters to one of a team's desks: ``desk``; ``reason``."""

    needed = ("desk",)
    possible = ("reason",)

    def step(self, mail_item, desk, reason=""):
        known = getUtility(IOffice).desk(desk)
        if known is None:
            raise RoutingWrong(_("There is no such desk. Choose one from the list."))
        route(mail_item, known.team, desk, reason)


class Route(StepVerb):
    """Send the letters to a team's box: ``team``; ``desk``, ``reason``."""

    needed = ("team",)
    possible = ("desk", "reason")

    def step(self, mail_item, team, desk="", reason=""):
        route(mail_item, team, desk or None, reason)


class File(FinalVerb):
    """File the letters in ``case_file``: a UID or a reference."""

    needed = ("case_file",)

    def step(self, mail_item, case_file):
        return file_into(mail_item, case_file_named(case_file))


class SetAside(FinalVerb):
    """Set the letters aside: ``to`` (a state) and ``reason``."""

    needed = ("to", "reason")

    def step(self, mail_item, to, reason):
        set_aside(mail_item, to, reason)


class Check(FinalVerb):
    """Hand the letters to the quality check."""

    def step(self, mail_item):
        perform(mail_item, Transition.CHECK)


class Release(FinalVerb):
    """Release the letters; with ``team`` (and ``desk``) they are routed at once."""

    possible = ("team", "desk")

    def step(self, mail_item, team="", desk=""):
        perform(mail_item, Transition.RELEASE)
        if team:
            route(mail_item, team, desk or None)


class Settle(FinalVerb):
    """Nothing is left to do about the letters."""

    def step(self, mail_item):
        perform(mail_item, Transition.SETTLE)
