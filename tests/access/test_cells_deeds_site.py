"""Deeds over REST that are about the office and not about one letter: by whom.

Person × day × deed. Of what is one's own, the others learn nothing and change nothing.
"""

from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import ENTERED
from .cells import CIRCLE
from .cells import DOERS
from .cells import GUEST
from .deeds import last_change
from .deeds import REASON
from .people import PEOPLE
from .restdeeds import A_SCAN
from datetime import date
from eakte.access.guests import IGuestBook
from eakte.org.entering import enter_absence
from eakte.org.entering import enter_deputyship
from plone import api
from zope.component import getUtility

import pytest
import transaction


OFFICER = "dora"
"""The data protection officer."""

OF_NO_OFFICE = {"ines", "admin"}

AT_A_DESK = set(PEOPLE) - OF_NO_OFFICE
"""Who has business in the office at all."""

IN_CHARGE_OF_ANNA = {"anna", "tom", "hanna"}
"""Anna, the lead of her team and the head of her department; not who works for her."""

TAKES_IN = {"oskar", "quirin", "lotte", "fachverfahren"}

CONSULTS = {"dora", "ines", "admin"}

LOOKS_AFTER_JOBS = {"lotte", "ines", "admin"}

REFUSED = (302, 400, 401, 403, 404)

DAYS = {"first_day": "2027-06-07", "last_day": "2027-06-11"}


@pytest.fixture(scope="module")
def office(house):
    house.close_up()
    return house


def wrong_people(office, clients, people, ask, done=(200, 201, 204), *, writes=True):
    """Return who is answered otherwise than is said.

    :param people: those who do it.
    :param ask: ``ask(client, number)`` makes the request of one person.
    :param writes: whether something is written whenever it is done.
    """
    wrong = {}
    for number, (somebody, client) in enumerate(clients.at_their_moments(DOERS)):
        before = last_change(office)
        answer = ask(client, number)
        changed = last_change(office) != before
        is_done = answer.status_code in done
        expected = somebody.user in people
        is_right = is_done == expected and (
            changed or not writes if expected else not changed
        )
        if not is_right or not (is_done or answer.status_code in REFUSED):
            wrong[str(somebody)] = answer.status_code, changed, answer.text[:300]
    return wrong


def test_absences_are_entered_by_whom_they_are_about_and_who_leads(office, clients):
    said = DAYS | {"person": "anna"}
    assert not wrong_people(
        office, clients, IN_CHARGE_OF_ANNA, lambda c, _: c.post("@absences", json=said)
    )


def test_absences_are_ended_by_the_same(office, clients):
    transaction.begin()
    with api.env.adopt_user(username="hanna"), at(ENTERED):
        made = [
            enter_absence("anna", date(2027, 7, 5), date(2027, 7, 9)).id for _ in DOERS
        ]
    transaction.commit()
    assert not wrong_people(
        office,
        clients,
        IN_CHARGE_OF_ANNA,
        lambda c, n: c.patch(f"@absences/{made[n]}", json={"active": False}),
    )


def test_deputyships_are_entered_by_whom_they_are_about_and_who_leads(office, clients):
    said = DAYS | {"represented": "anna", "deputy": "arno"}
    assert not wrong_people(
        office,
        clients,
        IN_CHARGE_OF_ANNA,
        lambda c, _: c.post("@deputyships", json=said),
    )


def test_deputyships_are_ended_by_the_same(office, clients):
    transaction.begin()
    with api.env.adopt_user(username="hanna"), at(ENTERED):
        made = [
            enter_deputyship("arno", "anna", date(2027, 7, 5), date(2027, 7, 9)).id
            for _ in DOERS
        ]
    transaction.commit()
    assert not wrong_people(
        office,
        clients,
        IN_CHARGE_OF_ANNA,
        lambda c, n: c.patch(f"@deputyships/{made[n]}", json={"active": False}),
    )


@pytest.mark.parametrize("file", ["barred", "protected"])
def test_a_case_file_elsewhere_is_opened_by_who_has_the_right(office, clients, file):
    said = {"reference": office.files[file].content.reference, "reason": REASON}
    people = {GUEST, OFFICER} if file == "barred" else set()
    assert not wrong_people(
        office, clients, people, lambda c, _: c.post("@read-elsewhere", json=said)
    )


def test_a_reading_elsewhere_is_seen_by_the_teams_lead(office, clients):
    transaction.begin()
    book = getUtility(IGuestBook)
    uid = office.files["open"].uid
    (entry,) = (each for each in book.of_file(uid) if each.person == GUEST)
    assert not wrong_people(
        office,
        clients,
        {"tom"},
        lambda c, _: c.patch(f"@read-elsewhere/{entry.id}", json={"seen": True}),
    )


def test_a_protected_case_file_is_changed_by_its_circle_and_the_head(office, clients):
    said = {
        "reference": office.files["protected"].content.reference,
        "protection": "witness",
        "circle": sorted(CIRCLE),
        "reason": REASON,
    }
    assert not wrong_people(
        office,
        clients,
        {"hanna", *CIRCLE},
        lambda c, _: c.put("@protection", json=said),
        # Who says what holds already changes nothing.
        writes=False,
    )


def test_the_journal_is_looked_into_by_its_readers(office, clients):
    assert not wrong_people(
        office,
        clients,
        CONSULTS,
        lambda c, _: c.post("@journal", json={"reason": REASON}),
    )


def test_jobs_are_started_anew_by_who_looks_after_them(office, clients):
    said = {"do": "retry", "kind": "scan", "uid": "f" * 32}
    # There is none that failed; others are not told that.
    assert not wrong_people(
        office,
        clients,
        LOOKS_AFTER_JOBS,
        lambda c, _: c.post("@jobs", json=said),
        done=(409,),
        writes=False,
    )


def test_letters_are_brought_by_the_mailroom_and_other_systems(office, clients):
    headers = {"Content-Type": "application/pdf"}
    assert not wrong_people(
        office,
        clients,
        TAKES_IN,
        lambda c, _: c.post("posteingang/@intake", data=A_SCAN, headers=headers),
    )


def test_large_letters_likewise(office, clients):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "10"}
    assert not wrong_people(
        office,
        clients,
        TAKES_IN,
        lambda c, _: c.post("posteingang/@tus-upload", headers=headers),
        # What is under way lies beside the database.
        writes=False,
    )


def test_a_large_letter_is_gone_on_with_by_who_announced_it(office, clients):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "10"}
    with at(BETWEEN):
        began = clients["oskar"].post("posteingang/@tus-upload", headers=headers)
    at_this = began.headers["Location"]
    piece = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
    }
    assert not wrong_people(
        office,
        clients,
        {"oskar"},
        # Where it was gone on with meanwhile is told to oskar alone.
        lambda c, _: c.patch(at_this, data=b"%PDF-", headers=piece),
        done=(204, 409),
        writes=False,
    )


def test_everybody_keeps_views_of_its_own(office, clients):
    said = {"name": "Eilige", "box": "my-desk", "query": ""}
    assert not wrong_people(
        office, clients, AT_A_DESK, lambda c, _: c.post("@box-views", json=said)
    )


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_nobody_changes_the_view_of_another(office, clients, method):
    with at(BETWEEN):
        view = {"name": f"Meine {method}", "box": "my-desk", "query": ""}
        kept = clients["anna"].post("@box-views", json=view).json()["@id"]
    said = {"name": "Andere"} if method == "PATCH" else None
    assert not wrong_people(
        office,
        clients,
        {"anna"},
        lambda c, _: c.request(method, kept, json=said),
    )


ASKED = {
    ("POST", "@absences"),
    ("PATCH", "@absences"),
    ("POST", "@deputyships"),
    ("PATCH", "@deputyships"),
    ("POST", "@read-elsewhere"),
    ("PATCH", "@read-elsewhere"),
    ("PUT", "@protection"),
    ("POST", "@journal"),
    ("POST", "@jobs"),
    ("POST", "@intake"),
    ("POST", "@tus-upload"),
    ("PATCH", "@tus-upload"),
    ("POST", "@box-views"),
    ("PATCH", "@box-views"),
    ("DELETE", "@box-views"),
}
"""The services of this module, see ``test_cells_deeds_complete``."""
