"""The one place where adapters are chosen: which ledger, which facts, which code a run stands on."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import sqlalchemy as sa

from flows.company import Company

_CORE = ("transforms", "expectations")


def ledger(company: Company) -> sa.Engine:
    """The company's ledger, its tables as this program needs them.

    Raises:
        StorageError: it cannot be reached or is newer than the program.
    """
    from flows.warehouse.engine import open_ledger
    from flows.warehouse.ledger_upgrade import upgrade

    engine = open_ledger(company.ledger_url)
    upgrade(engine)
    return engine


@lru_cache(maxsize=1)
def code_version() -> str:
    """Version of the program and a hash of all that decides a number: every source file of the core."""
    root, told = Path(__file__).resolve().parents[1], hashlib.sha256()
    for path in sorted(p for part in _CORE for p in (root / part).rglob("*") if p.suffix in {".py", ".sql"}):
        told.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return f"{version('jixiao')}+{told.hexdigest()[:12]}"
