from eakte import _
from eakte.clock import today
from plone.app.content.interfaces import INameFromTitle
from plone.autoform import directives
from plone.dexterity.content import Item
from plone.supermodel import model
from zope import schema
from zope.component import adapter
from zope.interface import implementer
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


DIRECTIONS = SimpleVocabulary(
    [
        SimpleTerm("incoming", "incoming", _("Incoming")),
        SimpleTerm("outgoing", "outgoing", _("Outgoing")),
    ]
)

CHANNELS = SimpleVocabulary(
    [
        SimpleTerm("letter", "letter", _("Letter")),
        SimpleTerm("fax", "fax", _("Fax")),
        SimpleTerm("email", "email", _("E-mail")),
        SimpleTerm("counter", "counter", _("Handed in")),
        SimpleTerm("upload", "upload", _("Uploaded")),
        SimpleTerm("interface", "interface", _("Other system")),
    ]
)

PERSONAL = "personal"
"""The class of a letter that is for its desk alone."""

MAIL_CLASSES = SimpleVocabulary(
    [
        SimpleTerm("normal", "normal", _("Normal")),
        SimpleTerm("urgent", "urgent", _("Urgent")),
        SimpleTerm("deadline", "deadline", _("Deadline")),
        SimpleTerm("original", "original", _("Original enclosed")),
        SimpleTerm(PERSONAL, PERSONAL, _("Personal")),
    ]
)


class IMailItem(model.Schema):
    """A letter on its way from the envelope to the case file."""

    directives.mode(number="display")
    number = schema.TextLine(
        title=_("Mail number"),
        description=_("Unique in the house and the letter's barcode. Given at intake."),
        required=False,
        readonly=True,
    )

    title = schema.TextLine(
        title=_("Subject"),
        description=_("As the letter says it, or in a few words of your own."),
        max_length=255,
        required=False,
    )

    sender = schema.TextLine(
        title=_("Sender"),
        description=_("Who wrote the letter: a person or an authority."),
        max_length=255,
        required=False,
    )

    directives.write_permission(received="eakte.Check")
    received = schema.Date(
        title=_("Date of receipt"),
        description=_(
            "The day the letter reached the house. It decides about deadlines and "
            "stays the same, however often the letter is passed on."
        ),
        defaultFactory=today,
    )

    letter_date = schema.Date(
        title=_("Date on the letter"),
        description=_("As it stands on the letter; empty when there is none."),
        required=False,
    )

    mail_class = schema.Choice(
        title=_("Class"),
        description=_(
            "Urgent and deadline letters stand out in every box. A personal "
            "letter is seen by its desk only, once a desk has it; until then by "
            "all who work in its team's box. It is not filed in a case file."
        ),
        vocabulary=MAIL_CLASSES,
        default="normal",
    )

    channel = schema.Choice(
        title=_("Channel"),
        description=_("The way on which it reached the house."),
        vocabulary=CHANNELS,
        default="letter",
    )

    direction = schema.Choice(
        title=_("Direction"),
        description=_("Whether the letter came to the house or left it."),
        vocabulary=DIRECTIONS,
        default="incoming",
    )

    envelope_id = schema.TextLine(
        title=_("Envelope"),
        description=_("The same for all letters that came in one envelope."),
        max_length=60,
        required=False,
    )

    # Team and desk are set by routing and accepting, which also note who and why.
    directives.write_permission(team="eakte.SetByRouting")
    team = schema.Choice(
        title=_("Target team"),
        description=_("The team in whose box the letter lies."),
        vocabulary="eakte.teams",
        required=False,
    )

    directives.write_permission(desk="eakte.SetByRouting")
    desk = schema.Choice(
        title=_("Desk"),
        description=_("The desk that has taken the letter."),
        vocabulary="eakte.desks",
        required=False,
    )


@implementer(IMailItem)
class MailItem(Item):
    """A mail item; lies in the mail store until it is filed in a case file."""

    number = None
    team = None
    desk = None

    def Title(self):
        """Return the subject; a letter without one goes by its number."""
        return self.title or self.number or ""


@implementer(INameFromTitle)
@adapter(IMailItem)
class NameFromNumber:
    """The address of a mail item is its number."""

    def __init__(self, mail_item):
        self.title = mail_item.number
