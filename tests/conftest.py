"""Fixtures every folder of tests may use: real servers and a closed company, made once for a session."""

from pathlib import Path

from hypothesis import settings

SERVERS = ("postgres_server", "smtp_server", "prefect_server", "ledger", "month_end_company", "procedure_kit")
pytest_plugins = [f"tests.{name}" for name in SERVERS if (Path(__file__).parent / f"{name}.py").exists()]

# How long an example takes depends on what else the machine does; speed is measured by benchmarks.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
