"""One case file: whose it is, what lies in it, what happened, who may see it."""

from eakte import _
from eakte.access.seeing import who_may_see
from eakte.casefile.closing import reasons_against_closing
from eakte.casefile.persons import azr_date_is_possible
from eakte.casefile.persons import full_name
from eakte.casefile.states import State
from eakte.casefile.states import TITLES
from eakte.casefile.states import Transition
from eakte.desk.adding import add_document
from eakte.desk.days import as_day
from eakte.desk.history import history_of
from eakte.desk.rows import desk_title
from eakte.desk.rows import row
from eakte.desk.rows import team_title
from eakte.desk.screen import Screen
from eakte.desk.steps import possible
from eakte.desk.viewers import members_said
from eakte.desk.viewers import why_said
from eakte.desk.way import as_house_time
from eakte.document.content import DOCUMENT_TYPES
from eakte.filingplan.interfaces import IFilingPlan
from eakte.rest.workflow import refuse_if_impossible
from eakte.scans.interfaces import IScanPages
from functools import cached_property
from plone import api
from zope.component import getUtility


class CaseFileScreen(Screen):
    """A case file with its documents; one of them can stand open at the side."""

    def answer(self, form):
        do = form.get("do", "")
        if do == "add-document":
            document = add_document(self.context, form)
            self.tell(_("“${title}” is added.", mapping={"title": document.title}))
        elif do == Transition.CLOSE:
            self.step(Transition.CLOSE)
            self.tell(_("The case file is closed."))
        elif do == Transition.REOPEN:
            self.step(Transition.REOPEN, form.get("reason", "").strip())
            self.tell(_("The case file is open again."))
        else:
            return super().answer(form)
        return self.address

    def step(self, transition, comment=""):
        refuse_if_impossible(self.context, transition)
        api.content.transition(self.context, transition=transition, comment=comment)

    @property
    def address(self):
        return self.context.absolute_url()

    @cached_property
    def state(self):
        return api.content.get_state(self.context)

    @property
    def state_title(self):
        return TITLES[self.state]

    @property
    def is_closed(self):
        return self.state == State.CLOSED

    @property
    def headline(self):
        """Whose matter it is, and what it is about."""
        person = full_name(self.context.family_name, self.context.given_name)
        return " – ".join(part for part in (person, self.context.title) if part)

    @property
    def born(self):
        return self.context.birth_date and as_day(self.context.birth_date)

    @property
    def azr_is_doubtful(self):
        """Whether the AZR number begins with no date: a reason to look again."""
        number = self.context.azr_number
        return bool(number) and not azr_date_is_possible(number)

    @property
    def unit_title(self):
        unit = getUtility(IFilingPlan).unit(self.context.unit)
        return f"{unit.id} {unit.title}" if unit else self.context.unit

    @property
    def team_title(self):
        return team_title(self.context.team)

    @property
    def desk_title(self):
        return desk_title(self.context.desk)

    @property
    def opened(self):
        return self.context.opened and as_day(self.context.opened)

    @property
    def closed(self):
        return self.context.closed and as_day(self.context.closed)

    @cached_property
    def brains(self):
        return api.portal.get_tool("portal_catalog")(
            path={"query": "/".join(self.context.getPhysicalPath()), "depth": 1},
            portal_type=["mail_item", "case_document"],
        )

    @cached_property
    def rows(self):
        """What lies in the case file, by the day it came.

        What has no date stands at the day on which it was put there.
        """
        dated = [(row(brain), brain.created) for brain in self.brains]
        dated.sort(
            key=lambda each: (
                each[0].received or as_house_time(each[1].asdatetime()).date(),
                each[0].number,
                each[1],
            )
        )
        return [each for each, _created in dated]

    @property
    def page_total(self):
        return sum(each.page_count for each in self.rows)

    @cached_property
    def opened_document(self):
        """The document that stands open at the side, or None."""
        uid = self.request.form.get("document", "")
        if uid not in {each.uid for each in self.rows}:
            return None
        return api.content.get(UID=uid)

    @property
    def opened_row(self):
        uid = self.request.form.get("document", "")
        return next((each for each in self.rows if each.uid == uid), None)

    @property
    def pane(self):
        """The viewer of the document that stands open."""
        return self.opened_document.restrictedTraverse("@@viewer-pane")()

    @property
    def may_read_opened(self):
        return IScanPages(self.opened_document).may_read()

    @property
    def shown(self):
        """What is unfolded below the documents; it is only fetched when asked for."""
        return self.request.form.get("show", "")

    @property
    def history(self):
        return history_of(self.context, self.brains)

    @property
    def viewers(self):
        return who_may_see(self.context)

    def why(self, viewer):
        """Return what opens the case file to the group or person, in words."""
        return self.say(why_said(viewer))

    def members_of(self, viewer):
        """Return who the people are, a deputy with for whom and until when."""
        return members_said(viewer, self.say)

    @cached_property
    def may(self):
        return possible(self.context)

    @property
    def may_close(self):
        return Transition.CLOSE in self.may

    @property
    def may_reopen(self):
        return Transition.REOPEN in self.may

    @property
    def may_add(self):
        return api.user.has_permission("eakte: Add to case file", obj=self.context)

    @property
    def may_change(self):
        return api.user.has_permission("Modify portal content", obj=self.context)

    @cached_property
    def reasons_against_closing(self):
        return [self.say(reason) for reason in reasons_against_closing(self.context)]

    @property
    def document_types(self):
        return tuple(DOCUMENT_TYPES)

    @property
    def open_dialog(self):
        """Id of the dialog that stands open, as asked or as refused."""
        return self.asked or self.request.form.get("step", "")
