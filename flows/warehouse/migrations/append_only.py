"""Triggers that refuse to change or remove a row of the ledger, whoever asks.

SQLite: `INSERT OR REPLACE` removes rows without firing the delete triggers, so an insert that would meet an existing
key is refused as well. PostgreSQL: TRUNCATE has a trigger of its own.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

_FUNCTION = """
CREATE OR REPLACE FUNCTION jixiao_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger rows are never changed: %', TG_TABLE_NAME
  USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def protect(con: sa.Connection, table: str, keys: Iterable[Sequence[str]]) -> None:
    """Make a table append-only; `keys` are its primary and unique keys."""
    statements = _postgresql(table) if con.dialect.name == "postgresql" else _sqlite(table, keys)
    for statement in statements:
        con.exec_driver_sql(statement)


def _postgresql(table: str) -> list[str]:
    run = "EXECUTE FUNCTION jixiao_append_only()"
    return [
        _FUNCTION.replace("%", "%%"),
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {run}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} {run}",
    ]


def _sqlite(table: str, keys: Iterable[Sequence[str]]) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, 'ledger rows are never changed: {table}')"
    statements = [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN {refuse}; END"
        for verb in ("UPDATE", "DELETE")
    ]
    for number, key in enumerate(keys):
        same = " AND ".join(f'"{column}" = NEW."{column}"' for column in key)
        statements.append(
            f"CREATE TRIGGER {table}_no_replace_{number} BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN {refuse}; END"
        )
    return statements
