"""Every format and encoding ends as the same typed rows, each with its file and row."""

# ruff: noqa: DTZ001  -- shop wall time has no zone

import gzip
from datetime import datetime

import duckdb
import openpyxl
import pytest

from tests.source_company import ORDER_HEADER, ORDERS, Staged, add_file, add_source, make_company, orders_company

LINES = 'A1,s1,张三,2026-10-01 09:00:00,12.50,\nA2,s1,犇犇,2026-10-02 10:00:00,"1,000",\n'
EXPECTED = [("A1", "张三", 1250, 1), ("A2", "犇犇", 100000, 2)]
ASK = "select order_id, buyer_id, order_amount_fen, _row from orders order by order_id"


def source(**settings):
    """The source ORDERS with settings put in."""
    extra = "".join(f"{key}: {value}\n" for key, value in settings.items() if key != "path")
    return ORDERS.replace("kind: files\n", f"kind: files\n{extra}").replace(
        "data/inbox/orders/*.csv", settings.get("path", "data/inbox/orders/*.csv")
    )


@pytest.mark.parametrize(
    ("settings", "name", "content"),
    [
        ({}, "a.csv", f"{ORDER_HEADER}\n{LINES}".encode()),
        ({}, "bom.csv", f"\ufeff{ORDER_HEADER}\n{LINES}".encode()),
        ({"encoding": "utf-8-sig"}, "bom.csv", f"\ufeff{ORDER_HEADER}\n{LINES}".encode()),
        ({"encoding": "gb18030"}, "gb.csv", f"{ORDER_HEADER}\n{LINES}".encode("gb18030")),
        ({"path": "data/inbox/orders/*.csv.gz"}, "a.csv.gz", gzip.compress(f"{ORDER_HEADER}\n{LINES}".encode())),
        ({"path": "data/inbox/orders/*.gz", "encoding": "gb18030"}, "gb.csv.gz",
         gzip.compress(f"{ORDER_HEADER}\n{LINES}".encode("gb18030"))),
        ({}, "crlf.csv", f"{ORDER_HEADER}\n{LINES}".replace("\n", "\r\n").encode()),
        ({"delimiter": "'\t'"}, "tab.csv",
         f"{ORDER_HEADER}\n{LINES}".replace('"1,000"', "1000").replace(",", "\t").encode()),
    ],
)  # fmt: skip
def test_csv_in_every_encoding_gives_the_same_rows(tmp_path, settings, name, content):
    company = make_company(tmp_path)
    add_source(company, source(**settings))
    add_file(company, f"orders/{name}", content)
    staged = Staged(company)
    assert staged.rows(ASK) == EXPECTED
    assert staged.rows("select distinct _source, _file from orders") == [("tmall", f"data/inbox/orders/{name}")]


def test_excel_keeps_whole_numbers_dates_and_truth_as_written(tmp_path):
    company = make_company(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(ORDER_HEADER.split(","))
    sheet.append([20261001000001, "s1", "NA", datetime(2026, 10, 1, 9), 12.5, None])
    sheet.append(["A2", "s1", "=1+1", "2026-10-02", 1000, datetime(2026, 10, 3)])
    sheet["C3"].data_type = "s"
    path = add_file(company, "orders/a.xlsx", b"")
    book.save(path)
    add_file(company, "orders/~$a.xlsx", b"Excel's lock file")
    add_source(company, source(format="xlsx", path="data/inbox/orders/*.xlsx"))
    staged = Staged(company)
    assert staged.rows("select order_id, buyer_id, created_at, order_amount_fen, _row from orders order by _row") == [
        ("20261001000001", "NA", datetime(2026, 10, 1, 9), 1250, 1),
        ("A2", "=1+1", datetime(2026, 10, 2), 100000, 2),
    ]


def test_excel_sheet_can_be_named(tmp_path):
    company = make_company(tmp_path)
    book = openpyxl.Workbook()
    book.active.append(["nothing here"])
    sheet = book.create_sheet("订单")
    sheet.append(ORDER_HEADER.split(","))
    sheet.append(["A1", "s1", "b", "2026-10-01", "1", ""])
    book.save(add_file(company, "orders/a.xlsx", b""))
    text = source(format="xlsx").replace(
        "{path: data/inbox/orders/*.csv}", "{path: data/inbox/orders/*.xlsx, sheet: 订单}"
    )
    add_source(company, text)
    assert Staged(company).rows("select order_id from orders") == [("A1",)]


def test_parquet_is_read_by_row_number(tmp_path):
    company = make_company(tmp_path)
    path = add_file(company, "orders/a.parquet", b"")
    duckdb.sql(
        "copy (select 'A' || i as \"订单编号\", 's1' as \"店铺\", 'b' as \"买家\", "
        "timestamp '2026-10-01' as \"创建时间\", "
        f'1.5::decimal(9,2) as "金额", null::timestamp as "更新时间" from range(5) t(i)) to \'{path}\''
    )
    add_source(company, source(format="parquet", path="data/inbox/orders/*.parquet"))
    assert Staged(company).rows("select order_id, order_amount_fen, _row from orders order by _row") == [
        (f"A{i}", 150, i + 1) for i in range(5)
    ]


def test_json_lines_have_a_column_a_key_and_broken_lines_are_named(tmp_path):
    company = make_company(tmp_path)
    add_file(
        company, "orders/a.jsonl",
        '{"订单编号": "A1", "店铺": "s1", "买家": "null", "创建时间": "2026-10-01", "金额": 1.10}\n'
        '{"订单编号": "A2", \n'
        '{"金额": "2", "店铺": "s1", "买家": "b", "创建时间": "2026-10-01", "订单编号": "A3", "更新时间": null}\n',
    )  # fmt: skip
    add_source(company, source(format="jsonl", path="data/inbox/orders/*.jsonl"))
    staged = Staged(company)
    assert staged.rows("select order_id, buyer_id, order_amount_fen, _row from orders order by _row") == [
        ("A1", "null", 110, 1), ("A3", "b", 200, 3),
    ]  # fmt: skip
    assert staged.rows('select table_name, file, "row", reason from rejected') == [
        ("orders", "data/inbox/orders/a.jsonl", 2, "the line is not a JSON object")
    ]


def test_names_that_look_like_nothing_stay_names(tmp_path):
    company = orders_company(
        tmp_path,
        a="".join(f"A{n},s1,{name},2026-10-01,1,\n" for n, name in enumerate(["NA", "null", "None", "NULL", "nan"])),
    )
    assert Staged(company).rows("select buyer_id from orders order by order_id") == [
        ("NA",), ("null",), ("None",), ("NULL",), ("nan",),
    ]  # fmt: skip


def test_files_whose_columns_differ_are_joined_by_name(tmp_path):
    company = make_company(tmp_path)
    add_source(company, ORDERS)
    add_file(company, "orders/1.csv", f"{ORDER_HEADER}\nA1,s1,b,2026-10-01,1,\n")
    add_file(company, "orders/2.csv", "金额,订单编号,新列,店铺,买家,创建时间,更新时间\n2,A2,x,s1,b,2026-10-01,\n")
    assert Staged(company).rows(ASK) == [("A1", "b", 100, 1), ("A2", "b", 200, 1)]


def test_damaged_headers_get_names_of_their_own(tmp_path):
    company = make_company(tmp_path)
    add_file(company, "x.csv", "id, category ,category,,_file\nS1,first,second,third,fourth\n")
    add_source(
        company,
        """
        source: x
        kind: files
        inputs: {x: {path: data/inbox/x.csv}}
        tables:
          shops: select id as shop_id, category_1 as title, column3 as platform, _file_1 as currency, _file, _row from x
        """,
    )
    assert Staged(company).rows("select * from shops") == [
        ("S1", "second", "third", "fourth", "x", "data/inbox/x.csv", 1)
    ]


def test_optional_input_without_files_feeds_nothing(tmp_path):
    company = make_company(tmp_path)
    add_source(company, ORDERS.replace("*.csv}", "*.csv, required: false}"))
    staged = Staged(company)
    assert staged.rows("select count(*) from orders") == [(0,)]
    assert staged.report.files == ()


def test_optional_input_with_columns_is_an_empty_table(tmp_path):
    company = make_company(tmp_path)
    columns = ORDER_HEADER.replace(",", ", ")
    add_source(company, ORDERS.replace("*.csv}", f"*.csv, required: false, columns: [{columns}]}}"))
    assert Staged(company).rows("select count(*) from orders") == [(0,)]


def test_path_may_use_an_environment_variable(tmp_path, monkeypatch):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.csv").write_text(f"{ORDER_HEADER}\nA1,s1,b,2026-10-01,1,\n", encoding="utf-8")
    company = make_company(tmp_path / "company")
    add_source(company, source(path="$EXPORTS/*.csv"))
    monkeypatch.setenv("EXPORTS", str(outside))
    assert Staged(company).rows("select _file from orders") == [((outside / "a.csv").as_posix(),)]


def test_report_says_what_was_read(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,", b="A2,s1,b,2026-10-01,1,\nA3,s1,b")
    first, second = Staged(company).report.files
    assert (first.file, first.rows, first.broken) == ("data/inbox/orders/a.csv", 1, 0)
    assert (second.file, second.rows, second.broken) == ("data/inbox/orders/b.csv", 2, 1)
    assert len(first.sha256) == 64 != first.sha256 == second.sha256 or first.sha256 != second.sha256


def test_nothing_temporary_is_left(tmp_path):
    company = make_company(tmp_path)
    add_source(company, source(encoding="gb18030"))
    add_file(company, "orders/a.csv", f"{ORDER_HEADER}\n{LINES}", "gb18030")
    staged = Staged(company)
    staged.con.close()
    assert [path.name for path in (company.data / "tmp").iterdir()] == [".lock"]
