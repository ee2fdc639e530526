from ..builders import a_case_file
from ..builders import a_mail_item
from ..rest.client import Client
from ..rest.client import give_passwords
from concurrent.futures import ThreadPoolExecutor
from eakte.filingplan.numbers import take
from threading import Barrier
from uuid import uuid4
from zope.component.hooks import setSite
from zope.component.hooks import site as in_site

import pytest
import transaction


@pytest.fixture
def connections(functional_portal):
    """Return ``connections(work, n)``: the work done n times at once, each in a
    connection of its own, as n instances would do it.
    """
    database = functional_portal._p_jar.db()
    path = functional_portal.getPhysicalPath()
    start = Barrier(4)

    def one(work):
        manager = transaction.TransactionManager(explicit=False)
        connection = database.open(transaction_manager=manager)
        try:
            site = connection.root()["Application"].unrestrictedTraverse(path)
            with in_site(site):
                start.wait(timeout=30)
                return work()
        finally:
            manager.abort()
            connection.close()
            setSite(None)

    def connections(work):
        with ThreadPoolExecutor(4) as pool:
            return [f.result() for f in [pool.submit(one, work) for _ in range(4)]]

    transaction.commit()
    return connections


@pytest.fixture
def series():
    """A series that nobody took a number of: a taken number outlives its test."""
    return f"{uuid4().hex}/2026"


def test_numbers_of_a_series_follow_each_other(portal, series):
    assert [take(series) for _ in range(3)] == [1, 2, 3]
    assert take(f"{series}7") == 1


def test_instances_at_once_get_different_numbers(connections, series):
    taken = connections(lambda: [take(series) for _ in range(25)])
    numbers = [number for each in taken for number in each]
    assert sorted(numbers) == list(range(1, 101))


def test_a_request_that_fails_leaves_a_gap_and_no_number_comes_twice(
    functional_portal,
):
    transaction.commit()
    lost_letter, lost_file = a_mail_item().number, a_case_file().reference
    transaction.abort()
    letter, case_file = a_mail_item().number, a_case_file().reference
    assert int(letter[-6:]) == int(lost_letter[-6:]) + 1
    assert case_file != lost_file


def test_a_closed_connection_is_left_behind_clean(functional_portal, series):
    transaction.commit()
    before = functional_portal._p_jar
    take(series)
    assert functional_portal._p_jar is before
    assert not before._registered_objects


def test_two_people_at_once_open_case_files_with_different_references(
    functional_portal,
):
    give_passwords("anna", "arno")
    transaction.commit()
    site = functional_portal.absolute_url()

    def open_case_files(user):
        with Client(user, site=site) as client:
            body = {"@type": "case_file", "unit": "10.1", "title": user, "team": "a1"}
            return [client.post("akten", json=body) for _ in range(5)]

    with ThreadPoolExecutor(2) as pool:
        answers = [
            a for each in pool.map(open_case_files, ["anna", "arno"]) for a in each
        ]

    assert [answer.status_code for answer in answers] == [201] * 10
    assert len({answer.json()["reference"] for answer in answers}) == 10
    assert len({answer.json()["@id"] for answer in answers}) == 10
