"""Who is let in by an OpenID provider."""

from eakte.errors import NotAllowed
from eakte.login import userfolder as refusing
from eakte.login.attempts import key_of
from eakte.login.gate import the_book
from eakte.login.openid import browser as browser_module
from eakte.login.placements import remember
from plone import api
from tests.login.account import SECRET
from tests.login.visits import said
from types import SimpleNamespace
from urllib.parse import parse_qs
from urllib.parse import urlsplit
from ZODB.POSException import ConflictError

import pytest
import time
import time_machine
import transaction


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


def test_no_request_of_an_administrator_leads_to_another_provider(account, site):
    asked = SimpleNamespace(request=site.REQUEST)
    with api.env.adopt_user(user=site.aq_parent.acl_users.getUser("admin")):
        refusing.remember(asked)
        site.title = "Amt A"
        refusing.refuse_changes(asked)
        site.acl_users["eakte_openid"].issuer = "https://elsewhere.example"
        with pytest.raises(NotAllowed):
            refusing.refuse_changes(asked)


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
