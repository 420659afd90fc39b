"""Sums of the long table over a window, for every employee × department, department, and the company."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from transforms.measures.catalogue import measure_of
from transforms.metrics.model import Level, Metric
from transforms.period import Period

NOBODY = -1


class Subject(NamedTuple):
    """Whose numbers: an employee in a department, a department, or the company."""

    level: Level
    subject_id: str
    department_id: str | None


@dataclass(frozen=True)
class Index:
    """The rows the metrics need, sorted by day, with codes for names (-1: nobody, no department)."""

    rows: pd.DataFrame  # day, shop, employee, department, measure (codes), value
    shops: Sequence[str]
    employees: Sequence[str]
    departments: Sequence[str]
    measures: Sequence[str]
    greatest: frozenset[int]  # measures of which the greatest counts, not the sum
    by_day: frozenset[int]  # measures whose days are counted


@dataclass(frozen=True)
class Sums:
    """One window. `of_shop`: shop-level rows; `days`: days with a measure; `shops`: where a subject worked."""

    measured: dict[Subject, dict[str, int]]
    of_shop: dict[tuple[str, str], int]
    days: dict[tuple[Subject, str], int]
    shops: dict[Subject, tuple[str, ...]]
    people: dict[str, list[dict[str, int]]]  # department → the sums of each of its people


def index_measures(measures: pd.DataFrame, metrics: Iterable[Metric]) -> Index:
    """Keep the rows the metrics need, as small integers.

    Raises:
        KeyError: a metric names a measure that does not exist.
    """
    wanted = tuple(metrics)
    keys = {k for m in wanted for k in (m.numerator, m.denominator, *m.zero_if) if k}
    daily = {m.denominator for m in wanted if m.denominator and m.denominator_of == "daily_mean"}
    greatest = {k for k in keys if measure_of(k).combine == "max"}
    kept = measures[measures["measure"].isin(keys)].sort_values("day", kind="stable")
    columns, names = {"day": kept["day"], "value": kept["value"]}, {}
    for column in ("shop_id", "employee_id", "department_id", "measure"):
        codes, uniques = pd.factorize(kept[column], sort=True)
        columns[column], names[column] = pd.Series(codes, index=kept.index), [str(name) for name in uniques]
    rows = pd.DataFrame(columns).reset_index(drop=True)
    places = {name: number for number, name in enumerate(names["measure"])}
    return Index(
        rows,
        names["shop_id"],
        names["employee_id"],
        names["department_id"],
        names["measure"],
        frozenset(places[k] for k in greatest & places.keys()),
        frozenset(places[k] for k in daily & places.keys()),
    )


def sums_of(index: Index, window: Period) -> Sums:
    """The sums of one window."""
    days = index.rows["day"]
    first = days.searchsorted(pd.Timestamp(window.start))
    part = index.rows.iloc[first : days.searchsorted(pd.Timestamp(window.end), side="right")]
    people = part[part["employee_id"] != NOBODY]
    measured: dict[Subject, dict[str, int]] = defaultdict(dict)
    for level, keys, rows in _levels(part, people):
        for *codes, measure, value in _combined(rows, [*keys, "measure"], index.greatest):
            measured[_subject(index, level, codes)][index.measures[measure]] = value
    return Sums(
        dict(measured), _of_shops(index, part), _days(index, part, people), _shops(index, people), _people(measured)
    )


def _people(measured: dict[Subject, dict[str, int]]) -> dict[str, list[dict[str, int]]]:
    found: dict[str, list[dict[str, int]]] = defaultdict(list)
    for subject, known in measured.items():
        if subject.level == "employee" and subject.department_id is not None:
            found[subject.department_id].append(known)
    return found


def _levels(part: pd.DataFrame, people: pd.DataFrame) -> tuple[tuple[Level, list[str], pd.DataFrame], ...]:
    placed = people[people["department_id"] != NOBODY]
    return (
        ("employee", ["employee_id", "department_id"], people),
        ("department", ["department_id"], placed),
        ("company", [], part),
    )


def _combined(rows: pd.DataFrame, keys: list[str], greatest: frozenset[int]) -> list[tuple[int, ...]]:
    peaks = rows["measure"].isin(greatest)
    sums = rows[~peaks].groupby(keys, sort=False)["value"].sum().reset_index()
    tops = rows[peaks].groupby(keys, sort=False)["value"].max().reset_index()
    return [tuple(row) for frame in (sums, tops) for row in zip(*(frame[c].tolist() for c in frame), strict=True)]


def _subject(index: Index, level: Level, codes: Sequence[int]) -> Subject:
    if level == "company":
        return Subject("company", "company", None)
    if level == "department":
        return Subject("department", index.departments[codes[0]], index.departments[codes[0]])
    department = None if codes[1] == NOBODY else index.departments[codes[1]]
    return Subject("employee", index.employees[codes[0]], department)


def _of_shops(index: Index, part: pd.DataFrame) -> dict[tuple[str, str], int]:
    rows = part[part["employee_id"] == NOBODY]
    found = _combined(rows, ["shop_id", "measure"], index.greatest)
    return {(index.shops[shop], index.measures[measure]): value for shop, measure, value in found}


def _days(index: Index, part: pd.DataFrame, people: pd.DataFrame) -> dict[tuple[Subject, str], int]:
    found: dict[tuple[Subject, str], int] = {}
    for level, keys, rows in _levels(part, people):
        dated = rows[rows["measure"].isin(index.by_day)]
        counted = dated.groupby([*keys, "measure"], sort=False)["day"].nunique().reset_index()
        for *codes, measure, days in zip(*(counted[c].tolist() for c in counted), strict=True):
            found[_subject(index, level, codes), index.measures[measure]] = days
    return found


def _shops(index: Index, people: pd.DataFrame) -> dict[Subject, tuple[str, ...]]:
    found: dict[Subject, set[str]] = defaultdict(set)
    seen = people[["employee_id", "department_id", "shop_id"]].drop_duplicates()
    for employee, department, shop in zip(*(seen[c].tolist() for c in seen), strict=True):
        found[_subject(index, "employee", (employee, department))].add(index.shops[shop])
        if department != NOBODY:
            found[_subject(index, "department", (department,))].add(index.shops[shop])
        found[Subject("company", "company", None)].add(index.shops[shop])
    return {subject: tuple(sorted(shops)) for subject, shops in found.items()}
