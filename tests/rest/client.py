"""A client of the REST interface, for one person."""

from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from urllib.parse import urljoin

import requests


PASSWORD = "Ein-langes-Passwort-1"


class Client(requests.Session):
    """Asks the site as one person; paths are relative to the site."""

    def __init__(self, user=None, *, site=None):
        super().__init__()
        # A proxy of the machine must not come between.
        self.trust_env = False
        self.site = (site or api.portal.get().absolute_url()) + "/"
        self.headers.update({"Accept": "application/json", "Accept-Language": "en"})
        if user == "admin":
            self.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
        elif user:
            self.auth = (user, PASSWORD)

    def request(self, method, path, **options):
        # The address that was asked for is the one that must answer.
        options["allow_redirects"] = False
        return super().request(method, urljoin(self.site, path), **options)


def give_passwords(*users):
    """Let the people of the office log in; their roles stay those of their groups."""
    plugin = api.portal.get_tool("acl_users").source_users
    for user in users:
        plugin.updateUserPassword(user, PASSWORD)
