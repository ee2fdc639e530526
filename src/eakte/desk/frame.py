"""The frame around every page: logo, navigation with figures, search."""

from eakte.desk.places import places
from functools import cached_property
from plone import api
from plone.app.layout.viewlets.common import ViewletBase


class Navigation(ViewletBase):
    """Where the user works, with what waits there."""

    @cached_property
    def places(self):
        return () if api.user.is_anonymous() else places()

    @property
    def here(self):
        """Name of the screen that is shown."""
        return getattr(self.view, "__name__", "")

    @property
    def portal_url(self):
        return api.portal.get().absolute_url()


class SearchField(ViewletBase):
    """The search, from every page."""

    @property
    def may_search(self):
        return not api.user.is_anonymous() and api.user.has_permission(
            "eakte: Use the desk", obj=api.portal.get()
        )

    @property
    def text(self):
        text = self.request.form.get("text", "")
        return text if getattr(self.view, "__name__", "") == "find" and isinstance(text, str) else ""

    @property
    def portal_url(self):
        return api.portal.get().absolute_url()


class Logo(ViewletBase):
    """The product's name leads to the start."""

    @property
    def portal_url(self):
        return api.portal.get().absolute_url()
