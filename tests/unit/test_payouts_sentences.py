"""What a pay line says: enough to recompute it, in three languages, and nobody else's numbers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from expectations.pay_findings import pay_findings
from expectations.result_findings import check_results
from tests.pay_kit import appraisal_of, department_of, line_of, paid, paying, pool_of, team, value, values, with_targets
from tests.points_kit import TITLE, with_events
from transforms.metrics.model import Unit
from transforms.payouts.numbers import shown
from transforms.payouts.sentences import clauses_of
from transforms.scoring.results import PayLineResult, Trace
from transforms.titles import Title

A = {"zh-Hans": "甲", "zh-Hant": "甲", "en": "A"}
FACTS = {"sales": {"metric": "paid_amount"}, "target": {"target": "paid_amount"}}
TABLES = {"rates": [{"up_to": "60%", "gives": "5‰"}, {"gives": "8‰"}]}


def says(person: dict[str, Any], line: str = "a", **more: Any) -> Title:
    scheme = paying({"it": line}, **{"facts": FACTS, "tables": TABLES, "person": person, **more})
    inputs = with_targets(team("E1"), "paid_amount", {"E1": 80_000_00})
    return line_of(paid(scheme, values("paid_amount", {"E1": 100_000_00}), inputs)).says


def test_the_formula_with_its_numbers_and_what_they_stand_on() -> None:
    told = says({"a": "min(sales, target) * rates(done) * 80%", "done": {"formula": "sales / target", "title": A}})
    assert told.zh_hans == (
        "较小者(销售额 100,000.00 元,销售额目标 80,000.00 元) × 8‰(甲 125%) × 80% = 512.00 元"
        ";其中 甲 = 销售额 100,000.00 元 ÷ 销售额目标 80,000.00 元 = 125%"
    )
    assert told.zh_hant == (
        "較小者(銷售額 100,000.00 元,銷售額目標 80,000.00 元) × 8‰(甲 125%) × 80% = 512.00 元"
        ";其中 甲 = 銷售額 100,000.00 元 ÷ 銷售額目標 80,000.00 元 = 125%"
    )
    assert told.en == (
        "the smaller of (Paid amount 100,000.00 yuan, target of Paid amount 80,000.00 yuan) × 8‰ (A 125%) × 80% "
        "= 512.00 yuan; where A = Paid amount 100,000.00 yuan ÷ target of Paid amount 80,000.00 yuan = 125%"
    )


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("sales", "销售额 100,000.00 元"),
        ("(sales - target) * 1%", "(销售额 100,000.00 元 − 销售额目标 80,000.00 元) × 1% = 200.00 元"),
        ("sales - (target - 5 yuan)", "销售额 100,000.00 元 − (销售额目标 80,000.00 元 − 5.00 元) = 20,005.00 元"),
        ("-(sales * 1‰)", "−(销售额 100,000.00 元 × 1‰) = -100.00 元"),
        ("target * marginal(rates, sales / target)", "销售额目标 80,000.00 元 × (5‰ × 60% + 8‰ × 65%) = 656.00 元"),
        ("marginal(by_sales, sales)", "(1‰ × 50,000.00 元 + 2‰ × 50,000.00 元) = 150.00 元"),
        ("known(sales / 0, sales) * 1‰", "销售额 100,000.00 元 × 1‰ = 100.00 元"),
        ("if(sales > target, 5 yuan, 0)", "5.00 元(满足:销售额 100,000.00 元 > 销售额目标 80,000.00 元) = 5.00 元"),
        ("if(mode = 1, 5 yuan, sales * 1‰)", "销售额 100,000.00 元 × 1‰ = 100.00 元"),
        ("round(sales / 3)", "四舍五入到分(销售额 100,000.00 元 ÷ 3) = 33,333.33 元"),
        ("sales / 3", "销售额 100,000.00 元 ÷ 3 = 33,333.333333 元,四舍五入为 33,333.33 元"),
        ("clamp(sales, 0, 9 yuan)", "(销售额 100,000.00 元 限于 0 至 9.00 元) = 9.00 元"),
        ("sum(sales) * share", "全员销售额合计 100,000.00 元 × 10% = 10,000.00 元"),
    ],
)
def test_each_part_of_a_formula_in_words(formula: str, told: str) -> None:
    more = {
        "parameters": {"mode": 0, "share": "10%"},
        "tables": {**TABLES, "by_sales": [{"up_to": "50000 yuan", "gives": "1‰"}, {"gives": "2‰"}]},
    }
    assert says({"a": formula}, **more).zh_hans == told


def test_a_limit_that_held_the_line_is_told() -> None:
    line = {"key": "it", "kind": "bonus", "title": TITLE, "amount": "a", "highest": "50 yuan"}
    assert (
        says({"a": "sales * 1‰"}, pays=[line]).en
        == "Paid amount 100,000.00 yuan × 1‰ = 100.00 yuan, but at most 50.00 yuan"
    )
    free = {**line, "highest": "500 yuan", "lowest": 0}
    assert says({"a": "sales * 1‰"}, pays=[free]).en == "Paid amount 100,000.00 yuan × 1‰ = 100.00 yuan"


POOL: dict[str, Any] = {
    "facts": {"praise": {"event": "praise", "title": A}},
    "department": {"pot": {"formula": "amount", "title": A}},
    "pools": {"pool": {"title": {"zh-Hans": "池", "en": "pool"}, "amount": "pot", "by": "praise"}},
}  # fmt: skip


def pool(points: tuple[int, ...], amount: str = "100 yuan", divisor: object = "team", **more: Any) -> Any:
    people = [f"E{n}" for n in range(1, len(points) + 1)]
    events = [("praise", who, date(2026, 10, 5), many) for who, many in zip(people, points, strict=True)]
    parts = {**POOL, "parameters": {"amount": amount}, "pools": {"pool": {**POOL["pools"]["pool"], "divisor": divisor}}}
    return paid(paying({"it": "pool"}, **parts, **more), [], with_events(team(*people), *events))


@pytest.mark.parametrize(
    ("points", "divisor", "told", "why"),
    [
        ((3, 1), "team", "pool 100.00 yuan × A 3 ÷ everybody's 4 = 75.00 yuan", "Paid out in full, by: A."),
        ((3, 1), 10, "pool 100.00 yuan × A 3 ÷ 10 = 30.00 yuan",
         "A: 4 in all, divided by 10; the rest of 60.00 yuan stays with the company."),
        ((1, 1, 1), "team", "pool 100.00 yuan × A 1 ÷ everybody's 3 (0.01 yuan more, to the last fen) = 33.34 yuan",
         "Paid out in full, by: A."),
        ((3, 1), 2, "pool 100.00 yuan × A 3 ÷ everybody's 4 (more than the divisor: shared by all) = 75.00 yuan",
         "A: 4 in all, more than the divisor of 2; the pool is shared by their total."),
        ((0, 0), "team", "pool 100.00 yuan × A 0 ÷ everybody's 0 = 0.00 yuan", "Nobody has any of: A. Nothing is paid."),
    ],
)  # fmt: skip
def test_a_share_and_the_rest_of_its_pool_are_explained(points: Any, divisor: object, told: str, why: str) -> None:
    results = pool(points, divisor=divisor)
    assert line_of(results).says.en == told
    assert pool_of(results).why.en == why


def test_a_pool_whose_amount_is_not_known_pays_nothing_and_says_so() -> None:
    parts = {**POOL, "facts": {**POOL["facts"], "sales": {"metric": "paid_amount", "of": "department"}},
             "department": {"pot": "sales * 1%"}}  # fmt: skip
    results = paid(paying({"it": "pool"}, **parts), [], team("E1"))
    assert (pool_of(results).amount_fen, pool_of(results).why.en) == (0, "No data: the pool could not be computed.")
    missing = line_of(results).missing
    assert missing is not None
    assert missing.en == "no data: pot"


def test_a_departments_value_says_how_it_came_about() -> None:
    facts = {"sales": {"metric": "paid_amount"}, "all": {"metric": "paid_amount", "of": "department"}}
    department = {"x": {"formula": "half + sum(sales) * 10%", "title": A}, "half": "all / 2"}
    told = [*values("paid_amount", {"E1": 300_00, "E2": 100_00}), value("paid_amount", 400_00, level="department")]
    (found,) = department_of(paid(paying({}, facts=facts, department=department), told, team("E1", "E2"))).values
    assert (
        found.says.zh_hans
        == "half 200.00 元 + 全员销售额合计 400.00 元 × 10% = 240.00 元;其中 half = 销售额(部门) 400.00 元 ÷ 2 = 200.00 元"
    )
    assert (found.unit, found.value) == ("fen", 240_00)
    assert [leaf.label for leaf in leaves(found.trace) if leaf.op == "named"] == ["E1", "E2"]


def leaves(trace: Trace) -> list[Trace]:
    return [leaf for each in trace.inputs for leaf in leaves(each)] if trace.inputs else [trace]


def test_nobody_reads_anothers_number_in_the_own_line() -> None:
    """Of sums and pools a person sees the total; the parts stand with the department."""
    facts = {"sales": {"metric": "paid_amount"}}
    parts = {
        "department": {"pot": {"formula": "sum(sales) * 1%", "title": A}},
        "person": {"part": "sales / sum(sales) * pot + share"},
    }
    pools = {"share": {"title": A, "amount": "pot", "by": "sales"}}
    results = paid(
        paying({"it": "part"}, facts=facts, pools=pools, **parts),
        values("paid_amount", {"E1": 300_00, "E2": 123_45}),
        team("E1", "E2"),
    )
    told = line_of(results, "E1").model_dump_json()
    assert "E2" not in told
    assert "12345" not in told
    assert "123.45" not in told


def lines_of(results: Any) -> list[PayLineResult]:
    statement = appraisal_of(results).pay
    assert statement is not None
    return list(statement.lines)


def codes(results: Any) -> dict[str, tuple[str, ...]]:
    return {found.check: found.sample_keys for found in pay_findings(results, "en")}


def test_an_overdrawn_pool_is_a_finding() -> None:
    results = pool((3, 1), divisor=2)
    assert codes(results) == {"results.pool_overdrawn": ("cs/pk/pool",)}
    assert pool_of(results).overdrawn
    assert codes(pool((3, 1), divisor=4)) == {}


def test_a_negative_pool_and_a_value_below_zero_are_findings() -> None:
    results = pool((3, 1), amount="-100 yuan", never_negative=["pot"])
    assert codes(results) == {"results.negative_value": ("cs/pk/pot",), "results.negative_pool": ("cs/pk/pool",)}
    assert line_of(results).amount_fen == -75_00


def test_lines_without_data_are_one_finding_with_its_people() -> None:
    scheme = paying({"it": "a"}, facts=FACTS, person={"a": "sales * 1%"})
    results = paid(scheme, values("paid_amount", {"E1": 5_00}), team("E1", "E2", "E3"))
    (found,) = pay_findings(results, "zh-Hans")
    assert (found.check, found.rows, found.employee_ids) == ("results.pay_without_data", 2, ("E2", "E3"))
    assert found.message == "有 2 名员工的“积分”没有数据，未计发（pk/it）。"
    assert found in check_results(results)


def test_a_trial_gives_no_findings_about_money() -> None:
    assert codes(pool((3, 1), divisor=2, counts="trial")) == {}


@pytest.mark.parametrize(
    ("value_", "unit", "told"),
    [("123456.7", Unit.FEN, "1,234.567 元"), ("0.008", Unit.RATE, "8‰"), ("0.85", Unit.RATE, "85%"), ("0", Unit.RATE, "0%"),
     ("-0.005", Unit.RATE, "-5‰"), ("1.3333333333", None, "1.333333"), ("2.50", Unit.POINTS, "2.5 分"), (None, Unit.FEN, "—")],
)  # fmt: skip
def test_numbers_keep_the_digits_a_calculator_needs(value_: str | None, unit: Unit | None, told: str) -> None:
    assert shown(None if value_ is None else Decimal(value_), unit, "zh-Hans") == told


def test_limits_and_rounding_stand_with_the_amount_and_not_with_what_it_stands_on() -> None:
    line = {"key": "it", "kind": "bonus", "title": TITLE, "amount": "a", "highest": "50 yuan"}
    done = {"formula": "sales / target", "title": A}
    told = says({"a": "done * 100 yuan / 3", "done": done}, pays=[{**line, "highest": "500 yuan"}])
    assert told.zh_hans == (
        "甲 125% × 100.00 元 ÷ 3 = 41.666667 元,四舍五入为 41.67 元"
        ";其中 甲 = 销售额 100,000.00 元 ÷ 销售额目标 80,000.00 元 = 125%"
    )
    held = says({"a": "done * 100 yuan", "done": done}, pays=[line])
    assert [each.en.partition(" = ")[0] for each in clauses_of(held)] == ["A 125% × 100.00 yuan", "A"]
    assert clauses_of(held)[0].en.endswith("= 125.00 yuan, but at most 50.00 yuan")


def test_a_sentence_whose_languages_part_differently_stays_whole() -> None:
    odd = Title(zh_hans="甲;其中 乙", zh_hant="甲", en="a")
    assert clauses_of(odd) == (odd,)
