"""The frame around every page: logo, navigation with figures, search."""

from eakte.desk.find import Find
from eakte.desk.places import places
from eakte.login.session import seconds_left
from eakte.login.session import WARNING
from functools import cached_property
from plone import api
from plone.app.layout.viewlets.common import PersonalBarViewlet
from plone.app.layout.viewlets.common import ViewletBase
from plone.app.layout.viewlets.globalstatusmessage import GlobalStatusMessage


class Navigation(ViewletBase):
    """Where the user works, with what waits there."""

    @cached_property
    def places(self):
        return () if api.user.is_anonymous() else places()

    @property
    def here(self):
        """Name of the screen that is shown."""
        name = getattr(self.view, "__name__", "")
        return "find" if name == "search" else name

    @property
    def portal_url(self):
        return api.portal.get().absolute_url()

    @property
    def counts_url(self):
        """Where the figures come from; nobody asks when there are none."""
        return f"{self.portal_url}/@@desk-counts" if self.places else None


class SearchField(ViewletBase):
    """The search, from every page."""

    @property
    def may_search(self):
        return not api.user.is_anonymous() and api.user.has_permission(
            "eakte: Use the desk", obj=api.portal.get()
        )

    @property
    def text(self):
        return self.view.text if isinstance(self.view, Find) else ""

    @property
    def portal_url(self):
        return api.portal.get().absolute_url()


class Logo(ViewletBase):
    """The product's name leads to the start."""

    @property
    def portal_url(self):
        return api.portal.get().absolute_url()


class SkipLink(ViewletBase):
    """The first stop of the keyboard leads past the frame."""


class Person(PersonalBarViewlet):
    """Who is logged in, and what is theirs to choose."""

    @property
    def is_shown(self):
        """An administrator has all this in Plone's toolbar."""
        state = self.context.restrictedTraverse("@@plone_context_state")
        return not self.anonymous and not state.is_toolbar_visible()

    def language_of(self, action):
        """Return the language in which the entry names itself, or None."""
        return LANGUAGES.get(action["id"])


LANGUAGES = {"personaltools-in_german": "de", "personaltools-in_english": "en"}
"""Entries that stand there in the language that they lead to."""


class Session(ViewletBase):
    """Asks whether to go on, before somebody who did nothing is logged out."""

    warning = WARNING

    @property
    def is_shown(self):
        """Only a login by a ticket ends."""
        return not api.user.is_anonymous() and bool(self.left)

    @property
    def left(self):
        """Seconds; conservative, since this page may renew the ticket."""
        return seconds_left(self.request)

    @property
    def portal_url(self):
        return api.portal.get().absolute_url()


class Messages(GlobalStatusMessage):
    """What was done is told when there is time; what went wrong at once."""
