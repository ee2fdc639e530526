"""A real browser in front of the small office, in German."""

from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from fpdf import FPDF
from pathlib import Path
from plone import api

import pytest
import transaction


PASSWORD = "Ein-langes-Passwort-1"
PEOPLE = ("anna", "arno", "bert", "rolf", "quirin", "lotte", "tom", "hanna")
PICTURES = Path(__file__).parents[2] / "screenshots"
WIDE = {"width": 1440, "height": 900}


@pytest.fixture
def office(functional_portal):
    """The small office behind a real server; it speaks German."""
    plugin = api.portal.get_tool("acl_users").source_users
    for person in PEOPLE:
        plugin.updateUserPassword(person, PASSWORD)
    api.portal.set_registry_record("plone.available_languages", ["de", "en"])
    api.portal.set_registry_record("plone.default_language", "de")
    functional_portal.language = "de"
    transaction.commit()
    return functional_portal


@pytest.fixture
def at_work(chromium, office):
    """Return ``at_work(person)``: a browser page in which that person is logged in.

    It shows nothing yet; with ``arrives`` it shows where logging in leads. An error of
    a script fails the test.
    """
    contexts, errors = [], []

    def at_work(person, viewport=WIDE, arrives=False):
        transaction.commit()
        context = chromium.new_context(viewport=viewport, locale="de-DE")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(error))
        place = sent_to(context, office, person)
        if arrives:
            page.goto(place)
        return page

    yield at_work
    for context in contexts:
        context.close()
    assert not errors


def sent_to(context, office, person):
    """Send the form of the login, without opening it; return where it leads.

    The form itself is filled in by hand in test_login.
    """
    form = {"__ac_name": person, "__ac_password": PASSWORD, "buttons.login": "1"}
    address = f"{office.absolute_url()}/login"
    answer = context.request.post(address, form=form, max_redirects=0)
    assert answer.status == 302, f"{person} is not let in"
    return answer.headers["location"]


@pytest.fixture
def screen(office):
    """Return ``screen(name)``: the address of a screen of the site."""
    return lambda name: f"{office.absolute_url()}/@@{name}"


@pytest.fixture
def read_scans(office):
    """Return ``read_scans()``: the worker reads everything that waits."""

    def read_scans():
        transaction.commit()
        run_pending(office._p_jar.db(), work_folder())
        transaction.begin()

    return read_scans


@pytest.fixture
def picture(pytestconfig):
    """Return ``picture(page, name)``: wait until the page rests.

    With ``--pictures`` what the person sees is kept, for people to look at.
    """
    kept = pytestconfig.getoption("--pictures")
    if kept:
        PICTURES.mkdir(parents=True, exist_ok=True)

    def picture(page, name, **options):
        page.wait_for_load_state("networkidle")
        if kept:
            page.screenshot(path=PICTURES / f"{name}.png", **options)

    return picture


def typed(*pages):
    """Return a PDF with a page for each text."""
    pdf = FPDF()
    pdf.set_font("helvetica", size=13)
    for text in pages:
        pdf.add_page()
        pdf.set_xy(25, 40)
        pdf.multi_cell(160, 8, text)
    return bytes(pdf.output())
