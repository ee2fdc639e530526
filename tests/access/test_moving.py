"""A large case file changes its team: what lies in it follows in the background."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..builders import put_in_state
from .test_case_file_rights import a_document
from contextlib import nullcontext
from contextlib import suppress
from eakte.access import following
from eakte.access import moving
from eakte.access.moving import FOLLOW
from eakte.access.rows import INDEX
from eakte.access.rows import rows_in
from eakte.casefile.content import ICaseFile
from eakte.document.states import State as DocumentState
from eakte.jobs import transactions
from eakte.jobs.interfaces import IJobs
from eakte.jobs.interfaces import JobState
from eakte.jobs.server import work_folder
from eakte.jobs.transactions import transact
from eakte.jobs.worker import run_pending
from eakte.jobs.worker import Worker
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from eakte.org.applying import apply_office
from eakte.testing import OFFICE
from functools import partial
from plone import api
from plone.app.uuid.utils import uuidToObject
from plone.dexterity.utils import createContentInContainer
from Products.CMFCore.indexing import processQueue
from zope.component import getUtility
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent

import pytest
import shutil
import threading
import transaction


MANY = 12


@pytest.fixture
def site(functional_portal, monkeypatch):
    """The site; what is a large case file and a piece of it is smaller than usual."""
    monkeypatch.setattr(moving, "AT_ONCE", 4)
    monkeypatch.setattr(following, "PIECE", 5)
    return functional_portal


@pytest.fixture
def large(site):
    """A case file of team a1 with more in it than a request brings up to date."""
    with as_system():
        case_file = a_case_file(team="a1", desk="a1-1", title="Zebrastreifen")
        for number in range(MANY):
            createContentInContainer(
                case_file,
                "case_document",
                checkConstraints=False,
                title=f"Zebrafink {number}",
            )
        letter = a_mail_item(
            State.ROUTED, team="a1", desk="a1-1", title="Zebrafink mit Brief"
        )
        file_into(letter, case_file)
    transaction.commit()
    return case_file


def fill(case_file):
    """Add what is seen by different people, though it lies in one case file."""
    for state in State:
        for mail_class in (None, "personal"):
            letter = createContentInContainer(
                case_file,
                "mail_item",
                checkConstraints=False,
                title="Brief",
                team="a1",
                desk="a1-1",
                mail_class=mail_class,
            )
            put_in_state(letter, "mail_item_workflow", state)
    for state in DocumentState:
        a_document(case_file, state)
        for entry in (
            {"bert": ["Case Worker"]},
            {"team-a1": ["Case Worker"]},
            {"team-a2": ["Case Worker"], "anna": ["Reviewer"]},
        ):
            for alone in (False, True):
                document = a_document(case_file, state)
                for who, roles in entry.items():
                    document.manage_setLocalRoles(who, roles)
                document.__ac_local_roles_block__ = alone
                document.reindexObjectSecurity()
    for made_by in ("anna", "arno"):
        with api.env.adopt_user(username=made_by):
            a_document(case_file)


def move(case_file, team, desk=None):
    """Change team and desk as a form does."""
    case_file.team, case_file.desk = team, desk
    notify(ObjectModifiedEvent(case_file, Attributes(ICaseFile, "team", "desk")))


def move_elsewhere(site, uid, team):
    """Do the same, for somebody who acts beside us."""
    move(uuidToObject(uid, unrestricted=True), team)


def do_jobs(site):
    run_pending(site._p_jar.db(), work_folder())
    transaction.begin()


def in_thread(verb):
    """Call it with a transaction of its own."""
    thread = threading.Thread(target=verb)
    thread.start()
    thread.join()


def killed(verb):
    with suppress(SystemExit):
        verb()


def stored(case_file):
    """Return ``{row: who may see it}``, and look that both ways of the index agree."""
    index = api.portal.get_tool("portal_catalog").Indexes[INDEX]
    rows = rows_in(case_file)
    values = {row: set(index.getEntryForObject(row)) for row in rows}
    for token in index.uniqueValues():
        found, _names = index._apply_index({INDEX: [token]})
        assert {row for row in rows if row in found} == {
            row for row, value in values.items() if token in value
        }, token
    return values


def right(case_file):
    """Return the same as Plone itself computes it, object by object."""
    case_file.reindexObjectSecurity()
    processQueue()
    return stored(case_file)


def finds(person, case_file):
    """Return how many of the things in the case file the person's search shows."""
    path = "/".join(case_file.getPhysicalPath())
    with api.env.adopt_user(username=person):
        brains = api.portal.get_tool("portal_catalog")(path=path)
        return len([brain for brain in brains if brain.portal_type != "case_file"])


def test_every_row_says_afterwards_what_plone_itself_would_say(site, large):
    with as_system():
        fill(large)
    transaction.commit()
    before = stored(large)
    assert len(set(map(frozenset, before.values()))) > 5
    with as_system():
        move(large, "a2", "a2-1")
    transaction.commit()
    do_jobs(site)
    after = stored(large)
    assert after != before
    assert after == right(large)


def test_nobody_sees_more_in_between_than_before_or_afterwards(site, large):
    with as_system():
        fill(large)
    transaction.commit()
    before = stored(large)
    with as_system():
        move(large, "a2", "a2-1")
    transaction.commit()
    between = stored(large)
    do_jobs(site)
    after = stored(large)
    for row, value in between.items():
        assert value <= before[row]
        assert value <= after[row]


def test_the_old_team_learns_nothing_right_after_the_request(site, large, ask):
    anna, rolf, alex = ask("anna"), ask("rolf"), ask("alex")
    inside = [each.absolute_url() for each in large.objectValues()]
    searches = (
        "@search?SearchableText=Zebrafink",
        "@search?portal_type=case_document",
        "@search?portal_type=mail_item",
        "@search?desk=a1-1",
        f"@search?path=/{large.virtual_url_path()}",
        f"{large.absolute_url()}/@search",
    )
    for address in searches:
        assert anna.get(address).json()["items_total"] > 0, address
    assert anna.get("@mail-box?box=desk&desk=a1-1").json()["counts"]["filed"] == 1

    answer = rolf.patch(large.absolute_url(), json={"team": "a2", "desk": None})
    assert answer.status_code == 204, answer.text
    transaction.begin()
    job = getUtility(IJobs).find(FOLLOW, large.UID())
    assert job.state == JobState.WAITING

    for address in searches:
        answer = anna.get(address)
        if answer.ok:
            assert answer.json()["items_total"] == 0, address
        else:
            assert answer.status_code in (401, 404), address
    box = anna.get("@mail-box?box=desk&desk=a1-1").json()
    assert not any(box["counts"].values())
    suggested = anna.get("@case-file-suggestions?text=Zebrastreifen").json()
    assert suggested["items"] == []
    for address in ("@@find?text=Zebrafink", "@@my-desk", "@@ajax-search?"):
        page = anna.get(f"{address}&SearchableText=Zebrafink")
        assert large.getId() not in page.text, address
    assert {anna.get(address).status_code for address in inside} == {401}
    # Who opens something is right at once; who stays one of those who see it, finds it.
    assert {alex.get(address).status_code for address in inside} == {200}
    assert finds("rolf", large) == finds("hanna", large) == len(inside)

    do_jobs(site)
    assert finds("alex", large) == finds("tina", large) == len(inside)
    assert finds("anna", large) == finds("tom", large) == 0
    assert getUtility(IJobs).find(FOLLOW, large.UID()) is None


def test_a_large_case_file_that_only_changes_its_desk_goes_the_same_way(site, large):
    with as_system():
        fill(large)
    transaction.commit()
    before, seen = stored(large), finds("anna", large)
    assert any("user:desk-a1-1" in value for value in before.values())
    with as_system():
        move(large, "a1", "a1-2")
    transaction.commit()
    job = getUtility(IJobs).find(FOLLOW, large.UID())
    assert job.state == JobState.WAITING
    between = stored(large)
    for row, value in between.items():
        assert value <= before[row] - {"user:desk-a1-1"}
    # The team is the same: its people find all of it meanwhile.
    assert finds("anna", large) == seen
    do_jobs(site)
    after = stored(large)
    assert all("user:desk-a1-2" not in value for value in between.values())
    assert any("user:desk-a1-2" in value for value in after.values())
    assert after == right(large)
    assert getUtility(IJobs).find(FOLLOW, large.UID()) is None


def test_a_small_case_file_is_brought_up_to_date_in_the_request(site):
    with as_system():
        case_file = a_case_file(team="a1")
        a_document(case_file)
        move(case_file, "a2")
    assert (finds("anna", case_file), finds("alex", case_file)) == (0, 1)
    assert getUtility(IJobs).find(FOLLOW, case_file.UID()) is None


def test_the_job_computes_once_what_many_have_and_writes_no_row_twice(
    site, large, monkeypatch
):
    computed = []
    value_of = following.value_of
    monkeypatch.setattr(
        following, "value_of", lambda each: computed.append(1) or value_of(each)
    )
    monkeypatch.setattr(following, "PIECE", 1000)
    with as_system():
        move(large, "a2")
    transaction.commit()
    do_jobs(site)
    # A document and a filed letter.
    assert len(computed) == 2
    index = api.portal.get_tool("portal_catalog").Indexes[INDEX]
    before = index.getCounter()
    following.bring_up_to_date(site, large.UID(), rows_in(large))
    assert index.getCounter() == before


def test_a_killed_job_is_done_by_the_next_worker(site, large, monkeypatch):
    with as_system():
        move(large, "a2")
    transaction.commit()
    verb = following.bring_up_to_date
    pieces = []

    def dies_at_the_second(site, uid, rows):
        verb(site, uid, rows)
        pieces.append(rows)
        if len(pieces) == 2:
            raise SystemExit

    monkeypatch.setattr(following, "bring_up_to_date", dies_at_the_second)
    worker = Worker(site._p_jar.db(), work_folder(), threads=0)
    in_thread(lambda: killed(worker.work_once))
    transaction.begin()
    assert finds("alex", large) == 5
    assert finds("anna", large) == 0

    in_thread(lambda: (worker.sweep(), worker.work_once()))
    transaction.begin()
    assert finds("alex", large) == len(large)
    assert getUtility(IJobs).find(FOLLOW, large.UID()) is None
    assert stored(large) == right(large)


def test_changes_during_the_job_are_right_in_the_end_and_at_once_for_who_loses(
    site, large, monkeypatch
):
    monkeypatch.setattr(transactions, "_one_writer", nullcontext())
    db, uid = site._p_jar.db(), large.UID()
    verb, do = following.bring_up_to_date, following.FollowCaseFile.do
    # The team that the case file gets before a piece is committed, by its number.
    changes = {2: "a1", 4: "a2"}
    pieces, anna_found = [], []

    def changed_meanwhile(site, uid, rows):
        verb(site, uid, rows)
        pieces.append(rows)
        if team := changes.get(len(pieces)):
            change = partial(move_elsewhere, uid=uid, team=team)
            in_thread(partial(transact, db, change, site_id=site.getId()))

    def look_afterwards(self, workplace, uid):
        outcome = do(self, workplace, uid)
        anna_found.append(workplace.read(partial(anna_finds, uid=uid)))
        return outcome

    monkeypatch.setattr(following, "bring_up_to_date", changed_meanwhile)
    monkeypatch.setattr(following.FollowCaseFile, "do", look_afterwards)
    with as_system():
        move(large, "a2")
    transaction.commit()
    do_jobs(site)
    # The pieces that were in hand were done once more; then the job was, as a whole.
    assert pieces[1] == pieces[2]
    assert pieces[3] == pieces[4]
    assert pieces[5:] == [pieces[0], pieces[2], pieces[4]]
    assert anna_found == [0, 0]
    assert finds("alex", large) == len(large)
    assert getUtility(IJobs).find(FOLLOW, uid) is None
    assert stored(large) == right(large)


def anna_finds(site, uid):
    return finds("anna", uuidToObject(uid, unrestricted=True))


def test_a_team_that_changes_its_department_takes_a_large_case_file_along(
    site, large, tmp_path
):
    shutil.copytree(OFFICE, tmp_path / "office")
    first, other = (tmp_path / "office" / f"amt-{each}.yaml" for each in "ab")
    text = first.read_text("utf-8")
    team = text[text.index("  - id: a1\n") : text.index("  - id: a2\n")]
    first.write_text(text.replace(team, ""), "utf-8")
    text = other.read_text("utf-8")
    text = text.replace("teams:\n", f"registry: [bert]\n\nteams:\n{team}")
    other.write_text(text, "utf-8")
    with as_system():
        apply_office(tmp_path / "office")
    transaction.commit()
    assert finds("rolf", large) == finds("hanna", large) == 0
    assert finds("anna", large) == len(large)
    do_jobs(site)
    assert finds("bert", large) == finds("holger", large) == len(large)
    assert finds("anna", large) == len(large)
    catalog = api.portal.get_tool("portal_catalog")
    path = "/".join(large.getPhysicalPath())
    letters = catalog.unrestrictedSearchResults(path=path, portal_type="mail_item")
    assert [brain.department for brain in letters] == ["amt-b"]
    assert stored(large) == right(large)
