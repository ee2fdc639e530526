from eakte import _
from eakte.casefile.persons import is_azr_number
from eakte.clock import today
from plone.app.content.interfaces import INameFromTitle
from plone.autoform import directives
from plone.dexterity.content import Container
from plone.supermodel import model
from z3c.form.interfaces import IEditForm
from zope import schema
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Invalid
from zope.interface import invariant
from zope.schema import ValidationError


class AZRNumberWrong(ValidationError):
    __doc__ = _("An AZR number has 12 digits: YYMMDD and six more.")


def _check_azr_number(value):
    if not is_azr_number(value):
        raise AZRNumberWrong(value)
    return True


class ICaseFile(model.Schema):
    """One person's or matter's file."""

    directives.read_permission(reference="zope2.View")
    directives.mode(reference="display")
    reference = schema.TextLine(
        title=_("File reference"),
        description=_(
            "Unit of the filing plan, running number and year. Given when the "
            "case file is opened, unique, never used again."
        ),
        max_length=45,
        required=False,
        readonly=True,
    )

    title = schema.TextLine(
        title=_("Subject of the case file"),
        description=_("What the matter is about, in a few words."),
        max_length=255,
    )

    # The reference begins with it and is never used again.
    directives.omitted(IEditForm, "unit")
    unit = schema.Choice(
        title=_("Filing plan unit"),
        description=_(
            "Where the matter belongs. The unit is the first part of the file "
            "reference and carries the retention rule. It stays as it was given "
            "when the case file was opened."
        ),
        vocabulary="eakte.filing_plan_units",
    )

    family_name = schema.TextLine(
        title=_("Family name"),
        description=_("All of the family name as in the passport; nothing else here."),
        max_length=90,
        required=False,
    )

    given_name = schema.TextLine(
        title=_("Given name"),
        description=_("All given names as in the passport, in its order."),
        max_length=90,
        required=False,
    )

    birth_date = schema.Date(
        title=_("Date of birth"),
        description=_(
            "As in the passport. Tells people of the same name apart; empty when "
            "it is not known."
        ),
        required=False,
    )

    nationality = schema.TextLine(
        title=_("Nationality"),
        description=_(
            "The state whose passport the person has, several with commas between them."
        ),
        max_length=90,
        required=False,
    )

    azr_number = schema.TextLine(
        title=_("AZR number"),
        description=_("12 digits: YYMMDD and six more."),
        constraint=_check_azr_number,
        required=False,
    )

    aliases = schema.List(
        title=_("Other names"),
        description=_(
            "Earlier names, other spellings, aliases. The search finds the case "
            "file by them and says so."
        ),
        value_type=schema.TextLine(max_length=180),
        required=False,
        defaultFactory=list,
        missing_value=[],
    )

    directives.write_permission(team="eakte.OpenCaseFile")
    team = schema.Choice(
        title=_("Responsible team"),
        description=_("The team whose members see the case file and work on it."),
        vocabulary="eakte.teams",
    )

    desk = schema.Choice(
        title=_("Desk"),
        description=_(
            "The desk of the responsible team that handles the matter; empty while "
            "nobody was named."
        ),
        vocabulary="eakte.desks",
        required=False,
    )

    opened = schema.Date(
        title=_("Opened on"),
        description=_(
            "The day the matter began. Its year is the last part of the file reference."
        ),
        required=False,
        defaultFactory=today,
    )

    directives.mode(closed="display")
    closed = schema.Date(
        title=_("Closed on"),
        description=_(
            "The day the matter was settled. The retention period starts on "
            "1 January of the following year."
        ),
        required=False,
        readonly=True,
    )

    @invariant
    def closed_after_opened(data):
        closed = getattr(data, "closed", None)
        if closed and data.opened and closed < data.opened:
            raise Invalid(_("A case file cannot be closed before it was opened."))


@implementer(ICaseFile)
class CaseFile(Container):
    """A case file; what is filed lies in it, unordered: lists sort by date."""

    _ordering = "unordered"
    reference = None
    closed = None
    accepted_place = (None, None)
    """Team and desk as they were last found right, see ``opening``."""

    # No fields of the schema: no form, list or service shows or sets them by chance.
    protection = None
    """Why only a circle of persons sees it, see ``eakte.access.protecting``; or None."""
    circle = ()
    """Ids of these persons, in order."""
    barred = ()
    """Ids of those who see nothing of it, whatever their place; in order."""

    def __init__(self, *args, **fields):
        super().__init__(*args, **fields)
        # Plone's folders have a class attribute of this name, which is no name.
        self.aliases = fields.get("aliases") or []


@implementer(INameFromTitle)
@adapter(ICaseFile)
class NameFromReference:
    """The address of a case file is its reference, with hyphens only."""

    def __init__(self, case_file):
        self.title = case_file.reference.replace("/", "-")
