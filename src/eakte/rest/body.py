"""What a request says: read once, checked, every mistake named."""

from datetime import date
from eakte import _
from eakte.errors import EakteError
from plone.restapi.deserializer import json_body
from plone.restapi.exceptions import DeserializationError


class RequestWrong(EakteError):
    """The request does not say what the service needs; nothing was changed."""


def texts_of_body(request, *, needed=(), possible=()):
    """Return the texts of the request's JSON body by name; see ``values_of_body``."""
    return values_of_body(
        request, dict.fromkeys(needed, text), dict.fromkeys(possible, text)
    )


def values_of_body(request, needed, possible, *, present=()):
    """Return the values of the request's JSON body by name; every mistake is named.

    A possible one that is missing or null is left out of the answer, and one that is
    empty too, when it is no text.

    :param needed: names that must say something, each with the function that reads its
        value: one of those below, or another that raises ``RequestWrong``.
    :param possible: the other names that are known, likewise.
    :param present: some of the possible ones that must stand there, be it as null.
    :raises RequestWrong: the body is no JSON object, a name is missing, empty or
        unknown, a value is something else.
    """
    data = object_of_body(request)
    known = {**needed, **possible}
    said, reasons = {}, []
    for name, value in data.items():
        if name not in known:
            reasons.append(_("“${name}” is not known here.", mapping={"name": name}))
        elif value is not None and (value != "" or known[name] is text):
            try:
                said[name] = known[name](name, value)
            except RequestWrong as wrong:
                reasons += wrong.reasons
    missing = [name for name in needed if data.get(name) in (None, "")]
    missing += [name for name in present if name not in data]
    reasons += [_("“${name}” is missing.", mapping={"name": name}) for name in missing]
    if reasons:
        raise RequestWrong(reasons)
    return said


def text(name, value):
    """Return a text."""
    if not isinstance(value, str):
        raise RequestWrong(_("“${name}” must be a text.", mapping={"name": name}))
    return value


def texts(name, value):
    """Return a list of texts."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RequestWrong(
            _("“${name}” must be a list of texts.", mapping={"name": name})
        )
    return value


def day(name, value):
    """Return a ``date``."""
    try:
        return date.fromisoformat(text(name, value))
    except ValueError:
        raise RequestWrong(
            _("“${name}” must be a day: YYYY-MM-DD.", mapping={"name": name})
        ) from None


def number(name, value):
    """Return a whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise RequestWrong(
            _("“${name}” must be a number from 0.", mapping={"name": name})
        )
    return value


def flag(name, value):
    """Return true or false."""
    if not isinstance(value, bool):
        raise RequestWrong(
            _("“${name}” must be true or false.", mapping={"name": name})
        )
    return value


def object_of_body(request):
    """Return the JSON object of the body; an empty body is an empty object.

    :raises RequestWrong: the body is something else.
    """
    try:
        return json_body(request)
    except DeserializationError:
        raise RequestWrong(_("The request's body must be a JSON object.")) from None


def text_of_query(request, name, default=None):
    """Return one text of the query string.

    :raises RequestWrong: it stands there more than once.
    """
    value = request.form.get(name, default)
    if value is not None and not isinstance(value, str):
        raise RequestWrong(_("“${name}” stands there twice.", mapping={"name": name}))
    return value


def texts_of_query(request, name):
    """Return all texts of that name in the query string."""
    value = request.form.get(name)
    if value is None or value == "":
        return []
    return [str(each) for each in (value if isinstance(value, list) else [value])]
