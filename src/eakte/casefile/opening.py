"""A matter begins: a case file gets its reference and its team."""

from AccessControl import getSecurityManager
from AccessControl.users import UnrestrictedUser
from eakte import _
from eakte.casefile.store import case_file_store
from eakte.clock import today
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.filingplan.interfaces import IFilingPlan
from eakte.filingplan.numbers import take
from eakte.org.interfaces import IOffice
from eakte.org.membership import registered_departments
from eakte.org.membership import teams_of
from eakte.org.places import teams_working_in
from eakte.org.representing import represented_at
from plone.dexterity.utils import createContentInContainer
from zope.component import getUtility
from zope.lifecycleevent.interfaces import IObjectMovedEvent


class CaseFileWrong(EakteError):
    """The case file cannot be opened like this; nothing was created."""


def open_case_file(*, unit, title, team, **fields):
    """Open a case file and return it.

    :param unit: id of the filing plan's unit; first part of the reference.
    :param team: id of the responsible team, one of the user's own or of a
        department in whose registry the user works.
    :param fields: any other field of ``ICaseFile``.
    :raises CaseFileWrong: unit and team belong to different departments, or the
        desk is not the team's.
    :raises NotAllowed: the team is not the user's.
    """
    return createContentInContainer(
        case_file_store(),
        "case_file",
        unit=unit,
        title=title,
        team=team,
        **fields,
    )


def give_reference(case_file, event):
    """Give a new case file, a copied one too, a reference of its own.

    A number that was taken is never given again: none is taken for what is refused.
    """
    _refuse_opening(case_file)
    year = (case_file.opened or today()).year
    case_file.reference = f"{case_file.unit}-{take(f'{case_file.unit}/{year}')}/{year}"


def unit_of(reference):
    """Return the filing plan's unit that a file reference begins with.

    >>> unit_of("33.21-12/2026")
    '33.21'
    """
    return reference.rpartition("-")[0]


def refuse_wrong_opening(case_file, event):
    """Stop opening a case file where it does not belong, through whatever door."""
    if IObjectMovedEvent.providedBy(event) and event.oldParent is not None:
        return
    _refuse_opening(case_file)
    _keep_place(case_file)


def _refuse_opening(case_file):
    _refuse(
        (*_reasons_against_team(case_file), *_reasons_against_desk(case_file)),
        () if may_open_for(case_file.team) else (NOT_OPENED_FOR,),
    )


def refuse_wrong_change(case_file, event):
    """Stop giving a case file another unit, or to a team or desk it cannot go to.

    What did not change is not asked again: a unit may have left the plan since
    then, a desk the office.
    """
    wrong, not_allowed = [], []
    if case_file.unit != unit_of(case_file.reference):
        wrong.append(
            _(
                "The unit stays ${unit}: the file reference begins with it. Open "
                "another case file for another unit.",
                mapping={"unit": unit_of(case_file.reference)},
            )
        )
    team, desk = case_file.accepted_place
    if case_file.team != team:
        wrong += _reasons_against_team(case_file)
        if not _may_give(team, desk, case_file.team):
            not_allowed.append(NOT_GIVEN_TO)
    if (case_file.team, case_file.desk) != (team, desk):
        wrong += _reasons_against_desk(case_file)
    _refuse(wrong, not_allowed)
    _keep_place(case_file)


NOT_OPENED_FOR = _(
    "You can open case files for your own teams only. Choose another team."
)

NOT_GIVEN_TO = _("You can give a case file to your own teams only.")


def _refuse(wrong, not_allowed):
    if wrong:
        raise CaseFileWrong((*wrong, *not_allowed))
    if not_allowed:
        raise NotAllowed(not_allowed)


def _keep_place(case_file):
    place = case_file.team, case_file.desk
    if case_file.accepted_place != place:
        case_file.accepted_place = place


def _reasons_against_team(case_file):
    department = getUtility(IOffice).department_of(case_file.team)
    unit = getUtility(IFilingPlan).unit(case_file.unit)
    if unit is None or unit.department != department:
        yield _(
            "The unit ${unit} of the filing plan does not belong to the "
            "department of this team. Choose another unit or team.",
            mapping={"unit": case_file.unit},
        )


def _reasons_against_desk(case_file):
    if not case_file.desk:
        return
    desk = getUtility(IOffice).desk(case_file.desk)
    if desk is None or desk.team != case_file.team:
        yield _(
            "The desk does not belong to the responsible team. Choose one of the "
            "team's desks, or none."
        )


def _may_give(team, desk, to):
    """Whether the user may give what lies with the team and the desk to a team.

    Who works there for somebody else gives it no further than that person could.
    """
    user = getSecurityManager().getUser()
    represented = represented_at(user.getId(), team, desk)
    if represented is None:
        return may_open_for(to)
    return to in teams_working_in(represented)


def may_open_for(team):
    """Whether the user may open case files for the team."""
    if isinstance(getSecurityManager().getUser(), UnrestrictedUser):
        return True
    department = getUtility(IOffice).department_of(team)
    return team in {each.id for each in teams_of()} or department in {
        each.id for each in registered_departments()
    }
