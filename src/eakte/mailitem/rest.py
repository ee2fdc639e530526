"""The verbs and boxes of mail items for other systems."""

from eakte import _
from eakte.casefile.content import ICaseFile
from eakte.casefile.opening import open_case_file
from eakte.casefile.store import case_file_store
from eakte.mailitem.accepting import accept
from eakte.mailitem.boxes import BoxWrong
from eakte.mailitem.boxes import desk_box
from eakte.mailitem.boxes import FILTERS
from eakte.mailitem.boxes import mailroom
from eakte.mailitem.boxes import team_box
from eakte.mailitem.filing import case_file_named
from eakte.mailitem.filing import file_into
from eakte.mailitem.filing import refuse_unfilable
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.routing import route
from eakte.mailitem.serializer import entry
from eakte.mailitem.serializer import summary
from eakte.mailitem.setting_aside import set_aside
from eakte.org.membership import desks_of
from eakte.org.membership import teams_of
from eakte.rest.body import object_of_body
from eakte.rest.body import RequestWrong
from eakte.rest.body import text_of_query
from eakte.rest.body import texts_of_body
from eakte.rest.body import texts_of_query
from eakte.rest.fields import values_from_json
from eakte.rest.paging import Page
from eakte.rest.verbs import Verb
from plone.restapi.services import Service


class RoutePost(Verb):
    """Send the letter to a team's box: ``team``, ``desk``, ``reason``."""

    def done(self):
        said = texts_of_body(self.request, needed=["team"], possible=["desk", "reason"])
        route(self.context, **said)
        return self.context


class AcceptPost(Verb):
    """Take the letter to a desk: ``desk``, or the user's own without it."""

    def done(self):
        accept(self.context, **texts_of_body(self.request, possible=["desk"]))
        return self.context


class SetAsidePost(Verb):
    """Set the letter aside: ``to`` (a state) and ``reason``."""

    def done(self):
        said = texts_of_body(self.request, needed=["to", "reason"])
        set_aside(self.context, **said)
        return self.context


class FilePost(Verb):
    """File the letter in ``case_file``: a UID or a reference.

    The answer's ``@id`` is the letter's new address.
    """

    def done(self):
        said = texts_of_body(self.request, needed=["case_file"])
        filed = file_into(self.context, case_file_named(said["case_file"]))
        self.request.response.setHeader("Location", filed.absolute_url())
        return filed


class OpenCaseFilePost(Verb):
    """Open a case file with the fields given and file the letter in it.

    Both or nothing. The letter's team and subject are taken when the request
    names none.
    """

    def done(self):
        refuse_unfilable(self.context)
        given = {
            "title": self.context.Title(),
            "team": self.context.team,
            **object_of_body(self.request),
        }
        if missing := [
            name for name in ("unit", "title", "team") if not given.get(name)
        ]:
            raise RequestWrong(
                _("“${name}” is missing.", mapping={"name": name}) for name in missing
            )
        fields = values_from_json(ICaseFile, given, case_file_store(), self.request)
        filed = file_into(self.context, open_case_file(**fields))
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", filed.absolute_url())
        return filed


class RoutingHistoryGet(Service):
    """The letter's way through the house, oldest step first."""

    def reply(self):
        entries = IRoutingHistory(self.context).entries()
        return {
            "@id": f"{self.context.absolute_url()}/@routing-history",
            "items": [entry(each) for each in entries],
            "items_total": len(entries),
        }


class MailBoxGet(Service):
    """The letters of a box by the page, and how many there are in each state.

    ``box`` is ``mailroom``, ``team`` or ``desk``; ``team`` and ``desk`` name
    which ones, the user's own without. Others than the user may see are
    neither shown nor counted.
    """

    def reply(self):
        name = text_of_query(self.request, "box", "")
        if name not in BOXES:
            raise BoxWrong(
                _("“box” must be one of ${names}.", mapping={"names": ", ".join(BOXES)})
            )
        box = BOXES[name](self.request).narrowed(
            **{each: texts_of_query(self.request, each) for each in FILTERS}
        )
        page = Page(self.request)
        brains = box.items(
            texts_of_query(self.request, "state"),
            sort=text_of_query(self.request, "sort", "received"),
            start=page.start,
            size=page.size,
        )
        result = page.answer(
            [summary(brain) for brain in brains], brains.actual_result_count
        )
        result["counts"] = {str(state): n for state, n in box.counts().items()}
        return result


def _team_box(request):
    return team_box(texts_of_query(request, "team") or [team.id for team in teams_of()])


def _desk_box(request):
    return desk_box(texts_of_query(request, "desk") or [desk.id for desk in desks_of()])


BOXES = {
    "mailroom": lambda request: mailroom(),
    "team": _team_box,
    "desk": _desk_box,
}
