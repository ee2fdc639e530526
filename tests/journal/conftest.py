from eakte.journal.interfaces import Entry
from eakte.journal.lanes import make_store
from eakte.journal.lanes import store_of
from tests.jobs.bare import prepare_components
from tests.jobs.bare import put_up_site
from tests.journal.writing import MONDAY
from ZODB.FileStorage import FileStorage

import datetime
import pytest
import transaction
import ZODB


@pytest.fixture
def data(tmp_path):
    """The database's file."""
    return tmp_path / "Data.fs"


@pytest.fixture
def db(data, tmp_path, monkeypatch):
    monkeypatch.setenv("EAKTE_VAR", str(tmp_path / "var"))
    prepare_components()
    db = ZODB.DB(FileStorage(str(data)))
    put_up_site(db)
    yield db
    transaction.abort()
    db.close()


@pytest.fixture
def bare_site(db):
    """A site with a journal and nothing else."""
    connection = db.open()
    site = connection.root()["Application"].site
    make_store(site)
    transaction.commit()
    yield site
    transaction.abort()
    connection.close()


@pytest.fixture
def store(bare_site):
    return store_of(bare_site)


@pytest.fixture
def note(store):
    """Return ``note(kind, lane="a", hours=0, **said)``: an entry, committed."""

    def note(kind, lane="a", hours=0, **said):
        when = MONDAY + datetime.timedelta(hours=hours)
        number = store.append(lane, Entry(kind, when, **said))
        transaction.commit()
        return number

    return note
