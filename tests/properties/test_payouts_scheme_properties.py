"""The draft for customer service on random months: it adds up, replays, and knows no order of people."""

from decimal import Context, Decimal, localcontext
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.schemes import load_scheme
from tests.pay_kit import appraisal_of, department_of, paid, team, value, with_items, with_targets
from tests.points_kit import CATALOGUE, OCTOBER, open_book
from transforms.metrics.model import MetricValue, Unit
from transforms.payouts.pay import pay
from transforms.schemes.scheme import Scheme
from transforms.scoring.appraisals import appraisals
from transforms.scoring.engine import score_book
from transforms.scoring.people import ScoringInputs
from transforms.scoring.results import PeriodResults
from transforms.scoring.trace import replay
from transforms.scoring.windows import needed

IDS = ["E1", "E2", "E3"]


def scheme() -> Scheme:
    data = load_scheme(Path("config/schemes/s02_cs_draft.yaml")).model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    data["applies_to"]["department"] = "cs"
    return Scheme.model_validate(data)


DRAFT = scheme()
PAY = DRAFT.versions[0].pay
assert PAY is not None
ASKED = [(window, metric) for window, metrics in needed([DRAFT], OCTOBER).items() for metric in sorted(metrics)]
ASKED += [(OCTOBER, fact.metric) for fact in PAY.facts.values() if fact.metric]


@st.composite
def months(draw: st.DrawFn) -> tuple[list[MetricValue], dict[str, int]]:
    told: list[MetricValue] = []
    for window, metric in dict.fromkeys(ASKED):
        top = 50_000_000 if CATALOGUE[metric].unit is Unit.FEN else 2
        some = st.decimals(0, top, places=0 if top > 2 else 3)
        numbers = st.integers(0, 19).flatmap(lambda n, some=some: some if n else st.none())
        told += [value(metric, draw(numbers), who=who, window=window) for who in IDS]
        told.append(value(metric, draw(numbers), level="department", window=window))
    return told, draw(st.dictionaries(st.sampled_from(IDS), st.integers(1, 30_000_000)))


def inputs_of(targets: dict[str, int], ids: list[str]) -> ScoringInputs:
    inputs = with_items(team(*ids, post="客服专员"), *((who, "base", 4_000_00) for who in ids))
    return with_targets(inputs, "paid_amount", targets)


def month(told: list[MetricValue], targets: dict[str, int], ids: list[str]) -> PeriodResults:
    return paid(DRAFT, told, inputs_of(targets, ids))


@settings(max_examples=20, deadline=None)
@given(months())
def test_the_draft_adds_up_replays_and_knows_no_order(facts: tuple[list[MetricValue], dict[str, int]]) -> None:
    results = month(*facts, IDS)
    assert results.people == month(facts[0][::-1], facts[1], IDS[::-1]).people
    for who in IDS:
        statement = appraisal_of(results, who).pay
        assert statement is not None
        assert statement.total_fen == sum(line.amount_fen for line in statement.lines)
        for line in statement.lines:
            assert replay(line.trace) == line.trace.value
            assert line.amount_fen == (line.trace.value or 0)
            assert (line.missing is None) == (line.trace.value is not None)
    department = department_of(results)
    for pool in department.pools:
        lines = [line for who in IDS for line in appraisal_of(results, who).pay.lines if line.key == pool.key]  # type: ignore[union-attr]
        assert sum(line.amount_fen for line in lines) == pool.paid_fen == sum(share.amount_fen for share in pool.shares)
        assert 0 <= pool.paid_fen == pool.amount_fen - pool.left_fen
        assert pool.left_fen >= 0
    assert all(replay(each.trace) == each.value for each in department.values)
    x = next(each.value for each in department.values if each.key == "x")
    assert x is None or x == sum((Decimal(pool.amount_fen) for pool in department.pools), Decimal(0))


@settings(max_examples=5, deadline=None)
@given(months(), st.sampled_from([9, 80]))
def test_the_callers_precision_is_no_matter(facts: tuple[list[MetricValue], dict[str, int]], digits: int) -> None:
    told, targets = facts
    book = open_book(told, inputs_of(targets, IDS))
    before = appraisals(book, [DRAFT], score_book(book, [DRAFT]))
    expected = pay(book, [DRAFT], before)
    with localcontext(Context(prec=digits)):
        assert pay(book, [DRAFT], before) == expected
