"""A case as a small company: people, judgements, targets, events, pay items, and the book they make."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from flows.scheme_cases.model import About, Case, Happened, Past, Person, TheTold
from flows.scheme_cases.setting import Setting
from flows.scheme_cases.values import COMPANY, measured_of, metric_values
from transforms.measures.parameters import MeasureParameters
from transforms.metrics.model import Level
from transforms.period import Period, parse
from transforms.schemes.indicator import Indicator
from transforms.schemes.scheme import Counts, Version
from transforms.schemes.score_rules import Role
from transforms.scoring.book import Book, PastResult, make_book
from transforms.scoring.indicators import judged_by
from transforms.scoring.people import ScoringInputs
from transforms.scoring.windows import looked_at

ALONE = "case"
_ALWAYS = date(2000, 1, 1)
_SETTLED = timedelta(60)
_COLUMNS = {
    "employees": ("employee_id", "name", "hired_on", "regularised_on", "left_on"),
    "assignments": ("employee_id", "department_id", "valid_from", "valid_until", "role", "post"),
    "departments": ("department_id", "title_zh_hans", "title_zh_hant", "title_en"),
    "judgements": ("employee_id", "indicator", "period", "rater_id", "role", "score"),
    "targets": ("level", "subject_id", "metric", "period", "value"),
    "events": ("kind", "employee_id", "department_id", "occurred_on", "quantity"),
    "attendance": ("employee_id", "day", "kind", "overtime_hours"),
    "pay_items": ("employee_id", "item", "valid_from", "valid_until", "amount_fen"),
    "campaigns": ("starts_on", "ends_on", "is_special"),
    "accounts": ("employee_id", "shop_id", "valid_from", "valid_until"),
    "responsibilities": ("employee_id", "shop_id", "valid_from", "valid_until"),
    "shops": ("shop_id", "title"),
}
_EMPTY = {name: pd.DataFrame(columns=list(columns), dtype="object") for name, columns in _COLUMNS.items()}
Row = tuple[object, ...]
Scores = Mapping[Role, tuple[Decimal, ...]]
People = Mapping[str, Person]


def people_of(case: Case) -> dict[str, Person]:
    """Everybody of a case, with what the case says of all; without a team there is one person."""
    everybody = Person.model_construct(**{name: getattr(case, name) for name in Person.model_fields})
    return {name: _over(everybody, each) for name, each in case.team.items()} or {ALONE: everybody}


def _over(everybody: Person, own: Person) -> Person:
    """What is said of one person goes before what is said of all, key by key."""
    told = {name: getattr(everybody, name) for name in Person.model_fields}
    for name in own.model_fields_set:
        told[name] = _merged(told[name], getattr(own, name))
    return Person.model_construct(**told)


def _merged(of_all: object, own: object) -> object:
    if not (isinstance(of_all, dict) and isinstance(own, dict)):
        return own
    return {key: _merged(of_all.get(key), own[key]) if key in own else of_all[key] for key in {**of_all, **own}}


def book_of(case: Case, people: People, setting: Setting) -> Book:
    """The book of a case; unless told otherwise so long after the period that nothing in it is provisional."""
    return make_book(
        setting.period,
        setting.catalogue,
        metric_values(case, people, setting),
        _inputs(case, people, setting),
        as_of=case.as_of or setting.period.end + _SETTLED,
        working_days=setting.days,
        parameters=MeasureParameters(),
        past=tuple(_past(case, people, setting)),
    )


def _inputs(case: Case, people: People, setting: Setting) -> ScoringInputs:
    found: dict[str, list[Row]] = {
        "employees": [_employee(name, each, setting) for name, each in people.items()],
        "assignments": [_assignment(name, each, setting) for name, each in people.items()],
        "departments": [(key, key, None, None) for key in _departments(case, people, setting)],
        "judgements": [row for name, each in people.items() for row in _judgements(name, each, setting)],
        "targets": list(_targets(case, people, setting)),
        "events": list(_events(case, people, setting)),
        "attendance": [row for name, each in people.items() for row in _attendance(name, each, setting)],
        "pay_items": [
            (name, item, _ALWAYS, None, int(amount))
            for name, each in people.items()
            for item, amount in each.pay_items.items()
        ],
        "campaigns": [(days.start, days.end, True) for days in map(parse, case.special_campaigns)],
        "accounts": [],
        "responsibilities": [],
        "shops": [],
    }
    return ScoringInputs(**{each.name: _frame(each.name, found[each.name]) for each in fields(ScoringInputs)})


def _frame(name: str, found: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=list(_COLUMNS[name]), dtype="object") if found else _EMPTY[name]


def _first_day(person: Person, setting: Setting) -> date:
    return setting.working[-person.worked] if person.worked else setting.window.start


def _employee(name: str, person: Person, setting: Setting) -> Row:
    hired = person.hired_on or _hired(person, setting)
    regular = None if person.regularised_on == "none" else person.regularised_on or hired
    return name, name, hired, regular, person.left_on


def _hired(person: Person, setting: Setting) -> date:
    if person.seniority_months is None:
        return _first_day(person, setting)
    end = setting.window.end
    return Period(end, end).shifted(-person.seniority_months).start


def _assignment(name: str, person: Person, setting: Setting) -> Row:
    where = person.works_in or setting.department
    return name, where, _first_day(person, setting), None, person.role, person.post or _post(where, setting)


def _post(department: str, setting: Setting) -> str | None:
    """The first post that the scheme judges there."""
    judging = (each.applies_to for each in setting.schemes if department in each.applies_to.where)
    return next((each.posts[0] for each in judging if each.posts), None)


def _departments(case: Case, people: People, setting: Setting) -> list[str]:
    where = (each.works_in or setting.department for each in people.values())
    return list(dict.fromkeys((setting.department, *where, *case.departments)))


# --- what people wrote down --------------------------------------------------------------------------------------


def _judgements(name: str, person: Person, setting: Setting) -> Iterator[Row]:
    for version in setting.versions:
        for _, _, line in version.placed():
            if line.manual and (told := person.given.get(line.manual, person.given.get("rest"))):
                yield from _of_roles(name, line.manual, _scores(told, line, version), setting)
        for sheet in version.points.values():
            for point in sheet.lines:
                if point.manual and (told := person.given.get(point.manual)):
                    yield from _of_roles(name, point.manual, _points(told), setting)


def _scores(told: TheTold, line: Indicator, version: Version) -> Scores:
    """By role; one number is given by every role that is asked, by as many raters as it takes to count."""
    if not isinstance(told.value, Decimal):
        return told.roles
    asked = judged_by(line, version)
    return {role: (told.value,) * (asked.least if role in asked.anonymous else 1) for role in asked.roles}


def _points(told: TheTold) -> Scores:
    """Of a line of points: one number is the superior's."""
    return {"manager": (told.value,)} if isinstance(told.value, Decimal) else told.roles


def _of_roles(name: str, indicator: str, scores: Scores, setting: Setting) -> Iterator[Row]:
    for role in sorted(scores):
        for number, score in enumerate(scores[role], start=1):
            yield name, indicator, setting.period.key, f"{role}{number}", role, score


def _abouts(case: Case, people: People, setting: Setting) -> Iterator[tuple[Level, str, About]]:
    yield from (("employee", name, each) for name, each in people.items())
    yield "department", setting.department, case.department
    yield from (("department", key, each) for key, each in case.departments.items())
    yield "company", COMPANY, case.company


def _targets(case: Case, people: People, setting: Setting) -> Iterator[Row]:
    last = looked_at("last_month", setting.period, setting.period)[0].key
    for level, subject, about in _abouts(case, people, setting):
        where = (about.works_in if isinstance(about, Person) else None) or setting.department
        agreed = {key: told.target for key, told in about.given.items() if told.target is not None} | about.targets
        for period, targets in ((setting.period.key, agreed), (last, about.targets_last_month)):
            for metric, value in targets.items():
                yield *measured_of(level, subject, where, metric, setting), metric, period, value


def _events(case: Case, people: People, setting: Setting) -> Iterator[Row]:
    for level, subject, about in _abouts(case, people, setting):
        whose = (subject, None) if level == "employee" else (None, subject)
        for kind, happened in about.events.items():
            yield from ((kind, *whose, _day(each, setting), each.quantity) for each in happened)


def _day(event: Happened, setting: Setting) -> date:
    if event.on is not None:
        return event.on
    if event.week is not None:
        return setting.window.weeks[event.week - 1].start
    return setting.window.iso_weeks[event.iso_week - 1].start if event.iso_week is not None else setting.window.start


def _attendance(name: str, person: Person, setting: Setting) -> Iterator[Row]:
    """The days of a kind follow one another from the first working day on; overtime stands on the window's last day."""
    first = _first_day(person, setting)
    days = iter([day for day in setting.working if day >= first])
    for kind, number in person.attendance.items():
        if kind == "overtime_hours":
            yield name, setting.window.end, "present", number
        else:
            yield from ((name, day, kind, None) for day, _ in zip(days, range(int(number)), strict=False))


def _past(case: Case, people: People, setting: Setting) -> Iterable[PastResult]:
    for level, subject, about in _abouts(case, people, setting):
        for period, told in about.past.items():
            if level != "company":
                yield _earlier(level, subject, period, told, setting)


def _earlier(level: str, subject: str, period: str, told: Past, setting: Setting) -> PastResult:
    """Of the scheme that is named; without one it is the score of the period, as scorecards give it."""
    scheme = told.scheme or setting.scheme.scheme
    own: Counts = next((each.counts for each in setting.schemes if each.scheme == told.scheme), "score")
    return PastResult(
        period=period,
        subject=subject,
        level="employee" if level == "employee" else "department",
        scheme=scheme,
        score=told.score,
        grade=told.grade,
        rank=told.rank,
        ranked_of=told.ranked_of,
        working_days=told.working_days,
        final=told.final,
        counts=told.counts or own,
    )
