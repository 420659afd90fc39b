"""Tables and migrations say the same, and an up-to-date ledger costs nothing to open."""

import subprocess
import sys

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from flows.warehouse import ledger_tables as t
from flows.warehouse import outbox
from flows.warehouse.engine import open_ledger, writing
from flows.warehouse.ledger import record
from flows.warehouse.ledger_periods import set_status
from flows.warehouse.ledger_tables import metadata
from flows.warehouse.ledger_upgrade import configuration, upgrade, version
from flows.warehouse.migrations import HEAD
from tests.ledger import NOON, letter, mail, revision_input
from transforms.errors import StorageError

OPEN = """
import sys
from flows.warehouse.engine import open_ledger
from flows.warehouse.ledger_upgrade import upgrade
upgrade(open_ledger(sys.argv[1]))
sys.exit("alembic" in sys.modules)
"""


def test_migrations_make_the_tables_the_program_uses(ledger):
    with ledger.connect() as con:
        assert compare_metadata(MigrationContext.configure(con), metadata) == []
        assert ScriptDirectory.from_config(configuration(con)).get_current_head() == HEAD


def test_an_up_to_date_ledger_is_opened_without_alembic(ledger, ledger_url):
    assert version(ledger) == HEAD
    assert subprocess.run([sys.executable, "-c", OPEN, ledger_url], check=False).returncode == 0


def test_upgrading_again_keeps_everything(ledger):
    made = record(ledger, revision_input())
    upgrade(ledger)
    assert record(ledger, revision_input()).id == made.id


def test_several_programs_may_start_on_an_empty_ledger(ledger_url):
    started = [subprocess.Popen([sys.executable, "-c", OPEN, ledger_url], stderr=subprocess.PIPE) for _ in range(3)]
    errors = [process.communicate(timeout=60)[1] for process in started]
    assert errors == [b"", b"", b""]
    assert version(open_ledger(ledger_url)) == HEAD


def test_a_ledger_of_a_newer_program_is_refused(ledger):
    with ledger.begin() as con:
        con.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match=r"newer program.*install the newer"):
        upgrade(ledger)


def test_sqlite_keeps_its_promises_on_every_connection(sqlite_ledger):
    with sqlite_ledger.connect() as con:
        kept = {
            name: con.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    assert kept == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}


@pytest.fixture
def first_version(ledger_url, tmp_path):
    """A ledger as migration 0001 left it: a revision, its period's status, a message that was sent and one that waits.

    The rows come from a ledger of today, so that each says what a real one says.
    """
    engine = open_ledger(ledger_url)
    with writing(engine) as con:
        command.upgrade(configuration(con), "0001")
    rows = _of_today(tmp_path / "today.sqlite")
    with writing(engine) as con:
        for table in metadata.sorted_tables:
            if rows.get(table.name):
                con.execute(sa.insert(table), rows[table.name])
    yield engine, rows
    engine.dispose()


def _of_today(path):
    today = open_ledger(f"sqlite:///{path}")
    upgrade(today)
    made = record(today, revision_input())
    set_status(today, "2026-10", "provisional", made.id, NOON, by="jixiao")
    mail(today, made.id)
    waiting = letter(2, recipient_id="E2")
    outbox.queue(today, made.id, "2026-10", [waiting], NOON, "held")
    sent = outbox.get(today, letter(1).message_id)
    for state in ("claimed", "sending", "sent"):
        sent = outbox.advance(today, sent, state, NOON, by="test")
    return contents(today)


def contents(engine):
    with engine.connect() as con:
        looked = sa.inspect(con)
        there = {name: {column["name"] for column in looked.get_columns(name)} for name in looked.get_table_names()}
        return {
            table.name: [
                dict(row)
                for row in con.execute(sa.select(*(c for c in table.c if c.name in there[table.name]))).mappings()
            ]
            for table in metadata.sorted_tables
            if table.name in there
        }


def test_a_ledger_of_the_first_version_keeps_every_row(first_version):
    engine, rows = first_version
    assert version(engine) == "0001"
    assert "journal" not in contents(engine)
    upgrade(engine)
    assert version(engine) == HEAD
    assert contents(engine) == rows | {"journal": []}
    assert {name: len(rows[name]) for name in ("outbox", "outbox_events", "period_events")} == {
        "outbox": 2, "outbox_events": 5, "period_events": 1,
    }  # fmt: skip


@pytest.mark.parametrize("table", ["outbox", "outbox_events", "revisions", "period_events", "journal"])
def test_after_the_migration_rows_still_cannot_be_changed(first_version, table):
    engine, _ = first_version
    upgrade(engine)
    if table == "journal":
        journal_entry(engine)
    column = next(iter(metadata.tables[table].columns)).name
    for statement in (f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="never changed"), engine.begin() as con:
            con.exec_driver_sql(statement)


def journal_entry(engine):
    said = dict.fromkeys(("period", "kind", "key", "body", "at", "by", "previous_hash", "hash"), "x")
    with engine.begin() as con:
        con.execute(sa.insert(t.journal), {"id": 1, **said})


def test_after_the_migration_rows_still_belong_together(first_version):
    engine, _ = first_version
    upgrade(engine)
    event = {"message_id": "<nobody@example.com>", "sequence": 1, "state": "queued", "at": "x", "by": "x",
             "until": None, "attempt": 0, "detail": ""}  # fmt: skip
    message = {"message_id": "<new@example.com>", "period": "2026-10", "revision_id": 99, "recipient_id": "E3",
               "kind": "own", "department_id": "", "part": 1, "body": "{}", "queued_at": "x"}  # fmt: skip
    for table, row in ((t.outbox_events, event), (t.outbox, message)):
        with pytest.raises(DBAPIError, match=r"(?i)foreign key"), engine.begin() as con:
            con.execute(sa.insert(table), row)
    with engine.begin() as con:  # but a letter may belong to no revision now
        con.execute(sa.insert(t.outbox), message | {"revision_id": None})
    leftovers = {name for name in sa.inspect(engine).get_table_names() if name.startswith("old_")}
    assert leftovers == set()
