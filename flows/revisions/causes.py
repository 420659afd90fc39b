"""Which of the things that are otherwise caused which change: results computed again without each of them.

A number is caused by a factor exactly when leaving the factor out gives another value for that number. Where one
factor alone is otherwise, it caused everything: nothing is computed. Where none by itself makes a difference (either
of two would have done), they caused it together.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from flows import computing
from flows.company import Company
from flows.computing import Counted, Ground
from flows.revisions import words
from flows.revisions.factors import Factor
from transforms.errors import GateStopped
from transforms.revisions import Cause, Change, Found, found
from transforms.scoring.results import PeriodResults

Path = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Touched:
    """What leaving a factor out makes otherwise: numbers, and parts in which anything is."""

    numbers: frozenset[tuple[object, ...]]
    parts: frozenset[Path]

    def has(self, each: Found) -> bool:
        """Whether the change is among it."""
        return each.path in self.parts if each.change.what == "wording" else _number(each) in self.numbers


def caused(
    company: Company, ground: Ground, results: PeriodResults, changed: Sequence[Found], those: Sequence[Factor],
    measures: pd.DataFrame | None,
) -> tuple[Change, ...]:  # fmt: skip
    """The changes with their causes. `measures`: those of the ground, when they are at hand."""
    if len(those) <= 1 or not changed:
        return tuple(_with(each.change, those) for each in changed)
    touched = _touched(company, ground, results, those, measures)
    return tuple(_with(each.change, _of(each, those, touched), those) for each in changed)


def _of(each: Found, those: Sequence[Factor], touched: Sequence[Touched | None]) -> tuple[Factor, ...]:
    return tuple(factor for factor, known in zip(those, touched, strict=True) if known and known.has(each))


def _touched(
    company: Company, ground: Ground, results: PeriodResults, those: Sequence[Factor], measures: pd.DataFrame | None
) -> list[Touched | None]:
    """What each factor makes; None where that is not known."""

    @cache
    def counted() -> Counted:
        known = computing.measure(company, ground) if measures is None else measures
        return computing.counted_in(company, ground, results, known)

    return [_without(company, results, each, counted) for each in those]


def _without(
    company: Company, results: PeriodResults, factor: Factor, counted: Callable[[], Counted]
) -> Touched | None:
    """What is otherwise without a factor; where it touches no measured fact, nothing is counted again."""
    if factor.without is None:
        return None
    try:
        if factor.measures:
            other = computing.compute(company, factor.without)
        else:
            other = computing.compute_from(company, factor.without, counted())
    except GateStopped:  # without it there are no results at all that could be compared
        return None
    differs = found(other, results)
    parts = frozenset(each.path[:n] for each in differs for n in range(1, len(each.path) + 1))
    return Touched(frozenset(_number(each) for each in differs), parts)


def _number(each: Found) -> tuple[object, ...]:
    told = each.change
    return each.path, told.what, told.key, told.aspect, told.window


def _with(change: Change, its: Sequence[Factor], every: Sequence[Factor] = ()) -> Change:
    causes = tuple(_cause(factor, change) for factor in its) or _left(change, every)
    return change.model_copy(update={"causes": causes, "own": _is_own(change, its)})


def _left(change: Change, every: Sequence[Factor]) -> tuple[Cause, ...]:
    """What no factor explains by itself: what could not be left out, else all of them together."""
    untold = [each for each in every if each.without is None and _may_touch(each, change)] or every
    if len(untold) == 1:
        return (_cause(untold[0], change),)
    return (together(each.cause for each in untold),) if untold else ()


def _may_touch(factor: Factor, change: Change) -> bool:
    return factor.cause.kind != "scheme" or change.scheme in {None, factor.cause.key}


def together(causes: Iterable[Cause]) -> Cause:
    """Several that cannot be told apart."""
    told = tuple(causes)
    return Cause(
        kind="together", key=", ".join(each.key for each in told), says=words.together(each.says for each in told),
        reason="; ".join(each.reason for each in told if each.reason),
    )  # fmt: skip


def _cause(factor: Factor, change: Change) -> Cause:
    """The cause; of late rows, those that concern the person."""
    if factor.late is None:
        return factor.cause
    rows = factor.late.concerning(change.subject_id if change.level == "employee" else None)
    says = words.late(factor.late.table, factor.late.count, rows)
    return factor.cause.model_copy(update={"rows": rows, "says": says})


def _is_own(change: Change, its: Sequence[Factor]) -> bool:
    """Whether it is about the subject: where all causes are corrections, these know whom they concern."""
    known = [each.concerns for each in its if each.cause.kind == "correction" and each.concerns]
    if not known or len(known) < len(its) or change.level != "employee":
        return change.own
    return any(change.subject_id in each for each in known)
