"""The lead of the mailroom looks after the jobs that failed."""

from eakte.jobs.interfaces import IJobs
from eakte.jobs.interfaces import JobState
from eakte.jobs.outbox import make_outbox
from eakte.scans.facts import facts_of
from eakte.scans.kinds import INSPECT
from playwright.sync_api import expect
from tests.builders import a_mail_item
from zope.component import getUtility

import re
import transaction


def test_the_lead_of_the_mailroom_tries_a_failed_job_again(office, at_work, picture):
    for title in ("Antrag auf Duldung", "Widerspruch"):
        letter = a_mail_item(title=title, pdf=b"%PDF-1.7 " + title.encode())
        give_up(make_outbox(office), letter.UID(), "ToolMissing: tesseract")
        facts_of(letter).note_problem("recognition-failed")
    lotte = at_work("lotte", arrives=True)
    lotte.click("#user-name")
    picture(lotte, "desk-jobs-menu")
    lotte.click("a[href$='/@@jobs']")
    expect(lotte.locator(".eakte-job")).to_have_count(2)
    picture(lotte, "desk-jobs")
    button = lotte.locator("button[value=retry]").first
    button.focus()
    lotte.keyboard.press("Enter")
    expect(lotte.locator(".eakte-job")).to_have_count(1)
    expect(lotte.locator(".eakte-job-figures li").first).to_have_text(re.compile("1"))
    lotte.set_viewport_size({"width": 320, "height": 640})
    picture(lotte, "desk-jobs-narrow")
    width = lotte.evaluate("document.documentElement.scrollWidth")
    assert width <= 320
    transaction.abort()
    assert getUtility(IJobs).counts()[JobState.WAITING] == 1


def give_up(outbox, uid, error):
    """Let the job fail until it is a dead letter."""
    record, now = outbox.find(INSPECT, uid), 0.0
    while record.state is not JobState.FAILED:
        now = max(now, outbox.next_due())
        claimed = outbox.claim("worker", now)
        outbox.fail(claimed, error, now)
