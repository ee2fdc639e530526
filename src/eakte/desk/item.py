"""One letter: its pages on the left, on the right what is known and the next steps."""

from Acquisition import aq_inner
from Acquisition import aq_parent
from eakte import _
from eakte.capture.rescanning import earlier_scans
from eakte.casefile.content import ICaseFile
from eakte.casefile.finding import find_case_files
from eakte.desk.boxes import BoxAddress
from eakte.desk.boxes import neighbours
from eakte.desk.days import age
from eakte.desk.days import as_day
from eakte.desk.describing import describe
from eakte.desk.naming import named_case_files
from eakte.desk.openingform import CaseFileFields
from eakte.desk.places import beginning
from eakte.desk.placing import file_in_named
from eakte.desk.placing import file_in_new
from eakte.desk.recognition import recognition_of
from eakte.desk.recognition import RUNNING
from eakte.desk.rows import class_badge
from eakte.desk.rows import desk_title
from eakte.desk.rows import state_badge
from eakte.desk.rows import team_title
from eakte.desk.screen import Screen
from eakte.desk.steps import possible
from eakte.desk.steps import steps_of
from eakte.desk.steps import take
from eakte.desk.way import way_of
from eakte.mailitem.content import CHANNELS
from eakte.mailitem.content import MAIL_CLASSES
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from eakte.org.interfaces import IOffice
from eakte.org.membership import desks_of
from eakte.scans.interfaces import IScanPages
from eakte.scans.retrying import retry
from eakte.scans.unlocking import unlock
from functools import cached_property
from plone import api
from plone.uuid.interfaces import IUUID
from urllib.parse import urlencode
from zope.component import getUtility


class ScanScreen(Screen):
    """What a letter and a document have in common: pages and their recognition."""

    @cached_property
    def recognition(self):
        return recognition_of(self.context)

    @property
    def running_text(self):
        """What the script fills with the figures as they come."""
        return self.say(RUNNING)

    @property
    def may_read(self):
        return IScanPages(self.context).may_read()

    @property
    def may_change(self):
        return api.user.has_permission("Modify portal content", obj=self.context)

    @property
    def address(self):
        return self.context.absolute_url()

    def answer(self, form):
        do = form.get("do", "")
        if do == "describe":
            describe(self.context, form)
            self.tell(_("What you changed is kept."))
        elif do == "retry":
            retry(self.context)
            self.tell(_("The scan is read once more."))
        elif do == "unlock":
            unlock(self.context, form.get("password", ""))
            self.tell(_("The file is unlocked; its pages are being read."))
        else:
            return super().answer(form)
        return self.here

    @property
    def here(self):
        """Address of this screen."""
        return self.address

    @property
    def case_file(self):
        """The case file that it lies in, or None."""
        parent = aq_parent(aq_inner(self.context))
        return parent if ICaseFile.providedBy(parent) else None


class MailItemScreen(ScanScreen, CaseFileFields):
    """A letter on its way."""

    texts = {
        "found_none": _("No case file found"),
        "found_one": _("One case file found"),
        "found_many": _("${count} case files found"),
    }
    """What a screen reader says while suggestions come and go."""

    def answer(self, form):
        do = form.get("do", "")
        if do in ("describe", "retry", "unlock"):
            return super().answer(form)
        number, following = self.context.number, self.after
        if do == "file":
            case_file = file_in_named(self.context, form)
            self.tell(self._filed(number, case_file))
        elif do == "open-and-file":
            case_file = file_in_new(self.context, form)
            self.tell(self._opened(number, case_file))
        else:
            step = take(self.context, do, form)
            self.tell(step.said(number, self.desk_title or self.team_title))
            if form.get("back"):
                return self.box.url
            # Who handed the letter to the check and does it too goes on with it.
            if do == Transition.CHECK and Transition.RELEASE in possible(self.context):
                return self.here
        return following or self.box.url

    @cached_property
    def box(self):
        """The box that the person came from, else the first one of theirs."""
        asked = BoxAddress.parse(self.request.form.get("box"))
        if asked:
            return asked
        return BoxAddress.parse(beginning()) or BoxAddress("my-desk")

    @property
    def here(self):
        return f"{self.address}?{urlencode({'box': str(self.box)})}"

    @cached_property
    def around(self):
        return neighbours(self.box, IUUID(self.context))

    @property
    def after(self):
        """The letter to go on with; none for who came from a search or a link."""
        return self.around.after if self.around.position else None

    @property
    def file_name(self):
        """The name with which the file came; often all that is known of it."""
        return self.context.scan.filename if self.context.scan else ""

    @property
    def earlier(self):
        """Names and addresses of the scans that a rescan replaced."""
        address = self.context.absolute_url()
        return [
            (scan.file.filename, f"{address}/@@earlier-scan/{number}")
            for number, scan in enumerate(earlier_scans(self.context), start=1)
        ]

    @cached_property
    def state(self):
        return api.content.get_state(self.context)

    @property
    def state_badge(self):
        return state_badge(self.state)

    @property
    def class_badge(self):
        return class_badge(self.context.mail_class)

    @property
    def title(self):
        """The subject; the number stands beside it already."""
        return self.context.title or self.say(_("No subject yet"))

    @property
    def day_received(self):
        return self.context.received and as_day(self.context.received)

    @property
    def age(self):
        return self.context.received and age(self.context.received)

    @property
    def day_of_letter(self):
        return self.context.letter_date and as_day(self.context.letter_date)

    @property
    def team_title(self):
        return team_title(self.context.team)

    @property
    def desk_title(self):
        return desk_title(self.context.desk)

    @property
    def channel(self):
        return CHANNELS.getTerm(self.context.channel).title

    @property
    def mail_classes(self):
        return tuple(MAIL_CLASSES)

    @cached_property
    def steps(self):
        return steps_of(self.context)

    @cached_property
    def main_steps(self):
        """On the road; of several the first is the one to expect."""
        steps = tuple(step for step in self.steps if step.main)
        if not self.is_unfit:
            return steps
        # It would be refused: the way on is another scan.
        rescan = (step for step in self.steps if step.id == Transition.REQUEST_RESCAN)
        return (*rescan, *(step for step in steps if step.id != Transition.RELEASE))

    @property
    def is_unfit(self):
        """Whether the mailroom has it with a scan that nobody can read."""
        has_it = self.state in (State.CAPTURED, State.CHECKING)
        return has_it and self.recognition.problem is not None

    @property
    def side_steps(self):
        main = self.main_steps
        return tuple(each for each in self.steps if not each.main and each not in main)

    @cached_property
    def may_file(self):
        # A personal letter is not filed: its end is that the person has it.
        steps = possible(self.context)
        return Transition.FILE in steps and Transition.HAND_OVER not in steps

    @property
    def may_recapture(self):
        return Transition.RECAPTURE in possible(self.context)

    @cached_property
    def named_case_files(self):
        return named_case_files(self.context) if self.may_file else []

    @property
    def meant(self):
        """The case files that a refused filing may have meant."""
        return find_case_files(self.typed("text")) if self.asked == "file" else []

    @property
    def way(self):
        return way_of(self.context)

    @property
    def duplicate_of(self):
        """Number and address of the first letter with the same file, or None.

        Whoever may not see that letter learns only that there is one.
        """
        uid = IScanPages(self.context).duplicate_of
        if not uid:
            return None
        brains = api.portal.get_tool("portal_catalog")(UID=uid)
        return (
            {"number": brains[0].number, "url": brains[0].getURL()}
            if brains
            else {"number": "", "url": ""}
        )

    @property
    def office_teams(self):
        """Every team of the house with its desks: letters go to any of them."""
        office = getUtility(IOffice)
        return [(team, office.desks(team.id)) for team in office.teams()]

    @property
    def own_desks(self):
        """The user's desks in the team of the letter."""
        return desks_of(team=self.context.team)

    @property
    def was_routed(self):
        """Whether a team has it, so that passing it on needs a reason."""
        return self.state in (State.ROUTED, State.ACCEPTED)

    @property
    def suggested_target(self):
        """The team that the intake named; who passes a letter on names another."""
        return "" if self.was_routed else self.context.team or ""

    def asks_for(self, step):
        """Return what the step's dialog asks; nothing, and there is no dialog."""
        if step.id == Transition.ACCEPT and len(self.own_desks) > 1:
            return ("desk",)
        return step.asks

    def title_of(self, step):
        """A letter that a team has is passed on; before, it is routed."""
        if step.id == Transition.ROUTE and self.was_routed:
            return _("Pass on")
        return step.title

    def is_reason_needed(self, step):
        """A letter that a team had before, also one that came back, needs a reason."""
        if step.id != Transition.ROUTE:
            return step.needs_reason
        way = IRoutingHistory(self.context).entries()
        return any(entry.step == Transition.ROUTE for entry in way)

    @property
    def open_dialog(self):
        """Id of the step whose dialog stands open, as typed or as refused."""
        return self.asked or self.request.form.get("step", "")

    @property
    def suggested(self):
        """What a new case file takes over from the letter."""
        return {"title": self.context.title or "", "team": self.context.team or ""}

    def _filed(self, number, case_file):
        return _(
            "${number} is filed in ${reference}.",
            mapping={"number": number, "reference": case_file.reference},
        )

    def _opened(self, number, case_file):
        return _(
            "Case file ${reference} is open, and ${number} is filed in it.",
            mapping={"number": number, "reference": case_file.reference},
        )
