"""The command as the office runs it, on a database on disk in which a byte was changed."""

from ..builders import a_case_file
from ..builders import as_system
from eakte.journal.indexing import index_some
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.lanes import SEGMENT
from eakte.journal.lanes import store_of
from eakte.journal.verifying import verify
from pathlib import Path
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage
from zope.component import getUtility

import os
import pytest
import subprocess
import sys
import transaction


ROOT = Path(__file__).parents[2]

MEANT = SEGMENT + 5
"""Which of the entries somebody changes; neither the first nor one of the last."""


@pytest.fixture
def written(functional_portal, tmp_path):
    """The database on disk, and lane and number of the entry that is meant."""
    site = functional_portal
    case_file = a_case_file(team="a1", title="Duldung")
    with as_system():
        meant = None
        for number in range(3 * SEGMENT):
            case_file.title = f"Duldung-{number}"
            place = getUtility(IJournal).append(Kind.CHANGED, case_file)
            meant = place if number == MEANT else meant
    transaction.commit()
    while index_some(site):
        transaction.commit()
    export, blobs = tmp_path / "export", tmp_path / "blobstorage"
    connection = site._p_jar
    with export.open("wb") as file:
        connection.exportFile(connection.root()["Application"]._p_oid, file)
    data = tmp_path / "filestorage" / "Data.fs"
    data.parent.mkdir()
    database = DB(FileStorage(str(data), blob_dir=str(blobs)))
    copy = database.open(transaction.TransactionManager())
    with export.open("rb") as file:
        copy.root()["Application"] = copy.importFile(file)
    copy.transaction_manager.commit()
    # What is found afterwards was not there before.
    assert verify(store_of(copy.root()["Application"].plone)).is_right
    copy.close()
    database.close()
    return data, meant


@pytest.fixture
def command(written, tmp_path):
    """Return ``command()``: what ``bin/instance run …`` ends with, on that database."""
    for folder in ("cache", "instance"):
        (tmp_path / folder).mkdir()
    said = (ROOT / "parts" / "instance" / "etc" / "zope.conf").read_text("utf-8")
    conf = tmp_path / "zope.conf"
    conf.write_text(said.replace(str(ROOT / "var"), str(tmp_path)), "utf-8")
    instance = tmp_path / "bin" / "instance"
    instance.parent.mkdir()
    script = (ROOT / "bin" / "instance").read_text("utf-8")
    known = str(ROOT / "parts" / "instance" / "etc" / "zope.conf")
    assert known in script
    instance.write_text(script.replace(known, str(conf)), "utf-8")

    def command():
        return subprocess.run(
            [sys.executable, instance, "run", ROOT / "instance" / "verify-journal.py"],
            cwd=tmp_path,
            env={**os.environ, "EAKTE_VAR": str(tmp_path)},
            capture_output=True,
            check=False,
            text=True,
            timeout=300,
        )

    return command


def test_one_byte_changed_in_the_database_on_disk_is_found_by_the_command(
    written, command
):
    data, (lane, number) = written
    stored = data.read_bytes()
    said = f'"title":"Duldung-{MEANT}"'.encode()
    assert stored.count(said) == 1
    at = stored.index(said) + said.index(b"D")
    with data.open("r+b") as file:
        file.seek(at)
        file.write(b"d")
    changed = data.read_bytes()
    assert len(changed) == len(stored)
    assert [n for n in range(at - 99, at + 99) if changed[n] != stored[n]] == [at]

    after = command()
    assert after.returncode == 1
    (named,) = [line for line in after.stdout.splitlines() if "was changed" in line]
    assert named.startswith(f"{lane} {number}: ")
    assert f"duldung-{MEANT}" in named
    assert "1 damages were found" in after.stderr
