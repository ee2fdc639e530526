"""The lists of the user as files for other systems: what the screens let take along."""

from eakte import _
from eakte.desk import countersexport
from eakte.desk import deadlinesexport
from eakte.desk import exporting
from eakte.desk.boxes import SCREENS
from eakte.desk.boxesrest import box_of_query
from eakte.desk.boxesrest import NoSuchBox
from eakte.desk.countersaddress import CountersAddress
from eakte.desk.deadlinelist import DeadlinesAddress
from eakte.desk.places import places
from eakte.desk.tables import FORMATS
from eakte.rest.body import RequestWrong
from eakte.rest.body import texts_of_body
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.services import Service
from urllib.parse import parse_qs
from zope.interface import alsoProvides


LISTS = (*SCREENS, CountersAddress.screen, DeadlinesAddress.screen)
"""What can be taken along, by the names of the screens."""


class ListFilePost(Service):
    """Answer with a file of one of the user's lists, and note who has taken what out.

    ``list`` is a name of ``LISTS``, ``query`` as in the addresses of the screens,
    ``format`` one of ``FORMATS``.
    """

    def render(self):
        """Return the file as it is, where others answer with JSON."""
        alsoProvides(self.request, IDisableCSRFProtection)
        said = texts_of_body(
            self.request, needed=["list", "format"], possible=["query"]
        )
        for name, known in (("list", LISTS), ("format", FORMATS)):
            if said[name] not in known:
                raise RequestWrong(
                    _(
                        "“${name}” must be one of ${values}.",
                        mapping={"name": name, "values": ", ".join(known)},
                    )
                )
        taken = said["list"]
        if taken not in [place.id for place in places()]:
            raise NoSuchBox(
                _("There is no box “${name}” for you.", mapping={"name": taken})
            )
        form, kind = parse_qs(said.get("query", "")), FORMATS[said["format"]]
        if taken == CountersAddress.screen:
            address = CountersAddress.read(form, strict=True)
            return countersexport.export(address, kind, self.request)
        if taken == DeadlinesAddress.screen:
            address = DeadlinesAddress.read(form, strict=True)
            return deadlinesexport.export(address, kind, self.request)
        return exporting.export(box_of_query(taken, form), kind, self.request)
