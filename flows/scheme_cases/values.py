"""Metric values of a case: as told, weeks summed to the window, people pooled to departments and the company."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from flows.scheme_cases.model import About, Case, Person, TheTold, Values
from flows.scheme_cases.setting import Setting
from flows.scheme_cases.written import Quotient
from transforms.metrics.evaluate import quotient
from transforms.metrics.model import Level, Metric, MetricValue
from transforms.period import Period, parse
from transforms.schemes.references import When
from transforms.scoring.windows import looked_at

COMPANY = "company"
_OF = Decimal(1000)
_BEFORE: tuple[When, ...] = ("last_month", "same_month_last_year", "last_3_months")


@dataclass(frozen=True)
class Place:
    """Whose value, in which window: department where the subject is an employee."""

    level: Level
    subject: str
    department: str | None
    window: Period
    metric: str


@dataclass(frozen=True)
class Sums:
    """Numerator and denominator."""

    numerator: Decimal
    denominator: Decimal | None


Known = dict[Place, Sums]


def metric_values(case: Case, people: Mapping[str, Person], setting: Setting) -> tuple[MetricValue, ...]:
    """Every value the case tells or that follows from what it tells, of every window."""
    told = dict(_all_told(case, people, setting))
    told |= _months_of_weeks(told, setting)
    for whole in (_department_of, _company_of):
        told = _pooled(told, setting.catalogue, whole) | told
    return tuple(_value(place, sums, setting.catalogue[place.metric]) for place, sums in told.items())


def _all_told(case: Case, people: Mapping[str, Person], setting: Setting) -> Iterator[tuple[Place, Sums]]:
    for name, person in people.items():
        yield from _told("employee", name, person.works_in or setting.department, person, setting)
    for key, about in {setting.department: case.department, **case.departments}.items():
        yield from _told("department", key, None, about, setting)
    yield from _told("company", COMPANY, None, case.company, setting)


def _told(
    level: Level, subject: str, department: str | None, about: About, setting: Setting
) -> Iterator[tuple[Place, Sums]]:
    for window, values in windows(about, setting.window):
        for key, each in values.items():
            metric = setting.catalogue.get(key)
            if metric is not None and each.value is not None:
                measured, whose = measured_of(level, subject, department, key, setting)
                where = department if measured == "employee" else None
                yield Place(measured, whose, where, window, key), _sums(each, metric)


def measured_of(level: Level, subject: str, department: str | None, metric: str, setting: Setting) -> tuple[Level, str]:
    """Whose a value or target is: what is told of a person but measured of a larger whole (`of:`) is that one's."""
    of = {each.of for each in setting.indicators if each.metric == metric}
    if level == "employee" and of == {"department"}:
        return "department", str(department)
    return ("company", COMPANY) if level == "employee" and of == {"company"} else (level, subject)


def windows(about: About, window: Period) -> Iterator[tuple[Period, Values]]:
    """The windows of which something is told, with what."""
    yield window, about.given
    for told, weeks in ((about.weeks, "weeks"), (about.iso_weeks, "iso_weeks")):
        if told:
            yield from _of_weeks(told, getattr(window, weeks))
    for when in _BEFORE:
        if told := getattr(about, when):
            months = tuple(reversed(looked_at(when, window, window)))
            yield from zip(months, [told] * len(months) if isinstance(told, dict) else told, strict=True)
    yield from ((parse(key), values) for key, values in about.windows.items())


def _of_weeks(told: Mapping[str, Values], weeks: tuple[Period, ...]) -> Iterator[tuple[Period, Values]]:
    for number, week in enumerate(weeks, start=1):
        yield week, {**told.get("all", {}), **told.get(str(number), {})}


def _sums(told: TheTold, metric: Metric) -> Sums:
    value = told.value or Decimal(0)
    if isinstance(value, Quotient):
        return Sums(value.numerator, value.denominator)
    divided = metric.denominator is not None or metric.growth_of is not None
    of = (_OF if told.of is None else told.of) if divided else None
    return Sums(value * (1 if of is None else of) * metric.per / metric.scale, of)


def _months_of_weeks(told: Known, setting: Setting) -> Known:
    """The window's value of what is told by week only."""
    weeks = frozenset(setting.window.weeks) | frozenset(setting.window.iso_weeks)
    parts: dict[Place, list[Sums]] = {}
    for place, sums in told.items():
        whole = Place(place.level, place.subject, place.department, setting.window, place.metric)
        if place.window in weeks and whole not in told and _adds_up(setting.catalogue[place.metric], "own", "shops"):
            parts.setdefault(whole, []).append(sums)
    return {place: _sum(each) for place, each in parts.items()}


def _pooled(told: Known, catalogue: Mapping[str, Metric], whole: Callable[[Place], Place | None]) -> Known:
    parts: dict[Place, list[Sums]] = {}
    for place, sums in told.items():
        above = whole(place)
        if above is not None and _adds_up(catalogue[place.metric], "own"):
            parts.setdefault(above, []).append(sums)
    return {place: _sum(each) for place, each in parts.items()}


def _department_of(place: Place) -> Place | None:
    here = place.level == "employee" and place.department is not None
    return Place("department", str(place.department), None, place.window, place.metric) if here else None


def _company_of(place: Place) -> Place | None:
    return Place("company", COMPANY, None, place.window, place.metric) if place.level == "department" else None


def _adds_up(metric: Metric, *whose: str) -> bool:
    """Whether parts of it may be summed: a shop's page views are not the sum of what each of its people saw."""
    below = "own" if metric.denominator is None else metric.denominator_of
    return {metric.numerator_of, below} <= set(whose)


def _sum(parts: Iterable[Sums]) -> Sums:
    listed = list(parts)
    below = [each.denominator for each in listed if each.denominator is not None]
    return Sums(sum((each.numerator for each in listed), Decimal(0)), sum(below, Decimal(0)) if below else None)


def _value(place: Place, sums: Sums, metric: Metric) -> MetricValue:
    return MetricValue(
        level=place.level,
        subject_id=place.subject,
        department_id=place.department,
        window=place.window.key,
        metric=place.metric,
        numerator=sums.numerator,
        denominator=sums.denominator,
        value=quotient(metric, sums.numerator, sums.denominator),
    )
