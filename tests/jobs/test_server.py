from eakte.jobs import server
from eakte.jobs.interfaces import IServerStarted
from eakte.jobs.server import start_with_server
from zope.component import getGlobalSiteManager

import pytest
import threading


@pytest.fixture
def started(db, tmp_path, monkeypatch):
    """The events that were sent; the worker that was started is stopped again."""
    events, ends = [], []
    monkeypatch.setenv("EAKTE_VAR", str(tmp_path))
    monkeypatch.setattr(server.Zope2, "DB", db, raising=False)
    monkeypatch.setattr(threading, "_register_atexit", ends.append)
    getGlobalSiteManager().registerHandler(events.append, (IServerStarted,))
    yield events
    getGlobalSiteManager().unregisterHandler(events.append, (IServerStarted,))
    for end in ends:
        end()


def test_the_work_starts_with_the_server_and_the_house_is_told(
    started, db, monkeypatch
):
    monkeypatch.setenv("EAKTE_WORKER", "local")
    app = object()

    assert start_with_server(app, {}, threads="1") is app
    assert [event.db for event in started] == [db]


def test_no_work_starts_where_other_processes_do_it(started, monkeypatch, tmp_path):
    monkeypatch.delenv("EAKTE_WORKER", raising=False)
    app = object()

    assert start_with_server(app, {}) is app
    assert started == []
    assert not (tmp_path / "work").exists()
