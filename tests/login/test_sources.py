"""The file that names where accounts are checked, and what is wrong with it."""

from eakte.login.applying import apply_login
from eakte.login.sources import LDAP
from eakte.login.sources import LoginFileWrong
from eakte.login.sources import OPENID
from eakte.login.sources import read_sources
from eakte.login.withheld import secret_for
from eakte.org.interfaces import IOffice
from eakte.org.reading import read_office
from eakte.testing import OFFICE
from plone import api
from zope.component import getUtility

import pytest


OPEN = {
    "issuer": "https://anmeldung.amt.example",
    "client": "eakte",
    "title": "Kreis-Konto",
}

DIRECTORY = {
    "uri": "ldaps://verzeichnis.amt.example",
    "bind": "cn=eakte",
    "people": "ou=people",
    "title": "Verzeichnis",
}


@pytest.fixture(scope="module")
def plan():
    return read_office(OFFICE)


def written(kind, values):
    """Return the text of a file with one source."""
    lines = [f"  {name}: {value}" for name, value in values.items()]
    return "\n".join([f"{kind}:", *lines, ""])


def test_both_kinds_are_read(plan):
    text = written(OPENID, OPEN) + written(LDAP, DIRECTORY)
    sources = read_sources(text, plan)
    assert sources[OPENID].issuer == OPEN["issuer"]
    assert sources[OPENID].hours == 12
    assert sources[LDAP].person == "uid"


def test_without_a_file_there_is_none(plan):
    assert read_sources("", plan) == {}


def test_groups_there_and_places_here_are_pairs(plan):
    places = "[{group: GG-A1, place: team-a1}, {group: GG-B, place: desk-b1-1}]"
    source = read_sources(written(OPENID, {**OPEN, "places": places}), plan)[OPENID]
    assert source.places == (("GG-A1", "team-a1"), ("GG-B", "desk-b1-1"))


@pytest.mark.parametrize(
    ("kind", "values", "reason"),
    [
        ("saml", {}, "“saml” is no way to log in. Possible are: openid, ldap."),
        (OPENID, {"issuer": "12"}, "openid: “issuer” is wrong."),
        (OPENID, {"hours": 0}, "openid: “hours” is wrong."),
        (OPENID, {"hours": "true"}, "openid: “hours” is wrong."),
        (OPENID, {"ask_always": "vielleicht"}, "openid: “ask_always” is wrong."),
        (OPENID, {"scope": "[profile]"}, "openid: “scope” is wrong."),
        (OPENID, {"places": "team-a1"}, "openid: “places” is wrong."),
        (OPENID, {"places": "[team-a1]"}, "openid: “places” is wrong."),
        (LDAP, {"people": '""'}, "ldap: “people” is wrong."),
    ],
)
def test_what_is_wrong_is_named(plan, kind, values, reason):
    whole = {OPENID: OPEN, LDAP: DIRECTORY}.get(kind, {"a": "b"})
    with pytest.raises(LoginFileWrong) as wrong:
        read_sources(written(kind, {**whole, **values}), plan)
    assert reason in [_said(each) for each in wrong.value.reasons]


def test_every_mistake_is_told_at_once(plan):
    text = written(OPENID, {"issuer": "http://amt.example", "secret": "geheim"})
    with pytest.raises(LoginFileWrong) as wrong:
        read_sources(text, plan)
    said = [_said(each) for each in wrong.value.reasons]
    assert any("there is no “secret” here" in each for each in said)
    assert "openid: “client” is missing." in said
    assert any("unencrypted" in each for each in said)


@pytest.mark.parametrize("text", ["a: [", "nur ein Satz", "- liste"])
def test_what_is_no_yaml_is_told(plan, text):
    with pytest.raises(LoginFileWrong):
        read_sources(text, plan)


@pytest.mark.parametrize(
    ("kind", "values", "is_safe"),
    [
        (OPENID, {"issuer": "http://amt.example"}, False),
        (OPENID, {"issuer": "http://localhost:8080"}, True),
        (OPENID, {"issuer": "http://localhost.boese.example"}, False),
        (LDAP, {"uri": "ldap://amt.example"}, False),
        (LDAP, {"uri": "ldap://amt.example", "start_tls": "true"}, True),
        (LDAP, {"uri": "ldap://127.0.0.1"}, True),
    ],
)
def test_no_password_goes_over_the_net_unencrypted(plan, kind, values, is_safe):
    whole = {OPENID: OPEN, LDAP: DIRECTORY}[kind]
    text = written(kind, {**whole, **values})
    if is_safe:
        assert kind in read_sources(text, plan)
    else:
        with pytest.raises(LoginFileWrong):
            read_sources(text, plan)


@pytest.mark.parametrize(
    "place",
    [
        "team-a1-people",
        "desk-a1-1-people",
        "data-protection-officers",
        "integration-accounts",
        "department-amt-a-head",
        "Administrators",
        "team-gibtesnicht",
    ],
)
def test_a_group_there_gives_no_place_of_these(plan, place):
    places = f"[{{group: X, place: {place}}}]"
    with pytest.raises(LoginFileWrong) as wrong:
        read_sources(written(OPENID, {**OPEN, "places": places}), plan)
    assert place in _said(wrong.value.reasons[0])


def test_an_option_that_is_not_installed_is_told(portal, monkeypatch):
    monkeypatch.setattr("eakte.login.applying.queryUtility", lambda *_, **__: None)
    with pytest.raises(LoginFileWrong) as wrong:
        apply_login(written(OPENID, OPEN))
    assert "the option is not installed" in _said(wrong.value.reasons[0])
    assert "eakte_openid" not in api.portal.get_tool("acl_users").objectIds()


def test_a_secret_that_is_missing_is_told(portal, monkeypatch):
    monkeypatch.delenv("EAKTE_OPENID_SECRET", raising=False)
    with pytest.raises(LoginFileWrong) as wrong:
        apply_login(written(OPENID, OPEN))
    assert any("EAKTE_OPENID_SECRET" in _said(each) for each in wrong.value.reasons)


def test_a_secret_in_a_file_is_read_anew_each_time(monkeypatch, tmp_path):
    monkeypatch.setenv("EAKTE_LDAP_SECRET_FILE", str(tmp_path / "secret"))
    for secret in ("eins", "zwei"):
        (tmp_path / "secret").write_text(f"{secret}\n")
        assert secret_for(LDAP) == secret


def test_a_file_without_a_source_changes_nothing(portal):
    before = set(api.portal.get_tool("acl_users").objectIds())
    assert apply_login("") == ()
    assert set(api.portal.get_tool("acl_users").objectIds()) == before
    assert getUtility(IOffice).plan is not None


def _said(reason):
    """Return the message in English, with what stands for its variables."""
    text = str(reason.default or reason)
    for name, value in (reason.mapping or {}).items():
        text = text.replace(f"${{{name}}}", value)
    return text
