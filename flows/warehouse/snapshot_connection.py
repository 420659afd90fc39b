"""DuckDB connections of a company: bounded memory, no extension from outside, spilling inside the company folder."""

import duckdb

from flows.company import Company


def connect(company: Company) -> duckdb.DuckDBPyConnection:
    """An empty in-memory database with the company's limits of threads and memory."""
    limits = company.settings.facts
    temporary = company.data / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": f"{limits.memory_mb}MB",
        "temp_directory": str(temporary / "duckdb"),
        "preserve_insertion_order": True,
    }
    if limits.threads:
        config["threads"] = limits.threads
    con = duckdb.connect(config=config)
    con.execute("set TimeZone = 'UTC'")
    con.execute("set enable_progress_bar = false")  # ours are shown instead
    return con
