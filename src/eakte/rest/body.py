"""What a request says: read once, checked, every mistake named."""

from eakte import _
from eakte.errors import EakteError
from plone.restapi.deserializer import json_body
from plone.restapi.exceptions import DeserializationError


class RequestWrong(EakteError):
    """The request does not say what the service needs; nothing was changed."""


def texts_of_body(request, *, needed=(), possible=()):
    """Return the texts of the request's JSON body by name.

    A possible one that is missing or null is left out of the answer.

    :raises RequestWrong: the body is no JSON object, a needed text is missing
        or empty, a name is unknown, a value is no text.
    """
    data = object_of_body(request)
    reasons = []
    for name, value in data.items():
        if name not in needed and name not in possible:
            reasons.append(_("“${name}” is not known here.", mapping={"name": name}))
        elif value is not None and not isinstance(value, str):
            reasons.append(_("“${name}” must be a text.", mapping={"name": name}))
    reasons += [
        _("“${name}” is missing.", mapping={"name": name})
        for name in needed
        if data.get(name) in (None, "")
    ]
    if reasons:
        raise RequestWrong(reasons)
    return {name: value for name, value in data.items() if value is not None}


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
