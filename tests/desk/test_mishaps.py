"""A page that is not there, or not for this person, says what to do."""

from eakte.desk.mailroom import Mailroom
from eakte.mailitem.states import State
from tests.builders import a_mail_item

import requests


def test_who_may_not_see_a_letter_reads_what_that_means(as_person):
    letter = a_mail_item(State.ROUTED, team="a1", title="Nur für A1")
    page = as_person("bert").open(letter.absolute_url())
    assert page.status == 403
    assert "You may not see this page." in page.text
    assert "Bert" in page.text
    assert "Nur für A1" not in page.text
    assert page.root.cssselect("#content a.btn-primary")[0].get("href").endswith("desk")


def test_a_page_that_is_not_there_leads_back_to_work(as_person, site):
    anna = as_person("anna")
    page = anna.open("gibt-es-nicht")
    assert page.status == 404
    assert "There is no such page." in page.text
    # Who asks is known, though the way to the page ended before the door.
    assert page.follow("#content a.btn-primary").url.endswith("@@my-desk")
    assert page.root.cssselect("#mishap-text")


def test_nobody_is_led_to_the_door(as_person):
    page = as_person().open("gibt-es-nicht")
    assert page.status == 404
    assert page.follow("#content a.btn-primary").url.endswith("/login")
    assert not page.root.cssselect("#mishap-text")


def test_a_mistake_of_the_system_shows_no_program_text(as_person, monkeypatch):
    def broken(self):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Mailroom, "upload_url", property(broken))
    page = as_person("lotte").open("@@mailroom")
    assert page.status == 500
    assert "This did not work." in page.text
    assert "secret" not in page.text
    assert "Traceback" not in page.text


def test_a_program_gets_its_answer_in_json(site):
    answer = requests.get(
        f"{site.absolute_url()}/gibt-es-nicht",
        headers={"Accept": "application/json"},
        proxies={"http": ""},
        timeout=60,
    )
    assert answer.status_code == 404
    assert answer.json()["type"] == "NotFound"
