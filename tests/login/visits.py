"""Browsers that log in at an OpenID provider."""

from eakte.login.applying import apply_login
from plone import api
from tests.login.account import SECRET

import pytest
import transaction


FILE = """
openid:
  title: Kreis-Konto
  issuer: {issuer}
  client: eakte
  hours: 12
  places:
    - {{group: GG-Team-A2, place: team-a2}}
    - {{group: GG-Stelle, place: desk-a2-1}}
"""


@pytest.fixture
def account(provider, site, monkeypatch):
    """The provider, which the site knows."""
    monkeypatch.setenv("EAKTE_OPENID_SECRET", SECRET)
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    apply_login(FILE.format(issuer=provider.issuer))
    transaction.commit()
    return provider


class Visit:
    """A browser that logs in at the provider."""

    def __init__(self, browser, account):
        self.browser = browser
        self.account = account
        self.session = browser.session

    def leave(self, came_from=""):
        """Press our button; returns where the provider asks for the account."""
        answer = self.session.get(
            f"{self.browser.site}/openid-login",
            params={"came_from": came_from} if came_from else {},
            allow_redirects=False,
            timeout=60,
        )
        return answer.headers["Location"]

    def confirm(self, asked, sub, **form):
        """Log in there; returns the address at which the provider sends us back."""
        answer = self.session.post(
            asked, data={"sub": sub, **form}, allow_redirects=False, timeout=60
        )
        return answer.headers["Location"]

    def come_back(self, address):
        return self.session.get(address, timeout=60)

    def log_in(self, sub, came_from=""):
        return self.come_back(self.confirm(self.leave(came_from), sub))


@pytest.fixture
def visit(browser, account):
    return lambda: Visit(browser(), account)


def said(answer):
    """What the login page tells."""
    return answer.text


def groups(person):
    transaction.begin()
    return set(api.user.get(userid=person).getGroups())
