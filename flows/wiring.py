"""The one place where adapters are chosen: which ledger, which facts, which code a run stands on."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import sqlalchemy as sa

from flows.company import Company

# What decides a number or how it is shown: when any of it changes, a revision is another revision.
_DECIDING = ("transforms", "expectations", "flows/rendering", "flows/workbooks", "report_templates")
_SUFFIXES = frozenset({".py", ".sql", ".j2", ".css", ".po", ".ttf"})


def ledger(company: Company) -> sa.Engine:
    """The company's ledger, its tables as this program needs them.

    Raises:
        StorageError: it cannot be reached or is newer than the program.
    """
    from flows.warehouse.ledger_upgrade import upgrade

    engine = _engine(company.ledger_url)
    upgrade(engine)
    return engine


@lru_cache(maxsize=8)
def _engine(url: str) -> sa.Engine:
    from flows.warehouse.engine import open_ledger

    return open_ledger(url)


@lru_cache(maxsize=1)
def code_version() -> str:
    """Version of the program and a hash of every file that decides a number or how it is shown."""
    root, told = Path(__file__).resolve().parents[1], hashlib.sha256()
    for path in sorted(p for part in _DECIDING for p in (root / part).rglob("*") if p.suffix in _SUFFIXES):
        told.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return f"{version('jixiao')}+{told.hexdigest()[:12]}"
