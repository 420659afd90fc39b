"""The long table, the way back to the rows, and messages that are not stored in order."""

import pytest

from tests.facts import at, chat, employee, facts, measured, order
from transforms.measures.catalogue import MEASURES, RELATIONS, measure_of
from transforms.measures.parameters import MeasureParameters
from transforms.measures.runner import COLUMNS, compute, prepared_rows, source_rows
from transforms.period import parse
from transforms.tables import TABLES

OCTOBER = parse("2026-10")
PARAMETERS = MeasureParameters()


def company():
    return facts(
        messages=chat("b1", "a1", "3 10:00:00 buyer", "3 10:00:20 agent", "3 10:05:00 buyer", "3 10:06:00 agent"),
        orders=[
            order("o1", "b1", "3 10:02:00", paid="3 10:03:00", amount=9900),
            order("o2", "b1", "3 10:03:00", amount=100),
            order("o3", "b2", "4 10:03:00", amount=7),
        ],
    )


def test_the_long_table_has_no_zeros_and_one_row_a_person_shop_day_and_measure():
    table = compute(company(), PARAMETERS, OCTOBER)
    assert tuple(table.columns) == COLUMNS
    assert table["value"].dtype == "int64"
    assert (table["value"] != 0).all()
    assert not table.duplicated(["day", "shop_id", "employee_id", "measure"]).any()


def test_no_facts_give_an_empty_table():
    assert compute(facts(), PARAMETERS, OCTOBER).empty


def test_a_measure_leads_back_to_the_rows_it_counted():
    con = company()
    rows = source_rows(con, PARAMETERS, "owned_order_amount_fen", "E1", None, OCTOBER)
    assert rows["order_id"].tolist() == ["o1", "o2"]
    assert rows["value"].sum() == measured(con)["E1"]["owned_order_amount_fen"]
    assert rows[["_file", "_row"]].values.tolist() == [["orders.csv", 1], ["orders.csv", 2]]
    waits = source_rows(con, PARAMETERS, "wait_seconds", "E1", "customer_service", OCTOBER)
    assert (waits["value"].tolist(), waits["_row"].tolist()) == ([20, 60], [1, 3])


def test_source_rows_keep_to_the_department_the_window_and_the_limit():
    con = company()
    assert source_rows(con, PARAMETERS, "owned_orders", "E1", "logistics", OCTOBER).empty
    assert source_rows(con, PARAMETERS, "owned_orders", "E1", None, parse("2026-09")).empty
    assert len(source_rows(con, PARAMETERS, "owned_orders", "E1", None, OCTOBER, limit=1)) == 1
    assert source_rows(con, PARAMETERS, "silent_orders", None, None, OCTOBER)["order_id"].tolist() == ["o3"]


def test_without_lineage_the_ids_remain():
    con = company()
    con.execute(
        "alter table orders rename to stored; create view orders as select * exclude (_source, _file, _row) from stored"
    )
    rows = source_rows(con, PARAMETERS, "owned_orders", "E1", None, OCTOBER)
    assert rows["order_id"].tolist() == ["o1", "o2"]
    assert "_file" not in rows


def test_every_measure_has_its_rows():
    con = company()
    table = compute(con, PARAMETERS, OCTOBER)
    mine = table[table["employee_id"] == "E1"].groupby("measure")["value"].sum()
    for key, measure in MEASURES.items():
        rows = prepared_rows(con, key, "E1", None)
        assert measure.combine == "max" or rows["value"].sum() == mine.get(key, 0), key


def test_one_reason_of_a_split_measure_has_its_rows():
    refund = {
        "refund_id": "r1",
        "shop_id": "s1",
        "order_id": "o1",
        "kind": "return",
        "reason": "late",
        "requested_at": at("5 10:00"),
    }
    con = facts(
        messages=chat("b1", "a1", "3 10:00 buyer", "3 10:05 agent"),
        refunds=[refund],
        orders=[order("o1", "b1", "3 10:02", paid="3 10:03")],
    )
    assert len(source_rows(con, PARAMETERS, "returned_owned_orders:late", "E1", None, OCTOBER)) == 1
    assert source_rows(con, PARAMETERS, "returned_owned_orders:broken", "E1", None, OCTOBER).empty


def test_a_measure_nobody_declared_is_an_error():
    with pytest.raises(KeyError):
        source_rows(facts(), PARAMETERS, "no_such_measure", "E1", None, OCTOBER)
    with pytest.raises(KeyError):
        measure_of("received:late")


def test_messages_out_of_order_are_put_in_order_first():
    lines = chat("b1", "a1", "3 10:00:00 buyer", "3 10:00:20 agent") + chat(
        "b2", "a1", "3 10:00:05 buyer", "3 10:00:35 agent"
    )
    for disorder in ([0, 2, 1, 3], [1, 0, 3, 2], [3, 2, 1, 0], [2, 3, 0, 1]):
        found = measured(facts(messages=[lines[n] for n in disorder]))["E1"]
        assert (found["waits"], found["wait_seconds"]) == (2, 50), disorder


def test_relations_do_not_hide_canonical_tables():
    assert not RELATIONS.keys() & TABLES.keys()


def test_overlapping_spans_of_an_account_count_once_for_the_later():
    accounts = [
        {"account_id": "a1", "shop_id": "s1", "employee_id": who, "kind": "human", "valid_from": at(start)}
        for who, start in (("E1", "1 00:00"), ("E2", "2 00:00"))
    ]
    con = facts(accounts=accounts, messages=chat("b1", "a1", "3 10:00 buyer"))
    found = measured(con)
    assert (found["E1"]["received"], found["E2"]["received"]) == (0, 1)


def test_computing_again_on_the_same_connection_gives_the_same():
    con = company()
    first = compute(con, PARAMETERS, OCTOBER)
    compute(con, MeasureParameters(filters=()), parse("2026-09"))
    assert compute(con, PARAMETERS, OCTOBER).equals(first)


def test_a_person_without_a_department_still_counts_for_the_company():
    con = facts(assignments=[], accounts=employee("E1")["accounts"], messages=chat("b1", "a1", "3 10:00 buyer"))
    table = compute(con, PARAMETERS, OCTOBER)
    assert table["employee_id"].tolist().count("E1") == len(table)
    assert table["department_id"].isna().all()


def test_rows_without_the_number_are_not_among_those_summed():
    day = {"shop_id": "s1", "day": at("3 00:00").date(), "category": "tea", "page_views": 5, "unique_visitors": 1}
    con = facts(
        responsibilities=[{"employee_id": "E1", "shop_id": "s1", "category": "tea"}],
        traffic=[{**day, "channel": "ads", "visits": 4}, {**day, "channel": "search"}],
    )
    rows = source_rows(con, PARAMETERS, "visits", "E1", None, OCTOBER)
    assert rows[["channel", "value"]].values.tolist() == [["ads", 4]]
    only = source_rows(con, PARAMETERS, "unique_visitors:search", "E1", None, OCTOBER)
    assert only[["channel", "value"]].values.tolist() == [["search", 1]]
