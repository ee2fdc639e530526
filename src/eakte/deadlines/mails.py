"""The mails of the day, kept until a mail server has taken them."""

from BTrees.OOBTree import OOBTree
from dataclasses import dataclass
from dataclasses import replace
from eakte import clock
from email.mime.text import MIMEText
from email.utils import format_datetime
from email.utils import parseaddr
from zope.annotation.interfaces import IAnnotations

import secrets


KEY = "eakte.deadlines.mails"


@dataclass(frozen=True)
class Mail:
    """A person's mail of a day; however often it is sent, it is the same by its id."""

    day: str
    """ISO 8601."""
    address: str
    sender: str
    subject: str
    text: str
    """Empty once it was delivered, or has nothing to say any more."""
    id: str
    """The Message-ID, by which a mailbox knows what it has already (RFC 5322, 3.6.4)."""
    date: str
    """When it was written, as a mail says it (RFC 5322, 3.3)."""
    is_delivered: bool = False

    def as_message(self):
        """Return the mail with the headers that must not change from try to try."""
        message = MIMEText(self.text, "plain", "utf-8")
        message["Message-ID"] = self.id
        message["Date"] = self.date
        # So no note of absence comes back (RFC 3834, 5).
        message["Auto-Submitted"] = "auto-generated"
        return message


def new_mail(address, sender, subject, text):
    """Return the ``Mail`` of today, which has a name of its own."""
    now = clock.now()
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return Mail(
        day=now.date().isoformat(),
        address=address,
        sender=sender,
        subject=subject,
        text=text,
        id=f"<eakte.{secrets.token_hex(16)}@{domain}>",
        date=format_datetime(now),
    )


def mail_of(site, person):
    """Return the last ``Mail`` that was written to the person, or None."""
    return IAnnotations(site).get(KEY, {}).get(person)


def keep(site, person, mail):
    """Keep the mail, in place of the one of an earlier day."""
    annotations = IAnnotations(site)
    if KEY not in annotations:
        # Never empty: BTrees merge what two writers add, but not to an empty tree.
        annotations[KEY] = OOBTree({"": None})
    annotations[KEY][person] = mail


def note_delivered(site, person, mail):
    """A mail server has taken the mail, or need not; a later one is left alone."""
    if mail_of(site, person) == mail:
        keep(site, person, replace(mail, text="", is_delivered=True))
