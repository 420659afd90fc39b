"""Departments of every size and shape, made of the fabricated month's own people: many, one, nobody, all alike."""

from decimal import Decimal
from functools import cache

from tests.sample_results import all_history, context, grade, results
from transforms.reports import DepartmentReport, ReportContext, ScorePoint, department_report
from transforms.scoring.results import Card, PeriodResults, PersonResult
from transforms.titles import Title

HOME = "marketing"
LONG = "阿卜杜热合曼·买买提艾力·吐尔逊江（市场推广部华东大区直播与短视频内容运营组）"


def report_of(
    month: PeriodResults, department_id: str = HOME, history: dict[str, tuple[ScorePoint, ...]] | None = None,
    beside: ReportContext | None = None,
) -> DepartmentReport:  # fmt: skip
    """The report of a changed month."""
    return department_report(month, department_id, all_history() if history is None else history, beside or context())


@cache
def crowd(count: int) -> PeriodResults:
    """Marketing has so many people: its five again and again, with values of their own."""
    month = results()
    five = [person for person in month.people if person.department_id == HOME]
    people, values = [], [value for value in month.values if value.department_id != HOME]
    for number in range(count):
        model = five[number % len(five)]
        who = f"X{number:03}"
        people.append(_as(model, who, number))
        values += [v.model_copy(update={"subject_id": who}) for v in month.values if v.subject_id == model.employee_id]
    others = [person for person in month.people if person.department_id != HOME]
    return month.model_copy(update={"people": (*others, *_placed(people)), "values": tuple(values)})


def _as(model: PersonResult, who: str, number: int) -> PersonResult:
    score = (model.score or Decimal(80)) - Decimal(number % 17) / 4
    return model.model_copy(update={"employee_id": who, "score": score})


def _placed(people: list[PersonResult]) -> list[PersonResult]:
    places = sorted((person.score or Decimal(0) for person in people), reverse=True)
    return [p.model_copy(update={"rank": places.index(p.score or Decimal(0)) + 1}) for p in people]


def alike() -> PeriodResults:
    """Everybody in marketing has 80 points."""
    code, title = grade(Decimal(80))
    same = {"score": Decimal(80), "rank": 1, "grade": code, "grade_title": title}
    return _each(lambda person: person.model_copy(update=same))


def nobody_scored() -> PeriodResults:
    """Marketing without a card of its own, and without a scored person."""
    none = {"cards": (), "score": None, "grade": None, "grade_title": None, "rank": None, "not_scored": "no_data"}
    month = _each(lambda person: person.model_copy(update={**none, "consequences": (), "appraisals": ()}))
    return _whole(month, None)


def named(name: str) -> PeriodResults:
    """Everybody in marketing has that name."""
    return _each(lambda person: person.model_copy(update={"name": name}))


def with_indicators(count: int) -> PeriodResults:
    """Marketing's own card with so many indicators, its own again and again."""
    month = results()
    card = next(d.card for d in month.departments if d.department_id == HOME)
    lines = [
        card.indicators[n % len(card.indicators)].model_copy(
            update={"title": Title(zh_hans=f"指标{n + 1}", zh_hant=f"指標{n + 1}", en=f"Indicator {n + 1}")}
        )
        for n in range(count)
    ]
    return _whole(month, card.model_copy(update={"indicators": tuple(lines)}))


def _each(change: object) -> PeriodResults:
    month = results()
    people = (change(p) if p.department_id == HOME else p for p in month.people)  # type: ignore[operator]
    return month.model_copy(update={"people": tuple(people)})


def _whole(month: PeriodResults, card: Card | None) -> PeriodResults:
    changed = (d.model_copy(update={"card": card}) if d.department_id == HOME else d for d in month.departments)
    return month.model_copy(update={"departments": tuple(changed)})
