"""People at the edges of what a report can be asked to show, made of the fabricated month's own people."""

from decimal import Decimal

from tests.sample_departments import LONG
from tests.sample_results import context, half_up, results, score_history
from transforms.reports import EmployeeReport, employee_report
from transforms.scoring.results import IndicatorResult, PersonResult
from transforms.titles import Title

WHO = "E2002"


def with_indicators(count: int) -> EmployeeReport:
    """A person with so many indicators, the own ones again and again; their weights come to 100."""
    one = _whole(WHO)
    own = one.cards[0].indicators
    lines = [_numbered(own[n % len(own)], n, count) for n in range(count)]
    score = half_up(sum((line.points for line in lines if line.points is not None), Decimal(0)))
    card = one.cards[0].model_copy(update={"indicators": tuple(lines), "score": score})
    return _report(one.model_copy(update={"cards": (card,), "score": score}))


def _numbered(line: IndicatorResult, number: int, count: int) -> IndicatorResult:
    weight, name = Decimal(100 // count + (number < 100 % count)), line.title
    title = Title(
        zh_hans=f"{name.zh_hans} {number + 1}", zh_hant=f"{name.zh_hant} {number + 1}", en=f"{name.en} {number + 1}"
    )
    told = {"key": f"{line.key}_{number}", "title": title, "weight": weight, "weight_used": weight}
    return line.model_copy(update={**told, "points": half_up(weight * (line.score or Decimal(0)) / 100)})


def long_named() -> EmployeeReport:
    """A name of more characters than a line has, with a long post."""
    card = _whole(WHO).cards[0].model_copy(update={"post": "高级直播运营与短视频内容策划专员（华东大区、华南大区）"})
    return _report(_whole(WHO).model_copy(update={"name": LONG, "cards": (card,)}))


def without_data() -> EmployeeReport:
    """A person of whom there is no row at all."""
    none = {"cards": (), "score": None, "grade": None, "grade_title": None, "rank": None, "ranked_of": None}
    beside = {"not_scored": "no_data", "appraisals": (), "consequences": (), "provisional": False, "working_days": 0}
    return _report(_whole(WHO).model_copy(update={**none, **beside}))


def _whole(who: str) -> PersonResult:
    found = next(each for each in results().people if each.employee_id == who)
    return found.model_copy(update={"appraisals": (), "consequences": ()})


def _report(one: PersonResult) -> EmployeeReport:
    others = tuple(each for each in results().people if each.employee_id != one.employee_id)
    month = results().model_copy(update={"people": (*others, one)})
    return employee_report(month, one.employee_id, score_history(one.employee_id), context())
