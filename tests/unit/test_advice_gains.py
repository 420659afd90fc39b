"""Where effort pays: the step a person has made before, and what the scheme gives for it."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.scheme_kit import CSAT, MANUAL, OCTOBER, card_of, company, read, run, text_of, value
from transforms.advice import edges, gains
from transforms.metrics.model import MetricValue

RESPONSE = """      - metric: first_response_seconds
        weight: {weight}
        score: {{{rule}}}
"""
STEPS = "steps: [{up_to: 30, gives: 100}, {up_to: 60, gives: 60}, {gives: 0}]"
LINEAR = "linear: {zero_at: 60, full_at: 0}"


def months(metric: str, *told: str | None, who: str = "E1") -> list[MetricValue]:
    """Values of the months up to October, oldest first."""
    back = range(1 - len(told), 1)
    return [value(metric, each, who=who, period=OCTOBER.shifted(n)) for n, each in zip(back, told, strict=True)]


def advised(folder: Path, text: str, own: list[MetricValue], team: list[MetricValue] = (), **more: object):
    """The gains and edges of E1 under a scheme of that text."""
    scheme = read(folder, text)
    now = [each for each in own if each.window == OCTOBER.key]
    card = card_of(run(scheme, now, **more))
    return gains(card, scheme.versions[0], own, [*own, *team], OCTOBER.key), edges(card, scheme.versions[0])


CSAT_MONTHS = months("csat_rate", "0.78", "0.80", "0.84", "0.83", "0.80")  # changes 2, 4, 1, 3 points: median 2.5


def test_the_usual_step_of_a_person_is_scored_by_the_schemes_own_rule(tmp_path: Path) -> None:
    (gain,), _ = advised(tmp_path, text_of(CSAT.format(weight=100)), CSAT_MONTHS)
    assert (gain.actual, gain.step, gain.reached) == (Decimal("0.80"), Decimal("0.025"), Decimal("0.825"))
    assert (gain.score, gain.score_then, gain.points_gained) == (Decimal(60), Decimal(65), Decimal("5.00"))
    assert (gain.basis, gain.months) == ("own", 4)


def test_the_most_points_stand_first_and_the_weight_in_use_counts(tmp_path: Path) -> None:
    text = text_of(CSAT.format(weight=30), RESPONSE.format(weight=50, rule=LINEAR), MANUAL.format(weight=20))
    own = [*CSAT_MONTHS, *months("first_response_seconds", "30", "36", "27", "33")]
    found, _ = advised(tmp_path, text, own)  # nobody judged teamwork: weights 37.5 and 62.5
    assert [(each.key, each.step, each.points_gained) for each in found] == [
        ("first_response_seconds", Decimal(6), Decimal("6.25")),
        ("csat_rate", Decimal("0.025"), Decimal("1.88")),
    ]


@pytest.mark.parametrize(
    ("told", "reached"),
    [(("0.70", "0.80", "0.90", "0.80"), "0.90"), (("0.60", "0.90", "0.60", "0.98"), "1"), (("1", "1", "1", "1"), None)],
)
def test_a_rate_ends_at_one_and_a_step_of_nothing_is_none(
    tmp_path: Path, told: tuple[str, ...], reached: str | None
) -> None:
    found, _ = advised(tmp_path, text_of(CSAT.format(weight=100)), months("csat_rate", *told))
    assert [each.reached for each in found] == ([] if reached is None else [Decimal(reached)])


@pytest.mark.parametrize(
    ("rule", "reached", "points"),
    [
        ("linear: {zero_at: 60, full_at: 36}", "36", "16.67"),
        ("band: {better: 38, worse: 60}", "38", "9.09"),
        ("passed: {at_most: 35}", "35", "100.00"),
        ("target: {}", "32", "20.00"),
    ],
)
def test_a_step_goes_no_further_than_the_full_score(tmp_path: Path, rule: str, reached: str, points: str) -> None:
    line = RESPONSE.format(weight=100, rule=rule) + ("        target: 32\n" if rule == "target: {}" else "")
    (gain,), _ = advised(tmp_path, text_of(line), months("first_response_seconds", "30", "40", "30", "40"))
    assert (gain.step, gain.reached) == (10, Decimal(reached))
    assert gain.points_gained == Decimal(points)


def test_a_target_is_enough_where_it_gives_the_full_score(tmp_path: Path) -> None:
    line = CSAT.format(weight=100).replace("linear: {zero_at: 50%, full_at: 100%}", "target: {}")
    own = months("csat_rate", "0.60", "0.80", "0.60", "0.80")
    (gain,), _ = advised(tmp_path, text_of(line + "        target: 85%\n"), own)
    assert (gain.reached, gain.score_then, gain.points_gained) == (Decimal("0.85"), 100, Decimal("5.88"))


def test_a_step_that_does_not_reach_the_next_edge_brings_nothing_and_the_edge_is_told(tmp_path: Path) -> None:
    own = months("first_response_seconds", "40", "45", "40", "45")
    found, (edge,) = advised(tmp_path, text_of(RESPONSE.format(weight=100, rule=STEPS)), own)
    assert found == ()
    assert (edge.actual, edge.at, edge.score_then, edge.points_gained) == (45, 30, 100, Decimal("40.00"))


def test_a_value_on_the_edge_has_to_get_below_it_and_the_best_step_has_no_edge(tmp_path: Path) -> None:
    text = text_of(RESPONSE.format(weight=100, rule=STEPS))
    on_the_edge, below = (advised(tmp_path, text, months("first_response_seconds", each))[1] for each in ("60", "29"))
    assert [(each.at, each.points_gained) for each in on_the_edge] == [(60, Decimal("60.00"))]
    assert below == ()


def test_where_higher_is_better_the_edge_itself_is_enough(tmp_path: Path) -> None:
    rule = "steps: [{up_to: 80%, gives: 0}, {up_to: 90%, gives: 0}, {gives: 100}]"
    line = CSAT.format(weight=100).replace("linear: {zero_at: 50%, full_at: 100%}", rule)
    found, (edge,) = advised(tmp_path, text_of(line), months("csat_rate", "0.65", "0.75", "0.65", "0.75", "0.82"))
    assert (edge.at, edge.points_gained) == (Decimal("0.9"), Decimal("100.00"))
    assert [(each.reached, each.points_gained) for each in found] == [(Decimal("0.92"), Decimal("100.00"))]


def colleagues(*rows: tuple[str, ...]) -> list[MetricValue]:
    return [each for n, row in enumerate(rows, 2) for each in months("csat_rate", *row, who=f"E{n}")]


THREE = colleagues(("0.80", "0.84", "0.80"), ("0.70", "0.72", "0.74"), ("0.9", "0.6"))
TWO = colleagues(("0.80", "0.84", "0.80", "0.84"), ("0.70", "0.72", "0.74", "0.72"))
FEW = colleagues(("0.80", "0.84"), ("0.70", "0.72", "0.74"), ("0.9", "0.6"))


@pytest.mark.parametrize(("team", "step"), [(THREE, "0.04"), (TWO, None), (FEW, None)])
def test_with_too_few_own_changes_the_teams_step_is_taken_if_it_gives_nobody_away(
    tmp_path: Path, team: list[MetricValue], step: str | None
) -> None:
    found, _ = advised(tmp_path, text_of(CSAT.format(weight=100)), months("csat_rate", "0.80"), team)
    assert [(each.step, each.basis) for each in found] == ([] if step is None else [(Decimal(step), "team")])


def test_a_month_without_data_breaks_the_row(tmp_path: Path) -> None:
    own = months("csat_rate", "0.70", "0.75", None, "0.82", "0.80")
    assert advised(tmp_path, text_of(CSAT.format(weight=100)), own)[0] == ()


def test_other_windows_and_other_departments_are_no_months_of_the_person(tmp_path: Path) -> None:
    own = months("csat_rate", "0.70", "0.75", "0.80")
    weeks = [value("csat_rate", "0.5", period=week) for week in OCTOBER.weeks]
    elsewhere = [value("csat_rate", "0.5", department="ops", period=OCTOBER.shifted(-n)) for n in (3, 4, 5)]
    assert advised(tmp_path, text_of(CSAT.format(weight=100)), [*own, *weeks, *elsewhere])[0] == ()


@pytest.mark.parametrize(
    "line",
    [
        CSAT.format(weight=100).replace("linear: {zero_at: 50%, full_at: 100%}", "place: {}"),
        CSAT.format(weight=100).replace("linear: {zero_at: 50%, full_at: 100%}", "ratio: {to: {of: department_mean}}"),
        CSAT.format(weight=100) + "        of: department\n",
    ],
)
def test_what_hangs_on_others_is_no_advice(tmp_path: Path, line: str) -> None:
    of_all = value("csat_rate", "0.8", who="cs", level="department", department=None)
    own = [*CSAT_MONTHS, of_all]
    found, _ = advised(tmp_path, text_of(line), own)
    assert found == ()


def test_a_ratio_to_the_own_past_is_advice_for_the_past_stays(tmp_path: Path) -> None:
    rule = "ratio: {to: {of: own, when: last_month}, full_at: 200%}"
    scheme = read(tmp_path, text_of(CSAT.format(weight=100).replace("linear: {zero_at: 50%, full_at: 100%}", rule)))
    own = months("csat_rate", "0.40", "0.50", "0.40", "0.50")
    card = card_of(run(scheme, own))
    (gain,) = gains(card, scheme.versions[0], own, (), OCTOBER.key)
    assert (gain.score, gain.reached, gain.score_then) == (Decimal("62.50"), Decimal("0.6"), Decimal("75.00"))


def test_a_decided_line_an_exempt_one_and_a_decided_total_have_no_advice(tmp_path: Path) -> None:
    scheme = read(tmp_path, text_of(CSAT.format(weight=100)))
    card = card_of(run(scheme, CSAT_MONTHS[-1:]))
    version = scheme.versions[0]
    told = {"correction_id": "C1", "says": card.scheme_title}
    decided = card.indicators[0].model_copy(update={"corrected": told})
    for changed in ({"indicators": (decided,)}, {"corrected": told}):
        assert gains(card.model_copy(update=changed), version, CSAT_MONTHS, (), OCTOBER.key) == ()
    assert gains(card, version, CSAT_MONTHS, (), OCTOBER.key)


def test_a_red_line_that_zeroes_the_score_leaves_no_advice_and_one_that_caps_the_grade_does(tmp_path: Path) -> None:
    for then, expected in (("then: zero", 0), ("then: cap, cap_grade: qualified", 1)):
        veto = f"    vetoes: [{{event: fraud, {then}, title: {{zh-Hans: 作弊, en: Fraud}}}}]\n"
        happened = company(events=[("fraud", "E1", "cs", OCTOBER.start, Decimal(1))])
        found, _ = advised(tmp_path, text_of(CSAT.format(weight=100), veto), CSAT_MONTHS, inputs=happened)
        assert len(found) == expected


def test_without_data_there_is_nothing_to_advise(tmp_path: Path) -> None:
    own = months("csat_rate", "0.78", "0.80", "0.84", "0.83", None)
    text = text_of(CSAT.format(weight=50), MANUAL.format(weight=50))
    found, following = advised(tmp_path, text, own, inputs=company(judgements=[("E1", "teamwork", "manager", 80)]))
    assert (found, following) == ((), ())
