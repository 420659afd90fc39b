"""Companies of every shape for the company's report: made from a few scores, or from the fabricated month."""

from decimal import Decimal

from tests.sample_results import all_history, context, grade, half_up, results, t
from transforms.reports import CompanyReport, ReportContext, company_report
from transforms.reports.record_model import DesignChange
from transforms.scoring.results import DepartmentResult, PeriodResults, PersonResult
from transforms.scoring.trace import constant, leaf

TENURES = ("under_6_months", "6_to_12_months", "1_to_3_years", "from_3_years")
SHOPS = ("tm_flagship", "jd_store", "several", "none")


def person(number: int, department_id: str, score: Decimal | None, **profile: str) -> PersonResult:
    """Somebody with a score and no card."""
    code, title = (None, None) if score is None else grade(score)
    return PersonResult(
        employee_id=f"P{number:04d}", name=f"员工{number}", department_id=department_id, cards=(), working_days=17,
        period_working_days=17, score=score, grade=code, grade_title=title, rank=None, ranked_of=None,
        provisional=False, not_scored=None if score is not None else "no_data", trace=constant("score", score or 0),
        profile=profile,
    )  # fmt: skip


def company_of(
    scores: dict[str, list[object]], profiles: dict[str, list[dict[str, str]]] | None = None
) -> PeriodResults:
    """A company of departments with these scores (None: not scored), and the profiles of their people."""
    people, number = [], 0
    for department_id, told in scores.items():
        for n, score in enumerate(told):
            number += 1
            profile = (profiles or {}).get(department_id, [{}] * len(told))[n]
            exact = None if score is None else half_up(Decimal(str(score)))
            people.append(person(number, department_id, exact, **profile))
    departments = tuple(_department(key, [p for p in people if p.department_id == key]) for key in scores)
    return PeriodResults(
        period="2026-10", provisional=False, provisional_until=None, people=tuple(people), departments=departments,
        values=(), findings=(), filtered={},
    )  # fmt: skip


def _department(key: str, people: list[PersonResult]) -> DepartmentResult:
    return DepartmentResult(
        department_id=key, title=t(f"{key} 部", f"{key} 部", key), manager_ids=(),
        employee_ids=tuple(p.employee_id for p in people), card=None, mean_score=None, median_score=None, grades={},
        provisional=False,
    )  # fmt: skip


def with_profiles(month: PeriodResults) -> PeriodResults:
    """The fabricated month, its people spread over tenures, shops and shifts in turn."""
    people = tuple(
        each.model_copy(update={"profile": {
            "tenure": TENURES[min(n % 6, 3)], "shop": SHOPS[n % 4], "shift": "with_nights" if n % 3 else "days_only",
        } | ({"shop_title": "云帆旗舰店"} if SHOPS[n % 4] == "tm_flagship" else {})})
        for n, each in enumerate(month.people)
    )  # fmt: skip
    return month.model_copy(update={"people": people})


def planned() -> ReportContext:
    """A plan for two of four departments, and what was redesigned."""
    return context().model_copy(
        update={"pay_plan_fen": {"customer_service": 8_000_000, "operations": 1_000_000}, "redesigned": REDESIGNED}
    )


REDESIGNED = (
    DesignChange(
        scheme="s01_customer_service", scheme_title=t("电商部门月度考核", "電商部門月度考核", "E-commerce departments, monthly"),
        department=None, what="weight", title=t("客户满意度", "客戶滿意度", "Customer satisfaction"),
        before=t("30", "30", "30"), after=t("35", "35", "35"), approved="HR, 2026-09-20, HR-31",
    ),
    DesignChange(
        scheme="", scheme_title=t("约定目标", "約定目標", "Agreed targets"),
        department=t("电商运营部", "電商營運部", "Operations"), what="target", title=t("销售额", "銷售額", "Sales"),
        before=t("480,000 元", "480,000 元", "480,000 yuan"), after=None, approved="",
    ),
)  # fmt: skip


def full_report() -> CompanyReport:
    """The fabricated month with everything a company's page can say."""
    return company_report(with_profiles(results()), all_history(), planned())


def report(told: PeriodResults, known: ReportContext | None = None) -> CompanyReport:
    """The report of a company without a past."""
    return company_report(told, {}, known or context())


def agreed(month: PeriodResults, metric: str, told: dict[tuple[str, str], int]) -> PeriodResults:
    """The month with targets agreed for a metric, by level and subject, each looked at by the subject's first line."""
    people = tuple(_agreed_person(each, metric, told.get(("employee", each.employee_id))) for each in month.people)
    departments = tuple(
        each.model_copy(
            update={
                "card": _with_target(
                    each.card, metric, told.get(("department", each.department_id)), "department", each.department_id
                )
            }
        )
        for each in month.departments
    )
    return month.model_copy(update={"people": people, "departments": departments})


def _agreed_person(one: PersonResult, metric: str, value: int | None) -> PersonResult:
    if value is None or not one.cards:
        return one
    first, *rest = one.cards
    return one.model_copy(update={"cards": (_with_target(first, metric, value, "employee", one.employee_id), *rest)})


def _with_target(told, metric, value, level, subject):
    if told is None or value is None:
        return told
    first, *rest = told.indicators
    trace = leaf("target", f"target of {metric}", Decimal(value), level=level, subject=subject)
    return told.model_copy(update={"indicators": (first.model_copy(update={"trace": trace}), *rest)})
