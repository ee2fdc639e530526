"""Who has another password is told so by mail, however it was set.

Whoever sets it can work in that person's name from then on: an administrator, or
somebody who reads the person's mail and asked for the link that sets a new one. So does
whoever changes the address that this link goes to: that is told to the old one. The
mail is committed with the password and sent afterwards, so no mail server keeps anybody
waiting and none of the mails is lost.
"""

from BTrees.OOBTree import OOBTree
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from eakte import _
from eakte.clock import in_house_time
from eakte.clock import utc_now
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import IJobQueue
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from eakte.jobs.outbox import make_outbox
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from eakte.rest.origin import Door
from eakte.rest.origin import origin
from email.mime.text import MIMEText
from email.utils import format_datetime
from email.utils import parseaddr
from functools import partial
from plone import api
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility
from zope.component import queryUtility
from zope.component.hooks import getSite
from zope.i18n import translate
from zope.i18nmessageid import Message
from zope.interface import implementer

import uuid


KIND = "tell-password"
"""Name of the job."""

KEY = "eakte.login.told"

LATEST = timedelta(days=3)
"""So long after the password was set the mail is still tried."""


PASSWORD, ADDRESS = "password", "address"
"""What can be another one."""


@dataclass(frozen=True)
class NewPassword:
    """Somebody's password, or e-mail address, is another one since then."""

    id: str
    person: str
    addresses: tuple
    """Mail addresses, as they were then: who sets the password may change them next."""
    by: str
    """Who set it; empty when nobody was logged in, which is so with the mailed link."""
    when: datetime
    """Aware, UTC."""
    address: str
    """Network address from which it was set."""
    what: str = PASSWORD
    """``PASSWORD`` or ``ADDRESS``."""


def tell_of_password(event):
    """Somebody has another password, set over the network; a command is no person."""
    known = event.principal
    _tell(known if isinstance(known, str) else known.getId())


def tell_of_account(event):
    """An account of a person of the office is made anew, with whatever password.

    Those that the office's files make have one that nobody knows.
    """
    office = queryUtility(IOffice)
    known = event.principal
    person = known if isinstance(known, str) else known.getId()
    if office is not None and person in {each.id for each in office.plan.people}:
        _tell(person)


def tell_of_address(event):
    """Somebody's account has another address: told to the old one, and to the files'."""
    found = dict.fromkeys([event.old, *addresses_of(event.person)])
    addresses = tuple(each for each in found if each and each != event.new)
    _tell(event.person, addresses, ADDRESS)


def _tell(person, addresses=None, what=PASSWORD):
    place = origin()
    if queryUtility(IOffice) is None or place.door not in (Door.WEB, Door.REST):
        return
    addresses = addresses_of(person) if addresses is None else addresses
    if not addresses:
        return
    user = api.user.get_current()
    told = NewPassword(
        id=uuid.uuid4().hex,
        person=person,
        addresses=addresses,
        by=(user and user.getId()) or "",
        when=utc_now(),
        address=place.address,
        what=what,
    )
    annotations = IAnnotations(getSite())
    if KEY not in annotations:
        # Never empty: BTrees merge what two writers add, but not to an empty tree.
        annotations[KEY] = OOBTree({"": None})
    annotations[KEY][told.id] = told
    getUtility(IJobQueue).put(KIND, told.id)


def addresses_of(person):
    """Return the person's mail addresses: of the office's files, and of the account.

    An administrator can change the one of the account, and not that of the files
    unseen.
    """
    people = getUtility(IOffice).plan.people
    found = [each.email for each in people if each.id == person]
    user = api.user.get(userid=person)
    found.append(user and user.getProperty("email"))
    return tuple(dict.fromkeys(each for each in found if each))


@implementer(IJobHandler)
class TellPassword:
    """Sends one of the mails; its own id stands where others name an object."""

    rank = Rank.SOON
    title = _("Tell somebody of another password")

    def do(self, workplace, uid):
        """Send it to each of the addresses, and forget it.

        Killed between, it is sent once more, as the same mail by its Message-ID.
        """
        workplace.read(partial(deliver, told_id=uid))
        workplace.store(partial(forget, told_id=uid))
        return Outcome.DONE

    def give_up(self, site, uid, reason):
        """Begin anew in an hour: a mail server may be away for a morning.

        After some days it is left among the jobs that failed.
        """
        told = told_of(site, uid)
        if told is not None and utc_now() - told.when < LATEST:
            later = utc_now() + timedelta(hours=1)
            make_outbox(site).put(KIND, uid, self.rank, later.timestamp())


def told_of(site, told_id):
    """Return the ``NewPassword`` that waits for the mail server, or None."""
    return IAnnotations(site).get(KEY, {}).get(told_id)


def forget(site, told_id):
    """It was sent."""
    IAnnotations(site).get(KEY, {}).pop(told_id, None)


def deliver(site, told_id):
    """Hand the mail to the mail server; without a sender's address nothing is sent."""
    told = told_of(site, told_id)
    sender = api.portal.get_registry_record("plone.email_from_address", default="")
    if told is None or not sender:
        return
    subject, text = message_of(told)
    domain = parseaddr(sender)[1].rpartition("@")[2]
    for number, address in enumerate(told.addresses):
        message = MIMEText(text, "plain", "utf-8")
        message["Message-ID"] = f"<eakte.{told.id}.{number}@{domain}>"
        message["Date"] = format_datetime(told.when)
        # So no note of absence comes back (RFC 3834, 5).
        message["Auto-Submitted"] = "auto-generated"
        api.portal.get_tool("MailHost").send(
            message,
            mto=address,
            mfrom=sender,
            subject=subject,
            charset="utf-8",
            immediate=True,
        )


def message_of(told):
    """Return subject and text: when, from where, and what to do. No address to follow."""
    language = api.portal.get_default_language()
    say = partial(translate, target_language=language)
    moment = in_house_time(told.when)
    said = {
        "id": told.person,
        "day": f"{moment:%d.%m.%Y}",
        "time": f"{moment:%H:%M}",
    }
    subject, first = SAID[told.what]
    text = [
        Message(first, mapping=said),
        "",
        _("Set on ${day} at ${time}", mapping=said),
        _how(told),
        _("Network address: ${address}", mapping={"address": told.address}),
        "",
        _(
            "If you know of this, there is nothing to do. If it was neither you nor done "
            "at your request: call those who look after the system at once, let them lock "
            "the account, and tell your superior. Until then somebody may be working in "
            "your name."
        ),
    ]
    return say(subject), "\n".join(map(say, text))


SAID = {
    PASSWORD: (
        _("Your password was changed"),
        _("Your account “${id}” has another password."),
    ),
    ADDRESS: (
        _("Your e-mail address was changed"),
        _(
            "Your account “${id}” has another e-mail address, to which a link can be "
            "sent that sets a new password."
        ),
    ),
}
"""Subject and first line."""


def _how(told):
    if not told.by:
        return _("Nobody was logged in: by the link that is sent by mail")
    if told.by == told.person:
        return _("By yourself, logged in")
    return _("By ${name}", mapping={"name": name_of(told.by)})
