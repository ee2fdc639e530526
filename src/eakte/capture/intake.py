"""A file becomes a mail item, whichever door it came through."""

from contextlib import nullcontext
from eakte import _
from eakte.capture.interfaces import Door
from eakte.clock import today
from eakte.errors import EakteError
from eakte.mailitem.content import IMailItem
from eakte.mailitem.store import mail_store
from eakte.org.interfaces import IOffice
from eakte.scanning.errors import ScanError
from eakte.scanning.sniffing import HEAD_BYTES
from eakte.scanning.sniffing import kind_of
from eakte.scans.storing import store_scan
from pathlib import Path
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from zope.component import getUtility
from zope.schema import ValidationError

import mimetypes


CHANNELS = {Door.FOLDER: "letter", Door.UPLOAD: "upload", Door.REST: "interface"}
"""The channel of a mail item when nobody says it better."""

FIELDS = (
    "title",
    "sender",
    "received",
    "letter_date",
    "mail_class",
    "channel",
    "envelope_id",
)
"""What may be known of a letter at intake."""

LONGEST_NAME = 200
"""Characters of a file name that are kept."""


class IntakeWrong(EakteError):
    """What was said about the letter cannot be; no mail item was made."""


def take_in(
    path,
    *,
    file_name,
    door,
    team=None,
    operator=None,
    received=None,
    sha256=None,
    **fields,
):
    """Make a mail item of the file and return it; it is ``captured``.

    No file is refused for what is in it: an empty or encrypted one, or one that is no
    scan at all, becomes a mail item with a named problem when it is looked into.

    :param path: the file; it is consumed, not copied, when it lies on the blobs' disk.
    :param file_name: the name it came with; never used as a path.
    :param door: a ``Door``.
    :param team: id of the team it is for; None is the mailroom.
    :param operator: id of the person who scanned or sent it and is its owner; without
        one the current user.
    :param received: the day it reached the house; today without one.
    :param sha256: of the file, when it is known; so that it is not read once more.
    :param fields: others of ``FIELDS``.
    :raises IntakeWrong: with every reason; the file is still there then.
    """
    values = {"channel": CHANNELS[door], "received": received or today()} | fields
    refuse_if_wrong(team, values)
    name = plain_name(file_name)
    with _in_the_hands_of(operator):
        item = createContent("mail_item", team=team, **values)
        store_scan(item, path, name, media_type_of(path, name), sha256)
        return addContentToContainer(mail_store(), item, checkConstraints=False)


def refuse_if_wrong(team, fields):
    """Raise when the team, or another of ``FIELDS``, cannot be as they are said.

    :raises IntakeWrong: with every reason.
    """
    if reasons := list(_objections(fields, team)):
        raise IntakeWrong(reasons)


def plain_name(file_name):
    """Return the last part of the name as text that can be shown and stored.

    >>> plain_name("../scans/Brief 1.pdf")
    'Brief 1.pdf'
    """
    text = file_name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    text = text.replace("\\", "/").rpartition("/")[2]
    text = "".join(letter for letter in text if letter.isprintable()).strip()
    name = Path(text or "scan")
    suffix = name.suffix[:20]
    return name.stem[: LONGEST_NAME - len(suffix)] + suffix


def media_type_of(path, name):
    """Return the media type by the first bytes, by the name for what is no scan."""
    with Path(path).open("rb") as file:
        head = file.read(HEAD_BYTES)
    try:
        return kind_of(head).media_type
    except ScanError:
        return mimetypes.guess_type(name)[0] or "application/octet-stream"


def settle(mail_item, event):
    """Keep the day of receipt, which a new mail item only supposes.

    Until it is kept, the field answers with the day on which it is asked.
    """
    if "received" not in mail_item.__dict__:
        mail_item.received = today()


def _objections(values, team):
    if unknown := set(values) - set(FIELDS):
        raise TypeError(
            f"Not known of a letter at intake: {', '.join(sorted(unknown))}"
        )
    if team is not None and getUtility(IOffice).team(team) is None:
        yield _("There is no such team. Choose one from the list.")
    for name, value in values.items():
        try:
            IMailItem[name].bind(api.portal.get()).validate(value)
        except ValidationError as error:
            yield _(
                "${field}: ${reason}",
                mapping={"field": IMailItem[name].title, "reason": error.doc()},
            )


def _in_the_hands_of(operator):
    if operator is None:
        return nullcontext()
    return api.env.adopt_user(user=api.user.get(userid=operator))
