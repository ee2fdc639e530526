from ..builders import a_mail_item
from ..builders import as_system
from ..builders import put_in_state
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.mailitem.states import State
from eakte.search.searching import search
from eakte.search.snippets import snippet
from fpdf import FPDF
from plone import api
from plone.namedfile.file import NamedBlobFile

import pytest
import transaction


PAGES = (
    "Landratsamt. Betreff: Aufenthaltserlaubnis",
    "Hiermit wird die Duldung der Frau Müller um sechs Monate verlängert.",
)


@pytest.fixture
def letter(functional_portal):
    pdf = FPDF()
    pdf.set_font("helvetica", size=14)
    for text in PAGES:
        pdf.add_page()
        pdf.multi_cell(0, 10, text)
    file = NamedBlobFile(bytes(pdf.output()), "application/pdf", "scan.pdf")
    with as_system():
        letter = a_mail_item(State.ROUTED, team="a1", scan=file)
    transaction.commit()
    run_pending(functional_portal._p_jar.db(), work_folder())
    transaction.begin()
    return letter


def as_anna():
    return api.env.adopt_user(username="anna")


def test_a_hit_is_shown_with_its_page_and_its_line(letter):
    with as_anna():
        (brain,) = search("duldung mueller")
        found = snippet(brain.getObject(), "duldung mueller")
    assert found.page == 2
    assert [text for text, is_hit in found.parts if is_hit] == ["Duldung", "Müller"]
    assert "".join(text for text, _ in found.parts) in PAGES[1]


def test_a_hit_in_the_fields_has_no_line(letter):
    with as_anna():
        assert snippet(letter, "Antrag") is None
        assert snippet(letter, '"*') is None


def test_who_may_not_read_the_scan_is_shown_no_line(letter):
    with api.env.adopt_user(username="bert"):
        assert snippet(letter, "Duldung") is None
    put_in_state(letter, "mail_item_workflow", State.BLOCKED)
    with as_anna():
        assert snippet(letter, "Duldung") is None
