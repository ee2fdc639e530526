"""The plugin of the user folder that every password passes: it slows guessing down."""

from AccessControl import ClassSecurityInfo
from AccessControl.class_init import InitializeClass
from AuthEncoding import AuthEncoding
from dataclasses import dataclass
from dataclasses import field
from eakte.jobs.var import var_folder
from eakte.login.attempts import Attempts
from eakte.login.attempts import key_of
from eakte.login.attempts import Rule
from eakte.login.devices import device_of
from Products.PluggableAuthService.interfaces.authservice import IPluggableAuthService
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from zope.globalrequest import getRequest
from zope.interface import implementer

import logging
import math
import time


PLUGIN = "eakte_gate"
"""Id of the plugin in the user folders of the site and above it."""

ONE_PLACE = Rule(free=3, first=5, longest=300)
"""For an account from one address, or from one known browser."""

LOUD_PLACE = Rule(free=1, first=10, longest=300)
"""The same from an address from which many wrong passwords came: one free less each.
The address alone keeps nobody out, since a whole office may share it."""

LOUD = 20
"""Failures in a row that make an address loud."""

EVERYWHERE = Rule(free=30, first=5, longest=60)
"""For an account from all places that are not known."""

COUNTED_ONLY = Rule(free=10**9, first=0, longest=0)

NOBODY = AuthEncoding.pw_encrypt("nobody's password")
"""What is compared when nobody has that name: it takes as long as for somebody."""

KEY = "eakte.login.attempt"

logger = logging.getLogger("eakte.login")


@dataclass
class Attempt:
    """What is known of the names that one request gave."""

    until: dict = field(default_factory=dict)
    """``{name: when the next attempt is heard}`` of those that are not heard now."""

    failed: dict = field(default_factory=dict)
    """``{(name, password): until when to wait}`` of those that were wrong. A request
    can bring several passwords: each is an attempt, whichever folder is asked."""

    right: set = field(default_factory=set)
    """``(name, password)`` that a folder has accepted. The folder above is asked too when
    the person may not see what was asked for: that is no wrong password."""

    asked: set = field(default_factory=set)
    """``(path of the folder, login, password)`` that were not right."""


@implementer(IAuthenticationPlugin)
class Gate(BasePlugin):
    """Stands before all others that know passwords, and asks them.

    Whoever has to wait is not asked about at all: a right password is as good as a
    wrong one then, so that guessing learns nothing.
    """

    meta_type = "eakte Gate"
    security = ClassSecurityInfo()

    def __init__(self, plugin_id, title=""):
        self._setId(plugin_id)
        self.title = title

    @security.private
    def authenticateCredentials(self, credentials):
        """See IAuthenticationPlugin; takes passwords away from those behind it."""
        given = dict(credentials)
        login, password = given.get("login"), given.get("password")
        request = getRequest()
        if not login or password is None or request is None:
            return None
        credentials.clear()
        pas, name = self._getPAS(), str(login).lower()
        attempt = request.environ.setdefault(KEY, Attempt())
        asked = (pas.getPhysicalPath(), login, password)
        if name in attempt.until or asked in attempt.asked:
            return None
        with the_book().held() as book:
            # The folders of one request are asked one after the other: one attempt.
            once = (name, password)
            if once not in attempt.failed and self._must_wait(request, name, book):
                return None
            if found := accepted(pas, given):
                attempt.failed.pop(once, None)
                attempt.right.add(once)
                Place(request, name).forget(book, time.time())
                return found
            attempt.asked.add(asked)
            is_somebody = pas._verifyUser(pas.plugins, login=login) is not None
            if not is_somebody:
                AuthEncoding.pw_validate(NOBODY, password)
            is_counted = once in attempt.failed or once in attempt.right
            if not is_counted and not self._is_known_above(given):
                now = time.time()
                attempt.failed[once] = until = Place(request, name).note(book, now)
                # What nobody is called may be a password in the wrong field.
                told = login if is_somebody else "(unknown name)"
                _log(told, request.getClientAddr(), max(0.0, until - now))
        return None

    def _must_wait(self, request, name, book):
        now = time.time()
        until = Place(request, name).until(book, now)
        if until:
            request.environ[KEY].until[name] = until
            request.response.setHeader("Retry-After", str(math.ceil(until - now)))
        return bool(until)

    def _is_known_above(self, given):
        """Say whether the folder above will accept what this one does not know."""
        above = getattr(self.getPhysicalRoot(), "acl_users", None)
        here = self._getPAS().getPhysicalPath()
        if not IPluggableAuthService.providedBy(above):
            return False
        return above.getPhysicalPath() != here and accepted(above, given) is not None


InitializeClass(Gate)


def _log(told, address, wait):
    logger.warning(
        "Wrong password for %r from %s; the next one is heard after %d seconds",
        told,
        address,
        math.ceil(wait),
    )


class Place:
    """An account at the place where somebody claims to be it."""

    def __init__(self, request, name):
        self.address = key_of("address", request.getClientAddr())
        self.account = key_of("account", name)
        self.pair = key_of("pair", name, request.getClientAddr())
        device = device_of(request, name)
        self.device = key_of("device", name, device) if device else ""

    def until(self, book, now):
        """Return when the next attempt is heard (seconds since 1970); 0.0: now."""
        if self.device:
            return book.until([self.device], now)
        if book.knows(self.pair, now):
            return book.until([self.pair], now)
        return book.until([self.pair, self.account], now)

    def note(self, book, now):
        """Count a failure; return until when to wait (seconds since 1970)."""
        if self.device:
            return book.note({self.device: ONE_PLACE}, now)
        is_loud = book.failures(self.address, now) >= LOUD
        return book.note(
            {
                self.pair: LOUD_PLACE if is_loud else ONE_PLACE,
                self.account: EVERYWHERE,
                self.address: COUNTED_ONLY,
            },
            now,
        )

    def forget(self, book, now):
        """The right password was given: begin anew, here."""
        book.forget([self.device] if self.device else [self.pair], self.pair, now)


def accepted(pas, given):
    """Return ``(user id, login)`` when one of the plugins behind the gate accepts."""
    for _, plugin in pas.plugins.listPlugins(IAuthenticationPlugin):
        if isinstance(plugin.aq_base, Gate):
            continue
        try:
            found = plugin.authenticateCredentials(dict(given))
        except (AttributeError, KeyError, NameError, TypeError, ValueError):
            # As the user folder itself does: a plugin that stumbles says no.
            logger.debug("%s stumbled", plugin.getId(), exc_info=True)
            continue
        if found is not None:
            return found
    return None


def the_book():
    """Return the ``Attempts`` of this machine."""
    return Attempts(var_folder() / "login" / "attempts.sqlite")


def seconds_to_wait(request):
    """Return the seconds after which the name that the request gave is heard again.

    0 when it was heard, whether or not its password was right.
    """
    attempt = request.environ.get(KEY)
    if attempt is None:
        return 0
    latest = max([*attempt.until.values(), *attempt.failed.values()], default=0.0)
    return max(0, math.ceil(latest - time.time()))
