"""What people decided stands in the place of what was computed: lines, totals, points; ranks and pay follow."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from expectations.decision_findings import decision_findings
from expectations.result_findings import check_results
from tests import pay_kit, points_kit
from tests.scheme_kit import CSAT, MANUAL, book, card_of, company, line_of, read, text_of, value
from transforms.appraise import appraise
from transforms.corrections.model import Decided, Decision
from transforms.findings import Severity
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import Book
from transforms.scoring.decided import unused
from transforms.scoring.results import PeriodResults, PointLineResult
from transforms.scoring.trace import replay
from transforms.titles import Title

SINCE = date(2025, 1, 1)
PLACED = [(who, "cs", SINCE, None, "member") for who in ("E1", "E2", "E3")]
JUDGED = [("E1", "teamwork", "manager", 80), ("E2", "teamwork", "manager", 90), ("E3", "teamwork", "manager", 70)]
VALUES = [value("csat_rate", told, who=who) for who, told in (("E1", "0.9"), ("E2", "0.8"), ("E3", "0.7"))]
WHY = Title(zh_hans="申诉成立", zh_hant="申訴成立", en="Appeal upheld")


def decided(key: str, number: str | None = None, who: str = "E1", **more: Any) -> Decided:
    """A decision; without a number an exemption."""
    told = None if number is None else Decimal(number)
    decision = Decision(act="exempt" if told is None else "override", subject_id=who, key=key, value=told, **more)
    return Decided(correction_id=f"C-{key}-{who}-{decision.window}", decision=decision, says=WHY)


def small(folder: Path, csat: str = CSAT.format(weight=60), **replaced: str) -> Scheme:
    text = text_of(csat, MANUAL.format(weight=40))
    for old, new in replaced.items():
        text = text.replace(old, new)
    return read(folder, text)


def known(*decisions: Decided) -> Book:
    return replace(book(VALUES, company(PLACED, JUDGED)), decided=decisions)


def scored(folder: Path, *decisions: Decided) -> PeriodResults:
    return appraise(known(*decisions), [small(folder)])


# --- lines of cards --------------------------------------------------------------------------------------------------


def test_without_decisions_the_card_is_what_was_computed(tmp_path):
    card = card_of(scored(tmp_path))
    assert (card.score, [line.score for line in card.indicators]) == (80, [80, 80])  # csat 90 % is 80 points
    assert (card.corrected, [line.corrected for line in card.indicators]) == (None, [None, None])


def test_a_decided_score_of_a_line_counts_with_its_weight(tmp_path):
    found = scored(tmp_path, decided("csat_rate", "95"))
    line = line_of(found, "csat_rate")
    assert (line.score, line.points, line.actual) == (95, 57, Decimal("0.9"))  # the value stays what was measured
    assert card_of(found).score == 57 + 32
    assert line.corrected.says == WHY
    assert line.rule.en.startswith("Decided: 95 (computed: 80); ")
    assert line.rule.zh_hans.startswith("经决定记 95 分(计算值 80);")
    assert line.rule.zh_hant.startswith("經決定記 95 分(計算值 80);")


def test_computed_and_decided_stand_in_the_trace_and_replay_gives_the_decided_one(tmp_path):
    trace = line_of(scored(tmp_path, decided("csat_rate", "95")), "csat_rate").trace
    assert (trace.op, trace.args["correction"]) == ("override", "C-csat_rate-E1-None")
    assert [each.value for each in trace.inputs] == [80, 95]
    assert (replay(trace), replay(trace.inputs[0])) == (95, 80)


def test_a_judged_line_ranks_by_what_was_decided(tmp_path):
    found = scored(tmp_path, decided("teamwork", "100", "E3"))
    assert [line_of(found, "teamwork", who).rank for who in ("E1", "E2", "E3")] == [3, 2, 1]
    assert line_of(found, "teamwork", "E3").actual == 100


def test_ranks_of_people_and_the_departments_mean_follow(tmp_path):
    before, after = scored(tmp_path), scored(tmp_path, decided("csat_rate", "100", "E3"))
    assert {each.employee_id: each.rank for each in before.people} == {"E1": 1, "E2": 2, "E3": 3}
    assert {each.employee_id: each.rank for each in after.people} == {"E1": 2, "E2": 3, "E3": 1}
    assert (before.departments[0].mean_score, after.departments[0].mean_score) == (68, 80)


def test_a_line_without_data_gets_the_decided_score(tmp_path):
    inputs = company(PLACED, JUDGED[1:])
    found = appraise(
        replace(book(VALUES, inputs), decided=(decided("teamwork", "77"),)),
        [small(tmp_path, **{"weight: 40\n": "weight: 40\n        missing: hr_decides\n"})],
    )
    line = line_of(found, "teamwork")
    assert (line.score, line.missing, line.provisional) == (77, None, False)
    assert line.rule.en == "Decided: 77 (computed: none)"


def test_a_decided_score_is_rounded_to_the_cent_once(tmp_path):
    assert line_of(scored(tmp_path, decided("csat_rate", "83.335")), "csat_rate").score == Decimal("83.34")


@pytest.mark.parametrize(
    ("policy", "score", "weights", "words"),
    [
        ("share_out", 80, [0, 100], "its weight is shared out among the others"),
        ("hr_decides", 80, [0, 100], "its weight is shared out among the others"),  # nothing is left to decide
        ("full", 92, [60, 40], "the scheme gives 100 points"),
        ("zero", 32, [60, 40], "the scheme gives 0 points"),
    ],
)
def test_an_exempt_line_leaves_its_weight_to_the_schemes_rule(tmp_path, policy, score, weights, words):
    scheme = small(tmp_path, CSAT.format(weight=60) + f"        missing: {policy}\n")
    found = appraise(known(decided("csat_rate")), [scheme])
    line = line_of(found, "csat_rate")
    assert (line.missing, line.provisional, line.corrected.correction_id) == ("exempt", False, "C-csat_rate-E1-None")
    assert [each.weight_used for each in card_of(found).indicators] == weights
    assert card_of(found).score == score
    assert line.rule.en == f"Exempt by decision; {words}"
    assert line.rule.zh_hans.startswith("经决定豁免;")
    assert line.rank is None


def test_with_every_line_exempt_there_is_no_score_and_the_reason_is_told(tmp_path):
    found = scored(tmp_path, decided("csat_rate"), decided("teamwork"))
    assert (card_of(found).score, found.people[0].score, found.people[0].rank) == (None, None, None)


# --- totals ----------------------------------------------------------------------------------------------------------


def test_a_decided_total_leaves_the_lines_and_the_grade_follows(tmp_path):
    before, after = card_of(scored(tmp_path)), card_of(scored(tmp_path, decided("score", "91")))
    assert (before.score, before.grade, after.score, after.grade) == (80, "good", 91, "excellent")
    assert before.indicators == tuple(
        new.model_copy(update={"rank": old.rank, "ranked_of": old.ranked_of})
        for old, new in zip(before.indicators, after.indicators, strict=True)
    )
    assert after.corrected.says == WHY
    assert [each.value for each in after.trace.inputs] == [80, 91]
    assert replay(after.trace) == 91


def test_the_persons_score_place_and_grade_follow_the_decided_total(tmp_path):
    found = scored(tmp_path, decided("score", "51.5", "E1"))
    person = found.people[0]
    assert (person.score, person.grade, person.rank, person.provisional) == (Decimal("51.5"), "unqualified", 3, False)
    assert check_results(found) == ()


def test_a_total_may_be_decided_where_nothing_could_be_scored(tmp_path):
    everybody = replace(book((), company(PLACED)), decided=tuple(decided("score", "70", each[0]) for each in PLACED))
    found = appraise(everybody, [small(tmp_path)])
    assert {each.score for each in found.people} == {70}
    assert not [each for each in check_results(found) if each.severity is Severity.CRITICAL]


def test_somebody_exempt_as_a_whole_has_no_score_and_no_place(tmp_path):
    found = scored(tmp_path, decided("score"))
    person = found.people[0]
    assert (person.score, person.grade, person.rank, person.not_scored) == (None, None, None, "exempt")
    assert found.departments[0].mean_score == 62  # of the two others


def test_a_departments_own_card_is_decided_by_level(tmp_path):
    found = scored(tmp_path, decided("score", "88", "cs", level="department"))
    assert found.departments[0].card.score == 88
    assert found.departments[0].card.corrected is not None
    assert [each.score for each in found.people] == [80, 72, 52]


# --- whom and where --------------------------------------------------------------------------------------------------


def test_without_a_scheme_the_one_that_gives_the_score_is_meant(tmp_path):
    beside = read(
        tmp_path, text_of(MANUAL.format(weight=100)).replace("scheme: small", "scheme: other\ncounts: beside"), "o.yaml"
    )
    for scheme, scores in ((None, (91, 80)), ("small", (91, 80)), ("other", (80, 91))):
        found = appraise(known(decided("score", "91", scheme=scheme)), [small(tmp_path), beside])
        person = found.people[0]
        assert (person.score, person.appraisals[0].card.score) == scores


def test_the_decision_that_names_scheme_and_window_goes_before_the_general_one(tmp_path):
    exact = decided("csat_rate", "95", scheme="small", window="2026-10")
    found = scored(tmp_path, decided("csat_rate", "10"), exact)
    assert line_of(found, "csat_rate").score == 95


@pytest.mark.parametrize(
    "lost",
    [
        decided("csat_rate", "95", "E9"),  # nobody of that number
        decided("paid_sales", "95"),  # no such line
        decided("csat_rate", "95", scheme="other"),
        decided("csat_rate", "95", window="2026-09"),
        decided("kpi.csat_rate", "2"),  # no sheet of points
        decided("csat_rate", "95", "E1", level="department"),
    ],
)
def test_a_decision_that_nothing_stands_on_is_a_finding_and_changes_nothing(tmp_path, lost):
    found = scored(tmp_path, lost)
    assert found == scored(tmp_path)
    assert unused(known(lost), found) == (lost,)
    (finding,) = decision_findings(known(lost), found, "en")
    assert (finding.check, finding.severity) == ("results.decision_unused", Severity.WARNING)
    assert lost.correction_id in finding.message
    assert f"jixiao correct withdraw {lost.correction_id}" in finding.todo


def test_a_decision_that_is_used_is_no_finding(tmp_path):
    told = (decided("csat_rate", "95"), decided("score", "91", "E2"), decided("teamwork", None, "E3"))
    assert list(decision_findings(known(*told), scored(tmp_path, *told))) == []


# --- points and pay --------------------------------------------------------------------------------------------------

LINE = {"metric": "paid_amount", "title": points_kit.TITLE, "give": {"rank": {"top": [3, 2, 1]}}}
SHEET = {"kpi": {"title": points_kit.TITLE, "lines": [LINE]}}
WEEKLY = {"kpi": {"title": points_kit.TITLE, "lines": [{**LINE, "every": "week"}]}}
TEAM = points_kit.team("E1", "E2", "E3")
SALES = {"E1": 30_000, "E2": 20_000, "E3": 10_000}


def paid(sheet: dict[str, Any], *decisions: Decided) -> PeriodResults:
    """October, with 10 yuan a point."""
    scheme = pay_kit.paying(
        {"bonus": "bonus"}, points=sheet, facts={"own": {"points": "kpi"}}, person={"bonus": "own * 10 yuan"}
    )
    windows = (points_kit.OCTOBER, *points_kit.WEEKS)
    told = [each for window in windows for each in points_kit.values("paid_amount", SALES, window)]
    return appraise(replace(points_kit.open_book(told, TEAM), decided=decisions), [scheme])


def lines(found: PeriodResults, who: str) -> tuple[PointLineResult, ...]:
    return pay_kit.appraisal_of(found, who).sheets[0].lines


def test_decided_points_change_the_total_and_the_pay():
    before, after = paid(SHEET), paid(SHEET, decided("kpi.paid_amount", "5", "E3"))
    assert pay_kit.amounts(before) == {"E1": 3000, "E2": 2000, "E3": 1000}
    assert pay_kit.amounts(after) == {"E1": 3000, "E2": 2000, "E3": 5000}
    (line,) = lines(after, "E3")
    assert (line.points, line.rank, line.corrected.says) == (5, 3, WHY)  # the place stays: others keep theirs
    assert [each.value for each in line.trace.inputs] == [1, 5]
    assert replay(pay_kit.appraisal_of(after, "E3").sheets[0].trace) == 5


def test_an_exempt_line_of_points_gives_none():
    found = paid(SHEET, decided("kpi.paid_amount", None, "E1"))
    (line,) = lines(found, "E1")
    assert (line.points, line.missing, line.rule.en) == (None, "exempt", "Exempt by decision: no points")
    assert pay_kit.amounts(found) == {"E1": 0, "E2": 2000, "E3": 1000}


def test_one_week_or_every_week():
    second = points_kit.WEEKS[1].key
    one = paid(WEEKLY, decided("kpi.paid_amount", "-1", "E1", window=second))
    assert [line.points for line in lines(one, "E1")] == [3, -1, 3, 3]
    every = paid(WEEKLY, decided("kpi.paid_amount", "-1", "E1"))
    assert [line.points for line in lines(every, "E1")] == [-1, -1, -1, -1]
    both = paid(WEEKLY, decided("kpi.paid_amount", "-1", "E1"), decided("kpi.paid_amount", "2", "E1", window=second))
    assert [line.points for line in lines(both, "E1")] == [-1, 2, -1, -1]
