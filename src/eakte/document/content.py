from eakte import _
from plone.dexterity.content import Item
from plone.supermodel import model
from zope import schema
from zope.interface import implementer
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


DOCUMENT_TYPES = SimpleVocabulary(
    [
        SimpleTerm("letter", "letter", _("Letter")),
        SimpleTerm("application", "application", _("Application")),
        SimpleTerm("decision", "decision", _("Decision")),
        SimpleTerm("note", "note", _("File note")),
        SimpleTerm("evidence", "evidence", _("Evidence")),
        SimpleTerm("minutes", "minutes", _("Minutes")),
        SimpleTerm("paper_file", "paper_file", _("Scanned paper file")),
        SimpleTerm("other", "other", _("Other")),
    ]
)


class ICaseDocument(model.Schema):
    """Anything that is filed and did not come through the mailroom."""

    title = schema.TextLine(
        title=_("Subject"),
        description=_("What the document says, in a few words."),
        max_length=255,
    )

    document_type = schema.Choice(
        title=_("Type of document"),
        description=_("What kind of paper it is, as lists show it."),
        vocabulary=DOCUMENT_TYPES,
        default="other",
    )

    document_date = schema.Date(
        title=_("Date on the document"),
        description=_("As it stands on the document; empty when there is none."),
        required=False,
    )

    received = schema.Date(
        title=_("Date of receipt"),
        description=_("The day it reached the house; empty for our own documents."),
        required=False,
    )

    author = schema.TextLine(
        title=_("Author"),
        description=_("Who wrote it: a person or an authority."),
        max_length=255,
        required=False,
    )


@implementer(ICaseDocument)
class CaseDocument(Item):
    """A document in a case file."""
