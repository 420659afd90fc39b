"""What a key names in a period's results: indicators, lines of points, lines of pay, pools, values, and their grounds.

A line of pay stands on a pool, the pool on a value of the department, the value on others: traces of people name these
as leaves, and `grounds` follows them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from transforms.scoring.results import (
    Appraisal,
    Card,
    DepartmentAppraisal,
    IndicatorResult,
    NamedValue,
    PayLineResult,
    PeriodResults,
    PersonResult,
    PointLineResult,
    PointSheetResult,
    PoolResult,
    Trace,
)
from transforms.titles import Title


@dataclass(frozen=True)
class Part:
    """Something computed: what it is called, what it says, and its steps.

    `counts`: score, beside or trial. `own`: of the person; otherwise of the department. `window` is a period key.
    """

    kind: str
    name: str
    title: Title
    scheme: Title
    counts: str
    window: str
    department_id: str
    own: bool
    says: Title
    rule: Title | None
    outcome: str
    trace: Trace


def found(results: PeriodResults, person: PersonResult, key: str) -> tuple[Part, ...]:
    """Everything the key names for this person; lines of points also as `sheet.key`."""
    return tuple(part for part in everything(results, person) if key in names(part))


def everything(results: PeriodResults, person: PersonResult) -> Iterator[Part]:
    """All parts of a person's results, the department's values and pools that pay stands on last."""
    for card in person.cards:
        yield from (_indicator(card, line, results.period, "score") for line in card.indicators)
    for one in person.appraisals:
        yield from _of_appraisal(one)
    for one in person.appraisals:
        for whole in _whole(results, one):
            yield from (_pool(whole, pool, one.department_id, person.employee_id) for pool in whole.pools)
            yield from (_value(whole, value, one.department_id) for value in whole.values)


def _of_appraisal(one: Appraisal) -> Iterator[Part]:
    if one.card:
        yield from (_indicator(one.card, line, one.window, one.counts) for line in one.card.indicators)
    for sheet in one.sheets:
        yield _sheet(one, sheet)
        yield from (_points(one, sheet, line) for line in sheet.lines)
    if one.pay:
        yield from (_pay(one, line) for line in one.pay.lines)


def _whole(results: PeriodResults, one: Appraisal) -> Iterator[DepartmentAppraisal]:
    for department in results.departments:
        if department.department_id == one.department_id:
            yield from (each for each in department.appraisals if each.scheme == one.scheme)


def names(part: Part) -> set[str]:
    """What a reader may call it."""
    return {part.name, part.name.rpartition(".")[2]} if part.kind == "points" else {part.name}


def grounds(parts: Iterable[Part], results: PeriodResults, person: PersonResult) -> tuple[Part, ...]:
    """The parts, and behind them what they stand on: values of the department, pools and sheets their leaves name.

    Each once; a name is looked up within its own scheme.
    """
    known: dict[tuple[str, str], Part] = {}
    for part in everything(results, person):
        if part.kind in {"value", "pool", "sheet"}:
            known.setdefault((part.scheme.zh_hans, part.name), part)
    seen = list(parts)
    for part in seen:  # grows while it is read
        for name in dict.fromkeys(_named(part.trace)):
            if (found_there := known.get((part.scheme.zh_hans, name))) is not None and found_there not in seen:
                seen.append(found_there)
    return tuple(seen)


def _named(trace: Trace) -> Iterator[str]:
    """Names that leaves stand for: a pool (`name`), a sheet of points (`sheet`), or another value."""
    if trace.op == "named":
        yield trace.args.get("sheet") or trace.args.get("name") or trace.label
    for each in trace.inputs:
        yield from _named(each)


def leaves(trace: Trace) -> Iterator[Trace]:
    """The facts a trace stands on."""
    if not trace.inputs:
        yield trace
    for each in trace.inputs:
        yield from leaves(each)


def _indicator(card: Card, line: IndicatorResult, window: str, counts: str) -> Part:
    outcome = f"score {shown(line.score)} × weight {line.weight_used} / 100 = {shown(line.points)} points"
    outcome += _marks(line.missing, provisional=line.provisional)
    return Part(
        kind="indicator", name=line.key, title=line.title, scheme=card.scheme_title, counts=counts, window=window,
        department_id=card.department_id, own=True, says=line.says, rule=line.rule, outcome=outcome,
        trace=line.trace,
    )  # fmt: skip


def _points(one: Appraisal, sheet: PointSheetResult, line: PointLineResult) -> Part:
    outcome = f"{shown(line.points)} points" + _marks(line.missing, provisional=line.provisional)
    return Part(
        kind="points", name=f"{sheet.key}.{line.key}", title=line.title, scheme=one.scheme_title, counts=one.counts,
        window=line.window,
        department_id=one.department_id, own=True, says=line.says, rule=line.rule, outcome=outcome, trace=line.trace,
    )  # fmt: skip


def _sheet(one: Appraisal, sheet: PointSheetResult) -> Part:
    return Part(
        kind="sheet", name=sheet.key, title=sheet.title, scheme=one.scheme_title, counts=one.counts, window=one.window,
        department_id=one.department_id, own=True, says=sheet.title, rule=None,
        outcome=f"{shown(sheet.total)} points in all", trace=sheet.trace,
    )  # fmt: skip


def _pay(one: Appraisal, line: PayLineResult) -> Part:
    outcome = yuan(line.amount_fen) + _marks(None, provisional=line.provisional)
    return Part(
        kind="pay", name=line.key, title=line.title, scheme=one.scheme_title, counts=one.counts, window=one.window,
        department_id=one.department_id, own=True, says=line.says, rule=line.missing, outcome=outcome, trace=line.trace,
    )  # fmt: skip


def _pool(whole: DepartmentAppraisal, pool: PoolResult, department_id: str, employee_id: str) -> Part:
    outcome = f"{yuan(pool.amount_fen)} = {yuan(pool.paid_fen)} paid + {yuan(pool.left_fen)} left over"
    for share in (share for share in pool.shares if share.employee_id == employee_id):
        outcome += f"; own share: {shown(share.weight)} of {shown(pool.divisor)} = {yuan(share.amount_fen)}"
    return Part(
        kind="pool", name=pool.key, title=pool.title, scheme=whole.scheme_title, counts=whole.counts,
        window=whole.window,
        department_id=department_id, own=False, says=pool.why, rule=None, outcome=outcome, trace=pool.trace,
    )  # fmt: skip


def _value(whole: DepartmentAppraisal, value: NamedValue, department_id: str) -> Part:
    return Part(
        kind="value", name=value.key, title=value.title, scheme=whole.scheme_title, counts=whole.counts,
        window=whole.window,
        department_id=department_id, own=False, says=value.says, rule=None,
        outcome=shown(value.value), trace=value.trace,
    )  # fmt: skip


def _marks(missing: str | None, *, provisional: bool) -> str:
    return (f" (missing: {missing})" if missing else "") + (" · provisional" if provisional else "")


def shown(value: Decimal | None) -> str:
    """A value with at most eight decimals; `no data` for none."""
    if value is None:
        return "no data"
    places = Decimal("1e-8") if abs(value) < 1 else Decimal("0.0001")
    rounded = value.quantize(places) if value != value.to_integral_value() else value.to_integral_value()
    return f"{rounded.normalize():f}"


def yuan(fen: int) -> str:
    """An amount in the currency's whole unit, with two decimals."""
    return f"{Decimal(fen).scaleb(-2):.2f}"
