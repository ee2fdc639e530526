"""A provider that lies, or somebody who stands between, lets nobody in."""

from cryptography.hazmat.primitives.asymmetric import rsa
from eakte.login.applying import apply_login
from tests.login.account import SECRET
from tests.login.visits import FILE

import json
import jwt
import pytest
import transaction


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
