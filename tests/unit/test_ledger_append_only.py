"""Nothing in the ledger can be changed or removed, not even by raw SQL; what gets round that is seen."""

import sqlite3

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from flows.closing.entries import WAIVER, Waiver
from flows.warehouse.journal import Draft, append
from flows.warehouse.ledger import record
from flows.warehouse.ledger_documents import record_documents
from flows.warehouse.ledger_periods import set_status
from flows.warehouse.ledger_queries import verify_chain
from flows.warehouse.ledger_tables import ALL, metadata
from tests.ledger import NOON, document, mail, revision_input

TABLES = [table.name for table in ALL]


@pytest.fixture
def full(ledger):
    """A ledger with a row in every table."""
    made = record(ledger, revision_input())
    record_documents(ledger, made.id, [document()], NOON)
    set_status(ledger, "2026-10", "final", made.id, NOON, by="test")
    mail(ledger, made.id)
    said = Waiver(item="sheets", revision_id=made.id, covers=("E1",), reason="the rater is on leave")
    append(ledger, [Draft("2026-10", WAIVER, "sheets", said, "E1")], NOON)
    return ledger


def attack(engine, statement):
    with engine.connect() as con, con.begin():
        con.exec_driver_sql(statement)


def contents(engine):
    with engine.connect() as con:
        return {table.name: con.execute(sa.select(table)).all() for table in ALL}


def test_every_table_has_a_row_to_attack(full):
    assert all(contents(full).values())


@pytest.mark.parametrize("table", TABLES)
def test_rows_cannot_be_changed_or_removed(full, table):
    before = contents(full)
    column = next(iter(metadata.tables[table].columns)).name
    for statement in (f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="never changed"):
            attack(full, statement)
    assert contents(full) == before


@pytest.mark.parametrize("table", TABLES)
def test_rows_cannot_be_replaced_or_truncated(full, table):
    before = contents(full)
    if full.dialect.name == "sqlite":
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    else:
        statement = f"TRUNCATE {table} CASCADE"
    with pytest.raises(DBAPIError, match="never changed"):
        attack(full, statement)
    assert contents(full) == before


@pytest.mark.parametrize(("tampering", "seen"), [
    ("UPDATE person_results SET body = replace(body, '87.35', '97.35')", "the results of revision 1 were changed"),
    ("UPDATE metric_values SET value = '1'", "the results of revision 1 were changed"),
    ("DELETE FROM findings", "the results of revision 1 were changed"),
    ("UPDATE revisions SET provisional = 1 WHERE id = 2", "revision 2 was changed"),
    ("UPDATE revisions SET hash = 'x' WHERE id = 1", "revision 2 does not follow"),
    ("UPDATE scheme_versions SET text = 'scheme: better'", "scheme cs_monthly from 2026-01-01 was changed"),
    ("UPDATE settings SET body = '{}'", "settings"),
    ("DELETE FROM scheme_versions", "lacks 1 of its scheme versions"),
    ("DELETE FROM revisions WHERE id = 1", "revision 1 is missing"),
])  # fmt: skip
def test_tampering_past_the_triggers_breaks_the_chain(sqlite_ledger, tampering, seen):
    for snapshot in ("s1", "s2"):
        record(sqlite_ledger, revision_input(snapshot))
    assert verify_chain(sqlite_ledger) == []
    file = sqlite3.connect(sqlite_ledger.url.database, isolation_level=None)
    for (trigger,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f"DROP TRIGGER {trigger}")
    file.execute(tampering)
    file.close()
    assert any(seen in problem for problem in verify_chain(sqlite_ledger))
