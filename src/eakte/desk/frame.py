"""The frame around every page: logo, navigation with figures, search."""

from eakte.desk.find import Find
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
        name = getattr(self.view, "__name__", "")
        return "find" if name == "search" else name

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
        return self.view.text if isinstance(self.view, Find) else ""

    @property
    def portal_url(self):
        return api.portal.get().absolute_url()


class Logo(ViewletBase):
    """The product's name leads to the start."""

    @property
    def portal_url(self):
        return api.portal.get().absolute_url()
