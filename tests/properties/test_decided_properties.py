"""What holds of every decision and of every carry-over, whatever the numbers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scheme_kit import CSAT, MANUAL, book, company, read, text_of, value
from transforms.appraise import appraise
from transforms.corrections.model import CarriedLine, Decided, Decision
from transforms.payouts.settling import Line, differences, owed
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import Book
from transforms.scoring.results import (
    Appraisal,
    Card,
    PayLineResult,
    PayStatement,
    PeriodResults,
    PersonResult,
    Trace,
)
from transforms.scoring.trace import leaf, replay
from transforms.titles import Title

PEOPLE = ("E1", "E2", "E3")
LINES = ("csat_rate", "complaint_rate", "teamwork")
TITLE = Title(zh_hans="项目", zh_hant="項目", en="Line")
PLACED = [(who, "cs", date(2025, 1, 1), None, "member") for who in PEOPLE]
COMPLAINTS = """      - metric: complaint_rate
        weight: 33.33
        score: {linear: {zero_at: 10%, full_at: 0%}}
"""
shares = st.decimals("0.5", 1, places=4)
scores = st.decimals(0, 100, places=2)


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    lines = CSAT.format(weight="41.67"), COMPLAINTS, MANUAL.format(weight=25)
    return read(tmp_path_factory.mktemp("decided"), text_of(*lines))


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Three people with values and a judgement each; some have none."""
    told = [value("csat_rate", draw(st.none() | shares), who=who) for who in PEOPLE]
    told += [value("complaint_rate", draw(st.decimals(0, "0.2", places=4)), who=who) for who in PEOPLE]
    judged = [
        (who, "teamwork", "manager", points) for who in PEOPLE if (points := draw(st.none() | scores)) is not None
    ]
    return book(told, company(PLACED, judged))


def decision(key: str, number: Decimal | None, who: str = "E1") -> Decided:
    act = "exempt" if number is None else "override"
    told = Decision(act=act, subject_id=who, key=key, value=number)
    return Decided(correction_id=f"C-{who}-{key}", decision=told, says=TITLE)


def card_of(found: PeriodResults, who: str) -> Card:
    return next(each for each in found.people if each.employee_id == who).cards[0]


def numbers(found: PeriodResults) -> list[object]:
    """Every number and grade of people and departments that is printed."""
    cards = [card for each in found.people for card in each.cards]
    cards += [each.card for each in found.departments if each.card]
    lines = [
        (line.key, line.weight_used, line.score, line.points, line.actual, line.rank, line.ranked_of)
        for card in cards
        for line in card.indicators
    ]
    people = [(each.score, each.grade, each.rank, each.ranked_of, each.not_scored) for each in found.people]
    whole = [(each.mean_score, each.median_score, each.grades) for each in found.departments]
    return [lines, people, whole, [(card.score, card.grade) for card in cards]]


@settings(max_examples=60, deadline=None)
@given(known=books(), who=st.sampled_from(PEOPLE))
def test_deciding_what_was_computed_changes_no_number(scheme: Scheme, known: Book, who: str) -> None:
    before = appraise(known, [scheme])
    card = card_of(before, who)
    told = [decision(line.key, line.score, who) for line in card.indicators if line.missing is None]
    if card.score is not None:
        told.append(decision("score", card.score, who))
    after = appraise(replace(known, decided=tuple(told)), [scheme])
    assert numbers(after) == numbers(before)


@settings(max_examples=60, deadline=None)
@given(known=books(), exempt=st.sets(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(LINES))))
def test_with_exempt_lines_the_weights_still_sum_to_all(
    scheme: Scheme, known: Book, exempt: set[tuple[str, str]]
) -> None:
    found = appraise(replace(known, decided=tuple(decision(key, None, who) for who, key in sorted(exempt))), [scheme])
    for who in PEOPLE:
        card = card_of(found, who)
        total = sum(line.weight_used for line in card.indicators)
        assert total == (scheme.versions[0].out_of if card.score is not None else 0)
        assert {line.key for line in card.indicators if line.missing == "exempt"} == {k for w, k in exempt if w == who}
        assert all(line.weight_used == 0 for line in card.indicators if line.missing == "exempt")


@settings(max_examples=60, deadline=None)
@given(known=books(), told=st.dictionaries(st.sampled_from(LINES), scores))
def test_a_card_of_decided_lines_adds_up_and_replays(scheme: Scheme, known: Book, told: Mapping[str, Decimal]) -> None:
    found = appraise(replace(known, decided=tuple(decision(key, number) for key, number in told.items())), [scheme])
    card = card_of(found, "E1")
    scored = [line.points for line in card.indicators if line.points is not None]
    assert card.score == (sum(scored) if scored else None)
    assert replay(card.trace) == card.score
    for line in card.indicators:
        assert replay(line.trace) == line.score
        assert line.key not in told or line.score == told[line.key]


@settings(max_examples=60, deadline=None)
@given(known=books(), total=scores, who=st.sampled_from(PEOPLE))
def test_others_keep_their_scores_whatever_is_decided_for_one(
    scheme: Scheme, known: Book, total: Decimal, who: str
) -> None:
    before = {each.employee_id: each.score for each in appraise(known, [scheme]).people}
    found = appraise(replace(known, decided=(decision("score", total, who),)), [scheme])
    assert {each.employee_id: each.score for each in found.people} == before | {who: total}


# --- carried over ----------------------------------------------------------------------------------------------------

amounts = st.integers(-10_000_000, 10_000_000)
places = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(("s02", "s24")), st.sampled_from(("bonus", "base")))
pays = st.dictionaries(places, amounts)


def paid(told: Mapping[Line, int], counts: str = "beside") -> PeriodResults:
    """Results that pay these lines."""
    people = tuple(_person(who, told, counts) for who in sorted({line[0] for line in told}))
    return PeriodResults(
        period="2026-10", provisional=False, provisional_until=None, people=people, departments=(), values=(),
        findings=(), filtered={},
    )  # fmt: skip


def _person(who: str, told: Mapping[Line, int], counts: str) -> PersonResult:
    schemes = sorted({scheme for owner, scheme, _ in told if owner == who})
    statements = {
        scheme: [_line(key, fen) for (o, s, key), fen in told.items() if (o, s) == (who, scheme)] for scheme in schemes
    }
    return PersonResult(
        employee_id=who, name=who, department_id="cs", cards=(), working_days=22, period_working_days=22, score=None,
        grade=None, grade_title=None, rank=None, ranked_of=None, provisional=False, not_scored="no_scheme",
        trace=leaf("card", "score", None),
        appraisals=tuple(_appraisal(scheme, lines, counts) for scheme, lines in statements.items()),
    )  # fmt: skip


def _appraisal(scheme: str, lines: list[PayLineResult], counts: str) -> Appraisal:
    return Appraisal(
        scheme=scheme, scheme_title=TITLE, scheme_version=date(2026, 1, 1), scheme_hash="h", counts=counts,
        source="", window="2026-10", department_id="cs", appraised=True, card=None,
        pay=PayStatement(lines=tuple(lines), total_fen=sum(each.amount_fen for each in lines)),
    )  # fmt: skip


def _line(key: str, fen: int) -> PayLineResult:
    return PayLineResult(
        key=key, kind="bonus", title=TITLE, amount_fen=fen, provisional=False, missing=None, says=TITLE, source="",
        trace=Trace(op="round", label=key, value=Decimal(fen)),
    )  # fmt: skip


def settled_with(closed: Mapping[Line, int], carried: list[CarriedLine]) -> dict[Line, int]:
    """What somebody has been paid after all: the closed revision and everything that was carried over."""
    total = dict(closed)
    for each in carried:
        line = each.employee_id, each.scheme, each.key
        total[line] = total.get(line, 0) + each.amount_fen
    return {line: fen for line, fen in total.items() if fen}


@settings(deadline=None)
@given(closed=pays, looks=st.lists(pays, min_size=1, max_size=4))
def test_closed_pay_and_all_that_was_carried_over_is_the_new_pay_to_the_fen(
    closed: dict[Line, int], looks: list[dict[Line, int]]
) -> None:
    carried: list[CarriedLine] = []
    for new in looks:
        carried += differences(paid(closed), carried, paid(new), ("late_rows",))
        assert settled_with(closed, carried) == {line: fen for line, fen in new.items() if fen}
        assert differences(paid(closed), carried, paid(new), ("late_rows",)) == ()


@settings(deadline=None)
@given(closed=pays, new=pays)
def test_no_difference_is_a_line_of_nothing_and_trials_pay_nothing(
    closed: dict[Line, int], new: dict[Line, int]
) -> None:
    found = differences(paid(closed), (), paid(new), ("C-1",))
    assert all(each.amount_fen for each in found)
    assert len({(each.employee_id, each.scheme, each.key) for each in found}) == len(found)
    assert owed(paid(new, "trial")) == {}
    assert differences(paid(closed, "trial"), (), paid(new, "trial"), ("C-1",)) == ()
