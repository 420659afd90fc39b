"""Checks of what a period's results say about its schemes: targets, spread, recency, sums, changes (S15, S20, S21)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from tests.scheme_kit import CATALOGUE, CSAT, DAYS, HEAD, MANUAL, OCTOBER, company, read, run, text_of, value
from transforms.lint import LintContext, LintFinding, TargetsThen, lint, told
from transforms.measures.parameters import MeasureParameters
from transforms.metrics.model import MetricValue
from transforms.period import Period
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import make_book
from transforms.scoring.people import ScoringInputs

TEAM = [f"E{n}" for n in range(1, 11)]
SEPTEMBER, AUGUST = OCTOBER.shifted(-1), OCTOBER.shifted(-2)
SALES = """      - metric: paid_sales
        weight: {weight}
        target: {{from: targets}}
        score: {{target: {{floor: 60%}}}}
"""


def team(**more: list[tuple[object, ...]]) -> ScoringInputs:
    return company(assignments=[(who, "cs", date(2025, 1, 1), None, "member") for who in TEAM], **more)


def check(
    scheme: Scheme, values: list[MetricValue], inputs: ScoringInputs, then: tuple[TargetsThen, ...] | None = None
) -> list[LintFinding]:
    book = make_book(
        OCTOBER, CATALOGUE, values, inputs,
        as_of=date(2026, 12, 31), working_days=DAYS, parameters=MeasureParameters(),
    )  # fmt: skip
    results = run(scheme, values, inputs)
    return list(told(lint([scheme], CATALOGUE, LintContext(book=book, results=results, then=then))))


def codes(found: list[LintFinding]) -> set[str]:
    return {each.code for each in found}


def spread_out(key: str, *numbers: object, period: Period = OCTOBER) -> list[MetricValue]:
    return [value(key, told, who=who, period=period) for who, told in zip(TEAM, numbers, strict=False)]


NOW = spread_out("csat_rate", *(f"0.{n}" for n in range(80, 90)))


@pytest.fixture
def csat(tmp_path: Path) -> Scheme:
    return read(tmp_path, text_of(CSAT.format(weight=100)))


@pytest.mark.parametrize(
    ("before", "code"),
    [(["0.99"] * 10, "target_too_high"), (["1"] * 10, "target_too_low"), (["0.99"] * 9 + ["1"], None),
     (["0.99"] * 9, None)],
)  # fmt: skip
def test_full_marks_at_100_percent_against_what_people_had(before: list[str], code: str | None, csat: Scheme) -> None:
    """Nobody of ten reached it, everybody did, one did; of nine values nothing is said."""
    found = check(csat, NOW + spread_out("csat_rate", *before, period=SEPTEMBER), team())
    assert {each.code for each in found if each.code.startswith("target_too")} == ({code} if code else set())


def test_the_sentence_counts_values_of_all_earlier_months_but_not_this_one(csat: Scheme) -> None:
    earlier = [each for period in (SEPTEMBER, AUGUST) for each in spread_out("csat_rate", *["0.9"] * 10, period=period)]
    (told,) = [each for each in check(csat, NOW + earlier, team()) if each.code == "target_too_high"]
    assert told.what.en == "csat_rate: full marks need 100%; none of the last 20 values of people reached it."
    assert told.at == ("versions", 0, "indicators", 0)


def test_where_lower_is_better_low_values_reach_the_target(tmp_path: Path) -> None:
    rule = "      - {metric: complaint_rate, weight: 100, score: {linear: {zero_at: 3%, full_at: 1%}}}\n"
    lower = read(tmp_path, text_of(rule))
    now = spread_out("complaint_rate", *(f"0.0{n}" for n in range(10, 20)))
    good = spread_out("complaint_rate", *["0.01"] * 10, period=SEPTEMBER)
    bad = spread_out("complaint_rate", *["0.02"] * 10, period=SEPTEMBER)
    assert "target_too_low" in codes(check(lower, now + good, team()))
    assert "target_too_high" in codes(check(lower, now + bad, team()))


def with_targets(inputs: ScoringInputs, rows: list[tuple[str, str, str, str, object]]) -> ScoringInputs:
    columns = ["level", "subject_id", "metric", "period", "value"]
    told = [(*row[:4], Decimal(str(row[4]))) for row in rows]
    return ScoringInputs(**{**inputs.__dict__, "targets": pd.DataFrame(told, columns=columns, dtype="object")})


def test_agreed_targets_are_compared_month_by_month(tmp_path: Path) -> None:
    scheme = read(tmp_path, text_of(SALES.format(weight=100)))
    agreed = [("employee", who, "paid_sales", "2026-09", 1000) for who in TEAM]
    inputs = with_targets(team(), agreed)
    missed = spread_out("paid_sales", *[999] * 10, period=SEPTEMBER)
    one = spread_out("paid_sales", *[999] * 9, 1000, period=SEPTEMBER)
    assert "target_too_high" in codes(check(scheme, missed, inputs))
    assert "target_too_high" not in codes(check(scheme, one, inputs))
    unknown = with_targets(team(), [("employee", "E1", "paid_sales", "2026-09", 1000)])
    assert "target_too_high" not in codes(check(scheme, missed, unknown))


def test_nobody_has_a_value(tmp_path: Path) -> None:
    scheme = read(tmp_path, text_of(CSAT.format(weight=60), SALES.format(weight=40)))
    (told,) = [each for each in check(scheme, NOW, team()) if each.code == "no_values"]
    assert told.subject == "paid_sales"
    assert told.what.en == "Of the 10 judged nobody has a value of paid_sales."
    some = [*NOW, value("paid_sales", 5, who="E1")]
    assert "no_values" not in codes(check(scheme, some, team()))


def test_everybody_alike(tmp_path: Path) -> None:
    scheme = read(tmp_path, text_of(CSAT.format(weight=60), MANUAL.format(weight=40)))
    alike = [(who, "teamwork", "manager", 80) for who in TEAM]
    (told,) = [each for each in check(scheme, NOW, team(judgements=alike)) if each.code == "flat_scores"]
    assert told.what.en == "Everybody has the same score on: Teamwork 80.00."
    differ = [*alike[:-1], ("E10", "teamwork", "manager", 81)]
    assert "flat_scores" not in codes(check(scheme, NOW, team(judgements=differ)))
    some = alike[4:]  # the first four were judged by nobody
    assert "flat_scores" in codes(check(scheme, NOW, team(judgements=some)))
    few = [(who, "teamwork", "manager", 80) for who in TEAM[:4]]
    assert "flat_scores" not in codes(check(scheme, NOW, team(judgements=few)))


EARLY = [5, 3, 8, 1, 9, 2, 7, 4, 6, 10]
LATE = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]


def weekly(early: list[int], late: list[int]) -> list[MetricValue]:
    weeks = OCTOBER.weeks
    told = [spread_out("paid_sales", *early, period=week) for week in weeks[:-1]]
    return [each for part in (*told, spread_out("paid_sales", *late, period=weeks[-1])) for each in part]


@pytest.mark.parametrize(
    ("judged", "seen"), [([60 + n for n in LATE], True), ([60 + n for n in EARLY], False), ([80] * 9 + [81], False)]
)
def test_judgements_that_follow_the_last_week_only(judged: list[int], seen: bool, tmp_path: Path) -> None:  # noqa: FBT001
    scheme = read(tmp_path, text_of(CSAT.format(weight=60), MANUAL.format(weight=40)))
    given = [(who, "teamwork", "manager", points) for who, points in zip(TEAM, judged, strict=True)]
    found = check(scheme, NOW + weekly(EARLY, LATE), team(judgements=given))
    assert ("last_week_only" in codes(found)) is seen


def test_a_good_month_throughout_is_not_recency(tmp_path: Path) -> None:
    scheme = read(tmp_path, text_of(CSAT.format(weight=60), MANUAL.format(weight=40)))
    given = [(who, "teamwork", "manager", 60 + n) for who, n in zip(TEAM, LATE, strict=True)]
    assert "last_week_only" not in codes(check(scheme, NOW + weekly(LATE, LATE), team(judgements=given)))


def sums(people: int, department: int | None, whole: int | None) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [("employee", who, "paid_sales", people) for who in TEAM]
    rows += [("department", "cs", "paid_sales", department)] if department is not None else []
    return rows + ([("company", "company", "paid_sales", whole)] if whole is not None else [])


@pytest.mark.parametrize(
    ("targets", "seen"),
    [(sums(1000, 10000, 10000), 0), (sums(1000, 10100, 10100), 0), (sums(1000, 10102, None), 1),
     (sums(1000, None, None), 0), (sums(1000, 12000, 15000), 2), (sums(1000, None, 15000), 0)],
)  # fmt: skip
def test_targets_add_up_from_people_to_the_company(
    targets: list[tuple[object, ...]], seen: int, tmp_path: Path
) -> None:
    """Within one per cent; what has no part below it is not compared."""
    scheme = read(tmp_path, text_of(SALES.format(weight=100)))
    found = [each for each in check(scheme, [], team(targets=targets)) if each.code == "cascade"]
    assert len(found) == seen


def test_the_sum_is_said_in_yuan_and_can_be_suppressed(tmp_path: Path) -> None:
    scheme = read(tmp_path, text_of(SALES.format(weight=100)))
    inputs = team(targets=sums(100000, 1200000, None))
    (told,) = [each for each in check(scheme, [], inputs) if each.code == "cascade"]
    assert (
        told.what.en == "paid_sales of 2026-10: the targets of 10 people sum to 10,000 yuan, that of cs is 12,000 yuan."
    )
    quiet = read(
        tmp_path,
        text_of(
            SALES.format(weight=100),
            head=HEAD.replace("    judged_by", "    suppress: {cascade: agreed apart}\n    judged_by"),
        ),
    )
    assert "cascade" not in codes(check(quiet, [], inputs))


def test_rates_are_not_added_up(tmp_path: Path) -> None:
    rates = [("employee", "E1", "csat_rate", "0.9"), ("department", "cs", "csat_rate", "0.5")]
    scheme = read(tmp_path, text_of(CSAT.format(weight=100)))
    assert "cascade" not in codes(check(scheme, [], team(targets=rates)))


def test_a_target_that_changed_within_the_period_is_shown(tmp_path: Path) -> None:
    scheme = read(tmp_path, text_of(SALES.format(weight=100)))
    key = ("employee", "E1", "paid_sales", "2026-10")
    inputs = team(targets=[("employee", "E1", "paid_sales", 90000)])
    before = TargetsThen(date(2026, 9, 20), {key: Decimal(1)})
    within = TargetsThen(date(2026, 10, 8), {key: Decimal(100000)})
    (told,) = [each for each in check(scheme, [], inputs, (before, within)) if each.code == "target_changed"]
    assert told.what.en == "The target of E1 for paid_sales was 1,000 yuan on 2026-10-08 and is 900 yuan now."
    assert told.employee_ids == ("E1",)
    same = TargetsThen(date(2026, 10, 8), {key: Decimal(90000)})
    assert not {"target_changed", "target_history"} & codes(check(scheme, [], inputs, (before, same)))


def test_without_an_earlier_snapshot_the_check_says_that_it_was_not_made(tmp_path: Path) -> None:
    scheme = read(tmp_path, text_of(SALES.format(weight=100)))
    inputs = team(targets=[("employee", "E1", "paid_sales", 90000)])
    assert "target_history" in codes(check(scheme, [], inputs, ()))
    assert "target_history" in codes(check(scheme, [], inputs, (TargetsThen(date(2026, 9, 20), {}),)))
    assert "target_history" not in codes(check(scheme, [], team(), ()))
    assert "target_history" not in codes(check(scheme, [], inputs, None))
