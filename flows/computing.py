"""From a ground to results, without recording anything: the same for a run, a plan, a trace of causes and a proof."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date

import duckdb
import pandas as pd

from flows import gate_results, lint, wiring
from flows.appraising import Values, besides_of, book_of, measures_of, values_of
from flows.carry_over import carried_into
from flows.company import Company
from flows.corrections import rows
from flows.corrections.entries import standing_of
from flows.corrections.words import decided
from flows.facts import open_facts, unknown_years
from flows.revisions.snapshots import take
from flows.schemes import load_schemes
from flows.sheets.dues import due_back_of
from flows.warehouse.basis import Basis
from flows.warehouse.snapshot_disk import reported
from flows.working_calendar import calendar_of
from transforms.corrections.model import CarriedLine, Correction
from transforms.errors import GateStopped, Place
from transforms.findings import Finding, critical
from transforms.period import Period
from transforms.schemes.scheme import Scheme
from transforms.scoring.results import PeriodResults


@dataclass(frozen=True)
class Ground:
    """Everything results follow from, besides company settings and the program.

    `revisions_until`: earlier periods speak by their latest revision up to this id (None: the latest there is).
    `final_periods`: those that were final then (None: those that are now).
    `tables_of`: tables that are read from another snapshot, with its id: what would results be without its late rows.
    """

    period: Period
    as_of: date
    snapshot_id: str
    schemes: tuple[Scheme, ...]
    corrections: tuple[Correction, ...] = ()
    carried: tuple[CarriedLine, ...] = ()
    revisions_until: int | None = None
    final_periods: tuple[str, ...] | None = None
    tables_of: tuple[tuple[str, str], ...] = ()

    def without(self, correction_id: str) -> "Ground":
        """The same, had that correction not been made."""
        return replace(self, corrections=tuple(each for each in self.corrections if each.id != correction_id))


def ground_now(company: Company, snapshot_id: str, period: Period, basis: Basis) -> Ground:
    """The ground a run stands on: the company's schemes by name, and what the journal said at the basis."""
    engine = wiring.ledger(company)
    schemes = tuple(sorted(load_schemes(company), key=lambda each: each.scheme))  # as the ledger gives them back
    return Ground(
        period=period, as_of=basis.as_of, snapshot_id=snapshot_id, schemes=schemes,
        corrections=standing_of(engine, period.key, basis.journal_until),
        carried=carried_into(engine, period.key, basis.journal_until),
        revisions_until=basis.revisions_until, final_periods=basis.final_periods,
    )  # fmt: skip


@contextmanager
def facts_of_ground(company: Company, ground: Ground) -> Iterator[duckdb.DuckDBPyConnection]:
    """The corrected facts of the ground's snapshot, without what is in quarantine."""
    with reported(company.data), closing(open_facts(company, ground.snapshot_id, ground.period)) as con:
        for table, snapshot_id in ground.tables_of:
            take(con, company, ground.period, table, ground.snapshot_id, snapshot_id)
        rows.apply(con, ground.corrections)
        yield con


def measure(company: Company, ground: Ground) -> pd.DataFrame:
    """The daily measures of every window that schemes and reports look at."""
    with facts_of_ground(company, ground) as con:
        return measures_of(company, con, ground.schemes, ground.period)


@dataclass(frozen=True)
class Counted:
    """What is counted from measured facts, whatever people wrote down or decided: values, and contacts filtered out."""

    metrics: Values
    filtered: dict[str, dict[str, int]]


def counted_in(company: Company, ground: Ground, results: PeriodResults, measures: pd.DataFrame) -> Counted:
    """What was counted for results of a ground; the same for every ground with the same measured facts and schemes."""
    besides = besides_of(company, ground.schemes, measures, ground.period)
    return Counted(Values(results.values, besides), results.filtered)


def compute(company: Company, ground: Ground, measures: pd.DataFrame | None = None) -> PeriodResults:
    """What a revision on this ground says.

    Raises:
        GateStopped: the results themselves cannot be right.
    """
    found = measure(company, ground) if measures is None else measures
    with facts_of_ground(company, ground) as con:
        return _results(company, ground, con, _counted(company, ground, con, found))


def compute_from(company: Company, ground: Ground, counted: Counted) -> PeriodResults:
    """The same, where it is known what is counted.

    Raises:
        GateStopped: the results themselves cannot be right.
    """
    with facts_of_ground(company, ground) as con:
        return _results(company, ground, con, counted)


def _counted(company: Company, ground: Ground, con: duckdb.DuckDBPyConnection, measures: pd.DataFrame) -> Counted:
    from transforms.measures.runner import filtered

    contacts = _by_person(filtered(con, company.settings.measures, ground.period))
    return Counted(values_of(company, ground.schemes, measures, ground.period), contacts)


def _results(company: Company, ground: Ground, con: duckdb.DuckDBPyConnection, counted: Counted) -> PeriodResults:
    from expectations.calendar_findings import calendar_findings
    from expectations.correction_findings import correction_findings
    from expectations.decision_findings import decision_findings
    from expectations.gate import check_results
    from expectations.sheet_findings import sheet_findings
    from transforms.appraise import appraise

    book = book_of(
        company, con, ground.schemes, counted.metrics, ground.period, ground.as_of,
        revisions_until=ground.revisions_until, final_periods=ground.final_periods,
        decided=decided(ground.corrections), carried=ground.carried,
    )  # fmt: skip
    results = appraise(book, ground.schemes)
    locale = company.settings.documents.locale
    seen = lint.of_period(company, ground.schemes, book, results, ground.snapshot_id, ground.revisions_until)
    linted = lint.findings(seen, locale)
    checked = (
        *check_results(results, locale=locale), *calendar_findings(unknown_years(company, ground.period), locale),
        *sheet_findings(book, ground.schemes, due_back_of(calendar_of(company), company.settings.sheets), locale),
        *decision_findings(book, results, locale), *linted,
        *correction_findings(rows.unmatched(con, ground.corrections), locale),
    )  # fmt: skip
    require_none_critical(company, ground.period, checked)
    found = (*gate_results.findings(company, ground.period, ground.snapshot_id), *results.findings, *checked)
    said = {"values": counted.metrics.shown, "findings": found, "filtered": counted.filtered}
    return results.model_copy(update=said)


def require_none_critical(
    company: Company, period: Period, found: Sequence[Finding], where: Place | None = None
) -> None:
    """Stop at critical findings.

    Raises:
        GateStopped: the first of them, and where all stand.
    """
    if stopping := critical(found):
        more = f" (and {len(stopping) - 1} more)" if len(stopping) > 1 else ""
        every = f"all findings and rows: jixiao show findings {period.key}, or {gate_results.page(company, period)}"
        raise GateStopped(f"{stopping[0].message}{more}", where=where, todo=f"{stopping[0].todo} — {every}")


def _by_person(counted: pd.DataFrame) -> dict[str, dict[str, int]]:
    people: dict[str, dict[str, int]] = {}
    for employee, name, contacts in counted.itertuples(index=False):
        people.setdefault(str(employee), {})[str(name)] = int(contacts)
    return people
