"""Tickets, quality control, presence and tests, from facts to values (metrics.md "Tickets, QA, presence")."""

from decimal import Decimal

import pytest

from tests.facts import at, chat, facts, measured, on, valued
from transforms.measures.parameters import MeasureParameters
from transforms.measures.runner import source_rows
from transforms.period import parse

HOUR = 3600


def presence(day, account="a1", **more):
    plain = {
        "duty_seconds": 8 * HOUR,
        "online_seconds": 7 * HOUR,
        "chat_seconds": 4 * HOUR,
        "handling_seconds": 6 * HOUR,
    }
    return {"account_id": account, "shop_id": "s1", "day": on(day), **plain, **more}


def check(number, aspect, outcome, account="a1", handled="5 10:00", judged="9 10:00", source="sampled"):
    return {
        "check_id": f"q{number}", "shop_id": "s1", "account_id": account, "handled_at": at(handled),
        "judged_at": at(judged), "source": source, "aspect": aspect, "passed": outcome == "passed",
    }  # fmt: skip


def ticket(number, opened, account="a1", **more):
    return {"ticket_id": f"t{number}", "shop_id": "s1", "account_id": account, "opened_at": at(opened), **more}


PRESENCE = [
    presence(5, planned_handling_seconds=5 * HOUR, pages_browsed=40, registrations=2, offers_made=8, offers_taken=2),
    presence(
        6, online_seconds=9 * HOUR, planned_handling_seconds=5 * HOUR, pages_browsed=20, registrations=1, offers_made=2
    ),
    presence(7),  # without a plan: not compared with one
    presence(5, "a2", duty_seconds=0, online_seconds=0, chat_seconds=0, handling_seconds=0),
]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("online_hours", 7 + 9 + 7),
        ("chat_hours", 12),
        ("occupancy", Decimal(18) / 24),
        ("workload_deviation", Decimal(2) / 10),
        ("pages_browsed", 60),
        ("registrations", 3),
        ("service_uptake_rate", Decimal(2) / 10),
    ],
)
def test_presence(metric, expected):
    assert valued(facts(presence=PRESENCE), metric)["E1"] == expected
    assert valued(facts(presence=PRESENCE), metric, level="company")["company"] == expected


def test_who_was_not_on_duty_has_no_occupancy():
    assert valued(facts(presence=PRESENCE), "occupancy").get("E2") is None
    assert valued(facts(presence=PRESENCE), "workload_deviation").get("E2") is None


def test_less_than_planned_is_a_negative_deviation():
    con = facts(presence=[presence(5, planned_handling_seconds=8 * HOUR)])
    assert valued(con, "workload_deviation")["E1"] == Decimal("-0.25")


def test_a_days_presence_is_of_who_had_the_account_at_noon():
    accounts = [
        {"account_id": "a1", "shop_id": "s1", "employee_id": who, "kind": "human", "valid_from": at(start)}
        for who, start in (("E1", "1 00:00"), ("E2", "5 12:00"), ("E3", "6 12:01"))
    ]
    found = measured(facts(accounts=accounts, presence=[presence(4), presence(5), presence(6)]))
    assert [found[who]["duty_seconds"] // HOUR for who in ("E1", "E2", "E3")] == [8, 16, 0]


def test_output_is_buyers_received_and_tickets_resolved_an_hour_online():
    con = facts(
        presence=[presence(5)],
        messages=chat("b1", "a1", "5 10:00 buyer", "5 10:01 agent")
        + chat("b2", "a1", "5 11:00 buyer", "5 11:01 agent"),
        tickets=[ticket(n, "5 09:00", resolved_at=at("5 12:00")) for n in range(5)],
    )
    assert valued(con, "output_per_hour")["E1"] == 1  # (2 + 5) in 7 hours


CHECKS = [
    check(1, "attitude", "passed"), check(1, "timeliness", "failed"), check(1, "professionalism", "passed"), check(1, "accuracy", "passed"),
    check(2, "attitude", "passed"), check(2, "timeliness", "passed"),
    check(3, "attitude", "failed", handled="7 09:00", judged="34 10:00"),
    check(4, "attitude", "failed", account="a2"),
    check(5, "attitude", "failed", handled="-3 09:00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("qa_accuracy", Decimal(5) / 7),
        ("qa_attitude_rate", Decimal(2) / 3),
        ("qa_timeliness_rate", Decimal(1) / 2),
        ("qa_professionalism_rate", 1),
    ],
)
def test_checks_count_for_the_day_and_the_person_of_the_contact(metric, expected):
    assert valued(facts(qa_checks=CHECKS), metric)["E1"] == pytest.approx(expected)


def test_nobody_checked_is_no_data():
    assert valued(facts(qa_checks=CHECKS[:1]), "qa_timeliness_rate") == {}
    assert valued(facts(qa_checks=CHECKS), "qa_attitude_rate")["E2"] == 0


def test_a_tests_points_are_of_those_possible():
    exams = [
        {"employee_id": "E1", "exam": name, "taken_on": on(day), "score": score, "score_max": best}
        for name, day, score, best in (("rules", 3, 45, 50), ("goods", 20, Decimal("70.5"), 100), ("old", -5, 0, 100))
    ]
    con = facts(exams=exams)
    assert valued(con, "exam_score")["E1"] == Decimal("0.77")  # 115.5 of 150
    assert valued(con, "exam_score", level="department")["customer_service"] == Decimal("0.77")
    rows = source_rows(con, MeasureParameters(), "exam_points", "E1", None, parse("2026-10"))
    assert rows[["exam", "_file", "_row"]].values.tolist() == [["rules", "exams.csv", 1], ["goods", "exams.csv", 2]]


def test_repeated_requests_are_the_same_customers_on_the_same_subject_within_thirty_days():
    asked = {"customer_id": "c1", "subject": "leak"}
    tickets = [
        ticket(1, "-20 09:00", **asked),  # the first one, in September
        ticket(2, "10 08:00", **asked),  # 29 days and 23 hours later: repeated
        ticket(3, "10 08:00", customer_id="c1", subject="noise"),
        ticket(4, "11 08:00", customer_id="c2", subject="leak"),
        ticket(5, "12 08:00"),  # nobody knows whose
    ]
    assert valued(facts(tickets=tickets), "repeat_request_rate")["E1"] == Decimal(1) / 4
    assert valued(facts(tickets=tickets), "repeat_request_rate", repeat_days=29)["E1"] == 0
    assert valued(facts(tickets=tickets), "repeat_request_rate", days="2026-09")["E1"] == 0


def test_service_level_is_by_the_day_an_answer_was_due():
    due = {"answer_due_at": at("5 12:00")}
    tickets = [
        ticket(1, "5 10:00", first_answered_at=at("5 12:00"), **due),
        ticket(2, "5 10:00", first_answered_at=at("5 12:01"), **due),
        ticket(3, "5 10:00", **due),
        ticket(4, "5 10:00", first_answered_at=at("5 12:01")),  # nothing agreed
        ticket(5, "31 23:00", answer_due_at=at("32 01:00"), first_answered_at=at("32 00:30")),  # November's
    ]
    assert valued(facts(tickets=tickets), "service_level")["E1"] == pytest.approx(Decimal(1) / 3)
    assert valued(facts(tickets=tickets[3:]), "service_level") == {}


def test_escalations_on_time():
    due = {"escalation_due_at": at("5 12:00")}
    tickets = [
        ticket(1, "5 10:00", escalation_handled_at=at("5 11:00"), **due),
        ticket(2, "5 10:00", escalation_handled_at=at("6 11:00"), **due),
        ticket(3, "5 10:00", account=None, **due),
    ]
    assert valued(facts(tickets=tickets), "escalations_on_time_rate")["E1"] == Decimal(1) / 2
    assert valued(facts(tickets=tickets), "escalations_on_time_rate", level="company")["company"] == pytest.approx(
        Decimal(1) / 3
    )


def test_hours_to_the_first_answer_by_subject():
    tickets = [
        ticket(1, "5 10:00", subject="technical", first_answered_at=at("5 16:00")),
        ticket(2, "5 10:00", subject="technical", first_answered_at=at("5 18:00")),
        ticket(3, "5 10:00", subject="conflict", first_answered_at=at("5 12:30")),
        ticket(4, "5 10:00", first_answered_at=at("6 10:00")),
        ticket(5, "5 10:00", subject="technical"),
    ]
    found = valued(facts(tickets=tickets), "technical_answer_hours", "conflict_answer_hours")
    assert found == {"E1 technical_answer_hours": 7, "E1 conflict_answer_hours": Decimal("2.5")}


def test_first_contact_resolution_asks_for_online_where_it_is_known():
    tickets = [
        ticket(n, "5 10:00", resolved_at=at("5 11:00"), in_authority=True, resolved_online=online)
        for n, online in enumerate((True, None, False, True))
    ]
    tickets[3]["reassignment_count"] = 1
    assert valued(facts(tickets=tickets), "first_contact_resolution")["E1"] == Decimal(2) / 4


def test_justified_complaints_are_counted_and_none_is_zero():
    complaints = [
        {
            "complaint_id": f"c{n}",
            "shop_id": "s1",
            "account_id": "a1",
            "opened_at": at("5 10:00"),
            "justified": justified,
        }
        for n, justified in enumerate((True, False, None))
    ]
    con = facts(complaints=complaints, messages=chat("b1", "a2", "5 10:00 buyer"))
    assert valued(con, "justified_complaints") == {"E1": 1, "E2": 0}


def test_a_survey_is_the_points_over_the_answers():
    figures = [
        {"level": level, "subject_id": who, "figure": figure, "day": on(31), "value": value}
        for level, who, figure, value in (
            ("employee", "E1", "survey_points", 42), ("employee", "E1", "survey_answers", 10),
            ("employee", "E2", "survey_points", 8), ("employee", "E2", "survey_answers", 2),
        )
    ]  # fmt: skip
    assert valued(facts(figures=figures), "survey_score") == {"E1": Decimal("4.2"), "E2": 4}
    assert valued(facts(figures=figures), "survey_score", level="department") == {
        "customer_service": pytest.approx(Decimal(50) / 12)
    }
