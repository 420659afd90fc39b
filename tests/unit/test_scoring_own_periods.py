"""Which days and whom a scheme judges: own periods, cycles, excused days, posts, several departments."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.scheme_kit import CATALOGUE, CSAT, DAYS, MANUAL, OCTOBER, card_of, company, read, run, text_of, value
from transforms.measures.parameters import MeasureParameters
from transforms.period import parse
from transforms.schemes.scheme import Scheme
from transforms.scoring.engine import score
from transforms.scoring.results import PeriodResults, PersonResult

START = date(2025, 1, 1)
OWN = parse("2026-09-21..2026-10-20")
SALES = """      - metric: paid_sales
        weight: 100
        target: 2200
        score: {target: {}}
"""


def scheme(folder: Path, lines: str, name: str = "small", where: str = "{department: cs}", more: str = "") -> Scheme:
    text = text_of(lines).replace("{department: cs}", where).replace("scheme: small", f"scheme: {name}")
    return read(folder, text.replace("versions:", f"{more}versions:", 1), f"{name}.yaml")


def person(results: PeriodResults, who: str = "E1") -> PersonResult:
    return next(each for each in results.people if each.employee_id == who)


# --- the 21st to the 20th ------------------------------------------------------------------------------------------------


def own(folder: Path, lines: str = CSAT.format(weight=100), **more: str) -> Scheme:
    return scheme(folder, lines, more.pop("name", "own"), more.pop("where", "{department: cs}"), "starts_on_day: 21\n")


def test_an_own_period_is_judged_on_its_own_days(tmp_path: Path) -> None:
    values = [value("csat_rate", "0.6"), value("csat_rate", "0.9", period=OWN)]
    results = run(own(tmp_path), values)
    assert (card_of(results).score, results.period) == (80, "2026-10")
    # 30 days with 8 working days in September and 14 in October (no public holidays here)
    assert (person(results).working_days, person(results).period_working_days) == (22, 22)


def test_judgements_and_targets_are_filed_under_the_months_name(tmp_path: Path) -> None:
    lines = MANUAL.format(weight=50) + SALES.replace("100", "50").replace("2200", "{from: targets}")
    inputs = company(judgements=[("E1", "teamwork", "manager", 90)], targets=[("employee", "E1", "paid_sales", 1000)])
    card = card_of(run(own(tmp_path, lines), [value("paid_sales", 700, period=OWN)], inputs))
    assert [line.score for line in card.indicators] == [90, 70]


def test_somebody_who_came_after_the_own_period_has_no_data(tmp_path: Path) -> None:
    inputs = company(employees=[("E1", date(2026, 10, 21), None, None)])
    found = person(run(own(tmp_path), [value("csat_rate", "1")], inputs))
    assert (found.not_scored, found.cards, found.department_id) == ("no_data", (), "cs")


def test_somebody_who_left_before_the_month_is_still_judged_for_the_days_of_the_own_period(tmp_path: Path) -> None:
    inputs = company(employees=[("E1", START, None, date(2026, 9, 25))])
    found = person(run(own(tmp_path), [value("csat_rate", "1", period=OWN)], inputs))
    assert (found.score, found.working_days) == (100, 5)
    assert run(scheme(tmp_path, CSAT.format(weight=100)), [], inputs).people == ()


def test_the_version_in_force_when_the_own_period_begins_judges_it(tmp_path: Path) -> None:
    told = text_of(CSAT.format(weight=100)).replace("versions:", "starts_on_day: 21\nversions:", 1)
    later = told[told.index("  - effective_from") :].replace("2026-01-01", "2026-09-22")
    card = card_of(run(read(tmp_path, told + later), [value("csat_rate", "1", period=OWN)]))
    assert card.scheme_version == date(2026, 1, 1)


def test_two_departments_with_different_days_stand_side_by_side(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("E1", "cs", START, None, "member"), ("E2", "ops", START, None, "member"),
                                      ("E3", "cs", START, date(2026, 10, 10), "member"),
                                      ("E3", "ops", date(2026, 10, 11), None, "member")]  # fmt: skip
    both = [own(tmp_path), scheme(tmp_path, CSAT.format(weight=100), "natural", "{department: ops}")]
    values = [value("csat_rate", "0.9", period=OWN), value("csat_rate", "0.8", who="E2", department="ops"),
              value("csat_rate", "1", who="E3", period=OWN), value("csat_rate", "0.5", who="E3", department="ops")]  # fmt: skip
    results = run(both, values, company(rows))
    assert [each.score for each in results.people[:2]] == [80, 60]
    assert [(card.department_id, card.working_days, card.score) for card in person(results, "E3").cards] == [
        ("cs", 15, 100), ("ops", 15, 0),
    ]  # fmt: skip
    assert [each.employee_ids for each in results.departments] == [("E1", "E3"), ("E2", "E3")]


# --- cycles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("period", "judging"), [("2026-10", "month"), ("2026-Q3", "quarter"), ("2026", "year")])
def test_a_run_takes_only_schemes_of_its_cycle(tmp_path: Path, period: str, judging: str) -> None:
    where = {cycle: scheme(tmp_path, MANUAL.format(weight=100), cycle, more=f"cycle: {cycle}\n")
             for cycle in ("month", "quarter", "year")}  # fmt: skip
    results = run(list(where.values()), [], company(), period=parse(period))
    assert [card.scheme for card in results.people[0].cards] == [judging]


def test_schemes_beside_the_score_do_not_enter_it(tmp_path: Path) -> None:
    both = [scheme(tmp_path, CSAT.format(weight=100)),
            scheme(tmp_path, MANUAL.format(weight=100), "beside", more="counts: beside\n"),
            scheme(tmp_path, MANUAL.format(weight=100), "trial", more="counts: trial\n")]  # fmt: skip
    results = run(both, [value("csat_rate", "0.9")], company(judgements=[("E1", "teamwork", "manager", 1)]))
    assert [card.scheme for card in person(results).cards] == ["small"]
    assert person(results).score == 80


# --- excused days -------------------------------------------------------------------------------------------------------


def excusing(folder: Path, lines: str = SALES) -> Scheme:
    text = text_of(lines).replace("    judged_by", "    excused: [sick, excused]\n    judged_by")
    return read(folder, text)


SICK = [("E1", DAYS[n], "sick", None) for n in range(11)]


def test_excused_days_are_no_working_days(tmp_path: Path) -> None:
    late = [("E1", DAYS[-1], "late", None), ("E1", date(2026, 10, 10), "excused", None)]  # a Saturday counts nothing
    inputs = company(attendance=[*SICK, *late])
    found = person(run(excusing(tmp_path), [value("paid_sales", 880)], inputs))
    assert (found.score, found.working_days, found.period_working_days) == (80, 11, 22)
    strict = person(run(scheme(tmp_path, SALES, "strict"), [value("paid_sales", 880)], inputs))
    assert (strict.score, strict.working_days) == (40, 22)


def test_an_agreed_target_shrinks_with_excused_days_but_not_for_a_joiner(tmp_path: Path) -> None:
    lines = SALES.replace("2200", "{from: targets}")
    agreed = [("employee", "E1", "paid_sales", 1000)]
    sick = company(attendance=SICK, targets=agreed)
    assert card_of(run(excusing(tmp_path, lines), [value("paid_sales", 400)], sick)).score == 80
    joined = company(employees=[("E1", DAYS[11], None, None)], targets=agreed)
    assert card_of(run(excusing(tmp_path, lines), [value("paid_sales", 400)], joined)).score == 40


def test_a_departments_amount_forgives_excused_days_too(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("E1", "cs", START, None, "member"), ("E2", "cs", START, None, "member")]
    total = value("paid_sales", 3300, level="department", who="cs")
    cards = [
        run(excusing(tmp_path), [total], company(rows, attendance=sick)).departments[0].card for sick in ([], SICK)
    ]
    assert [card.score for card in cards if card] == [75, 100]


# --- posts and departments -----------------------------------------------------------------------------------------------


def test_posts_of_a_department_may_have_schemes_of_their_own(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("E1", "cs", START, None, "member", "a"), ("E2", "cs", START, None, "member", "b"),
                                      ("E3", "cs", START, None, "member", "c")]  # fmt: skip
    both = [scheme(tmp_path, CSAT.format(weight=100), "for_a", "{department: cs, posts: [a]}"),
            scheme(tmp_path, MANUAL.format(weight=100), "for_b", "{department: cs, posts: [b]}")]  # fmt: skip
    inputs = company(rows, [("E2", "teamwork", "manager", 70)])
    results = run(both, [value("csat_rate", "0.9"), value("csat_rate", "0.9", who="E2")], inputs)
    assert [(each.score, each.rank, each.ranked_of, each.not_scored) for each in results.people] == [
        (80, 1, 2, None), (70, 2, 2, None), (None, None, None, "no_scheme"),
    ]  # fmt: skip


def test_the_departments_card_is_of_the_scheme_with_the_fewest_posts(tmp_path: Path) -> None:
    told = {"wide": "[a, b]", "narrow": "[c]", "also_narrow": "[d]"}
    three = [
        scheme(tmp_path, MANUAL.format(weight=100), name, f"{{department: cs, posts: {posts}}}")
        for name, posts in told.items()
    ]
    cards = [run(each, []).departments[0].card for each in (three, three[::-1])]
    assert [card.scheme for card in cards if card] == ["also_narrow", "also_narrow"]
    everybody = scheme(tmp_path, MANUAL.format(weight=100), "zz_everybody", "{department: cs}")
    card = run([*three, everybody], []).departments[0].card
    assert card is not None
    assert card.scheme == "zz_everybody"


def test_one_scheme_for_several_departments(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("E1", "cs", START, None, "member"), ("E2", "ops", START, None, "member")]
    values = [value("csat_rate", "0.9"), value("csat_rate", "0.8", who="E2", department="ops")]
    results = run(scheme(tmp_path, CSAT.format(weight=100), where="{departments: [cs, ops]}"), values, company(rows))
    assert [(each.department_id, each.score, each.rank) for each in results.people] == [("cs", 80, 1), ("ops", 60, 1)]


def test_scoring_without_a_book_gives_the_same(tmp_path: Path) -> None:
    judging, values, inputs = scheme(tmp_path, CSAT.format(weight=100)), (value("csat_rate", "0.9"),), company()
    told = score(OCTOBER, [judging], CATALOGUE, values, inputs, as_of=date(2026, 12, 31), working_days=DAYS,
                 parameters=MeasureParameters())  # fmt: skip
    assert told == run(judging, list(values), inputs)
    assert told.people[0].score == Decimal("80.00")
