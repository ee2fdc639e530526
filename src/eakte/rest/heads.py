"""What goes out with every answer: who may keep it, and no body where none is due."""

from eakte.interfaces import IEakteLayer
from plone.rest.interfaces import IAPIRequest
from ZPublisher.Iterators import IUnboundStreamIterator


KEEP_NOWHERE = "private, no-store"

KEPT_BY_ONE = ("no-store", "private")
"""What an answer says that decides itself who keeps it, and lets no shared cache."""


def seal_answer(event):
    """Let answers to programs be kept by nobody, and be taken for nothing else.

    They tell of letters and people. What says more itself is left.
    """
    request = event.request
    if not (IAPIRequest.providedBy(request) and IEakteLayer.providedBy(request)):
        return
    response = request.response
    said = response.getHeader("Cache-Control") or ""
    if not any(each in said for each in KEPT_BY_ONE):
        response.setHeader("Cache-Control", KEEP_NOWHERE)
    response.setHeader("X-Content-Type-Options", "nosniff")


def send_head_alone(event):
    """Send nothing after the head to whoever asked for the head alone.

    The publisher sends the body too, and the next answer on the line would be misread
    (RFC 9110, 9.3.2).
    """
    request = event.request
    if request.method != "HEAD" or not IEakteLayer.providedBy(request):
        return
    response = request.response
    body = response.body
    if not body and not IUnboundStreamIterator.providedBy(body):
        return
    if isinstance(body, bytes):
        response.setHeader("Content-Length", str(len(body)))
    # Not setBody: to it nothing means that nothing is to be changed.
    response.body = b""
