"""Fixtures every folder of tests may use: real servers, started once for a session."""

from pathlib import Path

SERVERS = ("postgres_server", "smtp_server", "prefect_server", "ledger")
pytest_plugins = [f"tests.{name}" for name in SERVERS if (Path(__file__).parent / f"{name}.py").exists()]
