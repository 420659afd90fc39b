"""The ledger under failure: two writers, a full disk, a server that is away, a killed writer."""

import signal
import subprocess
import sys

import pytest
from sqlalchemy import event

from flows.warehouse.engine import open_ledger
from flows.warehouse.ledger import record
from flows.warehouse.ledger_queries import history, latest, load_results, verify_chain
from flows.warehouse.ledger_upgrade import upgrade
from tests.ledger import results, revision_input
from transforms.errors import StorageError

WRITER = """
import sys
from flows.warehouse.engine import open_ledger
from flows.warehouse.ledger import record
from tests.ledger import revision_input
engine = open_ledger(sys.argv[1])
for n in range(8):
    record(engine, revision_input(f"{sys.argv[2]}-{n}" if len(sys.argv) > 2 else f"same-{n}"))
"""
KILLED = """
import os, sys, signal
import sqlalchemy as sa
from flows.warehouse.engine import open_ledger
from flows.warehouse.ledger import record
from tests.ledger import revision_input
engine = open_ledger(sys.argv[1])
@sa.event.listens_for(engine, "after_cursor_execute")
def die(con, cursor, statement, *more):
    if statement.startswith("INSERT INTO metric_values"):
        os.kill(os.getpid(), signal.SIGKILL)
record(engine, revision_input("killed"))
"""


def writers(*arguments):
    command = [sys.executable, "-c", WRITER]
    started = [subprocess.Popen([*command, *words], stderr=subprocess.PIPE) for words in arguments]
    return [process.communicate(timeout=90)[1].decode() for process in started]


def test_two_processes_record_without_losing_or_forking(ledger, ledger_url):
    assert writers((ledger_url, "a"), (ledger_url, "b")) == ["", ""]
    revisions = history(ledger, "2026-10")
    assert [revision.number for revision in revisions] == list(range(1, 17))
    assert len({revision.snapshot_id for revision in revisions}) == 16
    assert verify_chain(ledger) == []


def test_a_writer_killed_halfway_leaves_nothing(ledger, ledger_url):
    record(ledger, revision_input())
    killed = subprocess.run([sys.executable, "-c", KILLED, ledger_url], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert latest(ledger, "2026-10").number == 1
    assert verify_chain(ledger) == []
    assert record(ledger, revision_input("killed")).number == 2


def test_a_full_disk_leaves_the_ledger_as_it_was(sqlite_ledger):
    record(sqlite_ledger, revision_input())
    people = tuple(
        results().people[0].model_copy(update={"employee_id": f"E{n}", "name": "长" * 2000}) for n in range(500)
    )
    large = revision_input("s2", results=results(people, ()))
    # SQLite itself answers SQLITE_FULL when a file would grow past its page limit: the same path as a full disk.
    with sqlite_ledger.connect() as con:
        pages = con.exec_driver_sql("PRAGMA page_count").scalar()
    limit = lambda connection, _: connection.execute(f"PRAGMA max_page_count={pages + 20}")  # noqa: E731
    sqlite_ledger.dispose()
    event.listen(sqlite_ledger, "connect", limit)
    with pytest.raises(StorageError, match=r"disk is full.*free some disk space") as refused:
        record(sqlite_ledger, large)
    assert refused.value.exit_code == 7
    assert "长" not in str(refused.value)
    assert load_results(sqlite_ledger, 1) == results()
    assert len(history(sqlite_ledger, "2026-10")) == 1


def test_a_server_that_is_away_is_said_to_be_away():
    engine = open_ledger("postgresql://someone:secret@127.0.0.1:1/ledger")
    with pytest.raises(StorageError, match="the ledger refused") as refused:
        upgrade(engine)
    assert "secret" not in str(refused.value)
    assert "check that it is running" in str(refused.value)


def test_tables_that_are_missing_are_said_to_be_missing(ledger_url):
    with pytest.raises(StorageError, match="tables are missing or old"):
        latest(open_ledger(ledger_url), "2026-10")


def test_a_file_that_is_no_ledger_is_refused(tmp_path):
    file = tmp_path / "ledger.sqlite"
    file.write_text("this is not a database, whatever its name says" * 100)
    with pytest.raises(StorageError, match=r"not a database.*restore it"):
        upgrade(open_ledger(f"sqlite:///{file}"))


@pytest.mark.parametrize("url", ["not a url", "mysql://localhost/ledger", "oracle://x"])
def test_an_address_that_is_no_ledger_is_refused(url):
    with pytest.raises(StorageError, match="write sqlite:"):
        open_ledger(url)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="folder cannot be made"):
        open_ledger(f"sqlite:///{tmp_path / 'file' / 'ledger.sqlite'}")
