"""Fixtures every folder of tests may use: real servers and a closed company, made once for a session."""

from pathlib import Path

SERVERS = ("postgres_server", "smtp_server", "prefect_server", "ledger", "month_end_company", "procedure_kit")
pytest_plugins = [f"tests.{name}" for name in SERVERS if (Path(__file__).parent / f"{name}.py").exists()]
