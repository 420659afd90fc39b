"""What a gate found, kept beside the snapshots: `data/findings/PERIOD/` holds JSON, quarantined rows, and a page."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from flows.company import Company
from flows.warehouse.snapshot_disk import replaced
from transforms.errors import NotFoundError, Place
from transforms.findings import Finding, critical
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


def keep(
    company: Company, period: Period, snapshot_id: str, report: "GateReport", beside: tuple[Finding, ...] = ()
) -> None:
    """Write findings, quarantined rows and the page; each file appears whole or not at all.

    What the last gate found lies in the period's folder. What was kept out of a snapshot lies below it under the
    snapshot's name too, so that a revision stays explainable after a later gate found something else. `beside`: what
    was seen at that moment outside the snapshot (sheets that were refused); it is shown, and is no part of a revision.
    """
    from expectations.page import render_findings

    into = folder(company, period)
    locale = company.settings.documents.locale
    html = render_findings(
        (*beside, *report.findings), report.quarantine,
        company=company.settings.name.in_locale(locale), period=period.key, locale=locale,
    )  # fmt: skip
    rows = report.quarantine.loc[:, list(_COLUMNS)].to_dict("records")
    for place, found in (
        (into, (*beside, *report.findings)),
        (_of_snapshot(company, period, snapshot_id), report.findings),
    ):
        place.mkdir(parents=True, exist_ok=True)
        _write(place / "findings.json", [finding.model_dump(mode="json") for finding in found])
        _write(place / "quarantine.json", rows)
    _replace(page(company, period), html)


def findings(company: Company, period: Period, snapshot_id: str = "") -> tuple[Finding, ...]:
    """The findings of the period's last gate, or of the gate of one snapshot.

    Raises:
        NotFoundError: the period was never run.
    """
    path = _of_snapshot(company, period, snapshot_id) / "findings.json"
    return tuple(Finding.model_validate(each) for each in _read(path, period))


def quarantined(company: Company, period: Period, snapshot_id: str = "") -> pd.DataFrame:
    """The rows the period's last gate, or that of one snapshot, kept out: table_name, key, file, row, check, reason."""
    path = _of_snapshot(company, period, snapshot_id) / "quarantine.json"
    return pd.DataFrame(_read(path, period), columns=list(_COLUMNS)).astype({"row": "int64"})


def first_row(con: duckdb.DuckDBPyConnection, report: "GateReport") -> Place | None:
    """Where to look first when the gate stops: a row of the worst finding; of too many bad rows the table's first one.

    `con` is the connection the gate ran on. None: no critical finding, or one that is about no row.
    """
    stopping = next(iter(critical(report.findings)), None)
    if stopping is None:
        return None
    kept_out = report.quarantine[report.quarantine["table_name"] == stopping.table]
    own = kept_out[kept_out["check"] == stopping.check]
    places = list(
        (kept_out if own.empty else own)[["file", "row"]].sort_values(["file", "row"]).itertuples(index=False)
    )
    found = places[0] if places else _reported_row(con, stopping.check)
    return Place(str(found[0]), row=int(found[1])) if found else None


def _reported_row(con: duckdb.DuckDBPyConnection, check: str) -> tuple[object, ...] | None:
    """A row that is not kept out but reported, from the table that the gate leaves behind."""
    from expectations.run import exists

    if not exists(con, "bad_rows"):
        return None
    return con.execute("select file, row from bad_rows where check_code = ? order by all limit 1", [check]).fetchone()


def _of_snapshot(company: Company, period: Period, snapshot_id: str) -> Path:
    return folder(company, period) / snapshot_id[:12]


def _read(path: Path, period: Period) -> list[dict[str, object]]:
    if not path.exists():
        raise NotFoundError(f"period {period.key} has no findings: it was never run", todo=f"jixiao run {period.key}")
    return list(json.loads(path.read_text("utf-8")))


def _write(path: Path, rows: object) -> None:
    _replace(path, json.dumps(rows, ensure_ascii=False, indent=1, default=str))


def _replace(path: Path, text: str) -> None:
    with replaced(path) as whole:
        whole.write_text(text, "utf-8")
