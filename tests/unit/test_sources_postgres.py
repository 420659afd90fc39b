"""Databases as sources: exact values, streamed, and really read-only. PostgreSQL is a real one."""

# ruff: noqa: DTZ001  -- shop wall time has no zone

import sqlite3
from datetime import date, datetime
from decimal import Decimal

import psycopg
import pytest

from flows.sources import databases
from tests.source_company import Staged, add_source, make_company
from transforms.errors import ConfigError, SourceError

SOURCE = """
source: helpdesk
kind: sql
url_env: JIXIAO_TEST_URL
inputs:
  ratings:
    query: QUERY
tables:
  ratings: |
    select id as rating_id, 's1' as shop_id, 'chat' as channel, rated as rated_at, score, '5' as score_max,
           praise, _file, _row from ratings
"""
QUERY = "select id, rated, score, praise from given where rated >= timestamp '2026-10-01 00:00:00' order by id"


@pytest.fixture
def given(postgres_database):
    with psycopg.connect(postgres_database) as con:
        con.execute("create table given (id text, rated timestamp, score numeric(18, 4), praise boolean)")
        con.execute(
            "insert into given values ('R1', '2026-10-01 09:00:00.5', 4.1234, true), ('null', '2026-10-02', 5, false),"
            " ('R3', '2026-10-03', null, false), ('old', '2026-01-01', 1, false)"
        )
    return postgres_database


def company_of(tmp_path, monkeypatch, url, query=QUERY):
    company = make_company(tmp_path)
    add_source(company, SOURCE.replace("QUERY", f'"{query}"'))
    monkeypatch.setenv("JIXIAO_TEST_URL", url)
    return company


def test_rows_of_a_query_are_typed_exactly(tmp_path, monkeypatch, given):
    staged = Staged(company_of(tmp_path, monkeypatch, given))
    assert staged.rows(
        "select rating_id, rated_at, score, praise, _source, _file, _row from ratings order by _row"
    ) == [
        ("R1", datetime(2026, 10, 1, 9, 0, 0, 500000), Decimal("4.1234"), True, "helpdesk", "helpdesk.ratings", 1),
        ("null", datetime(2026, 10, 2), Decimal("5.0000"), False, "helpdesk", "helpdesk.ratings", 3),
    ]
    assert staged.rows('select field, reason, file, "row" from rejected') == [
        ("score", "required, but empty", "helpdesk.ratings", 2)
    ]


def test_many_rows_are_streamed_in_batches(tmp_path, monkeypatch, given):
    monkeypatch.setattr(databases, "BATCH_ROWS", 1000)
    values = "'R' || i as id, timestamp '2026-10-01' as rated, 1 as score, true as praise"
    query = f"select {values} from generate_series(1, 12345) i"
    staged = Staged(company_of(tmp_path, monkeypatch, given, query))
    assert staged.rows("select count(*), count(*) filter (where rating_id = 'R' || _row) from ratings") == [
        (12345, 12345)
    ]
    assert staged.report.files[0].rows == 12345


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("delete from given returning *", "syntax error"),  # only a SELECT can be declared a cursor
        ("with gone as (delete from given returning *) select * from gone", "must not contain data-modifying"),
        ("select wipe() as id", "read-only transaction"),
        ("select nextval('counter') as id", "read-only transaction"),  # would outlive a rollback
        ("select set_config('transaction_read_only', 'off', true), wipe()", "read-write mode"),
        ("select set_config('default_transaction_read_only', 'off', false), wipe()", "read-only transaction"),
        ("select 1; commit; delete from given", "multiple commands"),
    ],
)
def test_postgresql_refuses_to_write(tmp_path, monkeypatch, given, query, answer):
    with psycopg.connect(given) as con:
        con.execute("create function wipe() returns int language sql volatile as 'delete from given; select 1'")
        con.execute("create sequence counter")
    with pytest.raises(SourceError, match=answer) as caught:
        Staged(company_of(tmp_path, monkeypatch, given, query))
    assert caught.value.where.file == "config/sources/source.yaml"
    with psycopg.connect(given) as con:
        assert con.execute("select count(*), min(last_value) from given, counter").fetchone() == (4, 1)
        assert con.execute("select is_called from counter").fetchone() == (False,)


def test_a_query_that_fails_says_what_the_database_said(tmp_path, monkeypatch, given):
    with pytest.raises(SourceError, match='column "nothing" does not exist') as caught:
        Staged(company_of(tmp_path, monkeypatch, given, "select nothing from given"))
    assert caught.value.where.field == "inputs"


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path, monkeypatch):
    with pytest.raises(SourceError) as caught:
        Staged(company_of(tmp_path, monkeypatch, "postgresql://reader:secret@127.0.0.1:1/shop"))
    assert "127.0.0.1:1/shop" in str(caught.value)
    assert "secret" not in str(caught.value)


def sqlite_file(tmp_path):
    tmp_path.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(tmp_path / "help desk.sqlite") as con:
        con.execute("create table given (id text, rated text, score real, praise text)")
        con.execute("insert into given values ('R1', '2026-10-01', 4.5, 'true')")
    con.close()


def test_sqlite_is_read_relative_to_the_company(tmp_path, monkeypatch):
    sqlite_file(tmp_path / "data")
    company = company_of(tmp_path, monkeypatch, "sqlite:///data/help desk.sqlite", "select * from given")
    assert Staged(company).rows("select rated_at::date, score from ratings") == [(date(2026, 10, 1), Decimal("4.5000"))]


@pytest.mark.parametrize(
    "query", ["delete from given returning *", "insert into given values (1, 2, 3, 4) returning *"]
)
def test_sqlite_refuses_to_write(tmp_path, monkeypatch, query):
    sqlite_file(tmp_path)
    with pytest.raises(SourceError, match="readonly"):
        Staged(company_of(tmp_path, monkeypatch, "sqlite:///help desk.sqlite", query))


def test_a_sqlite_file_that_is_not_there_is_not_made(tmp_path, monkeypatch):
    with pytest.raises(SourceError, match=r"there is no SQLite file 'nothing\.sqlite'"):
        Staged(company_of(tmp_path, monkeypatch, "sqlite:///nothing.sqlite"))
    assert not (tmp_path / "nothing.sqlite").exists()


def test_a_missing_column_is_named(tmp_path, monkeypatch):
    sqlite_file(tmp_path)
    company = company_of(tmp_path, monkeypatch, "sqlite:///help desk.sqlite", "select id from given")
    text = (company.sources / "source.yaml").read_text(encoding="utf-8")
    add_source(company, text.replace("  ratings:\n    query", "  ratings:\n    columns: [id, score]\n    query"))
    with pytest.raises(SourceError, match="the column 'score' is missing"):
        Staged(company)


@pytest.mark.parametrize(
    ("url", "what"),
    [("mysql://u@h/d", "'mysql' cannot be opened read-only"), ("", "JIXIAO_TEST_URL is not set"),
     ("not a url", "not a SQLAlchemy url")],
)  # fmt: skip
def test_addresses_that_cannot_be_used(tmp_path, monkeypatch, url, what):
    with pytest.raises(ConfigError, match=what):
        Staged(company_of(tmp_path, monkeypatch, url))
