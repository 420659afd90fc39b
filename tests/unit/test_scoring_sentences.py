"""Rules in words, in three languages: what stands beside the number."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.scheme_kit import company, line_of, read, run, text_of, value
from transforms.metrics.model import Unit
from transforms.scoring.results import IndicatorResult
from transforms.scoring.sentences import fill, shown
from transforms.titles import Title


def line(folder: Path, metric: str, rule: str, told: str) -> IndicatorResult:
    scheme = read(folder, text_of(f"      - metric: {metric}\n        weight: 100\n        score: {rule}\n"))
    return line_of(run(scheme, [value(metric, told)]), metric)


def told(title: Title) -> tuple[str, str | None, str | None]:
    return title.zh_hans, title.zh_hant, title.en


LINEAR = "{linear: {zero_at: 3.5, full_at: 4.8}}"
STEPS = "{steps: [{up_to: 30, gives: 100}, {up_to: 60, gives: 60}, {gives: 0}]}"
TARGET = "{target: {floor: 60%}}\n        target: 80%"

WORDS = {
    "between the ends": ("first_response_seconds", "{linear: {zero_at: 90, full_at: 20}}", "55", (
        "55 秒 在 90 秒(0 分)与 20 秒(100 分)之间按比例",
        "55 秒 在 90 秒(0 分)與 20 秒(100 分)之間按比例",
        "55 s lies between 90 s (0 points) and 20 s (100 points), in proportion")),
    "at the best end": ("csat_rate", "{linear: {zero_at: 80%, full_at: 97%}}", "0.98", (
        "98% 达到 97%,满分", "98% 達到 97%,滿分", "98% reaches 97%: full points")),
    "at the worst end": ("csat_rate", "{linear: {zero_at: 80%, full_at: 97%}}", "0.8", (
        "80% 未超过 80%,0 分", "80% 未超過 80%,0 分", "80% is not better than 80%: no points")),
    "steps": ("first_response_seconds", STEPS, "42.5", (
        "实际 42.5 秒;< 30 秒: 100 分;30 秒 ≤ … < 60 秒: 60 分;≥ 60 秒: 0 分",
        "實際 42.5 秒;< 30 秒: 100 分;30 秒 ≤ … < 60 秒: 60 分;≥ 60 秒: 0 分",
        "actual 42.5 s; < 30 s: 100 points; 30 s ≤ … < 60 s: 60 points; ≥ 60 s: 0 points")),
    "target": ("csat_rate", TARGET, "0.7", (
        "实际 70% ÷ 目标 80% = 完成率 87.5%", "實際 70% ÷ 目標 80% = 完成率 87.5%",
        "actual 70% ÷ target 80% = 87.5% attained")),
    "target reached": ("csat_rate", TARGET, "0.9", (
        "实际 90% ÷ 目标 80% = 完成率 112.5%,得最高分 100", "實際 90% ÷ 目標 80% = 完成率 112.5%,得最高分 100",
        "actual 90% ÷ target 80% = 112.5% attained; 100 points, the most there are")),
    "below the floor": ("csat_rate", TARGET, "0.4", (
        "实际 40% ÷ 目标 80% = 完成率 50%,低于 60% 得 0 分", "實際 40% ÷ 目標 80% = 完成率 50%,低於 60% 得 0 分",
        "actual 40% ÷ target 80% = 50% attained; below 60%: no points")),
    "lower is better": ("first_response_seconds", "{target: {}}\n        target: 30", "40", (
        "目标 30 秒 ÷ 实际 40 秒 = 完成率 75%", "目標 30 秒 ÷ 實際 40 秒 = 完成率 75%",
        "target 30 s ÷ actual 40 s = 75% attained")),
}  # fmt: skip


@pytest.mark.parametrize(("metric", "rule", "actual", "words"), WORDS.values(), ids=WORDS)
def test_a_rule_is_told_in_three_languages(
    tmp_path: Path, metric: str, rule: str, actual: str, words: tuple[str, str, str]
) -> None:
    assert told(line(tmp_path, metric, rule, actual).rule) == words


def test_judges_are_told_with_their_weight(tmp_path: Path) -> None:
    manual = "      - manual: teamwork\n        title: {zh-Hans: 协作}\n        weight: 100\n"
    judged: list[tuple[object, ...]] = [("E1", "teamwork", "manager", 85), ("E1", "teamwork", "self", 90)]
    scheme = read(tmp_path, text_of(manual))
    both = line_of(run(scheme, [], company(judgements=judged)), "teamwork")
    assert told(both.rule) == (
        "上级 85(占 80%)、自评 90(占 20%)", "上級 85(佔 80%)、自評 90(佔 20%)",
        "superior 85 (weight 80%), self 90 (weight 20%)",
    )  # fmt: skip
    alone = line_of(run(scheme, [], company(judgements=judged[:1])), "teamwork")
    assert told(alone.rule) == (
        "上级 85(占 80%)、自评未评(由其他评分人分担)", "上級 85(佔 80%)、自評未評(由其他評分人分擔)",
        "superior 85 (weight 80%), self absent (weighed by the others)",
    )  # fmt: skip


def test_a_sentence_is_filled_with_the_parameters(tmp_path: Path) -> None:
    says = line(tmp_path, "csat_rate", LINEAR, "4").says
    assert told(says) == ("4 天内", "4 天內", "within 4 days")
    assert fill(Title(zh_hans="{unknown} {0}"), {}).zh_hans == "{unknown} {0}"


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [("0.8046", Unit.RATE, "80.46%"), ("30000000", Unit.FEN, "300,000 元"), ("12345", Unit.COUNT, "12,345"),
     ("0.855", Unit.RATIO, "0.86"), ("1.50", Unit.HOURS, "1.5 小时"), ("100", Unit.SECONDS, "100 秒")],
)  # fmt: skip
def test_values_are_shown_with_their_unit(amount: str, unit: Unit, text: str) -> None:
    assert shown(Decimal(amount), unit).zh_hans == text
    assert shown(None, unit).zh_hans == "—"
