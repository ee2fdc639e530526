"""The demo office comes to be: a site, its people, case files and the post of a week.

Each step may be done again after a crash: what is there already is left alone.
"""

from AccessControl.users import system
from BTrees.OOBTree import OOBTree
from datetime import timedelta
from eakte.capture.intake import take_in
from eakte.casefile.opening import open_case_file
from eakte.clock import today
from eakte.demo.letters import case_files
from eakte.demo.letters import letters
from eakte.demo.letters import write_letter
from eakte.filingplan.plan import apply_filing_plan
from eakte.mailitem.accepting import accept
from eakte.mailitem.filing import file_into
from eakte.mailitem.routing import route
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import perform
from eakte.org.applying import apply_office
from eakte.org.interfaces import IOffice
from eakte.org.reading import FILING_PLAN
from eakte.org.reading import read_office
from pathlib import Path
from plone import api
from plone.distribution.api import site as sites
from tempfile import TemporaryDirectory
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility
from zope.component.hooks import setSite

import transaction


SITE_ID = "eakte"
KEY = "eakte.demo"
PROFILE = "profile-eakte:default"

OPERATOR, CHECKER, LEAD = "p.lang", "d.fuchs", "g.winter"
"""Who works in the demo's mailroom, see instance/office/mailroom.yaml."""

CHANNELS = {"post": "letter", "fax": "fax", "email": "email"}

REASONS = {
    Transition.MARK_UNCLEAR: "Kein passender Vorgang gefunden, bitte Zuständigkeit klären.",
    Transition.MARK_FOREIGN: "Nicht für das Ausländeramt bestimmt.",
    Transition.REQUEST_RESCAN: "Seite schief eingezogen, bitte noch einmal scannen.",
    Transition.BLOCK: "Persönliches Schreiben, versehentlich geöffnet.",
}


def found_site(app, office_folder, password):
    """Create the site with its office, once, and return it.

    :param office_folder: folder of the office's files, see instance/office.
    :param password: what everybody of the demo logs in with.
    """
    if SITE_ID not in app:
        answers = {
            "site_id": SITE_ID,
            "title": "eakte",
            "description": "Elektronische Akte und digitale Post",
            "default_language": "de",
            "portal_timezone": "Europe/Berlin",
            "setup_content": False,
        }
        sites.create(app, "classic", answers)
    site = app[SITE_ID]
    setSite(site)
    with transaction.manager, api.env.adopt_user(user=system):
        setup = api.portal.get_tool("portal_setup")
        if setup.getLastVersionForProfile(PROFILE) == "unknown":
            setup.runAllImportStepsFromProfile(PROFILE)
        apply_filing_plan(Path(office_folder) / FILING_PLAN)
        apply_office(office_folder)
        for person in read_office(office_folder).people:
            site.acl_users.source_users.updateUserPassword(person.id, password)
    return site


def open_case_files(site):
    """Open the demo's case files that are not there yet."""
    known = _known(site)
    for demo in case_files():
        if demo.key in known:
            continue
        with transaction.manager, api.env.adopt_user(user=system):
            case_file = open_case_file(
                unit=demo.unit,
                title=demo.subject,
                team=demo.team,
                desk=demo.desk,
                family_name=demo.person.family_name,
                given_name=demo.person.given_name,
                birth_date=demo.person.birth,
                nationality=demo.person.nationality,
                azr_number=demo.person.azr or None,
                aliases=list(demo.aliases),
                opened=today() - timedelta(days=demo.opened_days_ago),
            )
            known[demo.key] = case_file.UID()


def receive_letters(site):
    """Take in the demo's letters that are not there yet, each as far as it has come.

    :returns: a generator of ``(number of letters done, number of letters)``.
    """
    known = _known(site)
    post = letters()
    with TemporaryDirectory(prefix="eakte-demo-") as folder:
        for done, letter in enumerate(post, 1):
            if letter.id not in known:
                with transaction.manager:
                    known[letter.id] = _receive(letter, known, folder).UID()
            yield done, len(post)


def _known(site):
    annotations = IAnnotations(site)
    if KEY not in annotations:
        with transaction.manager:
            annotations[KEY] = OOBTree()
    return annotations[KEY]


def _receive(letter, known, folder):
    case_file = _case_file(known, letter.file_reference_key)
    path = write_letter(letter, folder, reference=case_file and case_file.reference)
    with api.env.adopt_user(username=OPERATOR):
        item = take_in(
            path,
            file_name=letter.file_name,
            door="folder",
            operator=OPERATOR,
            received=letter.received,
            sender=letter.sender,
            title=letter.subject,
            letter_date=letter.date,
            mail_class=letter.mail_class,
            channel=CHANNELS[letter.channel],
        )
    for act in _acts(letter, case_file):
        item = act(item) or item
    return item


def _case_file(known, key):
    return api.content.get(UID=known[key]) if key in known else None


def _acts(letter, case_file):
    """Return what people did to the letter, in order; each act takes the mail item."""

    def step(who, transition):
        def act(item):
            with api.env.adopt_user(username=who):
                perform(item, transition, REASONS.get(transition, ""))

        return act

    def sent(item):
        with api.env.adopt_user(username=LEAD):
            route(item, letter.team, letter.desk)

    def taken(item):
        with api.env.adopt_user(username=_worker(letter)):
            accept(item)

    def put_away(item):
        with api.env.adopt_user(username=_worker(letter)):
            return file_into(item, case_file)

    check, release = step(OPERATOR, Transition.CHECK), step(CHECKER, Transition.RELEASE)
    released = [check, release]
    routed = [*released, sent] if letter.team else released
    return {
        State.CAPTURED: [],
        State.CHECKING: [check],
        State.RELEASED: released,
        State.ROUTED: routed,
        State.ACCEPTED: [*routed, taken],
        State.FILED: [*routed, taken, put_away],
        State.DONE: [
            *routed,
            taken,
            put_away,
            step(_worker(letter), Transition.SETTLE),
        ],
        State.UNCLEAR: [
            *routed,
            step(_worker(letter) or LEAD, Transition.MARK_UNCLEAR),
        ],
        State.FOREIGN: [*released, step(LEAD, Transition.MARK_FOREIGN)],
        State.RESCAN: [check, step(CHECKER, Transition.REQUEST_RESCAN)],
        State.BLOCKED: [check, step(CHECKER, Transition.BLOCK)],
    }[letter.state]


def _worker(letter):
    """Return who sits at the letter's desk, else at its team's first; None in the mailroom."""
    office = getUtility(IOffice)
    if letter.team is None:
        return None
    desk = office.desk(letter.desk) or office.desks(letter.team)[0]
    return desk.people[0]
