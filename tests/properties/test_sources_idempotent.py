"""Whatever the order, the overlap and the repeats of exports: the same rows are the same snapshot."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.sources import csv_repair, load_sources, stage
from flows.warehouse.snapshot_connection import connect
from flows.warehouse.snapshots import discard, write_snapshot
from tests.source_company import ORDER_HEADER, ORDERS, add_file, add_source, make_company

NAMES = st.sampled_from(["张三", "NA", "null", "犇 犇", "𠮷", 'a"b', "x,y"])
ROWS = st.lists(
    st.tuples(
        st.integers(0, 12).map(lambda n: f"A{n}"), st.sampled_from(["s1", "s2"]), NAMES, st.integers(1, 28),
        st.integers(0, 999).map(str) | st.just("broken"),
    ),
    max_size=14, unique_by=lambda row: row[:2],
)  # fmt: skip


def line(row):
    order, shop, name, day, amount = row
    return f'{order},{shop},"{name.replace(chr(34), chr(34) * 2)}",2026-10-{day:02},{amount},\n'


def snapshot_of(exports):
    """The id of the snapshot of some exports, and its counts of orders."""
    root = Path(tempfile.mkdtemp())
    try:
        company = make_company(root)
        add_source(company, ORDERS)
        add_file(company, "orders/none.csv", ORDER_HEADER + "\n")
        for place, rows in enumerate(exports):
            add_file(company, f"orders/{place}.csv", ORDER_HEADER + "\n" + "".join(map(line, rows)))
        con = connect(company)
        report = stage(company, load_sources(company), con)
        snapshot = write_snapshot(con, company, report)
        discard(snapshot)
        return snapshot.snapshot_id, report.table("orders")
    finally:
        shutil.rmtree(root)


@settings(max_examples=12, deadline=None)
@given(rows=ROWS, data=st.data())
def test_order_overlap_and_repeats_do_not_matter(rows, data):
    once, counted = snapshot_of([rows])
    shuffled = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(0, len(rows)))
    again = data.draw(st.lists(st.sampled_from(rows), max_size=5)) if rows else []
    split, counted_again = snapshot_of([again, shuffled[:cut], shuffled[max(0, cut - 2) :], again])
    assert split == once
    assert (counted_again.rows, counted_again.rejected) == (counted.rows, counted.rejected)
    assert counted.rows + counted.rejected == len(rows)


@settings(max_examples=8, deadline=None)
@given(rows=ROWS.filter(len), change=st.integers(0, 1000))
def test_one_other_amount_is_another_snapshot(rows, change):
    *others, (order, shop, name, day, amount) = rows
    other = (order, shop, name, day, f"{change}.01" if amount == "broken" else f"{amount}.01")
    assert snapshot_of([rows])[0] != snapshot_of([[*others, other]])[0]


FIELD = st.text(alphabet='ab",\n x', max_size=6)


@settings(deadline=None)
@given(rows=st.lists(st.tuples(FIELD, FIELD.filter(lambda v: v.strip("\n")), FIELD), max_size=8))
def test_the_forgiving_reader_reads_every_proper_row(rows):
    quoted = [",".join('"' + value.replace('"', '""') + '"' for value in row) + "\n" for row in rows]
    lines = iter("".join(quoted).splitlines(keepends=True))
    read = list(csv_repair.records(lines, ",", 3))
    assert [(record.row, tuple(record.values), record.reason) for record in read] == [
        (place, row, "") for place, row in enumerate(rows, 1)
    ]


@settings(deadline=None)
@given(
    before=st.integers(0, 5), after=st.integers(0, 5), bad=st.sampled_from(['x,"y\n', "x\n", "x,y,z,q\n", '"x"y,z,w\n'])
)
def test_one_bad_line_costs_one_row(before, after, bad):
    lines = ["1,2,3\n"] * before + [bad] + ['4,"5",6\n'] * after
    read = list(csv_repair.records(iter(lines), ",", 3))
    assert [record.row for record in read] == list(range(1, before + after + 2))
    assert [record.row for record in read if record.reason] == [before + 1]
