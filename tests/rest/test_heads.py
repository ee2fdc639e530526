"""What programs are answered is kept by nobody, and is what it says it is."""

from ..builders import a_case_file
from ..builders import a_mail_item
from eakte.mailitem.states import State
from plone.uuid.interfaces import IUUID

import pytest


READ = [
    "",
    "@scan",
    "@pages",
    "@archive-copy",
    "@routing-history",
    "@who-may-see",
    "@workflow",
    "@types",
]
"""Below a letter."""

LISTED = [
    "@search?portal_type=mail_item",
    "@mail-box?team=a1",
    "@office",
    "@deadlines",
    "@resubmissions",
    "@absences",
    "@case-file-suggestions?q=antrag",
    "@deputyships",
    "@users/anna",
    "@navigation",
]
"""At the site."""

DONE = [
    ("@accept", {}, 200),
    ("@route", {"team": "a2", "reason": "Falsches Team"}, 200),
    ("@set-aside", {"to": "unclear", "reason": "Kein Name"}, 200),
    ("@scan-retry", {}, 200),
    ("@archive-copy", {}, 200),
    ("@workflow/settle", {}, 409),
    ("@route", {"team": "a9"}, 400),
    ("@scan-retry", {"pages": [99]}, 400),
    ("@workflow/fly", {}, 400),
]


@pytest.fixture
def letter(site):
    return a_mail_item(State.ROUTED, title="Antrag", team="a1", pdf=b"%PDF-1.4 one")


def path(content):
    return "/".join(content.getPhysicalPath()[2:])


def assert_sealed(answer):
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if answer.content:
        assert answer.headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("service", READ)
def test_what_is_read_of_a_letter_is_kept_by_nobody(client, letter, service):
    answer = client("anna").get(f"{path(letter)}/{service}".rstrip("/"))
    assert answer.status_code in (200, 403), answer.text
    assert_sealed(answer)


@pytest.mark.parametrize("service", LISTED)
def test_lists_are_kept_by_nobody(client, letter, service):
    answer = client("anna").get(service)
    assert answer.status_code in (200, 400, 403), answer.text
    assert_sealed(answer)


@pytest.mark.parametrize(("service", "body", "status"), DONE)
def test_what_a_step_answers_is_kept_by_nobody(client, letter, service, body, status):
    answer = client("anna").post(f"{path(letter)}/{service}", json=body)
    assert answer.status_code == status, answer.text
    assert_sealed(answer)


def test_so_are_creating_changing_and_removing(client, site):
    anna = client("anna")
    made = anna.post(
        "akten",
        json={"@type": "case_file", "unit": "10.1", "title": "Neu", "team": "a1"},
    )
    assert made.status_code == 201, made.text
    assert_sealed(made)
    changed = anna.patch(made.json()["@id"], json={"family_name": "Yılmaz"})
    assert changed.status_code == 204
    assert_sealed(changed)
    removed = anna.delete(made.json()["@id"])
    assert removed.status_code in (204, 401, 403)
    assert_sealed(removed)


@pytest.mark.parametrize("user", ["bert", "anna", None])
def test_refusals_tell_nobody_else_either(client, letter, user):
    case_file = a_case_file(unit="20.1", team="b1")
    for address in (
        path(letter) if user != "anna" else path(case_file),
        f"{path(case_file)}/@journal",
        "not-there",
        "@nothing",
        f"resolveuid/{IUUID(case_file)}",
    ):
        answer = client(user).get(address)
        assert_sealed(answer)


def test_whoever_asks_for_the_head_gets_no_body(client, letter):
    for address in (path(letter), "@search", "not-there"):
        answer = client("anna").head(address)
        assert answer.content == b""
        assert_sealed(answer)
