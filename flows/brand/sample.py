"""A made-up month of three people: what a company's look is tried on before a run, and shown on without one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from flows.company import Company
from flows.mail.letter import Letter, Reminder
from transforms.measures.parameters import MeasureParameters
from transforms.metrics.catalogue import catalogue
from transforms.metrics.model import MetricValue, Unit
from transforms.reports import (
    Acknowledged,
    AppealWindow,
    DepartmentReport,
    EmployeeReport,
    GradeBound,
    Kind,
    Report,
    ReportContext,
    ScorePoint,
    SlipView,
    acknowledgement_report,
    company_report,
    department_report,
    employee_report,
)
from transforms.reports.letters import department_figures, own_figures
from transforms.scoring.results import Card, DepartmentResult, IndicatorResult, PeriodResults, PersonResult, Trace
from transforms.scoring.trace import constant, half_up, leaf, step
from transforms.titles import Title

PERIOD, DEPARTMENT = "2026-10", "desk"
SUBJECTS: dict[Kind, tuple[str, ...]] = {
    "employee": ("P1", "P2", "P3"), "department": (DEPARTMENT,), "company": ("company",),
    "acknowledgement": (DEPARTMENT,),
}  # fmt: skip
# metric, weight, target, numerator and denominator of P1 and of P2
_Counts = tuple[int, int | None]
_Row = tuple[str, int, str, tuple[_Counts, _Counts]]
_ROWS: tuple[_Row, ...] = (
    ("order_payment_rate", 40, "0.80", ((412, 496), (301, 410))),
    ("first_response_seconds", 35, "30", ((14_300, 520), (13_700, 405))),
    ("paid_amount", 25, "4000000", ((3_618_800, None), (4_120_500, None))),
)
_DESK = Title(zh_hans="客服部", zh_hant="客服部", en="Customer service")
_RULE = Title(
    zh_hans="与目标之比，最高 100 分", zh_hant="與目標之比，最高 100 分", en="Against the target, at most 100"
)
_GROUP = Title(zh_hans="业绩", zh_hant="業績", en="Results")
_SCHEME = Title(zh_hans="示例方案", zh_hant="範例方案", en="Sample scheme")
_GRADES = (
    (Decimal(90), "good", Title(zh_hans="良好", zh_hant="良好", en="Good")),
    (Decimal(0), "qualified", Title(zh_hans="合格", zh_hant="合格", en="Qualified")),
)
_NAMES = {"P1": "示例甲", "P2": "示例乙", "P3": "示例丙"}


def sample(company: Company, kind: Kind, subject_id: str = "") -> Report:
    """A report of the made-up month, in the company's name and currency; no subject: the first of the kind."""
    who, context = subject_id or SUBJECTS[kind][0], _context(company)
    if kind == "employee":
        return _own(company, who)
    if kind == "department":
        return _desk(company)
    if kind == "acknowledgement":
        return acknowledgement_report(_results(), who, context.answers, context)
    return company_report(_results(), {"P1": _history()}, context)


def sample_letters(company: Company) -> tuple[Letter, ...]:
    """Every kind of letter about the made-up month, with figures in its body and without."""
    own, desk = own_figures(_own(company)), department_figures(_desk(company))
    asks = Reminder(topic="sample", subject=_SCHEME, paragraphs=(_RULE, _GROUP))
    kinds: tuple[dict[str, object], ...] = (
        {"kind": "own", "figures": own}, {"kind": "own", "replaces": 1}, {"kind": "department", "figures": desk},
        {"kind": "department"}, {"kind": "reminder", "reminder": asks},
    )  # fmt: skip
    common = {
        "message_id": "<sample@example.com>", "period": PERIOD, "revision_id": 1, "revision_number": 1,
        "recipient_id": "P1", "recipient_name": _NAMES["P1"], "address": "p1@example.com", "sender": "hr@example.com",
        "company": company.settings.name, "department_id": DEPARTMENT, "department": _DESK, "provisional": True,
        "locale": company.settings.documents.locale, "dated": datetime(2026, 11, 6, tzinfo=UTC),
    }  # fmt: skip
    return tuple(Letter.model_validate(common | of_kind) for of_kind in kinds)


def _own(company: Company, who: str = "P1") -> EmployeeReport:
    return employee_report(_results(), who, _history(), _context(company))


def _desk(company: Company) -> DepartmentReport:
    return department_report(_results(), DEPARTMENT, {"P1": _history()}, _context(company))


def _context(company: Company) -> ReportContext:
    window = AppealWindow(
        working_days=5, since=date(2026, 11, 6), until=date(2026, 11, 13),
        investigate_working_days=10, answer_working_days=5,
    )  # fmt: skip
    bounds = tuple(GradeBound(title=title, at_least=least) for least, _, title in _GRADES)
    return ReportContext(
        company=company.settings.name, currency=company.settings.currency, revision=1, snapshot_id="0" * 64,
        dated=date(2026, 11, 6), appeal=window, grade_bounds={"sample": bounds},
        slips={"P1": (SlipView(period="2026-09", dated=date(2026, 10, 20), amount_fen=1230),)},
        answers=(Acknowledged(employee_id="P1", state="acknowledged", on=date(2026, 11, 9), of_revision=1),),
    )  # fmt: skip


@cache
def _results() -> PeriodResults:
    people = (_person("P1", 0, 1), _person("P2", 1, 2), _unscored("P3"))
    scores = sorted(p.score for p in people if p.score is not None)
    desk = DepartmentResult(
        department_id=DEPARTMENT, title=_DESK, manager_ids=("P1",), employee_ids=tuple(_NAMES),
        card=_card(None, 0), mean_score=sum(scores, Decimal(0)) / len(scores), median_score=scores[0],
        grades={"good": 1, "qualified": 1}, provisional=True,
    )  # fmt: skip
    return PeriodResults(
        period=PERIOD, provisional=True, provisional_until=date(2026, 11, 16), people=people, departments=(desk,),
        values=tuple(_values()), findings=(), filtered={"P1": {"after_sales": 12}},
    )  # fmt: skip


def _person(who: str, column: int, rank: int) -> PersonResult:
    card = _card(who, column)
    return PersonResult(
        employee_id=who, name=_NAMES[who], department_id=DEPARTMENT, cards=(card,), working_days=17,
        period_working_days=17, score=card.score, grade=card.grade, grade_title=card.grade_title, rank=rank,
        ranked_of=2, provisional=True, trace=card.trace,
    )  # fmt: skip


def _unscored(who: str) -> PersonResult:
    return PersonResult(
        employee_id=who, name=_NAMES[who], department_id=DEPARTMENT, cards=(), working_days=3, period_working_days=17,
        score=None, grade=None, grade_title=None, rank=None, ranked_of=None, provisional=False, not_scored="no_data",
        trace=leaf("score", "score", None),
    )  # fmt: skip


def _card(who: str | None, column: int) -> Card:
    lines = tuple(_line(row, column) for row in _ROWS)
    score = half_up(sum((line.points for line in lines if line.points is not None), Decimal(0)))
    code, title = next((code, title) for least, code, title in _GRADES if score >= least)
    points = (leaf("points", line.key, line.points) for line in lines)
    return Card(
        employee_id=who, department_id=DEPARTMENT, post=None, scheme="sample", scheme_title=_SCHEME,
        scheme_version=date(2026, 1, 1), scheme_hash="0" * 64, working_days=17, score=score, grade=code,
        grade_title=title, indicators=lines, trace=step("sum", "card", *points),
    )  # fmt: skip


def _line(row: _Row, column: int) -> IndicatorResult:
    key, weight, target, counts = row
    metric = catalogue(MeasureParameters())[key]
    above, below = counts[column]
    value = _value(key, leaf("measure", metric.numerator, Decimal(above)), str(metric.denominator), below)
    attained = step(
        "attainment", "attainment", value, leaf("target", key, Decimal(target)), better=metric.better.value, cap="1"
    )
    score = step("round", "score", step("target", "target", attained, floor="0", cap="1", full_at="1"), to="0.01")
    points = half_up(Decimal(weight) * (score.value or Decimal(0)) / 100)
    return IndicatorResult(
        key=key, kind="metric", title=metric.title, group="results", group_title=_GROUP, weight=Decimal(weight),
        weight_used=Decimal(weight), unit=metric.unit, better=metric.better, target=Decimal(target), actual=value.value,
        numerator=Decimal(above), denominator=None if below is None else Decimal(below), score=score.value,
        points=points, provisional=metric.unit == Unit.FEN, rank=column + 1, ranked_of=2, says=metric.says, rule=_RULE,
        source=metric.source, trace=score,
    )  # fmt: skip


def _value(key: str, top: Trace, name: str, below: int | None) -> Trace:
    scale = constant("scale", 1)
    if below is None:
        return step("times", key, top, scale)
    return step("quotient", key, top, leaf("measure", name, Decimal(below)), scale)


def _values() -> Iterator[MetricValue]:
    """This month and the one before, of everybody scored."""
    for window in ("2026-09", PERIOD):
        for key, _, _, counts in _ROWS:
            for who, (above, below) in zip(("P1", "P2"), counts, strict=True):
                yield MetricValue(
                    level="employee", subject_id=who, department_id=DEPARTMENT, window=window, metric=key,
                    numerator=Decimal(above), denominator=None if below is None else Decimal(below),
                    value=Decimal(above) / (below or 1),
                )  # fmt: skip


def _history() -> tuple[ScorePoint, ...]:
    return tuple(ScorePoint(period=f"2026-0{month}", score=Decimal(80 + month)) for month in (7, 8, 9))
