"""What a change changed: the fields of an object, as the database has them and now."""

from Acquisition import aq_base
from dataclasses import dataclass
from datetime import date
from eakte.scans.facts import facts_of
from eakte.scans.facts import KEY as SCAN_FACTS
from plone.dexterity.utils import iterSchemata
from plone.namedfile.interfaces import INamed
from ZODB.utils import z64
from zope.schema import getFieldNamesInOrder

import transaction


DECIDING = ("team", "desk", "mail_class", "local_roles")
"""What decides about who may see an object; the rest is its description."""

LONGEST = 200
"""Characters of a value that are kept."""


@dataclass(frozen=True)
class Change:
    """One field: its value before and now, as text, number or list."""

    name: str
    old: object
    new: object


def changes_of(content):
    """Return the ``Change``s since the database's state, or since asked last.

    What was made in the transaction in hand has nothing before it: its first values
    are known once ``note_values`` was called.
    """
    before, _ = _known().get(id(aq_base(content)), (None, None))
    if before is None:
        before = _stored_values(content)
    note_values(content)
    if before is None:
        return ()
    now = _values(content, aq_base(content).__dict__, _sha256(facts_of(content)))
    return tuple(
        Change(name, before.get(name), now.get(name))
        for name in sorted(before.keys() | now.keys())
        if before.get(name) != now.get(name)
    )


def note_values(content):
    """Keep the values for the rest of the transaction."""
    base = aq_base(content)
    values = _values(content, base.__dict__, _sha256(facts_of(content)))
    # The object is kept too: nothing else may get its id meanwhile.
    _known()[id(base)] = values, base


def _known():
    """Return the values that were noted in the transaction in hand, by the id."""
    current = transaction.get()
    try:
        return current.data(_known)
    except KeyError:
        known = {}
        current.set_data(_known, known)
        return known


def _stored_values(content):
    base = aq_base(content)
    state = _stored_state(base)
    if state is None:
        return None
    annotations = state.get("__annotations__")
    facts = None
    if annotations is not None and (stored := _stored_state(annotations)):
        facts = _find(stored, SCAN_FACTS)
    return _values(content, state, _sha256(facts))


def _stored_state(persistent):
    """Return the state that the database had before; None for a new object."""
    connection, serial = persistent._p_jar, persistent._p_serial
    if connection is None or serial in (None, z64):
        return None
    # Not the connection's storage of the moment: a savepoint has what is new there.
    data, _ = connection._normal_storage.load(persistent._p_oid)
    return connection._reader.getState(data)


def _find(state, key):
    """Return what a small BTree's state has under the key, or None.

    It is nested tuples: key, value, key, value, …; of a large one it has the parts
    only, and the value before is not known.
    """
    while isinstance(state, tuple) and len(state) == 1:
        state = state[0]
    if not isinstance(state, tuple):
        return None
    pairs = dict(zip(state[::2], state[1::2], strict=False))
    return pairs.get(key) if all(isinstance(each, str) for each in pairs) else None


def _values(content, state, sha256):
    """Return what is said of the content, by name, as it can be written down."""
    values = {}
    for schema in iterSchemata(content):
        for name in getFieldNamesInOrder(schema):
            value = state.get(name)
            if INamed.providedBy(value):
                value = sha256
            if (value := plain(value)) is not None:
                values[name] = value
    if roles := _plain_roles(state.get("__ac_local_roles__")):
        values["local_roles"] = roles
    return values


def plain(value):
    """Return the value as it can be written down; None when there is none."""
    if value is None or value == "" or isinstance(value, (bool, int)):
        return None if value == "" else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_short(str(each)) for each in value] or None
    return _short(str(value))


def _plain_roles(roles):
    if callable(roles):
        roles = roles()
    return [f"{who}: {', '.join(sorted(roles[who]))}" for who in sorted(roles or {})]


def _short(text):
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _sha256(facts):
    return facts.sha256 if facts is not None else None
