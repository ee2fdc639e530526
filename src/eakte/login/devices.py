"""Browsers in which somebody has logged in before.

Failures elsewhere never slow down such a browser: nobody can keep a colleague out by
typing wrong passwords for her.

Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
"""

from eakte.login.attempts import key_of
from hmac import compare_digest
from plone.keyring.interfaces import IKeyManager
from zope.component import queryUtility
from zope.globalrequest import getRequest

import hmac
import secrets


COOKIE = "eakte_device"
DAYS = 180
"""How long a browser is known after its last login."""


def cookie_of(name):
    """Return the name of the cookie for this account; it does not tell the account."""
    return f"{COOKIE}_{key_of('cookie', name)[:12]}"


def device_of(request, name):
    """Return the device's own word when it is known for this account, or ""."""
    word, _, signature = str(request.cookies.get(cookie_of(name), "")).partition(".")
    if not word or not signature:
        return ""
    for secret in _secrets():
        if compare_digest(signature.encode(), _signature(secret, word, name).encode()):
            return word
    return ""


def know_device(name, request):
    """Let the browser carry a word that says: this account has logged in here."""
    ring = _secrets()
    if not ring:
        return
    word = device_of(request, name) or secrets.token_urlsafe(16)
    request.response.setCookie(
        cookie_of(name),
        f"{word}.{_signature(ring[0], word, name)}",
        path="/",
        max_age=DAYS * 86400,
        http_only=True,
        same_site="Lax",
        secure=request.get("SERVER_URL", "").startswith("https:"),
    )


def know_device_of(event):
    """Somebody has logged in with name and password."""
    request = getRequest()
    if request is not None:
        know_device(event.principal.getUserName().lower(), request)


def _secrets():
    """Return the site's secrets, the newest first; none outside a site."""
    manager = queryUtility(IKeyManager)
    return [] if manager is None else [each for each in manager["_system"] if each]


def _signature(secret, word, name):
    key = secret if isinstance(secret, bytes) else secret.encode()
    return hmac.new(key, f"{word}\0{name}".encode(), "sha256").hexdigest()
