"""DuckDB connections of a company: bounded memory, no extension from outside, spilling inside the company folder."""

import os
import shutil
from itertools import count
from pathlib import Path

import duckdb

from flows.company import Company

_SPILL = "duckdb-"
_numbers = count()


def connect(company: Company) -> duckdb.DuckDBPyConnection:
    """An empty in-memory database with the company's limits of threads and memory.

    Every connection spills into a folder of its own: DuckDB's spill files have fixed names, and two processes in one
    folder would overwrite each other. DuckDB makes the folder when it needs it and removes it when closed.
    """
    limits = company.settings.facts
    temporary = company.data / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    _remove_stale(temporary)
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": f"{limits.memory_mb}MB",
        "temp_directory": str(temporary / f"{_SPILL}{os.getpid()}-{next(_numbers)}"),
        "preserve_insertion_order": True,
    }
    if limits.threads:
        config["threads"] = limits.threads
    con = duckdb.connect(config=config)
    con.execute("set TimeZone = 'UTC'")
    return con


def _remove_stale(temporary: Path) -> None:
    """Remove what killed processes spilled."""
    for folder in temporary.glob(f"{_SPILL}*"):
        process = folder.name.removeprefix(_SPILL).split("-")[0]
        if process.isdigit() and not Path(f"/proc/{process}").exists():
            shutil.rmtree(folder, ignore_errors=True)
