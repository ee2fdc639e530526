"""One document of a case file: its pages, what is known, the next steps."""

from eakte import _
from eakte.desk.days import as_day
from eakte.desk.item import ScanScreen
from eakte.desk.rows import Badge
from eakte.desk.steps import document_steps_of
from eakte.document.content import DOCUMENT_TYPES
from eakte.document.states import State
from eakte.document.states import TITLES
from eakte.errors import NotAllowed
from functools import cached_property
from plone import api


class DocumentScreen(ScanScreen):
    """A document in its case file."""

    def answer(self, form):
        do = form.get("do", "")
        if do in ("describe", "retry", "unlock"):
            return super().answer(form)
        step = next((each for each in self.steps if each.id == do), None)
        if step is None:
            raise NotAllowed(_("You do not have the right for this step."))
        api.content.transition(self.context, transition=step.id)
        self.tell(step.said(""))
        return self.address

    @property
    def title(self):
        return self.context.title

    @property
    def state_badge(self):
        state = api.content.get_state(self.context)
        return Badge(TITLES[state], "notice" if state == State.CANCELLED else "plain")

    @property
    def steps(self):
        return document_steps_of(self.context)

    @property
    def document_types(self):
        return tuple(DOCUMENT_TYPES)

    @cached_property
    def type_title(self):
        return DOCUMENT_TYPES.getTerm(self.context.document_type).title

    @property
    def day_of_document(self):
        return self.context.document_date and as_day(self.context.document_date)

    @property
    def day_received(self):
        return self.context.received and as_day(self.context.received)
