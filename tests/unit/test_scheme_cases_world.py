"""A case as a small company: how values become those of weeks, months, departments; who is where, since when."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from flows.scheme_cases.model import Case, CaseFile, Person, Then, ThenDepartment
from tests.unit.test_scheme_cases_format import one, run


def test_what_holds_for_all_is_overruled_by_what_one_person_says(tmp_path: Path) -> None:
    told = """  - case: One
    weeks: {all: {message_ratio: 0.5}, 2: {message_ratio: 2}}
    team:
      Ann: {}
      Ben: {weeks: {1: {message_ratio: 1.5}}}
    then:
      Ann: {points: {performance: {message_ratio: {1: -2, 2: 0, 3: -2, 4: -2}}}}
      Ben: {points: {performance: {message_ratio: {1: 0, 2: 0, 3: -2}}}}
"""
    assert one(tmp_path, told).differences == ()


def test_weeks_make_the_month_and_people_the_department(tmp_path: Path) -> None:
    told = """  - case: One
    team:
      Ann: {weeks: {1: {conversion: 10/100, paid_amount: 100 yuan}, 3: {conversion: 50/100, paid_amount: 50 yuan}}}
      Ben: {given: {conversion: 90/200, paid_amount: 30 yuan}}
    then:
      Ann: {values: {conversion: 30%, paid_amount: 150 yuan}}
      department: {conversion: 37.5%, paid_amount: 180 yuan}
"""
    assert one(tmp_path, told).differences == ()


def test_what_is_told_of_the_department_is_not_pooled(tmp_path: Path) -> None:
    told = """  - case: One
    given: {conversion: 10%}
    department: {given: {conversion: 39.55%}}
    then: {department: {conversion: 39.55%}}
"""
    assert one(tmp_path, told).differences == ()


def test_what_belongs_to_shops_is_not_pooled_from_people(tmp_path: Path) -> None:
    told = """  - case: One
    team: {Ann: {given: {shop_page_views: 100}}, Ben: {given: {shop_page_views: 100}}}
    then: {department: {shop_page_views: 200}}
"""
    assert one(tmp_path, told).differences == ("customer_service: shop_page_views is not computed, not 200",)


def test_a_company_value_may_be_told_of_the_person(tmp_path: Path) -> None:
    told = """  - case: One
    given: {revenue_fen: {value: 900000 yuan, target: 1000000 yuan}}
    then: {scores: {revenue_fen: 90}}
"""
    assert one(tmp_path, told, stem="s15_cascade").differences == ()


def test_helpers_count_in_the_department_and_are_not_appraised(tmp_path: Path) -> None:
    told = """  - case: One
    team:
      Ann: {given: {conversion: 10/100, received: 100}}
      Ben: {role: helper, given: {conversion: 30/100, received: 100}}
    then:
      Ben: {appraised: false}
      department: {conversion: 20%}
"""
    assert one(tmp_path, told).differences == ()


def test_events_fall_into_their_week(tmp_path: Path) -> None:
    told = """  - case: One
    weeks: {all: {reply_rate: 99%}}
    events: {excused_reply: [{week: 2}, {on: 2026-10-31}]}
    then: {points: {performance: {reply_rate: {1: -1, 2: 0, 3: -1, 4: 0}}}}
"""
    assert one(tmp_path, told).differences == ()


@pytest.mark.parametrize(("months", "points"), [(0, 0), (5, 0), (6, 2), (11, 2), (12, 3), (35, 5), (36, 8)])
def test_months_of_service_are_whole_ones_at_the_end(months: int, points: int, tmp_path: Path) -> None:
    told = f"  - case: One\n    seniority_months: {months}\n    then: {{points: {{behaviour: {{seniority_months: {points}}}}}}}\n"
    assert one(tmp_path, told).differences == ()


def test_one_number_is_given_by_as_many_raters_as_it_takes(tmp_path: Path) -> None:
    told = "  - case: One\n    given: {strategy: 90}\n    then: {scores: {strategy: 90}, weights: {strategy: 100}}\n"
    assert one(tmp_path, told, stem="s10_marketing_manager", more="period: 2026-Q3\n").differences == ()


def test_people_of_another_department_work_there(tmp_path: Path) -> None:
    told = """  - case: One
    team:
      Ann: {given: {cross_department: 80}}
      Ben: {works_in: customer_service, given: {conversion: 10%}}
    then:
      Ann: {score: 80.00}
      Ben: {not_scored: no_scheme}
"""
    assert one(tmp_path, told, stem="s01_operations", more="beside: [s02_cs_draft]\n").differences == ()


# --- what does not come out as written ---------------------------------------------------------------------------

DIFFERENT = {
    "{score: 90}": "score is None, not 90",
    "{points: {performance: {conversion: {1: 2}}}}": "points of performance conversion in week 1 is 3, not 2",
    "{points: {performance: {conversion: none}}}": "points of performance conversion are 3, not none",
    "{points: {performance: {conversions: 3}}}": "points of performance conversions are not there, not 3",
    "{points: {performance: {total: 4}}}": "points of performance total are 3, not 4",
    "{points: {behavior: {total: 10}}}": "points of behavior total are not there, not 10",
    "{ranks: {performance: {conversion: {1: 2}}}}": "rank of performance conversion in week 1 is 1, not 2",
    "{values: {conversion: 41%}}": "conversion is 40%, not 41%",
    "{pay: {commission: 1.00 yuan}}": "pay commission is 0 yuan, not 1.00 yuan",
    "{pay: {comission: 0.00 yuan}}": "pay comission is not computed, not 0.00 yuan",
    "{consequences: [plan]}": "consequences are none, not plan",
    "{due: {plan: 2026-11-07}}": "plan is due on None, not 2026-11-07",
    "{appraised: false}": "appraised is True, not False",
    "{department: {x: 5 yuan}}": "customer_service: x is without a value, not 5 yuan",
    "{department: {y: 5 yuan}}": "customer_service: y is not computed, not 5 yuan",
    "{department: {pools: {tips: {paid: 0 yuan}}}}": "customer_service: there is no pool tips",
    "{department: {pools: {performance_bonus: {left: 1 yuan}}}}": "customer_service: pool performance_bonus left is 0 yuan, not 1 yuan",
    "{departments: {kitchen: {score: 1}}}": "kitchen: there is no such department",
    "{findings: [pool_overdrawn]}": "there is no finding pool_overdrawn, but: ",
    "{checks: [untraced]}": "there is no check untraced, but: none",
}  # fmt: skip


@pytest.mark.parametrize("then", DIFFERENT)
def test_a_difference_is_told(then: str, tmp_path: Path) -> None:
    result = one(tmp_path, f"  - case: One\n    weeks: {{1: {{conversion: 40%}}}}\n    then: {then}\n")
    assert not result.holds
    assert DIFFERENT[then] in result.differences[0]


def test_every_difference_of_a_team_names_the_person(tmp_path: Path) -> None:
    told = """  - case: One
    team: {Ann: {weeks: {1: {conversion: 40%}}}, Ben: {weeks: {1: {conversion: 20%}}}}
    then: {Ann: {points: {performance: {conversion: 1}}}, Ben: {points: {performance: {conversion: 1}}}}
"""
    assert one(tmp_path, told).differences == (
        "Ann: points of performance conversion are 3, not 1",
        "Ben: points of performance conversion are -1, not 1",
    )


# --- as sentences ------------------------------------------------------------------------------------------------

TOLD = """  - case: {en: Two people, zh-Hans: 两个人, zh-Hant: 兩個人}
    team:
      Ann: {given: {paid_amount: {value: 140000 yuan, target: 100000 yuan}}, weeks: {1: {conversion: 40%}}, events: {praise: 2}}
      Ben: {role: helper, targets_last_month: {paid_amount: 500 yuan}}
    changed: {pay.parameters.marginal: 1}
    then: {}
"""


def test_a_sentence_in_english(tmp_path: Path) -> None:
    assert one(tmp_path, TOLD).sentence.startswith(
        "Two people: given Ann (Paid amount 140000 yuan (target 100000.00 yuan), week 1 (Conversion 40%), "
        "Praise of attitude ×2), Ben (last month's target of Paid amount 500.00 yuan, helper on loan), "
        "the parameter turned to pay.parameters.marginal = 1, Ann: Performance points 8 (Conversion 3, "
    )


def test_a_sentence_in_simplified_chinese(tmp_path: Path) -> None:
    assert one(tmp_path, TOLD, locale="zh-Hans").sentence.startswith(
        "两个人：已知Ann（销售额 140000 元（目标 100000.00 元）、第1周（询单转化率 40%）、态度表扬 ×2）、"
        "Ben（上月销售额目标 500.00 元、临时顶岗）、参数改为 pay.parameters.marginal = 1，Ann：绩效积分 8 分（询单转化率 3、"
    )


def test_a_sentence_in_traditional_chinese(tmp_path: Path) -> None:
    assert one(tmp_path, TOLD, locale="zh-Hant").sentence.startswith("兩個人：已知Ann（銷售額 140000 元（目標")


def test_the_same_file_gives_the_same_results(tmp_path: Path) -> None:
    assert run(tmp_path, TOLD) == run(tmp_path, TOLD)


def test_no_data_at_all_is_said(tmp_path: Path) -> None:
    assert "given no data" in one(tmp_path, "  - case: One\n    then: {}\n").sentence


def test_a_consequence_is_due_so_many_days_after_the_notice(tmp_path: Path) -> None:
    team = ", ".join(f"P{n}: {{given: {{service_skill: {90 - n}}}}}" for n in range(5))
    told = f"  - case: One\n    as_of: 2026-11-06\n    team: {{{team}}}\n    then: {{P4: {{due: {{improvement_plan: 2026-11-13}}}}}}\n"
    assert one(tmp_path, told, stem="s22_rank_reward", more="beside: [s01_customer_service]\n").differences == ()


def test_a_check_that_should_not_be_there_is_told(tmp_path: Path) -> None:
    told = "  - case: One\n    given: {conversion: 30%}\n    then: {checks: [no untraced]}\n"
    (difference,) = one(tmp_path, told, stem="s18_customer_service").differences
    assert difference.startswith("there is the check untraced, but: ")


# --- the page that tells the format ------------------------------------------------------------------------------

PAGE = Path("docs/scheme-cases.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_first_example_of_the_page_holds(tmp_path: Path) -> None:
    cases = BLOCKS[0].partition("cases:\n")[2]
    assert [each.differences for each in run(tmp_path, cases, "s01_customer_service")] == [()]


def test_the_examples_of_turned_parameters_hold(tmp_path: Path) -> None:
    assert [each.differences for each in run(tmp_path, BLOCKS[1])] == [(), ()]


@pytest.mark.parametrize("model", [Person, Case, Then, ThenDepartment, CaseFile])
def test_every_key_is_on_the_page(model: type[BaseModel]) -> None:
    left_out = {"people", "values", "text"} if model in {Then, ThenDepartment} else {"cases"}
    assert [key for key in model.model_fields if key not in left_out and not re.search(rf"\b{key}\b", PAGE)] == []
