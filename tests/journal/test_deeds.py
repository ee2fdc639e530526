"""What people do to case files, letters and documents stands in the journal."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from eakte.casefile.content import ICaseFile
from eakte.errors import NotAllowed
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.accepting import accept
from eakte.mailitem.filing import file_into
from eakte.mailitem.routing import route
from eakte.mailitem.setting_aside import set_aside
from eakte.mailitem.states import State
from plone import api
from plone.dexterity.utils import createContentInContainer
from zope.component import getUtility
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent

import pytest
import transaction


@pytest.fixture
def site(functional_portal):
    yield functional_portal
    transaction.abort()


@pytest.fixture
def noted(site):
    """Return ``noted(content)``: the committed entries about it, oldest first."""

    def noted(content=None, **query):
        transaction.commit()
        if content is not None:
            query["objects"] = (content.UID(),)
        found = getUtility(IJournal).find(Query(**query), size=1000)
        return found.entries[::-1]

    return noted


def by(person):
    return api.env.adopt_user(username=person)


def change(content, **fields):
    for name, value in fields.items():
        setattr(content, name, value)
    notify(ObjectModifiedEvent(content, Attributes(ICaseFile, *fields)))


def test_a_new_case_file_is_noted_with_reference_and_place(site, noted):
    with by("anna"):
        case_file = createContentInContainer(
            site["akten"], "case_file", unit="10.1", title="Duldung", team="a1"
        )

    (entry,) = noted(case_file)
    assert (entry.kind, entry.who) == (Kind.CREATED, "anna")
    assert entry.title == "Duldung"
    assert entry.reference == case_file.reference
    assert entry.path == f"akten/{case_file.getId()}"
    assert entry.file == entry.uid == case_file.UID()


def test_a_change_says_each_field_before_and_after(site, noted):
    case_file = a_case_file(family_name="Haddad", aliases=["Hadad"])
    transaction.commit()
    with by("anna"):
        change(case_file, family_name="Al-Haddad", nationality="Syrien", aliases=[])

    entry = noted(case_file)[-1]
    assert (entry.kind, entry.who) == (Kind.CHANGED, "anna")
    assert entry.details["fields"] == {
        "family_name": ["Haddad", "Al-Haddad"],
        "nationality": [None, "Syrien"],
        "aliases": [["Hadad"], None],
    }


def test_two_changes_in_one_request_are_two_deeds(site, noted):
    case_file = a_case_file(family_name="Haddad")
    transaction.commit()
    change(case_file, family_name="Hadad")
    transaction.savepoint()
    change(case_file, given_name="Rania")

    first, second = noted(case_file)[-2:]
    assert first.details["fields"] == {"family_name": ["Haddad", "Hadad"]}
    assert second.details["fields"] == {"given_name": [None, "Rania"]}


def test_a_change_that_changes_nothing_is_no_entry(site, noted):
    case_file = a_case_file(family_name="Haddad")
    before = len(noted(case_file))
    change(case_file, family_name="Haddad")

    assert len(noted(case_file)) == before


def test_a_long_text_is_shortened(site, noted):
    case_file = a_case_file()
    transaction.commit()
    change(case_file, nationality="x" * 1000)

    _, new = noted(case_file)[-1].details["fields"]["nationality"]
    assert len(new) == 201


def test_another_team_is_a_change_of_rights(site, noted):
    case_file = a_case_file(team="a1", desk="a1-1")
    transaction.commit()
    with as_system():
        change(case_file, team="a2", desk=None, title="Neu")

    changed, rights = noted(case_file)[-2:]
    assert (changed.kind, rights.kind) == (Kind.CHANGED, Kind.RIGHTS)
    assert rights.details["fields"] == {"team": ["a1", "a2"], "desk": ["a1-1", None]}


def test_a_local_role_is_a_change_of_rights(site, noted):
    case_file = a_case_file()
    transaction.commit()
    with as_system():
        api.user.grant_roles(username="bert", roles=["Reader"], obj=case_file)
        notify(ObjectModifiedEvent(case_file))

    entry = noted(case_file)[-1]
    assert entry.kind == Kind.RIGHTS
    assert "bert: Reader" in str(entry.details["fields"]["local_roles"][1])


def test_the_way_of_a_letter_is_told_once_a_step(site, noted):
    letter = a_mail_item(State.RELEASED)
    transaction.commit()
    with by("lotte"):
        route(letter, "a1", desk="a1-2")
    with by("anna"):
        accept(letter, "a1-1")
    with by("tom"):
        route(letter, "a2", reason="Gehört zu A2")
    created, routed, accepted, again = noted(letter)

    assert [each.kind for each in (created, routed, accepted, again)] == [
        Kind.CREATED,
        Kind.ROUTED,
        Kind.ACCEPTED,
        Kind.ROUTED,
    ]
    assert (routed.who, routed.details["to"]) == ("lotte", "a1 / a1-2")
    assert (accepted.details["from"], accepted.details["to"]) == (
        "a1 / a1-2",
        "a1 / a1-1",
    )
    assert (again.who, again.why) == ("tom", "Gehört zu A2")
    assert again.details["to"] == "a2"
    assert again.details["state"] == [State.ACCEPTED, State.ROUTED]


def test_filing_tells_where_the_letter_lay_and_where_it_lies(site, noted):
    case_file = a_case_file(team="a1")
    letter = a_mail_item(State.ROUTED, team="a1")
    number = letter.getId()
    transaction.commit()
    with by("anna"):
        letter = file_into(letter, case_file)

    moved, filed = noted(letter)[-2:]
    assert (moved.kind, filed.kind) == (Kind.MOVED, Kind.FILED)
    assert moved.details == {
        "from": f"posteingang/{number}",
        "to": f"akten/{case_file.getId()}/{number}",
    }
    assert filed.why == case_file.reference
    assert filed.file == case_file.UID()
    assert filed in noted(case_file)


def test_a_reason_for_setting_aside_is_kept(site, noted):
    letter = a_mail_item(State.ROUTED, team="a1")
    transaction.commit()
    with by("anna"):
        set_aside(letter, State.UNCLEAR, "Kein Name")

    entry = noted(letter)[-1]
    assert (entry.kind, entry.why) == (Kind.STEP, "Kein Name")
    assert entry.details["step"] == "mark_unclear"


def test_what_is_refused_is_not_noted(site, noted):
    letter = a_mail_item(State.ROUTED, team="a1")
    before = noted(letter)
    with by("alex"), pytest.raises(NotAllowed):
        accept(letter, "a1-1")
    transaction.abort()

    assert noted(letter) == before


def test_what_is_deleted_is_still_known(site, noted):
    letter = a_mail_item()
    uid = letter.UID()
    transaction.commit()
    letter.aq_parent._delObject(letter.getId())

    assert noted(objects=(uid,))[-1].kind == Kind.DELETED


def test_a_place_in_a_group_is_noted_with_who_gave_it(site, noted):
    with by("hanna"):
        plugin = api.portal.get_tool("acl_users").source_groups
        plugin.addPrincipalToGroup("bert", "Reviewers")
        plugin.addPrincipalToGroup("bert", "team-a1")

    one, other = noted(kinds=(Kind.PLACE,))[-2:]
    assert one.details == {"person": "bert", "place": "Reviewers", "gained": "yes"}
    assert one.who == other.who == "hanna"
    assert other.details["place"] == "team-a1"
    assert other.details["notable"] == "yes"


def test_another_password_is_noted_and_not_kept(site, noted):
    with by("hanna"):
        user = api.user.get(userid="bert")
        user.setSecurityProfile(password="Ein-anderes-Passwort-1")

    entry = noted(kinds=(Kind.ACCOUNT,))[-1]
    assert entry.details == {"person": "bert", "what": "password"}
    assert entry.who == "hanna"
