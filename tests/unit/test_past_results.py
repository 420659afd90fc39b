"""What scoring reads of earlier periods in the ledger: the latest revision, and only what schemes look back to."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from flows.past import load_past, reach
from flows.warehouse.ledger import record
from flows.warehouse.ledger_periods import set_status
from tests.ledger import NOON, person, results, revision_input, sqlite_ledger  # noqa: F401 - a fixture
from tests.scheme_kit import MANUAL, company, line_of, read, run, text_of
from transforms.period import parse
from transforms.schemes.scheme import Scheme
from transforms.scoring.results import PeriodResults

QUARTER, OCTOBER = parse("2026-Q3"), parse("2026-10")
PROMOTION = """    consequences:
      - {key: promotion, effect: promotion, title: {zh-Hans: 晋升优先}, grade: excellent, periods: 3}
"""


def scheme(folder: Path, cycle: str = "month", more: str = "", lines: str = MANUAL.format(weight=100)) -> Scheme:
    text = (
        text_of(lines)
        .replace("versions:", f"cycle: {cycle}\nversions:", 1)
        .replace("    indicators:", f"{more}    indicators:")
    )
    return read(folder, text.replace("scheme: small", f"scheme: {cycle}ly"), f"{cycle}.yaml")


def month(folder: Path, key: str, points: int) -> PeriodResults:
    """A month in which somebody was judged, as it goes into the ledger."""
    inputs = company(judgements=[("E1", "teamwork", "manager", points)])
    return run(scheme(folder), [], _filed(inputs, key), period=parse(key))


def _filed(inputs, key):
    return type(inputs)(**{**vars(inputs), "judgements": inputs.judgements.assign(period=key)})


def recorded(engine, found: PeriodResults, snapshot: str = "s1", **more) -> None:
    """A revision of a month that is closed with it, the first time."""
    made = record(engine, revision_input(snapshot, found.period, results=found, **more))
    set_status(engine, found.period, "final", made.id, NOON, by="HR")


def test_months_come_out_of_the_ledger_as_they_went_in(sqlite_ledger, tmp_path):  # noqa: F811
    for key, points in (("2026-06", 10), ("2026-07", 80), ("2026-08", 90), ("2026-09", 61)):
        recorded(sqlite_ledger, month(tmp_path, key, points))
    quarterly = scheme(
        tmp_path, "quarter", lines="      - months: {of: month}\n        title: {zh-Hans: 各月}\n        weight: 100\n"
    )
    past = load_past(sqlite_ledger, [quarterly], QUARTER)
    assert [(each.period, each.subject, each.level, each.score, each.scheme) for each in past] == [
        ("2026-07", "E1", "employee", 80, "monthly"), ("2026-07", "cs", "department", 80, "monthly"),
        ("2026-08", "E1", "employee", 90, "monthly"), ("2026-08", "cs", "department", 90, "monthly"),
        ("2026-09", "E1", "employee", 61, "monthly"), ("2026-09", "cs", "department", 61, "monthly"),
    ]  # fmt: skip
    assert {(each.rank, each.ranked_of, each.counts, each.final) for each in past if each.level == "employee"} == {
        (1, 1, "score", True)
    }
    assert line_of(run(quarterly, [], company(), period=QUARTER, past=past), "months").score == Decimal(
        "76.85"
    )  # 23, 21 and 22 days


def test_a_period_speaks_by_its_latest_revision(sqlite_ledger, tmp_path):  # noqa: F811
    for number, points in enumerate((50, 70)):
        recorded(sqlite_ledger, month(tmp_path, "2026-08", points), f"s{number}", created_at=NOON + timedelta(number))
    provisional = month(tmp_path, "2026-09", 60).model_copy(update={"provisional": True})
    recorded(sqlite_ledger, provisional)
    found = [
        each for each in load_past(sqlite_ledger, [scheme(tmp_path, "quarter")], QUARTER) if each.level == "employee"
    ]
    assert [(each.score, each.final) for each in found] == [(70, True), (60, False)]


def test_a_month_is_final_when_it_was_closed_not_before(sqlite_ledger, tmp_path):  # noqa: F811
    quarterly = scheme(tmp_path, "quarter")
    found = month(tmp_path, "2026-09", 60)
    made = record(sqlite_ledger, revision_input("s1", found.period, results=found))
    assert {each.final for each in load_past(sqlite_ledger, [quarterly], QUARTER)} == {False}
    set_status(sqlite_ledger, "2026-09", "final", made.id, NOON, by="HR")
    assert {each.final for each in load_past(sqlite_ledger, [quarterly], QUARTER)} == {True}
    told = load_past(sqlite_ledger, [quarterly], QUARTER, final=())  # as a run saw it before
    assert {each.final for each in told} == {False}


def test_a_run_does_not_stand_on_its_own_earlier_revision_or_on_later_periods(sqlite_ledger, tmp_path):  # noqa: F811
    for key in ("2026-09", "2026-10", "2026-11"):
        recorded(sqlite_ledger, month(tmp_path, key, 80))
    assert {each.period for each in load_past(sqlite_ledger, [scheme(tmp_path, more=PROMOTION)], OCTOBER)} == {
        "2026-09"
    }
    assert load_past(sqlite_ledger, [scheme(tmp_path)], OCTOBER) == ()


def test_somebody_who_was_not_judged_has_no_past(sqlite_ledger, tmp_path):  # noqa: F811
    recorded(sqlite_ledger, results((person("E1", None),), period="2026-09"))
    assert load_past(sqlite_ledger, [scheme(tmp_path, more=PROMOTION)], OCTOBER) == ()


def test_schemes_say_how_far_back_a_run_looks(tmp_path):
    three = scheme(tmp_path, more=PROMOTION)
    assert reach([scheme(tmp_path)], OCTOBER).start == OCTOBER.start
    assert reach([three], OCTOBER).start == parse("2026-08").start
    assert reach([scheme(tmp_path, "quarter", PROMOTION)], QUARTER).start == parse("2026-Q1").start
    assert reach([scheme(tmp_path, "year", PROMOTION), three], parse("2026")).start == parse("2024").start
    assert reach([scheme(tmp_path, "quarter", PROMOTION)], OCTOBER).start == OCTOBER.start


def test_what_was_taken_from_the_past_makes_another_revision(sqlite_ledger, tmp_path):  # noqa: F811
    """A quarter is recomputed from the same snapshot after a month was corrected: the ledger must see the difference."""
    quarterly = scheme(
        tmp_path, "quarter", lines="      - months: {of: month}\n        title: {zh-Hans: 各月}\n        weight: 100\n"
    )
    for number, points in enumerate((50, 50, 70)):
        recorded(sqlite_ledger, month(tmp_path, "2026-08", points), f"s{number}")
        past = load_past(sqlite_ledger, [quarterly], QUARTER)
        found = run(quarterly, [], company(), period=QUARTER, past=past)
        made = record(sqlite_ledger, revision_input("same", "2026-Q3", results=found))
        assert (made.number, made.created) == ([1, 1, 2][number], [True, False, True][number])
