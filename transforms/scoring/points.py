"""Sheets of points (S02, S04, S25): every line in every part of the window, for the members of one department."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from transforms.corrections.model import Decided
from transforms.metrics.model import Better, Unit
from transforms.period import Period
from transforms.schemes.points import PointLine, PointSheet
from transforms.schemes.scheme import Version
from transforms.scoring.cards import Applied
from transforms.scoring.decided import Whose, decided_line
from transforms.scoring.facts import Facts
from transforms.scoring.indicators import value_trace
from transforms.scoring.membership import Member
from transforms.scoring.point_lines import Asked, Judged, ask, judge
from transforms.scoring.point_others import Other, judge_other
from transforms.scoring.point_rules_applied import held_total
from transforms.scoring.results import PointLineResult, PointSheetResult
from transforms.scoring.sentences import fill
from transforms.scoring.windows import parts, references
from transforms.titles import Title


def sheets(version: Version, facts: Facts, members: Sequence[Member]) -> dict[str, tuple[PointSheetResult, ...]]:
    """The sheets of everybody who is appraised, by employee.

    Args:
        version: of the scheme that judges.
        facts: of the scheme's window.
        members: of one department; those who are ranked only count in ranks and means and have no sheet.
    """
    judged = [each for each in members if each.appraised]
    lines = {key: _lines(sheet, facts, members, judged) for key, sheet in version.points.items()}
    return {
        each.employee_id: tuple(
            _sheet(key, sheet, [line[each.employee_id] for line in lines[key]]) for key, sheet in version.points.items()
        )
        for each in judged
    }


def decided_sheets(
    told: Mapping[str, tuple[PointSheetResult, ...]], applied: Applied, facts: Facts
) -> dict[str, tuple[PointSheetResult, ...]]:
    """The sheets with the lines that people exempted or decided, and the totals that follow, by employee."""
    if not facts.book.decided:
        return dict(told)
    return {who: tuple(_decided(each, who, applied, facts) for each in sheets) for who, sheets in told.items()}


def _decided(told: PointSheetResult, who: str, applied: Applied, facts: Facts) -> PointSheetResult:
    def found(line: PointLineResult) -> Decided | None:
        return Whose(applied.scheme, "employee", who, line.window).decided(facts.book, f"{told.key}.{line.key}")

    lines = [decided_line(line, found(line)) for line in told.lines]
    return _sheet(told.key, applied.version.points[told.key], lines)


def _lines(
    sheet: PointSheet, facts: Facts, members: Sequence[Member], judged: Sequence[Member]
) -> list[dict[str, PointLineResult]]:
    return [
        _metric_line(ask(line, part, facts, members), judged)
        if line.metric is not None
        else {each.employee_id: _other_line(line, part, facts, each) for each in judged}
        for line in sheet.lines
        for part in parts(line.every, facts.period)
    ]


def _sheet(key: str, sheet: PointSheet, lines: Sequence[PointLineResult]) -> PointSheetResult:
    floor, cap = sheet.limits
    total = held_total([line.trace for line in lines if line.points is not None], floor, cap)
    return PointSheetResult(
        key=key, title=sheet.title, lines=tuple(lines), total=total.value or Decimal(0), trace=total
    )


def _metric_line(asked: Asked, judged: Sequence[Member]) -> dict[str, PointLineResult]:
    return {each.employee_id: _of_metric(asked, each) for each in judged}


def _of_metric(asked: Asked, member: Member) -> PointLineResult:
    line, metric = asked.line, asked.metric
    value = asked.values.get(member.employee_id)
    told = judge(asked, member, value_trace(metric, value))
    return _result(
        line,
        asked.part,
        told,
        title=line.title or metric.title,
        unit=metric.unit,
        better=metric.better,
        actual=value.value if value else None,
        numerator=value.numerator if value else None,
        denominator=value.denominator if value else None,
        provisional=_provisional(asked),
        says=fill(metric.says, asked.facts.placeholders),
        source=line.source or metric.source,
    )


def _provisional(asked: Asked) -> bool:
    others = [asked.facts.catalogue[each.metric] for each in references(asked.line) if each.metric is not None]
    return any(asked.facts.provisional(metric, asked.part) for metric in (asked.metric, *others))


def _other_line(line: PointLine, part: Period, facts: Facts, member: Member) -> PointLineResult:
    told: Other = judge_other(line, part, facts, member)
    return _result(
        line,
        part,
        told.judged,
        title=line.title or Title(zh_hans=line.name),
        unit=told.unit,
        better=told.better,
        actual=told.actual,
        numerator=None,
        denominator=None,
        provisional=False,
        says=told.says,
        source=line.source,
    )


def _result(  # noqa: PLR0913 - what the parts of a result are
    line: PointLine,
    part: Period,
    told: Judged,
    *,
    title: Title,
    unit: Unit,
    better: Better,
    actual: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    provisional: bool,
    says: Title,
    source: str,
) -> PointLineResult:
    place = told.place
    return PointLineResult(
        key=line.name,
        title=title,
        window=part.key,
        unit=unit,
        better=better,
        actual=actual,
        numerator=numerator,
        denominator=denominator,
        target=line.goal if told.target is None else told.target,
        reference=told.reference,
        rank=place.rank if place else None,
        ranked_of=place.ranked if place and place.rank is not None else None,
        points=told.points.value,
        missing=told.missing,
        provisional=provisional,
        says=says,
        rule=told.rule,
        source=source,
        trace=told.points,
    )
