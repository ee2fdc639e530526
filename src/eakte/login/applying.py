"""``login.yaml`` is applied to the site: where accounts are checked besides here."""

from eakte import _
from eakte.login.interfaces import ISourceOption
from eakte.login.placements import map_places
from eakte.login.placements import remember
from eakte.login.sources import KINDS
from eakte.login.sources import LoginFileWrong
from eakte.login.sources import PLUGINS
from eakte.login.sources import read_sources
from eakte.login.withheld import secret_for
from eakte.org.interfaces import IOffice
from plone import api
from zope.component import getUtility
from zope.component import queryUtility


def apply_login(text):
    """Let the site know the sources that the file names, and no other.

    Again changes nothing. Who was let in by a source that is gone stays in for as long
    as the login holds; places that came from there are over at once.

    :param text: what stands in the file; "" when there is none.
    :returns: the kinds of the sources that hold now.
    :raises LoginFileWrong: with every mistake; nothing is changed.
    """
    sources = read_sources(text, getUtility(IOffice).plan)
    if missing := [
        each
        for kind in sources
        for each in (*_not_installed(kind), *_without_secret(kind))
    ]:
        raise LoginFileWrong(missing)
    for kind in KINDS:
        if kind in sources:
            queryUtility(ISourceOption, name=kind).set_up(sources[kind])
        else:
            _take_down(PLUGINS[kind])
    map_places({kind: (each.title, each.places) for kind, each in sources.items()})
    return tuple(sources)


def ask_for_groups():
    """Ask the sources that can be asked for everybody's groups; return for how many.

    Who was taken out of a group there loses the place with this, without a new login.
    """
    asked = 0
    for kind in KINDS:
        option = queryUtility(ISourceOption, name=kind)
        if option is None or PLUGINS[kind] not in _user_folder().objectIds():
            continue
        for person in getUtility(IOffice).plan.people:
            names = option.groups_of(person.id)
            if names is not None:
                remember(person.id, kind, names)
                asked += 1
    return asked


def _take_down(plugin_id):
    # Also when the package is gone that the plugin's class comes from.
    folder = _user_folder()
    if plugin_id in folder.objectIds():
        folder.plugins.removePluginById(plugin_id)
        folder._delObject(plugin_id, suppress_events=True)


def _user_folder():
    return api.portal.get_tool("acl_users")


def _not_installed(kind):
    if queryUtility(ISourceOption, name=kind) is None:
        yield _(
            "${kind}: the option is not installed, see docs/login.md.",
            mapping={"kind": kind},
        )


def _without_secret(kind):
    if not secret_for(kind):
        name = f"EAKTE_{kind.upper()}_SECRET"
        yield _(
            "${kind}: the secret is missing; ${name} or ${name}_FILE has it.",
            mapping={"kind": kind, "name": name},
        )
