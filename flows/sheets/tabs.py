"""The rows of each tab: what a rater judges; what a department's manager writes down and agrees."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from flows.rendering.formats import Formats
from flows.sheets import beside
from flows.sheets.expected import Asked
from flows.sheets.layout import row_code
from flows.sheets.situation import Situation, earlier, following
from flows.sheets.words import ATTENDANCE, DEPARTMENT, ROLES, UNITS
from flows.sheets.workbook import Choice, Row
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import Metric, Unit
from transforms.period import Period
from transforms.schemes.scheme import Scheme
from transforms.schemes.targets import FromTargets
from transforms.scoring.facts import facts_of
from transforms.scoring.membership import members
from transforms.titles import Locale, Title

EVENT_ROWS, ATTENDANCE_ROWS, MORE_EXAMS = 60, 120, 10
_FEN = Decimal(100)
_FORMATS = {Unit.RATE: "0.00%", Unit.FEN: "#,##0.00", Unit.COUNT: "#,##0.####"}
# A cell is written in yuan, in per cent, or as the value is; times this it is the table's value.
_FACTORS = {Unit.FEN: "100", Unit.RATE: "0.01"}
_PLACES = {Unit.RATE: 6, Unit.FEN: 2}


def judgement_rows(
    mine: Sequence[Asked], seen: Situation, titles: Mapping[str, Title], anonymous: frozenset[tuple[str, str]],
    formats: Formats,
) -> tuple[Row, ...]:  # fmt: skip
    """A row a judgement, the person's own facts beside it. `anonymous`: (scheme, indicator) with an anonymous role."""
    return tuple(_judgement(each, seen, titles, anonymous, formats) for each in mine)


def _judgement(
    each: Asked, seen: Situation, titles: Mapping[str, Title], anonymous: frozenset[tuple[str, str]], formats: Formats
) -> Row:
    keys = {
        "employee_id": each.employee_id, "indicator": each.indicator, "period": seen.book.period.key,
        "rater_id": each.rater_id, "role": each.role,
    }  # fmt: skip
    cells = {
        "employee_id": each.employee_id, "name": seen.name(each.employee_id), "post": each.post,
        "indicator": formats.title(each.title), "says": formats.title(each.says),
        "role": formats.title(ROLES[each.role]), "facts": beside.facts(each, seen, formats),
        "last_score": beside.last_score(each, seen, anonymous=(each.scheme, each.indicator) in anonymous),
        "events": beside.events(each, seen, titles, formats),
    }  # fmt: skip
    code = row_code(each.employee_id, each.indicator, each.role)
    return Row(code, keys, cells, {"last_score": "0.##"}, part=f"{each.department_id}|{each.employee_id}")


def target_rows(seen: Situation, schemes: Iterable[Scheme], department_id: str, locale: Locale) -> tuple[Row, ...]:
    """A row for everybody and every metric with an agreed target, and for the department itself."""
    subjects = _with_targets(seen, schemes, department_id)
    return tuple(_target(seen, *each, locale) for each in sorted(subjects) if each[2] in CATALOGUE)


def _with_targets(seen: Situation, schemes: Iterable[Scheme], department_id: str) -> set[tuple[str, str, str]]:
    """Level, subject, metric: those of the period that there are, and those a scheme in force looks for."""
    here = people(seen, department_id)
    of_department = ("department", department_id)
    there = {key[:3] for key in seen.book.targets if key[3] == seen.book.period.key}
    kept = {key for key in there if key[:2] == of_department or (key[0] == "employee" and key[1] in here)}
    return kept | set(_asked_for(seen, schemes, department_id))


def _asked_for(seen: Situation, schemes: Iterable[Scheme], department_id: str) -> Iterator[tuple[str, str, str]]:
    for scheme in schemes:
        window = scheme.window(seen.book.period)
        version = scheme.in_force(window.start) if window else None
        if version is None or window is None or department_id not in scheme.applies_to.where:
            continue
        lines = [each for _, _, each in version.placed() if isinstance(each.target, FromTargets) and each.of == "own"]
        for member in members(scheme, version, facts_of(seen.book, window)) if lines else ():
            if member.appraised and member.subject.department_id == department_id:
                yield from (("employee", member.employee_id, str(each.metric)) for each in lines)


def _target(seen: Situation, level: str, subject_id: str, metric: str, locale: Locale) -> Row:
    declared, period = CATALOGUE[metric], seen.book.period
    after = following(period)
    keys = {
        "level": level, "subject_id": subject_id, "metric": metric, "period": after.key,
        "factor": _FACTORS.get(declared.unit, "1"),
    }  # fmt: skip
    actuals = {f"actual_{n}": _actual(seen, earlier(period, n - 1), level, subject_id, declared) for n in (1, 2, 3)}
    cells = {
        "subject_id": subject_id,
        "name": (seen.department(subject_id).in_locale(locale) if level == "department" else seen.name(subject_id)),
        "metric": declared.title.in_locale(locale), "unit": UNITS[declared.unit].in_locale(locale), **actuals,
        "target": _agreed(seen, level, subject_id, declared, period.key),
    }  # fmt: skip
    shown = _FORMATS.get(declared.unit, "#,##0.##")
    formats = dict.fromkeys((*actuals, "target", "value"), shown)
    return Row(row_code(level, subject_id, metric), keys, cells, formats, part=f"{level}|{subject_id}")


def _actual(seen: Situation, window: Period, level: str, subject_id: str, metric: Metric) -> Decimal | None:
    found = seen.book.values.get(window.key, {}).items()
    of_subject = (each.value for (at, who, _, key), each in found if (at, who, key) == (level, subject_id, metric.key))
    return _shown(next((value for value in of_subject if value is not None), None), metric.unit)


def _agreed(seen: Situation, level: str, subject_id: str, metric: Metric, period: str) -> Decimal | None:
    return _shown(seen.book.targets.get((level, subject_id, metric.key, period)), metric.unit)


def _shown(value: Decimal | None, unit: Unit) -> Decimal | None:
    """Money in yuan, the rest as it is, with as many digits as are read."""
    if value is None:
        return None
    return round(value / _FEN if unit is Unit.FEN else value, _PLACES.get(unit, 4))


def blank_rows(name: str, count: int) -> tuple[Row, ...]:
    """Rows that say nothing yet."""
    return tuple(Row(row_code(name, str(number)), {}, {}) for number in range(1, count + 1))


def exam_rows(seen: Situation, department_id: str) -> tuple[Row, ...]:
    """Everybody's row for each test the department's people took lately, and a few for new tests."""
    here = people(seen, department_id)
    taken = sorted({each.exam for each in seen.exams if each.employee_id in here})
    known = (
        Row(
            row_code(who, exam), {"employee_id": who, "exam": exam},
            {"person": _label(seen, who), "exam": exam},
            part=exam, locked=frozenset({"person", "exam"}),
        )
        for exam in taken
        for who in here
    )  # fmt: skip
    return (*known, *blank_rows("exam", MORE_EXAMS))


def people(seen: Situation, department_id: str) -> tuple[str, ...]:
    """Who was in the department in the period, by number."""
    here = (each for each in seen.book.stints(seen.book.period) if each.department_id == department_id)
    return tuple(sorted({each.employee.employee_id for each in here}))


def department_choices(
    seen: Situation, department_id: str, titles: Mapping[str, Title], locale: Locale
) -> dict[str, tuple[Choice, ...]]:
    """What the drop-downs of a department's workbook offer."""
    here = tuple((_label(seen, who), {"employee_id": who}) for who in people(seen, department_id))
    whole = f"{seen.department(department_id).in_locale(locale)} ({DEPARTMENT.in_locale(locale)})"
    return {
        "people": here,
        "subjects": (*here, (whole, {"department_id": department_id})),
        "event_kinds": tuple((_kind(kind, title, locale), {"kind": kind}) for kind, title in titles.items()),
        "attendance_kinds": tuple((title.in_locale(locale), {"kind": kind}) for kind, title in ATTENDANCE.items()),
    }


def _label(seen: Situation, who: str) -> str:
    return f"{who} {seen.name(who)}"


def _kind(kind: str, title: Title, locale: Locale) -> str:
    name = title.in_locale(locale)
    return name if name == kind else f"{name} ({kind})"
