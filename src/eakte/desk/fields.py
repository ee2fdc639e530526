"""What was typed into a form becomes the values of a schema's fields."""

from datetime import date
from eakte import _
from eakte.errors import EakteError
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent
from zope.schema.interfaces import ConstraintNotSatisfied
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IList
from zope.schema.interfaces import RequiredMissing
from zope.schema.interfaces import TooLong
from zope.schema.interfaces import ValidationError
from zope.schema.interfaces import WrongType


class FieldsWrong(EakteError):
    """Something typed does not fit its field; nothing was changed.

    :param names: the field that each of the reasons is about.
    """

    def __init__(self, reasons, names=()):
        super().__init__(reasons)
        self.names = tuple(getattr(reasons, "names", names))


def read(schema, names, form, context=None):
    """Return ``{name: value}`` for the fields that the form has.

    :param form: what was typed, by field name; text.
    :raises FieldsWrong: with a sentence for every field that is wrong.
    """
    values, wrong = {}, {}
    for name in names:
        if name not in form:
            continue
        field = schema[name].bind(context)
        try:
            values[name] = _value(field, form[name])
            field.validate(values[name])
        except (ValidationError, ValueError) as error:
            wrong[name] = _reason(field, error)
    if wrong:
        raise FieldsWrong(wrong.values(), wrong)
    return values


def change(content, schema, values):
    """Set the values that are new and tell everybody; nothing else is touched."""
    changed = [name for name in values if getattr(content, name) != values[name]]
    for name in changed:
        setattr(content, name, values[name])
    if changed:
        notify(ObjectModifiedEvent(content, Attributes(schema, *changed)))


def _value(field, text):
    text = text.strip() if isinstance(text, str) else text
    if IList.providedBy(field):
        lines = (line.strip() for line in (text or "").splitlines())
        return [line for line in lines if line]
    if not text:
        return None
    if IDate.providedBy(field):
        return date.fromisoformat(text)
    return text


def _reason(field, error):
    if isinstance(error, RequiredMissing):
        return _("${field}: please fill this in.", mapping={"field": field.title})
    if isinstance(error, TooLong):
        return _(
            "${field}: at most ${count} characters.",
            mapping={"field": field.title, "count": str(field.max_length)},
        )
    if isinstance(error, ValueError) and IDate.providedBy(field):
        return _("${field}: this is not a date.", mapping={"field": field.title})
    if isinstance(error, (ConstraintNotSatisfied, WrongType)):
        return _(
            "${field}: this value is not possible.", mapping={"field": field.title}
        )
    # An error of our own schemas says in its docstring what is right.
    return error.doc()
