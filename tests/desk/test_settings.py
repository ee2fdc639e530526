"""What the office decided is set by the administrator on pages of the control panel."""

from eakte.deadlines.settings import IDeadlineSettings
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import IJournalSettings
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from plone.registry.interfaces import IRegistry
from zope.component import getUtility

import pytest
import transaction


PAGES = ("@@eakte-deadline-settings", "@@eakte-journal-settings")


@pytest.fixture
def setting(site):
    """Return ``setting(schema)``: the settings as they are stored now."""

    def setting(schema):
        transaction.begin()
        return getUtility(IRegistry).forInterface(schema)

    return setting


def save(page, **fields):
    """Fill in the form and press its button to save."""
    form = page.root.cssselect("form.rowlikesubmit, #content-core form")[0]
    values = dict(form.form_values())
    for name, value in fields.items():
        if value is None:
            values.pop(f"form.widgets.{name}:list")
        else:
            values[f"form.widgets.{name}"] = value
    values["form.buttons.save"] = "Save"
    return page.visitor.send(form.get("action"), values)


def test_the_daily_mail_is_turned_off_and_its_hour_set(as_person, setting):
    page = as_person("admin").open("@@eakte-deadline-settings")
    page = save(page, digest=None, digest_hour="9")

    assert "Changes saved." in page.messages
    settings = setting(IDeadlineSettings)
    assert (settings.digest, settings.digest_hour) == (False, 9)
    assert settings.kinds == IDeadlineSettings["kinds"].default


def test_an_hour_that_there_is_not_is_refused(as_person, setting):
    page = as_person("admin").open("@@eakte-deadline-settings")
    save(page, digest_hour="24")

    assert setting(IDeadlineSettings).digest_hour == 6


def test_how_long_reading_is_remembered_is_set_and_noted_with_before_and_after(
    as_person, setting
):
    page = as_person("admin").open("@@eakte-journal-settings")
    save(page, reading_days="90")

    assert setting(IJournalSettings).reading_days == 90
    entries = getUtility(IJournal).find(Query(kinds=(Kind.CONFIGURED,))).entries
    noted = [entry.details["fields"] for entry in entries if "fields" in entry.details]
    assert noted == [{"reading_days": [365, 90]}]
    assert entries[0].who == "admin"


@pytest.mark.parametrize("page", PAGES)
def test_only_the_administrator_comes_here(as_person, page):
    for person in ("anna", "tom", "hanna", "dora"):
        assert as_person(person).open(page).root.cssselect("[name*=widgets]") == []


@pytest.mark.parametrize("page", PAGES)
def test_the_overview_leads_to_the_page(as_person, page):
    overview = as_person("admin").open("@@overview-controlpanel")
    assert overview.root.cssselect(f"a[href$='/{page}']")
