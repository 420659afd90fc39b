"""What a user reads when a source is wrong: where, what, and what to do; nothing is staged and nothing is left."""

import gzip

import pytest

from flows.sources import load_sources
from tests.source_company import ORDER_HEADER, ORDERS, Staged, add_file, add_source, make_company, orders_company
from transforms.errors import ConfigError, SourceError

LINES = "A1,s1,张三,2026-10-01,1,\nA2,s1,李四,2026-10-01,1,\n"


def refused(company, kind=SourceError):
    with pytest.raises(kind) as caught:
        Staged(company)
    temporary = company.data / "tmp"
    assert {path.name for path in temporary.glob("*")} <= {".lock"}
    return caught.value


def test_no_file_where_one_is_required(tmp_path):
    company = make_company(tmp_path)
    add_source(company, ORDERS)
    error = refused(company)
    assert (error.where.file, error.where.line, error.where.field) == (
        "config/sources/source.yaml",
        4,
        "inputs.orders.path",
    )
    assert "no file matches 'data/inbox/orders/*.csv'" in error.what
    assert "required: false" in error.todo


def test_a_declared_column_is_missing(tmp_path):
    company = make_company(tmp_path)
    add_source(company, ORDERS.replace("*.csv}", "*.csv, columns: [订单编号, 买家名]}"))
    add_file(company, "orders/a.csv", f"{ORDER_HEADER}\n{LINES}")
    error = refused(company)
    assert (error.where.file, error.where.field) == ("data/inbox/orders/a.csv", "买家名")
    assert "did you mean '买家'" in error.todo
    assert "更新时间" in error.todo


def test_a_column_only_the_select_uses_is_missing(tmp_path):
    company = make_company(tmp_path)
    add_source(company, ORDERS.replace('"买家" as', '"买家昵称" as'))
    add_file(company, "orders/a.csv", f"{ORDER_HEADER}\n{LINES}")
    error = refused(company)
    assert (error.where.file, error.where.line) == ("config/sources/source.yaml", 6)
    assert 'Referenced column "买家昵称" not found' in error.what
    assert '"买家"' in error.what
    assert "Binder" not in error.what
    assert "\n" not in str(error)


def test_gb18030_declared_as_utf_8_in_the_header(tmp_path):
    company = make_company(tmp_path)
    add_source(company, ORDERS)
    add_file(company, "orders/a.csv", f"{ORDER_HEADER}\n{LINES}", "gb18030")
    error = refused(company)
    assert (error.where.file, error.where.row) == ("data/inbox/orders/a.csv", 0)
    assert "encoding: gb18030" in error.todo


@pytest.mark.parametrize("packed", [False, True])
def test_a_byte_of_another_encoding_in_a_row(tmp_path, packed):
    company = make_company(tmp_path)
    add_source(company, ORDERS.replace("*.csv}", "*}"))
    content = f"{ORDER_HEADER}\nA1,s1,b,2026-10-01,1,\n".encode() + "A2,s1,李四,2026-10-01,1,\n".encode("gb18030")
    name = "orders/a.csv.gz" if packed else "orders/a.csv"
    add_file(company, name, gzip.compress(content) if packed else content)
    error = refused(company)
    assert (error.where.file, error.where.row) == (f"data/inbox/{name}", 2)
    assert "does not belong to the declared encoding utf-8" in error.what


def test_a_byte_that_is_not_gb18030(tmp_path):
    company = make_company(tmp_path)
    add_source(company, ORDERS.replace("kind: files", "kind: files\nencoding: gb18030"))
    add_file(company, "orders/a.csv", f"{ORDER_HEADER}\n{LINES}".encode("gb18030") + b"A3,s1,\xff\xff,2026-10-01,1,\n")
    error = refused(company)
    assert error.where.row == 3
    assert "encoding: utf-8" in error.todo


def test_utf_8_declared_as_gb18030(tmp_path):
    company = make_company(tmp_path)
    text = ORDERS.replace("kind: files", "kind: files\nencoding: gb18030").replace(
        "*.csv}", "*.csv, columns: [订单编号]}"
    )
    add_source(company, text)
    add_file(company, "orders/a.csv", f"{ORDER_HEADER}\n{LINES}")
    assert "encoding: utf-8" in refused(company).todo


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf"])
def test_an_empty_file(tmp_path, content):
    company = make_company(tmp_path)
    add_source(company, ORDERS)
    add_file(company, "orders/a.csv", content)
    assert "empty" in refused(company).what


def test_a_truncated_gz(tmp_path):
    company = make_company(tmp_path)
    add_source(company, ORDERS.replace("*.csv}", "*.gz}"))
    content = gzip.compress(
        f"{ORDER_HEADER}\n{''.join(f'A{n},s1,b{n * 7919},2026-10-01,1,' for n in range(9999))}".encode()
    )
    add_file(company, "orders/a.csv.gz", content[: len(content) // 2])
    error = refused(company)
    assert error.where.file == "data/inbox/orders/a.csv.gz"
    assert "cannot be read" in error.what


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_a_file_of_another_format(tmp_path, kind):
    company = make_company(tmp_path)
    add_source(company, ORDERS.replace("kind: files", f"kind: files\nformat: {kind}").replace("*.csv", f"*.{kind}"))
    add_file(company, f"orders/a.{kind}", "this is text")
    error = refused(company)
    assert error.where.file == f"data/inbox/orders/a.{kind}"
    assert "cannot be read" in error.what


def test_no_such_sheet(tmp_path):
    import openpyxl

    company = make_company(tmp_path)
    openpyxl.Workbook().save(add_file(company, "orders/a.xlsx", b""))
    text = ORDERS.replace("kind: files", "kind: files\nformat: xlsx").replace("*.csv}", "*.xlsx, sheet: Sheat}")
    add_source(company, text)
    assert "did you mean 'Sheet'" in refused(company).todo


def test_an_environment_variable_that_is_not_set(tmp_path):
    company = make_company(tmp_path)
    add_source(company, ORDERS.replace("data/inbox", "$JIXIAO_NOT_SET"))
    assert "JIXIAO_NOT_SET is not set" in refused(company, ConfigError).what


@pytest.mark.parametrize(
    ("old", "new", "what", "todo"),
    [
        ("as buyer_id", "as buyer_name", "no column 'buyer_name'", "did you mean 'buyer_id'"),
        ("'created' as status,", "", "lacks the required column 'status'", "add it to the select"),
        (", _file, _row", "", "lacks the required column '_file'", "add it"),
        ('"创建时间" as created_at', "now() as created_at", "carries a time zone", "wall time"),
        ("from orders", "fro orders", "not valid SQL", "one SELECT"),
        ("from orders", "from orders; select 1", "more than one statement", "one SELECT"),
        ('select "订单编号"', 'delete from orders -- "订单编号"', "not valid SQL", "one SELECT"),
    ],
)  # fmt: skip
def test_a_select_that_does_not_fit_the_contract(tmp_path, old, new, what, todo):
    company = make_company(tmp_path)
    add_source(company, ORDERS.replace(old, new))
    add_file(company, "orders/a.csv", f"{ORDER_HEADER}\n{LINES}")
    error = refused(company, ConfigError)
    assert (error.where.file, error.where.line, error.where.field) == ("config/sources/source.yaml", 6, "tables.orders")
    assert what in error.what
    assert todo in error.todo


def test_a_select_that_fails_on_a_row(tmp_path):
    company = make_company(tmp_path)
    add_source(company, ORDERS.replace('fen("金额")', '"买家"::bigint'))
    add_file(company, "orders/a.csv", f"{ORDER_HEADER}\n{LINES}")
    error = refused(company)
    assert "the select for orders fails: Could not convert string '张三' to INT64" in error.what


def test_a_select_sees_its_own_inputs_only(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,")
    other = "source: zz\nkind: files\ninputs: {x: {path: data/inbox/x.csv}}\ntables:\n  orders: from orders\n"
    add_source(company, other, "zz")
    add_file(company, "x.csv", "a\n1\n")
    assert "Table with name orders does not exist" in refused(company).what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (ORDERS.replace("kind: files", "kind: filse"), "'filse' is not a kind of source"),
        (ORDERS.replace("tables:\n  orders:", "tables:\n  order:"), "'order' is not a canonical table"),
        (ORDERS.replace("kind: files", "kind: files\nencoding: latin"), "'latin' is not allowed for encoding"),
        (ORDERS.replace("path:", "paht:"), "unknown key 'paht'"),
        (ORDERS.replace("source: tmall", "source: T-mall"), "not a plain name"),
    ],
)
def test_a_source_file_that_does_not_fit(tmp_path, text, what):
    company = make_company(tmp_path)
    add_source(company, text)
    with pytest.raises(ConfigError) as caught:
        load_sources(company)
    assert what in str(caught.value)
    assert "source.yaml" in str(caught.value.where)
    assert caught.value.where.line


def test_two_sources_of_one_name(tmp_path):
    company = make_company(tmp_path)
    add_source(company, ORDERS, "a")
    add_source(company, ORDERS, "b")
    with pytest.raises(ConfigError, match=r"also used in config/sources/a\.yaml"):
        load_sources(company)


def test_no_source_at_all(tmp_path):
    with pytest.raises(ConfigError, match="there is no source"):
        load_sources(make_company(tmp_path))
