from benchmarks.office import Office
from contextlib import closing
from tests.crash import house
from ZPublisher.WSGIPublisher import publish_module

import pytest


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
def served(functional_portal, tmp_path):
    """The small office of the tests' server, and its WSGI application."""
    db = functional_portal._p_jar.db()
    return Office(db, tmp_path, functional_portal.getId(), PERSON), publish_module


@pytest.fixture
def folder(tmp_path):
    """A folder for the files that are read."""
    folder = tmp_path / "files"
    folder.mkdir()
    return folder
