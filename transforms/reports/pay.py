"""Statements of pay and shares of pools, as their reader sees them."""

from decimal import Decimal
from typing import get_args

from transforms.metrics.catalogue import CATALOGUE
from transforms.payouts.sentences import clauses_of
from transforms.payouts.titles import Naming
from transforms.reports.appraisal_model import PayKind, PayLineView, PoolShare, PoolView, Statement
from transforms.reports.money import money_steps
from transforms.schemes.scheme import Version
from transforms.scoring.results import Appraisal, PayLineResult, PayStatement, PeriodResults, PoolResult

ORDER: tuple[PayKind, ...] = get_args(PayKind)


def statement(pay: PayStatement, version: Version | None = None) -> Statement:
    """The lines by kind, and within a kind as the scheme has them; `version`: the scheme's, for the titles of names."""
    naming = Naming(version.pay, version.points, CATALOGUE) if version is not None and version.pay else None
    ordered = sorted(pay.lines, key=lambda line: ORDER.index(line.kind))
    return Statement(lines=tuple(_line(line, naming) for line in ordered), total_fen=pay.total_fen)


def _line(line: PayLineResult, naming: Naming | None) -> PayLineView:
    same = {name: getattr(line, name) for name in PayLineView.model_fields.keys() - {"clauses", "steps"}}
    return PayLineView(**same, clauses=clauses_of(line.says), steps=money_steps(line.trace, naming))


def shares(appraisal: Appraisal, employee_id: str, results: PeriodResults) -> tuple[PoolShare, ...]:
    """The pools of the appraisal's scheme that the person shares in."""
    found = (_share(pool, employee_id) for pool in pools_of(appraisal, results))
    return tuple(share for share in found if share is not None)


def pools_of(appraisal: Appraisal, results: PeriodResults) -> tuple[PoolResult, ...]:
    """The pools of an appraisal's scheme in its department and period."""
    same = (appraisal.scheme, appraisal.window)
    return tuple(
        pool
        for department in results.departments
        if department.department_id == appraisal.department_id
        for one in department.appraisals
        if (one.scheme, one.window) == same
        for pool in one.pools
    )


def _share(pool: PoolResult, employee_id: str) -> PoolShare | None:
    own = next((share for share in pool.shares if share.employee_id == employee_id), None)
    if own is None:
        return None
    return PoolShare(
        title=pool.title, amount_fen=pool.amount_fen, divisor=divisor(pool), everybody=divisor(pool) == _together(pool),
        weight=own.weight, own_fen=own.amount_fen, left_fen=pool.left_fen, why=pool.why,
    )  # fmt: skip


def divisor(pool: PoolResult) -> Decimal | None:
    """What weights are divided by: the scheme's number, else what everybody has together; None where that is 0."""
    told = pool.divisor if pool.divisor is not None else _together(pool)
    return told or None


def _together(pool: PoolResult) -> Decimal:
    return sum((each.weight for each in pool.shares), Decimal(0))


def pool_view(pool: PoolResult) -> PoolView:
    """A pool without its shares."""
    same = {name: getattr(pool, name) for name in PoolView.model_fields.keys() - {"divisor"}}
    return PoolView(**same, divisor=divisor(pool))
