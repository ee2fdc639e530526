"""What administrators could give to themselves before that was refused is taken back."""

from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.states import State
from eakte.org.groups import groups_of_plan
from eakte.org.interfaces import IOffice
from plone import api
from Products.CMFCore.indexing import processQueue
from tests.builders import a_mail_item
from tests.builders import as_system
from zope.component import getUtility

import logging
import pytest


PROFILE = "eakte:default"


@pytest.fixture
def upgrade(portal, caplog):
    """Return ``upgrade()``: from the version before; what was logged, as one text."""
    setup = api.portal.get_tool("portal_setup")

    def upgrade():
        processQueue()
        setup.setLastVersionForProfile(PROFILE, "20261123002")
        caplog.clear()
        with as_system(), caplog.at_level(logging.INFO, "eakte.upgrades"):
            setup.upgradeProfile(PROFILE)
        processQueue()
        return caplog.text

    return upgrade


def roles_in_the_site():
    roles = api.portal.get_tool("acl_users").portal_role_manager
    return {who: tuple(each) for who, each in roles._principal_roles.items()}


def finds(person, content):
    with api.env.adopt_user(username=person):
        return len(api.portal.get_tool("portal_catalog")(UID=content.UID()))


def test_nobody_keeps_a_role_of_the_whole_house_by_hand(portal, upgrade):
    letter = a_mail_item(State.RELEASED)
    before = roles_in_the_site()
    api.user.grant_roles(username="bert", roles=["Mailroom Lead", "Reviewer"])
    portal.posteingang.manage_setLocalRoles("alex", ["Mailroom Lead"])
    portal.posteingang.reindexObjectSecurity()
    letter.reindexObjectSecurity()
    processQueue()
    assert finds("bert", letter) == finds("alex", letter) == 1
    text = upgrade()
    assert "Mailroom Lead" in text
    for person in ("bert", "alex"):
        assert not api.user.has_permission("View", username=person, obj=letter)
        assert not finds(person, letter)
    after = roles_in_the_site()
    assert "Reviewer" in after.pop("bert")
    before.pop("bert", None)
    assert after == before
    for group in groups_of_plan(getUtility(IOffice).plan).values():
        assert set(group.roles) <= set(after.get(group.id, ()))
    assert api.user.has_permission("View", username="lotte", obj=letter)
    entries = getUtility(IJournal).find(Query(kinds=(Kind.CONFIGURED,))).entries
    assert {"bert", "alex"} <= {
        who for each in entries for who in each.details.get("roles", {})
    }


def test_a_secret_that_somebody_knows_signs_nobody_s_login(portal, upgrade):
    folder = portal.acl_users
    folder.session._shared_secret = "known"
    folder.jwt_auth.use_keyring = False
    folder.jwt_auth._secret = "known"
    folder.source_users.addUser("guest-1", "guest-1", "Ein-langes-Passwort-1")
    text = upgrade()
    assert folder.session._shared_secret is None
    assert folder.jwt_auth.use_keyring
    for name in ("session", "jwt_auth", "guest-1"):
        assert name in text


def test_upgrading_again_says_and_changes_nothing(portal, upgrade):
    upgrade()
    before = roles_in_the_site()
    assert upgrade() == ""
    assert roles_in_the_site() == before
