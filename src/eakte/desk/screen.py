"""What every screen of the desk can do: answer a form, or say why not."""

from eakte import _
from eakte.errors import EakteError
from eakte.interfaces import IScreen
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from plone import api
from plone.app.layout.globals.interfaces import IBodyClassAdapter
from plone.protect import CheckAuthenticator
from Products.Five.browser import BrowserView
from Products.statusmessages.interfaces import IStatusMessage
from zope.i18n import translate
from zope.interface import implementer

import transaction


def edition_of_scripts():
    """Return a name for the scripts and styles as they are now.

    It stands in their address, so that a browser may keep them for ever.
    """
    files = sorted(Path(__file__).with_name("static").iterdir())
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


EDITION = edition_of_scripts()


class InFrame:
    """What every page in the frame of the desk knows."""

    @property
    def portal_url(self):
        return api.portal.get().absolute_url()

    @property
    def static(self):
        """The address of the scripts and styles."""
        return f"{self.portal_url}/++plone++eakte.desk/++unique++{EDITION}"


@implementer(IScreen)
class Screen(InFrame, BrowserView):
    """A screen. Its forms are sent to itself; ``answer`` does what they ask."""

    reasons = ()
    """Why what was asked was refused; nothing of it was done."""

    wrong = ()
    """Names of the fields that the reasons are about, when they are about fields."""

    asked = ""
    """Which of the screen's forms was refused."""

    def __call__(self):
        for column in ("plone.leftcolumn", "plone.rightcolumn"):
            self.request.set(f"disable_{column}", True)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method == "POST":
            CheckAuthenticator(self.request)
            if address := self.attempt():
                return self.request.response.redirect(address, status=303)
        return self.index()

    def attempt(self):
        """Do what the form asks and return where to go on, or None when refused."""
        try:
            return self.answer(self.request.form)
        except EakteError as refused:
            # Nothing half done: the screen shows everything as it was before.
            transaction.abort()
            self.reasons = [self.say(reason) for reason in refused.reasons]
            self.wrong = getattr(refused, "names", ())
            self.asked = self.request.form.get("do", "")
            self.request.response.setStatus(refused.status)
            return None

    @property
    def reasons_and_fields(self):
        """``[(reason, name of the field that it is about, or None)]``."""
        return list(zip_longest(self.reasons, self.wrong))

    def answer(self, form):
        """Do what the form asks and return the address to go on to."""
        raise EakteError(_("This page has no such form."))

    def tell(self, message):
        """Let the next screen say that something was done."""
        IStatusMessage(self.request).add(self.say(message), type="info")

    def say(self, message):
        return translate(message, context=self.request)

    def typed(self, name, default=""):
        """Return what was typed before the form was refused."""
        return self.request.form.get(name, default) or ""

    nothing = "–"
    """Stands where nothing is known."""

    def joined(self, *parts):
        """Return the parts that there are as one line."""
        return " · ".join(self.say(part) for part in parts if part)


@implementer(IBodyClassAdapter)
class BodyClasses:
    """Tells the styles that a page is a screen of the desk, and which."""

    def __init__(self, context, request):
        pass

    def get_classes(self, template, view):
        return ["eakte-screen"] if IScreen.providedBy(view) else []
