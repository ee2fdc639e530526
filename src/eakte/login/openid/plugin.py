"""The OpenID provider as the user folder knows it."""

from eakte.login.sources import OPENID
from eakte.login.sources import PLUGINS
from eakte.login.withheld import secret_for
from pas.plugins.oidc.plugins import IOIDCPlugin
from pas.plugins.oidc.plugins import OAuth2ConnectionException
from pas.plugins.oidc.plugins import OIDCPlugin
from zExceptions import Unauthorized
from zope.interface import implementer


PLUGIN = PLUGINS[OPENID]


class IProvider(IOIDCPlugin):
    """Our use of ``pas.plugins.oidc``."""


@implementer(IProvider)
class Provider(OIDCPlugin):
    """Speaks with the provider; whom it lets in, and as what, is decided elsewhere.

    pas.plugins.oidc 2.0.0 stores the client's secret in the database, goes on when the
    state is another one than it gave out, does not look at the nonce, and lets the
    provider create users and groups and put people into any group. Its user folder
    plugin, its client and its steps are used here; all doors that lead past
    ``flow`` are shut.
    """

    meta_type = "eakte OpenID Provider"
    use_pkce = True
    create_user = False
    create_ticket = False
    hours = 12
    ask_always = False

    def get_oauth2_client(self):
        """Return the client, with what the provider says of itself.

        :raises OAuth2ConnectionException: it does not answer, or calls itself otherwise.
        """
        client = super().get_oauth2_client()
        said = str(client.provider_info.get("issuer", ""))
        if said.rstrip("/") != self.issuer.rstrip("/"):
            raise OAuth2ConnectionException(f"The provider calls itself {said!r}")
        client.client_secret = secret_for(OPENID)
        return client

    def rememberIdentity(self, userinfo):
        """Shut: here neither state nor nonce were looked at."""
        raise Unauthorized("Log in with the button of the login page.")
