"""Pages on which a person brings files into the house."""

from eakte.capture.labels import translated_labels
from eakte.capture.rescanning import earlier_scans
from eakte.interfaces import IScreen
from eakte.mailitem.states import State
from eakte.org.interfaces import IOffice
from hashlib import sha256
from pathlib import Path
from plone import api
from plone.app.event.base import default_timezone
from plone.namedfile.utils import set_headers
from plone.namedfile.utils import stream_data
from Products.Five.browser import BrowserView
from zoneinfo import ZoneInfo
from zope.component import getUtility
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import NotFound

import json


def edition_of_scripts():
    """Return a name for the scripts and styles as they are now.

    It stands in their address, so that a browser may keep them for ever.
    """
    files = sorted(Path(__file__).with_name("static").iterdir())
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


EDITION = edition_of_scripts()


@implementer(IScreen)
class FilesPage(BrowserView):
    """A page whose script sends files to a service."""

    def __call__(self):
        for column in ("plone.leftcolumn", "plone.rightcolumn"):
            self.request.set(f"disable_{column}", True)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.index()

    @property
    def static(self):
        """The address of the scripts and styles."""
        portal_url = api.portal.get().absolute_url()
        return f"{portal_url}/++plone++eakte.capture/++unique++{EDITION}"

    def options(self, service, *, many):
        """Return what the script must know, as JSON."""
        return json.dumps(
            {
                "address": f"{self.context.absolute_url()}/{service}",
                "many": many,
                "labels": translated_labels(self.request),
            }
        )


class Upload(FilesPage):
    """Take in many files at once."""

    @property
    def upload_options(self):
        return self.options("@intake", many=True)

    @property
    def departments(self):
        """The teams that mail may be for, by department."""
        office = getUtility(IOffice)
        return [
            {
                "title": department.title,
                "teams": [
                    {"id": team.id, "title": team.title}
                    for team in office.teams(department.id)
                ],
            }
            for department in office.departments()
        ]


class Rescan(FilesPage):
    """Bring the better scan of one letter."""

    @property
    def rescan_options(self):
        return self.options("@rescan", many=False)

    @property
    def is_asked_for(self):
        return api.content.get_state(self.context) == State.RESCAN

    @property
    def earlier(self):
        """The earlier scans as the page shows them."""
        zone = ZoneInfo(default_timezone())
        return [
            {
                "address": f"{self.context.absolute_url()}/@@earlier-scan/{number}",
                "name": scan.file.filename,
                "replaced": f"{scan.replaced.astimezone(zone):%d.%m.%Y, %H:%M}",
                **_person(scan.who),
            }
            for number, scan in enumerate(earlier_scans(self.context), start=1)
        ]


@implementer(IPublishTraverse)
class EarlierScanFile(BrowserView):
    """An earlier scan, to be saved: ``@@earlier-scan/<number from 1>``."""

    number = ""

    def publishTraverse(self, request, name):
        if self.number or not name.isdecimal():
            raise NotFound(self, name, request)
        self.number = name
        return self

    def __call__(self):
        scans = earlier_scans(self.context)
        if not 1 <= int(self.number or 0) <= len(scans):
            raise NotFound(self, self.number, self.request)
        file = scans[int(self.number) - 1].file
        response = self.request.response
        set_headers(file, response, filename=file.filename)
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("Cache-Control", "private, no-store")
        return stream_data(file)


def _person(user_id):
    user = api.user.get(userid=user_id) if user_id else None
    return {"who": (user and user.getProperty("fullname")) or user_id}
