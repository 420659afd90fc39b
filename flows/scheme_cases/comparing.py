"""What came out against what a case says; every difference is a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from flows.scheme_cases.model import Then, ThenDepartment, ThenPerson, ThenPool
from flows.scheme_cases.setting import Setting
from flows.scheme_cases.written import NOTHING, Written
from transforms.period import Period
from transforms.schemes.score_rules import plain
from transforms.scoring.results import (
    Appraisal,
    Card,
    DepartmentAppraisal,
    DepartmentResult,
    PeriodResults,
    PersonResult,
    PointLineResult,
)

TOTAL = "total"


@dataclass(frozen=True)
class Outcome:
    """What came out for one person: `card` and `appraisal` are the scheme's that is tried."""

    person: PersonResult
    card: Card | None
    appraisal: Appraisal | None
    values: Mapping[str, Decimal | None]

    @property
    def score(self) -> Decimal | None:
        """The card's; a scheme without a card goes by the person's score."""
        return self.card.score if self.card else self.person.score

    @property
    def grade(self) -> str | None:
        """As the score."""
        return self.card.grade if self.card else self.person.grade

    @property
    def ranked(self) -> tuple[int | None, int | None]:
        """Place, and among how many."""
        other = self.appraisal is not None and self.appraisal.counts != "score" and self.appraisal.rank is not None
        by = self.appraisal if other and self.appraisal else self.person
        return by.rank, by.ranked_of

    def lines(self, sheet: str) -> tuple[PointLineResult, ...]:
        """The lines of a sheet of points."""
        sheets = self.appraisal.sheets if self.appraisal else ()
        return next((each.lines for each in sheets if each.key == sheet), ())

    def total(self, sheet: str) -> Decimal | None:
        """What a sheet comes to."""
        sheets = self.appraisal.sheets if self.appraisal else ()
        return next((each.total for each in sheets if each.key == sheet), None)


def outcomes(results: PeriodResults, setting: Setting) -> dict[str, Outcome]:
    """What came out, by person."""
    return {each.employee_id: _outcome(each, results, setting) for each in results.people}


def _outcome(person: PersonResult, results: PeriodResults, setting: Setting) -> Outcome:
    name = setting.scheme.scheme
    appraisal = next((each for each in person.appraisals if each.scheme == name), None)
    cards = [*person.cards, *([appraisal.card] if appraisal and appraisal.card else [])]
    values = {
        each.metric: each.value
        for each in results.values
        if (each.level, each.subject_id, each.window) == ("employee", person.employee_id, setting.window.key)
    }
    return Outcome(person, next((each for each in cards if each.scheme == name), None), appraisal, values)


def differences(then: Then, found: Mapping[str, Outcome], results: PeriodResults, setting: Setting) -> Iterator[str]:
    """Every difference between a case and what came out."""
    alone = next(iter(found.values()))
    yield from _of_person(then, alone, setting.window, "")
    for name, told in then.people.items():
        yield from _of_person(told, found[name], setting.window, f"{name}: ")
    departments = {**({setting.department: then.department} if then.department else {}), **then.departments}
    for key, each in departments.items():
        yield from _of_department(each, key, results, setting)


def _of_person(then: ThenPerson, found: Outcome, window: Period, whose: str) -> Iterator[str]:
    rank, ranked_of = found.ranked
    plainly = (
        ("score", then.score, found.score),
        ("grade", then.grade, found.grade),
        ("rank", then.rank, rank),
        ("ranked_of", then.ranked_of, ranked_of),
        ("not_scored", then.not_scored, found.person.not_scored),
        ("appraised", then.appraised, bool(found.appraisal and found.appraisal.appraised)),
    )
    told = [f"{what} is {_shown(got)}, not {_shown(wanted)}" for what, wanted, got in plainly if _differ(wanted, got)]
    for part in (_of_card, _of_sheets, _of_pay, _of_consequences):
        told += part(then, found, window)
    yield from (f"{whose}{each}" for each in told)


def _differ(wanted: object, got: object) -> bool:
    return wanted is not None and got != (None if wanted == NOTHING else wanted)


def _shown(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) and value == value.to_integral() else str(value)


def _of_card(then: ThenPerson, found: Outcome, _: Period) -> list[str]:
    lines = {each.key: each for each in found.card.indicators} if found.card else {}
    points = {key: value for key, value in then.points.items() if not isinstance(value, dict)}
    ranks = {key: value for key, value in then.ranks.items() if not isinstance(value, dict)}
    asked = (("score", "score", then.scores), ("points", "points", points), ("weight", "weight_used", then.weights))
    told = [
        f"{name} of {key} is {getattr(lines.get(key), field, None)}, not {value}"
        for name, field, wanted in (*asked, ("rank", "rank", ranks))
        for key, value in wanted.items()
        if key not in lines or _differ(value, getattr(lines[key], field))
    ]
    return told + list(_of_values(then.values, {**found.values, **_actual(found)}, ""))


def _actual(found: Outcome) -> dict[str, Decimal | None]:
    """The values that are shown: on the card, or on a line of points that judges the whole window."""
    sheets = found.appraisal.sheets if found.appraisal else ()
    listed = [line for sheet in sheets for line in sheet.lines]
    single = {line.key: line.actual for line in listed if sum(other.key == line.key for other in listed) == 1}
    return single | ({each.key: each.actual for each in found.card.indicators} if found.card else {})


def _of_values(
    wanted: Mapping[str, Written | str | None], got: Mapping[str, Decimal | None], whose: str
) -> Iterator[str]:
    for key, value in wanted.items():
        actual = got.get(key)
        same = value.same(actual) if isinstance(value, Written) else actual is None and key in got
        if not same:
            came = (
                "not computed" if key not in got else "without a value" if actual is None else _in_unit(value, actual)
            )
            yield f"{whose}{key} is {came}, not {value.text if isinstance(value, Written) else value}"


def _in_unit(wanted: Written | str | None, actual: Decimal) -> str:
    return wanted.shown(actual) if isinstance(wanted, Written) else plain(actual)


def _of_sheets(then: ThenPerson, found: Outcome, window: Period) -> list[str]:
    told: list[str] = []
    for sheet, wanted in then.points.items():
        if isinstance(wanted, dict):
            for line, value in wanted.items():
                told += _of_line(sheet, line, value, found, window)
    for sheet, ranked in then.ranks.items():
        if isinstance(ranked, dict):
            for line, places in ranked.items():
                told += _of_parts("rank", sheet, line, places, found, window)
    return told


def _of_line(sheet: str, line: str, wanted: object, found: Outcome, window: Period) -> list[str]:
    if isinstance(wanted, dict):
        return _of_parts("points", sheet, line, wanted, found, window)
    lines = [each for each in found.lines(sheet) if each.key == line]
    given = [each.points for each in lines if each.points is not None]
    got = found.total(sheet) if line == TOTAL else sum(given, Decimal(0)) if given else None
    there = bool(lines) or (line == TOTAL and found.total(sheet) is not None)
    if there and not _differ(wanted, got):
        return []
    return [f"points of {sheet} {line} are {_shown(got) if there else 'not there'}, not {wanted}"]


def _of_parts(
    field: str, sheet: str, line: str, wanted: Mapping[str, object], found: Outcome, window: Period
) -> list[str]:
    """By week; where weeks of both kinds fit the window's lines, the line's own tell which it is."""
    lines = sorted((each for each in found.lines(sheet) if each.key == line), key=lambda each: _start(each, window))
    weeks = {str(number): each for number, each in enumerate(lines, start=1)}
    return [
        f"{field} of {sheet} {line} in week {week} is {getattr(weeks.get(week), field, 'not there')}, not {value}"
        for week, value in wanted.items()
        if week not in weeks or _differ(value, getattr(weeks[week], field))
    ]


def _start(line: PointLineResult, window: Period) -> int:
    keys = [each.key for each in (*window.weeks, *window.iso_weeks)]
    return keys.index(line.window) if line.window in keys else len(keys)


def _of_pay(then: ThenPerson, found: Outcome, _: Period) -> list[str]:
    if not then.pay:
        return []
    statement = found.appraisal.pay if found.appraisal else None
    if statement is None:
        return ["there is no pay"]
    lines = {each.key: Decimal(each.amount_fen) if each.missing is None else None for each in statement.lines}
    got = {**lines, TOTAL: Decimal(statement.total_fen)}
    return list(_of_values(then.pay, got, "pay "))


def _of_consequences(then: ThenPerson, found: Outcome, _: Period) -> list[str]:
    got = {each.key: each for each in found.person.consequences}
    told: list[str] = []
    if then.consequences is not None and sorted(got) != sorted(then.consequences):
        told.append(
            f"consequences are {', '.join(sorted(got)) or 'none'}, not {', '.join(then.consequences) or 'none'}"
        )
    for key, day in then.due.items():
        due = got[key].due_on if key in got else None
        if due != day:
            told.append(f"{key} is due on {due}, not {day}")
    return told


# --- departments -------------------------------------------------------------------------------------------------


def _of_department(then: ThenDepartment, key: str, results: PeriodResults, setting: Setting) -> Iterator[str]:
    found = next((each for each in results.departments if each.department_id == key), None)
    if found is None:
        yield f"{key}: there is no such department"
        return
    name = setting.scheme.scheme
    appraisal = next((each for each in found.appraisals if each.scheme == name), None)
    yield from (f"{key}: {each}" for each in _of_department_card(then, found, appraisal))
    values = {each.key: each.value for each in appraisal.values} if appraisal else {}
    measured = {
        each.metric: each.value
        for each in results.values
        if (each.level, each.subject_id, each.window) == ("department", key, setting.window.key)
    }
    yield from _of_values(then.values, {**measured, **values}, f"{key}: ")
    yield from (f"{key}: {each}" for pool, told in then.pools.items() for each in _of_pool(pool, told, appraisal))


def _of_department_card(
    then: ThenDepartment, found: DepartmentResult, appraisal: DepartmentAppraisal | None
) -> Iterator[str]:
    card = appraisal.card if appraisal and appraisal.card else found.card
    lines = {each.key: each.points for each in card.indicators} if card else {}
    asked = [("score", then.score, card and card.score), ("grade", then.grade, card and card.grade)]
    asked += [(f"points of {line}", value, lines.get(line)) for line, value in then.points.items()]
    yield from (f"{what} is {_shown(got)}, not {_shown(wanted)}" for what, wanted, got in asked if _differ(wanted, got))


def _of_pool(key: str, then: ThenPool, appraisal: DepartmentAppraisal | None) -> Iterator[str]:
    pool = next((each for each in appraisal.pools if each.key == key), None) if appraisal else None
    if pool is None:
        yield f"there is no pool {key}"
        return
    got = {"amount": pool.amount_fen, "paid": pool.paid_fen, "left": pool.left_fen}
    wanted = {name: getattr(then, name) for name in got if getattr(then, name) is not None}
    fen = {name: Decimal(value) for name, value in got.items()}
    yield from _of_values(wanted, fen, f"pool {key} ")
