"""Tables and migrations say the same, and an up-to-date ledger costs nothing to open."""

import subprocess
import sys

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from flows.warehouse.engine import open_ledger
from flows.warehouse.ledger import record
from flows.warehouse.ledger_tables import metadata
from flows.warehouse.ledger_upgrade import configuration, upgrade, version
from flows.warehouse.migrations import HEAD
from tests.ledger import revision_input
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
