"""`_row` is the row a person finds in the file, whatever quotes, packing, threads and broken lines there are."""

import gzip
import random

import pytest

from tests.source_company import Staged, add_file, add_source, make_company

SOURCE = """
source: shops
kind: files
inputs: {shops: {path: data/inbox/*}}
tables:
  shops: select id as shop_id, note as title, row_as_written as platform, 'CNY' as currency, _file, _row from shops
"""
WRONG = "select count(*) from shops where platform <> _row::varchar"


def lines(count, rng):
    """Rows that carry their own number; some notes have line ends and quotes inside."""
    for row in range(1, count + 1):
        note = rng.choice(["plain", '"two\nlines"', '"a ""quoted"" word"', '"x,y"', '"three\r\nmore\nlines"'])
        yield f"id{row},{note},{row}\n"


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("packed", [False, True])
def test_row_numbers_survive_quoted_line_ends_packing_and_threads(tmp_path, threads, packed):
    company = make_company(tmp_path, threads=threads)
    add_source(company, SOURCE)
    rng = random.Random(5)  # noqa: S311  -- the same file every time
    for name in "ab":
        text = "id,note,row_as_written\n" + "".join(lines(60_000, rng)).replace("id", f"id{name}")
        content = text.replace(f"id{name},note", "id,note", 1).encode()
        add_file(company, f"{name}.csv{'.gz' if packed else ''}", gzip.compress(content, 1) if packed else content)
    staged = Staged(company)
    assert staged.rows("select count(*), count(distinct _file), max(_row) from shops") == [(120_000, 2, 60_000)]
    assert staged.rows(WRONG) == [(0,)]


def test_row_numbers_survive_a_scan_in_many_pieces(tmp_path):
    company = make_company(tmp_path, threads=4)
    add_source(company, SOURCE)
    rows = "".join(
        f"id{row},{'x' * 500},{row}\n" for row in range(1, 250_001)
    )  # 125 MB: several threads, several buffers
    add_file(company, "big.csv", f"id,note,row_as_written\n{rows}")
    staged = Staged(company)
    assert staged.rows("select count(*) from shops") == [(250_000,)]
    assert staged.rows(WRONG) == [(0,)]


def test_broken_lines_are_counted_as_rows_and_named(tmp_path):
    company = make_company(tmp_path)
    add_source(company, SOURCE)
    add_file(
        company, "a.csv",
        "id,note,row_as_written\n"
        "1,fine,1\n"
        "2,too,many,2\n"
        '3,"two\nlines",3\n'
        '4,"never closed,4\n'
        "5,fine,5\n"
        "6,short\n"
        '7,"closed",7\n'
        '8,"tail"x,8\n'
        "\n"
        "9,fine,9\n"
        '10,"open at the end,10\n'
        "11,fine,11\n",
    )  # fmt: skip
    staged = Staged(company)
    assert staged.rows("select _row from shops order by _row") == [(1,), (3,), (5,), (7,), (9,), (11,)]
    assert staged.rows(WRONG) == [(0,)]
    assert staged.rows('select "row", reason from rejected order by "row"') == [
        (2, "4 columns, the header has 3"),
        (4, "a quote is opened and not closed"),
        (6, "2 columns, the header has 3"),
        (8, "a quote inside a value is not doubled"),
        (10, "a quote is opened and not closed"),
    ]
    assert staged.rows("select distinct table_name, source, file, field, value from rejected") == [
        ("shops", "shops", "data/inbox/a.csv", None, None)
    ]


def test_one_broken_file_does_not_disturb_the_others(tmp_path):
    company = make_company(tmp_path)
    add_source(company, SOURCE)
    for name in "abc":
        bad = "2,too,many,2\n" if name == "b" else f"{name}2,fine,2\n"
        add_file(company, f"{name}.csv", f"id,note,row_as_written\n{name}1,fine,1\n{bad}{name}3,fine,3\n")
    staged = Staged(company)
    assert staged.rows(WRONG) == [(0,)]
    assert staged.rows("select _file, count(*) from shops group by all order by all") == [
        ("data/inbox/a.csv", 3), ("data/inbox/b.csv", 2), ("data/inbox/c.csv", 3),
    ]  # fmt: skip


def test_mixed_line_ends_are_read(tmp_path):
    company = make_company(tmp_path)
    add_source(company, SOURCE)
    add_file(company, "a.csv", "id,note,row_as_written\r\n1,x,1\n2,x,2\r\n3,x,3")
    staged = Staged(company)
    assert staged.rows("select shop_id, platform from shops order by 1") == [("1", "1"), ("2", "2"), ("3", "3")]
    assert staged.rows(WRONG) == [(0,)]
