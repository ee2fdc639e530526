"""The mail of the day: to whom, when, once, and with no word of any content."""

from ..builders import a_case_file
from ..deputies import at
from ..deputies import deputyship
from ..deputies import ENTERED
from ..deputies import HOUSE
from .conftest import a_deadline
from .conftest import a_resubmission
from aiosmtpd.controller import Controller
from datetime import date
from datetime import datetime
from eakte.deadlines.digest import KIND
from eakte.deadlines.settings import IDeadlineSettings
from eakte.jobs.daily import put_due
from eakte.jobs.interfaces import IJobs
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from email import message_from_bytes
from email import policy
from plone import api
from plone.registry.interfaces import IRegistry
from socket import socket
from zope.component import getUtility

import pytest
import transaction


WEDNESDAY = datetime(2027, 3, 10, 7, tzinfo=HOUSE)


class Sink:
    """Takes every mail, as the mail server of the house would."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos, mail))
        return "250 taken"

    @property
    def receivers(self):
        return sorted(address for rcpt, _ in self.mails for address in rcpt)


@pytest.fixture(autouse=True)
def monday():
    """The clock goes on between the deeds: servers and databases need it."""


@pytest.fixture
def sink(functional_portal):
    """A mail server on this machine; Plone's MailHost sends to it."""
    sink = Sink()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    api.portal.set_registry_record("plone.smtp_host", "127.0.0.1")
    api.portal.set_registry_record("plone.smtp_port", port)
    api.portal.set_registry_record("plone.email_from_address", "eakte@amt.example")
    settings = getUtility(IRegistry).forInterface(IDeadlineSettings)
    settings.address = "https://eakte.example"
    transaction.commit()
    yield sink
    server.stop()


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
