"""Red lines: what zeroes a score, what caps a grade, and that the card says so and still adds up."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.scheme_kit import CSAT, HEAD, card_of, company, read, run, text_of, value
from transforms.scoring.results import PeriodResults
from transforms.scoring.trace import replay

START, DAY = date(2025, 1, 1), date(2026, 10, 9)
TITLE = "title: {zh-Hans: 泄露客户信息, en: Customer data leaked}"
ZERO = f"{{event: red_line, then: zero, {TITLE}}}"
CAP = f"{{event: red_line, then: cap, cap_grade: qualified, {TITLE}}}"
TOO_MANY = f"{{metric: complaint_rate, above: 5%, then: cap, cap_grade: unqualified, {TITLE}}}"


def judged(
    folder: Path, vetoes: str, *events: tuple[object, ...], more: tuple = (), csat: str = "0.96"
) -> PeriodResults:
    text = text_of(
        CSAT.format(weight=100), head=HEAD.replace("    indicators:", f"    vetoes: [{vetoes}]\n    indicators:")
    )
    values = [value("csat_rate", csat), value("csat_rate", csat, level="department", who="cs"), *more]
    return run(read(folder, text), values, company(events=list(events)))


HAPPENED = ("red_line", "E1", None, DAY, 1)


def test_a_red_line_takes_everything_and_the_card_still_adds_up(tmp_path: Path) -> None:
    results = judged(tmp_path, ZERO, HAPPENED)
    card = card_of(results)
    assert (card.score, card.grade) == (0, "unqualified")
    assert [(line.key, line.points) for line in card.indicators] == [("csat_rate", 92), ("red_line_red_line", -92)]
    red = card.indicators[1]
    assert (red.group, red.weight, red.weight_used, red.score, red.rank) == ("red_lines", 0, 0, None, None)
    assert red.rule.zh_hans == "触犯红线(记录 1 次),本考核计 0 分"
    assert replay(card.trace) == 0
    assert (results.people[0].score, results.people[0].grade) == (0, "unqualified")


def test_a_red_line_may_only_cap_the_grade(tmp_path: Path) -> None:
    results = judged(tmp_path, CAP, HAPPENED)
    card = card_of(results)
    assert (card.score, card.grade, results.people[0].grade) == (92, "qualified", "qualified")
    assert card.indicators[1].points == 0
    assert card.indicators[1].rule.en == "A red line was crossed (1 recorded): the grade is Qualified at most"
    assert replay(card.trace) == 92


def test_a_cap_lifts_nobody(tmp_path: Path) -> None:
    assert card_of(judged(tmp_path, CAP, HAPPENED, csat="0.6")).grade == "unqualified"


@pytest.mark.parametrize(
    "event",
    [("praise", "E1", None, DAY, 1), ("red_line", "E2", None, DAY, 1), ("red_line", None, "cs", DAY, 1),
     ("red_line", "E1", None, date(2026, 9, 30), 1)],
    ids=["another kind", "somebody else", "the department's", "another month"],
)  # fmt: skip
def test_what_is_no_red_line_of_this_person_leaves_no_trace(tmp_path: Path, event: tuple[object, ...]) -> None:
    card = card_of(judged(tmp_path, ZERO, event))
    assert (card.score, len(card.indicators), card.trace.op) == (92, 1, "sum")


@pytest.mark.parametrize(("rate", "grade"), [("0.05", "excellent"), ("0.0501", "unqualified")])
def test_a_metric_beyond_its_limit_is_a_red_line(tmp_path: Path, rate: str, grade: str) -> None:
    results = judged(tmp_path, TOO_MANY, more=(value("complaint_rate", rate),))
    assert card_of(results).grade == grade
    assert card_of(judged(tmp_path, TOO_MANY)).grade == "excellent"  # no data crosses nothing
    if grade == "unqualified":
        assert card_of(results).indicators[1].rule.en == (
            "A red line was crossed (actual 5.01%, limit 5%): the grade is Unqualified at most"
        )


def test_a_metric_below_its_limit_zeroes(tmp_path: Path) -> None:
    veto = f"{{metric: csat_rate, below: 60%, then: zero, {TITLE}}}"
    assert [card_of(judged(tmp_path, veto, csat=told)).score for told in ("0.6", "0.59")] == [20, 0]


def test_two_red_lines_take_the_points_once(tmp_path: Path) -> None:
    card = card_of(judged(tmp_path, f"{ZERO}, {TOO_MANY}", HAPPENED, more=(value("complaint_rate", "0.5"),)))
    assert [line.points for line in card.indicators] == [92, -92, 0]
    assert (card.score, sum(line.points or Decimal(0) for line in card.indicators)) == (0, 0)


def test_a_departments_red_line_is_on_the_departments_card(tmp_path: Path) -> None:
    results = judged(tmp_path, ZERO, ("red_line", None, "cs", DAY, 1))
    (department,) = results.departments
    assert department.card is not None
    assert (department.card.score, card_of(results).score) == (0, 92)
    personal = judged(tmp_path, ZERO, HAPPENED).departments[0].card
    assert personal is not None
    assert personal.score == 92


def test_without_a_score_there_is_nothing_to_take(tmp_path: Path) -> None:
    text = text_of(
        CSAT.format(weight=100), head=HEAD.replace("    indicators:", f"    vetoes: [{ZERO}]\n    indicators:")
    )
    results = run(read(tmp_path, text), [], company(events=[HAPPENED]))
    assert (card_of(results).score, results.people[0].not_scored) == (None, "no_data")
