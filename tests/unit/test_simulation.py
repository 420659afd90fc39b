"""What a change of a scheme does to people: periods that are replayed, both sides, the sums."""

from datetime import date
from decimal import Decimal

import pytest

from flows import simulation
from flows.simulation_changes import Change, Side, changes, total
from flows.simulation_rows import overall_rows, person_rows, total_rows
from tests.scheme_kit import CATALOGUE, CSAT, MANUAL, company, read, run, text_of, value
from transforms.errors import PeriodError
from transforms.scoring.results import Appraisal, PayStatement, PersonResult


@pytest.mark.parametrize(
    ("told", "keys"),
    [("2026-10", ["2026-10"]), ("2026-08:2026-10", ["2026-08", "2026-09", "2026-10"]),
     ("2025-12:2026-01", ["2025-12", "2026-01"]), ("2026-Q1:2026-Q3", ["2026-Q1", "2026-Q2", "2026-Q3"]),
     ("2025:2026", ["2025", "2026"])],
)  # fmt: skip
def test_periods_from_the_first_to_the_last(told: str, keys: list[str]) -> None:
    assert [each.key for each in simulation.periods_of(told)] == keys


@pytest.mark.parametrize("told", ["2026-10:2026-08", "2026-08:2026-Q4", "2026-13", "2010-01:2026-10", "", "2026-08:"])
def test_what_is_no_range_of_periods(told: str) -> None:
    with pytest.raises(PeriodError):
        simulation.periods_of(told)


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def scored(folder, weight: int):
    """The kit's scheme with this weight on satisfaction, the rest on teamwork."""
    parts = [CSAT.format(weight=weight), MANUAL.format(weight=100 - weight)]
    return read(folder, text_of(*parts), f"w{weight}.yaml")


TEAM = [(who, "cs", date(2025, 1, 1), None, "member") for who in ("E1", "E2", "E3")]
JUDGED = [("E1", "teamwork", "manager", 50), ("E2", "teamwork", "manager", 100), ("E3", "teamwork", "manager", 80)]
VALUES = [value("csat_rate", told, who=who) for who, told in (("E1", "1"), ("E2", "0.75"), ("E3", "0.9"))]


def results(scheme):
    return run(scheme, VALUES, company(TEAM, JUDGED))


def test_more_weight_on_satisfaction_helps_whom_customers_like(folder) -> None:
    """E1 has 100 and 50, E2 50 and 100, E3 80 and 80: from 50:50 to 80:20."""
    before, after = scored(folder, 50), scored(folder, 80)
    found = changes(results(before), results(after), after)
    assert [(each.employee_id, each.before.score, each.after.score, each.direction) for each in found] == [
        ("E1", Decimal("75.00"), Decimal("90.00"), "gains"),
        ("E2", Decimal("75.00"), Decimal("60.00"), "loses"),
        ("E3", Decimal("80.00"), Decimal("80.00"), "same"),
    ]
    summed = total("2026-10", found)
    assert summed.directions == {"gains": 1, "loses": 1, "same": 1}
    assert (summed.mean_before, summed.mean_after) == (Decimal("76.67"), Decimal("76.67"))
    assert summed.grades_before == {"good": 1, "qualified": 2}
    assert summed.grades_after == {"excellent": 1, "good": 1, "qualified": 1}


def paid(person: PersonResult, scheme: str, fen: int, counts: str = "beside") -> PersonResult:
    own = Appraisal(
        scheme=scheme, scheme_title={"zh-Hans": scheme}, scheme_version=date(2026, 1, 1), scheme_hash="",
        counts=counts, source="", window="2026-10", department_id="cs", appraised=True, card=None,
        pay=PayStatement(lines=(), total_fen=fen),
    )  # fmt: skip
    return person.model_copy(update={"appraisals": (*person.appraisals, own)})


def test_money_decides_who_gains_and_a_trials_money_is_nobodys(folder) -> None:
    scheme = scored(folder, 50)
    same = results(scheme)
    was = same.model_copy(update={"people": tuple(paid(each, "bonus", 10_000) for each in same.people)})
    fens = {"E1": 9_999, "E2": 10_001, "E3": 10_000}
    would_be = same.model_copy(
        update={"people": tuple(paid(paid(e, "bonus", fens[e.employee_id]), "try", 5, "trial") for e in same.people)}
    )
    found = changes(was, would_be, scheme)
    assert {each.employee_id: each.direction for each in found} == {"E1": "loses", "E2": "gains", "E3": "same"}
    summed = total("2026-10", found)
    assert (summed.cost_before_fen, summed.cost_after_fen) == (30_000, 30_000)
    (row,) = total_rows([summed])
    assert (row["cost before"], row["cost change"]) == ("300.00", "0.00")


def test_people_whom_the_scheme_does_not_judge_appear_only_when_their_pay_moves(folder) -> None:
    scheme = scored(folder, 50)
    other = scheme.model_copy(update={"scheme": "other", "counts": "beside"})
    same = results(scheme)
    assert changes(same, same, other) == ()
    moved = same.model_copy(update={"people": (paid(same.people[0], "bonus", 1), *same.people[1:])})
    assert [each.employee_id for each in changes(same, moved, other)] == ["E1"]


def change(who: str, period: str, before: str | None, after: str | None, fen: int = 0) -> Change:
    sides = [Side(None if told is None else Decimal(told), None, 0) for told in (before, after)]
    return Change(period, who, "cs", sides[0], Side(sides[1].score, None, fen))


def test_over_all_periods_who_gains_most_stands_first() -> None:
    found = [
        change("E1", "2026-09", "70", "80"), change("E1", "2026-10", "70", None), change("E2", "2026-09", "70", "60", -5),
        change("E3", "2026-09", "70", "70", 300),
    ]  # fmt: skip
    rows = overall_rows(found)
    assert [row["employee"] for row in rows] == ["E3", "E1", "E2"]
    assert [row["score change"] for row in rows] == ["+0.00", "+10.00", "-10.00"]
    assert [(row["pay change"], row["gains"], row["loses"]) for row in rows] == [
        ("3.00", 1, 0), ("0.00", 1, 0), ("-0.05", 0, 1)
    ]  # fmt: skip
    assert [row["result"] for row in person_rows(found)] == ["gains", "same", "loses", "gains"]


def test_nobody_judged_is_nothing_and_no_mean() -> None:
    empty = total("2026-10", ())
    assert (empty.people, empty.mean_before, empty.cost_after_fen) == (0, None, 0)


def test_a_trial_stands_in_the_place_of_the_scheme_that_gives_the_score(folder) -> None:
    giving = scored(folder, 50)
    trial = scored(folder, 80).model_copy(update={"scheme": "trial", "counts": "trial"})
    counted = simulation._as_if_it_counted(trial, [giving])
    assert counted.counts == "score"
    assert simulation._instead(counted, [giving]) == (counted,)
    elsewhere = trial.applies_to.model_copy(update={"department": "other"})
    beside = simulation._as_if_it_counted(trial.model_copy(update={"applies_to": elsewhere}), [giving])
    assert beside.counts == "beside"
    assert simulation._instead(beside, [giving]) == (giving, beside)
    assert set(CATALOGUE) >= {line.metric for _, _, line in giving.versions[0].placed() if line.metric}
