"""A letter without a case file gets one: opened and filed in one step."""

from eakte import _
from eakte.casefile.content import ICaseFile
from eakte.casefile.finding import find_case_files
from eakte.casefile.opening import open_case_file
from eakte.desk.fields import change
from eakte.desk.fields import FieldsWrong
from eakte.desk.fields import read
from eakte.errors import NotAllowed
from eakte.filingplan.interfaces import IFilingPlan
from eakte.mailitem.filing import CannotBeFiled
from eakte.mailitem.filing import file_into
from eakte.mailitem.filing import refuse_unfilable
from plone import api
from zope.component import getUtility


OF_CASE_FILE = (
    "unit",
    "title",
    "team",
    "desk",
    "family_name",
    "given_name",
    "birth_date",
    "nationality",
    "azr_number",
    "aliases",
)

REQUIRED = ("unit", "title", "team")


def open_from(form):
    """Open a case file with what was typed and return it.

    :raises FieldsWrong: something typed does not fit.
    :raises CaseFileWrong: unit and team belong to different departments.
    :raises NotAllowed: the team is not the user's.
    """
    values = read(ICaseFile, OF_CASE_FILE, dict.fromkeys(REQUIRED, "") | dict(form))
    return open_case_file(**values)


def change_from(case_file, form):
    """Keep what was typed about a case file.

    Unit and reference stay; the team only changes for one of the user's own.

    :raises FieldsWrong: something typed does not fit.
    :raises NotAllowed: the user may not change it, or not give it to the team.
    """
    if not api.user.has_permission("Modify portal content", obj=case_file):
        raise NotAllowed(_("You may not change this case file, or not any more."))
    names = [name for name in OF_CASE_FILE if name != "unit"]
    change(case_file, ICaseFile, read(ICaseFile, names, form, case_file))


def file_in_new(mail_item, form):
    """Open a case file with what was typed and file the letter in it.

    :returns: the case file.
    """
    refuse_unfilable(mail_item)
    case_file = open_from(form)
    file_into(mail_item, case_file)
    return case_file


def file_in_named(mail_item, form):
    """File the letter in the case file that was chosen, or clearly meant.

    :param form: see ``case_file_meant``.
    :returns: the case file.
    """
    case_file = case_file_meant(form)
    file_into(mail_item, case_file)
    return case_file


def case_file_meant(form):
    """Return the case file that was chosen, or clearly meant.

    :param form: ``case_file`` is the UUID that was chosen, ``text`` what was
        typed. Without a choice the text must mean one case file only.
    :raises CannotBeFiled: there is none that the user may see.
    :raises FieldsWrong: there are several.
    """
    uid = form.get("case_file", "")
    if not uid:
        meant = find_case_files(form.get("text", ""), limit=2)
        if not meant:
            raise CannotBeFiled(
                _("No case file was found by this. Choose one from the suggestions.")
            )
        if len(meant) > 1:
            raise FieldsWrong(
                _("More than one case file may be meant. Choose one of them.")
            )
        uid = meant[0].uid
    brains = api.portal.get_tool("portal_catalog")(UID=uid, portal_type="case_file")
    if not brains:
        raise CannotBeFiled(_("There is no such case file, or you may not see it."))
    return brains[0].getObject()


def units_for(teams):
    """Return the filing plan's units of the teams' departments."""
    departments = {team.department for team in teams}
    units = getUtility(IFilingPlan).units()
    return tuple(unit for unit in units if unit.department in departments)
