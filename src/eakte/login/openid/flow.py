"""A login at the OpenID provider: there, and back again.

Source: OpenID Connect Core 1.0, 3.1 (authorization code flow); RFC 7636 (PKCE);
RFC 9700, 4.7 (state and nonce against foreign logins).
"""

from dataclasses import dataclass
from eakte.login.openid.refusals import LoginRefused
from eakte.login.openid.refusals import Why
from hmac import compare_digest
from jwkest import JWKESTException
from oic.exception import PyoidcError
from oic.oic.message import AccessTokenResponse
from oic.oic.message import EndSessionRequest
from oic.oic.message import IdToken
from oic.oic.message import OpenIDSchema
from pas.plugins.oidc import utils
from pas.plugins.oidc.plugins import OAuth2ConnectionException
from pas.plugins.oidc.session import Session
from plone import api
from requests import RequestException

import logging


SIGNED = ("RS", "ES", "PS")
"""How the names of signatures begin that only the provider can make. Source: RFC 7518, 3.1."""

logger = logging.getLogger("eakte.login")


@dataclass(frozen=True)
class Checked:
    """Whom the provider has checked."""

    person: str
    """What it says is the person's id here."""
    groups: tuple
    """Names of the person's groups there."""
    came_from: str
    """Address to go on to; one of this site."""


def leave(plugin, request):
    """Return the address at the provider where the person logs in.

    :raises LoginRefused: it does not answer.
    """
    client = client_of(plugin)
    # Nothing of a login that was broken off goes on.
    request.cookies.pop(Session.session_cookie_name, None)
    session = utils.initialize_session(plugin, request)
    arguments = utils.authorization_flow_args(plugin, session)
    if plugin.ask_always:
        arguments["prompt"] = "login"
    _guard_cookie(request)
    asked = client.construct_AuthorizationRequest(request_args=arguments)
    return asked.request(client.authorization_endpoint)


def come_back(plugin, request):
    """Return ``Checked``: the provider sent the browser back.

    :raises LoginRefused: it is no answer to what this browser asked, or no good one.
    """
    try:
        session = utils.load_existing_session(plugin, request)
        begun = {name: session.get(name) for name in ("state", "nonce")}
    except (ValueError, AttributeError):
        # The cookie can hold whatever somebody put into it.
        raise _of_another_login("the cookie cannot be read") from None
    forget_way(request)
    if not _same(request.form.get("state"), begun["state"]):
        raise _of_another_login("the state is another one")
    if not isinstance(request.form.get("code"), str):
        logger.warning("The provider refused: %r", request.form.get("error"))
        raise LoginRefused(Why.DENIED)
    client = client_of(plugin)
    try:
        arguments, state = utils.parse_authorization_response(
            plugin, request.environ["QUERY_STRING"], client, session
        )
        signed, claims = _asked_for(client, state, arguments)
    except RequestException as error:
        raise _silent(error) from error
    except (PyoidcError, JWKESTException, KeyError, ValueError) as error:
        # What it says may hold the tokens: not for the log.
        raise _not_right(type(error).__name__) from error
    if not _same(signed.get("nonce"), begun["nonce"]):
        raise _of_another_login("the nonce is another one")
    if not _same(claims.get("sub"), signed.get("sub")):
        raise _not_right("it speaks of two people")
    said = {**signed, **claims}
    return Checked(
        str(said.get(plugin.user_property_as_userid) or ""),
        _names(said.get(plugin.user_property_as_groupid)),
        utils.process_came_from(session),
    )


def _asked_for(client, state, arguments):
    """Return what the provider says of the person: signed, and when asked for more.

    The package's own ``get_user_info`` writes all tokens into the log when the provider
    does not take them in the body of a request; few must. In the header all do (RFC 6750, 2).
    """
    answer = client.do_access_token_request(
        state=state, request_args=arguments, authn_method="client_secret_basic"
    )
    # What the signature, the issuer and the receiver are held against is in the client.
    signed = answer.get("id_token")
    if not isinstance(answer, AccessTokenResponse) or not isinstance(signed, IdToken):
        raise _not_right(f"there is no signed answer, but {answer.get('error')!r}")
    # The library takes "none" for a signature.
    if str((signed.jws_header or {}).get("alg"))[:2] not in SIGNED:
        raise _not_right("it is not signed by the provider's key")
    if not client.userinfo_endpoint:
        return signed.to_dict(), signed.to_dict()
    claims = client.do_user_info_request(method="GET", state=state)
    if not isinstance(claims, OpenIDSchema):
        raise _not_right(f"it says nothing of the person, but {claims.get('error')!r}")
    return signed.to_dict(), claims.to_dict()


def forget_way(request):
    """Nothing of this login is left in the browser."""
    request.response.expireCookie(Session.session_cookie_name, path="/")


def farewell(plugin):
    """Return the address at which the provider ends its login too, or "".

    :raises LoginRefused: it does not answer.
    """
    end = client_of(plugin).end_session_endpoint
    if not end:
        return ""
    back = f"{api.portal.get().absolute_url()}/logged-out"
    asked = EndSessionRequest(post_logout_redirect_uri=back, client_id=plugin.client_id)
    return asked.request(end)


def client_of(plugin):
    """Return the client that speaks with the provider.

    :raises LoginRefused: it does not answer.
    """
    try:
        return plugin.get_oauth2_client()
    except OAuth2ConnectionException as error:
        raise _silent(error) from error


def _silent(error):
    logger.error("The OpenID provider does not answer: %s", error)
    return LoginRefused(Why.SILENT)


def _of_another_login(why):
    logger.warning("An answer of the OpenID provider was refused: %s", why)
    return LoginRefused(Why.OTHER)


def _not_right(why):
    logger.error("An answer of the OpenID provider was refused: %s", why)
    return LoginRefused(Why.DENIED)


def _same(given, expected):
    """Whether both are there and equal; takes as long whatever is given."""
    if not isinstance(given, str) or not isinstance(expected, str) or not expected:
        return False
    return compare_digest(given.encode(), expected.encode())


def _names(said):
    if isinstance(said, str):
        return (said,)
    if not isinstance(said, list | tuple):
        return ()
    return tuple(each for each in said if isinstance(each, str))


def _guard_cookie(request):
    """What the way back is held against: no script reads it, no other site sends it."""
    response, name = request.response, Session.session_cookie_name
    response.setCookie(
        name,
        response.cookies[name]["value"],
        path="/",
        http_only=True,
        same_site="Lax",
        secure=request.get("SERVER_URL", "").startswith("https:"),
    )
