"""A better scan takes the place of the first one, which is kept."""

from dataclasses import dataclass
from datetime import datetime
from datetime import UTC
from eakte import _
from eakte.capture.duplicates import flag_duplicate
from eakte.capture.intake import media_type_of
from eakte.capture.intake import plain_name
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import perform
from eakte.mailitem.steps import refuse_if_impossible
from eakte.scans.facts import facts_of
from eakte.scans.interfaces import IHasScan
from eakte.scans.storing import store_scan
from persistent.list import PersistentList
from plone import api
from plone.namedfile.interfaces import INamedBlobFile
from zope.annotation.interfaces import IAnnotations
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent


KEY = "eakte.capture.earlier_scans"


@dataclass(frozen=True)
class EarlierScan:
    """A scan that another one took the place of. It is never changed."""

    file: INamedBlobFile
    sha256: str
    replaced: datetime
    """Aware, UTC."""
    who: str
    """User id of the person who brought the better scan; empty for the system."""


def earlier_scans(mail_item):
    """Return every ``EarlierScan``, oldest first."""
    return tuple(IAnnotations(mail_item).get(KEY, ()))


def replace_scan(mail_item, path, file_name):
    """Make the file the mail item's scan; it goes back to ``captured``.

    The number, the day of receipt and the way through the house stay. The earlier
    scan is kept unchanged.

    :param path: the file; it is consumed.
    :param file_name: the name it came with; never used as a path.
    :raises WrongState: no rescan was asked for.
    :raises NotAllowed: the user lacks the right.
    """
    refuse_if_impossible(mail_item, Transition.RECAPTURE)
    _keep(mail_item)
    name = plain_name(file_name)
    store_scan(mail_item, path, name, media_type_of(path, name))
    notify(ObjectModifiedEvent(mail_item, Attributes(IHasScan, "scan")))
    flag_duplicate(mail_item)
    perform(mail_item, Transition.RECAPTURE, _("A new scan came."))


def _keep(mail_item):
    if mail_item.scan is None:
        return
    annotations = IAnnotations(mail_item)
    if KEY not in annotations:
        annotations[KEY] = PersistentList()
    facts = facts_of(mail_item)
    user = api.user.get_current()
    annotations[KEY].append(
        EarlierScan(
            file=mail_item.scan,
            sha256=facts.sha256 if facts else "",
            replaced=datetime.now(UTC),
            who=(user and user.getId()) or "",
        )
    )
