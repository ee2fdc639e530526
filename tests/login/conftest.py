"""The door of the small office, behind a real server."""

from eakte.login import gate
from eakte.login.gate import the_book
from eakte.login.interfaces import ILoginSettings
from plone import api
from tests.browser.conftest import office  # noqa: F401
from tests.browser.conftest import picture  # noqa: F401
from tests.browser.conftest import screen  # noqa: F401
from tests.desk.visitor import PASSWORD
from tests.login.account import directory  # noqa: F401
from tests.login.account import liar  # noqa: F401
from tests.login.account import provider  # noqa: F401
from tests.login.visits import account  # noqa: F401
from tests.login.visits import visit  # noqa: F401

import pytest
import requests
import time
import transaction


PEOPLE = ("anna", "bert", "alex")


@pytest.fixture
def site(functional_portal):
    """The site behind a real server; its people can log in, and nobody ever failed."""
    plugin = api.portal.get_tool("acl_users").source_users
    for person in PEOPLE:
        plugin.updateUserPassword(person, PASSWORD)
    transaction.commit()
    the_book().path.unlink(missing_ok=True)
    yield functional_portal
    the_book().path.unlink(missing_ok=True)


@pytest.fixture
def setting(site):
    """Return ``setting(**values)``: what the office decides about logging in."""

    def setting(**values):
        for name, value in values.items():
            api.portal.set_registry_record(name, value, interface=ILoginSettings)
        transaction.commit()

    return setting


class Browser:
    """Somebody's browser, at an address."""

    def __init__(self, site):
        self.site = site
        self.session = requests.Session()
        # A proxy of the machine must not come between.
        self.session.trust_env = False
        self.session.headers.update({"Accept-Language": "en", "Accept": "text/html"})

    def form(self, name, password=PASSWORD, came_from=""):
        """Log in with the form; returns the answer, redirects followed."""
        return self.session.post(
            f"{self.site}/login",
            data={
                "__ac_name": name,
                "__ac_password": password,
                "buttons.login": "1",
                "came_from": came_from,
            },
            timeout=60,
        )

    def basic(self, name, password=PASSWORD, path="@office"):
        """Ask for something with name and password in the header."""
        return self.session.get(
            f"{self.site}/{path}",
            auth=(name, password),
            headers={"Accept": "application/json"},
            timeout=60,
        )

    def rest(self, name, password=PASSWORD):
        """Ask for a token."""
        return self.session.post(
            f"{self.site}/@login",
            json={"login": name, "password": password},
            headers={"Accept": "application/json"},
            timeout=60,
        )

    def get(self, path, **headers):
        return self.session.get(f"{self.site}/{path}", headers=headers, timeout=60)

    def post(self, path):
        return self.session.post(f"{self.site}/{path}", timeout=60)

    @property
    def is_in(self):
        """Say whether somebody is logged in by a ticket."""
        return self.get("@@session-left", Accept="application/json").json()["left"] > 0

    @property
    def ticket(self):
        return self.session.cookies.get("__ac")


@pytest.fixture
def browser(site):
    """Return ``browser()``: a browser that the site has never seen."""
    browsers = []

    def browser():
        browsers.append(Browser(site.absolute_url()))
        return browsers[-1]

    yield browser
    for each in browsers:
        each.session.close()


DOORS = ("form", "basic", "rest")


def is_let_in(answer):
    """Say whether the password was accepted, whichever door it was."""
    if "json" in answer.headers["Content-Type"]:
        return answer.ok
    return answer.ok and 'id="login-form"' not in answer.text


@pytest.fixture
def clock(monkeypatch):
    """Return ``clock(seconds)``: the gate's watch goes on by so many seconds."""
    offset = [0.0]

    class Watch:
        @staticmethod
        def time():
            return time.time() + offset[0]

    monkeypatch.setattr(gate, "time", Watch)

    def clock(seconds):
        offset[0] += seconds

    return clock
