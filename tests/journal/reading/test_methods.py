"""Whatever shows something is noted, by whichever method it is asked for."""

from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.journal.interfaces import Kind
from eakte.mailitem.states import State
from fpdf import FPDF
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system

import pytest
import re
import time_machine
import transaction


DELIVER = (
    "@@scan",
    "@@download/scan",
    "@@page/1/700",
    "@@page-text/1",
    "dv_data",
    "dv-search.json?q=duldung",
    "dv-page/1/normal",
    "dv-page-text/1",
    "@@archive-copy/file",
)
"""Doors that give something of a scan away and do nothing else."""

SHOW = ("@@documentviewer", "@@viewer-pane", "@@item")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_only_delivers_is_delivered_to_get_alone(site, ask, read, letter, method):
    for below in DELIVER:
        path = f"posteingang/{letter.getId()}/{below}"
        answer = ask("anna", path, method)
        assert answer.status_code == 405, below
        assert answer.headers["Allow"] == "GET, HEAD", below
        assert answer.json() == {"code": "method-not-allowed"}
    assert read(letter) == ()


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "PEEK", "OPTIONS"])
def test_whatever_shows_something_is_noted_by_whichever_method_it_is_asked_for(
    site, ask, read, letter, method
):
    """Who asks for JSON is led to a page by any method that services know."""
    shown = 0
    for hour, below in enumerate(SHOW):
        moment = f"2026-03-02T{9 + hour:02}:05:00Z"
        with time_machine.travel(moment, tick=False):
            path = f"posteingang/{letter.getId()}/{below}"
            answer = ask("anna", path, method)
        shown += answer.status_code == 200 and bool(answer.content)
        assert len(read(letter)) == shown, below
    assert method not in ("GET", "PUT", "PATCH") or shown == len(SHOW)


def test_whether_something_is_there_is_asked_without_reading(
    site, browse, read, letter
):
    for below in ("@@page/1/180", "@@page-text/1", "@@scan"):
        path = f"posteingang/{letter.getId()}/{below}"
        answer = browse("anna", path, method="HEAD")
        assert (answer.status_code, answer.content) == (200, b"")
    assert read(letter) == ()


def test_a_refused_form_shows_its_page_again_and_that_is_reading(
    site, browse, read, letter
):
    path = f"posteingang/{letter.getId()}/@@item"
    with time_machine.travel("2026-03-02T09:05:00Z", tick=False):
        page = browse("anna", path).text
    token = re.search(r'name="_authenticator"[^>]*value="(\w+)"', page).group(1)
    body = {"do": "no-such", "_authenticator": token}
    with time_machine.travel("2026-03-02T10:05:00Z", tick=False):
        refused = browse("anna", path, method="POST", data=body)
    assert (refused.status_code, letter.number in refused.text) == (403, True)
    assert len(read(letter)) == 2

    del body["_authenticator"]
    with time_machine.travel("2026-03-02T11:05:00Z", tick=False):
        away = browse("anna", path, method="POST", data=body)
    assert (away.status_code, letter.number in away.text) == (403, False)
    assert len(read(letter)) == 2


def test_a_changed_object_that_comes_back_with_the_answer_is_read(site, ask, read):
    case_file = a_case_file(team="a1", title="Duldung")
    path = f"akten/{case_file.getId()}"
    assert ask("anna", path, "PATCH", json={}).status_code == 204
    assert read(case_file) == ()

    full = {"Prefer": "return=representation"}
    answer = ask("anna", path, "PATCH", json={}, headers=full)
    assert answer.json()["title"] == "Duldung"
    assert [(e.who, e.door) for e in read(case_file)] == [("anna", "rest")]


def test_a_query_that_is_posted_reads_what_it_answers_whole(site, ask, read):
    case_file = a_case_file(team="a1", title="Duldung")
    query = {
        "query": [
            {
                "i": "portal_type",
                "o": "plone.app.querystring.operation.selection.any",
                "v": ["case_file"],
            }
        ]
    }
    assert ask("anna", "@querystring-search", "POST", json=query).status_code == 200
    assert read(case_file) == ()

    query["fullobjects"] = True
    found = ask("anna", "@querystring-search", "POST", json=query).json()
    assert found["items_total"] == 1
    assert len(read(case_file)) == 1


def test_a_line_of_a_page_that_the_search_shows_is_reading(site, browse, read):
    pdf = FPDF()
    pdf.set_font("helvetica", size=14)
    for _ in range(2):
        pdf.add_page()
        pdf.multi_cell(0, 10, "Hiermit wird die Duldung verlaengert.")
    with as_system():
        letters = [
            a_mail_item(State.ROUTED, team="a1", pdf=bytes(pdf.output()))
            for _ in range(2)
        ]
    unread = a_mail_item(State.ROUTED, team="b1", pdf=bytes(pdf.output()))
    transaction.commit()
    run_pending(site._p_jar.db(), work_folder())
    with time_machine.travel("2026-03-02T09:05:00Z", tick=False):
        for _ in range(2):
            page = browse("anna", "@@find?text=Duldung").text
            assert page.count("Hiermit wird die") == len(letters)
        # The number is none of the words on the pages.
        browse("anna", f"@@find?text={letters[0].number}")

    for letter in letters:
        assert [(e.kind, e.who, e.details) for e in read(letter)] == [
            (Kind.READ, "anna", {"page": "@@find"})
        ]
    assert read(unread) == ()
