"""A person's pay statement and a department's values and pools, from the values of a team."""

from collections.abc import Iterator
from decimal import Decimal

from transforms.payouts.sentences import line_says, missing, pool_why, value_says
from transforms.payouts.values import Values
from transforms.schemes.pay import Named, PayLine, Pool
from transforms.scoring.results import NamedValue, PayLineResult, PayStatement, PoolResult, Share, Trace
from transforms.scoring.trace import constant, half_up, leaf, step
from transforms.titles import Title


def statement(values: Values, employee_id: str) -> PayStatement:
    """What one person is paid, line by line."""
    lines = tuple(_line(values, line, employee_id) for line in values.team.pay.pays)
    return PayStatement(lines=lines, total_fen=sum(line.amount_fen for line in lines))


def _line(values: Values, line: PayLine, employee_id: str) -> PayLineResult:
    exact = values.of(line.amount, employee_id)
    trace = _paid(line, exact)
    return PayLineResult(
        key=line.key,
        kind=line.kind,
        title=line.title,
        amount_fen=int(trace.value or 0),
        provisional=values.provisional(line.amount),
        missing=missing(values, exact) if trace.value is None else None,
        says=line_says(values, line, employee_id, trace),
        source=line.source or values.team.scheme.source,
        trace=trace,
    )


def _paid(line: PayLine, exact: Trace) -> Trace:
    """Held within the line's limits, then rounded to the fen: the only rounding of a line."""
    held = exact
    if line.lowest is not None:
        held = step("largest", "not below", held, constant("lowest", line.lowest))
    if line.highest is not None:
        held = step("smallest", "not above", held, constant("highest", line.highest))
    return step("round", line.key, held, to="1")


def named_values(values: Values) -> tuple[NamedValue, ...]:
    """The department's formulas that have a title."""
    return tuple(
        _named(values, name, named, named.title)
        for name, named in values.team.pay.department.items()
        if named.title is not None
    )


def _named(values: Values, name: str, named: Named, title: Title) -> NamedValue:
    made = values.of(name, None)
    return NamedValue(
        key=name,
        title=title,
        unit=values.unit(name),
        value=made.value,
        says=value_says(values, name),
        source=named.source or values.team.scheme.source,
        never_negative=name in values.team.pay.never_negative,
        trace=made,
    )


def pools(values: Values) -> Iterator[PoolResult]:
    """Every pool to the fen."""
    return (_pool(values, key, pool) for key, pool in values.team.pay.pools.items())


def _pool(values: Values, key: str, pool: Pool) -> PoolResult:
    shared, exact = values.pool(key), values.of(pool.amount, None)
    held, paid = (shared.amount_fen, shared.paid_fen) if shared is not None else (0, 0)
    if shared is None and exact.value is not None:
        held = int(half_up(exact.value, Decimal(1)))
    return PoolResult(
        key=key,
        title=pool.title,
        amount_fen=held,
        paid_fen=paid,
        left_fen=held - paid,
        divisor=shared.divisor if shared is not None else None,
        overdrawn=shared is not None and shared.overdrawn and shared.amount_fen != 0,
        why=pool_why(values, pool, shared),
        shares=tuple(_shares(values, key, pool)),
        trace=step("round", key, exact, to="1") if exact.value is not None else leaf("named", key, None),
    )


def _shares(values: Values, key: str, pool: Pool) -> Iterator[Share]:
    shared = values.pool(key)
    for who, amount in shared.shares.items() if shared is not None else ():
        weight = values.of(pool.by, who).value or Decimal(0)
        yield Share(employee_id=who, weight=weight, amount_fen=amount)
