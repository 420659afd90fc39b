"""Ranks as in sports tables: equal values share a rank and the next one is left out (1, 2, 2, 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from transforms.metrics.model import Better, Metric
from transforms.scoring.results import IndicatorResult
from transforms.scoring.stays import Stay
from transforms.scoring.targets import comparable

K = TypeVar("K")


def rank_1224(values: Mapping[K, Decimal]) -> dict[K, int]:
    """The rank of each key, the largest value first."""
    ordered = sorted(values.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(ordered, start=1)))}
    return {key: first[value] for key, value in values.items()}


def rank_dense(values: Mapping[K, Decimal]) -> dict[K, int]:
    """The rank of each key with no rank left out (1, 2, 2, 3), the largest value first."""
    place = {value: n for n, value in enumerate(sorted(set(values.values()), reverse=True), start=1)}
    return {key: place[value] for key, value in values.items()}


def with_ranks(judged: Sequence[Stay], catalogue: Mapping[str, Metric]) -> list[Stay]:
    """The stays with each line of each card ranked among the cards of the same department.

    Lines about a whole department or company, and red lines, rank nobody.
    """
    standing: dict[tuple[str, str], dict[int, Decimal]] = {}
    for n, each in enumerate(judged):
        ranked = _ranked_keys(each)
        for line in each.card.indicators if each.card else ():
            value = _ranked_value(line, each.working_days, catalogue) if line.key in ranked else None
            if value is not None:
                standing.setdefault((each.stint.department_id, line.key), {})[n] = value
    ranks = {key: (rank_1224(values), len(values)) for key, values in standing.items()}
    return [_put_ranks(each, n, ranks) for n, each in enumerate(judged)]


def _ranked_keys(each: Stay) -> frozenset[str]:
    placed = each.applied.version.placed() if each.applied else ()
    return frozenset(indicator.key for _, _, indicator in placed if indicator.of == "own")


def _ranked_value(line: IndicatorResult, days: int, catalogue: Mapping[str, Metric]) -> Decimal | None:
    """What ranks an indicator: its value, an amount per working day, so that joiners are compared fairly."""
    if line.actual is None or line.missing is not None:
        return None
    if line.kind == "metric":
        return comparable(line.actual, catalogue[line.key], days)
    return line.actual if line.better is Better.HIGHER else -line.actual


def _put_ranks(each: Stay, n: int, ranks: Mapping[tuple[str, str], tuple[dict[int, int], int]]) -> Stay:
    if each.card is None:
        return each
    lines = []
    for line in each.card.indicators:
        places, count = ranks.get((each.stint.department_id, line.key), ({}, 0))
        update = {"rank": places[n], "ranked_of": count} if n in places else {}
        lines.append(line.model_copy(update=update))
    card = each.card.model_copy(update={"indicators": tuple(lines)})
    return replace(each, card=card)
