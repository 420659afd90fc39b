"""What a value is held against: the own past, the department pooled or on average, the company, another metric."""

from decimal import Decimal
from typing import Any

import pytest

from tests.points_kit import CATALOGUE, OCTOBER, SEPTEMBER, WEEKS, open_book, pooled, team, value, values
from transforms.metrics.model import MetricValue
from transforms.period import Period, parse
from transforms.schemes.points import Every
from transforms.schemes.references import Reference
from transforms.scoring.comparing import refer
from transforms.scoring.facts import Subject, facts_of
from transforms.scoring.results import Trace
from transforms.scoring.trace import replay

D = Decimal
CONVERSION = CATALOGUE["conversion"]
E1 = Subject("employee", "E1", "cs", 22, 22, 66)
IDS = ("E1", "E2", "E3")


def referred(
    told: list[MetricValue], window: Period = OCTOBER, every: Every = "window", **reference: Any
) -> Trace | None:
    facts = facts_of(open_book(told, team(*IDS)), OCTOBER)
    found = refer(facts, E1, CONVERSION, Reference(**reference), window, IDS, every=every)
    assert found is None or replay(found) == found.value
    return found


def told(*args: Any, **more: Any) -> Decimal | None:
    found = referred(*args, **more)
    return None if found is None else found.value


def test_the_department_is_pooled_not_the_mean_of_its_people() -> None:
    here = [*values("conversion", {"E1": "0.2", "E2": "0.4"}), pooled("conversion", "0.25")]
    assert told(here, of="department") == D("0.25")
    assert told(here, of="department_mean") == D("0.3")


def test_the_mean_is_of_those_who_count_and_have_a_value() -> None:
    here = values("conversion", {"E1": "0.2", "E2": "0.4", "E3": None, "E9": "0.9"})
    assert told(here, of="department_mean") == D("0.3")


def test_nobodys_value_can_be_read_from_the_mean_of_three() -> None:
    found = referred(values("conversion", {"E1": "0.2", "E2": "0.4", "E3": "0.6"}), of="department_mean")
    assert found is not None
    assert [(each.label, each.value) for each in found.inputs] == [
        ("conversion", D("1.2")),
        ("people", 3),
        ("scale", 1),
    ]


def test_the_company_and_the_own_past() -> None:
    here = [
        value("conversion", "0.31", level="company"),
        value("conversion", "0.2"),
        value("conversion", "0.22", window=SEPTEMBER),
    ]
    assert told(here, of="company") == D("0.31")
    assert told(here, of="own", when="last_month") == D("0.22")


def test_another_metric_in_the_same_days() -> None:
    here = [value("conversion", "0.2"), pooled("csat_rate", "0.9")]
    assert told(here, of="department", metric="csat_rate") == D("0.9")


def test_a_week_of_the_department_or_its_last_month() -> None:
    here = [pooled("conversion", "0.3", WEEKS[1]), pooled("conversion", "0.28", SEPTEMBER), pooled("conversion", "0.4")]
    assert told(here, WEEKS[1], "week", of="department") == D("0.3")
    assert told(here, WEEKS[1], "week", of="department", when="last_month") == D("0.28")


def test_three_months_are_the_mean_of_their_values() -> None:
    months = {"2026-09": "0.3", "2026-08": "0.2", "2026-07": "0.1"}
    here = [pooled("conversion", each, parse(month)) for month, each in months.items()]
    assert told(here, of="department", when="last_3_months") == D("0.2")


def test_a_young_company_has_the_mean_of_the_months_there_are() -> None:
    here = [pooled("conversion", "0.3", SEPTEMBER), pooled("conversion", "0.1", parse("2026-08"))]
    assert told(here, of="department", when="last_3_months") == D("0.2")
    assert told(here[:1], of="department", when="last_3_months") == D("0.3")


@pytest.mark.parametrize("when", ["last_month", "last_3_months", "same_month_last_year", "last_week"])
def test_without_data_there_is_no_reference(when: Any) -> None:
    assert referred([value("conversion", "0.2")], of="department", when=when) is None
    assert referred([], of="department_mean", when=when) is None


def test_a_value_without_data_is_no_reference() -> None:
    assert referred([pooled("conversion", None)], of="department") is None


def test_the_trace_says_whose_and_when() -> None:
    found = referred([pooled("conversion", "0.28", SEPTEMBER)], of="department", when="last_month")
    assert found is not None
    assert (found.op, found.args) == ("metric", {"of": "department", "window": "2026-09"})


def test_a_zero_is_a_value_and_counts_in_the_mean() -> None:
    assert told(values("conversion", {"E1": "0.2", "E2": "0"}), of="department_mean") == D("0.1")
