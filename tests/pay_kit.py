"""A department that is paid by a scheme written in a test: facts in, statements and pools out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from tests.points_kit import TITLE, open_book, scheme_of, team, value, values
from transforms.metrics.model import MetricValue
from transforms.payouts.pay import pay
from transforms.schemes.scheme import Scheme
from transforms.scoring.appraisals import appraisals
from transforms.scoring.engine import score_book
from transforms.scoring.people import ScoringInputs
from transforms.scoring.results import Appraisal, DepartmentAppraisal, PayLineResult, PeriodResults, PoolResult

__all__ = ["amounts", "line_of", "paid", "paying", "pool_of", "team", "value", "values", "with_items", "with_targets"]
Facts = Mapping[str, Any]


def paying(pays: Mapping[str, str], /, **pay_parts: Any) -> Scheme:
    """A scheme that pays lines: key → name of an amount."""
    lines = [{"key": key, "kind": "bonus", "title": TITLE, "amount": amount} for key, amount in pays.items()]
    more = {name: pay_parts.pop(name) for name in ("applies_to", "counts", "starts_on_day") if name in pay_parts}
    version = {"points": pay_parts.pop("points", {}), "pay": {"pays": lines, **pay_parts}}
    return scheme_of(version=version, **more)


def paid(scheme: Scheme, told: Iterable[MetricValue], inputs: ScoringInputs, **more: Any) -> PeriodResults:
    """October 2026, paid."""
    book = open_book(told, inputs, **more)
    return pay(book, [scheme], appraisals(book, [scheme], score_book(book, [scheme])))


def appraisal_of(results: PeriodResults, who: str = "E1") -> Appraisal:
    """Somebody's only appraisal."""
    person = next(each for each in results.people if each.employee_id == who)
    (found,) = person.appraisals
    return found


def line_of(results: PeriodResults, who: str = "E1", key: str | None = None) -> PayLineResult:
    """One line of somebody's statement."""
    statement = appraisal_of(results, who).pay
    assert statement is not None
    return next(line for line in statement.lines if key in (None, line.key))


def amounts(results: PeriodResults, key: str | None = None) -> dict[str, int]:
    """What everybody gets, in fen."""
    people = (each.employee_id for each in results.people if each.appraisals and each.appraisals[0].pay)
    return {who: line_of(results, who, key).amount_fen for who in people}


def department_of(results: PeriodResults) -> DepartmentAppraisal:
    """The department's part."""
    return results.departments[0].appraisals[0]


def pool_of(results: PeriodResults) -> PoolResult:
    """The first pool."""
    return department_of(results).pools[0]


def with_items(inputs: ScoringInputs, *items: tuple[str, str, int]) -> ScoringInputs:
    """Pay items since long ago: employee, item, fen."""
    rows = [(who, item, date(2020, 1, 1), None, fen) for who, item, fen in items]
    columns = ["employee_id", "item", "valid_from", "valid_until", "amount_fen"]
    return replace(inputs, pay_items=pd.DataFrame(rows, columns=columns, dtype="object"))


def with_targets(inputs: ScoringInputs, metric: str, told: Mapping[str, int], period: str = "2026-10") -> ScoringInputs:
    """Personal targets of a metric."""
    rows = [("employee", who, metric, period, number) for who, number in told.items()]
    columns = ["level", "subject_id", "metric", "period", "value"]
    frame = pd.DataFrame(rows, columns=columns, dtype="object")
    return replace(inputs, targets=pd.concat([inputs.targets, frame]) if len(inputs.targets) else frame)
