"""Each kind of rule, case by case: what a value earns."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.scheme_kit import company, line_of, read, run, text_of, value
from transforms.scoring.results import IndicatorResult

HIGHER = "csat_rate"
LOWER = "first_response_seconds"


def judged(folder: Path, metric: str, rule: str, told: object, **given: object) -> IndicatorResult:
    """One indicator of weight 100 under a rule."""
    scheme = read(folder, text_of(f"      - metric: {metric}\n        weight: 100\n        score: {rule}\n"))
    inputs = company(targets=given.pop("targets", None))  # type: ignore[arg-type]
    return line_of(run(scheme, [value(metric, told, **given)], inputs), metric)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "points"),
    [("3.49", "0"), ("3.50", "0"), ("4.15", "50"), ("4.62", "86.15"), ("4.80", "100"), ("5.00", "100")],
)
def test_linear_is_proportional_between_its_ends_and_level_outside(tmp_path: Path, told: str, points: str) -> None:
    line = judged(tmp_path, HIGHER, "{linear: {zero_at: 3.5, full_at: 4.8}}", told)
    assert line.score == Decimal(points)
    assert line.target == Decimal("4.8")


@pytest.mark.parametrize(("told", "points"), [("20", "100"), ("15", "100"), ("55", "50"), ("90", "0"), ("120", "0")])
def test_linear_runs_the_other_way_where_lower_is_better(tmp_path: Path, told: str, points: str) -> None:
    line = judged(tmp_path, LOWER, "{linear: {zero_at: 90, full_at: 20}}", told)
    assert line.score == Decimal(points)


@pytest.mark.parametrize(
    ("told", "points"), [("0", "100"), ("29.99", "100"), ("30", "60"), ("59.99", "60"), ("60", "0"), ("600", "0")]
)
def test_a_step_holds_below_its_end_and_the_end_belongs_to_the_next(tmp_path: Path, told: str, points: str) -> None:
    rule = "{steps: [{up_to: 30, gives: 100}, {up_to: 60, gives: 60}, {gives: 0}]}"
    line = judged(tmp_path, LOWER, rule, told)
    assert line.score == Decimal(points)
    assert line.target == 30


def test_steps_climb_where_higher_is_better(tmp_path: Path) -> None:
    rule = "{steps: [{up_to: 50%, gives: 0}, {up_to: 80%, gives: 60}, {gives: 100}]}"
    assert [judged(tmp_path, HIGHER, rule, told).score for told in ("0.499", "0.5", "0.8")] == [0, 60, 100]
    assert judged(tmp_path, HIGHER, rule, "0.5").target == Decimal("0.8")


@pytest.mark.parametrize(
    ("rule", "told", "points"),
    [
        ("{target: {}}\n        target: 80%", "0.6", "75"),
        ("{target: {}}\n        target: 80%", "0.9", "100"),
        ("{target: {floor: 60%}}\n        target: 80%", "0.4799", "0"),
        ("{target: {floor: 60%}}\n        target: 80%", "0.48", "60"),
        ("{target: {full_at: 120%}}\n        target: 80%", "0.8", "83.33"),
        ("{target: {full_at: 120%}}\n        target: 80%", "0.96", "100"),
        ("{target: {cap: 90%}}\n        target: 80%", "0.8", "90"),
        ("{target: {}}\n        target: 80%", "-0.1", "0"),
    ],
)
def test_target_scores_attainment_within_floor_and_cap(tmp_path: Path, rule: str, told: str, points: str) -> None:
    line = judged(tmp_path, HIGHER, rule, told)
    assert line.score == Decimal(points)
    assert line.target == Decimal("0.8")


@pytest.mark.parametrize(("told", "points"), [("30", "100"), ("60", "50"), ("40", "75"), ("10", "100"), ("0", "100")])
def test_target_is_mirrored_where_lower_is_better(tmp_path: Path, told: str, points: str) -> None:
    assert judged(tmp_path, LOWER, "{target: {}}\n        target: 30", told).score == Decimal(points)


def test_a_target_of_zero_is_reached_only_by_zero_where_lower_is_better(tmp_path: Path) -> None:
    rule = "{target: {}}\n        target: 0"
    assert [judged(tmp_path, LOWER, rule, told).score for told in ("0", "0.5")] == [100, 0]


def test_a_target_of_zero_is_no_target_where_higher_is_better(tmp_path: Path) -> None:
    line = judged(tmp_path, HIGHER, "{target: {}}\n        target: 0", "0.5")
    assert (line.score, line.missing, line.target) == (None, "no_target", None)


TABLE = "{target: {}}\n        target: {from: targets}"


@pytest.mark.parametrize(
    ("targets", "points"),
    [
        ([("employee", "E1", HIGHER, "0.8"), ("department", "cs", HIGHER, "0.6")], "50"),
        ([("department", "cs", HIGHER, "0.5"), ("company", "company", HIGHER, "0.4")], "80"),
        ([("company", "company", HIGHER, "0.4")], "100"),
    ],
    ids=["own", "the department's", "the company's"],
)
def test_an_agreed_target_is_ones_own_else_the_departments_else_the_companys(
    tmp_path: Path, targets: list[tuple[object, ...]], points: str
) -> None:
    assert judged(tmp_path, HIGHER, TABLE, "0.4", targets=targets).score == Decimal(points)


def test_no_agreed_target_means_no_score(tmp_path: Path) -> None:
    line = judged(tmp_path, HIGHER, TABLE, "0.4", targets=[("employee", "E2", HIGHER, "0.8")])
    assert (line.score, line.points, line.missing) == (None, None, "no_target")
    assert line.rule.en == "No usable target was agreed; its weight is shared out among the others"


def test_a_companys_amount_is_nobodys_target(tmp_path: Path) -> None:
    line = judged(tmp_path, "paid_sales", TABLE, "5000", targets=[("company", "company", "paid_sales", "900000")])
    assert line.missing == "no_target"


def test_a_score_is_rounded_half_up_to_a_hundredth(tmp_path: Path) -> None:
    rule = "{linear: {zero_at: 0, full_at: 1}}"
    assert [judged(tmp_path, HIGHER, rule, told).score for told in ("0.12345", "0.12344")] == [
        Decimal("12.35"), Decimal("12.34"),
    ]  # fmt: skip


def test_a_quotient_of_thirds_still_meets_its_half(tmp_path: Path) -> None:
    """1/3 of 3/8 is an eighth: 12.5 points over 100, not 12.49999…"""
    rule = "{linear: {zero_at: 0, full_at: 8}}"
    line = judged(tmp_path, HIGHER, rule, "0.0004", of=1)
    assert line.score == Decimal("0.01")  # 0.005 rounds up


MANUAL = """      - manual: teamwork
        title: {zh-Hans: 协作, en: Teamwork}
        weight: 100
"""


def teamwork(folder: Path, judgements: list[tuple[str, str]], more: str = "") -> IndicatorResult:
    rows: list[tuple[object, ...]] = [("E1", "teamwork", role, points) for role, points in judgements]
    return line_of(run(read(folder, text_of(MANUAL + more)), [], company(judgements=rows)), "teamwork")


def test_judgements_are_averaged_by_role_then_weighted_by_role(tmp_path: Path) -> None:
    line = teamwork(tmp_path, [("manager", "80"), ("manager", "90"), ("self", "95")])
    assert line.score == Decimal("87.00")  # 85 × 80 % + 95 × 20 %
    assert (line.kind, line.actual, line.numerator, line.source) == ("manual", Decimal(87), None, "judgements")


def test_a_missing_self_evaluation_never_counts_as_zero_by_itself(tmp_path: Path) -> None:
    assert teamwork(tmp_path, [("manager", "80")]).score == 80


def test_a_role_the_scheme_does_not_ask_is_not_counted(tmp_path: Path) -> None:
    assert teamwork(tmp_path, [("manager", "80"), ("peer", "10")]).score == 80


def test_a_missing_role_counts_as_zero_where_the_scheme_says_so(tmp_path: Path) -> None:
    rule = "        score: {manual: {roles: {manager: 80, self: 20}, missing_role: zero}}\n"
    line = teamwork(tmp_path, [("manager", "80")], rule)
    assert line.score == 64
    assert line.rule.en == "superior 80 (weight 80%), self absent (counts as 0)"


def test_hr_decides_when_a_role_is_missing_and_the_scheme_says_so(tmp_path: Path) -> None:
    rule = "        score: {manual: {roles: {manager: 80, self: 20}, missing_role: hr_decides}}\n"
    line = teamwork(tmp_path, [("manager", "80")], rule + "        missing: hr_decides\n")
    assert (line.score, line.missing, line.provisional) == (None, "no_rater", True)


def test_nobody_judged(tmp_path: Path) -> None:
    line = teamwork(tmp_path, [])
    assert (line.score, line.missing, line.rule.zh_hans) == (None, "no_rater", "没有评分;权重由其他指标按比例分担")
