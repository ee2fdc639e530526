"""Roles that hold in the whole house follow from the office's files, and from no hand."""

from ..builders import a_mail_item
from ..builders import as_system
from eakte.access.byhand import OF_THE_HOUSE
from eakte.mailitem.states import State
from eakte.org.applying import apply_office
from eakte.org.groups import groups_of_plan
from eakte.org.interfaces import IOffice
from eakte.testing import OFFICE
from plone import api
from zope.component import getUtility

import pytest
import transaction


@pytest.fixture
def letter(functional_portal):
    letter = a_mail_item(State.RELEASED, title="Ladung")
    transaction.commit()
    return letter


def given(person):
    roles = api.portal.get_tool("acl_users").portal_role_manager
    return OF_THE_HOUSE.intersection(roles._principal_roles.get(person, ()))


def test_nobody_gives_a_role_of_the_whole_house_by_hand(ask, letter):
    for administrator in ("ines", "admin"):
        asked = ask(administrator)
        for role in sorted(OF_THE_HOUSE):
            body = {"roles": {role: True}}
            for path in ("@users/ines", "@users/bert"):
                answer = asked.patch(path, json=body)
                assert answer.status_code == 403, (administrator, path, role)
            for principal, kind in (("ines", "user"), ("team-b1", "group")):
                entry = {"id": principal, "type": kind, "roles": {role: True}}
                for where in ("@sharing", "posteingang/@sharing"):
                    answer = asked.post(where, json={"entries": [entry]})
                    assert answer.status_code in (401, 403), (where, role)
    said = {
        "username": "neu",
        "email": "neu@x.example",
        "password": "Ein-langes-Passwort-1",
        "roles": ["Mailroom Lead"],
    }
    assert ask("admin").post("@users", json=said).status_code == 403
    group = {"groupname": "chor", "roles": ["Data Protection Officer"]}
    assert ask("admin").post("@groups", json=group).status_code == 403
    transaction.begin()
    for principal in ("ines", "bert", "neu", "chor"):
        assert not given(principal)
    assert ask("ines").get(letter.absolute_url()).status_code == 401
    assert "Ladung" not in ask("ines").get("@journal").text


def test_other_roles_are_given_as_ever(ask, functional_portal):
    """So the refusals above are not those of a service that never works."""
    answer = ask("ines").patch("@users/bert", json={"roles": {"Reviewer": True}})
    assert answer.status_code == 204


def test_the_offices_files_give_them_to_their_groups_in_a_request_too(
    ask, functional_portal
):
    roles = functional_portal.acl_users.portal_role_manager
    expected = {
        group.id: group.roles
        for group in groups_of_plan(getUtility(IOffice).plan).values()
        if group.roles
    }
    assert len(expected) == 5
    for group, its in expected.items():
        assert set(its) <= set(roles._principal_roles[group])
    # As before the first time: the groups are made by the next applying.
    with as_system():
        for group in expected:
            api.group.delete(groupname=group)
        apply_office(OFFICE)
    for group, its in expected.items():
        assert set(its) <= set(roles._principal_roles[group])
    answer = ask("admin").patch("@users/bert", json={"roles": {"Reviewer": True}})
    assert answer.status_code == 204
