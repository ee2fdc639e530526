"""Transactions of a worker: a connection of its own, the site set, all rights."""

from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from AccessControl.users import system
from contextlib import nullcontext
from io import BytesIO
from Products.CMFCore.interfaces import ISiteRoot
from transaction.interfaces import TransientError
from zope.component.hooks import setSite
from zope.globalrequest import clearRequest
from zope.globalrequest import setRequest
from zope.publisher.browser import setDefaultSkin
from ZPublisher.BaseRequest import RequestContainer
from ZPublisher.HTTPRequest import HTTPRequest
from ZPublisher.HTTPResponse import HTTPResponse

import random
import threading
import time
import transaction


ATTEMPTS = 12
"""Calls of one verb before its conflicts are passed on. The catalog's counters make
two writers at once conflict easily; a conflict costs only the commit, not the work."""


_one_writer = threading.Lock()
"""The threads of one worker mostly wait for their children; when two come back at once
they would only conflict over the catalog, so they commit one after the other."""


def transact(db, verb, *, site_id=None, commit=True):
    """Return what ``verb`` returns, called in a transaction of its own.

    :param verb: called with the Zope application or, when ``site_id`` is given, with
        that site. Called again after a conflict, so it must only change the ZODB.
        What it returns must hold nothing persistent.
    :param commit: throw the changes away when False.
    :raises transaction.interfaces.TransientError: ``ATTEMPTS`` conflicts in a row.
    :raises KeyError: there is no such site.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with _one_writer if commit else nullcontext():
                return _call(db, verb, site_id, commit)
        except TransientError:
            if attempt == ATTEMPTS:
                raise
            # Two writers that met would meet again without some disorder.
            time.sleep(random.uniform(0, 0.02 * 2 ** min(attempt, 6)))  # noqa: S311


def site_ids(app):
    """Return the ids of the Plone sites that stand in the application."""
    return [each.getId() for each in app.objectValues() if ISiteRoot.providedBy(each)]


def _call(db, verb, site_id, commit):
    transaction.begin()
    connection = db.open()
    try:
        here = connection.root()["Application"].__of__(_request())
        newSecurityManager(None, system)
        if site_id is not None:
            here = here._getOb(site_id, None)
            if here is None:
                raise KeyError(site_id)
            setSite(here)
        result = verb(here)
        if commit:
            transaction.commit()
        return result
    finally:
        transaction.abort()
        setSite(None)
        clearRequest()
        noSecurityManager()
        connection.close()


def _request():
    """Return a container with a request: indexers and tools acquire one."""
    environ = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REQUEST_METHOD": "GET"}
    request = HTTPRequest(BytesIO(), environ, HTTPResponse(stdout=BytesIO()))
    setDefaultSkin(request)
    setRequest(request)
    return RequestContainer(REQUEST=request)
