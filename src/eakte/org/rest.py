from eakte.org.interfaces import IOffice
from eakte.org.membership import desks_of
from eakte.org.membership import teams_of
from plone.restapi.services import Service
from zope.component import getUtility


class OfficeGet(Service):
    """The departments with their teams and desks, and where the user works."""

    def reply(self):
        office = getUtility(IOffice)
        return {
            "@id": f"{self.context.absolute_url()}/@office",
            "departments": [
                {**_named(each), "teams": self.teams(office, each.id)}
                for each in office.departments()
            ],
            "own_teams": [each.id for each in teams_of()],
            "own_desks": [each.id for each in desks_of()],
        }

    def teams(self, office, department):
        return [
            {**_named(each), "desks": [_named(desk) for desk in office.desks(each.id)]}
            for each in office.teams(department)
        ]


def _named(place):
    return {"id": place.id, "title": place.title}
