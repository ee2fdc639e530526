"""A matter begins: a case file gets its reference and its team."""

from AccessControl import getSecurityManager
from AccessControl.users import UnrestrictedUser
from datetime import date
from eakte import _
from eakte.casefile.store import case_file_store
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.filingplan.interfaces import IFilingPlan
from eakte.filingplan.numbers import take
from eakte.org.interfaces import IOffice
from eakte.org.membership import registered_departments
from eakte.org.membership import teams_of
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
    :raises CaseFileWrong: unit and team belong to different departments.
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
    """Give a new case file, a copied one too, a reference of its own."""
    year = (case_file.opened or date.today()).year
    case_file.reference = f"{case_file.unit}-{take(f'{case_file.unit}/{year}')}/{year}"


def refuse_wrong_team(case_file, event):
    """Stop opening a case file for somebody else's team, through whatever door."""
    if IObjectMovedEvent.providedBy(event) and event.oldParent is not None:
        return
    _refuse_wrong_department(case_file)
    if not may_open_for(case_file.team):
        raise NotAllowed(
            _("You can open case files for your own teams only. Choose another team.")
        )


def keep_department(case_file, event):
    """Stop handing a case file to a team of another department."""
    # Filing modifies the case file too; its unit may have left the plan by then.
    names = {n.rpartition(".")[2] for d in event.descriptions for n in d.attributes}
    if names & {"team", "unit"}:
        _refuse_wrong_department(case_file)


def _refuse_wrong_department(case_file):
    department = getUtility(IOffice).department_of(case_file.team)
    unit = getUtility(IFilingPlan).unit(case_file.unit)
    if unit is None or unit.department != department:
        raise CaseFileWrong(
            _(
                "The unit ${unit} of the filing plan does not belong to the "
                "department of this team. Choose another unit or team.",
                mapping={"unit": case_file.unit},
            )
        )


def may_open_for(team):
    """Whether the user may open case files for the team."""
    if isinstance(getSecurityManager().getUser(), UnrestrictedUser):
        return True
    department = getUtility(IOffice).department_of(team)
    return team in {each.id for each in teams_of()} or department in {
        each.id for each in registered_departments()
    }
