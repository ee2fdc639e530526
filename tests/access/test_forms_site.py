"""Forms that are about the office, a box or many letters: whose they are.

Person × day × form, as in ``test_cells_deeds_site``.
"""

from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import ENTERED
from .cells import CIRCLE
from .cells import DOERS
from .cells import GUEST
from .deeds import last_change
from .deeds import REASON
from .formdeeds import sent
from .test_cells_deeds_many import Many
from .test_cells_deeds_many import OF_NO_OFFICE
from .test_cells_deeds_many import outcomes
from .test_cells_deeds_many import VERBS
from .test_cells_deeds_site import AT_A_DESK
from .test_cells_deeds_site import CONSULTS
from .test_cells_deeds_site import IN_CHARGE_OF_ANNA
from .test_cells_deeds_site import LOOKS_AFTER_JOBS
from .test_cells_deeds_site import OFFICER
from .test_cells_deeds_site import wrong_people
from datetime import date
from eakte.access.guests import IGuestBook
from eakte.casefile.store import case_file_store
from eakte.mailitem.states import State
from eakte.org.entering import enter_absence
from plone import api
from urllib.parse import parse_qs
from urllib.parse import urlsplit
from zope.component import getUtility

import pytest
import transaction


SENT = {
    "many": {"preview", "do"},
    "many-result": {"undo"},
    "export-letters": set(),
    "export-deadlines": set(),
    "export-counters": set(),
    "counters": set(),
    "my-desk": {"keep-view", "rename-view", "delete-view", "begin-with-view"},
    "team-box": set(),
    "mailroom": set(),
    "open-case-file": {"save"},
    "read-elsewhere": {"open"},
    "notices": {"see-reading"},
    "deputies": {"absence", "deputyship", "end"},
    "protected-case-file": {"protect", "lift"},
    "journal": {"consult", "export"},
    "jobs": {"retry", "discard"},
    "eakte-organisation": {"preview", "apply"},
    "eakte-scan-settings": set(),
    "eakte-deadline-settings": set(),
    "eakte-journal-settings": set(),
    "eakte-sharing-settings": set(),
}
"""Pages of the site and the buttons on them that are pressed here.

What the boxes and the counters do with views is one class; it is tried with one of them.
What is taken along is in ``test_forms_lists``.
"""

ADMINISTRATORS = {"admin"}
"""Who manages the site; Plone's Site Administrator has not these pages."""

DONE = (303,)


@pytest.fixture(scope="module")
def office(house):
    for state in State:
        if state not in (State.FILED, State.DONE):
            house.letter(state)
    house.letter(State.FILED, "open")
    house.letter(State.FILED, "protected")
    house.letter(State.FILED, "barred")
    house.personal_letter()
    house.close_up()
    return house


def form(page, do, **said):
    """Return what sends the form of the page for a person."""
    return lambda client, _number: sent(client, f"@@{page}", {"do": do} | said)


# Letters


@pytest.fixture(scope="module")
def letters(office):
    """The letters with which nobody does anything."""
    return [each for each in office.things if each.kind == "mail_item"]


def test_the_preview_of_many_letters_changes_nothing(office, clients, letters):
    said = {"verb": "set-aside", "to": "unclear", "reason": REASON}
    said["uid:list"] = [each.uid for each in letters]
    before, wrong = last_change(office), {}
    for somebody, client in clients.at_their_moments(DOERS):
        answer = sent(client, "@@many", said | {"do": "preview"})
        if somebody.user in OF_NO_OFFICE:
            assert answer.status_code == 302
            continue
        told = {each.uid for each in letters if each.content.number in answer.text}
        if told != {each.uid for each in letters if each.is_for(somebody)}:
            wrong[str(somebody)] = told
    assert not wrong
    assert last_change(office) == before


@pytest.mark.parametrize("verb", ["set-aside", "route"])
def test_many_letters(office, clients, verb):
    transaction.begin()
    deed, said = VERBS[verb]
    shared = [
        office.letter(State.ROUTED),
        office.letter(State.ACCEPTED),
        office.letter(State.RELEASED),
        office.letter(State.FILED, "protected"),
        office.personal_letter(),
    ]
    again = [
        lambda: office.letter(State.ROUTED),
        lambda: office.letter(State.ACCEPTED),
        lambda: office.letter(State.RELEASED),
        lambda: None,
        office.personal_letter,
    ]
    asked = {}
    for somebody in DOERS:
        may = [deed.is_for(each, somebody) for each in shared]
        refused = [
            each for each, is_done in zip(shared, may, strict=True) if not is_done
        ]
        own = [make() for make, is_done in zip(again, may, strict=True) if is_done]
        asked[somebody] = Many(verb, said, refused, own)
    transaction.commit()
    bodies = {somebody: each.body for somebody, each in asked.items()}
    wrong = {}
    for somebody, client in clients.at_their_moments(DOERS):
        form_of = {"verb": verb, "do": "do"}
        form_of |= {f"said-{name}": text for name, text in said.items()}
        items = bodies[somebody]["items"]
        form_of["item:list"] = [f"{each['uid']}:{each['mark']}" for each in items]
        before = last_change(office)
        answer = sent(client, "@@many", form_of)
        if somebody.user in OF_NO_OFFICE:
            assert (answer.status_code, last_change(office)) == (302, before)
            continue
        assert answer.status_code == 303, answer.text
        (batch,) = parse_qs(urlsplit(answer.headers["Location"]).query)["batch"]
        seen = outcomes(client.get(f"@many/{batch}"))
        if seen != asked[somebody].expected:
            wrong[str(somebody)] = seen
    assert not wrong


def test_many_letters_are_brought_back_by_who_sent_them_alone(office, clients):
    transaction.begin()
    letter = office.letter(State.ROUTED)
    transaction.commit()
    body = Many("accept", {"desk": "a1-1"}, [], [letter]).body
    with at(BETWEEN):
        batch = clients["anna"].post("@many", json=body).json()["id"]
    assert not wrong_people(
        office, clients, {"anna"}, form("many-result", "undo", batch=batch), DONE
    )


# Views


def test_views_are_kept_for_oneself(office, clients):
    keep = form("my-desk", "keep-view", name="Eilige", box="my-desk::")
    assert not wrong_people(office, clients, AT_A_DESK, keep, DONE)


@pytest.mark.parametrize("do", ["rename-view", "begin-with-view", "delete-view"])
def test_nobody_changes_the_view_of_another(office, clients, do):
    with at(BETWEEN):
        view = {"name": f"Meine {do}", "box": "my-desk", "query": ""}
        kept = clients["anna"].post("@box-views", json=view).json()["@id"]
    change = form("my-desk", do, id=kept.rpartition("/")[2], name="Andere")
    assert not wrong_people(office, clients, {"anna"}, change, DONE)


# Case files


def test_a_case_file_is_opened_by_who_works_for_the_team(office, clients):
    wrong = {}
    said = {"do": "save", "unit": "10.1", "title": "Zebrastreifen", "team": "a1"}
    for somebody, client in clients.at_their_moments(DOERS):
        before = case_files()
        answer = sent(client, "@@open-case-file", said)
        works = somebody.user in ("anna", "arno", "tom", "rolf")
        works |= str(somebody) == "alex during"
        # A number that was taken for one that is refused is not given again.
        if (answer.status_code == 303, case_files() - before) != (works, works):
            wrong[str(somebody)] = answer.status_code, answer.text[:300]
    assert not wrong


def case_files():
    """Return how many there are."""
    transaction.begin()
    return len(case_file_store())


@pytest.mark.parametrize("file", ["barred", "protected"])
def test_one_elsewhere_is_opened_by_who_has_the_right(office, clients, file):
    reference = office.files[file].content.reference
    ask = form("read-elsewhere", "open", reference=reference, reason=REASON)
    people = {GUEST, OFFICER} if file == "barred" else set()
    assert not wrong_people(office, clients, people, ask, DONE)


def test_a_reading_elsewhere_is_seen_by_the_teams_lead(office, clients):
    transaction.begin()
    entries = getUtility(IGuestBook).of_file(office.files["open"].uid)
    (entry,) = (each for each in entries if each.person == GUEST)
    see = form("notices", "see-reading", entry=entry.id)
    assert not wrong_people(office, clients, {"tom"}, see, DONE)


@pytest.mark.parametrize("do", ["protect", "lift"])
def test_a_protected_one_is_changed_by_its_circle_and_the_head(office, clients, do):
    reference = office.files["protected"].content.reference
    said = {"reference": reference, "reason": REASON, "protection": "witness"}
    change = form("protected-case-file", do, **said, **{"circle:list": sorted(CIRCLE)})
    # The page is for heads of departments; those of the circle have it at the file.
    if do == "protect":
        # Who says what holds already changes nothing.
        assert not wrong_people(office, clients, {"hanna"}, change, DONE, writes=False)
        return
    for somebody, client in clients.at_their_moments(DOERS):
        before = last_change(office)
        if somebody.user != "hanna":
            assert change(client, 0).status_code in (302, 403, 404)
            assert last_change(office) == before
    with at(BETWEEN):
        assert change(clients["hanna"], 0).status_code == 303


# The office


def test_absences_and_deputyships_are_entered_by_who_is_in_charge(office, clients):
    days = {"person": "anna", "first": "2027-06-07", "last": "2027-06-11"}
    for do in ("absence", "deputyship"):
        enter = form("deputies", do, deputy="arno", **days)
        assert not wrong_people(office, clients, IN_CHARGE_OF_ANNA, enter, DONE)


def test_they_are_ended_by_the_same(office, clients):
    transaction.begin()
    with api.env.adopt_user(username="hanna"), at(ENTERED):
        made = [
            enter_absence("anna", date(2027, 7, 5), date(2027, 7, 9)).id for _ in DOERS
        ]
    transaction.commit()

    def end(client, number):
        return sent(client, "@@deputies", {"do": "end", "entry": made[number]})

    assert not wrong_people(office, clients, IN_CHARGE_OF_ANNA, end, DONE)


def test_the_journal_is_looked_into_by_its_readers(office, clients):
    consult = form("journal", "consult", reason=REASON)
    assert not wrong_people(office, clients, CONSULTS, consult, DONE)


def test_the_journal_is_not_taken_along_without_a_reason(office, clients):
    # Who administers is told what was done to the system, and needs none.
    export = form("journal", "export")
    assert not wrong_people(office, clients, {"ines", "admin"}, export, (200,))


@pytest.mark.parametrize("do", ["retry", "discard"])
def test_jobs_are_dealt_with_by_who_looks_after_them(office, clients, do):
    step = form("jobs", do, kind="scan", uid="f" * 32)
    # There is none that failed; others are not told that.
    assert not wrong_people(
        office, clients, LOOKS_AFTER_JOBS, step, (409,), writes=False
    )


@pytest.mark.parametrize("page", [name for name in SENT if name.endswith("-settings")])
def test_settings_are_kept_by_administrators(office, clients, page):
    save = form(page, "", **{"form.buttons.save": "Save"})
    # What was left empty is told to whoever may set it.
    assert not wrong_people(office, clients, ADMINISTRATORS, save, (200,), writes=False)


@pytest.mark.parametrize("do", ["preview", "apply"])
def test_the_office_is_changed_by_administrators(office, clients, do):
    # Without a file they are told what is missing.
    said = {"name": "amt-a.yaml", "text": "department: amt-a", "mark": "none"}
    ask = form("eakte-organisation", do, **said)
    assert not wrong_people(office, clients, ADMINISTRATORS, ask, (400,), writes=False)
