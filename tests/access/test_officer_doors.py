"""The data protection officer at the doors: one case file, with a reason, for a day."""

from ..builders import a_case_file
from ..builders import as_system
from ..deputies import at
from ..deputies import BETWEEN
from ..guests import REASON
from .doors import a_scan
from .doors import a_striking_letter
from .doors import got
from .doors import read_all
from .doors import tells
from .test_case_file_rights import a_document
from datetime import timedelta
from eakte.access.protecting import protect
from eakte.mailitem.states import State
from plone import api

import pytest


NEXT_DAY = BETWEEN + timedelta(hours=12)

INSIDE = ("", "@who-may-see", "@@case-file")
LISTS = (
    "@search?SearchableText=Zebrafink",
    "@search?portal_type=case_file&metadata_fields=_all",
    "@@find?text=Zebrafink",
    "@case-file-suggestions?text=Zebrafink",
)
OF_MAIL = (
    "@boxes",
    "@boxes/team-box?team=a1",
    "@mail-box?box=team&team=a1",
    "@search?portal_type=mail_item&metadata_fields=_all",
    "@@team-box?team=a1",
)


@pytest.fixture
def contents(functional_portal):
    """A case file with a document, one like it beside, a letter of the team's."""
    with as_system():
        opened, other = (
            a_case_file(team="a1", title="Zebrastreifen", family_name="Zebrafink")
            for _ in range(2)
        )
        document = a_document(opened, author="Zebrafink", scan=a_scan())
        letter = a_striking_letter(State.ROUTED)
    read_all(functional_portal)
    return opened, document, other, letter


def answers(client, contents, addresses=INSIDE):
    """The addresses of the contents that answer."""
    found = []
    for content in contents:
        for address in addresses:
            answer = got(client, f"{content.absolute_url()}/{address}".rstrip("/"))
            assert answer.status_code in (200, 302, 401, 403, 404), answer.url
            if answer.status_code == 200 and tells(answer):
                found.append(answer.url)
    return found


def told(client, addresses):
    """The lists that tell of any of the contents."""
    return [each for each in addresses if tells(got(client, each))]


def test_with_a_reason_one_case_file_opens_over_rest_for_the_day(ask, contents):
    opened, document, other, letter = contents
    dora = ask("dora")
    with at(BETWEEN):
        assert answers(dora, contents) == told(dora, (*LISTS, *OF_MAIL)) == []
        said = {"reference": opened.reference, "reason": "weil"}
        assert dora.post("@read-elsewhere", json=said).status_code == 400
        assert answers(dora, [opened]) == []
        said["reason"] = REASON
        made = dora.post("@read-elsewhere", json=said)
        assert (made.status_code, made.json()["last_day"]) == (201, "2027-03-10")
        assert len(answers(dora, [opened])) > 1
        assert answers(dora, [document], [""])
        assert dora.get(f"{document.absolute_url()}/@scan").ok
        assert told(dora, LISTS)
        # Nothing else, and no letter: what is found is in that case file.
        assert answers(dora, [other, letter]) == told(dora, OF_MAIL) == []
        hits = dora.get("@search?SearchableText=Zebrafink&metadata_fields=UID").json()
        assert {each["UID"] for each in hits["items"]} <= {opened.UID(), document.UID()}
        changed = dora.patch(opened.absolute_url(), json={"title": "Anders"})
        assert changed.status_code == 401
        (item,) = ask("tom").get("@read-elsewhere?seen=no").json()["items"]
        assert (item["person"]["id"], item["reason"]) == ("dora", REASON)
    with at(NEXT_DAY):
        assert answers(dora, contents) == told(dora, (*LISTS, *OF_MAIL)) == []


def test_the_officer_has_the_screen_and_it_opens_the_case_file(ask, contents):
    opened, _document, other, _letter = contents
    html = {"Accept": "text/html"}
    with at(BETWEEN):
        dora = ask("dora")
        page = dora.get("@@read-elsewhere", headers=html)
        token = page.text.split('name="_authenticator"')[1].split('value="')[1]
        form = {
            "do": "open",
            "reference": opened.reference,
            "reason": REASON,
            "_authenticator": token.partition('"')[0],
        }
        assert dora.post("@@read-elsewhere", data=form, headers=html).ok
        assert "Zebrafink" in dora.get(opened.absolute_url(), headers=html).text
        assert opened.reference in dora.get("@@read-elsewhere", headers=html).text
        with api.env.adopt_user(username="hanna"):
            protect(other, "witness", ["anna"], "Zeugin")
        form["reference"] = other.reference
        refused = ask("dora").post("@@read-elsewhere", data=form, headers=html)
        form["reference"] = "10.1-4711/2019"
        missing = dora.post("@@read-elsewhere", data=form, headers=html)
        assert refused.status_code == missing.status_code == 404
        said = [each.text.count("Zebrafink") for each in (refused, missing)]
        assert said[0] == said[1]
