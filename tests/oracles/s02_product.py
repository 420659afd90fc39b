"""The product's side of the comparison with the oracle: the same random department, through the real engine.

What the oracle is given as counts becomes metric values of the four weeks and the month; what the product computes
from further facts (the department's target from page views) is fed so that it comes to the given number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, localcontext
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from flows.yaml_files import load_yaml, validate_data
from tests.oracles import s02
from transforms.appraise import appraise
from transforms.measures.parameters import MeasureParameters
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import Level, MetricValue
from transforms.period import Period, parse, working_days
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import Book, make_book
from transforms.scoring.people import ScoringInputs
from transforms.scoring.results import Appraisal, DepartmentAppraisal, PeriodResults

SCHEME = Path(__file__).parents[2] / "config" / "schemes" / "s02_cs_draft.yaml"
OCTOBER, WHERE = parse("2026-10"), "customer_service"
SEPTEMBER, LAST_YEAR = OCTOBER.shifted(-1), OCTOBER.shifted(-12)
TIMES = (LAST_YEAR, SEPTEMBER, OCTOBER.shifted(-2), OCTOBER.shifted(-3))
LARGE = Decimal(10**12)  # last month's target, so that last month's completion is what the case says
WEEKLY = {
    "inquiry_ratio": lambda w: (w.inquirers, w.received),
    "same_day_order_rate": lambda w: (w.same_day_orderers, w.inquirers),
    "order_payment_rate": lambda w: (w.owned_orderers_paid, w.owned_orderers),
    "paid_order_value": lambda w: (w.paid_amount_fen, w.paying_buyers),
    "conversion": lambda w: (w.final_payers, w.inquirers),
    "message_ratio": lambda w: (w.agent_messages, w.buyer_messages),
    "reply_rate": lambda w: (w.replied_buyers, w.received_buyers),
    "mean_response_seconds": lambda w: (w.response_seconds_sum, w.response_waits),
    "order_loss": lambda w: (w.owned_orderers - w.owned_orderers_paid, w.owned_orderers),
}
COLUMNS = {
    "employees": "employee_id name hired_on regularised_on left_on",
    "assignments": "employee_id department_id valid_from valid_until role post",
    "departments": "department_id title_zh_hans title_zh_hant title_en",
    "judgements": "employee_id indicator period rater_id role score",
    "targets": "level subject_id metric period value",
    "events": "event_id kind employee_id department_id occurred_on quantity",
    "attendance": "employee_id day kind overtime_hours",
    "pay_items": "employee_id item valid_from valid_until amount_fen",
    "campaigns": "campaign_id starts_on ends_on is_special",
}


@dataclass(frozen=True)
class Outcome:
    """What both sides must agree on, in the oracle's words; money in fen."""

    weekly: dict[str, dict[str, tuple[Decimal, ...]]]  # agent → line → points a week
    monthly: dict[str, Decimal]
    behaviour: dict[str, Decimal]
    commission: dict[str, int]
    performance_bonus: dict[str, int]
    behaviour_bonus: dict[str, int]
    pay: dict[str, int]
    x_fen: int
    pools: tuple[tuple[int, int], ...]  # amount, left over


LINES = {
    1: "inquiry_ratio", 2: "same_day_order_rate", 3: "order_payment_rate", 4: "paid_order_value", 5: "conversion",
    6: "message_ratio", 7: "reply_rate", 8: "mean_response_seconds", 9: "order_loss", 12: "weekly_rank",
}  # fmt: skip


def by_oracle(department: s02.Department, options: s02.Options) -> Outcome:
    """The oracle's outcome of those who are appraised."""
    told = s02.appraise(department, options)
    agents = {key: each for key, each in told.agents.items() if each.appraised}
    return Outcome(
        weekly={
            key: {line: tuple(Decimal(week[n]) for week in each.weekly_points) for n, line in LINES.items()}
            for key, each in agents.items()
        },
        monthly={key: Decimal(each.monthly_points) for key, each in agents.items()},
        behaviour={key: each.behaviour_points for key, each in agents.items()},
        commission={key: each.commission.paid_fen for key, each in agents.items()},
        performance_bonus={key: each.performance_bonus_fen for key, each in agents.items()},
        behaviour_bonus={key: each.behaviour_bonus_fen for key, each in agents.items()},
        pay={key: each.pay_fen for key, each in agents.items()},
        x_fen=told.x_fen,
        pools=(
            (told.performance_pool_fen, told.performance_remainder_fen),
            (told.behaviour_pool_fen, told.behaviour_remainder_fen),
        ),
    )


def by_product(department: s02.Department, options: s02.Options) -> Outcome:
    """The product's outcome of those who are appraised."""
    with localcontext(Context(prec=28)):
        results = appraise(book_of(department), [scheme_of(options)])
    return _outcome(results)


@cache
def scheme_of(options: s02.Options) -> Scheme:
    """The shipped scheme with the parameters turned as the options say."""
    data, line_of = load_yaml(SCHEME)
    pay = data["versions"][0]["pay"]
    if options.divisor == "team_sum":
        pay["pools"]["performance_bonus"]["divisor"] = "team"
    if options.behaviour_divisor == "20":
        pay["pools"]["behaviour_bonus"]["divisor"] = 20
    pay["parameters"]["marginal"] = int(options.tier_mode == "marginal")
    return validate_data(Scheme, data, SCHEME, line_of)


# --- the department as a book -------------------------------------------------------------------------------------


def book_of(department: s02.Department) -> Book:
    """Everything the product looks up."""
    days = working_days(Period(LAST_YEAR.start, OCTOBER.end).days)
    return make_book(
        OCTOBER, CATALOGUE, _values(department), _inputs(department),
        as_of=date(2027, 1, 1), working_days=days, parameters=MeasureParameters(),
    )  # fmt: skip


def _value(
    metric: str, window: Period, numerator: object, denominator: object = None, *, who: str | None = None
) -> MetricValue:
    """A metric's value of an agent, or of the department."""
    top, bottom = Decimal(str(numerator)), None if denominator is None else Decimal(str(denominator))
    level: Level = "employee" if who else "department"
    value = top if bottom is None else top / bottom if bottom else None
    return MetricValue(
        level=level, subject_id=who or WHERE, department_id=WHERE, window=window.key, metric=metric,
        numerator=top, denominator=bottom, value=value,
    )  # fmt: skip


def _values(department: s02.Department) -> Iterator[MetricValue]:
    kept = s02.ranked_agents(department)
    for agent in department.agents:
        for week, window in zip(agent.weeks, OCTOBER.weeks, strict=True):
            yield from (_value(key, window, *of(week), who=agent.id) for key, of in WEEKLY.items())
            yield _value("paid_amount", window, week.paid_amount_fen, who=agent.id)
        yield _value("paid_amount", OCTOBER, agent.paid_amount_fen, who=agent.id)
        yield _value("assisted_amount", OCTOBER, agent.assisted_amount_fen, who=agent.id)
        yield _value("received", OCTOBER, sum(week.received_buyers for week in agent.weeks), who=agent.id)
        if department.mean_task_completion_last is not None:
            yield _value("paid_amount", SEPTEMBER, department.mean_task_completion_last * LARGE, who=agent.id)
    for n, window in enumerate(OCTOBER.weeks):
        for key, of in WEEKLY.items():
            pairs = [of(agent.weeks[n]) for agent in kept]
            counted = [pair for pair in pairs if pair[1]]
            yield _value(key, window, sum(a for a, _ in counted), sum(b for _, b in counted))
    yield from _department_values(department)


def _department_values(department: s02.Department) -> Iterator[MetricValue]:
    told: tuple[tuple[str, Period, object], ...] = (
        ("paid_amount", OCTOBER, department.sales_fen),
        ("conversion", OCTOBER, department.conversion_now),
        ("conversion", SEPTEMBER, department.conversion_last),
        ("paid_order_value", OCTOBER, department.paid_order_value_now),
        ("paid_order_value", SEPTEMBER, department.paid_order_value_last),
        ("inquiry_ratio", SEPTEMBER, department.inquiry_ratio_last),
        ("dsr_attitude", OCTOBER, department.dsr_now),
        ("dsr_attitude", SEPTEMBER, department.dsr_last),
        ("dsr_attitude_industry", OCTOBER, department.dsr_industry),
        ("shop_page_views", OCTOBER, department.target_fen),
        *(("shop_sales_per_view", window, 1) for window in TIMES),
        *(("cs_sales_share", window, 1) for window in TIMES),
    )
    for metric, window, value in told:
        if value is not None:
            yield _value(metric, window, value, 1)


def _inputs(department: s02.Department) -> ScoringInputs:
    tables: dict[str, list[tuple[object, ...]]] = {
        "employees": [(a.id, a.id, _hired(a), _hired(a) if a.appraised else None, None) for a in department.agents],
        "assignments": [
            (a.id, WHERE, _hired(a), None, "member", "客服专员" if a.appraised else "售后客服")
            for a in department.agents
        ],
        "departments": [(WHERE, "客服部", None, None)],
        "targets": list(_targets(department)),
        "events": list(_events(department)),
        "attendance": [(a.id, OCTOBER.end, "present", Decimal(1)) for a in department.agents],
        "pay_items": list(_pay_items(department)),
        "campaigns": [
            (str(n), window.start, window.end, True)
            for n, window in enumerate(OCTOBER.weeks)
            if any(agent.weeks[n].special_campaign for agent in department.agents)
        ],
    }
    frames = {
        name: pd.DataFrame(tables.get(name, []), columns=columns.split(), dtype="object")
        for name, columns in COLUMNS.items()
    }
    return ScoringInputs(**frames)


def _hired(agent: s02.Agent) -> date:
    """The first of the month that makes the agent's months of service at the end of October."""
    return OCTOBER.shifted(-agent.seniority_months).start


def _targets(department: s02.Department) -> Iterator[tuple[object, ...]]:
    for agent in department.agents:
        if agent.target_fen is not None:
            yield "employee", agent.id, "paid_amount", OCTOBER.key, Decimal(agent.target_fen)
        yield "employee", agent.id, "paid_amount", SEPTEMBER.key, LARGE


def _events(department: s02.Department) -> Iterator[tuple[object, ...]]:
    for agent in department.agents:
        for kind, quantity in agent.events.items():
            if quantity:
                yield f"{agent.id}-{kind}", kind, agent.id, None, OCTOBER.end, quantity
        for n, week in enumerate(agent.weeks):
            if week.excused_reply:
                yield f"{agent.id}-{n}", "excused_reply", agent.id, None, OCTOBER.weeks[n].start, Decimal(1)
    for n, abuse in enumerate(department.ad_phrase_abuse):
        if abuse:
            yield f"abuse-{n}", "ad_phrase_abuse", None, WHERE, OCTOBER.weeks[n].end, Decimal(1)


def _pay_items(department: s02.Department) -> Iterator[tuple[object, ...]]:
    for agent in department.agents:
        items = {
            "base": agent.base_fen,
            "full_attendance": agent.full_attendance_fen,
            "overtime_hour": agent.overtime_fen,
        }
        yield from ((agent.id, item, date(2020, 1, 1), None, amount) for item, amount in items.items())


# --- the product's results in the oracle's words ------------------------------------------------------------------


def _outcome(results: PeriodResults) -> Outcome:
    people = {p.employee_id: _appraisal(p.appraisals) for p in results.people}
    found = {key: each for key, each in people.items() if each is not None and each.appraised}
    pay = {key: {line.key: line.amount_fen for line in each.pay.lines} for key, each in found.items() if each.pay}
    department = _department(results)
    pools = {pool.key: (pool.amount_fen, pool.left_fen) for pool in department.pools}
    values: Mapping[str, Any] = {value.key: value.value for value in department.values}  # noqa: PD011 - no frame
    return Outcome(
        weekly={key: {line: _weeks(each, line) for line in LINES.values()} for key, each in found.items()},
        monthly={key: _points(each, "performance", "task_completion")[0] for key, each in found.items()},
        behaviour={key: _total(each, "behaviour") for key, each in found.items()},
        commission={key: lines["commission"] for key, lines in pay.items()},
        performance_bonus={key: lines["performance_bonus"] for key, lines in pay.items()},
        behaviour_bonus={key: lines["behaviour_bonus"] for key, lines in pay.items()},
        pay={key: sum(lines.values()) for key, lines in pay.items()},
        x_fen=int(values["x"]),
        pools=(pools["performance_bonus"], pools["behaviour_bonus"]),
    )


def _appraisal(appraisals: tuple[Appraisal, ...]) -> Appraisal | None:
    return next(iter(appraisals), None)


def _department(results: PeriodResults) -> DepartmentAppraisal:
    return results.departments[0].appraisals[0]


def _points(appraisal: Appraisal, sheet: str, line: str) -> tuple[Decimal, ...]:
    found = next(each for each in appraisal.sheets if each.key == sheet)
    lines = sorted((each for each in found.lines if each.key == line), key=lambda each: each.window)
    return tuple(each.points or Decimal(0) for each in lines)


def _weeks(appraisal: Appraisal, line: str) -> tuple[Decimal, ...]:
    """Four weeks; a week left out for a special campaign gave nothing."""
    found = next(each for each in appraisal.sheets if each.key == "performance")
    by_window = {each.window: each.points or Decimal(0) for each in found.lines if each.key == line}
    return tuple(by_window.get(week.key, Decimal(0)) for week in OCTOBER.weeks)


def _total(appraisal: Appraisal, sheet: str) -> Decimal:
    return next(each.total for each in appraisal.sheets if each.key == sheet)
