"""Nobody gives a role of a place through the sharing service, administrators included."""

from ..builders import a_case_file
from ..builders import a_mail_item
from eakte.access.byhand import OF_PLACES
from eakte.mailitem.states import State

import pytest
import transaction


@pytest.fixture
def places(ask, functional_portal):
    """``{name: content}`` of everything that the service could be asked of."""
    portal = functional_portal
    found = {
        "": portal,
        "posteingang": portal.posteingang,
        "akten": portal.akten,
        "case file": a_case_file(team="a1"),
        "letter": a_mail_item(State.ROUTED, team="a1", desk="a1-1"),
    }
    transaction.commit()
    return found


def of_places(content):
    return {
        (who, role)
        for who, roles in content.get_local_roles()
        for role in OF_PLACES.intersection(roles)
    }


@pytest.mark.parametrize("person", ["admin", "ines", "hanna", "anna"])
def test_no_role_of_a_place_is_shared_anywhere(ask, places, person):
    asked = ask(person)
    said = {}
    for where, content in places.items():
        for role in sorted(OF_PLACES):
            for who, kind in (("bert", "user"), ("team-b1", "group")):
                entry = {"id": who, "type": kind, "roles": {role: True}}
                url = f"{content.absolute_url()}/@sharing"
                answer = asked.post(url, json={"entries": [entry]})
                said[where, role, who] = answer.status_code
    refused = {cell: status in (401, 403, 404) for cell, status in said.items()}
    assert refused == dict.fromkeys(said, True), said
    transaction.begin()
    assert [where for where, each in places.items() if of_places(each)] == []
    for content in (places["case file"], places["letter"]):
        assert ask("bert").get(content.absolute_url()).status_code in (401, 403, 404)


def test_another_role_is_shared_on_the_site_as_ever(ask, places):
    """So the refusals above are not those of a service that never works."""
    entry = {"id": "bert", "type": "user", "roles": {"Reviewer": True}}
    answer = ask("admin").post("@sharing", json={"entries": [entry]})
    assert answer.status_code == 204, answer.text
    transaction.begin()
    assert "Reviewer" in dict(places[""].get_local_roles())["bert"]
