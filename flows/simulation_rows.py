"""A simulation as rows: each person in each period, and the periods in sum."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from flows.simulation_changes import Change, Total

Row = dict[str, object]


def person_rows(found: Iterable[Change]) -> list[Row]:
    """A row a person and period; money in yuan."""
    return [
        {
            "period": each.period, "employee": each.employee_id, "department": each.department_id,
            "score before": _plain(each.before.score), "score after": _plain(each.after.score),
            "grade before": each.before.grade, "grade after": each.after.grade,
            "pay before": yuan(each.before.pay_fen), "pay after": yuan(each.after.pay_fen),
            "pay change": yuan(each.pay_change_fen), "result": each.direction,
        }
        for each in found
    ]  # fmt: skip


def total_rows(totals: Iterable[Total]) -> list[Row]:
    """A row a period: who gains and loses, the distribution, the cost."""
    return [
        {
            "period": each.period, "people": each.people,
            **{name: each.directions.get(name, 0) for name in ("gains", "loses", "same")},
            "mean before": _plain(each.mean_before), "mean after": _plain(each.mean_after),
            "grades before": _grades(each.grades_before), "grades after": _grades(each.grades_after),
            "cost before": yuan(each.cost_before_fen), "cost after": yuan(each.cost_after_fen),
            "cost change": yuan(each.cost_after_fen - each.cost_before_fen),
        }
        for each in totals
    ]  # fmt: skip


def overall_rows(found: Sequence[Change]) -> list[Row]:
    """A row a person over all periods, who gains most first."""
    people: dict[str, list[Change]] = {}
    for each in found:
        people.setdefault(each.employee_id, []).append(each)
    ordered = sorted(people.items(), key=lambda item: (-_money(item[1]), -_points(item[1]), item[0]))
    return [
        {
            "employee": who, "department": own[-1].department_id, "periods": len(own),
            "score change": f"{_points(own):+.2f}", "pay change": yuan(_money(own)),
            "gains": sum(each.direction == "gains" for each in own),
            "loses": sum(each.direction == "loses" for each in own),
        }
        for who, own in ordered
    ]  # fmt: skip


def yuan(fen: int) -> str:
    """An amount in yuan with its two decimals."""
    return f"{Decimal(fen).scaleb(-2):.2f}"


def _money(own: Iterable[Change]) -> int:
    return sum(each.pay_change_fen for each in own)


def _points(own: Sequence[Change]) -> Decimal:
    """The mean change over the periods that have a score on both sides."""
    known = [each.score_change for each in own if each.score_change is not None]
    return sum(known, Decimal(0)) / len(known) if known else Decimal(0)


def _grades(grades: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(grades.items()))


def _plain(score: Decimal | None) -> str | None:
    return None if score is None else f"{score:.2f}"
