"""Schemes beside the score: whom they appraise, their own cards and ranks, sheets, trials, own periods."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows.yaml_files import load_yaml, validate_data
from tests.points_kit import (
    OCTOBER,
    SEPTEMBER,
    SINCE,
    TITLE,
    WEEKS,
    open_book,
    pooled,
    scheme_of,
    team,
    value,
    values,
    with_events,
)
from tests.scheme_kit import company
from transforms.metrics.model import MetricValue
from transforms.schemes.scheme import Scheme
from transforms.scoring.appraisals import appraisals
from transforms.scoring.engine import score_book
from transforms.scoring.people import ScoringInputs
from transforms.scoring.results import Appraisal, PeriodResults, PersonResult
from transforms.scoring.trace import replay

D = Decimal
S02 = Path(__file__).parents[2] / "config" / "schemes" / "s02_cs_draft.yaml"
GRADES = {"excellent": 90, "good": 80, "qualified": 60}
CSAT = {"metric": "csat_rate", "weight": 100, "score": {"linear": {"zero_at": 0, "full_at": "100%"}}}
PRAISE = {"event": "praise", "title": {"zh-Hans": "表扬"}, "give": {"events": {"each": 1}}}
CONVERSION = {"metric": "conversion", "give": {"rank": {"top": [3, 2, 1]}}}


def card_scheme(*indicators: dict[str, Any], **told: Any) -> Scheme:
    """A scheme with a card and no points."""
    version = {"effective_from": "2025-01-01", "approved": {"by": "HR", "date": "2024-12-12"}}
    version |= {"indicators": list(indicators or [CSAT]), "grades": GRADES, **told.pop("version", {})}
    applies = {"department": "cs", **told.pop("applies_to", {})}
    given = {"scheme": "card", "title": TITLE, "applies_to": applies, "versions": [version], **told}
    return Scheme.model_validate(given)


def appraised(
    schemes: Scheme | list[Scheme], told: list[MetricValue], inputs: ScoringInputs, **more: Any
) -> PeriodResults:
    book, all_of_them = open_book(told, inputs, **more), schemes if isinstance(schemes, list) else [schemes]
    return appraisals(book, all_of_them, score_book(book, all_of_them))


def person(results: PeriodResults, who: str = "E1") -> PersonResult:
    return next(each for each in results.people if each.employee_id == who)


def appraisal(results: PeriodResults, who: str = "E1") -> Appraisal:
    (found,) = person(results, who).appraisals
    return found


def test_a_card_beside_the_score_stands_at_the_person_and_enters_no_score() -> None:
    scored, beside = card_scheme(), card_scheme(scheme="second", counts="beside")
    results = appraised([scored, beside], values("csat_rate", {"E1": "0.7", "E2": "0.9"}), team("E1", "E2"))
    found = appraisal(results)
    assert (person(results).score, len(person(results).cards)) == (70, 1)
    assert (found.scheme, found.counts, found.appraised, found.window) == ("second", "beside", True, "2026-10")
    assert found.card is not None
    assert (found.card.score, found.card.grade, found.rank, found.ranked_of) == (70, "qualified", 2, 2)
    assert appraisal(results, "E2").rank == 1


def test_a_scheme_that_is_only_the_score_has_no_appraisal() -> None:
    results = appraised(card_scheme(), [value("csat_rate", "0.7")], team("E1"))
    assert person(results).appraisals == ()
    assert results.departments[0].appraisals == ()


def test_a_scheme_that_counts_and_gives_points_keeps_its_card_among_the_cards() -> None:
    points = {"points": {"points": {"title": TITLE, "lines": [PRAISE]}}}
    inputs = with_events(team("E1"), ("praise", "E1", date(2026, 10, 5), 2))
    results = appraised(card_scheme(version=points), [value("csat_rate", "0.7")], inputs)
    found = appraisal(results)
    assert (person(results).score, found.card, found.rank) == (70, None, None)
    assert [sheet.total for sheet in found.sheets] == [2]


def test_equal_cards_share_a_rank_and_a_card_without_a_score_has_none() -> None:
    told = values("csat_rate", {"E1": "0.7", "E2": "0.9", "E3": "0.9"})
    results = appraised(card_scheme(counts="beside"), told, team("E1", "E2", "E3", "E4"))
    ranks = {who: (appraisal(results, who).rank, appraisal(results, who).ranked_of) for who in ("E1", "E2", "E3", "E4")}
    assert ranks == {"E1": (3, 3), "E2": (1, 3), "E3": (1, 3), "E4": (None, None)}


def test_who_only_counts_has_an_appraisal_that_says_so() -> None:
    rows: list[tuple[object, ...]] = [("E1", "cs", SINCE, None, "member"), ("E2", "cs", SINCE, None, "helper")]
    scheme = scheme_of(CONVERSION, applies_to={"ranked_only": {"roles": ["helper"]}})
    results = appraised(scheme, values("conversion", {"E1": "0.3", "E2": "0.4"}), company(rows))
    other = appraisal(results, "E2")
    assert (other.appraised, other.sheets, other.card, other.rank) == (False, (), None, None)
    assert [line.points for line in appraisal(results).sheets[0].lines] == [2]


def test_departments_are_ranked_apart() -> None:
    rows: list[tuple[object, ...]] = [
        (who, where, SINCE, None, "member") for who, where in (("E1", "cs"), ("E2", "ops"))
    ]
    scheme = scheme_of(CONVERSION, applies_to={"department": None, "departments": ["cs", "ops"]})
    told = [value("conversion", "0.3"), value("conversion", "0.4", who="E2", department="ops")]
    results = appraised(scheme, told, company(rows))
    assert {who: appraisal(results, who).sheets[0].total for who in ("E1", "E2")} == {"E1": 3, "E2": 3}


def test_a_transfer_is_appraised_in_both_departments_with_the_target_split_by_days() -> None:
    """October 2026 has 22 working days, 11 to the 15th."""
    rows: list[tuple[object, ...]] = [
        ("E1", "cs", SINCE, date(2026, 10, 15), "member"), ("E1", "ops", date(2026, 10, 16), None, "member"),
    ]  # fmt: skip
    steps = {"target_steps": [{"up_to": "100%", "gives": 0}, {"gives": 1}]}
    line = {"metric": "paid_amount", "target": {"from": "targets"}, "give": steps}
    scheme = scheme_of(line, applies_to={"department": None, "departments": ["cs", "ops"]})
    inputs = company(rows, targets=[("employee", "E1", "paid_amount", 100)])
    results = appraised(scheme, [value("paid_amount", 50), value("paid_amount", 49, department="ops")], inputs)
    lines = [(each.department_id, each.sheets[0].lines[0]) for each in person(results).appraisals]
    assert [(where, line.target, line.points) for where, line in lines] == [("cs", 50, 1), ("ops", 50, 0)]


def test_a_trial_is_computed_and_makes_nothing_provisional() -> None:
    early = date(2026, 11, 1)
    told = [value("conversion", "0.3")]
    trial = appraised(scheme_of(CONVERSION, counts="trial"), told, team("E1"), as_of=early)
    assert appraisal(trial).sheets[0].lines[0].provisional
    assert (person(trial).provisional, trial.provisional, trial.provisional_until) == (False, False, None)
    beside = appraised(scheme_of(CONVERSION), told, team("E1"), as_of=early)
    assert (person(beside).provisional, beside.provisional) == (True, True)
    assert beside.provisional_until == date(2026, 11, 6)  # an order on the next day, paid within four more


def test_the_department_is_named_under_every_scheme_that_appraises_somebody_there() -> None:
    results = appraised(
        [card_scheme(counts="beside"), scheme_of(PRAISE)],
        [value("csat_rate", "0.7"), pooled("csat_rate", "0.8")],
        team("E1"),
    )
    (department,) = results.departments
    assert [(each.scheme, each.counts) for each in department.appraisals] == [("card", "beside"), ("pk", "beside")]
    own = department.appraisals[0].card
    assert own is not None
    assert (own.score, own.employee_id) == (80, None)
    assert department.appraisals[1].card is None
    nobody = appraised(scheme_of(PRAISE, applies_to={"posts": ["客服专员"]}), [], team("E1"))
    assert nobody.departments[0].appraisals == ()


def test_a_card_of_single_posts_is_no_card_of_the_department() -> None:
    scheme = card_scheme(counts="beside", applies_to={"posts": ["客服专员"]})
    told = [value("csat_rate", "0.7"), pooled("csat_rate", "0.8")]
    results = appraised(scheme, told, team("E1", post="客服专员"))
    assert [each.card for each in results.departments[0].appraisals] == [None]
    assert appraisal(results).card is not None


def test_a_manager_beside_the_score_rolls_up_the_scores_of_the_team() -> None:
    """Without the other manager, and without the leader whose card is itself a roll-up."""
    posts = {"E1": "客服专员", "E2": "客服专员", "E7": "组长", "E8": "副经理", "E9": "客服经理"}
    rows: list[tuple[object, ...]] = [
        (who, "cs", SINCE, None, "manager" if who in ("E8", "E9") else "member", post) for who, post in posts.items()
    ]
    of_team = {"team": {"take": "mean"}, "title": {"zh-Hans": "团队"}, "weight": 50}
    scored = card_scheme(applies_to={"posts": ["客服专员", "副经理", "客服经理"]})
    leader = card_scheme(of_team, {**CSAT, "weight": 50}, scheme="leader", applies_to={"posts": ["组长"]})
    whole = {**of_team, "weight": 100}
    manager = card_scheme(whole, scheme="manager", counts="beside", applies_to={"posts": ["客服经理"]})
    told = values("csat_rate", {"E1": "0.7", "E2": "0.9", "E7": "0.2", "E8": "0.1", "E9": "0.1"})
    results = appraised([scored, leader, manager], told, company(rows))
    found = appraisal(results, "E9").card
    assert found is not None
    assert found.score == 80
    assert person(results, "E7").score == 50


def test_somebody_only_there_in_the_schemes_own_days_becomes_a_person_without_a_score() -> None:
    rows: list[tuple[object, ...]] = [
        ("E1", "cs", SINCE, None, "member"),
        ("E2", "cs", SINCE, date(2026, 9, 25), "member"),
    ]
    employees: list[tuple[object, ...]] = [("E1", SINCE, None, None), ("E2", SINCE, None, date(2026, 9, 25))]
    inputs = with_events(company(rows, employees=employees), ("praise", "E2", date(2026, 9, 22), 3))
    results = appraised(scheme_of(PRAISE, starts_on_day=21), [], inputs)
    gone = person(results, "E2")
    assert [each.employee_id for each in results.people] == ["E1", "E2"]
    assert (gone.score, gone.cards, gone.working_days, gone.not_scored) == (None, (), 0, "no_scheme")
    assert (appraisal(results, "E2").window, appraisal(results, "E2").sheets[0].total) == (OCTOBER.begun_on(21).key, 3)


def test_a_scheme_of_another_cycle_or_not_yet_in_force_says_nothing() -> None:
    quarterly = scheme_of(PRAISE, cycle="quarter")
    later = scheme_of(PRAISE, version={"effective_from": "2026-11-01"})
    assert person(appraised([quarterly, later], [], team("E1"))).appraisals == ()


def test_the_same_input_in_another_order_gives_the_same_results() -> None:
    told = values("conversion", {"E1": "0.3", "E2": "0.3", "E3": "0.2"})
    inputs = team("E1", "E2", "E3")
    turned = company([(who, "cs", SINCE, None, "member") for who in ("E3", "E1", "E2")])
    scheme = scheme_of(CONVERSION, PRAISE)
    one, other = appraised(scheme, told, inputs), appraised(scheme, told[::-1], turned)
    assert (one.people, one.departments) == (other.people, other.departments)


# --- the shipped scheme of S02 ------------------------------------------------------------------------------------


def s02() -> Scheme:
    data, line_of = load_yaml(S02)
    return validate_data(Scheme, data, S02, line_of)


PEOPLE = {
    # who: same-day order rate, order payment rate, conversion, paid order value, response, loss, amount
    "E1": ("0.40", "0.95", "0.38", 26_000, 20, "0.04", 40_000_00),
    "E2": ("0.35", "0.90", "0.35", 25_000, 25, "0.07", 30_000_00),
    "E3": ("0.30", "0.85", "0.30", 24_000, 40, "0.12", 20_000_00),
    "A1": ("0.45", "0.80", "0.20", 20_000, 30, "0.20", 10_000_00),
}
METRICS = (
    "same_day_order_rate", "order_payment_rate", "conversion", "paid_order_value", "mean_response_seconds",
    "order_loss", "paid_amount",
)  # fmt: skip
WHOLE = ("0.345", "0.88", "0.34", 25_000, 27, "0.1", 100_000_00)


def month_of_s02() -> tuple[list[MetricValue], ScoringInputs]:
    """Three who are appraised and one after-sales who only counts; every week like the other."""
    where: dict[str, Any] = {"department": "customer_service"}
    told: list[MetricValue] = [pooled_at("inquiry_ratio", "0.8", SEPTEMBER)]
    for week in WEEKS:
        for who, numbers in PEOPLE.items():
            told += [
                value(key, each, who=who, window=week, **where) for key, each in zip(METRICS, numbers, strict=True)
            ]
            told += [value(key, 1, who=who, window=week, **where) for key in ("message_ratio", "reply_rate")]
            told.append(value("inquiry_ratio", "0.7", who=who, window=week, **where))
        told += [pooled_at(key, each, week) for key, each in zip(METRICS, WHOLE, strict=True)]
    for who, numbers in PEOPLE.items():
        told += [value("paid_amount", 4 * numbers[-1], who=who, **where), value("received", 100, who=who, **where)]  # type: ignore[operator]
    posts = {"E1": "客服专员", "E2": "客服专员", "E3": "客服专员", "A1": "售后客服"}
    rows: list[tuple[object, ...]] = [
        (who, "customer_service", SINCE, None, "member", post) for who, post in posts.items()
    ]
    targets: list[tuple[object, ...]] = [("employee", who, "paid_amount", 120_000_00) for who in PEOPLE]
    return told, company(rows, targets=targets)


def pooled_at(metric: str, told: object, window: Any) -> MetricValue:
    return value(metric, told, level="department", window=window, department="customer_service")


def test_s02_gives_every_line_the_points_the_document_says() -> None:
    told, inputs = month_of_s02()
    events = [
        ("ad_phrase_abuse", "E3", date(2026, 10, 9), 1), ("order_error", "E2", date(2026, 10, 9), 2),
        ("praise", "E1", date(2026, 10, 9), 3),
    ]  # fmt: skip
    results = appraised(s02(), told, with_events(inputs, *events))  # type: ignore[arg-type]
    performance = {who: sums(appraisal(results, who), "performance") for who in ("E1", "E2", "E3")}
    assert performance == {
        # four weeks each: A1 is first in same-day orders, and nobody moves up
        "E1": lines(order=8, payment=12, value=12, conversion=12, loss=4, rank=12, task=5),
        "E2": lines(order=4, payment=8, value=8, conversion=8, loss=0, rank=8, task=3),
        "E3": lines(inquiry=-2, order=-4, payment=-4, value=-4, conversion=-4, response=-4, loss=-4, rank=4, task=1),
    }
    behaviour = {who: sheet(appraisal(results, who), "behaviour").total for who in ("E1", "E2", "E3")}
    assert behaviour == {"E1": D("16.5"), "E2": 8, "E3": 15}  # 10 for no error, or 5 - 2; 33 months of service: 5
    assert appraisal(results, "A1").sheets == ()


def lines(**points: int) -> dict[str, int]:
    names = {
        "inquiry": "inquiry_ratio", "order": "same_day_order_rate", "payment": "order_payment_rate",
        "value": "paid_order_value", "conversion": "conversion", "message": "message_ratio", "reply": "reply_rate",
        "response": "mean_response_seconds", "loss": "order_loss", "rank": "weekly_rank", "task": "task_completion",
    }  # fmt: skip
    return {name: points.get(short, 0) for short, name in names.items()}


def sheet(found: Appraisal, key: str) -> Any:
    return next(each for each in found.sheets if each.key == key)


def sums(found: Appraisal, key: str) -> dict[str, Decimal]:
    told: dict[str, Decimal] = {}
    for line in sheet(found, key).lines:
        told[line.key] = told.get(line.key, D(0)) + (line.points or 0)
    return told


def test_every_number_of_s02_can_be_computed_again() -> None:
    results = appraised(s02(), *month_of_s02())
    for who in ("E1", "E2", "E3"):
        for each in appraisal(results, who).sheets:
            assert replay(each.trace) == each.total
            assert all(replay(line.trace) == line.points for line in each.lines)
            assert sum(line.points or 0 for line in each.lines) == each.total or each.key == "behaviour"


def test_no_trace_holds_the_value_of_somebody_else() -> None:
    """E1's derivation may show the department and the number of people, never what E2 did."""
    results = appraised(s02(), *month_of_s02())
    told = appraisal(results, "E1").model_dump_json()
    assert '"0.35"' not in told
    assert "E2" not in told
