"""The office's files become a checked plan; nothing of the site is touched here."""

from eakte import _
from eakte.errors import EakteError
from eakte.org.groups import is_group
from eakte.org.model import Department
from eakte.org.model import Desk
from eakte.org.model import OfficePlan
from eakte.org.model import Person
from eakte.org.model import Team
from eakte.org.principals import desk_group
from eakte.org.principals import desk_people_group
from eakte.org.principals import team_group
from eakte.org.principals import team_lead_group
from eakte.org.principals import team_people_group
from eakte.org.shape import mistakes_of_shape
from eakte.org.standing import mistakes_of_deputies
from eakte.org.standing import mistakes_of_readers
from pathlib import Path

import re
import yaml


FILING_PLAN = "filingplan.yaml"

ID = re.compile(r"[a-z0-9][a-z0-9.-]*$")

FUNCTIONS_IN_MAILROOM = ("operators", "checkers", "leads")


class OfficeFilesWrong(EakteError):
    """The office's files contradict themselves; nothing was applied."""


def texts_of(folder):
    """Return the texts of the folder's files that describe the office, by file name.

    :param folder: the office's folder; its filing plan is left out.
    """
    return {
        path.name: path.read_text("utf-8")
        for path in sorted(Path(folder).glob("*.yaml"))
        if path.name != FILING_PLAN
    }


def read_office(folder):
    """Return the plan that all ``*.yaml`` of the folder describe together.

    :raises OfficeFilesWrong: with every mistake found, not just the first.
    """
    return plan_of(texts_of(folder))


def plan_of(texts):
    """Return the plan that the files describe together.

    :param texts: what stands in each file, by file name.
    :raises OfficeFilesWrong: with every mistake found, not just the first.
    """
    if wrong := [
        m for name in sorted(texts) for m in mistakes_of_shape(name, texts[name])
    ]:
        raise OfficeFilesWrong(wrong)
    departments, teams, desks, people = [], [], [], []
    mailroom = dict.fromkeys(FUNCTIONS_IN_MAILROOM, ())
    officers, accounts = [], []
    for _name, text in sorted(texts.items()):
        data = yaml.safe_load(text) or {}
        people += [Person(**person) for person in data.get("people") or ()]
        officers += data.get("data_protection_officers") or ()
        accounts += data.get("integration_accounts") or ()
        for function in FUNCTIONS_IN_MAILROOM:
            mailroom[function] += tuple(
                (data.get("mailroom") or {}).get(function) or ()
            )
        if "department" not in data:
            continue
        departments.append(
            Department(
                data["department"],
                data["title"],
                tuple(data.get("head") or ()),
                tuple(data.get("registry") or ()),
                tuple(data.get("records_managers") or ()),
                tuple(data.get("readers_elsewhere") or ()),
            )
        )
        for team in data.get("teams") or ():
            teams.append(
                Team(
                    team["id"],
                    team["title"],
                    data["department"],
                    tuple(team.get("lead") or ()),
                    tuple(team.get("lead_deputies") or ()),
                )
            )
            desks += [
                Desk(
                    desk["id"],
                    desk["title"],
                    team["id"],
                    tuple(desk["people"] or ()),
                    tuple(desk.get("deputies") or ()),
                )
                for desk in team.get("desks") or ()
            ]
    plan = OfficePlan(
        tuple(departments),
        tuple(teams),
        tuple(desks),
        tuple(people),
        mailroom,
        tuple(officers),
        tuple(accounts),
    )
    if mistakes := [
        *_mistakes(plan),
        *mistakes_of_deputies(plan),
        *mistakes_of_readers(plan),
    ]:
        raise OfficeFilesWrong(mistakes)
    return plan


def _mistakes(plan):
    if not plan.departments:
        yield _("The folder describes no department.")
    for kind in (plan.departments, plan.teams, plan.desks, plan.people):
        seen = set()
        for each in kind:
            if not ID.match(each.id):
                yield _(
                    "“${id}” cannot be an id: use a-z, 0-9, hyphen and full stop.",
                    mapping={"id": each.id},
                )
            if each.id in seen:
                yield _("The id “${id}” is used twice.", mapping={"id": each.id})
            seen.add(each.id)
    for person in plan.people:
        if is_group(person.id):
            yield _(
                "“${id}” cannot be the id of a person: groups are called like that.",
                mapping={"id": person.id},
            )
    yield from _mistaken_for_others(plan)
    known = {person.id for person in plan.people}
    named = set(plan.data_protection_officers) | set(plan.integration_accounts)
    for people in plan.mailroom.values():
        named.update(people)
    for department in plan.departments:
        named.update(department.head, department.registry, department.records_managers)
        named.update(department.readers_elsewhere)
    for team in plan.teams:
        named.update(team.lead, team.lead_deputies)
    for desk in plan.desks:
        named.update(desk.people, desk.deputies)
    for person in sorted(named - known):
        yield _(
            "“${id}” has a place in the office but is no person of it.",
            mapping={"id": person},
        )


def _mistaken_for_others(plan):
    """Yield the places whose group would be another place's group too."""
    leads = {team_lead_group(team.id): team.id for team in plan.teams}
    for team in plan.teams:
        # The members would lead the other team.
        if other := leads.get(team_group(team.id)):
            yield _(
                "The team id “${id}” means the lead of the team “${team}”: "
                "choose another.",
                mapping={"id": team.id, "team": other},
            )
    # The members would read the other place's personal letters.
    for kind, own, people in (
        (plan.teams, team_group, team_people_group),
        (plan.desks, desk_group, desk_people_group),
    ):
        taken = {people(each.id): each.id for each in kind}
        for each in kind:
            if other := taken.get(own(each.id)):
                yield _(
                    "The id “${id}” means the people of “${other}”: choose another.",
                    mapping={"id": each.id, "other": other},
                )
