"""The directory as the user folder knows it."""

from eakte.login.admitting import admitted
from eakte.login.placements import remember
from eakte.login.session import begin
from eakte.login.sources import LDAP
from eakte.login.sources import PLUGINS
from eakte.login.withheld import secret_for
from node.ext.ldap.interfaces import ILDAPProps
from pas.plugins.ldap.interfaces import ILDAPPlugin
from pas.plugins.ldap.plugin import LDAPPlugin
from pas.plugins.ldap.properties import LDAPProps
from plone import api
from zope.component import adapter
from zope.globalrequest import getRequest
from zope.interface import implementer

import ldap
import logging


PLUGIN = PLUGINS[LDAP]

CHECKED = "eakte.login.directory.checked"
"""Where the request keeps who was checked by the directory."""

SILENT = "eakte.login.directory.silent"
"""Where the request keeps that the directory did not answer."""

SECONDS = 5
"""How long the directory has for an answer; somebody waits."""

# pas.plugins.ldap opens a connection of its own for each password, without a limit.
ldap.set_option(ldap.OPT_NETWORK_TIMEOUT, SECONDS)
ldap.set_option(ldap.OPT_TIMEOUT, SECONDS)

# The library that pas.plugins.ldap stands on writes each password into a debugging log.
logging.getLogger("node").setLevel(logging.INFO)

logger = logging.getLogger("eakte.login")


class IDirectory(ILDAPPlugin):
    """Our use of ``pas.plugins.ldap``."""


@implementer(IDirectory)
class Directory(LDAPPlugin):
    """Checks passwords; whom it lets in, and as what, is decided by the office.

    Of all that pas.plugins.ldap 1.8.4 offers only the check of passwords is active: the
    site does not list the directory's people, and its groups are none here but by
    ``placements``. It stores the password with which it reads in the database, takes
    stars in a name as wildcards, and after one error asks nobody for five minutes: all
    three are kept away here.
    """

    meta_type = "eakte Directory"
    hours = 12
    reads_groups = False

    def authenticateCredentials(self, credentials):
        """See IAuthenticationPlugin; the gate asks."""
        login, password = credentials.get("login"), credentials.get("password")
        if not login or not password:
            return None
        person = str(login).lower()
        # Whom the office does not name is not asked for: "a*" is nobody's name.
        if admitted(person) is None:
            return None
        self.forget_error()
        found = super().authenticateCredentials({"login": person, "password": password})
        environ = getRequest().environ
        if self.ldaperror:
            environ[SILENT] = True
        # A directory tells no small letters from capitals.
        if not found or found[0].lower() != person:
            return None
        environ[CHECKED] = person
        return person, person

    def groups_there(self, person):
        """Return the names of the person's groups; None when it does not answer."""
        if not self.reads_groups:
            return ()
        self.forget_error()
        users = self.users
        if users is None or self.ldaperror:
            return None
        try:
            return tuple(users[person].group_ids) if person in users else ()
        except ldap.LDAPError as error:
            logger.error("The directory does not answer: %s", error)
            return None

    def forget_error(self):
        """Ask again also after an error; a request asks once."""
        if getRequest() is None or not getRequest().environ.get(SILENT):
            for name in ("_v_ldaperror_timeout", "_v_ldaperror_msg"):
                if name in self.__dict__:
                    delattr(self, name)


@implementer(ILDAPProps)
@adapter(IDirectory)
class Properties(LDAPProps):
    """How the directory is reached; the secret is not in the database."""

    retry_max = 1
    retry_delay = 0.5
    """Seconds. Somebody waits for the answer."""

    @property
    def password(self):
        return secret_for(LDAP)


def take_groups_with_login(event):
    """Somebody has logged in with a password that the directory has checked."""
    person = event.principal.getId()
    request = getRequest()
    if request is None or request.environ.get(CHECKED) != person:
        return
    names = _plugin().groups_there(person)
    if names is not None:
        remember(person, LDAP, names)


def mark_ticket(event):
    """Let the ticket that a login just made say who has checked the person."""
    request = event.request
    person = request.environ.get(CHECKED)
    session = api.portal.get_tool("acl_users").get("session") if person else None
    if session is not None and session.cookie_name in request.response.cookies:
        begin(person, request, LDAP, _plugin().hours)


def _plugin():
    return api.portal.get_tool("acl_users")[PLUGIN]
