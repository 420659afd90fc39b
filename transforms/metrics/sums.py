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
_PLACE = ["day", "shop_id", "employee_id", "department_id"]


class Subject(NamedTuple):
    """Whose numbers: an employee in a department, a department, or the company."""

    level: Level
    subject_id: str
    department_id: str | None


COMPANY = Subject("company", "company", None)


@dataclass(frozen=True)
class Index:
    """The rows the metrics need, sorted by day, with codes for names (-1: nobody, no department, no shop)."""

    rows: pd.DataFrame  # day, shop, employee, department, measure (codes), value
    worked: pd.DataFrame  # day, shop, employee, department (codes): who did anything where; empty where not asked
    shops: Sequence[str]
    employees: Sequence[str]
    departments: Sequence[str]
    measures: Sequence[str]
    greatest: frozenset[int]  # measures of which the greatest counts, not the sum
    by_day: frozenset[int]  # measures whose days are counted


@dataclass(frozen=True)
class Sums:
    """One window. `of_shop`: shop-level rows; `days`: days with a measure; `shops`: where a subject did anything."""

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
    ordered = measures.sort_values("day", kind="stable")
    if not _ask_shops(wanted):
        ordered = ordered[ordered["measure"].isin(keys)]
    rows, names = _coded(ordered)
    places = {name: number for number, name in enumerate(names["measure"])}
    return Index(
        rows[rows["measure"].isin([places[key] for key in keys & places.keys()])].reset_index(drop=True),
        rows[_PLACE].drop_duplicates(ignore_index=True) if _ask_shops(wanted) else rows[_PLACE].head(0),
        names["shop_id"],
        names["employee_id"],
        names["department_id"],
        names["measure"],
        frozenset(places[k] for k in greatest & places.keys()),
        frozenset(places[k] for k in daily & places.keys()),
    )


def _ask_shops(metrics: Iterable[Metric]) -> bool:
    return any("shops" in (metric.numerator_of, metric.denominator_of) for metric in metrics)


def _coded(measures: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """Names as small integers, in the order of the names."""
    columns, names = {"day": measures["day"], "value": measures["value"]}, {}
    for column in ("shop_id", "employee_id", "department_id", "measure"):
        codes, uniques = pd.factorize(measures[column], sort=True)
        columns[column], names[column] = pd.Series(codes, index=measures.index), [str(name) for name in uniques]
    return pd.DataFrame(columns).reset_index(drop=True), names


def sums_of(index: Index, window: Period) -> Sums:
    """The sums of one window."""
    part = _within(index.rows, window)
    people = part[part["employee_id"] != NOBODY]
    measured: dict[Subject, dict[str, int]] = defaultdict(dict)
    for level, keys, rows in _levels(part, people):
        for *codes, measure, value in _combined(rows, [*keys, "measure"], index.greatest):
            measured[_subject(index, level, codes)][index.measures[measure]] = value
    shops = _shops(index, _within(index.worked, window))
    known = {subject: measured.get(subject, {}) for subject in (*measured, *shops)}
    return Sums(known, _of_shops(index, part), _days(index, part, people), shops, _people(measured))


def _within(rows: pd.DataFrame, window: Period) -> pd.DataFrame:
    first = rows["day"].searchsorted(pd.Timestamp(window.start))
    return rows.iloc[first : rows["day"].searchsorted(pd.Timestamp(window.end), side="right")]


def _people(measured: dict[Subject, dict[str, int]]) -> dict[str, list[dict[str, int]]]:
    found: dict[str, list[dict[str, int]]] = defaultdict(list)
    for subject, known in measured.items():
        if subject.level == "employee" and subject.department_id is not None:
            found[subject.department_id].append(known)
    return found


def _levels(part: pd.DataFrame, people: pd.DataFrame) -> tuple[tuple[Level, list[str], pd.DataFrame], ...]:
    """A department's rows are its people's and those stated for it; the company's are all there are."""
    return (
        ("employee", ["employee_id", "department_id"], people),
        ("department", ["department_id"], part[part["department_id"] != NOBODY]),
        ("company", [], part),
    )


def _combined(rows: pd.DataFrame, keys: list[str], greatest: frozenset[int]) -> list[tuple[int, ...]]:
    peaks = rows["measure"].isin(greatest)
    if not peaks.any():
        return _tuples(rows.groupby(keys, sort=False)["value"].sum())
    sums, tops = (chosen.groupby(keys, sort=False)["value"] for chosen in (rows[~peaks], rows[peaks]))
    return [*_tuples(sums.sum()), *_tuples(tops.max())]


def _tuples(found: pd.Series) -> list[tuple[int, ...]]:
    """Keys and value of each group."""
    frame = found.reset_index()
    return list(zip(*(frame[column].tolist() for column in frame), strict=True))


def _subject(index: Index, level: Level, codes: Sequence[int]) -> Subject:
    if level == "company":
        return COMPANY
    if level == "department":
        return Subject("department", index.departments[codes[0]], index.departments[codes[0]])
    department = None if codes[1] == NOBODY else index.departments[codes[1]]
    return Subject("employee", index.employees[codes[0]], department)


def _of_shops(index: Index, part: pd.DataFrame) -> dict[tuple[str, str], int]:
    rows = part[(part["employee_id"] == NOBODY) & (part["shop_id"] != NOBODY)]
    found = _combined(rows, ["shop_id", "measure"], index.greatest)
    return {(index.shops[shop], index.measures[measure]): value for shop, measure, value in found}


def _days(index: Index, part: pd.DataFrame, people: pd.DataFrame) -> dict[tuple[Subject, str], int]:
    found: dict[tuple[Subject, str], int] = {}
    for level, keys, rows in _levels(part, people) if index.by_day else ():
        dated = rows[rows["measure"].isin(index.by_day)]
        counted = dated.groupby([*keys, "measure"], sort=False)["day"].nunique().reset_index()
        for *codes, measure, days in zip(*(counted[c].tolist() for c in counted), strict=True):
            found[_subject(index, level, codes), index.measures[measure]] = days
    return found


def _shops(index: Index, worked: pd.DataFrame) -> dict[Subject, tuple[str, ...]]:
    """Where each did anything; the company's shops are all, whoever did it."""
    found: dict[Subject, set[str]] = defaultdict(set)
    seen = worked.loc[worked["shop_id"] != NOBODY, _PLACE[1:]].drop_duplicates()
    for shop, employee, department in zip(*(seen[c].tolist() for c in seen), strict=True):
        if employee != NOBODY:
            found[_subject(index, "employee", (employee, department))].add(index.shops[shop])
        if department != NOBODY:
            found[_subject(index, "department", (department,))].add(index.shops[shop])
        found[COMPANY].add(index.shops[shop])
    return {subject: tuple(sorted(shops)) for subject, shops in found.items()}
