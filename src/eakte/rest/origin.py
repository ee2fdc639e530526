"""From where something is asked for: by which door, from which network address."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from plone.rest.interfaces import IAPIRequest
from plone.rest.interfaces import IService
from zope.globalrequest import getRequest

import threading


class Door(StrEnum):
    """Where a deed came in."""

    WEB = "web"
    REST = "rest"
    WORKER = "worker"
    COMMAND = "command"


@dataclass(frozen=True)
class Origin:
    """Where a deed came in, and from where."""

    door: str
    """One of ``Door``."""
    address: str = ""
    """The network address; empty when no network was between."""


_ordered = ContextVar("eakte.rest.origin", default=None)


def origin():
    """Return the ``Origin`` of the deed in hand."""
    if ordered := _ordered.get():
        return ordered
    request = getRequest()
    if request is None:
        return Origin(Door.COMMAND)
    if _is_service(request):
        return Origin(Door.REST, request.getClientAddr())
    # Worker and commands make requests too, which nobody sent.
    if "REMOTE_ADDR" not in request.environ:
        is_main = threading.current_thread() is threading.main_thread()
        return Origin(Door.COMMAND if is_main else Door.WORKER)
    return Origin(Door.WEB, request.getClientAddr())


@contextmanager
def ordered_from(place):
    """The next lines do what somebody ordered there; the worker only carries it out.

    :param place: an ``Origin``, or None when it is not known: nothing is said then.
    """
    token = _ordered.set(place)
    try:
        yield
    finally:
        _ordered.reset(token)


def _is_service(request):
    """Whether another system asks: scripts of our own pages ask for JSON too."""
    published = request.get("PUBLISHED")
    if published is None:
        return IAPIRequest.providedBy(request)
    return IService.providedBy(getattr(published, "__self__", published))
