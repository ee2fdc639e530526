"""How long a login holds: it ends when nobody did anything for so many minutes.

Plone's session plugin lets a ticket end a fixed time after it was made. Whatever a
person does makes a new one: a page, or keys and clicks that the screen's script
reports. What scripts ask for by themselves does not.

Who was let in by an account elsewhere has a ticket that says so, and until when it can
be made new at most: who is disabled there is out then, however busy.
"""

from eakte.interfaces import IEakteLayer
from plone import api

import binascii
import time


WARNING = 120
"""Seconds before the end in which the screen asks whether to go on."""

BETWEEN = "@"
"""Stands between the two things that a ticket of an account elsewhere says."""


def session_plugin():
    """Return Plone's session plugin, or None."""
    return api.portal.get_tool("acl_users").get("session")


def begin(person, request, kind, hours):
    """Let the person in who was checked elsewhere.

    :param kind: of the source, see ``sources``.
    :param hours: after so many the person is asked for again.
    """
    last = int(time.time() + hours * 3600)
    session_plugin()._setupSession(
        person, request.response, user_data=f"{kind}{BETWEEN}{last}"
    )


def seconds_left(request):
    """Return for how many seconds the login of this request still holds.

    None when the request does not live by a ticket; 0 when the ticket has ended.
    """
    plugin = session_plugin()
    if plugin is None or not request.cookies.get(plugin.cookie_name):
        return None
    known = _ticket(request)
    return max(0, int(known[4] + plugin.timeout - time.time())) if known else 0


def checked_by(request):
    """Return the kind of the source that checked the person; "" for a password here."""
    return _checked(request)[0]


def renew(request):
    """Begin the minutes anew.

    Returns False when the login has already ended, or would last longer than it may.
    """
    plugin = session_plugin()
    if plugin is None or not seconds_left(request):
        return False
    kind, last = _checked(request)
    if kind and time.time() + plugin.timeout > last:
        return False
    return bool(plugin._refreshSession(request))


def _checked(request):
    known = _ticket(request)
    kind, between, last = (known[3] if known else "").partition(BETWEEN)
    return (kind, int(last)) if between else ("", 0)


def _ticket(request):
    """Return what the ticket says: digest, person, tokens, data, moment; or None."""
    plugin = session_plugin()
    if plugin is None or not request.cookies.get(plugin.cookie_name):
        return None
    try:
        ticket = binascii.a2b_base64(request.cookies[plugin.cookie_name])
    except binascii.Error:
        return None
    return plugin._validateTicket(ticket)


def renew_with_page(event):
    """A person has opened a page: the minutes begin anew."""
    request = event.request
    if IEakteLayer.providedBy(request) and is_opened_by_person(request):
        renew(request)


def is_opened_by_person(request):
    """Say whether the browser shows the answer as a page of its own."""
    mode = request.getHeader("Sec-Fetch-Mode")
    # Where the connection is not encrypted, browsers tell no mode; a page is asked
    # for as HTML first, a script asks for anything or for JSON.
    accepts = request.getHeader("Accept") or ""
    is_page = mode == "navigate" if mode else accepts.startswith("text/html")
    shown = request.response.getHeader("Content-Type") or ""
    return is_page and shown.startswith("text/html")
