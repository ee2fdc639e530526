"""Ten thousand entries by eight processes at once."""

from contextlib import closing
from eakte.journal.indexing import index_some
from eakte.journal.lanes import make_store
from eakte.journal.lanes import store_of
from eakte.journal.verifying import verify
from pathlib import Path
from tests.jobs.bare import prepare_components
from tests.jobs.bare import put_up_site
from tests.journal.test_command import App
from tests.journal.test_command import COMMAND

import logging
import os
import pytest
import runpy
import subprocess
import sys
import transaction
import ZEO
import ZODB


WRITERS = 8
EACH = 1250
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The database's file; the writers' conflicts; when they began and ended."""
    folder = tmp_path_factory.mktemp("journal")
    data = folder / "Data.fs"
    prepare_components()
    with closing(ZODB.DB(str(data))) as db:
        put_up_site(db)
        connection = db.open()
        make_store(connection.root()["Application"].site)
        transaction.commit()
        connection.close()
    # It tells of each commit that another one waits for it.
    waiting = logging.getLogger("ZEO.StorageServer")
    level = waiting.level
    waiting.setLevel(logging.ERROR)
    address, stop = ZEO.server(str(data), port=0)
    try:
        port = address[1] if isinstance(address, tuple) else address
        environ = {**os.environ, "EAKTE_VAR": str(folder / "var")}
        command = [sys.executable, "-m", "tests.journal.writing", str(port)]
        processes = [
            subprocess.Popen(
                [*command, f"writer{n}", str(EACH)],
                cwd=ROOT,
                env=environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for n in range(WRITERS)
        ]
        for each in processes:
            assert each.stdout.readline() == "ready\n"
        for each in processes:
            each.stdin.write("go\n")
            each.stdin.flush()
        said = [each.communicate(timeout=300)[0].split() for each in processes]
    finally:
        stop()
        waiting.setLevel(level)
    conflicts, begun, ended = zip(*said, strict=True)
    return data, conflicts, list(zip(map(float, begun), map(float, ended), strict=True))


@pytest.fixture
def site(written):
    with closing(ZODB.DB(str(written[0]))) as db, closing(db.open()) as connection:
        yield connection.root()["Application"].site
        transaction.abort()


def test_no_writer_had_to_repeat_anything(written):
    assert written[1] == ("0",) * WRITERS


def test_all_of_them_wrote_at_once(written):
    """There was a moment at which each had begun and none was done."""
    begun, ended = zip(*written[2], strict=True)
    assert len(begun) == WRITERS
    assert max(begun) < min(ended)


def test_no_entry_is_lost_and_the_chains_are_right(site):
    store = store_of(site)
    said = [
        lane.entry(number).title
        for lane in store.lanes()
        for number in range(1, lane.count + 1)
    ]
    assert sorted(said) == sorted(
        f"writer{n}-{count}" for n in range(WRITERS) for count in range(EACH)
    )
    verdict = verify(store)
    assert verdict.is_right
    assert verdict.entries == WRITERS * EACH


def test_one_byte_changed_in_the_database_names_the_entry(written, capsys, monkeypatch):
    """Comes last in this file: it damages the database."""
    monkeypatch.setattr(sys, "argv", ["zconsole", "run", "zope.conf"])
    data = written[0]
    with closing(ZODB.DB(str(data))) as db, closing(db.open()) as connection:
        site = connection.root()["Application"].site
        while index_some(site):
            transaction.commit()
        store = store_of(site)
        meant = [
            (lane.name, number)
            for lane in store.lanes()
            for number in range(1, lane.count + 1)
            if lane.entry(number).title == "writer5-711"
        ]
        transaction.abort()
        connection.cacheMinimize()
        db.pack()
    raw = data.read_bytes()
    assert raw.count(b'"writer5-711"') == 1
    data.write_bytes(raw.replace(b'"writer5-711"', b'"writer5-712"'))

    with closing(ZODB.DB(str(data))) as db, closing(db.open()) as connection:
        site = connection.root()["Application"].site
        verdict = verify(store_of(site))
        assert [(each.lane, each.number) for each in verdict.damages] == meant
        with pytest.raises(SystemExit, match="1 damages were found"):
            runpy.run_path(str(COMMAND), {"app": App(site)})
        transaction.abort()
    said = capsys.readouterr().out.splitlines()
    ((lane, number),) = meant
    assert said[0].startswith(f"{lane} {number}: ")
    assert "writer5-712" in said[0]
    assert said[1] == f"{WRITERS * EACH} entries of {WRITERS} writers were verified."
