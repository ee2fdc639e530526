"""Who got or left a place, and what happened to accounts."""

from eakte.journal.circumstances import who_acts
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.org.groups import OURS
from eakte.org.interfaces import IOffice
from eakte.rest.origin import Door
from eakte.rest.origin import origin
from zope.component import getUtility
from zope.component import queryUtility


def note_place(event):
    """Somebody got or left a place of the office."""
    entry = event.entry
    _append(
        Kind.PLACE,
        person=entry.person,
        place=entry.place,
        gained="yes" if entry.gained else "no",
        notable="yes" if entry.notable else "",
    )


def note_group_gained(event):
    """Somebody came into a group that the office's files know nothing of."""
    _note_group(event, "yes")


def note_group_left(event):
    """Somebody left such a group."""
    _note_group(event, "no")


def note_account_made(event):
    """There is an account more."""
    _append(Kind.ACCOUNT, person=_id_of(event.principal), what="created")


def note_account_removed(event):
    """There is an account less."""
    _append(Kind.ACCOUNT, person=_id_of(event.principal), what="deleted")


def note_password(event):
    """Somebody has another password; who gave it stands in the entry.

    Nobody, where nobody was logged in: by the link that is sent by mail.
    """
    way = {}
    if not who_acts() and origin().door in (Door.WEB, Door.REST):
        way["way"] = "link"
    _append(Kind.ACCOUNT, person=_id_of(event.principal), what="password", **way)


def note_address(event):
    """A person's account has another e-mail address."""
    fields = {"email": [event.old or None, event.new or None]}
    _append(Kind.ACCOUNT, person=event.person, what="address", fields=fields)


def _note_group(event, gained):
    # Places of the office tell it themselves, and more.
    if not event.group_id.startswith(OURS):
        person = _id_of(event.principal)
        _append(Kind.PLACE, person=person, place=event.group_id, gained=gained)


def _id_of(principal):
    return principal if isinstance(principal, str) else principal.getId()


def _append(kind, **said):
    # Plone's own accounts, and those of sites without the product, are none of ours.
    if queryUtility(IOffice) is not None:
        getUtility(IJournal).append(kind, **said)
