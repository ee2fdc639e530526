"""The fields for a new case file, on a screen of their own or beside a letter."""

from eakte import _
from eakte.desk.placing import open_from
from eakte.desk.placing import units_for
from eakte.desk.places import teams_with_box
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

    @property
    def suggested_team(self):
        own = teams_of()
        return own[0].id if own else ""

    @property
    def suggested_title(self):
        return ""


class OpenCaseFile(Screen, CaseFileFields):
    """A case file is opened for a matter that begins without a letter."""

    def answer(self, form):
        case_file = open_from(form)
        self.tell(
            _(
                "Case file ${reference} is open.",
                mapping={"reference": case_file.reference},
            )
        )
        return case_file.absolute_url()
