"""Who is let in by an OpenID provider, and as what."""

from eakte.login.applying import apply_login
from eakte.login.attempts import key_of
from eakte.login.gate import the_book
from eakte.login.placements import groups_at
from eakte.login.placements import remember
from eakte.org.interfaces import IOffice
from eakte.org.memberships import causes
from plone import api
from tests.login.account import SECRET
from urllib.parse import parse_qs
from urllib.parse import urlsplit
from ZODB.POSException import ConflictError
from zope.component import getUtility

import json
import jwt
import pytest
import time
import time_machine
import transaction


rsa = pytest.importorskip(
    "cryptography.hazmat.primitives.asymmetric.rsa",
    reason="eakte[oidc] is not installed",
)
browser_module = pytest.importorskip(
    "eakte.login.openid.browser", reason="eakte[oidc] is not installed"
)


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


def test_who_is_checked_there_is_let_in_and_led_back(visit, account, site):
    anna = visit()
    back = f"{site.absolute_url()}/@@find?text=Demir"
    answer = anna.log_in(account.knows("anna"), came_from=back)
    assert answer.url == back
    assert anna.browser.is_in


def test_the_way_back_leads_nowhere_else(visit, account, site):
    answer = visit().log_in(account.knows("anna"), came_from="https://boese.example/")
    assert answer.url.startswith(site.absolute_url())


def test_nobody_is_led_back_to_the_door(visit, account, site):
    answer = visit().log_in(
        account.knows("anna"), came_from=f"{site.absolute_url()}/login"
    )
    assert "login" not in answer.url


def test_the_provider_is_asked_with_state_nonce_and_challenge(visit):
    asked = parse_qs(urlsplit(visit().leave()).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name][0]) >= 16, name


def test_a_state_of_another_login_lets_nobody_in(visit, account):
    sub = account.knows("anna")
    anna, other = visit(), visit()
    anna.leave()
    answer = anna.come_back(other.confirm(other.leave(), sub))
    assert not anna.browser.is_in
    assert "This answer belongs to no login that was begun here" in said(answer)


def test_without_a_login_that_was_begun_nobody_is_let_in(visit, account):
    anna, other = visit(), visit()
    answer = anna.come_back(other.confirm(other.leave(), account.knows("anna")))
    assert not anna.browser.is_in
    assert "This answer belongs to no login that was begun here" in said(answer)


@pytest.mark.parametrize("cookie", ["%%%", "AAAA", "W10=", "MQ==", "eyJzdGF0ZSI6MX0="])
def test_a_cookie_that_cannot_be_read_lets_nobody_in(visit, account, cookie):
    anna = visit()
    back = anna.confirm(anna.leave(), account.knows("anna"))
    anna.session.cookies.clear()
    answer = anna.session.get(
        back, headers={"Cookie": f"__ac_session={cookie}"}, timeout=60
    )
    assert not anna.browser.is_in
    assert "This answer belongs to no login that was begun here" in said(answer)


def test_a_code_of_another_login_lets_nobody_in(visit, account, site):
    """The right state with a foreign code: only the nonce tells."""
    anna, thief = visit(), visit()
    own = parse_qs(urlsplit(anna.leave()).query)
    foreign = thief.confirm(thief.leave(), account.knows("bert"))
    code = parse_qs(urlsplit(foreign).query)["code"][0]
    answer = anna.come_back(
        f"{site.absolute_url()}/openid-return?code={code}&state={own['state'][0]}"
    )
    assert not anna.browser.is_in
    assert "This answer belongs to no login that was begun here" in said(answer)


def test_an_answer_counts_once(visit, account):
    anna = visit()
    back = anna.confirm(anna.leave(), account.knows("anna"))
    assert anna.come_back(back).ok
    anna.browser.get("logout")
    anna.session.cookies.clear()
    answer = anna.come_back(back)
    assert not anna.browser.is_in
    assert "This answer belongs to no login that was begun here" in said(answer)


def test_a_conflict_in_the_database_asks_the_provider_once(visit, account, monkeypatch):
    tries = []

    def remember_at_the_second_try(*said):
        tries.append(said)
        if len(tries) == 1:
            raise ConflictError
        return remember(*said)

    monkeypatch.setattr(browser_module, "remember", remember_at_the_second_try)
    anna = visit()
    anna.log_in(account.knows("anna"))
    assert len(tries) == 2
    assert anna.browser.is_in


def test_who_is_refused_there_is_told_so(visit, account):
    anna = visit()
    back = anna.confirm(anna.leave(), account.knows("anna"), action="deny")
    answer = anna.come_back(
        f"{back}&state={parse_qs(urlsplit(anna.leave()).query)['state'][0]}"
    )
    assert not anna.browser.is_in
    assert "The account was not confirmed" in said(answer)


def test_whom_the_office_does_not_name_is_not_let_in(visit, account):
    stranger = visit()
    answer = stranger.log_in(account.knows("nikolaus"))
    assert not stranger.browser.is_in
    assert "this office does not know it" in said(answer)
    assert api.user.get(userid="nikolaus") is None


@pytest.mark.parametrize("name", ["admin", "test-user", ""])
def test_no_account_there_is_an_administrator_here(visit, account, name):
    thief = visit()
    thief.log_in(account.knows(name, sub="konto-x"))
    assert not thief.browser.is_in


def test_an_administrator_among_the_people_logs_in_here_only(visit, account):
    api.user.grant_roles(username="anna", roles=["Manager"])
    transaction.commit()
    anna = visit()
    anna.log_in(account.knows("anna"))
    assert not anna.browser.is_in


def test_a_provider_that_does_not_answer_is_told_and_passwords_open(visit, site):
    anna = visit()
    site.acl_users.eakte_openid.issuer = "http://localhost:1"
    transaction.commit()
    answer = anna.session.get(
        f"{site.absolute_url()}/openid-login?came_from={site.absolute_url()}/@@find",
        timeout=60,
    )
    assert "The service that checks your account does not answer" in said(answer)
    assert f'value="{site.absolute_url()}/@@find"' in answer.text
    anna.browser.form("anna")
    assert anna.browser.is_in


def test_a_provider_that_falls_silent_meanwhile_is_told(visit, account, site):
    anna = visit()
    back = anna.confirm(anna.leave(), account.knows("anna"))
    site.acl_users.eakte_openid.issuer = "http://localhost:1"
    transaction.commit()
    answer = anna.come_back(back)
    assert "The service that checks your account does not answer" in said(answer)
    assert not anna.browser.is_in


def test_redirects_are_no_wrong_passwords(visit, account):
    anna = visit()
    for _ in range(40):
        anna.come_back(f"{anna.browser.site}/openid-return?code=x&state=falsch")
    for kind in (("account", "anna"), ("address", "127.0.0.1")):
        assert the_book().failures(key_of(*kind), time.time()) == 0
    anna.log_in(account.knows("anna"))
    assert anna.browser.is_in


def test_who_waits_for_a_wrong_password_comes_in_by_the_provider(visit, account):
    anna = visit()
    for _ in range(4):
        anna.browser.form("anna", "falsch")
    anna.log_in(account.knows("anna"))
    assert anna.browser.is_in


def test_the_login_ends_when_nobody_does_anything(visit, account, setting):
    setting(session_minutes=10)
    anna = visit()
    anna.log_in(account.knows("anna"))
    start = time.time()
    with time_machine.travel(start + 9 * 60, tick=True):
        assert anna.browser.is_in
        anna.browser.get("@@find", Accept="text/html")
    with time_machine.travel(start + 18 * 60, tick=True):
        assert anna.browser.is_in
    with time_machine.travel(start + 20 * 60, tick=True):
        assert not anna.browser.is_in


def test_however_busy_after_the_hours_the_provider_is_asked_again(
    visit, account, setting
):
    setting(session_minutes=60)
    anna = visit()
    anna.log_in(account.knows("anna"))
    start, was_in = time.time(), []
    for half_hours in range(26):
        with time_machine.travel(start + half_hours * 1800 + 1, tick=True):
            anna.browser.post("@@session-stay")
            was_in.append(anna.browser.is_in)
    assert all(was_in[:22])
    assert not any(was_in[24:])


def test_a_password_here_has_no_such_end(browser, account, setting):
    setting(session_minutes=60)
    anna = browser()
    anna.form("anna")
    start = time.time()
    for half_hours in range(28):
        with time_machine.travel(start + half_hours * 1800 + 1, tick=True):
            anna.post("@@session-stay")
            assert anna.is_in


def test_who_logs_out_logs_out_there_too(visit, account, site):
    anna = visit()
    anna.log_in(account.knows("anna"))
    answer = anna.session.get(
        f"{site.absolute_url()}/logout", allow_redirects=False, timeout=60
    )
    asked = urlsplit(answer.headers["Location"])
    assert asked.path == "/oauth2/end_session"
    back = parse_qs(asked.query)["post_logout_redirect_uri"]
    assert back == [f"{site.absolute_url()}/logged-out"]
    assert not anna.browser.is_in


def test_who_came_with_a_password_logs_out_here_only(browser, account, site):
    anna = browser()
    anna.form("anna")
    answer = anna.session.get(
        f"{site.absolute_url()}/logout", allow_redirects=False, timeout=60
    )
    assert answer.headers["Location"].startswith(site.absolute_url())


def test_logging_out_works_while_the_provider_is_silent(visit, account, site):
    anna = visit()
    anna.log_in(account.knows("anna"))
    site.acl_users.eakte_openid.issuer = "http://localhost:1"
    transaction.commit()
    assert anna.browser.get("logout").ok
    assert not anna.browser.is_in


# A provider that lies, or somebody who stands between


@pytest.fixture
def lied_to(visit, account, liar, site):
    """Return ``lied_to(path, lie)``: anna's login when the answer is another one."""
    transaction.begin()
    apply_login(FILE.format(issuer=liar.issuer))
    transaction.commit()
    sub = liar.knows("anna")

    def lied_to(path="", lie=None):
        if lie:
            liar.lies[path] = lie
        anna = visit()
        answer = anna.session.get(f"{site.absolute_url()}/openid-login", timeout=60)
        if "/oauth2/authorize" in answer.url:
            answer = anna.come_back(anna.confirm(answer.url, sub))
        return anna.browser.is_in, answer.text

    return lied_to


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def retold(liar, key=None, algorithm="RS256", **other):
    """Return a lie: the answer's signed part says something else, by another key."""

    def lie(answer):
        claims = jwt.decode(answer["id_token"], options={"verify_signature": False})
        claims = {**claims, "iss": liar.issuer, **other}
        claims = {name: value for name, value in claims.items() if value is not None}
        headers = {"kid": "ours"} if key is KEY else {}
        told = jwt.encode(claims, key, algorithm, headers=headers)
        return {**answer, "id_token": told}

    return lie


def with_key(answer):
    """Return the provider's keys with ours among them."""
    own = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
    return {"keys": [*answer["keys"], {**own, "kid": "ours", "use": "sig"}]}


def test_an_honest_answer_through_the_same_way_lets_in(lied_to, liar):
    liar.lies["/jwks"] = with_key
    assert lied_to("/oauth2/token", retold(liar, KEY))[0]


@pytest.mark.parametrize(
    "other",
    [
        {"aud": ["another-client"]},
        {"iss": "https://boese.example"},
        {"exp": 1},
        {"nonce": "falsch"},
        {"nonce": None},
        {"sub": "konto-bert"},
    ],
)
def test_a_signed_answer_for_another_purpose_lets_nobody_in(lied_to, liar, other):
    liar.lies["/jwks"] = with_key
    is_in, said = lied_to("/oauth2/token", retold(liar, KEY, **other))
    assert not is_in
    assert "The account was not confirmed" in said or "begun here" in said


def test_an_answer_that_somebody_else_signed_lets_nobody_in(lied_to, liar):
    is_in, said = lied_to("/oauth2/token", retold(liar, KEY))
    assert not is_in
    assert "The account was not confirmed" in said


@pytest.mark.parametrize(("key", "algorithm"), [(None, "none"), (SECRET * 3, "HS256")])
def test_an_answer_that_is_not_signed_by_the_provider_lets_nobody_in(
    lied_to, liar, key, algorithm
):
    is_in, said = lied_to("/oauth2/token", retold(liar, key, algorithm))
    assert not is_in
    assert "The account was not confirmed" in said


@pytest.mark.parametrize("missing", ["id_token", "access_token"])
def test_half_an_answer_lets_nobody_in(lied_to, missing):
    def lie(answer):
        return {name: value for name, value in answer.items() if name != missing}

    is_in, said = lied_to("/oauth2/token", lie)
    assert not is_in
    assert "The account was not confirmed" in said


def test_who_is_somebody_else_when_asked_again_is_not_let_in(lied_to):
    is_in, said = lied_to("/userinfo", lambda said: {**said, "sub": "konto-bert"})
    assert not is_in
    assert "The account was not confirmed" in said


def test_a_provider_that_calls_itself_otherwise_is_not_believed(lied_to):
    is_in, said = lied_to(
        "/.well-known/openid-configuration",
        lambda said: {**said, "issuer": "https://boese.example"},
    )
    assert not is_in
    assert "does not answer" in said


@pytest.mark.parametrize("named", [None, 7, "GG-Team-A2", {"GG-Team-A2": 1}, [1, None]])
def test_groups_that_are_none_give_none(visit, account, named):
    bert = visit()
    bert.log_in(account.knows("bert", groups=named))
    assert bert.browser.is_in
    assert ("team-a2" in groups("bert")) == (named == "GG-Team-A2")


# Groups from there


def test_a_group_there_gives_the_place_that_it_stands_for(visit, account):
    visit().log_in(account.knows("bert", groups=["GG-Team-A2", "Kantine"]))
    assert "team-a2" in groups("bert")
    cause = causes("team-a2")["bert"]
    assert (cause.kind, cause.person) == ("account", "Kreis-Konto")


def test_who_left_the_group_there_leaves_the_place_at_the_next_login(visit, account):
    sub = account.knows("bert", groups=["GG-Team-A2"])
    visit().log_in(sub)
    assert "team-a2" in groups("bert")
    account.knows("bert", sub=sub, groups=[])
    visit().log_in(sub)
    assert "team-a2" not in groups("bert")
    assert "bert" not in causes("team-a2")


@pytest.mark.parametrize(
    "name",
    [
        "team-a2",
        "desk-a2-1-people",
        "department-amt-a-head",
        "data-protection-officers",
        "Administrators",
        "Site Administrators",
    ],
)
def test_a_group_there_that_is_called_like_one_here_is_none(visit, account, name):
    visit().log_in(account.knows("bert", groups=[name, name.upper()]))
    assert name not in groups("bert")
    assert not api.user.has_permission("Manage portal", username="bert")


def test_nothing_of_it_is_stored_among_the_groups(visit, account):
    visit().log_in(account.knows("bert", groups=["GG-Team-A2", "Kantine"]))
    transaction.begin()
    stored = api.portal.get_tool("acl_users").source_groups
    assert "bert" not in stored.getGroupMembers("team-a2")
    assert api.group.get(groupname="Kantine") is None


def test_a_place_by_the_files_stays_whatever_is_said_there(visit, account):
    before = groups("anna")
    assert "team-a1" in before
    sub = account.knows("anna", groups=["GG-Team-A2"])
    visit().log_in(sub)
    assert groups("anna") == before | {"team-a2"}
    account.knows("anna", sub=sub, groups=[])
    visit().log_in(sub)
    assert groups("anna") == before


def test_a_desk_from_there_opens_no_personal_letters(visit, account):
    visit().log_in(account.knows("bert", groups=["GG-Stelle"]))
    assert {"desk-a2-1", "team-a2"} <= groups("bert")
    assert not {"desk-a2-1-people", "team-a2-people"} & groups("bert")


def test_the_history_tells_what_came_past_the_files(visit, account):
    sub = account.knows("bert", groups=["GG-Team-A2"])
    visit().log_in(sub)
    account.knows("bert", sub=sub, groups=[])
    visit().log_in(sub)
    transaction.begin()
    entries = [
        (entry.gained, entry.notable)
        for entry in getUtility(IOffice).history()
        if (entry.person, entry.place) == ("bert", "team-a2")
    ]
    assert entries == [(True, True), (False, False)]


def test_who_had_the_place_by_the_files_did_not_get_it_again(visit, account):
    count = len(getUtility(IOffice).history())
    visit().log_in(account.knows("alex", groups=["GG-Team-A2"]))
    transaction.begin()
    assert len(getUtility(IOffice).history()) == count


def test_without_the_provider_its_places_are_over(visit, account):
    visit().log_in(account.knows("bert", groups=["GG-Team-A2"]))
    transaction.begin()
    apply_login("")
    transaction.commit()
    assert "team-a2" not in groups("bert")
    assert "eakte_openid" not in api.portal.get_tool("acl_users").objectIds()


def test_only_places_of_the_office_can_be_given(account):
    plan = getUtility(IOffice).plan
    for place in (
        "data-protection-officers",
        "integration-accounts",
        "department-amt-a-head",
        "desk-a2-1-people",
        "team-a2-people",
        "Administrators",
    ):
        assert groups_at(plan, place) == (), place


# What the package leaves open


def test_the_ways_of_the_package_itself_are_shut(visit, account, site):
    sub = account.knows("anna")
    anna = visit()
    anna.session.headers["Accept"] = "application/json"
    asked = anna.session.get(
        f"{site.absolute_url()}/@login-oidc/eakte_openid", timeout=60
    ).json()
    back = anna.confirm(asked["next_url"], sub)
    answer = anna.session.post(
        f"{site.absolute_url()}/@login-oidc/eakte_openid",
        json={"qs": urlsplit(back).query},
        timeout=60,
    )
    assert answer.status_code == 401
    assert "token" not in answer.json()
    assert not anna.browser.is_in
    for view in ("login", "callback", "require_login", "backchannel-logout"):
        shut = anna.session.get(
            f"{site.absolute_url()}/acl_users/eakte_openid/{view}", timeout=60
        )
        assert shut.status_code in (401, 404), view


def test_the_secret_is_not_in_the_database_and_not_in_the_log(
    visit, account, site, caplog
):
    with caplog.at_level("DEBUG"):
        visit().log_in(account.knows("anna"))
    transaction.begin()
    stored = site._p_jar.exportFile(site.acl_users.eakte_openid._p_oid)
    stored.seek(0)
    assert SECRET.encode() not in stored.read()
    ours = [
        each
        for each in caplog.records
        if each.name.startswith(("eakte", "pas.", "oic"))
    ]
    assert ours
    assert not any(SECRET in each.getMessage() for each in ours)
