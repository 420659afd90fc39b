"""Lines no metric stands behind: events, judgements with care for the raters, roll-ups of members and of periods."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.scheme_kit import MANUAL, card_of, company, line_of, read, run, text_of
from transforms.period import parse
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import PastResult
from transforms.scoring.results import DepartmentResult, IndicatorResult, PeriodResults
from transforms.scoring.trace import replay

START, MID = date(2025, 1, 1), date(2026, 10, 15)
Rows = list[tuple[object, ...]]
PEOPLE: Rows = [
    ("E1", "cs", START, None, "member"),
    ("E2", "cs", START, MID, "member"),
    ("M1", "cs", START, None, "manager"),
]


def department(results: PeriodResults, key: str = "cs") -> DepartmentResult:
    return next(each for each in results.departments if each.department_id == key)


# --- events ----------------------------------------------------------------------------------------------------------

ERRORS = """      - event: order_error
        title: {zh-Hans: 订单差错, en: Order errors}
        weight: 100
        score: {events: {start: 100, each: -10}}
"""
PRAISE = ERRORS.replace("order_error", "praise").replace("start: 100, each: -10", "start: 60, each: 7.5")


def recorded(folder: Path, line: str, *events: tuple[object, ...], rows: Rows | None = None) -> PeriodResults:
    return run(read(folder, text_of(line)), [], company(rows, events=list(events)))


@pytest.mark.parametrize(("quantities", "points"), [([], 100), ([1], 90), ([1, 2], 70), ([4, 4, 4], 0)])
def test_each_event_takes_its_points_within_0_and_100(tmp_path: Path, quantities: list[int], points: int) -> None:
    events = [("order_error", "E1", None, date(2026, 10, 1 + n), each) for n, each in enumerate(quantities)]
    line = line_of(recorded(tmp_path, ERRORS, *events), "order_error")
    assert (line.score, line.actual, line.kind, line.missing) == (points, sum(quantities), "event", None)
    assert replay(line.trace) == line.score


def test_praise_adds_up_to_a_hundred(tmp_path: Path) -> None:
    events = [("praise", "E1", None, date(2026, 10, 9), 3), ("praise", "E2", None, date(2026, 10, 9), 9)]
    line = line_of(recorded(tmp_path, PRAISE, *events), "praise")
    assert line.score == Decimal("82.50")
    assert (line.rule.zh_hans, line.rule.en) == (
        "3 次:60 分起,每次 +7.5 分,限 0–100", "3 recorded: 60 points to begin with, +7.5 for each, within 0 and 100",
    )  # fmt: skip


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 11, 1)])
def test_an_event_counts_for_the_day_it_happened(tmp_path: Path, day: date) -> None:
    assert line_of(recorded(tmp_path, ERRORS, ("order_error", "E1", None, day, 1)), "order_error").score == 100


def test_an_event_counts_where_somebody_worked_that_day(tmp_path: Path) -> None:
    rows: Rows = [("E1", "cs", START, MID, "member"), ("E1", "ops", date(2026, 10, 16), None, "member")]
    text = text_of(ERRORS)
    both = [read(tmp_path, text.replace("small", key).replace("{department: cs}", f"{{department: {key}}}"), f"{key}.yaml")
            for key in ("cs", "ops")]  # fmt: skip
    results = run(both, [], company(rows, events=[("order_error", "E1", None, date(2026, 10, 20), 1)]))
    assert [card.score for card in results.people[0].cards] == [100, 90]


def test_a_departments_line_is_its_peoples_mean_and_its_own_events(tmp_path: Path) -> None:
    events = [("order_error", "E1", None, MID, 3), ("order_error", None, "cs", MID, 2)]
    rows: Rows = PEOPLE[:2]
    card = department(recorded(tmp_path, ERRORS, *events, rows=rows)).card
    assert card is not None
    assert card.score == 60  # E1 70 for 22 days, E2 100 for 11: 80; two of its own at 10
    assert (
        card.indicators[0].rule.en
        == "mean of 2 people's scores, weighted by working days; 2 of the department itself, -10 for each"
    )
    assert replay(card.trace) == card.score


# --- judgements ------------------------------------------------------------------------------------------------------

FEEDBACK = "        score: {manual: {roles: {manager: 50, peer: 25, subordinate: 25}, %s}}\n"
ANONYMOUS = "anonymous: [peer, subordinate], least: 3"


def judged(folder: Path, told: Sequence[tuple[str, object]], more: str = ANONYMOUS) -> IndicatorResult:
    rows: Rows = [("E1", "teamwork", role, points) for role, points in told]
    text = text_of(MANUAL.format(weight=100) + FEEDBACK % more)
    return line_of(run(read(folder, text), [], company(judgements=rows)), "teamwork")


BOSS, PEERS = ("manager", 80), [("peer", 60), ("peer", 70), ("peer", 95)]


def test_an_anonymous_role_with_too_few_raters_is_not_read(tmp_path: Path) -> None:
    line = judged(tmp_path, [BOSS, *PEERS[:2], ("subordinate", 10)])
    assert line.score == 80
    assert line.rule.en == (
        "superior 80 (weight 50%), peers absent (weighed by the others) (fewer than 3, so nobody is read), "
        "subordinates absent (weighed by the others) (fewer than 3, so nobody is read)"
    )
    assert "10" not in [leaf.value for leaf in _leaves(line)]


def test_enough_anonymous_raters_count_and_stay_unnamed(tmp_path: Path) -> None:
    line = judged(tmp_path, [BOSS, *PEERS])
    assert line.score == Decimal("78.33")  # (80 × 50 + 75 × 25) / 75
    raters = [leaf.args for leaf in _leaves(line) if leaf.label == "peer"]
    assert raters == [{}, {}, {}]
    assert [leaf.value for leaf in _leaves(line) if leaf.label == "peer"] == [60, 70, 95]
    assert [leaf.args for leaf in _leaves(line) if leaf.label == "manager"] == [{"rater": "R0"}]
    assert replay(line.trace) == line.score


def test_a_hidden_role_may_count_as_nothing_or_wait_for_hr(tmp_path: Path) -> None:
    assert judged(tmp_path, [BOSS], f"{ANONYMOUS}, missing_role: zero").score == 40
    assert judged(tmp_path, [BOSS, *PEERS], f"{ANONYMOUS}, missing_role: hr_decides").missing == "no_rater"


def test_the_highest_and_the_lowest_of_enough_raters_are_left_out(tmp_path: Path) -> None:
    five = [("manager", points) for points in (10, 80, 80, 83, 100)]
    assert judged(tmp_path, five, "drop_extremes: true").score == 81
    assert judged(tmp_path, five[:4], "drop_extremes: true").score == Decimal("63.25")
    assert judged(tmp_path, five[:3], "drop_extremes: true, drop_from: 3").score == 80
    line = judged(tmp_path, five, "drop_extremes: true")
    assert line.rule.zh_hans.startswith("上级 81(占 50%),去掉最高最低")
    assert replay(line.trace) == line.score


@pytest.mark.parametrize(("points", "score"), [("94.99", "94.99"), ("95", "100"), ("99", "100")])
def test_from_a_bound_on_a_judgement_counts_in_full(tmp_path: Path, points: str, score: str) -> None:
    """S03: 95 and more counts as 100."""
    line = judged(tmp_path, [("manager", points)], "full_from: 95")
    assert line.score == Decimal(score)
    assert line.rule.zh_hans.endswith(",95 分及以上计 100 分")


def _leaves(line: IndicatorResult) -> list:
    found, todo = [], [line.trace]
    while todo:
        each = todo.pop(0)
        found += [each] if not each.inputs else []
        todo += each.inputs
    return found


# --- teams -----------------------------------------------------------------------------------------------------------

TEAM = """      - team: {%s}
        title: {zh-Hans: 团队得分, en: The team}
        weight: 100
"""


def leading(folder: Path, how: str, judgements: Rows, rows: Rows | None = None) -> PeriodResults:
    """Members are judged by hand, the manager by the team."""
    people = [(*row, "店长" if row[4] == "manager" else "店员") for row in rows or PEOPLE]
    members = text_of(MANUAL.format(weight=100)).replace("{department: cs}", "{department: cs, posts: [店员]}")
    manager = (
        text_of(TEAM % how).replace("{department: cs}", "{department: cs, posts: [店长]}").replace("small", "lead")
    )
    schemes = [read(folder, manager, "a_lead.yaml"), read(folder, members, "b_members.yaml")]
    return run(schemes, [], company(people, judgements))


SCORES: Rows = [("E1", "teamwork", "manager", 90), ("E2", "teamwork", "manager", 60)]


@pytest.mark.parametrize(("how", "score"), [("take: mean", 75), ("take: by_working_days", 80), ("take: median", 75)])
def test_a_manager_gets_the_members_scores(tmp_path: Path, how: str, score: int) -> None:
    results = leading(tmp_path, how, SCORES)
    assert card_of(results, "M1").score == score
    assert results.people[-1].score == score
    line = line_of(results, "team", "M1")
    assert (line.kind, line.actual) == ("team", score)
    assert replay(line.trace) == line.score


def test_with_too_few_members_scored_there_is_no_roll_up(tmp_path: Path) -> None:
    line = line_of(leading(tmp_path, "least_people: 3", SCORES), "team", "M1")
    assert (line.score, line.missing) == (None, "too_few")
    assert line.rule.zh_hans == "有得分的成员太少;权重由其他指标按比例分担"
    nobody = line_of(leading(tmp_path, "least_people: 1", []), "team", "M1")
    assert (nobody.missing, nobody.rule.en) == (
        "no_data", "No scores of members to roll up; its weight is shared out among the others",
    )  # fmt: skip


def test_two_managers_do_not_stand_on_each_other(tmp_path: Path) -> None:
    rows: Rows = [*PEOPLE, ("M2", "cs", START, None, "manager")]
    results = leading(tmp_path, "take: mean", SCORES, rows)
    assert [card_of(results, who).score for who in ("M1", "M2")] == [75, 75]


def test_a_manager_in_the_same_scheme_is_not_in_the_own_team(tmp_path: Path) -> None:
    both = MANUAL.format(weight=50) + TEAM.replace("100", "50") % "take: mean"
    results = run(read(tmp_path, text_of(both)), [], company(PEOPLE, SCORES))
    assert line_of(results, "team", "E1").missing == "no_data"  # everybody's card has the roll-up: nobody stands on it


# --- months ----------------------------------------------------------------------------------------------------------

QUARTER = parse("2026-Q3")
MONTHS = """      - months: {%s}
        title: {zh-Hans: 各月得分, en: The months}
        weight: 100
"""


def past(
    period: str, score: object, days: int = 22, who: str = "E1", *, final: bool = True, **more: object
) -> PastResult:
    told = None if score is None else Decimal(str(score))
    level = "department" if who == "cs" else "employee"
    return PastResult(period, who, level, "monthly", told, "good", 1, 9, days, final, **more)  # type: ignore[arg-type]


def rolled(folder: Path, earlier: list[PastResult], how: str = "least: 2", period: str = "2026-Q3") -> PeriodResults:
    return run(_cycle(folder, how, period), [], None, period=parse(period), past=earlier)


def _cycle(folder: Path, how: str, period: str) -> Scheme:
    cycle = parse(period).cycle
    return read(folder, text_of(MONTHS % how).replace("versions:", f"cycle: {cycle}\nversions:", 1))


THREE = [past("2026-07", 80, 20), past("2026-08", 90, 10), past("2026-09", 60, 10)]


@pytest.mark.parametrize(("how", "score"), [("take: by_working_days", "77.5"), ("take: mean", "76.67")])
def test_months_make_a_quarter(tmp_path: Path, how: str, score: str) -> None:
    elsewhere = [past("2026-06", 0), past("2026-10", 0), past("2026-08", 0, who="E2"),
                 past("2026-08", 0, counts="beside"), past("2026-Q2", 0)]  # fmt: skip
    line = line_of(rolled(tmp_path, [*THREE, *elsewhere], how), "months")
    assert line.score == Decimal(score)
    assert replay(line.trace) == line.score


def test_months_in_words(tmp_path: Path) -> None:
    rule = line_of(rolled(tmp_path, THREE, "take: mean"), "months").rule
    assert rule.zh_hans == "2026-07 80、2026-08 90、2026-09 60:平均"
    assert rule.en == "2026-07 80, 2026-08 90, 2026-09 60: mean"


def test_fewer_months_than_asked_for_give_nothing(tmp_path: Path) -> None:
    for earlier, reason in (([], "no_data"), (THREE[:1], "too_few"), ([THREE[0], past("2026-08", None)], "too_few")):
        assert line_of(rolled(tmp_path, earlier), "months").missing == reason
    assert line_of(rolled(tmp_path, THREE[:2]), "months").score == Decimal("83.33")


def test_a_month_that_can_still_change_makes_the_quarter_provisional(tmp_path: Path) -> None:
    open_still = [*THREE[:2], past("2026-09", 60, 10, final=False)]
    assert [rolled(tmp_path, each).people[0].provisional for each in (THREE, open_still)] == [False, True]


def test_a_department_rolls_up_its_own_months(tmp_path: Path) -> None:
    card = department(rolled(tmp_path, [*THREE, *(past(f"2026-0{n}", 70, who="cs") for n in (7, 8, 9))])).card
    assert card is not None
    assert card.score == 70


def test_a_year_rolls_up_quarters(tmp_path: Path) -> None:
    quarters = [past(f"2026-Q{n}", 60 + n) for n in (1, 2, 3, 4)]
    line = line_of(
        rolled(tmp_path, [*quarters, *THREE, past("2025-Q4", 0)], "of: quarter, take: mean", "2026"), "quarters"
    )
    assert line.score == Decimal("62.50")
