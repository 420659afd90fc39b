"""What holds of every advice: it never takes, it stays within bounds, and the engine agrees with it."""

from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scheme_kit import OCTOBER, card_of, read, run, text_of, value
from transforms.advice import Gain, edges, gains
from transforms.metrics.model import MetricValue
from transforms.schemes.scheme import Scheme

RULES = {
    "csat_rate": (
        "linear: {zero_at: 50%, full_at: 95%}", "steps: [{up_to: 60%, gives: 20}, {up_to: 85%, gives: 70}, {gives: 100}]",
        "band: {better: 92%, worse: 40%, at_worse: 30}", "passed: {at_least: 80%}", "target: {floor: 30%, full_at: 110%}",
    ),
    "first_response_seconds": (
        "linear: {zero_at: 90, full_at: 10}", "steps: [{up_to: 30, gives: 100}, {up_to: 60, gives: 55}, {gives: 0}]",
        "band: {better: 15, worse: 80}", "passed: {at_most: 45, missed: 40}", "target: {}",
    ),
}  # fmt: skip
TARGETS = {"csat_rate": "        target: 85%\n", "first_response_seconds": "        target: 40\n"}


def _line(metric: str, rule: str, weight: int) -> str:
    target = TARGETS[metric] if rule.startswith("target") else ""
    return f"      - metric: {metric}\n        weight: {weight}\n        score: {{{rule}}}\n{target}"


def _schemes() -> dict[tuple[int, int, int], Scheme]:
    """Two indicators by any two rules, at two pairs of weights, read once."""
    one, other = RULES.items()
    with TemporaryDirectory() as folder:
        return {
            (n, m, weight): read(
                Path(folder), text_of(_line(one[0], a, weight), _line(other[0], b, 100 - weight))
            )
            for n, a in enumerate(one[1]) for m, b in enumerate(other[1]) for weight in (33, 70)
        }  # fmt: skip


SCHEMES = _schemes()
rates = st.decimals(0, 1, places=3)
seconds = st.decimals(0, 120, places=2)
rows = st.tuples(st.lists(rates, min_size=4, max_size=6), st.lists(seconds, min_size=4, max_size=6))
schemes = st.sampled_from(list(SCHEMES.values()))


def _months(metric: str, told: list[Decimal]) -> list[MetricValue]:
    return [value(metric, each, period=OCTOBER.shifted(1 - len(told) + n)) for n, each in enumerate(told)]


def _values(row: tuple[list[Decimal], list[Decimal]]) -> list[MetricValue]:
    return [each for metric, told in zip(RULES, row, strict=True) for each in _months(metric, told)]


def _now(values: list[MetricValue]) -> list[MetricValue]:
    return [each for each in values if each.window == OCTOBER.key]


def _advised(scheme: Scheme, values: list[MetricValue]) -> tuple[Gain, ...]:
    return gains(card_of(run(scheme, _now(values))), scheme.versions[0], values, (), OCTOBER.key)


def _changed(values: list[MetricValue], metric: str, actual: Decimal) -> list[MetricValue]:
    return [value(metric, actual) if each.metric == metric else each for each in _now(values)]


@given(scheme=schemes, row=rows)
def test_the_engine_gives_what_the_advice_promises(scheme: Scheme, row: tuple[list[Decimal], list[Decimal]]) -> None:
    values = _values(row)
    before = card_of(run(scheme, _now(values)))
    for gain in _advised(scheme, values):
        after = card_of(run(scheme, _changed(values, gain.key, gain.reached)))
        line = next(each for each in after.indicators if each.key == gain.key)
        assert line.score == gain.score_then
        assert abs(after.score - before.score - gain.points_gained) <= Decimal("0.01")


@given(scheme=schemes, row=rows)
def test_advice_never_takes_and_stays_within_bounds(scheme: Scheme, row: tuple[list[Decimal], list[Decimal]]) -> None:
    for gain in _advised(scheme, _values(row)):
        assert gain.points_gained > 0
        assert 0 <= gain.score < gain.score_then <= 100
        assert 0 < abs(gain.reached - gain.actual) <= gain.step
        assert gain.reached >= 0
        assert gain.key != "csat_rate" or gain.reached <= 1


@given(scheme=schemes, row=rows)
def test_an_edge_is_where_the_engine_gives_more(scheme: Scheme, row: tuple[list[Decimal], list[Decimal]]) -> None:
    values = _values(row)
    for edge in edges(card_of(run(scheme, _now(values))), scheme.versions[0]):
        beyond = edge.at if edge.better == "higher" else edge.at - Decimal("0.000001")
        after = card_of(run(scheme, _changed(values, edge.key, beyond)))
        assert next(each.score for each in after.indicators if each.key == edge.key) == edge.score_then > edge.score


@settings(max_examples=40)
@given(scheme=schemes, row=rows, chance=st.randoms())
def test_the_order_of_the_values_does_not_matter(
    scheme: Scheme, row: tuple[list[Decimal], list[Decimal]], chance: Random
) -> None:
    values = _values(row)
    mixed = chance.sample(values, len(values))
    assert _advised(scheme, values) == _advised(scheme, mixed)


@settings(max_examples=50)
@given(scheme=schemes, now=rates, step=rates, more=rates)
def test_a_longer_step_never_brings_less(scheme: Scheme, now: Decimal, step: Decimal, more: Decimal) -> None:
    def brought(size: Decimal) -> Decimal:
        row = ([now + size, now, now + size, now], [Decimal(40)])
        return sum((each.points_gained for each in _advised(scheme, _values(row))), Decimal(0))

    assert brought(step) <= brought(step + more)
