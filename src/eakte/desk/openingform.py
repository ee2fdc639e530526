"""The fields for a new case file, on a screen of their own or beside a letter."""

from eakte import _
from eakte.desk.places import teams_with_box
from eakte.desk.placing import change_from
from eakte.desk.placing import OF_CASE_FILE
from eakte.desk.placing import open_from
from eakte.desk.placing import units_for
from eakte.desk.screen import Screen
from eakte.org.interfaces import IOffice
from eakte.org.membership import teams_of
from functools import cached_property
from zope.component import getUtility


class CaseFileFields:
    """What the fields offer; their markup is the macro ``case-file-fields``."""

    @cached_property
    def own_teams(self):
        """The teams for which the user may open a case file."""
        return teams_with_box()

    @property
    def own_teams_with_desks(self):
        office = getUtility(IOffice)
        return [(team, office.desks(team.id)) for team in self.own_teams]

    @cached_property
    def own_units(self):
        return units_for(self.own_teams)

    def value(self, name):
        """Return what stands in a field: what was typed, else what is suggested."""
        return self.typed(name, self.suggested.get(name, ""))

    @property
    def suggested(self):
        """``{field: text}`` for what stands there before anybody types."""
        own = teams_of()
        return {"team": own[0].id if own else ""}


class OpenCaseFile(Screen, CaseFileFields):
    """A case file is opened for a matter that begins without a letter."""

    title = _("Open a case file")
    button = _("Open the case file")
    hint = _(
        "The file reference is given when the case file is opened: unit, running "
        "number and year."
    )

    @property
    def address(self):
        return f"{self.portal_url}/@@open-case-file"

    @property
    def way_back(self):
        return self.portal_url

    def answer(self, form):
        case_file = open_from(form)
        self.tell(
            _(
                "Case file ${reference} is open.",
                mapping={"reference": case_file.reference},
            )
        )
        return case_file.absolute_url()


class ChangeCaseFile(Screen, CaseFileFields):
    """What is known of a case file is put right; its reference stays for ever."""

    title = _("Change the case file")
    button = _("Save")
    hint = _("The file reference stays as it is.")
    own_units = ()

    def answer(self, form):
        change_from(self.context, form)
        self.tell(_("What you changed is kept."))
        return self.way_back

    @property
    def address(self):
        return f"{self.way_back}/@@change-case-file"

    @property
    def way_back(self):
        return self.context.absolute_url()

    @cached_property
    def own_teams(self):
        """The user's teams, and the one that has the case file now."""
        office = getUtility(IOffice)
        ids = {team.id for team in teams_with_box()} | {self.context.team}
        return tuple(team for team in office.teams() if team.id in ids)

    @property
    def suggested(self):
        known = {name: getattr(self.context, name) for name in OF_CASE_FILE}
        texts = {name: str(value) for name, value in known.items() if value}
        return texts | {"aliases": "\n".join(self.context.aliases or ())}
