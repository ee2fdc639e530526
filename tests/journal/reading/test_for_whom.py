"""Who reads for somebody else, or from elsewhere, reads anew within the same hour."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from eakte.org.entering import enter_deputyship
from plone import api
from tests.builders import a_case_file
from tests.deputies import HOUSE
from tests.guests import asked
from tests.guests import with_readers_elsewhere
from tests.rest.client import give_passwords
from ZPublisher import HTTPRequest

import pytest
import time_machine


DAY = date(2027, 3, 10)
BEGIN = datetime(2027, 3, 10, 9, 5, tzinfo=HOUSE)


@pytest.fixture
def case_file(site, tmp_path):
    with_readers_elsewhere(tmp_path, "alex")
    give_passwords("alex", "anna")
    return a_case_file(team="a1", desk="a1-1")


def test_who_becomes_a_deputy_within_the_hour_reads_for_the_represented_from_then_on(
    case_file, browse, read
):
    address = f"akten/{case_file.getId()}"
    with time_machine.travel(BEGIN, tick=False):
        asked("alex", case_file)
        assert browse("alex", address).status_code == 200
    with time_machine.travel(BEGIN + timedelta(minutes=10), tick=False):
        with api.env.adopt_user(username="anna"):
            enter_deputyship("alex", "anna", DAY, DAY)
        for _ in range(2):
            assert browse("alex", address).status_code == 200
    assert [(entry.who, entry.for_whom) for entry in read(case_file)] == [
        ("alex", ""),
        ("alex", "anna"),
    ]


def test_who_reads_from_two_addresses_in_an_hour_is_noted_from_each(
    case_file, ask, read, monkeypatch
):
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ["127.0.0.1"])
    address = f"akten/{case_file.getId()}"
    for minute, place in enumerate(("10.0.0.1", "10.0.0.2", "10.0.0.1")):
        with time_machine.travel(BEGIN + timedelta(minutes=minute), tick=False):
            answer = ask("anna", address, headers={"X-Forwarded-For": place})
        assert answer.status_code == 200
    assert [entry.address for entry in read(case_file)] == ["10.0.0.1", "10.0.0.2"]
