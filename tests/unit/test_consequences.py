"""What follows from a result: when, for whom, and in which words (S01, S21–S23)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.schemes import load_scheme
from tests.scheme_kit import CATALOGUE, OCTOBER
from transforms.consequences import consequences_of
from transforms.metrics.model import Better, Unit
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import PastResult
from transforms.scoring.combine import grade_of
from transforms.scoring.results import Appraisal, Card, IndicatorResult, PeriodResults, PersonResult
from transforms.scoring.trace import constant
from transforms.titles import Title

HEAD = """scheme: small
title: {{zh-Hans: 小方案, zh-Hant: 小方案, en: Small}}
applies_to: {{department: cs}}
counts: {counts}
versions:
  - effective_from: 2026-01-01
    approved: {{by: HR, date: 2025-12-12}}
    judged_by: {{roles: {{manager: 100}}}}
    grades: {{excellent: 90, good: 80, qualified: 60}}
    groups:
      - group: service
        title: {{zh-Hans: 服务, en: Service}}
        weight: 60
        indicators:
          - {{metric: csat_rate, weight: 40, score: {{linear: {{zero_at: 0, full_at: 1}}}}}}
          - {{metric: complaint_rate, weight: 20, score: {{linear: {{zero_at: 1, full_at: 0}}}}}}
      - group: learning
        title: {{zh-Hans: 学习, en: Learning}}
        weight: 40
        indicators:
          - {{manual: knowledge, title: {{zh-Hans: 知识, en: Knowledge}}, weight: 40}}
    consequences:
      - {rule}
"""
AS_OF = date(2026, 11, 21)


def scheme_with(folder: Path, rule: str, counts: str = "score") -> Scheme:
    path = folder / "small.yaml"
    path.write_text(HEAD.format(rule=f"{{key: it, title: {{zh-Hans: 提案, en: Proposal}}, {rule}}}", counts=counts))
    return load_scheme(path, CATALOGUE)


def line(key: str, group: str, weight: int, score: str | None) -> IndicatorResult:
    value = None if score is None else Decimal(score)
    title = Title(zh_hans=f"{key}简", zh_hant=f"{key}繁", en=key)
    return IndicatorResult(
        key=key, kind="metric", title=title, group=group, group_title=Title(zh_hans=f"{group}组", en=group),
        weight=Decimal(weight), weight_used=Decimal(weight), unit=Unit.RATE, better=Better.HIGHER, target=None,
        actual=None, numerator=None, denominator=None, score=value, points=None, provisional=False,
        says=title, rule=title, source="", trace=constant("score", value or 0),
    )  # fmt: skip


def card(scheme: Scheme, who: str, score: str | None, lines: tuple[IndicatorResult, ...] = ()) -> Card:
    version = scheme.versions[0]
    value = None if score is None else Decimal(score)
    grade, title = grade_of(value, version)
    return Card(
        employee_id=who, department_id="cs", post=None, scheme=scheme.scheme, scheme_title=scheme.title,
        scheme_version=version.effective_from, scheme_hash="", working_days=22, score=value, grade=grade,
        grade_title=title, indicators=lines, trace=constant("score", value or 0),
    )  # fmt: skip


def person(scheme: Scheme, who: str, score: str | None, rank: int | None = 1, of: int | None = 10, *,
           lines: tuple[IndicatorResult, ...] = (), provisional: bool = False) -> PersonResult:  # fmt: skip
    told = card(scheme, who, score, lines)
    return PersonResult(
        employee_id=who, name=f"N{who}", department_id="cs", cards=(told,), working_days=22, period_working_days=22,
        score=told.score, grade=told.grade, grade_title=told.grade_title, rank=rank, ranked_of=of,
        provisional=provisional, trace=told.trace,
    )  # fmt: skip


def beside(told: PersonResult, scheme: Scheme, rank: int | None = 1, *, appraised: bool = True,
           with_card: bool = True) -> PersonResult:  # fmt: skip
    """The same card as an appraisal beside the score."""
    own = Appraisal(
        scheme=scheme.scheme, scheme_title=scheme.title, scheme_version=date(2026, 1, 1), scheme_hash="",
        counts=scheme.counts, source="", window="2026-10", department_id="cs", appraised=appraised,
        card=told.cards[0] if with_card else None, rank=rank, ranked_of=10,
    )  # fmt: skip
    return told.model_copy(update={"cards": (), "score": None, "grade": None, "rank": None, "appraisals": (own,)})


def results(*people: PersonResult, period: str = OCTOBER.key) -> PeriodResults:
    return PeriodResults(
        period=period, provisional=False, provisional_until=None, people=people, departments=(), values=(),
        findings=(), filtered={},
    )  # fmt: skip


def earlier(period: str, score: str | None, grade: str | None, *, final: bool = True, scheme: str = "small",
            counts: str = "score", who: str = "E1") -> PastResult:  # fmt: skip
    value = None if score is None else Decimal(score)
    return PastResult(period, who, "employee", scheme, value, grade, 1, 10, 22, final, counts)  # type: ignore[arg-type]


def keys(scheme: Scheme, found: PeriodResults, past: tuple[PastResult, ...] = ()) -> Mapping[str, list[str]]:
    told = consequences_of([scheme], found, past, AS_OF)
    return {who: [each.key for each in told[who]] for who in told if told[who]}


# --- by grade ------------------------------------------------------------------------------------------------------

BONUS = "effect: bonus_class, by_grade: {excellent: {zh-Hans: 一等, zh-Hant: 一等, en: first class}}"


def test_the_grade_gives_the_bonus_class_with_the_numbers_it_follows_from(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, BONUS)
    (told,) = consequences_of([scheme], results(person(scheme, "E1", "92.5", 2)), (), AS_OF)["E1"]
    assert told.says.en == (
        "Proposal: first class. It follows from 2026-10, Small: score 92.50, grade Excellent, place 2 of 10."
    )
    assert told.says.zh_hans == "提案:一等。依据:2026-10《小方案》得分 92.50,等级「优秀」,排名 2/10。"
    assert told.says.zh_hant == "提案:一等。依據:2026-10《小方案》得分 92.50,等級「優秀」,排名 2/10。"
    assert told.follows_from == ("2026-10/small/grade",)
    assert (told.hr_only, told.trial, told.due_on) == (False, False, None)


def test_a_grade_without_a_word_and_somebody_without_a_score_get_nothing(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, BONUS)
    assert keys(scheme, results(person(scheme, "E1", "85"), person(scheme, "E2", None, None, None))) == {}


def test_a_provisional_score_says_so(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, BONUS)
    (told,) = consequences_of([scheme], results(person(scheme, "E1", "95", provisional=True)), (), AS_OF)["E1"]
    assert "(not final yet)" in (told.says.en or "")
    assert "尚未最终" in told.says.zh_hans


# --- periods running -----------------------------------------------------------------------------------------------

PROMOTION = "effect: promotion, grade: excellent, periods: 3"
AUGUST, SEPTEMBER = earlier("2026-08", "91", "excellent"), earlier("2026-09", "92", "excellent")


def test_the_third_excellent_month_running_gives_priority(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, PROMOTION)
    (told,) = consequences_of([scheme], results(person(scheme, "E1", "93")), (SEPTEMBER, AUGUST), AS_OF)["E1"]
    assert told.says.en == (
        "Proposal: grade Excellent in 3 periods running: 2026-08 91.00, 2026-09 92.00, 2026-10 93.00."
    )
    assert told.follows_from == ("2026-08/small/grade", "2026-09/small/grade", "2026-10/small/grade")


BROKEN = {
    "two only": (SEPTEMBER,),
    "a month missing": (earlier("2026-07", "95", "excellent"), AUGUST),
    "another grade": (AUGUST, earlier("2026-09", "85", "good")),
    "no score": (AUGUST, earlier("2026-09", None, None)),
    "beside the score": (AUGUST, earlier("2026-09", "92", "excellent", scheme="other", counts="beside")),
    "somebody else's": (AUGUST, earlier("2026-09", "92", "excellent", who="E2")),
}


@pytest.mark.parametrize("past", BROKEN.values(), ids=BROKEN)
def test_a_run_is_broken_by(past: tuple[PastResult, ...], tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, PROMOTION)
    assert keys(scheme, results(person(scheme, "E1", "93")), past) == {}


def test_a_run_goes_on_when_somebody_changes_department_and_a_provisional_month_is_marked(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, PROMOTION)
    past = (
        earlier("2026-08", "91", "excellent", scheme="elsewhere"),
        earlier("2026-09", "92", "excellent", final=False),
    )
    (told,) = consequences_of([scheme], results(person(scheme, "E1", "93")), past, AS_OF)["E1"]
    assert "2026-09 92.00 (not final yet), 2026-10" in (told.says.en or "")
    assert told.follows_from[0] == "2026-08/elsewhere/grade"


def test_two_years_running_in_the_last_class_are_told_to_hr_only(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, "effect: flag, grade: unqualified, periods: 2, score_at_most: 25")
    yearly = scheme.model_copy(update={"cycle": "year"})
    low, high = earlier("2025", "24", "unqualified"), earlier("2025", "26", "unqualified")
    this_year = results(person(yearly, "E1", "20"), period="2026")
    (told,) = consequences_of([yearly], this_year, (low,), AS_OF)["E1"]
    assert told.hr_only
    assert told.says.zh_hans.endswith("仅供人力资源部判断,不会自动执行。")
    assert keys(yearly, this_year, (high,)) == {}
    assert keys(yearly, this_year, (earlier("2024", "20", "unqualified"),)) == {}


def test_a_quarter_follows_the_quarter_before_it(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, "effect: flag, grade: unqualified, periods: 2").model_copy(
        update={"cycle": "quarter"}
    )
    now = results(person(scheme, "E1", "50"), period="2026-Q3")
    assert keys(scheme, now, (earlier("2026-Q2", "50", "unqualified"),)) == {"E1": ["it"]}
    assert keys(scheme, now, (earlier("2026-Q1", "50", "unqualified"), earlier("2026-06", "50", "unqualified"))) == {}


# --- groups and indicators -----------------------------------------------------------------------------------------

TRANSFER = "effect: transfer, weak_group: service, below: 60, others_at_least: 80"


def card_lines(csat: str | None, complaints: str | None, knowledge: str | None) -> tuple[IndicatorResult, ...]:
    return (
        line("csat_rate", "service", 40, csat), line("complaint_rate", "service", 20, complaints),
        line("knowledge", "learning", 40, knowledge),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "follows"),
    [(("50", "70", "85"), True), (("50", "80", "85"), False), (("50", "70", "79.99"), False),
     (("50", "70", None), False), ((None, None, "85"), False), (("80", "10", "85"), True)],
)  # fmt: skip
def test_weak_at_the_post_but_strong_elsewhere(lines: tuple[str, str, str], follows: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """(40 × 50 + 20 × 70) ÷ 60 = 56.67 is below 60; (40 × 50 + 20 × 80) ÷ 60 = 60 is not."""
    scheme = scheme_with(tmp_path, TRANSFER)
    found = keys(scheme, results(person(scheme, "E1", "70", lines=card_lines(*lines))))
    assert found == ({"E1": ["it"]} if follows else {})


def test_a_transfer_names_both_sides(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, TRANSFER)
    people = results(person(scheme, "E1", "70", lines=card_lines("50", "70", "85")))
    (told,) = consequences_of([scheme], people, (), AS_OF)["E1"]
    assert "service is 56.67, below 60.00; every other group is at least 80.00: learning 85.00." in (told.says.en or "")
    assert told.follows_from == ("2026-10/small/service", "2026-10/small/learning")


def test_training_names_each_weak_indicator_with_its_score(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, "effect: training, below: 60")
    people = results(person(scheme, "E1", "70", lines=card_lines("59.99", "60", None)), person(scheme, "E2", "70"))
    found = consequences_of([scheme], people, (), AS_OF)
    (told,) = found["E1"]
    assert "below 60.00: csat_rate 59.99." in (told.says.en or "")
    assert "csat_rate繁 59.99" in (told.says.zh_hant or "")
    assert told.follows_from == ("2026-10/small/csat_rate",)
    assert found["E2"] == ()


# --- the last places -----------------------------------------------------------------------------------------------

LAST_TWO = "effect: improvement, last: 2, due_days: 7, least_people: 5"


def ranked(scheme: Scheme, *ranks: int) -> PeriodResults:
    return results(*(person(scheme, f"E{n}", "70", rank, len(ranks)) for n, rank in enumerate(ranks, start=1)))


@pytest.mark.parametrize(
    ("ranks", "last"),
    [((1, 2, 3, 4, 5), ["E4", "E5"]), ((1, 2, 3, 4, 4), ["E4", "E5"]), ((1, 2, 3, 3, 5), ["E3", "E4", "E5"]),
     ((1, 1, 1, 1, 1), []), ((1, 2, 2, 2, 2), ["E2", "E3", "E4", "E5"]), ((1, 2, 3, 4), [])],
)  # fmt: skip
def test_the_last_two_owe_a_plan(ranks: tuple[int, ...], last: list[str], tmp_path: Path) -> None:
    """Whoever shares a place shares its duty; the first is never last; of four nobody is."""
    scheme = scheme_with(tmp_path, LAST_TWO)
    assert sorted(keys(scheme, ranked(scheme, *ranks))) == last


def test_the_plan_is_due_seven_days_after_the_notice(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, LAST_TWO)
    (told,) = consequences_of([scheme], ranked(scheme, 1, 2, 3, 4, 5), (), AS_OF)["E5"]
    assert told.due_on == date(2026, 11, 28)
    assert "due within 7 days of the notice, by 2026-11-28" in (told.says.en or "")
    assert told.follows_from == ("2026-10/small/rank",)


@settings(deadline=None)
@given(scores=st.lists(st.integers(0, 5), min_size=1, max_size=12), last=st.integers(1, 4))
def test_nobody_who_owes_a_plan_did_better_than_somebody_who_does_not(
    scores: list[int], last: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rule = f"effect: improvement, last: {last}, due_days: 7"
    scheme = scheme_with(tmp_path_factory.getbasetemp(), rule)
    ranks = [1 + sum(other > score for other in scores) for score in scores]
    found = keys(scheme, ranked(scheme, *ranks))
    owe = [rank for n, rank in enumerate(ranks, start=1) if f"E{n}" in found]
    free = [rank for n, rank in enumerate(ranks, start=1) if f"E{n}" not in found]
    assert not owe or max(free) < min(owe)
    assert 1 not in owe
    if len(set(ranks)) == len(ranks):
        assert len(owe) == min(last, len(ranks) - 1)


# --- beside the score, and trials ----------------------------------------------------------------------------------


def test_a_trial_says_that_it_has_no_effect(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, BONUS, counts="trial")
    people = results(beside(person(scheme, "E1", "95"), scheme))
    (told,) = consequences_of([scheme], people, (), AS_OF)["E1"]
    assert told.trial
    assert told.says.en is not None
    assert told.says.en.startswith("(trial, without effect) Proposal: first class.")


def test_a_scheme_beside_the_score_looks_at_its_own_card_and_past(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, "effect: promotion, grade: excellent, periods: 2", counts="beside")
    people = results(beside(person(scheme, "E1", "95"), scheme))
    own = earlier("2026-09", "95", "excellent", counts="beside")
    assert keys(scheme, people, (own,)) == {"E1": ["it"]}
    assert keys(scheme, people, (earlier("2026-09", "95", "excellent", scheme="score_giving"),)) == {}


def test_who_only_counts_in_ranks_and_whose_card_is_empty_gets_nothing(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, BONUS, counts="beside")
    seen = beside(person(scheme, "E1", "95"), scheme, appraised=False)
    empty = beside(person(scheme, "E2", "95"), scheme, with_card=False)
    assert keys(scheme, results(seen, empty)) == {}


def test_a_scheme_without_a_card_looks_at_the_overall_place() -> None:
    scheme = load_scheme(Path("config/schemes/s22_rank_reward.yaml"), None)
    giving = scheme.model_copy(update={"scheme": "giving", "counts": "score"})

    def judged(who: str, rank: int, department: str = "cs") -> PersonResult:
        own = beside(person(scheme, who, "70"), scheme, with_card=False).appraisals
        update = {"appraisals": own, "department_id": department}
        return person(giving, who, "70", rank, 6).model_copy(update=update)

    here = [judged(f"E{n}", n) for n in range(1, 6)]
    manager, moved = person(giving, "M1", "60", 6, 6), judged("E9", 9, department="elsewhere")
    found = consequences_of([scheme], results(*here, manager, moved), (), AS_OF)
    assert [who for who, told in found.items() if told] == ["E4", "E5"]
    assert found["E5"][0].follows_from == ("2026-10/giving/rank",)


def test_a_version_not_yet_in_force_and_another_cycle_conclude_nothing(tmp_path: Path) -> None:
    scheme = scheme_with(tmp_path, BONUS)
    people = results(person(scheme, "E1", "95"), period="2025-12")
    assert consequences_of([scheme], people, (), AS_OF) == {}
    assert consequences_of([scheme.model_copy(update={"cycle": "year"})], results(*people.people), (), AS_OF) == {}
