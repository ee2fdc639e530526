"""A person says what a letter or document is: subject, sender, date, class."""

from eakte import _
from eakte.desk.fields import change
from eakte.desk.fields import read
from eakte.document.content import ICaseDocument
from eakte.errors import NotAllowed
from eakte.mailitem.content import IMailItem
from plone import api


OF_LETTER = ("title", "sender", "letter_date", "mail_class")
OF_DOCUMENT = ("title", "document_type", "document_date", "received", "author")


def describe(content, form):
    """Keep what was typed about the letter or document.

    :raises NotAllowed: the user may not change it, or not any more.
    :raises FieldsWrong: something typed does not fit.
    """
    if not api.user.has_permission("Modify portal content", obj=content):
        raise NotAllowed(_("You may not change what is known of it, or not any more."))
    if IMailItem.providedBy(content):
        schema, names = IMailItem, OF_LETTER
    else:
        schema, names = ICaseDocument, OF_DOCUMENT
    change(content, schema, read(schema, names, form, content))
