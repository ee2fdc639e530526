from concurrent.futures import ThreadPoolExecutor
from eakte.capture.folders import intake_folder
from eakte.capture.interfaces import IIntakeSettings
from eakte.capture.watcher import Watcher
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.mailitem.store import mail_store
from plone import api
from plone.registry.interfaces import IRegistry
from zope.component import getUtility

import pytest
import requests
import shutil
import transaction


class Clock:
    """Seconds that pass when a test says so."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def var(tmp_path, monkeypatch):
    """An empty folder for what the office keeps outside the ZODB."""
    monkeypatch.setenv("EAKTE_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("TUS_TMP_FILE_DIR", str(tmp_path / "tus"))
    (tmp_path / "var").mkdir()
    return tmp_path / "var"


@pytest.fixture
def house(functional, var):
    """The small office with an empty watched folder; what is done is committed."""
    portal = functional["portal"]
    settings = getUtility(IRegistry).forInterface(IIntakeSettings)
    settings.settle_seconds = settings.settle_empty_seconds = 0.0
    transaction.commit()
    yield portal
    shutil.rmtree(var)


class Intake:
    """The watched folder as the scanner and the server see it."""

    def __init__(self, portal, clock):
        self.portal = portal
        self.database = portal._p_jar.db()
        self.root = intake_folder()
        self.watcher = Watcher(self.database, self.root, clock)
        self.sweep()

    def drop(self, name, content, folder="poststelle"):
        path = self.root / folder / name
        path.write_bytes(content)
        return path

    def sweep(self):
        """Let the server look; what it did is seen afterwards."""
        # In a thread of its own, as on the server: it has its own site and user.
        with ThreadPoolExecutor(1) as server:
            taken = server.submit(self.watcher.sweep).result()
        transaction.begin()
        return taken

    def recognise(self):
        """Do everything that waits for the worker."""
        done = run_pending(self.database, work_folder())
        transaction.begin()
        return done

    def items(self):
        """All mail items, in the order of their numbers."""
        return sorted(mail_store().objectValues(), key=lambda item: item.number)

    def waiting(self, folder="poststelle"):
        """Names of the files that lie in the folder."""
        return sorted(p.name for p in (self.root / folder).iterdir() if p.is_file())

    def taken(self, folder="poststelle"):
        """Names of the files that were moved aside."""
        return sorted(p.name for p in (self.root / folder).glob(".taken/*/*"))


@pytest.fixture
def intake(house, clock):
    return Intake(house, clock)


PASSWORD = "a long enough secret"


@pytest.fixture
def session(house):
    """Return a client of the REST API for a person of the office."""

    def session(person):
        api.user.get(username=person).setSecurityProfile(password=PASSWORD)
        transaction.commit()
        client = requests.Session()
        client.auth = (person, PASSWORD)
        client.headers["Accept"] = "application/json"
        return client

    return session


@pytest.fixture
def address(house):
    """The address of the mail store."""
    return mail_store().absolute_url()
