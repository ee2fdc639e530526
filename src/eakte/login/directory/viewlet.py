"""What the login page tells when the directory does not answer."""

from eakte.login.directory.plugin import SILENT
from plone.app.layout.viewlets.common import ViewletBase


class Silent(ViewletBase):
    """Passwords that are known here still open."""

    @property
    def is_shown(self):
        is_login = getattr(self.view, "__name__", "") == "login"
        return is_login and bool(self.request.environ.get(SILENT))
