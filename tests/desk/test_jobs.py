"""The jobs in the background: who looks after them, and what they can do."""

from eakte.desk.failedjobs import without_paths
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import IJobs
from eakte.jobs.interfaces import JobState
from eakte.jobs.outbox import make_outbox
from eakte.mailitem.states import State
from eakte.scans.facts import facts_of
from eakte.scans.interfaces import ScanStatus
from eakte.scans.kinds import INSPECT
from plone import api
from tests.builders import a_mail_item
from tests.desk.visitor import PASSWORD
from zope.component import getUtilitiesFor
from zope.component import getUtility
from zope.i18n import translate
from zope.interface.verify import verifyObject

import pytest
import requests
import transaction


ERROR = "ToolMissing: tesseract"


@pytest.fixture
def given_up(site):
    """Return ``given_up(letter)``: the job of its scan is a dead letter."""

    def given_up(letter, error=ERROR):
        outbox = make_outbox(site)
        record, now = outbox.find(INSPECT, letter.UID()), 1_763_800_000.0
        outbox._take_out(record)
        outbox._queue(record, now)
        while not outbox.fail(outbox.claim("worker", now), error, now):
            now = outbox.next_due()
        facts_of(letter).note_problem("recognition-failed")
        letter.reindexObject()
        return letter

    return given_up


@pytest.fixture
def counts(site):
    """Return ``counts()``: the figures as they are stored now."""

    def counts():
        transaction.abort()
        found = getUtility(IJobs).counts()
        return found[JobState.WAITING], found[JobState.FAILED]

    return counts


@pytest.fixture
def letter(site, given_up):
    return given_up(a_mail_item(title="Nur für die Poststelle", pdf=b"%PDF-1.7 one"))


def test_nothing_has_failed_and_the_screen_says_so(as_person):
    page = as_person("lotte").open("@@jobs")
    assert "No job has failed." in page.text
    assert page.all(".eakte-job-figures li")[2] == "0 failed"
    assert page.buttons == set()


def test_a_failed_job_says_what_it_was_and_why(as_person, letter):
    page = as_person("lotte").open("@@jobs")
    (job,) = page.all(".eakte-job")
    for words in (letter.number, letter.title, "Look into the file", ERROR):
        assert words in job
    assert "failed attempts: 5" in job
    assert page.buttons == {"retry", "discard"}


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ERROR, ERROR),
        (
            "FileNotFoundError: [Errno 2] No such file: '/srv/var/intake/a b/x.pdf'",
            "FileNotFoundError: [Errno 2] No such file: '…'",
        ),
        ('OSError: "/tmp/x": /srv/eakte/var is full', 'OSError: "…": … is full'),
        ("KeyError: b'/eakte/posteingang/p-2026-1'", "KeyError: b'…'"),
        ("Error: ./var/x.pdf, ../y.pdf (/z)", "Error: …, … (…)"),
        ("ValueError: application/pdf at 3/4", "ValueError: application/pdf at 3/4"),
        ("", ""),
    ],
)
def test_why_a_job_failed_names_no_path(error, said):
    assert without_paths(error) == said


def test_neither_screen_nor_service_names_a_path(as_person, site, given_up):
    given_up(a_mail_item(pdf=b"%PDF-1.7 one"), "OSError: '/srv/var/work/Müller.pdf'")
    (job,) = as_person("lotte").open("@@jobs").all(".eakte-job")
    assert "OSError: '…'" in job
    assert "srv" not in job
    told = requests.get(
        f"{site.absolute_url()}/@jobs",
        auth=("lotte", PASSWORD),
        headers={"Accept": "application/json"},
        timeout=60,
    )
    assert told.json()["items"][0]["error"] == "OSError: '…'"


def test_an_administrator_sees_the_job_but_not_the_letter(as_person, letter):
    (job,) = as_person("admin").open("@@jobs").all(".eakte-job")
    assert f"Job {letter.UID()[:8]}" in job
    assert letter.title not in job
    assert letter.number not in job
    assert ERROR in job


@pytest.mark.parametrize("person", ["anna", "tom", "rolf", "oskar", "quirin", "dora"])
def test_the_jobs_are_for_those_who_look_after_them(as_person, letter, person):
    visitor = as_person(person)
    page = visitor.open("@@jobs")
    assert ERROR not in page.text
    assert page.buttons == set()
    assert visitor.ask("@jobs") is None
    assert not visitor.open("@@find").root.cssselect("a[href$='/@@jobs']")


@pytest.mark.parametrize("person", ["lotte", "admin"])
def test_who_looks_after_the_jobs_is_led_there(as_person, person):
    assert as_person(person).open().root.cssselect("a[href$='/@@jobs']")


@pytest.mark.parametrize("person", ["lotte", "admin"])
def test_a_job_that_is_tried_again_waits_and_its_scan_too(
    as_person, letter, now, counts, person
):
    page = as_person(person).open("@@jobs").press("retry")
    assert "waits for its turn again" in page.messages
    assert "No job has failed." in page.text
    assert counts() == (1, 0)
    assert facts_of(now(letter)).status == ScanStatus.WAITING


def test_a_discarded_job_is_gone_and_its_letter_says_that_it_failed(
    as_person, letter, now, counts
):
    page = as_person("lotte").open("@@jobs").press("discard")
    assert "The job is discarded." in page.messages
    assert counts() == (0, 0)
    assert facts_of(now(letter)).status == ScanStatus.FAILED
    # From the letter it can still be tried.
    assert "retry" in as_person("lotte").open(letter.absolute_url()).buttons


def test_a_job_that_somebody_else_dealt_with_is_left_alone(as_person, letter, counts):
    page = as_person("lotte").open("@@jobs")
    as_person("admin").open("@@jobs").press("retry")
    answer = page.press("discard")
    assert answer.status == 409
    assert answer.refusals == ["This job is not among the failed ones any more."]
    assert counts() == (1, 0)


def test_a_form_of_somebody_else_moves_no_job(as_person, letter, counts):
    values = {"do": "discard", "kind": INSPECT, "uid": letter.UID()}
    assert as_person("lotte").send("@@jobs", values).status == 403
    assert counts() == (0, 1)


def test_the_job_of_a_letter_that_is_gone_can_be_discarded(as_person, letter, counts):
    with api.env.adopt_roles(["Manager"]):
        letter.aq_parent._delObject(letter.getId(), suppress_events=True)
        letter.unindexObject()
    as_person("lotte").open("@@jobs").press("discard")
    assert counts() == (0, 0)


@pytest.fixture
def ask(site):
    """Return ``ask(person, body=None, **query)``: the answer of the service."""

    def ask(person, body=None, **query):
        transaction.commit()
        with requests.Session() as session:
            session.trust_env = False
            session.auth = (person, PASSWORD)
            return session.request(
                "GET" if body is None else "POST",
                f"{site.absolute_url()}/@jobs",
                headers={"Accept": "application/json", "Accept-Language": "en"},
                json=body,
                params=query,
                timeout=60,
            )

    return ask


def test_the_service_tells_the_failed_jobs(ask, letter):
    answer = ask("lotte").json()
    assert answer["counts"] == {"waiting": 0, "running": 0, "failed": 1}
    assert answer["items_total"] == 1
    (job,) = answer["items"]
    assert (job["kind"], job["uid"]) == (INSPECT, letter.UID())
    assert (job["attempts"], job["error"]) == (5, ERROR)
    assert job["content"] == letter.absolute_url()


def test_the_service_goes_through_the_jobs_by_the_page(ask, given_up):
    letters = [
        given_up(a_mail_item(State.CAPTURED, pdf=b"%PDF-1.7 " + bytes([65 + n])))
        for n in range(3)
    ]
    pages = [ask("lotte", b_start=start, b_size=1).json() for start in range(3)]
    seen = [job["uid"] for page in pages for job in page["items"]]
    assert sorted(seen) == sorted(letter.UID() for letter in letters)


@pytest.mark.parametrize(("step", "left"), [("retry", (1, 0)), ("discard", (0, 0))])
def test_the_service_tries_again_and_discards(ask, letter, counts, step, left):
    job = {"kind": INSPECT, "uid": letter.UID()}
    answer = ask("lotte", {"do": step, **job})
    assert answer.status_code == 200
    assert answer.json()["items"] == []
    assert counts() == left
    assert ask("lotte", {"do": step, **job}).status_code == 409


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"do": "retry", "kind": INSPECT}, "“uid” is missing."),
        (
            {"do": "burn", "kind": INSPECT, "uid": "0"},
            "There is no step “burn”.",
        ),
    ],
)
def test_the_service_names_what_is_wrong(ask, letter, counts, body, reason):
    answer = ask("lotte", body)
    assert answer.status_code == 400
    assert answer.json()["reasons"] == [reason]
    assert counts() == (0, 1)


def test_the_service_moves_no_job_for_others(ask, letter, counts):
    body = {"do": "discard", "kind": INSPECT, "uid": letter.UID()}
    assert ask("quirin", body).status_code in (401, 403)
    assert counts() == (0, 1)


def test_every_kind_of_job_says_what_it_does(portal):
    handlers = dict(getUtilitiesFor(IJobHandler))
    assert INSPECT in handlers
    for handler in handlers.values():
        verifyObject(IJobHandler, handler)
        assert translate(handler.title, target_language="de") != handler.title
