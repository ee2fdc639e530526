"""Whose password a directory (LDAP) checks, and as what that person is let in."""

from eakte.errors import NotAllowed
from eakte.login.applying import apply_login
from eakte.login.applying import ask_for_groups
from eakte.login.gate import ONE_PLACE
from eakte.login.gate import PLUGIN as GATE
from eakte.login.userfolder import refuse_changes
from eakte.login.userfolder import remember
from eakte.org.memberships import causes
from plone import api
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from tests.login.account import SECRET
from tests.login.conftest import DOORS
from tests.login.conftest import is_let_in
from types import SimpleNamespace

import pytest
import time
import time_machine
import transaction


THERE = "Wort-im-Verzeichnis-1"

FILE = """
ldap:
  title: Verzeichnis des Kreises
  uri: {uri}
  bind: cn=eakte,dc=amt,dc=example
  people: ou=people,dc=amt,dc=example
  people_filter: "(&(objectClass=inetOrgPerson)(!(employeeType=gesperrt)))"
  groups: ou=groups,dc=amt,dc=example
  hours: 12
  places:
    - {{group: GG-Team-A2, place: team-a2}}
"""


@pytest.fixture
def account(directory, site, monkeypatch):
    """The directory, which the site knows; anna and bert are in it."""
    monkeypatch.setenv("EAKTE_LDAP_SECRET", SECRET)
    apply_login(FILE.format(uri=directory.uri))
    transaction.commit()
    for person in ("anna", "bert"):
        directory.knows(person, THERE)
    return directory


def groups(person):
    transaction.begin()
    return set(api.user.get(userid=person).getGroups())


@pytest.mark.parametrize("door", DOORS)
def test_a_password_of_the_directory_opens_every_door(browser, account, door):
    assert is_let_in(getattr(browser(), door)("anna", THERE))


@pytest.mark.parametrize(("there", "typed"), [("alex", "ALEX"), ("Alex", "alex")])
def test_small_letters_and_capitals_are_the_same(browser, account, there, typed):
    account.knows(there, THERE)
    account.group("GG-Team-A2", there)
    alex = browser()
    assert is_let_in(alex.form(typed, THERE))
    assert "Alex Arbeit" in alex.get("@@find").text
    assert "team-a2" in groups("alex")


def test_a_password_that_was_set_here_still_opens(browser, account):
    assert is_let_in(browser().form("anna"))


def test_a_wrong_or_empty_password_opens_nothing(browser, account):
    for password in ("falsch", "", " "):
        assert not is_let_in(browser().basic("anna", password)), password


def test_whom_the_office_does_not_name_is_not_let_in(browser, account):
    account.knows("nikolaus", THERE)
    assert not is_let_in(browser().form("nikolaus", THERE))
    assert api.user.get(userid="nikolaus") is None


@pytest.mark.parametrize("name", ["a*", "an*na", "*", "ann?", "anna)(uid=*", "an\\6ea"])
def test_no_name_stands_for_another(browser, account, name):
    assert not is_let_in(browser().basic(name, THERE))


def test_an_administrator_there_is_none_here(browser, account):
    account.knows("admin", THERE)
    account.knows("test-user", THERE)
    for name in ("admin", "test-user"):
        assert not is_let_in(browser().basic(name, THERE)), name


def test_who_is_disabled_there_is_not_let_in(browser, account):
    assert is_let_in(browser().basic("anna", THERE))
    account.disable("anna")
    for door in DOORS:
        assert not is_let_in(getattr(browser(), door)("anna", THERE)), door


@pytest.mark.parametrize("door", DOORS)
def test_guessing_is_slowed_down(browser, account, clock, door):
    for _ in range(ONE_PLACE.free):
        getattr(browser(), door)("anna", "falsch")
    assert not is_let_in(getattr(browser(), door)("anna", THERE))
    clock(ONE_PLACE.first + 1)
    assert is_let_in(getattr(browser(), door)("anna", THERE))


def test_the_gate_still_stands_first(browser, account, site):
    asked = site.acl_users.plugins.listPluginIds(IAuthenticationPlugin)
    assert asked[0] == GATE
    assert "eakte_directory" in asked


def test_a_silent_directory_is_told_and_passwords_here_open(browser, account):
    account.stop()
    begun = time.monotonic()
    answer = browser().form("anna", THERE)
    assert not is_let_in(answer)
    assert "The directory that checks passwords does not answer" in answer.text
    assert time.monotonic() - begun < 30
    assert is_let_in(browser().form("anna"))


def test_a_directory_that_is_back_is_asked_at_once(browser, account, clock):
    account.stop()
    assert not is_let_in(browser().form("anna", THERE))
    account.start()
    assert is_let_in(browser().form("anna", THERE))


def test_guessing_while_the_directory_is_silent_is_slowed_too(browser, account):
    account.stop()
    for _ in range(ONE_PLACE.free):
        browser().basic("anna", "falsch")
    assert not is_let_in(browser().basic("anna"))


def test_however_busy_after_the_hours_the_directory_is_asked_again(
    browser, account, setting
):
    setting(session_minutes=60)
    anna = browser()
    anna.form("anna", THERE)
    start, was_in = time.time(), []
    for half_hours in range(26):
        with time_machine.travel(start + half_hours * 1800 + 1, tick=True):
            anna.post("@@session-stay")
            was_in.append(anna.is_in)
    assert all(was_in[:22])
    assert not any(was_in[24:])


@pytest.mark.parametrize("door", ["form", "rest"])
def test_a_group_there_gives_the_place_that_it_stands_for(browser, account, door):
    account.group("GG-Team-A2", "bert")
    account.group("team-a1", "bert")
    assert is_let_in(getattr(browser(), door)("bert", THERE))
    assert "team-a2" in groups("bert")
    assert "team-a1" not in groups("bert")
    assert causes("team-a2")["bert"].person == "Verzeichnis des Kreises"
    account.group("GG-Team-A2")
    getattr(browser(), door)("bert", THERE)
    assert "team-a2" not in groups("bert")


def test_the_command_asks_for_everybodys_groups(browser, account):
    account.group("GG-Team-A2", "bert")
    transaction.begin()
    assert ask_for_groups() > 2
    transaction.commit()
    assert "team-a2" in groups("bert")
    account.group("GG-Team-A2")
    ask_for_groups()
    assert "team-a2" not in set(api.user.get(userid="bert").getGroups())


def test_a_silent_directory_takes_nobodys_place(browser, account):
    account.group("GG-Team-A2", "bert")
    browser().form("bert", THERE)
    account.stop()
    transaction.begin()
    assert ask_for_groups() == 0
    transaction.commit()
    assert "team-a2" in groups("bert")


def test_the_site_lists_only_the_offices_people(account, site):
    account.knows("nikolaus", THERE)
    found = site.acl_users.searchUsers(id="nikolaus")
    assert not found
    assert len(site.acl_users.searchUsers(id="anna", exact_match=True)) == 1


def test_without_the_directory_its_passwords_open_nothing(browser, account):
    transaction.begin()
    apply_login("")
    transaction.commit()
    assert not is_let_in(browser().basic("anna", THERE))
    assert is_let_in(browser().basic("anna"))


def test_the_secret_is_not_in_the_database_and_not_in_the_log(
    browser, account, site, caplog
):
    with caplog.at_level("DEBUG"):
        browser().form("anna", THERE)
    transaction.begin()
    stored = site._p_jar.exportFile(site.acl_users.eakte_directory._p_oid)
    stored.seek(0)
    text = stored.read()
    assert b"ou=people" in text
    assert SECRET.encode() not in text
    leaked = {
        each.name
        for each in caplog.records
        for secret in (SECRET, THERE)
        if secret in each.getMessage()
    }
    assert not leaked


# Who looks after the server


@pytest.mark.parametrize(
    "change",
    [
        lambda plugin: plugin.settings.update({"server.uri": "ldap://elsewhere"}),
        lambda plugin: setattr(plugin, "hours", 10_000),
    ],
)
def test_no_request_of_an_administrator_leads_to_another_directory(
    account, site, change
):
    asked = SimpleNamespace(request=site.REQUEST)
    with api.env.adopt_user(user=site.aq_parent.acl_users.getUser("admin")):
        remember(asked)
        site.title = "Amt A"
        refuse_changes(asked)
        change(site.acl_users["eakte_directory"])
        with pytest.raises(NotAllowed):
            refuse_changes(asked)
