from contextlib import contextmanager
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.outbox import make_outbox
from tests.jobs.bare import prepare_components
from tests.jobs.bare import put_up_site
from ZODB.DemoStorage import DemoStorage
from zope.component import getGlobalSiteManager

import pytest
import transaction
import ZODB


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def db():
    prepare_components()
    db = ZODB.DB(DemoStorage())
    put_up_site(db)
    yield db
    transaction.abort()
    db.close()


@pytest.fixture
def work(tmp_path):
    return tmp_path / "work"


@pytest.fixture
def opened(db):
    """Returns a context that gives the site and commits at its end."""

    @contextmanager
    def opened():
        manager = transaction.TransactionManager()
        connection = db.open(manager)
        try:
            yield connection.root()["Application"].site
            manager.commit()
        finally:
            manager.abort()
            connection.close()

    return opened


@pytest.fixture
def outbox(opened, clock):
    """Returns a context that gives the site's outbox and commits at its end."""

    @contextmanager
    def outbox():
        with opened() as site:
            yield make_outbox(site)

    return outbox


@pytest.fixture
def handler():
    """Returns ``register(kind, handler)``; forgotten after the test."""
    registered = []

    def register(kind, handler):
        getGlobalSiteManager().registerUtility(handler, IJobHandler, kind)
        registered.append((handler, kind))

    yield register
    for each, kind in registered:
        getGlobalSiteManager().unregisterUtility(each, IJobHandler, kind)
