from eakte.testing import EAKTE_FUNCTIONAL
from eakte.testing import EAKTE_INTEGRATION
from pathlib import Path
from playwright.sync_api import expect
from playwright.sync_api import sync_playwright
from pytest_plone import fixtures_factory
from waitress.adjustments import Adjustments

import pytest


# Tests set the clock on by days: no connection has been idle for too long then.
Adjustments.channel_timeout = 10**9

pytest_plugins = ["pytest_plone"]

globals().update(
    fixtures_factory(
        (
            (EAKTE_FUNCTIONAL, "functional"),
            (EAKTE_INTEGRATION, "integration"),
        )
    )
)


def pytest_addoption(parser):
    parser.addoption(
        "--pictures",
        action="store_true",
        help="keep what people see in screenshots/, for people to look at",
    )
    parser.addoption(
        "--every-cell",
        action="store_true",
        help="try each cell of the matrix of rights; without it they take turns",
    )


LONGEST_FIRST = (
    "road",
    "capture/test_material.py",
    "crash",
    "access/test_cells",
    "access/test_forms",
    "access/test_another_department.py",
    "access/test_closed_doors.py",
    "access/test_guests_doors.py",
    "access/test_deputies.py",
    "scanning/test_archive_material.py",
    "scanning/test_material.py",
    "demo",
    "journal/test_many_writers.py",
    "browser/test_everyone.py",
    "viewer/test_everyone.py",
    "login/test_browser.py",
    "scanning",
    "access",
    "capture",
    "browser",
    "viewer",
    "deadlines/test_killed.py",
    "mailitem/test_many_killed.py",
    "benchmarks",
    "instance",
    "desk",
    "login",
    "scans",
)
"""Folders and files, dearest first: a file begun late keeps one of two cores waiting.

Each process takes the next file when it is through with one. What is not named here
takes a few seconds a file and comes last.
"""


def pytest_collection_modifyitems(items):
    """Begin with what takes longest; the order within a file stays."""
    here = Path(__file__).parent

    def place(item):
        file = item.path.relative_to(here).as_posix()
        return next(
            (n for n, name in enumerate(LONGEST_FIRST) if file.startswith(name)),
            len(LONGEST_FIRST),
        )

    items.sort(key=place)


BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
"""Debian's Chromium. The one without windows opens a page for a third of the work."""

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""A browser that talks to nobody but the server under test."""


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests, since Playwright allows no second."""
    path = next(each for each in BROWSERS if Path(each).exists())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        # Patience for a busy machine; what is right is seen at once anyway.
        expect.set_options(timeout=30_000)
        yield browser
        browser.close()


@pytest.fixture
def material():
    """The folder of real inputs beside the checkout; without it the test is skipped."""
    folder = Path(__file__).parents[2] / "shared" / "material"
    if not folder.is_dir():
        pytest.skip("the real inputs are not beside the checkout")
    return folder
