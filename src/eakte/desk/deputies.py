"""Deputies: who is away, who works for whom, entered and ended."""

from datetime import date
from eakte import _
from eakte.clock import today
from eakte.desk.boxes import BoxAddress
from eakte.desk.days import as_day
from eakte.desk.deputylines import is_over
from eakte.desk.deputylines import line_of
from eakte.desk.screen import Screen
from eakte.org.entering import DeputyshipWrong
from eakte.org.entering import end
from eakte.org.entering import enter_absence
from eakte.org.entering import enter_deputyship
from eakte.org.entering import teams_in_charge
from eakte.org.interfaces import IOffice
from eakte.org.listing import absences_of
from eakte.org.listing import deputyships_of
from eakte.org.listing import people_of
from eakte.org.places import departments_of
from eakte.org.places import desks_at
from eakte.org.places import name_of
from eakte.org.places import people_of_department
from eakte.org.places import people_of_team
from eakte.org.representing import deputies_of
from eakte.org.representing import represented_by
from functools import cached_property
from plone import api
from zope.component import getUtility


class DeputiesScreen(Screen):
    """My absences and deputies, whom I represent, and the calendar of my teams."""

    def answer(self, form):
        do = form.get("do", "")
        if do == "absence":
            self._enter_absence(form)
        elif do == "deputyship":
            self._enter_deputyship(form)
        elif do == "end":
            end(form.get("entry", ""))
            self.tell(_("It is ended from now on, and stays in the list."))
        else:
            return super().answer(form)
        return self.address

    def _enter_absence(self, form):
        person = form.get("person") or self.user
        first, last = _days(form)
        enter_absence(person, first, last, form.get("reason", ""))
        self.tell(_("The absence of ${name} is entered.", mapping=_named(person)))

    def _enter_deputyship(self, form):
        person = form.get("person") or self.user
        first, last = _days(form)
        deputy = form.get("deputy", "")
        teams = form.get("teams", [])
        teams = [teams] if isinstance(teams, str) else teams
        enter_deputyship(deputy, person, first, last, teams, form.get("reason", ""))
        self.tell(
            _(
                "${deputy} represents ${name} on these days.",
                mapping=_named(person) | {"deputy": name_of(deputy)},
            )
        )

    @property
    def address(self):
        return f"{self.portal_url}/@@deputies"

    @cached_property
    def user(self):
        return api.user.get_current().getId()

    @property
    def today(self):
        return today().isoformat()

    @property
    def represents(self):
        """Whom the user represents now: name, desks, last day, way to the desk."""
        found = {}
        office = getUtility(IOffice)
        for each in represented_by(self.user):
            desk = office.desk(each.desk)
            known = found.setdefault(
                each.represented,
                {
                    "name": name_of(each.represented),
                    "until": as_day(each.until),
                    "desks": [],
                },
            )
            address = BoxAddress("my-desk", desk.id)
            known["desks"].append({"title": desk.title, "url": address.url})
        return list(found.values())

    @property
    def represented(self):
        """Who represents the user now: name and last day."""
        found = {}
        for each in deputies_of(self.user):
            found[each.deputy] = {
                "name": name_of(each.deputy),
                "until": as_day(each.until),
            }
        return list(found.values())

    @cached_property
    def own(self):
        """The user's own entries that are not over, the first day first."""
        return [
            line_of(entry, self.user)
            for entry in reversed(self._entries)
            if entry.person == self.user and not is_over(entry)
        ]

    @cached_property
    def past(self):
        """What is over, of all that the user may know of; the latest first."""
        return [line_of(each, self.user) for each in self._entries if is_over(each)]

    @cached_property
    def teams(self):
        """The teams that the user looks after."""
        return teams_in_charge(self.user)

    @cached_property
    def calendar(self):
        """``(team, lines)`` of each of those teams, the first day first."""
        return [(team, self._lines_of(team)) for team in self.teams]

    def _lines_of(self, team):
        people = people_of_team(team.id)
        return [
            line_of(entry, self.user)
            for entry in reversed(self._entries)
            if entry.person in people and not is_over(entry)
        ]

    @cached_property
    def _entries(self):
        entries = [*deputyships_of(self.user), *absences_of(self.user)]
        return sorted(entries, key=lambda each: (each.first, each.last), reverse=True)

    @property
    def standing(self):
        """The standing deputies of the user's desks: ``(desk, names)``."""
        return [
            (desk.title, ", ".join(name_of(each) for each in desk.deputies))
            for desk in desks_at(self.user)
        ]

    @cached_property
    def people(self):
        """Whose entries the user makes: ``(id, name)``, the user first."""
        return [(person, name_of(person)) for person in people_of(self.user)]

    @cached_property
    def colleagues(self):
        """Who may be a deputy: ``(id, name)`` by name; those of the departments."""
        departments = departments_of(self.user) | {
            team.department for team in self.teams
        }
        found = {
            person
            for department in departments
            for person in people_of_department(department)
        }
        return sorted(
            ((person, name_of(person)) for person in found), key=lambda each: each[1]
        )

    @cached_property
    def scopes(self):
        """The teams to choose from, when the people work in more than one."""
        office = getUtility(IOffice)
        ids = {desk.team for person, _name in self.people for desk in desks_at(person)}
        teams = [team for team in office.teams() if team.id in ids]
        return teams if len(teams) > 1 else []

    def is_chosen(self, name, value, do):
        """Whether the value was chosen in the form before it was refused."""
        if self.asked != do:
            return False
        chosen = self.request.form.get(name, ())
        return value in ([chosen] if isinstance(chosen, str) else chosen)

    def said(self, name, do):
        """Return what was typed in that form before it was refused."""
        return self.typed(name) if self.asked == do else ""

    @property
    def may_enter(self):
        """Whether the user has a place that somebody could represent or look after."""
        return bool(departments_of(self.user))


def _days(form):
    """Return first and last day as they were typed, None for what was not.

    :raises DeputyshipWrong: something else than days was typed.
    """
    days, wrong = [], []
    for name in ("first", "last"):
        typed = (form.get(name) or "").strip()
        try:
            days.append(date.fromisoformat(typed) if typed else None)
        except ValueError:
            wrong.append(_("“${text}” is no day.", mapping={"text": typed}))
    if wrong:
        raise DeputyshipWrong(wrong)
    return days


def _named(person):
    return {"name": name_of(person)}
