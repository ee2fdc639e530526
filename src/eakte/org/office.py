from eakte.org.interfaces import IOffice
from eakte.org.model import OfficePlan
from persistent import Persistent
from zope.interface import implementer


@implementer(IOffice)
class Office(Persistent):
    """The plan in force, kept in the site as a local utility.

    Small, read on every check of a right and replaced as a whole, so one
    persistent object is right for it.
    """

    plan = OfficePlan()

    def departments(self):
        return self.plan.departments

    def teams(self, department=None):
        return tuple(
            team
            for team in self.plan.teams
            if department is None or team.department == department
        )

    def desks(self, team=None):
        return tuple(
            desk for desk in self.plan.desks if team is None or desk.team == team
        )

    def department(self, department_id):
        return _by_id(self.plan.departments, department_id)

    def team(self, team_id):
        return _by_id(self.plan.teams, team_id)

    def desk(self, desk_id):
        return _by_id(self.plan.desks, desk_id)

    def department_of(self, team_id):
        team = self.team(team_id)
        return team and team.department


def _by_id(things, wanted):
    return next((thing for thing in things if thing.id == wanted), None)
