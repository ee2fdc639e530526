"""The boxes of the user for other systems: as on the screens, with the same filters."""

from eakte import _
from eakte.desk import savedviews
from eakte.desk.boxes import BoxAddress
from eakte.desk.boxes import SCREENS
from eakte.desk.counters import lines_of
from eakte.desk.counters import teams_shown
from eakte.desk.countersaddress import CountersAddress
from eakte.desk.places import places
from eakte.errors import EakteError
from eakte.mailitem.boxes import BoxWrong
from eakte.mailitem.counting import AGES
from eakte.mailitem.counting import COUNTED
from eakte.mailitem.serializer import summary
from eakte.rest.body import RequestWrong
from eakte.rest.body import text_of_query
from eakte.rest.body import texts_of_body
from eakte.rest.body import texts_of_query
from eakte.rest.paging import Page
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.services import Service
from urllib.parse import parse_qs
from urllib.parse import urlencode
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


class NoSuchBox(EakteError):
    """There is no such box for the user, or no such view."""

    status = 404


@implementer(IPublishTraverse)
class Named(Service):
    """A service with at most one name after its own."""

    def __init__(self, context, request):
        super().__init__(context, request)
        self.names = []

    def publishTraverse(self, request, name):
        self.names.append(name)
        return self

    @property
    def url(self):
        return f"{self.context.absolute_url()}/{self.service}"


class BoxesGet(Named):
    """The user's boxes with their counts; a box with its letters; the counters.

    ``@boxes`` lists, ``@boxes/<box>`` has the letters of ``my-desk``, ``team-box`` or
    ``mailroom`` with ``team``, ``state``, ``class``, ``age``, ``span``, ``sender``,
    ``person``, ``deadline`` and ``sort`` as in the addresses of the screens,
    ``@boxes/counters`` the numbers of the teams that the user leads, with ``team``,
    ``class``, ``age`` and ``deadline``.
    """

    service = "@boxes"

    def reply(self):
        if not self.names:
            return self.all_boxes()
        [name, *rest] = self.names
        if rest or name not in self.mine:
            raise NoSuchBox(
                _("There is no box “${name}” for you.", mapping={"name": name})
            )
        return self.counters() if name == "counters" else self.letters(name)

    @property
    def mine(self):
        """The names of the boxes in which the user works."""
        shown = [place.id for place in places()]
        return [name for name in shown if name in SCREENS or name == "counters"]

    def all_boxes(self):
        items = []
        for name in self.mine:
            item = {"@id": f"{self.url}/{name}", "name": name}
            if name in SCREENS:
                item["counts"] = _by_name(BoxAddress(name).box.counts())
            items.append(item)
        return {"@id": self.url, "items": items, "items_total": len(items)}

    def letters(self, name):
        address = box_of_query(name, self._asked)
        page = Page(self.request)
        brains = address.brains(page.start, page.size)
        total = brains.actual_result_count
        result = page.answer([summary(brain) for brain in brains], total)
        result["counts"] = _by_name(address.box.counts())
        return result

    @property
    def _asked(self):
        form = {each: texts_of_query(self.request, each) for each in MANY}
        return form | {each: text_of_query(self.request, each, "") for each in ONE}

    def counters(self):
        address = CountersAddress.read(self._asked, strict=True)
        box = address.box
        departments = [
            {
                "department": department.id,
                "title": department.title,
                "teams": [
                    _numbers(team, line)
                    for team, line in zip(teams, lines_of(teams, box), strict=True)
                ],
            }
            for department, teams in teams_shown(address)
        ]
        query = urlencode(address.query)
        return {
            "@id": f"{self.url}/counters?{query}" if query else f"{self.url}/counters",
            "items": departments,
            "items_total": len(departments),
        }


ONE = ("team", "state", "age", "span", "sender", "person", "deadline", "sort")
MANY = ("class",)


def box_of_query(name, form):
    """Return the ``BoxAddress`` that the query's names and values are.

    :raises BoxWrong: a value is unknown; every one is named.
    """
    address = BoxAddress.read(name, form, strict=True)
    if address.state and address.state not in address.box.states:
        raise BoxWrong(
            _(
                "No letter of this box is ever in the state “${name}”.",
                mapping={"name": address.state},
            )
        )
    return address


def _by_name(counts):
    return {str(state): number for state, number in counts.items()}


def _numbers(team, line):
    return {
        "team": team.id,
        "title": team.title,
        "states": {
            str(state): n for state, n in zip(COUNTED, line.states, strict=True)
        },
        "ages": [
            {"from_days": age, "letters": n}
            for age, n in zip(AGES, line.ages, strict=True)
        ],
        "total": line.total,
    }


class BoxViewsGet(Named):
    """The views that the user has kept, in the order of their names."""

    service = "@box-views"

    def reply(self):
        items = [self.shown(view) for view in savedviews.views()]
        return {"@id": self.url, "items": items, "items_total": len(items)}

    def shown(self, view):
        place = view.place
        query = urlencode(place.query)
        letters = f"{self.context.absolute_url()}/@boxes/{place.screen}"
        return {
            "@id": f"{self.url}/{view.id}",
            "name": view.name,
            "box": place.screen,
            "query": query,
            "letters": f"{letters}?{query}" if query else letters,
            "is_default": view.is_default,
        }

    def found(self, view_id):
        for view in savedviews.views():
            if view.id == view_id:
                return view
        raise NoSuchBox(_("There is no such view."))

    def one(self):
        """Return the view that the address names."""
        return self.found(self.names[0] if len(self.names) == 1 else "")


class BoxViewsPost(BoxViewsGet):
    """Keep a view: ``name``, ``box`` and ``query`` as in an address."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        said = texts_of_body(self.request, needed=["name", "box"], possible=["query"])
        names = (*SCREENS, CountersAddress.screen)
        if said["box"] not in names:
            raise RequestWrong(
                _(
                    "“box” must be one of ${names}.",
                    mapping={"names": ", ".join(names)},
                )
            )
        form = parse_qs(said.get("query", ""))
        if said["box"] == CountersAddress.screen:
            address = CountersAddress.read(form, strict=True)
        else:
            address = BoxAddress.read(said["box"], form, strict=True)
        view = self.shown(savedviews.keep_view(said["name"], address))
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", view["@id"])
        return view


class BoxViewsPatch(BoxViewsGet):
    """Change a view: ``name``, or ``begin`` (yes or no) for the box to begin with it."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        view = self.one()
        said = texts_of_body(self.request, possible=["name", "begin"])
        if said.get("begin") not in (None, "yes", "no"):
            raise RequestWrong(_("“begin” must be yes or no."))
        if "name" in said:
            savedviews.rename_view(view.id, said["name"])
        if "begin" in said:
            savedviews.begin_with(view.id, said["begin"] == "yes")
        return self.shown(self.found(view.id))


class BoxViewsDelete(BoxViewsGet):
    """Forget a view."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        savedviews.delete_view(self.one().id)
        return self.reply_no_content()
