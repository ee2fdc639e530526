"""Big files come in pieces over an unsafe line (TUS 1.0.0) and end on the same path.

plone.restapi's services, with what a mail item needs: a piece that is sent again, by
the client or by a conflict of the database, is not stored twice, and the file stays
until its mail item is committed.
"""

from eakte import _
from eakte.capture.intake import FIELDS
from eakte.capture.intake import refuse_if_wrong
from eakte.capture.intake import take_in
from eakte.capture.interfaces import Door
from eakte.capture.rest import letter_of
from eakte.capture.staging import another_name
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from pathlib import Path
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.services.content.tus import TUSUpload
from plone.restapi.services.content.tus import UploadHead
from plone.restapi.services.content.tus import UploadPatch
from plone.restapi.services.content.tus import UploadPost
from zope.interface import alsoProvides

import transaction


OWNER = "owner"
"""Key of the announcement: id of who made it, whatever the announcement itself says."""


class PieceMissing(EakteError):
    """The piece does not continue what is here; ask with HEAD where to go on."""

    status = 409


class IntakeUploadPost(UploadPost):
    """Announce a file. An empty one is complete at once."""

    def reply(self):
        refuse_without_right(self.context)
        result = super().reply()
        response = self.request.response
        if response.getStatus() != 201:
            return result
        upload = TUSUpload(response.getHeader("Location").rpartition("/")[2])
        # Another's address is no way to add to a file, nor to learn how far it is.
        upload.initialize(upload.metadata() | {OWNER: _user()})
        try:
            team, fields = said_of(upload)
            refuse_if_wrong(team, fields)
        except EakteError:
            upload.cleanup()
            raise
        if upload.length() == 0:
            Path(upload.filepath).touch()
            alsoProvides(self.request, IDisableCSRFProtection)
            response.setHeader("Location", take_in_upload(upload).absolute_url())
        return result


class IntakeUploadHead(UploadHead):
    """Tell who announced the file how much of it is here."""

    def tus_upload(self):
        return own(super().tus_upload())

    def check_add_modify_permission(self, mode):
        refuse_without_right(self.context)


class IntakeUploadPatch(UploadPatch):
    """Take the next piece from who announced it; the last one makes the mail item."""

    def check_add_modify_permission(self, mode):
        refuse_without_right(self.context)

    def tus_upload(self):
        upload = self.uid and RepeatableUpload(self.uid)
        return own(upload) if upload and upload.length() else None

    def create_or_modify_content(self, tus_upload):
        item = take_in_upload(tus_upload)
        self.request.response.setHeader("Location", item.absolute_url())


class RepeatableUpload(TUSUpload):
    """An upload whose pieces may come twice."""

    def write(self, infile, offset=0):
        """Write a piece where it belongs and drop what followed there.

        :raises PieceMissing: what comes before the piece is not here.
        """
        present = self.offset()
        if not 0 <= offset <= present:
            raise PieceMissing(
                _(
                    "The upload has ${present} bytes. Go on from there.",
                    mapping={"present": str(present)},
                )
            )
        path = Path(self.filepath)
        if path.exists():
            with path.open("r+b") as file:
                file.truncate(offset)
        # A repeated request has been read before.
        infile.seek(0)
        super().write(infile, offset)


def own(upload):
    """Return the upload if the user announced it, else None."""
    return upload if upload and upload.metadata().get(OWNER) == _user() else None


def _user():
    return api.user.get_current().getId() or ""


def take_in_upload(upload):
    """Make a mail item of a complete upload and return it."""
    team, fields = said_of(upload)
    item = take_in(
        # The transaction may be tried again, and then needs the file once more.
        another_name(Path(upload.filepath)),
        file_name=upload.metadata().get("filename", ""),
        door=Door.REST,
        team=team,
        **fields,
    )
    transaction.get().addAfterCommitHook(_clean_up, args=(upload,))
    return item


def said_of(upload):
    """Return ``(team, other fields)`` as the upload's metadata tell them."""
    said = upload.metadata()
    fields = letter_of({name: said.get(name) for name in FIELDS})
    return said.get("team") or None, fields


def refuse_without_right(store):
    """Raise unless the user may take in mail."""
    if not api.user.has_permission("eakte: Take in mail", obj=store):
        raise NotAllowed(_("You may not take in mail."))


def _clean_up(committed, upload):
    if committed:
        upload.cleanup()
