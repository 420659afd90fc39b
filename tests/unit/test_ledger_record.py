"""Recording a revision and reading it back, on both databases."""

from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from flows.company import Delivery, Documents, Ledger, Schedule
from flows.warehouse.ledger import record
from flows.warehouse.ledger_hash import SchemeVersion
from flows.warehouse.ledger_queries import history, latest, load_results, periods, previous_scores, verify_chain
from flows.warehouse.ledger_tables import settings
from tests.ledger import NOON, SETTINGS, person, results, revision_input
from transforms.errors import NotFoundError
from transforms.period import parse


def test_results_come_back_equal(ledger):
    made = record(ledger, revision_input())
    assert load_results(ledger, made.id) == results()
    assert str(load_results(ledger, made.id).values[0].numerator) == "9007199254740993.10"


def test_same_inputs_make_no_second_revision(ledger):
    first = record(ledger, revision_input())
    again = record(ledger, revision_input(created_at=NOON + timedelta(days=1)))
    assert (first.created, again.created) == (True, False)
    assert again.id == first.id
    assert again.created_at == NOON
    assert len(history(ledger, "2026-10")) == 1


@pytest.mark.parametrize("change", [
    {"snapshot_id": "s2"},
    {"code_version": "2"},
    {"settings": SETTINGS.model_copy(update={"currency": "EUR"})},
    {"settings": SETTINGS.model_copy(update={"documents": Documents(locale="en")})},
    {"schemes": (SchemeVersion(scheme="cs_monthly", effective_from="2026-01-01", text="scheme: other\n"),)},
    {"results": results(provisional=True)},
])  # fmt: skip
def test_every_input_counts(ledger, change):
    record(ledger, revision_input())
    assert record(ledger, revision_input(**change)).number == 2


@pytest.mark.parametrize("change", [
    {"delivery": Delivery(host="other.example.com")},
    {"schedule": Schedule(cron="0 0 1 * *")},
    {"documents": Documents(workers=7)},
    {"task_runner": "processes"},
    {"ledger": Ledger(url="sqlite:///elsewhere")},
])  # fmt: skip
def test_settings_that_change_no_number_make_no_revision(ledger, change):
    record(ledger, revision_input())
    assert record(ledger, revision_input(settings=SETTINGS.model_copy(update=change))).created is False


def test_the_ledger_does_not_keep_its_own_password(ledger):
    secret = Ledger(url="postgresql://jixiao:hunter2@db/ledger")
    record(ledger, revision_input(settings=SETTINGS.model_copy(update={"ledger": secret})))
    with ledger.connect() as con:
        assert "hunter2" not in con.scalar(sa.select(settings.c.body))
    assert verify_chain(ledger) == []


def test_going_back_to_older_inputs_is_a_new_revision(ledger):
    numbers = [record(ledger, revision_input(snapshot)).number for snapshot in ("s1", "s2", "s1")]
    assert numbers == [1, 2, 3]
    assert latest(ledger, "2026-10").number == 3


def test_revisions_of_all_periods_form_one_chain(ledger):
    ids = [record(ledger, revision_input(period=period)).id for period in ("2026-10", "2026-09", "2026-11")]
    assert ids == [1, 2, 3]
    assert periods(ledger) == ("2026-09", "2026-10", "2026-11")
    assert verify_chain(ledger) == []


def test_past_scores_are_those_of_the_latest_revisions(ledger):
    for period, snapshot, score in [
        ("2026-07", "a", "70"), ("2026-08", "a", "80"), ("2026-08", "b", "81"), ("2026-09", "a", "90"),
        ("2026-10", "a", "99"),
    ]:  # fmt: skip
        people = (person("E1", score), *([person("E2")] if period == "2026-09" else []))
        record(ledger, revision_input(snapshot, period, results=results(people, period=period)))
    past = previous_scores(ledger, ("E1", "E2", "E3"), parse("2026-10"), 2)
    assert [(score.period, score.score) for score in past["E1"]] == [("2026-08", Decimal(81)), ("2026-09", Decimal(90))]
    assert len(past["E2"]) == 1
    assert past["E3"] == ()


def test_an_unknown_revision_is_said_to_be_unknown(ledger):
    with pytest.raises(NotFoundError, match="no revision 7"):
        load_results(ledger, 7)
    assert latest(ledger, "2026-10") is None
