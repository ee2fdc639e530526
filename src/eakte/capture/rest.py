"""Intake for other systems and for the browser's upload: a file is a request's body."""

from datetime import UTC
from eakte import _
from eakte.capture.duplicates import visible
from eakte.capture.intake import FIELDS
from eakte.capture.intake import take_in
from eakte.capture.interfaces import Door
from eakte.capture.rescanning import earlier_scans
from eakte.capture.rescanning import replace_scan
from eakte.capture.staging import staged
from eakte.errors import EakteError
from eakte.mailitem.content import IMailItem
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import refuse_if_impossible
from eakte.rest.body import RequestWrong
from eakte.rest.body import text_of_query
from eakte.rest.fields import values_from_json
from eakte.scans.interfaces import IScanPages
from email.message import Message
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from plone.uuid.interfaces import IUUID
from zope.interface import alsoProvides


FORMS = frozenset(
    {
        "",
        "application/x-url-encoded",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain",
    }
)
"""Media types that any page of the web can make a browser send with the user's cookie.

Source: Fetch standard, CORS-safelisted request-header. All others need our consent."""


TOLD = (
    "number",
    "sender",
    "received",
    "letter_date",
    "mail_class",
    "channel",
    "envelope_id",
    "team",
)
"""Fields of the letter that its sender is told."""


class NotAFile(EakteError):
    """The request's body is a form, or nobody said what it is; nothing was stored."""

    status = 415


class FilePost(Service):
    """A POST whose body is a file, whatever is in it."""

    def reply(self):
        self.refuse_forms()
        # A page of somebody else's cannot send such a request, see FORMS.
        alsoProvides(self.request, IDisableCSRFProtection)
        self.refuse()
        with staged(self.request["BODYFILE"]) as file:
            return self.done(file.path)

    def refuse(self):
        """Raise before the body is read, when it would be for nothing."""

    def done(self, path):
        """Do the verb with the file and return the answer."""
        raise NotImplementedError

    def refuse_forms(self):
        kind = self.request.getHeader("Content-Type", "").partition(";")[0]
        if kind.strip().lower() in FORMS:
            raise NotAFile(
                _(
                    "Send the file as the request's body and its media type as "
                    "Content-Type; application/octet-stream does for every file."
                )
            )

    @property
    def file_name(self):
        """The name in the query, or in the header Content-Disposition."""
        if name := text_of_query(self.request, "name"):
            return name
        header = self.request.getHeader("Content-Disposition")
        if not header:
            return ""
        message = Message()
        message["Content-Disposition"] = header.encode("latin-1", "replace").decode(
            "utf-8", "replace"
        )
        return message.get_filename() or ""


class IntakePost(FilePost):
    """Take in the file as a mail item; the answer is 201 with its summary.

    The query may tell ``name``, ``team``, ``door`` (``rest`` or ``upload``) and the
    letter's ``title``, ``sender``, ``received``, ``letter_date``, ``mail_class``,
    ``channel`` and ``envelope_id``.
    """

    def done(self, path):
        item = take_in(
            path,
            file_name=self.file_name,
            door=self.door,
            team=text_of_query(self.request, "team") or None,
            **letter_of({name: text_of_query(self.request, name) for name in FIELDS}),
        )
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", item.absolute_url())
        return answer(item)

    @property
    def door(self):
        name = text_of_query(self.request, "door", Door.REST)
        if name not in (Door.REST, Door.UPLOAD):
            raise RequestWrong(
                _("“${name}” is not known here.", mapping={"name": name})
            )
        return Door(name)


class RescanPost(FilePost):
    """Put the file in the place of a scan that a rescan was asked for."""

    def refuse(self):
        refuse_if_impossible(self.context, Transition.RECAPTURE)

    def done(self, path):
        replace_scan(self.context, path, self.file_name)
        return answer(self.context)


class RescanGet(Service):
    """The earlier scans of the letter, oldest first."""

    def reply(self):
        url = self.context.absolute_url()
        return {
            "@id": f"{url}/@rescan",
            "items": [
                {
                    "download": f"{url}/@@earlier-scan/{number}",
                    "filename": scan.file.filename,
                    "byte_size": scan.file.getSize(),
                    "sha256": scan.sha256,
                    "replaced": json_compatible(scan.replaced.astimezone(UTC)),
                    "who": scan.who,
                }
                for number, scan in enumerate(earlier_scans(self.context), start=1)
            ],
        }


def letter_of(said):
    """Return what was said about the letter as values of its fields.

    :param said: ``{field name: text}``; an empty text says nothing.
    :raises RequestWrong: with everything that is wrong.
    """
    said = {name: text for name, text in said.items() if text}
    store = api.portal.get()
    return values_from_json(IMailItem, said, store, store.REQUEST)


def answer(item):
    """Return what the sender of a file is told: the letter and what is known of it.

    Named as in a box; taken from the letter itself, for the catalog may not know it
    before the commit.
    """
    scan = IScanPages(item)
    first = visible(scan.duplicate_of)
    return {
        "@id": item.absolute_url(),
        "@type": item.portal_type,
        "UID": IUUID(item),
        "title": item.Title(),
        "review_state": api.content.get_state(item),
        **{name: json_compatible(getattr(item, name)) for name in TOLD},
        "duplicate_of": first and first.UID,
        "first": first and {"@id": first.getURL(), "number": first.number},
        "scan": {
            "status": scan.status,
            "problem": scan.problem,
            "filename": scan.filename,
            "media_type": scan.media_type,
            "byte_size": scan.byte_size,
            "sha256": scan.sha256,
        },
    }
