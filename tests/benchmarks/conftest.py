from App.ZApplication import ZApplicationWrapper
from benchmarks.office import Office
from contextlib import closing
from tests.crash import house
from ZPublisher import WSGIPublisher

import pytest
import Zope2


PERSON = "lotte"
"""Leads the mailroom of the small office, see tests/office."""


@pytest.fixture
def on_disk(functional_portal, tmp_path, monkeypatch):
    """The small office in a FileStorage."""
    (tmp_path / "blobs").mkdir()
    (tmp_path / "var").mkdir()
    monkeypatch.setenv("EAKTE_VAR", str(tmp_path / "var"))
    house.found(tmp_path)
    with closing(house.open_database(tmp_path)) as db:
        yield Office(db, tmp_path, house.SITE, PERSON)


@pytest.fixture
def application(on_disk, monkeypatch):
    """The WSGI application of the office in the FileStorage."""
    wrapped = ZApplicationWrapper(on_disk.db, "Application")
    monkeypatch.setattr(Zope2, "bobo_application", wrapped, raising=False)
    monkeypatch.setattr(WSGIPublisher, "_MODULES", {})
    return WSGIPublisher.publish_module


@pytest.fixture
def served(functional_portal, tmp_path):
    """The small office of the tests' server, and its WSGI application."""
    db = functional_portal._p_jar.db()
    return Office(
        db, tmp_path, functional_portal.getId(), PERSON
    ), WSGIPublisher.publish_module


@pytest.fixture
def folder(tmp_path):
    """A folder for the files that are read."""
    folder = tmp_path / "files"
    folder.mkdir()
    return folder
