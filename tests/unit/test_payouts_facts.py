"""Every source of a fact, the times it can be asked for, and whose it is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from tests.pay_kit import amounts, appraisal_of, line_of, paid, paying, team, value, values, with_items
from tests.points_kit import OCTOBER, SEPTEMBER, TITLE, open_book, with_events
from transforms.payouts.pay import pay
from transforms.schemes.scheme import Scheme
from transforms.scoring.engine import score_book
from transforms.scoring.people import ScoringInputs

CARD = {
    "indicators": [{"metric": "conversion", "weight": 100, "score": {"linear": {"zero_at": 0, "full_at": 1}}}],
    "grades": {"good": 60},
}


def worth(
    fact: dict[str, Any], told: Any = (), inputs: ScoringInputs | None = None, who: str = "E1", **more: Any
) -> int | None:
    """What a fact is to somebody, in fen; None where it has no value."""
    scheme = paying({"it": "it"}, facts={"it": fact}, **more)
    line = line_of(paid(scheme, told, inputs or team("E1", "E2")), who)
    return line.amount_fen if line.missing is None else None


def with_card(scheme: Scheme, **told: Any) -> Scheme:
    data = scheme.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Scheme.model_validate({**data, **told, "versions": [{**data["versions"][0], **CARD}]})


MONTHS = [OCTOBER, *(OCTOBER.shifted(-n) for n in (1, 2, 3)), OCTOBER.shifted(-12)]
SALES = [
    value("paid_amount", amount, window=month) for amount, month in zip((100, 40, 20, 30, 70), MONTHS, strict=True)
]


@pytest.mark.parametrize(
    ("when", "take", "fen"),
    [
        (["now"], "only", 100),
        (["last_month"], "only", 40),
        (["same_month_last_year"], "only", 70),
        (["last_3_months"], "mean", 30),
        (["last_3_months"], "sum", 90),
        (["same_month_last_year", "last_3_months"], "mean", 40),  # of four values, not of two
        (["now", "last_month"], "sum", 140),
    ],
)
def test_a_metric_at_other_times(when: list[str], take: str, fen: int) -> None:
    assert worth({"metric": "paid_amount", "when": when, "take": take}, SALES) == fen


def test_several_times_join_those_that_have_a_value() -> None:
    fact = {"metric": "paid_amount", "when": ["last_3_months"], "take": "mean"}
    assert worth(fact, SALES[:2]) == 40
    assert worth(fact, SALES[:1]) is None
    assert worth({**fact, "missing": "5 fen"}, SALES[:1]) == 5


def test_whose_metric_it_is() -> None:
    told = [
        value("paid_amount", 5),
        value("paid_amount", 50, level="department"),
        value("paid_amount", 500, level="company"),
    ]
    facts = {"own": 5, "department": 50, "company": 500}
    assert {of: worth({"metric": "paid_amount", "of": of}, told) for of in facts} == facts


def test_targets_are_agreed_for_a_level_and_a_period() -> None:
    rows = [
        ("employee", "E1", "2026-10", 7),
        ("employee", "E1", "2026-09", 6),
        ("department", "cs", "2026-10", 70),
        ("company", "company", "2026-10", 700),
    ]
    frame = [(level, who, "paid_amount", period, number) for level, who, period, number in rows]
    inputs = replace(team("E1"), targets=pd.DataFrame(frame, columns=["level", "subject_id", "metric", "period", "value"], dtype="object"))  # fmt: skip
    for of, when, fen in (
        ("own", "now", 7),
        ("own", "last_month", 6),
        ("department", "now", 70),
        ("company", "now", 700),
    ):
        assert worth({"target": "paid_amount", "of": of, "when": [when]}, (), inputs) == fen
    assert worth({"target": "paid_amount", "when": ["same_month_last_year"]}, (), inputs) is None


def test_events_are_a_persons_own_or_the_departments_own() -> None:
    inputs = with_events(team("E1", "E2"), ("praise", "E1", date(2026, 10, 3), "1.5"), ("praise", "E1", date(2026, 10, 9), 2),
                         ("praise", "E2", date(2026, 10, 9), 9), ("praise", None, date(2026, 10, 9), 100),
                         ("praise", "E1", date(2026, 9, 9), 4))  # fmt: skip
    assert worth({"event": "praise"}, (), inputs) == 4  # 3.5, rounded
    assert worth({"event": "praise", "when": ["last_month"]}, (), inputs) == 4
    assert worth({"event": "praise", "of": "department"}, (), inputs) == 100
    assert worth({"event": "none"}, (), inputs) == 0


def test_points_are_the_total_of_the_sheet() -> None:
    lines = [{"event": "praise", "title": TITLE, "give": {"events": {"each": 3, "cap": 7}}}]
    inputs = with_events(team("E1", "E2"), ("praise", "E1", date(2026, 10, 3), 4))
    points = {"points": {"s": {"title": TITLE, "lines": lines}}}
    assert worth({"points": "s"}, (), inputs, **points) == 7
    assert worth({"points": "s"}, (), inputs, "E2", **points) == 0


def test_pay_items_hold_on_the_last_day_or_at_leaving() -> None:
    inputs = with_items(team("E1"), ("E1", "base", 500_00))
    later = pd.DataFrame(
        [("E1", "base", date(2026, 10, 16), None, 600_00)], columns=inputs.pay_items.columns, dtype="object"
    )
    risen = replace(inputs, pay_items=pd.concat([inputs.pay_items, later]))
    assert worth({"pay_item": "base"}, (), risen) == 600_00
    risen.employees["left_on"] = [date(2026, 10, 15)]
    assert worth({"pay_item": "base"}, (), risen) == 500_00
    assert worth({"pay_item": "post"}, (), risen) is None


def test_posts_and_grades_look_their_number_up() -> None:
    inputs = team("E1", post="senior")
    assert worth({"by_post": {"senior": "12 fen", "junior": 8}}, (), inputs) == 12
    assert worth({"by_post": {"junior": 8}}, (), inputs) is None
    scheme = with_card(paying({"it": "it"}, facts={"it": {"by_grade": {"good": 3, "unqualified": 1}}}))
    told = values("conversion", {"E1": "0.9", "E2": "0.1"})
    assert amounts(paid(scheme, told, team("E1", "E2"))) == {"E1": 3, "E2": 1}


def test_working_days_and_the_share_of_them() -> None:
    """October 2026 has 22 working days (public holidays aside); from the 15th on 12 of them."""
    inputs = team("E1")
    inputs.assignments["valid_from"] = [date(2026, 10, 15)]
    assert worth({"fact": "working_days"}, (), inputs) == 12
    scheme = paying({"it": "money"}, facts={"share": {"fact": "worked_share"}}, person={"money": "2200 fen * share"})
    assert line_of(paid(scheme, [], inputs)).amount_fen == 1200


def test_seniority_and_overtime() -> None:
    inputs = team("E1")
    columns = ["employee_id", "day", "kind", "overtime_hours"]
    rows = [("E1", date(2026, 10, 3), "present", "2.5"), ("E1", date(2026, 9, 30), "present", "8")]
    told = replace(inputs, attendance=pd.DataFrame(rows, columns=columns, dtype="object"))
    assert worth({"fact": "seniority_months"}, (), inputs) == 33  # hired on 2024-01-01
    assert worth({"fact": "overtime_hours"}, (), told) == 3
    assert worth({"fact": "overtime_hours"}, (), inputs) is None
    assert worth({"fact": "overtime_hours", "missing": 0}, (), inputs) == 0


def test_people_count_who_is_appraised_or_regular() -> None:
    inputs = team("E1", "E2", "E3")
    inputs.assignments["post"] = ["seller", "seller", "cleaner"]
    assert worth({"people": "appraised"}, (), inputs, applies_to={"posts": ["seller"]}) == 2
    assert worth({"people": "regularised"}, (), inputs, applies_to={"posts": ["seller"]}) == 3


def test_scores_ranks_and_places_from_the_last() -> None:
    told = [
        *values("conversion", {"E1": "0.9", "E2": "0.5", "E3": "0.5"}),
        value("conversion", "0.6", level="department"),
    ]
    facts = {"own": {"score": "own"}, "ours": {"score": "department"}, "all": {"score": "departments_mean"},
             "place": {"rank": "rank"}, "of": {"rank": "ranked_of"}, "last": {"rank": "from_last"}}  # fmt: skip
    scheme = with_card(paying({name: name for name in facts}, facts=facts))
    results = paid(scheme, told, team("E1", "E2", "E3"))
    found = {who: [line_of(results, who, name).amount_fen for name in facts] for who in ("E1", "E2")}
    assert found == {"E1": [90, 60, 60, 1, 3, 3], "E2": [50, 60, 60, 2, 3, 1]}


def test_a_scheme_that_counts_as_the_score_pays_by_the_persons_own_card() -> None:
    """Also when the appraisal is not there yet: it is made, and holds nothing but the pay."""
    facts = {"own": {"score": "own"}, "place": {"rank": "rank"}, "last": {"rank": "from_last"}}
    scheme = with_card(paying({name: name for name in facts}, facts=facts), counts="score")
    book = open_book(values("conversion", {"E1": "0.9", "E2": "0.5"}), team("E1", "E2"))
    results = pay(book, [scheme], score_book(book, [scheme]))
    assert [line_of(results, "E2", name).amount_fen for name in facts] == [50, 2, 1]
    assert (appraisal_of(results).card, appraisal_of(results).counts) == (None, "score")


def test_a_schemes_own_days_are_asked_for() -> None:
    window = OCTOBER.begun_on(21)
    told = [
        value("paid_amount", 8, window=window),
        value("paid_amount", 9, window=window.shifted(-1)),
        value("paid_amount", 100),
    ]
    more = {"starts_on_day": 21}
    assert worth({"metric": "paid_amount"}, told, **more) == 8
    assert worth({"metric": "paid_amount", "when": ["last_month"]}, told, **more) == 9


def test_pay_is_provisional_while_a_metric_it_stands_on_can_change() -> None:
    facts = {"sales": {"metric": "paid_amount"}, "before": {"metric": "paid_amount", "when": ["last_month"]}}
    scheme = paying({"open": "half", "done": "before", "fixed": "five"}, facts=facts,
                    person={"half": "sales / 2", "five": "5 yuan"})  # fmt: skip
    told = [value("paid_amount", 10), value("paid_amount", 10, window=SEPTEMBER)]
    results = paid(scheme, told, team("E1"), as_of=date(2026, 11, 1))
    assert {key: line_of(results, key=key).provisional for key in ("open", "done", "fixed")} == {
        "open": True, "done": False, "fixed": False,
    }  # fmt: skip
    assert results.provisional
    assert results.provisional_until is not None
    settled = paid(scheme, told, team("E1"), as_of=results.provisional_until)
    assert (settled.provisional, settled.provisional_until) == (False, None)


def test_who_is_only_ranked_is_paid_nothing() -> None:
    inputs = team("E1", "E2")
    inputs.assignments["role"] = ["member", "helper"]
    scheme = paying({"a": "five"}, person={"five": "5 yuan"}, applies_to={"ranked_only": {"roles": ["helper"]}})
    results = paid(scheme, [], inputs)
    assert (appraisal_of(results, "E1").pay is None, appraisal_of(results, "E2").pay is None) == (False, True)
