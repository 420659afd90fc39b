"""Grades by quota (S23): places, ties, small teams, the last class; what a card says of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.scheme_kit import HEAD, MANUAL, card_of, company, read, run, text_of
from transforms.schemes.grading import Distribution
from transforms.scoring.grades import distribute, places
from transforms.scoring.results import PeriodResults

START = date(2025, 1, 1)
QUOTAS = (("first", "0.2"), ("middle", "0.7"), ("last", "0.1"))


def rule(**told: object) -> Distribution:
    quotas = [{"grade": grade, "share": share} for grade, share in QUOTAS]
    return Distribution.model_validate({"quotas": quotas, **told})


def classes(scores: list[object], **told: object) -> str:
    """The classes of people by their first letter; "-" where undecided."""
    found = distribute({n: Decimal(str(score)) for n, score in enumerate(scores)}, rule(**told))
    return "".join((found[n] or "-")[0] for n in range(len(scores)))


TEN = [95, 90, 85, 84, 83, 82, 81, 80, 70, 20]


@pytest.mark.parametrize(
    ("people", "taken"),
    [(10, (2, 7, 1)), (20, (4, 14, 2)), (11, (2, 8, 1)), (13, (3, 9, 1)), (15, (3, 11, 1)), (25, (5, 18, 2)), (1, (0, 1, 0))],
)  # fmt: skip
def test_places_are_whole_people_by_largest_remainder(people: int, taken: tuple[int, ...]) -> None:
    """15 people: 3.0, 10.5 and 1.5: the two halves go to the better of the two classes."""
    assert places(people, rule(small="quotas")) == taken


def test_ten_people_in_three_classes() -> None:
    assert classes(TEN) == "ffmmmmmmml"
    assert classes(TEN[::-1]) == "lmmmmmmmff"


@pytest.mark.parametrize(
    ("ties", "told"), [("better", "fffmmmmmml"), ("worse", "fmmmmmmmml"), ("undecided", "f--mmmmmml")]
)
def test_equal_scores_across_a_border(ties: str, told: str) -> None:
    assert classes([95, 90, 90, 84, 83, 82, 81, 80, 70, 20], ties=ties) == told


@pytest.mark.parametrize(("ties", "told"), [("better", "f" * 10), ("worse", "l" * 10), ("undecided", "-" * 10)])
def test_all_equal(ties: str, told: str) -> None:
    assert classes([80] * 10, ties=ties) == told


def test_a_tie_within_a_class_is_none() -> None:
    assert classes([95, 95, 85, 84, 84, 82, 81, 80, 70, 20], ties="undecided") == "ffmmmmmmml"


@pytest.mark.parametrize(("small", "told"), [("no_last", "ffmmmmmm"), ("quotas", "ffmmmmml")])
def test_a_small_team_has_no_last_class_unless_the_scheme_says_so(small: str, told: str) -> None:
    """Eight people: 1.6, 5.6 and 0.8 places."""
    assert classes([9, 8, 7, 6, 5, 4, 3, 2], small=small) == told


@pytest.mark.parametrize(
    ("score", "joins", "told"), [(25, "and", "l"), (26, "and", "m"), (26, "or", "l"), (25, "or", "l")]
)
def test_the_last_class_and_its_score(score: int, joins: str, told: str) -> None:
    """The last 10 % and 25 points: both conditions (default), or either."""
    assert classes([*TEN[:-1], score], last_needs=25, last_joins=joins)[-1] == told


def test_or_puts_everybody_at_or_below_the_score_into_the_last_class() -> None:
    assert classes([95, 90, 85, 84, 83, 82, 81, 25, 24, 20], last_needs=25, last_joins="or") == "ffmmmmmlll"
    assert classes([95, 90, 85, 84, 83, 82, 81, 25, 24, 20], last_needs=25, last_joins="and") == "ffmmmmmmml"


def test_a_small_team_has_no_last_class_by_score_either() -> None:
    assert classes([90, 80, 20], last_needs=25, last_joins="or") == "fmm"


# --- on cards ----------------------------------------------------------------------------------------------------------

_DISTRIBUTION = """    distribution:
      quotas:
        - {grade: first, share: 20%, title: {zh-Hans: 优档, en: First}}
        - {grade: middle, share: 70%, title: {zh-Hans: 中档, en: Middle}}
        - {grade: last, share: 10%, title: {zh-Hans: 末档, en: Last}}
"""


def graded(
    folder: Path, scores: Sequence[int | None], more: str = "", *, departments: int = 1, **inputs: list
) -> PeriodResults:
    where = [f"d{n % departments}" for n in range(len(scores))]
    head = HEAD.replace("    grades: {excellent: 90, good: 80, qualified: 60}\n", _DISTRIBUTION + more)
    head = head.replace("{department: cs}", f"{{departments: [{', '.join(sorted(set(where)))}]}}")
    people = [f"E{n:02}" for n in range(len(scores))]
    judged = [
        (who, "teamwork", "manager", score) for who, score in zip(people, scores, strict=True) if score is not None
    ]
    rows = [(who, at, START, None, "member") for who, at in zip(people, where, strict=True)]
    return run(read(folder, text_of(MANUAL.format(weight=100), head=head)), [], company(rows, judged, **inputs))


def grades(results: PeriodResults) -> str:
    return "".join((each.grade or "-")[0] for each in results.people)


def test_people_get_the_grade_of_their_card_and_read_how(tmp_path: Path) -> None:
    results = graded(tmp_path, TEN)
    assert grades(results) == "ffmmmmmmml"
    card = card_of(results, "E00")
    assert card.grade_title is not None
    assert card.grade_says is not None
    assert (card.grade, card.grade_title.zh_hans) == ("first", "优档")
    assert card.grade_says.zh_hans == "10 人按分布定级:优档 2 人(20%)、中档 7 人(70%)、末档 1 人(10%)"
    assert results.departments[0].grades == {"first": 2, "middle": 7, "last": 1}
    assert results.departments[0].card is not None
    assert results.departments[0].card.grade is None  # quotas are for people


def test_who_has_no_score_takes_no_place(tmp_path: Path) -> None:
    inputs = [*TEN, None]
    results = graded(tmp_path, inputs)
    assert grades(results) == "ffmmmmmmml-"
    assert card_of(results, "E10").grade_says is None


def test_each_department_by_itself_or_all_together(tmp_path: Path) -> None:
    scores = list(range(90, 70, -1))
    apart = graded(tmp_path, scores, departments=2)
    assert grades(apart) == "ffff" + "m" * 14 + "ll"
    together = graded(tmp_path, scores, "      within: scheme\n", departments=10)
    assert grades(together) == "ffff" + "m" * 14 + "ll"
    assert grades(graded(tmp_path, scores, departments=10)) == "f" * 10 + "m" * 10  # of 2: 0.4, 1.4, 0.2


def test_an_undecided_tie_leaves_no_grade_and_says_so(tmp_path: Path) -> None:
    results = graded(tmp_path, [95, 90, 90, *TEN[3:]], "      ties: undecided\n")
    assert grades(results) == "f--mmmmmml"
    says = card_of(results, "E01").grade_says
    assert says is not None
    assert says.zh_hans.endswith(";同分跨档,待定")


def test_few_people_may_be_graded_by_thresholds(tmp_path: Path) -> None:
    more = "      small: thresholds\n    grades: {first: 90, middle: 60}\n    below: last\n"
    results = graded(tmp_path, [95, 94, 93, 50], more)
    assert grades(results) == "fffl"
    assert card_of(results, "E00").grade_says is None


def test_a_red_line_caps_what_the_quota_gives(tmp_path: Path) -> None:
    veto = "    vetoes: [{event: red_line, then: cap, cap_grade: middle, title: {zh-Hans: 红线}}]\n"
    results = graded(tmp_path, TEN, veto, events=[("red_line", "E00", None, date(2026, 10, 9), 1)])
    assert grades(results) == "mfmmmmmmml"
