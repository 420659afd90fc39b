"""What a gate found, kept beside the snapshots: `data/findings/PERIOD/` holds JSON, quarantined rows, and a page."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from flows.company import Company
from flows.warehouse.snapshot_disk import replaced
from transforms.errors import NotFoundError
from transforms.findings import Finding
from transforms.period import Period

if TYPE_CHECKING:
    from expectations.gate import GateReport

_COLUMNS = ("table_name", "key", "file", "row", "check", "reason")


def folder(company: Company, period: Period) -> Path:
    """Where a period's findings lie."""
    return company.findings / period.key


def page(company: Company, period: Period) -> Path:
    """The findings page."""
    return folder(company, period) / "findings.html"


def keep(company: Company, period: Period, report: "GateReport") -> None:
    """Write findings, quarantined rows and the page; each file appears whole or not at all."""
    from expectations.page import render_findings

    into = folder(company, period)
    into.mkdir(parents=True, exist_ok=True)
    locale = company.settings.documents.locale
    html = render_findings(
        report.findings, report.quarantine,
        company=company.settings.name.in_locale(locale), period=period.key, locale=locale,
    )  # fmt: skip
    rows = report.quarantine.loc[:, list(_COLUMNS)].to_dict("records")
    _write(into / "findings.json", [finding.model_dump(mode="json") for finding in report.findings])
    _write(into / "quarantine.json", rows)
    _replace(page(company, period), html)


def findings(company: Company, period: Period) -> tuple[Finding, ...]:
    """The findings of the period's last gate.

    Raises:
        NotFoundError: the period was never run.
    """
    return tuple(Finding.model_validate(each) for each in _read(company, period, "findings.json"))


def quarantined(company: Company, period: Period) -> pd.DataFrame:
    """The rows the period's last gate kept out: table_name, key, file, row, check, reason."""
    return pd.DataFrame(_read(company, period, "quarantine.json"), columns=list(_COLUMNS)).astype({"row": "int64"})


def _read(company: Company, period: Period, name: str) -> list[dict[str, object]]:
    path = folder(company, period) / name
    if not path.exists():
        raise NotFoundError(f"period {period.key} has no findings: it was never run", todo=f"jixiao run {period.key}")
    return list(json.loads(path.read_text("utf-8")))


def _write(path: Path, rows: object) -> None:
    _replace(path, json.dumps(rows, ensure_ascii=False, indent=1, default=str))


def _replace(path: Path, text: str) -> None:
    with replaced(path) as whole:
        whole.write_text(text, "utf-8")
