"""Where accounts are checked besides here: an OpenID provider, a directory (LDAP).

``login.yaml`` of the office names them; without the file there are none.
"""

from dataclasses import dataclass
from dataclasses import fields
from dataclasses import MISSING
from eakte import _
from eakte.errors import EakteError
from eakte.login.placements import groups_at
from urllib.parse import urlsplit

import yaml


OPENID = "openid"
LDAP = "ldap"

PLUGINS = {OPENID: "eakte_openid", LDAP: "eakte_directory"}
"""Ids of their plugins in the site's user folder."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class LoginFileWrong(EakteError):
    """``login.yaml`` cannot be applied; nothing was changed."""


@dataclass(frozen=True)
class OpenIdSource:
    """An OpenID Connect provider.

    Source: OpenID Connect Core 1.0, Discovery 1.0.
    """

    issuer: str
    """Its address; ``/.well-known/openid-configuration`` below it is read."""
    client: str
    """Our id there."""
    title: str
    """As people call it; stands on the button."""
    person: str = "preferred_username"
    """Claim that has the person's id of the office's files."""
    groups: str = "groups"
    """Claim that has the names of the person's groups there."""
    scope: tuple = ("openid", "profile")
    hours: int = 12
    """After so many hours the person is asked for again, however busy."""
    ask_always: bool = False
    """Whether the provider asks for the password also when it still knows the browser."""
    places: tuple = ()
    """``(group there, place here)`` pairs; a place is the id of its group."""


@dataclass(frozen=True)
class DirectorySource:
    """A directory that speaks LDAP.

    Source: RFC 4511, RFC 4515 (filters).
    """

    uri: str
    """``ldaps://…``; ``ldap://`` with ``start_tls``, or on this machine."""
    bind: str
    """DN with which we read."""
    people: str
    """DN below which people stand."""
    title: str
    """As people call it."""
    person: str = "uid"
    """Attribute with the person's id of the office's files; the name to log in with."""
    people_filter: str = "(objectClass=inetOrgPerson)"
    """Who may come in: leave disabled accounts out here."""
    people_class: str = "inetOrgPerson"
    groups: str = ""
    """DN below which groups stand; without it no groups come from there."""
    group: str = "cn"
    """Attribute with the name of a group."""
    groups_filter: str = "(objectClass=groupOfNames)"
    groups_class: str = "groupOfNames"
    start_tls: bool = False
    certificates: str = ""
    """File with the certificates of those we trust; the system's without it."""
    hours: int = 12
    places: tuple = ()


KINDS = {OPENID: OpenIdSource, LDAP: DirectorySource}


def read_sources(text, plan):
    """Return ``{kind: OpenIdSource or DirectorySource}``.

    :param text: what stands in the file.
    :param plan: the office's plan; places are held against it.
    :raises LoginFileWrong: with every mistake found, not just the first.
    """
    try:
        data = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise LoginFileWrong([_("The file of the logins is not YAML.")]) from error
    if not isinstance(data, dict):
        raise LoginFileWrong([_("The file of the logins is not YAML.")])
    found, mistakes = {}, []
    for kind, values in data.items():
        if kind not in KINDS or not isinstance(values, dict):
            mistakes.append(
                _(
                    "“${key}” is no way to log in. Possible are: ${possible}.",
                    mapping={"key": str(kind), "possible": ", ".join(KINDS)},
                )
            )
            continue
        wrong = list(_mistakes(kind, values, plan))
        mistakes += wrong
        if not wrong:
            found[kind] = _source(kind, values)
    if mistakes:
        raise LoginFileWrong(mistakes)
    return found


def _source(kind, values):
    values = dict(values)
    places = values.pop("places", None) or ()
    if "scope" in values:
        values["scope"] = tuple(values["scope"])
    pairs = tuple((each["group"], each["place"]) for each in places)
    return KINDS[kind](**values, places=pairs)


def _mistakes(kind, values, plan):
    known = {each.name: each for each in fields(KINDS[kind])}
    for key in values:
        if key not in known:
            yield _(
                "${kind}: there is no “${key}” here. Possible are: ${possible}.",
                mapping={
                    "kind": kind,
                    "key": str(key),
                    "possible": ", ".join(known),
                },
            )
    for name, field in known.items():
        if name in ("places", "scope"):
            continue
        value = values.get(name)
        if name not in values:
            if field.default is not MISSING:
                continue
            yield _(
                "${kind}: “${key}” is missing.", mapping={"kind": kind, "key": name}
            )
        elif type(value) is not field.type or value == "":
            yield _wrong(kind, name)
    if not 1 <= _number(values.get("hours", 12)) <= 24:
        yield _wrong(kind, "hours")
    if "scope" in values and not _is_scope(values["scope"]):
        yield _wrong(kind, "scope")
    if not _is_safe(kind, values):
        yield _(
            "${kind}: passwords would go over the net unencrypted. Use https, ldaps "
            "or start_tls.",
            mapping={"kind": kind},
        )
    yield from _mistakes_of_places(kind, values.get("places"), plan)


def _wrong(kind, name):
    return _("${kind}: “${key}” is wrong.", mapping={"kind": kind, "key": name})


def _number(value):
    return value if type(value) is int else 0


def _is_scope(value):
    return (
        isinstance(value, list)
        and all(isinstance(each, str) for each in value)
        and "openid" in value
    )


def _is_safe(kind, values):
    address = urlsplit(str(values.get("issuer" if kind == OPENID else "uri", "")))
    return (
        address.scheme in ("https", "ldaps")
        or values.get("start_tls") is True
        or (address.scheme in ("http", "ldap") and address.hostname in LOOPBACK)
    )


def _mistakes_of_places(kind, places, plan):
    if places is None:
        return
    if not isinstance(places, list):
        yield _wrong(kind, "places")
        return
    for each in places:
        is_pair = isinstance(each, dict) and set(each) == {"group", "place"}
        if not is_pair or not all(isinstance(text, str) for text in each.values()):
            yield _wrong(kind, "places")
        elif not groups_at(plan, each["place"]):
            yield _(
                "${kind}: “${place}” is no place that a group from there can give.",
                mapping={"kind": kind, "place": each["place"]},
            )
