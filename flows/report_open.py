"""What of a period still waits for somebody, by department: sheets not filled, appeals not answered.

As the journal stood when the revision was made: a page that is made again says the same. A sheet that was never made
is not in the journal; what is missing for it stands in the results, as an indicator that nobody rated.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from flows.appeals.deadlines import Deadlines, deadlines_of
from flows.appeals.entries import appeals
from flows.appeals.procedure import Appeal
from flows.company import Company
from flows.explained import leaves
from flows.report_changes import bases
from flows.scheme_records import of_revision
from flows.sheets.dues import dues
from flows.sheets.made import act_of
from flows.sheets.model import SHEET, Made, Received
from flows.warehouse.journal import Entry, entries
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import load_results
from flows.working_calendar import calendar_of
from transforms.period import Period, parse
from transforms.reports.record_model import OpenItem
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.indicators import judged_by
from transforms.scoring.results import PeriodResults
from transforms.titles import Title
from transforms.wording import three, told

_STATES = {
    "open": three("待指定处理人", "待指定處理人", "nobody is named yet to decide it"),
    "assigned": three("待裁决", "待裁決", "to be decided"),
    "escalated": three("待终审", "待終審", "before the final instance"),
}
_APPEAL = three("对「{line}」的申诉：{state}", "對「{line}」的申訴：{state}", "Appeal about {line}: {state}")


@dataclass(frozen=True)
class Row:
    """One judgement that a sheet asks for and that is not given."""

    sheet: str
    rater_id: str
    employee_id: str
    indicator: str
    role: str


@dataclass(frozen=True)
class Asked:
    """How judgements of an indicator are asked for: due back by when, and of which roles raters are not named."""

    back: date
    anonymous: frozenset[str]


def waiting(engine: sa.Engine, company: Company, revision: RecordedRevision) -> dict[str, tuple[OpenItem, ...]]:
    """By department id, overdue ones first."""
    basis = bases(engine, revision.period).get(revision.id)
    if basis is None:
        return {}
    sheets = _sheet_rows(entries(engine, period=revision.period, kinds=(SHEET,), until=basis.journal_until))
    pending = [each for each in appeals(engine, revision.period, basis.journal_until) if each.pending]
    if not sheets and not pending:
        return {}
    results, today = load_results(engine, revision.id), company.day_of(revision.created_at)
    due = deadlines_of(company.settings, calendar_of(company))
    asked = _asked(company, parse(revision.period), of_revision(engine, revision.id))
    return _by_department([*_appeals(pending, due, results, today), *open_sheets(sheets, asked, results, today)])


def _by_department(found: Iterable[tuple[str, OpenItem]]) -> dict[str, tuple[OpenItem, ...]]:
    kept: dict[str, list[OpenItem]] = {}
    for department_id, item in found:
        kept.setdefault(department_id, []).append(item)
    return {department_id: tuple(sorted(items, key=_order)) for department_id, items in kept.items()}


def _order(item: OpenItem) -> tuple[bool, date, str, str, tuple[str, ...]]:
    return not item.overdue, item.due_on or date.max, item.kind, item.ref, item.about


def _appeals(
    pending: Iterable[Appeal], due: Deadlines, results: PeriodResults, today: date
) -> Iterator[tuple[str, OpenItem]]:
    homes = _homes(results)
    for appeal in pending:
        filed = appeal.filed
        says = told(_APPEAL, line=filed.title, state=_STATES[appeal.state])
        item = OpenItem(
            kind="appeal", ref=appeal.id, about=(filed.employee_id,), due_on=due.due_on(appeal),
            waits_for=(appeal.judge_id or "") if appeal.state == "assigned" else "",
            overdue=due.overdue(appeal, today), says=says,
        )  # fmt: skip
        if filed.employee_id in homes:
            yield homes[filed.employee_id], item


def _sheet_rows(found: Iterable[Entry]) -> tuple[Row, ...]:
    """Rows of sheets as they were made last, less what came back in sheets; what was taken back is missing again."""
    made: dict[str, Made] = {}
    given: dict[tuple[str, str], bool] = {}
    for entry in found:
        if act_of(entry) == "made":
            latest = entry.read(Made)
            made[latest.sheet] = latest
        else:
            back = entry.read(Received)
            given |= {(back.made_for, code): True for code in back.given}
            given |= {(back.made_for, code): False for code in back.withdrawn}
    rated = [each for each in made.values() if each.kind == "rater"]
    missing = ((each, code) for each in rated for code in each.rows if not given.get((each.made_for, code)))
    return tuple(Row(each.sheet, each.made_for, *code.split("|")) for each, code in missing)


def _asked(company: Company, period: Period, schemes: Iterable[tuple[Scheme, Version]]) -> dict[str, Asked]:
    """By indicator; of two schemes that ask for the same, the earlier day."""
    found: dict[str, Asked] = {}
    for scheme, version in schemes:
        if window := scheme.window(period):
            back = dues(company, scheme, version, window).back
            for key, anonymous in _manual(version):
                known = found.get(key)
                day = min(back, known.back) if known else back
                found[key] = Asked(day, anonymous | known.anonymous if known else anonymous)
    return found


def _manual(version: Version) -> Iterator[tuple[str, frozenset[str]]]:
    for _, _, each in version.placed():
        if each.manual is not None:
            yield each.manual, frozenset(judged_by(each, version).anonymous)
    for sheet in version.points.values():
        yield from ((line.manual, frozenset()) for line in sheet.lines if line.manual is not None)


def open_sheets(
    rows: Sequence[Row], asked: Mapping[str, Asked], results: PeriodResults, today: date
) -> Iterator[tuple[str, OpenItem]]:
    """An item a sheet and department, with the department's id. What arrived in another way is not missing.

    Judgements of roles whose raters are not named to others are one item, of nobody and about nobody.
    """
    names = {person.employee_id: person.name for person in results.people}
    for (department_id, rater, back), missing in _grouped(rows, asked, results).items():
        yield department_id, OpenItem(
            kind="sheet", ref=missing[0].sheet if rater else "", waits_for=rater, due_on=back,
            about=tuple(sorted({row.employee_id for row in missing})) if rater else (),
            overdue=back is not None and today > back, says=_missing(names.get(rater, rater), len(missing)),
        )  # fmt: skip


def _grouped(
    rows: Sequence[Row], asked: Mapping[str, Asked], results: PeriodResults
) -> dict[tuple[str, str, date | None], list[Row]]:
    """What is missing by department, rater ("" where raters are not named) and day."""
    homes = _homes(results)
    given = _judged(results, frozenset(row.employee_id for row in rows))
    groups: dict[tuple[str, str, date | None], list[Row]] = {}
    for row in rows:
        if row.employee_id in homes and (row.employee_id, row.rater_id, row.indicator) not in given:
            how = asked.get(row.indicator)
            rater = "" if how and row.role in how.anonymous else row.rater_id
            groups.setdefault((homes[row.employee_id], rater, how.back if how else None), []).append(row)
    return groups


def _missing(name: str, count: int) -> Title:
    if not name:
        return three(
            f"不具名评分还缺 {count} 项", f"不具名評分還缺 {count} 項", f"Ratings without names: {count} missing"
        )
    return three(f"{name}还有 {count} 项评分未交", f"{name}還有 {count} 項評分未交", f"{name}: {count} ratings missing")


def _judged(results: PeriodResults, people: frozenset[str]) -> frozenset[tuple[str, str, str]]:
    """Judgements of some people that the results stand on, however they arrived: of whom, by whom, of what."""
    return frozenset(
        (person.employee_id, leaf.args["rater"], line.key)
        for person in results.people
        if person.employee_id in people
        for card in (*person.cards, *(one.card for one in person.appraisals if one.card))
        for line in card.indicators
        for leaf in leaves(line.trace)
        if "rater" in leaf.args
    )


def _homes(results: PeriodResults) -> dict[str, str]:
    return {person.employee_id: person.department_id for person in results.people}
