"""Rules that hold a value against a band, a reference, a limit or other people, case by case."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.scheme_kit import CATALOGUE, OCTOBER, company, line_of, read, run, text_of, value
from transforms.period import parse
from transforms.scoring.results import IndicatorResult, PeriodResults
from transforms.scoring.trace import replay

HIGHER, LOWER, SALES = "csat_rate", "first_response_seconds", "paid_sales"
START = date(2025, 1, 1)


def scheme_text(metric: str, rule: str, more: str = "") -> str:
    return text_of(f"      - metric: {metric}\n        weight: 100\n        score: {rule}\n{more}")


def judged(folder: Path, metric: str, rule: str, told: object, more: str = "", **inputs: object) -> IndicatorResult:
    scheme = read(folder, scheme_text(metric, rule, more))
    results = run(scheme, [value(metric, told)], company(**inputs))  # type: ignore[arg-type]
    line = line_of(results, metric)
    assert replay(line.trace) == line.score
    return line


def team(folder: Path, metric: str, rule: str, told: dict[str, object], more: str = "") -> PeriodResults:
    rows = [(who, "cs", START, None, "member") for who in told]
    values = [value(metric, each, who=who) for who, each in told.items() if each is not None]
    return run(read(folder, scheme_text(metric, rule, more)), values, company(rows))  # type: ignore[arg-type]


# --- band ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("told", "points"), [("4.6", 100), ("4.5", 100), ("4.25", 50), ("4.0", 0), ("3.9", 0)])
def test_a_band_falls_to_zero_at_its_worse_end(tmp_path: Path, told: str, points: int) -> None:
    line = judged(tmp_path, HIGHER, "{band: {better: 4.5, worse: 4}}", told)
    assert (line.score, line.target) == (points, Decimal("4.5"))


@pytest.mark.parametrize(("told", "points"), [("5", 100), ("6", 100), ("7", 80), ("8", 60), ("8.01", 0), ("20", 0)])
def test_a_band_may_give_something_at_its_worse_end_and_nothing_beyond(tmp_path: Path, told: str, points: int) -> None:
    assert judged(tmp_path, LOWER, "{band: {better: 6, worse: 8, at_worse: 60}}", told).score == points


def test_a_bands_words(tmp_path: Path) -> None:
    rule = "{band: {better: 6, worse: 8, at_worse: 60}}"
    assert [judged(tmp_path, LOWER, rule, told).rule.en for told in ("5", "7", "9")] == [
        "5 s reaches 6 s: full points",
        "7 s lies between 8 s (60 points) and 6 s (100 points), in proportion",
        "9 s is worse than 8 s: no points",
    ]
    plain = judged(tmp_path, LOWER, "{band: {better: 6, worse: 8}}", "9").rule
    assert (plain.zh_hans, plain.zh_hant, plain.en) == (
        "9 秒 未超过 8 秒,0 分", "9 秒 未超過 8 秒,0 分", "9 s is not better than 8 s: no points",
    )  # fmt: skip


# --- ratio -----------------------------------------------------------------------------------------------------------

OWN_LAST_MONTH = "{ratio: {to: {of: own, when: last_month}, zero_at: 80%, full_at: 105%}}"
SEPTEMBER = parse("2026-09")


def against(folder: Path, metric: str, rule: str, now: object, before: object) -> IndicatorResult:
    values = [value(metric, now), *([] if before is None else [value(metric, before, period=SEPTEMBER)])]
    return line_of(run(read(folder, scheme_text(metric, rule)), values), metric)


@pytest.mark.parametrize(
    ("now", "before", "points"), [("0.9", "0.8", 100), ("0.74", "0.8", 50), ("0.64", "0.8", 0), ("0.5", "0.8", 0)]
)
def test_a_ratio_to_ones_own_last_month(tmp_path: Path, now: str, before: str, points: int) -> None:
    assert against(tmp_path, HIGHER, OWN_LAST_MONTH, now, before).score == points


@pytest.mark.parametrize(("now", "points"), [("20", 100), ("40", 50), ("120", 0), ("0", 100)])
def test_a_ratio_is_turned_round_where_lower_is_better(tmp_path: Path, now: str, points: int) -> None:
    rule = "{ratio: {to: {of: own, when: last_month}, zero_at: 25%, full_at: 125%}}"
    assert against(tmp_path, LOWER, rule, now, "30").score == points


def test_a_ratio_in_words_says_what_it_was_held_against(tmp_path: Path) -> None:
    rule = against(tmp_path, HIGHER, OWN_LAST_MONTH, "0.74", "0.8").rule
    assert (rule.zh_hans, rule.en) == (
        "实际 74% ÷ 本人上月 80% = 92.5%(80% 得 0 分,105% 得 100 分,按比例)",
        "actual 74% ÷ one's own of last month (80%) = 92.5% (80% earns 0 points, 105% earns 100, in proportion)",
    )


def test_without_a_last_month_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    line = against(tmp_path, HIGHER, OWN_LAST_MONTH, "0.74", None)
    assert (line.score, line.missing) == (None, "no_target")
    assert line.rule.zh_hans == "没有本人上月可比;权重由其他指标按比例分担"
    assert against(tmp_path, HIGHER, OWN_LAST_MONTH, "0.74", "0").missing == "no_target"


def test_a_ratio_to_the_mean_of_the_people_and_nobodys_value_in_the_trace(tmp_path: Path) -> None:
    rule = "{ratio: {to: {of: department_mean}, zero_at: 50%, full_at: 150%}}"
    results = team(tmp_path, HIGHER, rule, {"E1": "0.9", "E2": "0.6", "E3": "0.3"})
    assert [line_of(results, HIGHER, who).score for who in ("E1", "E2", "E3")] == [100, 50, 0]
    assert "0.3" not in line_of(results, HIGHER, "E1").trace.model_dump_json()


def test_the_mean_takes_in_those_who_are_only_ranked(tmp_path: Path) -> None:
    rule = "{ratio: {to: {of: department_mean}, zero_at: 50%, full_at: 150%}}"
    only = "{department: cs, posts: [a], ranked_only: {posts: [b]}}"
    text = scheme_text(HIGHER, rule).replace("{department: cs}", only)
    rows = [("E1", "cs", START, None, "member", "a"), ("E2", "cs", START, None, "member", "b")]
    values = [value(HIGHER, "0.9"), value(HIGHER, "0.3", who="E2")]
    results = run(read(tmp_path, text), values, company(rows))  # type: ignore[arg-type]
    assert line_of(results, HIGHER).score == 100
    assert results.people[1].score is None


def test_half_a_month_is_held_against_half_of_last_months_amount(tmp_path: Path) -> None:
    inputs = company(employees=[("E1", date(2026, 10, 16), None, None)])
    values = [value(SALES, 500), value(SALES, 1000, period=SEPTEMBER)]
    rule = "{ratio: {to: {of: own, when: last_month}}}"
    assert line_of(run(read(tmp_path, scheme_text(SALES, rule)), values, inputs), SALES).score == 100
    whole = run(read(tmp_path, scheme_text(SALES, rule, "        prorate: none\n")), values, inputs)
    assert line_of(whole, SALES).score == 50


# --- passed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "rule", "told", "points"),
    [
        (HIGHER, "{at_least: 85%}", "0.85", 100), (HIGHER, "{at_least: 85%}", "0.8499", 0),
        (LOWER, "{at_most: 30}", "30", 100), (LOWER, "{at_most: 30, missed: 60}", "30.01", 60),
        (LOWER, "{at_most: 0}", "0", 100), (LOWER, "{at_most: 0}", "1", 0),
    ],
)  # fmt: skip
def test_a_limit_is_kept_or_missed(tmp_path: Path, metric: str, rule: str, told: str, points: int) -> None:
    assert judged(tmp_path, metric, f"{{passed: {rule}}}", told).score == points


def test_an_excuse_forgives_a_miss(tmp_path: Path) -> None:
    rule = "{passed: {at_least: 100%, unless: excused_reply}}"
    excused = [("excused_reply", "E1", None, date(2026, 10, 9), 1)]
    late = [("excused_reply", "E1", None, date(2026, 11, 1), 1)]
    lines = [judged(tmp_path, HIGHER, rule, "0.99", events=events) for events in ([], excused, late)]
    assert [line.score for line in lines] == [0, 100, 0]
    assert [line.rule.en for line in lines[:2]] == [
        "99% misses the limit (≥ 100%): 0 points", "99% misses the limit (≥ 100%), excused: 100 points",
    ]  # fmt: skip
    assert judged(tmp_path, HIGHER, rule, "1", events=excused).rule.zh_hans == "100% 达到要求(≥ 100%),100 分"


def test_a_limit_on_an_amount_follows_the_days(tmp_path: Path) -> None:
    joined = [("E1", date(2026, 10, 16), None, None)]
    rule = "{passed: {at_least: 100 yuan}}"
    assert judged(tmp_path, SALES, rule, "5000", employees=joined).score == 100
    assert judged(tmp_path, SALES, rule, "4999", employees=joined).score == 0


# --- place -----------------------------------------------------------------------------------------------------------


def scores(results: PeriodResults, metric: str) -> list[Decimal | None]:
    return [line_of(results, metric, each.employee_id).score for each in results.people]


def test_places_run_from_100_to_last(tmp_path: Path) -> None:
    told = {"E1": "0.7", "E2": "0.9", "E3": "0.8", "E4": "0.6"}
    assert scores(team(tmp_path, HIGHER, "{place: {}}", told), HIGHER) == [
        Decimal("33.33"), 100, Decimal("66.67"), 0,
    ]  # fmt: skip
    assert scores(team(tmp_path, HIGHER, "{place: {last: 40}}", told), HIGHER) == [60, 100, 80, 40]


def test_places_are_turned_round_where_lower_is_better_and_ties_share_the_better_place(tmp_path: Path) -> None:
    told = {"E1": "20", "E2": "30", "E3": "30", "E4": "40", "E5": "50"}
    assert scores(team(tmp_path, LOWER, "{place: {}}", told), LOWER) == [100, 75, 75, 25, 0]


def test_all_equal_are_all_first_and_alone_is_what_the_scheme_says(tmp_path: Path) -> None:
    same = team(tmp_path, HIGHER, "{place: {}}", {"E1": "0.7", "E2": "0.7"})
    assert scores(same, HIGHER) == [100, 100]
    alone = team(tmp_path, HIGHER, "{place: {alone: 80}}", {"E1": "0.7", "E2": None})
    assert [line_of(alone, HIGHER, who).score for who in ("E1", "E2")] == [80, None]
    assert line_of(alone, HIGHER).rule.en == "70%: nobody to be compared with, the scheme gives 80 points"


def test_who_has_too_few_cases_takes_no_place(tmp_path: Path) -> None:
    scheme = read(tmp_path, scheme_text(HIGHER, "{place: {}}", "        needs_at_least: 20\n"))
    rows = [(who, "cs", START, None, "member") for who in ("E1", "E2", "E3")]
    values = [value(HIGHER, "0.9", of=5), value(HIGHER, "0.8", who="E2"), value(HIGHER, "0.7", who="E3")]
    results = run(scheme, values, company(rows))  # type: ignore[arg-type]
    assert scores(results, HIGHER) == [None, 100, 0]
    assert line_of(results, HIGHER).missing == "too_few"


def test_amounts_are_placed_by_working_day(tmp_path: Path) -> None:
    rows = [("E1", "cs", START, None, "member"), ("E2", "cs", date(2026, 10, 16), None, "member")]
    values = [value(SALES, 1000), value(SALES, 600, who="E2")]
    results = run(read(tmp_path, scheme_text(SALES, "{place: {}}")), values, company(rows))  # type: ignore[arg-type]
    assert scores(results, SALES) == [0, 100]


def test_a_place_tells_no_other_persons_value(tmp_path: Path) -> None:
    results = team(tmp_path, HIGHER, "{place: {}}", {"E1": "0.71", "E2": "0.93"})
    line = line_of(results, HIGHER)
    assert "0.93" not in line.trace.model_dump_json()
    assert line.rule.zh_hans == "71%,第 2 名,共 2 名(第一 100 分,末位 0 分,按比例)"
    assert replay(line.trace) == line.score == 0


def test_departments_of_a_scheme_are_placed_among_each_other(tmp_path: Path) -> None:
    text = scheme_text(HIGHER, "{place: {}}").replace("{department: cs}", "{departments: [cs, ops]}")
    rows = [("E1", "cs", START, None, "member"), ("E2", "ops", START, None, "member")]
    values = [value(HIGHER, told, level="department", who=key) for key, told in (("cs", "0.8"), ("ops", "0.9"))]
    results = run(read(tmp_path, text), values, company(rows))  # type: ignore[arg-type]
    assert [each.card.score for each in results.departments if each.card] == [0, 100]


# --- of the department, of the company -----------------------------------------------------------------------------


def test_a_line_may_be_about_the_department_or_the_company(tmp_path: Path) -> None:
    rule = "{target: {}}"
    rows = [("E1", "cs", START, None, "member"), ("E2", "cs", START, None, "member")]
    values = [
        value(SALES, 60, level="department", who="cs"), value(SALES, 900, level="company", who="company"),
        value(SALES, 5), value(SALES, 5, who="E2"),
    ]  # fmt: skip
    targets = [("department", "cs", SALES, 80), ("company", "company", SALES, 1000)]
    found = {}
    for whose in ("department", "company"):
        more = f"        of: {whose}\n        target: {{from: targets}}\n"
        results = run(read(tmp_path, scheme_text(SALES, rule, more)), values, company(rows, targets=targets))  # type: ignore[arg-type]
        line = line_of(results, SALES)
        found[whose] = (line.actual, line.target, line.score, line.rank)
    assert found == {"department": (60, 80, 75, None), "company": (900, 1000, 90, None)}


def test_a_joiner_answers_for_the_whole_company_too(tmp_path: Path) -> None:
    inputs = company(employees=[("E1", date(2026, 10, 16), None, None)])
    more = "        of: company\n        target: 1000\n"
    values = [value(SALES, 900, level="company", who="company")]
    assert line_of(run(read(tmp_path, scheme_text(SALES, "{target: {}}", more)), values, inputs), SALES).score == 90


def test_kinds_are_told_apart_by_the_catalogue() -> None:
    """The tests above stand on these: a rate, a lower-is-better mean and an amount."""
    assert [CATALOGUE[key].denominator is None for key in (HIGHER, LOWER, SALES)] == [False, False, True]
    assert OCTOBER.shifted(-1) == SEPTEMBER
