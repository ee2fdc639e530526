"""Case files of other teams at the screens: opened with a reason, shared, and its end."""

from eakte.access.guests import IGuestBook
from plone import api
from tests.builders import a_case_file
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DAY_AFTER
from tests.deputies import LAST_SECOND
from tests.guests import asked
from tests.guests import REASON
from tests.guests import shared
from tests.guests import with_readers_elsewhere
from zope.component import getUtility

import pytest


@pytest.fixture
def office(site, tmp_path):
    with_readers_elsewhere(tmp_path, "alex")
    return site


@pytest.fixture
def case_file(office):
    return a_case_file(team="a1", title="Aufenthalt", family_name="Demir")


def titles(page):
    return page.all("#portal-globalnav a")


def test_who_has_the_right_finds_the_screen_in_the_navigation(as_person, office):
    assert "Other teams" in titles(as_person("alex").open("@@find"))
    assert "Other teams" not in titles(as_person("anna").open("@@find"))


def test_with_a_reason_the_case_file_opens_at_once(as_person, case_file):
    with at(BETWEEN):
        alex = as_person("alex")
        page = alex.open("@@read-elsewhere")
        opened = page.press("open", reference=case_file.reference, reason=REASON)
        assert opened.url == case_file.absolute_url()
        assert "Demir" in opened.text
        assert "to the end of today" in opened.messages
        assert "You read this case file of another team" in " ".join(
            opened.all(".eakte-guests-line")
        )
        assert not opened.buttons & {"close", "add-document", "share"}
        listed = alex.open("@@read-elsewhere")
        assert case_file.reference in listed.text
        assert REASON in listed.text


def test_a_refusal_keeps_what_was_typed_and_names_the_field(as_person, case_file):
    page = as_person("alex").open("@@read-elsewhere")
    refused = page.press("open", reference=case_file.reference, reason="darum")
    assert refused.status == 400
    assert len(refused.refusals) == 1
    form = refused.root.cssselect("form.eakte-guests-form")[0]
    assert dict(form.form_values())["reference"] == case_file.reference
    assert refused.root.get_element_by_id("elsewhere-reason").get("aria-invalid")
    assert not getUtility(IGuestBook).changes()


def test_what_is_not_there_and_what_is_foreign_answer_alike(as_person, office):
    foreign = a_case_file(unit="20.1", team="b1")
    page = as_person("alex").open("@@read-elsewhere")
    answers = [
        page.press("open", reference=reference, reason=REASON)
        for reference in (foreign.reference, "10.1-99/2027")
    ]
    assert [each.status for each in answers] == [404, 404]
    assert answers[0].refusals == answers[1].refusals


def test_without_the_right_the_screen_has_no_form(as_person, case_file):
    page = as_person("anna").open("@@read-elsewhere")
    assert "open" not in page.buttons
    assert "You have not the right" in page.text
    token = as_person("anna").open(case_file.absolute_url())
    values = {"do": "open", "reference": case_file.reference, "reason": REASON}
    values["_authenticator"] = token.root.cssselect("[name=_authenticator]")[0].value
    refused = token.visitor.send("@@read-elsewhere", values)
    assert refused.status == 403


# Sharing


def test_a_case_worker_shares_and_the_colleague_reads_and_finds_the_way(
    as_person, case_file
):
    with at(BETWEEN):
        page = as_person("anna").open(case_file.absolute_url())
        screen = page.follow(".eakte-guests-line a")
        assert "The case file was never shared." in screen.text
        done = screen.press(
            "share", person="alex", until="2027-03-12", reason="Rückfragen"
        )
        assert "Alex Arbeit reads the case file until 12/03/2027." in done.messages
        assert "Rückfragen" in done.text
        alex = as_person("alex").open("@@read-elsewhere")
        assert "shared by Anna Arbeit" in alex.text
        told = alex.follow(".eakte-guest a")
        assert "Anna Arbeit shared this case file with you" in " ".join(
            told.all(".eakte-guests-line")
        )
    with at(DAY_AFTER):
        assert (
            case_file.reference not in as_person("alex").open("@@read-elsewhere").text
        )


def test_only_colleagues_who_do_not_see_it_are_offered(as_person, case_file):
    page = as_person("anna").open(f"{case_file.absolute_url()}/@@share")
    options = page.root.cssselect("#share-person option")
    assert {each.get("value") for each in options} == {"", "alex", "rita", "tina"}


def test_what_is_wrong_is_said_at_once(as_person, case_file):
    page = as_person("anna").open(f"{case_file.absolute_url()}/@@share")
    refused = page.press("share", person="", until="")
    assert (refused.status, len(refused.refusals)) == (400, 2)
    refused = page.press("share", person="alex", until="bald")
    assert refused.refusals == ["“bald” is no day."]


def test_the_lead_ends_it_and_the_list_says_who(as_person, case_file):
    shared(case_file, "alex")
    with at(BETWEEN):
        assert (
            "end"
            not in as_person("arno").open(f"{case_file.absolute_url()}/@@share").buttons
        )
        page = as_person("tom").open(f"{case_file.absolute_url()}/@@share")
        done = page.press("end")
        assert "ended early" in done.text
        assert "ended by Tom Lead, 10/03/2027" in done.text
        answer = as_person("alex").open(case_file.absolute_url())
        assert answer.status in (401, 403) or "require_login" in answer.url


def test_a_guest_sees_with_whom_it_is_shared_and_has_no_form(as_person, case_file):
    shared(case_file, "alex")
    with at(LAST_SECOND):
        page = as_person("alex").open(f"{case_file.absolute_url()}/@@share")
        assert "Alex Arbeit" in page.text
        assert not page.buttons & {"share", "end"}


def test_who_may_see_it_says_shared_by_whom_and_from_when_to_when(as_person, case_file):
    shared(case_file, "alex")
    with at(BETWEEN):
        page = as_person("anna").open(f"{case_file.absolute_url()}?show=viewers")
        assert (
            "Alex Arbeit, shared by Anna Arbeit from 01/03/2027 to 12/03/2027"
            in page.text
        )
    with at(DAY_AFTER):
        page = as_person("anna").open(f"{case_file.absolute_url()}?show=viewers")
        assert "Alex Arbeit" not in page.text


def test_the_journal_of_the_case_file_tells_both(as_person, case_file):
    shared(case_file, "rita", by="tom", reason="Prüfung")
    with at(BETWEEN):
        asked("alex", case_file)
        page = as_person("tom").open(f"{case_file.absolute_url()}/@@journal")
        assert "Opened with a reason, from outside the team" in page.text
        assert REASON in page.text
        assert "Prüfung" in page.text
        assert "Rita Records" in page.text


def test_guests_of_a_case_file_show_in_no_count(as_person, case_file):
    before = as_person("alex").ask("@@desk-counts")
    shared(case_file, "alex")
    with at(BETWEEN):
        assert as_person("alex").ask("@@desk-counts") == before


def test_the_setting_is_in_the_registry(site):
    record = "eakte.access.sharing.ISharingSettings.longest_days"
    assert api.portal.get_registry_record(record) == 90


def test_the_administrator_sets_how_long_a_case_file_is_shared(as_person, site):
    page = as_person("admin").open("@@eakte-sharing-settings")
    assert page.status == 200
    assert "Days that a case file can be shared" in page.text
    answer = as_person("hanna").open("@@eakte-sharing-settings")
    assert answer.status in (401, 403) or "require_login" in answer.url
