"""The command that verifies the journal, see instance/verify-journal.py."""

from eakte.journal.anchoring import anchor
from eakte.journal.interfaces import Kind
from pathlib import Path

import pytest
import runpy
import sys
import transaction


COMMAND = Path(__file__).parents[2] / "instance" / "verify-journal.py"


class App:
    """What the command asks of the application."""

    def __init__(self, site):
        self.site = site

    def objectValues(self, meta_type):
        assert meta_type == "Plone Site"
        return [self.site]


@pytest.fixture
def run(bare_site, capsys, monkeypatch):
    """Return ``run(*arguments)``: what the command prints, and its exit code."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["zconsole", "run", "zope.conf", *arguments])
        code = 0
        try:
            runpy.run_path(str(COMMAND), {"app": App(bare_site)})
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) or not end.code else 1
        return capsys.readouterr().out, code or 0

    return run


def test_the_command_says_that_all_is_right_and_what_to_note_on_paper(run, note, store):
    for _ in range(20):
        note(Kind.CHANGED)
    anchor(store, store.lanes())
    transaction.commit()
    out, code = run()

    assert code == 0
    assert "20 entries of 1 writers were verified." in out
    paper = out.split("The last anchor is ")[1].split()[0]
    assert run(paper)[1] == 0

    number, _, link = paper.partition(":")
    wrong = f"{number}:{'0' if link[0] != '0' else '1'}{link[1:]}"
    out, code = run(wrong)
    assert code == 1
    assert "office 1" in out


def test_the_command_names_the_damaged_entry_and_fails(run, note, store):
    for number in range(5):
        note(Kind.CHANGED, title=f"Titel {number}")
    lane = store.lane("a")
    lane.tail = tuple(each.replace(b"Titel 2", b"Titel 7") for each in lane.tail)
    out, code = run()

    assert code == 1
    assert out.startswith("a 3: ")
    assert "Titel 7" in out


def test_a_journal_without_entries_is_right(run, bare_site):
    out, code = run()

    assert code == 0
    assert "0 entries" in out or "no entry" in out
