"""What each person adds to the change of a department's mean: an exact decomposition, no estimate.

With m the mean before, n people before and k now, a person adds (now − m) ÷ k − (before − m) ÷ n, where a part that
does not exist is zero. The parts of all people come to the change of the mean, because Σ (before − m) = 0.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from transforms.reports.department_model import Contribution, MeanChange

SHOWN = 20  # people listed; the rest stands in one line
_HUNDRED = 100


def contributions(before: Mapping[str, Decimal], now: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """By person, exactly; their sum is the mean now less the mean before. Empty where one of both periods is."""
    if not before or not now:
        return {}
    mean = Fraction(sum(before.values())) / len(before)
    return {who: _part(now, who, mean) - _part(before, who, mean) for who in sorted(before.keys() | now.keys())}


def _part(scores: Mapping[str, Decimal], who: str, mean: Fraction) -> Fraction:
    return (Fraction(scores[who]) - mean) / len(scores) if who in scores else Fraction(0)


def mean_change(
    since: str | None, before: Mapping[str, Decimal], now: Mapping[str, Decimal], names: Mapping[str, str]
) -> MeanChange | None:
    """What the page shows: the largest parts first, on ties by id; None without a period to compare with."""
    exact = contributions(before, now)
    if not exact or since is None:
        return None
    settled = rounded_parts(exact)
    ordered = sorted(settled, key=lambda who: (-abs(settled[who]), who))
    shown = ordered[:SHOWN] if len(ordered) > SHOWN + 1 else ordered
    rest = ordered[len(shown) :]
    return MeanChange(
        since=since,
        before=_mean(before),
        now=_mean(now),
        difference=sum(settled.values(), Decimal(0)),
        rows=tuple(_row(who, names, before, now, settled[who]) for who in shown),
        others=len(rest),
        rest=sum((settled[who] for who in rest), Decimal(0)),
        joined=len(now.keys() - before.keys()),
        left=len(before.keys() - now.keys()),
    )


def _row(
    who: str, names: Mapping[str, str], before: Mapping[str, Decimal], now: Mapping[str, Decimal], points: Decimal
) -> Contribution:
    return Contribution(
        employee_id=who, name=names.get(who, who), before=before.get(who), now=now.get(who), points=points
    )


def rounded_parts(exact: Mapping[str, Fraction]) -> dict[str, Decimal]:
    """Parts to 0.01 that come to their rounded sum: cut down, what is missing goes to the largest remainders."""
    floors = {who: part * _HUNDRED // 1 for who, part in exact.items()}
    missing = _half_up(sum(exact.values(), Fraction(0)) * _HUNDRED) - sum(floors.values())
    by_remainder = sorted(exact, key=lambda who: (floors[who] - exact[who] * _HUNDRED, who))
    raised = frozenset(by_remainder[:missing])
    return {who: Decimal(floor + (who in raised)).scaleb(-2) for who, floor in floors.items()}


def _half_up(value: Fraction) -> int:
    """To the nearest whole number, halves away from zero, as the page rounds."""
    whole = (abs(value) + Fraction(1, 2)) // 1
    return int(whole if value >= 0 else -whole)


def _mean(scores: Mapping[str, Decimal]) -> Decimal:
    return sum(scores.values(), Decimal(0)) / len(scores)
