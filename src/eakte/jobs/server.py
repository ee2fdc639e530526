"""Starts the work of the house with the server that answers its requests."""

from eakte.jobs.interfaces import IServerStarted
from eakte.jobs.var import var_folder
from eakte.jobs.worker import Worker
from zope.event import notify
from zope.interface import implementer

import os
import threading
import Zope2


@implementer(IServerStarted)
class ServerStarted:
    """The server of this process is up and does the house's work."""

    def __init__(self, db):
        self.db = db


def work_folder():
    """Return the folder for work in progress."""
    return var_folder() / "work"


def start_with_server(app, global_conf, threads="2"):
    """Return the WSGI application, after starting the worker beside it.

    A paste filter. Zope is up when it is called. Without ``EAKTE_WORKER=local`` in
    the environment nothing is started: then other processes do the work.

    :param threads: how many jobs are worked on at once.
    """
    if os.environ.get("EAKTE_WORKER") == "local":
        worker = Worker(Zope2.DB, work_folder(), threads=int(threads))
        worker.start()
        # Before atexit's functions are called, concurrent.futures takes no more work:
        # then handlers would fail instead of handing back what is done.
        threading._register_atexit(worker.stop)
        notify(ServerStarted(Zope2.DB))
    return app
