"""A card: weights, missing data, small samples, grades, and lines that add up."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.scheme_kit import CSAT, HEAD, MANUAL, OCTOBER, card_of, company, line_of, read, run, text_of, value
from transforms.scoring.trace import replay, shared_out

COMPLAINTS = """      - metric: complaint_rate
        weight: {weight}
        score: {{linear: {{zero_at: 4%, full_at: 0%}}}}
"""
RESPONSE = """      - metric: first_response_seconds
        weight: {weight}
        score: {{linear: {{zero_at: 60, full_at: 0}}}}
"""
THREE = text_of(CSAT.format(weight=50), COMPLAINTS.format(weight=30), RESPONSE.format(weight=20))


def test_points_are_weight_times_score_and_sum_to_the_cards_score(tmp_path: Path) -> None:
    values = [value("csat_rate", "0.93"), value("complaint_rate", "0.013"), value("first_response_seconds", "17")]
    card = card_of(run(read(tmp_path, THREE), values))
    printed = [(line.weight_used, line.score, line.points) for line in card.indicators]
    assert printed == [
        (Decimal(50), Decimal("86.00"), Decimal("43.00")),
        (Decimal(30), Decimal("67.50"), Decimal("20.25")),
        (Decimal(20), Decimal("71.67"), Decimal("14.33")),
    ]
    assert (card.score, card.grade) == (Decimal("77.58"), "qualified")


@pytest.mark.parametrize(
    ("policy", "score", "lost", "used"),
    [
        ("share_out", "79.66", None, ["71.43", "0", "28.57"]),
        ("full", "85.77", "100", ["50", "30", "20"]),
        ("zero", "55.77", "0", ["50", "30", "20"]),
        ("hr_decides", "79.66", None, ["71.43", "0", "28.57"]),
    ],
)
def test_missing_data_is_treated_as_the_scheme_says(
    tmp_path: Path, policy: str, score: str, lost: str | None, used: list[str]
) -> None:
    line = COMPLAINTS.format(weight=30) + f"        missing: {policy}\n"
    scheme = read(tmp_path, text_of(CSAT.format(weight=50), line, RESPONSE.format(weight=20)))
    results = run(scheme, [value("csat_rate", "0.921"), value("first_response_seconds", "19")])
    card = card_of(results)
    assert [each.weight_used for each in card.indicators] == [Decimal(each) for each in used]
    missing = line_of(results, "complaint_rate")
    assert (missing.missing, missing.score) == ("no_data", None if lost is None else Decimal(lost))
    assert (missing.numerator, missing.actual) == (None, None)
    expected = sum((each.points for each in card.indicators if each.points is not None), Decimal(0))
    assert card.score == expected == Decimal(score)
    assert results.people[0].provisional == (policy == "hr_decides")


def test_a_zero_denominator_is_no_data_and_never_zero_or_full(tmp_path: Path) -> None:
    results = run(read(tmp_path, text_of(CSAT.format(weight=100))), [value("csat_rate", None, of=0)])
    line = line_of(results, "csat_rate")
    assert (line.score, line.missing, line.denominator) == (None, "no_data", 0)
    assert (results.people[0].score, results.people[0].not_scored) == (None, "no_data")
    assert (results.people[0].rank, results.people[0].grade) == (None, None)


@pytest.mark.parametrize(("of", "missing"), [(19, "too_few"), (20, None)])
def test_a_sample_below_the_minimum_is_not_scored_but_shown(tmp_path: Path, of: int, missing: str | None) -> None:
    scheme = read(tmp_path, text_of(CSAT.format(weight=100) + "        needs_at_least: 20\n"))
    line = line_of(run(scheme, [value("csat_rate", "0.9", of=of)]), "csat_rate")
    assert (line.missing, line.actual, line.denominator) == (missing, Decimal("0.9"), of)
    assert (line.score is None) == (missing is not None)


def test_shared_weights_keep_their_sum_to_the_hundredth() -> None:
    weights = tuple(map(Decimal, (30, 10, 10, 10, 10, 10, 5, 5, 5, 5)))
    used = shared_out(weights, (False, *[True] * 9))
    assert used == tuple(
        map(Decimal, ("0", "14.29", "14.29", "14.29", "14.29", "14.28", "7.14", "7.14", "7.14", "7.14"))
    )
    assert sum(used) == 100


@pytest.mark.parametrize(
    ("points", "grade"),
    [("90", "excellent"), ("89.99", "good"), ("80", "good"), ("79.99", "qualified"), ("60", "qualified"),
     ("59.99", "unqualified"), ("0", "unqualified")],
)  # fmt: skip
def test_grades_begin_at_their_threshold(tmp_path: Path, points: str, grade: str) -> None:
    scheme = read(tmp_path, text_of(MANUAL.format(weight=100)))
    results = run(scheme, [], company(judgements=[("E1", "teamwork", "manager", points)]))
    assert (card_of(results).grade, results.people[0].grade) == (grade, grade)
    titles = {"excellent": "优秀", "good": "良好", "qualified": "合格", "unqualified": "不合格"}
    assert results.people[0].grade_title is not None
    assert results.people[0].grade_title.zh_hans == titles[grade]


def test_a_company_names_its_own_grades(tmp_path: Path) -> None:
    head = HEAD.replace(
        "{excellent: 90, good: 80, qualified: 60}",
        "{a: {at_least: 85, title: {zh-Hans: 甲, en: A}}, b: 50}\n    below: c\n    below_title: {zh-Hans: 丙, en: C}",
    )
    scheme = read(tmp_path, text_of(MANUAL.format(weight=100), head=head))
    graded = {
        points: run(scheme, [], company(judgements=[("E1", "teamwork", "manager", points)])).people[0].grade_title
        for points in ("85", "50", "49")
    }
    assert [title.zh_hans for title in graded.values() if title] == ["甲", "b", "丙"]


def test_weights_as_shares_of_their_group(tmp_path: Path) -> None:
    """The other reading of S01: 30 % of a group of 50 is 15 points, and the card may say what it sums to."""
    groups = "    weights: share_of_group\n    out_of: 55\n    groups:\n"
    text = HEAD.replace("    indicators:\n", groups)
    for key, weight, lines in (("one", 50, CSAT.format(weight=70)), ("two", 50, RESPONSE.format(weight=40))):
        text += f"      - group: {key}\n        title: {{zh-Hans: 组}}\n        weight: {weight}\n        indicators:\n"
        text += "".join(f"    {each}\n" for each in lines.splitlines())
    results = run(read(tmp_path, text), [value("csat_rate", "1"), value("first_response_seconds", "0")])
    assert [line.weight for line in card_of(results).indicators] == [35, 20]
    assert [line.group for line in card_of(results).indicators] == ["one", "two"]
    assert card_of(results).score == 55


def test_the_version_in_force_on_the_first_day_judges_the_whole_period(tmp_path: Path) -> None:
    later = THREE[THREE.index("  - effective_from") :]
    told = THREE + later.replace("2026-01-01", "2026-10-01") + later.replace("2026-01-01", "2026-10-02")
    scheme = read(tmp_path, told)
    card = card_of(run(scheme, [value("csat_rate", "1")]))
    assert card.scheme_version == date(2026, 10, 1) == OCTOBER.start
    assert card.scheme_hash == scheme.digest(scheme.versions[1])
    assert len({scheme.digest(version) for version in scheme.versions}) == 3


def test_a_fingerprint_does_not_hang_on_comments_or_the_order_of_keys(tmp_path: Path) -> None:
    one = read(tmp_path, THREE)
    reordered = THREE.replace("{by: Head of HR, date: 2025-12-12, ", "{date: 2025-12-12, by: Head of HR, ")
    other = read(tmp_path, "# a comment\n" + reordered)
    heavier = read(tmp_path, THREE.replace("weight: 50", "weight: 40").replace("weight: 30", "weight: 40"))
    digests = [scheme.digest(scheme.versions[0]) for scheme in (one, other, heavier)]
    assert digests[0] == digests[1] != digests[2]


def test_a_number_is_provisional_until_its_metric_has_settled(tmp_path: Path) -> None:
    scheme = read(tmp_path, text_of(CSAT.format(weight=60), RESPONSE.format(weight=40)))
    values = [value("csat_rate", "1"), value("first_response_seconds", "0")]
    early, late = (run(scheme, values, as_of=date(2026, 11, day)) for day in (7, 8))
    assert [line.provisional for line in card_of(early).indicators] == [True, False]
    assert (early.provisional, early.people[0].provisional, early.departments[0].provisional) == (True, True, True)
    assert early.provisional_until == date(2026, 11, 8)
    assert (late.provisional, late.provisional_until) == (False, None)


def test_the_score_follows_from_the_trace_alone(tmp_path: Path) -> None:
    values = [value("csat_rate", "0.93"), value("first_response_seconds", "17")]
    results = run(read(tmp_path, THREE), values)
    card = card_of(results)
    assert replay(card.trace) == card.score
    assert replay(results.people[0].trace) == results.people[0].score
    assert [replay(line.trace) for line in card.indicators] == [line.score for line in card.indicators]
    csat = card.indicators[0].trace
    assert [step.op for step in (csat, csat.inputs[0], csat.inputs[0].inputs[0])] == ["round", "linear", "quotient"]
    assert [leaf.label for leaf in csat.inputs[0].inputs[0].inputs] == ["csat_rate_top", "csat_rate_bottom", "scale"]
