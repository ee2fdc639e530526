"""A mail a day to whoever has something to do: how much it is, and no word of what."""

from dataclasses import replace
from datetime import datetime
from datetime import time
from datetime import timedelta
from eakte import _
from eakte.clock import HOUSE
from eakte.clock import now
from eakte.clock import today
from eakte.deadlines.listing import mine
from eakte.deadlines.listing import pressing
from eakte.deadlines.mails import keep
from eakte.deadlines.mails import mail_of
from eakte.deadlines.mails import new_mail
from eakte.deadlines.mails import note_delivered
from eakte.deadlines.model import Deadline
from eakte.deadlines.model import Urgency
from eakte.deadlines.settings import digest_settings
from eakte.deadlines.settings import IDeadlineSettings
from eakte.jobs.interfaces import IDailyTask
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import JobState
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from eakte.jobs.outbox import make_outbox
from eakte.org.interfaces import IOffice
from functools import partial
from plone import api
from zope.component import getUtility
from zope.i18n import translate
from zope.interface import implementer


KIND = "deadline-digest"

LAST_HOUR = 16
"""Of the day, from which on nobody is told any more what is to be done on it."""

DECIDING = ("digest", "digest_hour")
"""Settings that decide whether and when the mail of today goes out."""

FIGURES = (
    (Deadline, Urgency.OVERDUE, _("Deadlines overdue")),
    (Deadline, Urgency.DUE, _("Deadlines that end today")),
    (Deadline, Urgency.WARNED, _("Deadlines with an early warning")),
    (None, Urgency.OVERDUE, _("Resubmissions overdue")),
    (None, Urgency.DUE, _("Resubmissions for today")),
)
"""What the mail counts; the second kind are the resubmissions."""


@implementer(IDailyTask)
class AskForDigests:
    """Asks, once a day, for one mail to each person of the office, at the hour set."""

    def do(self, workplace):
        """Put a job for each person; those who have nothing to do get no mail."""
        workplace.store(_ask)
        return Outcome.DONE


@implementer(IJobHandler)
class Digests:
    """Sends one person the mail of the day; the person stands where others name an object."""

    rank = Rank.LATER
    title = _("Send the mail of the day")

    def do(self, workplace, uid):
        """Send it, unless it was sent today or there is nothing to say.

        It is written and committed first, and delivered then. Killed between, the next
        try delivers it: so it may come twice, as the same mail by its Message-ID, but
        is never lost. A server that takes no mail lets the whole try fail.
        """
        mail = workplace.store(partial(written, person=uid))
        if mail is not None:
            workplace.read(partial(deliver, mail=mail))
            workplace.store(partial(note_delivered, person=uid, mail=mail))
        return Outcome.DONE

    def give_up(self, site, uid, reason):
        """Begin anew in an hour: a mail server may be away for a morning.

        In the afternoon the mail is of little use any more: then it is left among the
        jobs that failed, and tomorrow there is another.
        """
        later = now() + timedelta(hours=1)
        if later.hour < LAST_HOUR and later.date() == today():
            make_outbox(site).put(KIND, uid, self.rank, later.timestamp())


def follow_settings(event):
    """The mail was turned on, or goes out at another hour: this holds for today too."""
    record = event.record
    if (
        record.interfaceName == IDeadlineSettings.__identifier__
        and record.fieldName in DECIDING
    ):
        _ask(api.portal.get())


def _ask(site):
    if not digest_settings().digest:
        return
    outbox = make_outbox(site)
    hour = time(digest_settings().digest_hour)
    due = datetime.combine(today(), hour, tzinfo=HOUSE).timestamp()
    for person in getUtility(IOffice).plan.people:
        record = outbox.find(KIND, person.id)
        if record is not None and record.state is JobState.WAITING:
            # It waits for another hour, or for the next try.
            outbox.discard(record)
        outbox.put(KIND, person.id, Rank.LATER, due)


def written(site, person):
    """Return the person's ``Mail`` of today that is to be delivered, or None.

    One that waits for the mail server is written anew with each try: a case file may
    have been closed to the person meanwhile. When nothing is left to say, it rests.
    """
    if not digest_settings().digest:
        return None
    waiting = mail_of(site, person)
    if waiting is not None and waiting.day != today().isoformat():
        waiting = None
    if waiting is not None and waiting.is_delivered:
        return None
    user = api.user.get(userid=person)
    address = user and user.getProperty("email")
    sender = _sender()
    lines = lines_of(user) if address and sender else ()
    if not lines:
        if waiting is not None:
            note_delivered(site, person, waiting)
        return None
    mail = new_mail(address, sender, *message_of(lines))
    if waiting is not None:
        mail = replace(mail, id=waiting.id, date=waiting.date)
    keep(site, person, mail)
    return mail


def deliver(site, mail):
    """Hand the mail to the mail server, now: what is committed is not asked for."""
    api.portal.get_tool("MailHost").send(
        mail.as_message(),
        mto=mail.address,
        mfrom=mail.sender,
        subject=mail.subject,
        charset="utf-8",
        immediate=True,
    )


def lines_of(user):
    """Return what the user is to do now; looked up with the user's own rights."""
    with api.env.adopt_user(user=user):
        return pressing(mine(today()))


def message_of(lines):
    """Return subject and text: figures, references and the way to the list.

    No name, no title, no reason: a mail leaves the house's protection.
    """
    language = api.portal.get_default_language()
    say = partial(translate, target_language=language)
    count = {"count": str(len(lines))}
    subject = say(_("Deadlines and resubmissions: ${count}", mapping=count))
    text = [f"{say(title)}: {number}" for title, number in figures(lines)]
    references = sorted({line.reference for line in lines if line.reference})
    text += ["", say(_("File references:")), *references]
    if base := digest_settings().address:
        text += ["", f"{base.rstrip('/')}/@@deadlines"]
    return subject, "\n".join(text)


def figures(lines):
    """Return ``(title, how many)`` of what there is, the most pressing first."""
    found = []
    for kind, urgency, title in FIGURES:
        count = sum(
            line.urgency == urgency
            and isinstance(line.term, Deadline) == (kind is Deadline)
            for line in lines
        )
        if count:
            found.append((title, count))
    return found


def _sender():
    """Return the address in Plone's mail settings; without one nothing is sent."""
    return api.portal.get_registry_record("plone.email_from_address", default="") or ""
