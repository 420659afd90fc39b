"""Who is judged, by what, for which days: joiners, leavers, transfers, helpers, managers, ranks, departments."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.scheme_kit import CSAT, DAYS, MANUAL, card_of, company, read, run, text_of, value
from transforms.schemes.scheme import Scheme
from transforms.scoring.combine import mean_and_median
from transforms.scoring.ranks import rank_1224
from transforms.scoring.results import DepartmentResult, PeriodResults, PersonResult

SALES = """      - metric: paid_sales
        weight: 100
        target: {from: targets}
        score: {target: {}}
"""
START = date(2025, 1, 1)
MID = date(2026, 10, 15)  # the 11th working day is the 15th


def csat(folder: Path, department: str = "cs", **applies: str) -> Scheme:
    more = "".join(f", {key}: {told}" for key, told in applies.items())
    told = text_of(CSAT.format(weight=100)).replace("{department: cs}", f"{{department: {department}{more}}}")
    return read(folder, told.replace("scheme: small", f"scheme: small_{department}"), f"{department}.yaml")


def person(results: PeriodResults, who: str = "E1") -> PersonResult:
    return next(each for each in results.people if each.employee_id == who)


def department(results: PeriodResults, key: str = "cs") -> DepartmentResult:
    return next(each for each in results.departments if each.department_id == key)


def test_october_2026_has_22_working_days_11_of_them_to_the_15th() -> None:
    assert (len(DAYS), sum(day <= MID for day in DAYS)) == (22, 11)


def test_a_transfer_has_a_card_in_each_department_and_the_mean_by_working_days(tmp_path: Path) -> None:
    moved = company(
        [("E1", "cs", START, date(2026, 10, 8), "member"), ("E1", "ops", date(2026, 10, 9), None, "member")]
    )
    values = [value("csat_rate", "1"), value("csat_rate", "0.75", department="ops")]
    found = person(run([csat(tmp_path), csat(tmp_path, "ops")], values, moved))
    assert [(card.department_id, card.working_days, card.score) for card in found.cards] == [
        ("cs", 6, 100),
        ("ops", 16, 50),
    ]
    assert found.score == Decimal("63.64")  # (100 × 6 + 50 × 16) / 22
    assert (found.department_id, found.working_days, found.period_working_days) == ("ops", 22, 22)


def test_away_and_back_is_one_card(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("E1", "cs", START, date(2026, 10, 8), "member"), ("E1", "ops", date(2026, 10, 9), MID, "member"),
        ("E1", "cs", date(2026, 10, 16), None, "member"),
    ]  # fmt: skip
    found = person(run([csat(tmp_path)], [value("csat_rate", "1")], company(rows)))
    assert [(card.department_id, card.working_days) for card in found.cards] == [("cs", 17)]


@pytest.mark.parametrize(
    ("hired", "left", "days"), [(date(2026, 10, 16), None, 11), (START, MID, 11), (date(2026, 10, 8), MID, 6)],
    ids=["joined", "left", "both"],
)  # fmt: skip
def test_joiners_and_leavers_count_for_the_days_they_were_there(
    tmp_path: Path, hired: date, left: date | None, days: int
) -> None:
    inputs = company(employees=[("E1", hired, None, left)])
    found = person(run(csat(tmp_path), [value("csat_rate", "0.9")], inputs))
    assert (found.working_days, found.score, found.department_id) == (days, 80, "cs")


def test_who_left_before_the_period_is_not_in_it(tmp_path: Path) -> None:
    gone = company(employees=[("E1", START, None, date(2026, 9, 30))])
    assert run(csat(tmp_path), [], gone).people == ()


def test_a_helper_is_not_judged_where_he_helps(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("E1", "cs", START, None, "member"), ("E1", "ops", date(2026, 10, 9), None, "helper"),
        ("E2", "ops", START, None, "helper"),
    ]  # fmt: skip
    results = run([csat(tmp_path), csat(tmp_path, "ops")], [value("csat_rate", "1")], company(rows))
    assert [card.department_id for card in person(results).cards] == ["cs"]
    assert person(results).working_days == 22
    assert (person(results, "E2").not_scored, person(results, "E2").cards) == ("helper", ())
    assert department(results, "ops").employee_ids == ("E2",)


def test_a_department_without_a_scheme(tmp_path: Path) -> None:
    results = run(csat(tmp_path), [], company([("E1", "design", START, None, "member")]))
    assert (person(results).not_scored, person(results).score, department(results, "design").card) == (
        "no_scheme", None, None,
    )  # fmt: skip


def test_a_scheme_that_begins_later_does_not_judge_yet(tmp_path: Path) -> None:
    told = text_of(CSAT.format(weight=100)).replace("2026-01-01", "2026-10-02")
    assert person(run(read(tmp_path, told), [value("csat_rate", "1")])).not_scored == "no_scheme"


@pytest.mark.parametrize(
    ("regular", "reason"),
    [(date(2026, 10, 31), None), (date(2026, 11, 1), "not_regularised"), (None, "not_regularised")],
)
def test_a_scheme_for_regular_staff_asks_at_the_periods_end(
    tmp_path: Path, regular: date | None, reason: str | None
) -> None:
    inputs = company(employees=[("E1", START, regular, None)])
    found = person(run(csat(tmp_path, status="regularised"), [value("csat_rate", "1")], inputs))
    assert (found.not_scored, found.score) == (reason, None if reason else 100)


def test_a_scheme_for_posts_judges_only_those(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("E1", "cs", START, None, "member", "售前"), ("E2", "cs", START, None, "member", "售后"),
    ]  # fmt: skip
    values = [value("csat_rate", "1"), value("csat_rate", "1", who="E2")]
    results = run(csat(tmp_path, posts="[售前]"), values, company(rows))
    assert (card_of(results).post, person(results, "E2").not_scored) == ("售前", "no_scheme")


def test_a_manager_is_judged_too_and_leads_the_department(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("E1", "cs", START, None, "member"), ("M1", "cs", START, MID, "manager"),
        ("M2", "cs", date(2026, 10, 16), None, "manager"),
    ]  # fmt: skip
    values = [value("csat_rate", "1", who=who) for who in ("E1", "M1", "M2")]
    results = run(csat(tmp_path), values, company(rows))
    assert person(results, "M1").score == 100
    assert department(results).manager_ids == ("M2",)
    assert department(results).employee_ids == ("E1", "M1", "M2")


def many(results: list[str | None]) -> tuple[list[tuple[object, ...]], list[object]]:
    people = [f"E{n}" for n in range(len(results))]
    return [(who, "cs", START, None, "member") for who in people], [
        value("csat_rate", told, who=who) for who, told in zip(people, results, strict=True)
    ]


def test_ranks_leave_out_the_place_after_a_tie_and_those_without_a_score(tmp_path: Path) -> None:
    rows, values = many(["0.9", "0.95", "0.9", None, "0.7"])
    results = run(csat(tmp_path), values, company(rows))  # type: ignore[arg-type]
    assert [each.rank for each in results.people] == [2, 1, 2, None, 4]
    assert [each.ranked_of for each in results.people] == [4, 4, 4, None, 4]
    assert [card_of(results, f"E{n}").indicators[0].rank for n in range(5)] == [2, 1, 2, None, 4]
    assert department(results).grades == {"excellent": 1, "good": 2, "qualified": 0, "unqualified": 1}
    assert (department(results).mean_score, department(results).median_score) == (Decimal("72.50"), Decimal("80.00"))


def test_ranks_by_indicator_tell_those_apart_who_all_have_full_points(tmp_path: Path) -> None:
    rule = "{steps: [{up_to: 5%, gives: 100}, {gives: 0}]}"
    told = text_of(f"      - metric: complaint_rate\n        weight: 100\n        score: {rule}\n")
    rows, _ = many([None, None, None])
    values = [value("complaint_rate", rate, who=f"E{n}") for n, rate in enumerate(("0.02", "0.01", "0.03"))]
    results = run(read(tmp_path, told), values, company(rows))
    assert [each.rank for each in results.people] == [1, 1, 1]
    assert [card_of(results, f"E{n}").indicators[0].rank for n in range(3)] == [2, 1, 3]


def test_ranks_of_one_all_equal_and_none() -> None:
    assert rank_1224({"a": Decimal(5)}) == {"a": 1}
    assert rank_1224({"a": Decimal(5), "b": Decimal("5.00"), "c": Decimal(5)}) == {"a": 1, "b": 1, "c": 1}
    assert rank_1224({}) == {}
    assert mean_and_median([]) == (None, None)
    assert mean_and_median([Decimal("70.01"), Decimal("70.02")]) == (Decimal("70.02"), Decimal("70.02"))


LINEAR_SALES = SALES.replace("        target: {from: targets}\n", "").replace(
    "{target: {}}", "{linear: {zero_at: 0, full_at: 2200 yuan}}"
)


def test_amounts_are_held_against_the_days_somebody_was_there(tmp_path: Path) -> None:
    """Half a month, half the amount: as good as the whole month with the whole amount."""
    inputs = company(employees=[("E1", date(2026, 10, 16), None, None)])
    results = run(read(tmp_path, text_of(LINEAR_SALES)), [value("paid_sales", 88000)], inputs)
    line = card_of(results).indicators[0]
    assert (line.score, line.target) == (80, 110000)
    assert line.rule.en is not None
    assert line.rule.en.startswith("880 yuan lies between 0 yuan (0 points) and 1,100 yuan (100 points)")
    assert line.rule.en.endswith("(standard for 11 of 22 working days)")


def test_a_departments_amount_is_held_against_all_its_people(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("E1", "cs", START, None, "member"), ("E2", "cs", START, MID, "member")]
    total = value("paid_sales", 297000, level="department", who="cs")
    card = department(run(read(tmp_path, text_of(LINEAR_SALES)), [total], company(rows))).card
    assert card is not None
    assert (card.indicators[0].score, card.indicators[0].target, card.employee_id) == (90, 330000, None)


def test_proration_can_be_switched_off(tmp_path: Path) -> None:
    inputs = company(employees=[("E1", date(2026, 10, 16), None, None)])
    scheme = read(tmp_path, text_of(LINEAR_SALES + "        prorate: none\n"))
    assert card_of(run(scheme, [value("paid_sales", 88000)], inputs)).score == 40


def test_a_target_agreed_with_a_joiner_by_name_is_not_shrunk(tmp_path: Path) -> None:
    inputs = company(
        employees=[("E1", date(2026, 10, 16), None, None)], targets=[("employee", "E1", "paid_sales", 100)]
    )
    assert card_of(run(read(tmp_path, text_of(SALES)), [value("paid_sales", 80)], inputs)).score == 80


def test_a_personal_target_is_split_between_two_departments_by_working_days(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("E1", "cs", START, MID, "member"),
        ("E1", "ops", date(2026, 10, 16), None, "member"),
    ]
    inputs = company(rows, targets=[("employee", "E1", "paid_sales", 100)])
    schemes = [
        read(
            tmp_path,
            text_of(SALES).replace("department: cs", f"department: {key}").replace("small", key),
            f"{key}.yaml",
        )
        for key in ("cs", "ops")
    ]
    values = [value("paid_sales", 40), value("paid_sales", 45, department="ops")]
    found = person(run(schemes, values, inputs))
    assert [(card.score, card.indicators[0].target) for card in found.cards] == [(80, 50), (90, 50)]
    assert found.score == 85


def test_without_a_target_of_ones_own_a_departments_amount_is_shared_by_days(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("E1", "cs", START, None, "member"), ("E2", "cs", START, MID, "member")]
    inputs = company(rows, targets=[("department", "cs", "paid_sales", 330)])
    values = [value("paid_sales", 110), value("paid_sales", 110, who="E2")]
    results = run(read(tmp_path, text_of(SALES)), values, inputs)
    assert [card_of(results, who).indicators[0].target for who in ("E1", "E2")] == [220, 110]
    assert [card_of(results, who).score for who in ("E1", "E2")] == [50, 100]


def test_a_departments_manual_line_is_the_mean_of_its_people_by_working_days(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("E1", "cs", START, None, "member"), ("E2", "cs", START, MID, "member")]
    judged = [("E1", "teamwork", "manager", 90), ("E2", "teamwork", "manager", 60)]
    results = run(read(tmp_path, text_of(MANUAL.format(weight=100))), [], company(rows, judged))  # type: ignore[arg-type]
    card = department(results).card
    assert card is not None
    assert (card.score, card.indicators[0].rule.en) == (80, "mean of 2 people's scores, weighted by working days")


def test_a_person_called_na_stays_a_person(tmp_path: Path) -> None:
    inputs = company([("NA", "cs", START, None, "member")])
    assert person(run(csat(tmp_path), [value("csat_rate", "1", who="NA")], inputs), "NA").score == 100
