"""The mail of the day: to whom, when, once, and with no word of any content."""

from ..builders import a_case_file
from ..deputies import at
from ..deputies import deputyship
from ..deputies import ENTERED
from ..deputies import HOUSE
from .conftest import a_deadline
from .conftest import a_resubmission
from .sink import mail_server
from datetime import date
from datetime import datetime
from eakte.access.barring import bar
from eakte.access.protecting import protect
from eakte.deadlines.digest import KIND
from eakte.deadlines.mails import mail_of
from eakte.deadlines.settings import IDeadlineSettings
from eakte.jobs.daily import put_due
from eakte.jobs.interfaces import IJobs
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from plone import api
from plone.registry.interfaces import IRegistry
from zope.component import getUtility

import pytest
import transaction


WEDNESDAY = datetime(2027, 3, 10, 7, tzinfo=HOUSE)


@pytest.fixture(autouse=True)
def monday():
    """The clock goes on between the deeds: servers and databases need it."""


@pytest.fixture
def sink(functional_portal):
    """A mail server on this machine; Plone's MailHost sends to it."""
    with mail_server() as sink:
        api.portal.set_registry_record("plone.smtp_host", "127.0.0.1")
        api.portal.set_registry_record("plone.smtp_port", sink.port)
        api.portal.set_registry_record("plone.email_from_address", "eakte@amt.example")
        settings().address = "https://eakte.example"
        transaction.commit()
        yield sink


def settings():
    return getUtility(IRegistry).forInterface(IDeadlineSettings)


@pytest.fixture
def work(functional_portal):
    """Return ``work(moment)``: the worker asks for the day's work and does it."""

    def work(moment):
        with at(moment):
            put_due(functional_portal)
            transaction.commit()
            run_pending(
                functional_portal._p_jar.db(), work_folder(), clock=moment.timestamp
            )
            transaction.begin()

    return work


@pytest.fixture
def case_file(functional_portal):
    with at(ENTERED):
        case_file = a_case_file(
            team="a1", desk="a1-1", family_name="Haddad", title="Aufenthalt"
        )
        a_resubmission(case_file, reason="Geheimes Gutachten")
    transaction.commit()
    return case_file


def test_who_has_something_to_do_gets_figures_and_references_only(
    sink, work, case_file
):
    work(WEDNESDAY)
    ((receivers, mail),) = sink.mails
    assert receivers == ["anna@amt.example"]
    text = mail.get_content()
    assert "Resubmissions for today: 1" in text
    assert case_file.reference in text
    assert "https://eakte.example/@@deadlines" in text
    whole = f"{mail['Subject']} {text}"
    for secret in ("Haddad", "Aufenthalt", "Gutachten", "Anna"):
        assert secret not in whole


def test_it_is_one_a_day_whatever_is_asked_again(sink, work, case_file):
    work(WEDNESDAY)
    work(WEDNESDAY.replace(hour=15))
    assert len(sink.mails) == 1
    work(WEDNESDAY.replace(day=11))
    assert len(sink.mails) == 2
    assert "Resubmissions overdue: 1" in sink.mails[1][1].get_content()


def test_it_goes_out_at_the_hour_that_is_set(sink, work, case_file):
    work(WEDNESDAY.replace(hour=0))
    assert sink.mails == []
    work(WEDNESDAY.replace(hour=6))
    assert len(sink.mails) == 1


def test_nobody_gets_a_mail_without_anything_to_do(sink, work, case_file):
    work(WEDNESDAY.replace(day=9))
    assert sink.mails == []


def test_the_deputy_and_the_lead_get_theirs(sink, work, case_file):
    deputyship("alex", "anna")
    with at(ENTERED):
        a_deadline(case_file, end=date(2027, 3, 12), early=2)
    work(WEDNESDAY)
    assert sink.receivers == ["alex@amt.example", "anna@amt.example", "tom@amt.example"]
    lead = next(mail for rcpt, mail in sink.mails if rcpt == ["tom@amt.example"])
    assert "Deadlines with an early warning: 1" in lead.get_content()
    assert "Resubmissions" not in lead.get_content()


def test_a_server_that_takes_no_mail_is_tried_again(sink, work, case_file):
    port = api.portal.get_registry_record("plone.smtp_port")
    api.portal.set_registry_record("plone.smtp_port", 1)
    work(WEDNESDAY)
    assert sink.mails == []
    waiting = [job for job in getUtility(IJobs).waiting() if job.kind == KIND]
    assert [job.uid for job in waiting] == ["anna"]
    api.portal.set_registry_record("plone.smtp_port", port)
    work(WEDNESDAY.replace(hour=9))
    assert len(sink.mails) == 1


def test_no_mail_goes_out_when_the_office_does_not_want_any(sink, work, case_file):
    settings().digest = False
    work(WEDNESDAY)
    assert sink.mails == []

    with at(WEDNESDAY.replace(hour=11)):
        settings().digest = True
    work(WEDNESDAY.replace(hour=11))
    assert len(sink.mails) == 1


@pytest.mark.parametrize(("hour", "then"), [(5, 1), (9, 0)])
def test_another_hour_holds_for_today(sink, work, case_file, hour, then):
    work(WEDNESDAY.replace(hour=1))
    with at(WEDNESDAY.replace(hour=2)):
        settings().digest_hour = hour
    for moment, count in ((5, then), (6, then), (9, 1), (15, 1)):
        work(WEDNESDAY.replace(hour=moment))
        assert len(sink.mails) == count


def test_another_hour_sends_nothing_again(sink, work, case_file):
    work(WEDNESDAY)
    with at(WEDNESDAY.replace(hour=8)):
        settings().digest_hour = 9
    work(WEDNESDAY.replace(hour=10))
    assert len(sink.mails) == 1


def test_a_mail_that_waited_over_night_gives_way_to_the_one_of_the_day(
    sink, work, case_file
):
    api.portal.set_registry_record("plone.smtp_port", 1)
    work(WEDNESDAY)
    api.portal.set_registry_record("plone.smtp_port", sink.port)
    work(WEDNESDAY.replace(day=11))
    ((_, mail),) = sink.mails
    assert "Resubmissions overdue: 1" in mail.get_content()


def close_to_anna(case_file, way):
    with api.env.adopt_user(username="hanna"):
        if way == "protected":
            protect(case_file, "vip", ["tom"], "Wunsch der Leitung")
        else:
            bar(case_file, ["anna"], "Befangen")


@pytest.mark.parametrize("way", ["protected", "barred"])
def test_a_mail_that_waits_forgets_what_was_closed_meanwhile(
    sink, work, case_file, functional_portal, way
):
    with at(ENTERED):
        other = a_case_file(team="a1", desk="a1-1")
        a_resubmission(other)
    api.portal.set_registry_record("plone.smtp_port", 1)
    work(WEDNESDAY)
    first = mail_of(functional_portal, "anna")
    assert case_file.reference in first.text
    with at(WEDNESDAY.replace(hour=8)):
        close_to_anna(case_file, way)
    api.portal.set_registry_record("plone.smtp_port", sink.port)
    work(WEDNESDAY.replace(hour=9))
    ((_, mail),) = [each for each in sink.mails if each[0] == ["anna@amt.example"]]
    assert case_file.reference not in mail.get_content()
    assert other.reference in mail.get_content()
    assert "Resubmissions for today: 1" in mail.get_content()
    assert (mail["Message-ID"], mail["Date"]) == (first.id, first.date)


def test_a_mail_that_waits_and_has_nothing_left_to_say_is_not_sent(
    sink, work, case_file, functional_portal
):
    api.portal.set_registry_record("plone.smtp_port", 1)
    work(WEDNESDAY)
    with at(WEDNESDAY.replace(hour=8)):
        close_to_anna(case_file, "barred")
    api.portal.set_registry_record("plone.smtp_port", sink.port)
    work(WEDNESDAY.replace(hour=9))
    assert "anna@amt.example" not in sink.receivers
    kept = mail_of(functional_portal, "anna")
    assert (kept.text, kept.is_delivered) == ("", True)


def test_a_mail_says_that_no_person_wrote_it_and_each_has_a_name_of_its_own(
    sink, work, case_file
):
    work(WEDNESDAY)
    work(WEDNESDAY.replace(day=11))
    first, second = sink.ids
    assert first != second
    assert first.endswith("@amt.example>")
    assert {mail["Auto-Submitted"] for _, mail in sink.mails} == {"auto-generated"}


def test_a_server_that_is_away_for_an_hour_costs_nobody_the_mail(sink, work, case_file):
    api.portal.set_registry_record("plone.smtp_port", 1)
    for minute in (0, 1, 2, 5, 20):
        work(WEDNESDAY.replace(minute=minute))
    assert getUtility(IJobs).failed() == []
    api.portal.set_registry_record("plone.smtp_port", sink.port)
    work(WEDNESDAY.replace(hour=8, minute=19))
    assert sink.mails == []
    work(WEDNESDAY.replace(hour=8, minute=21))
    assert len(sink.mails) == 1


def test_what_cannot_be_sent_all_day_is_among_the_jobs_that_failed(
    sink, work, case_file
):
    api.portal.set_registry_record("plone.smtp_port", 1)
    for minute in (0, 1, 2, 5, 20):
        work(WEDNESDAY.replace(hour=15, minute=minute))
    assert [job.uid for job in getUtility(IJobs).failed()] == ["anna"]
    api.portal.set_registry_record("plone.smtp_port", sink.port)
    work(WEDNESDAY.replace(day=11))
    assert len(sink.mails) == 1
    assert getUtility(IJobs).failed() == []
