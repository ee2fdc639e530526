"""Who alone sees a case file, and who sees nothing of it: the forms of those who decide."""

from eakte import _
from eakte.access.barring import bar
from eakte.access.barring import may_bar
from eakte.access.choosing import people_to_bar
from eakte.access.choosing import people_to_choose
from eakte.access.closing import LONGEST_REASON
from eakte.access.protecting import lift
from eakte.access.protecting import may_protect
from eakte.access.protecting import protect
from eakte.access.protecting import protected_case_file
from eakte.access.protecting import Protection
from eakte.access.protecting import TITLES
from eakte.desk.screen import EDITION
from eakte.desk.screen import Screen
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.org.places import departments_headed_by
from eakte.org.places import name_of
from functools import cached_property
from plone import api
from plone.app.layout.viewlets.common import ViewletBase


class ClosingForms:
    """What the forms show and do; ``case_file`` is the one that they are about."""

    longest_reason = LONGEST_REASON

    @cached_property
    def may_protect(self):
        return may_protect(self.case_file)

    @cached_property
    def may_bar(self):
        return may_bar(self.case_file)

    @property
    def kinds(self):
        """``(value, title, chosen)`` of each kind of protection."""
        now = self.case_file.protection or ""
        chosen = self.typed("protection", now) if self.asked == "protect" else now
        return [(str(kind), TITLES[kind], kind == chosen) for kind in Protection]

    @property
    def kind_title(self):
        """What the protection is called that holds now, or None."""
        kind = self.case_file.protection
        return TITLES[Protection(kind)] if kind else None

    @property
    def circle(self):
        """``(id, name, chosen)`` of each person who can be in the circle."""
        known = people_to_choose(self.case_file)
        return self._choice("circle", "protect", known, self.case_file.barred)

    @property
    def barred(self):
        """``(id, name, chosen)`` of each person who can be barred."""
        user = api.user.get_current().getId()
        known = people_to_bar(self.case_file)
        return self._choice("barred", "bar", known, (*self.case_file.circle, user))

    def take(self, form):
        """Do what the form asks.

        :returns: what is told then; None when the form is none of these.
        """
        do, reason = form.get("do", ""), form.get("reason", "")
        if do == "protect":
            protect(
                self.case_file,
                form.get("protection", ""),
                _many(form, "circle"),
                reason,
            )
            return _("Only the circle sees the case file now.")
        if do == "lift":
            lift(self.case_file, reason)
            return _("The case file is no longer protected.")
        if do == "bar":
            bar(self.case_file, _many(form, "barred"), reason)
            return _("What you changed is kept.")
        return None

    def reason_typed(self, *forms):
        """Return the reason that was typed into one of the forms that was refused."""
        return self.typed("reason") if self.asked in forms else ""

    def _choice(self, name, do, known, without):
        known = (*known, *getattr(self.case_file, name))
        chosen = getattr(self.case_file, name)
        if self.asked == do:
            chosen = _many(self.request.form, name)
        people = {person: name_of(person) for person in known if person not in without}
        named = sorted(people.items(), key=lambda each: each[1].lower())
        return [(person, name, person in chosen) for person, name in named]


class ProtectionScreen(ClosingForms, Screen):
    """The forms beside the case file, for those who see it and decide."""

    is_lookup = False

    def __call__(self):
        if not (self.may_protect or self.may_bar):
            raise NotAllowed(
                _("The lead of the team and the head of the department decide this.")
            )
        return super().__call__()

    @property
    def case_file(self):
        return self.context

    @property
    def address(self):
        return f"{self.context.absolute_url()}/@@protection"

    @property
    def way_back(self):
        return self.context.absolute_url()

    def answer(self, form):
        told = self.take(form)
        if told is None:
            return super().answer(form)
        self.tell(told)
        # Asked anew: the groups of who is logged in are those from before.
        user = api.user.get(userid=api.user.get_current().getId())
        if api.user.has_permission("View", user=user, obj=self.context):
            return self.way_back
        self.tell(_("You do not see it yourself any more."))
        return self.portal_url


class ProtectedCaseFile(ClosingForms, Screen):
    """The head changes the circle of a case file that only the circle sees.

    Found by the exact reference; nothing of what it says is shown.
    """

    is_lookup = True
    may_bar = False

    def __call__(self):
        if not departments_headed_by(api.user.get_current().getId()):
            raise NotAllowed(_("This is for heads of departments."))
        if self.request.method != "POST" and self.reference:
            try:
                self.case_file  # noqa: B018
            except EakteError as refused:
                self.reasons = [self.say(reason) for reason in refused.reasons]
                self.request.response.setStatus(refused.status)
        return super().__call__()

    @property
    def reference(self):
        return self.typed("reference").strip()

    @cached_property
    def case_file(self):
        """The one that is meant.

        :raises NoSuchCaseFile: there is none.
        """
        return protected_case_file(self.reference)

    @property
    def is_found(self):
        if not self.reference:
            return False
        try:
            return self.case_file is not None
        except EakteError:
            return False

    @property
    def address(self):
        return f"{self.portal_url}/@@protected-case-file"

    @property
    def way_back(self):
        return self.portal_url

    def answer(self, form):
        told = self.take(form)
        if told is None:
            return super().answer(form)
        self.tell(told)
        return self.address


class ClosingLine(ViewletBase):
    """Says above a case file that it is protected, and leads to the forms."""

    @cached_property
    def is_shown(self):
        on_case_file = getattr(self.view, "__name__", "") == "case-file"
        return on_case_file and (self.protection or self.may)

    @property
    def protection(self):
        kind = self.context.protection
        return TITLES[Protection(kind)] if kind else None

    @cached_property
    def may(self):
        return may_protect(self.context) or may_bar(self.context)

    @property
    def barred(self):
        """Names of those who are barred, for those who decide it."""
        people = self.context.barred if may_bar(self.context) else ()
        return ", ".join(name_of(person) for person in people)

    @property
    def address(self):
        return f"{self.context.absolute_url()}/@@protection"

    @property
    def style(self):
        portal_url = api.portal.get().absolute_url()
        return f"{portal_url}/++plone++eakte.desk/++unique++{EDITION}/protection.css"


class ProtectedLine(ViewletBase):
    """Leads heads of departments from their numbers to the circles."""

    @property
    def is_shown(self):
        user = api.user.get_current()
        on_numbers = getattr(self.view, "__name__", "") == "counters"
        return on_numbers and bool(departments_headed_by(user.getId()))

    @property
    def address(self):
        return f"{api.portal.get().absolute_url()}/@@protected-case-file"


def _many(form, name):
    value = form.get(name) or ()
    return (value,) if isinstance(value, str) else tuple(value)
