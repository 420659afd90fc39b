"""What a snapshot holds, in which order, and when two snapshots are one."""

import hashlib
import json
from datetime import date

import pytest

from flows.sources import load_sources, stage
from flows.warehouse import snapshots
from flows.warehouse.snapshot_connection import connect
from flows.warehouse.snapshots import discard, load_manifest, open_snapshot, publish, write_snapshot
from tests.source_company import ORDER_HEADER, add_file, add_source, make_company, orders_company
from transforms.errors import NotFoundError, StorageError
from transforms.tables import LINEAGE, TABLES

CHATS = """
source: chats
kind: files
inputs: {m: {path: data/inbox/chats/*.csv}}
tables:
  messages: |
    select id as message_id, shop as shop_id, session as session_id, buyer as buyer_id, 'acc' as account_id,
           sent as sent_at, 'buyer' as direction, 'human' as kind, 'false' as is_filter_phrase,
           '0' as forbidden_phrases, _file, _row from m
"""
CHAT_HEADER = "id,shop,session,buyer,sent,text\n"
CHAT_LINES = (
    "m5,s2,c9,b1,2026-10-01 10:00:00,secret words\n"
    "m3,s1,c1,b2,2026-10-02 00:05:00,secret words\n"
    "m2,s1,c1,b2,2026-10-01 23:59:00,secret words\n"
    "m4,s1,c3,b1,2026-10-02 00:01:00,secret words\n"
    "m1,s1,c2,b1,2026-10-01 23:00:00,secret words\n"
)


def staged(company):
    con = connect(company)
    return write_snapshot(con, company, stage(company, load_sources(company), con))


def stored(company):
    return publish(staged(company))


def chats(tmp_path, lines=CHAT_LINES):
    company = make_company(tmp_path)
    add_source(company, CHATS)
    add_file(company, "chats/a.csv", CHAT_HEADER + lines)
    return company


def objects(company, snapshot_id, table):
    return load_manifest(company, snapshot_id)["tables"][table]


def test_every_table_has_a_view_of_the_contract_even_when_nothing_feeds_it(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,")
    con = open_snapshot(company, stored(company))
    for name, table in TABLES.items():
        found = {row[0]: row[1] for row in con.execute(f"describe {name}").fetchall()}
        assert list(found) == [*table.names, *LINEAGE]
        assert [found[column.name] for column in table.columns] == [column.type.value for column in table.columns]
    assert con.execute("select count(*) from shops").fetchall() == [(0,)]
    assert con.execute("select order_id, _file, _row from orders").fetchall() == [("A1", "data/inbox/orders/a.csv", 1)]


def test_messages_are_cut_by_shop_and_day_of_the_session_and_stand_in_the_order_lag_needs(tmp_path):
    company = chats(tmp_path)
    snapshot_id = stored(company)
    assert [(entry["shop"], entry["part"], entry["rows"]) for entry in objects(company, snapshot_id, "messages")] == [
        ("s1", "2026-10-01", 3),  # the chat that began before midnight is whole
        ("s1", "2026-10-02", 1),
        ("s2", "2026-10-01", 1),
    ]
    con = open_snapshot(company, snapshot_id)
    read = con.execute("select message_id, session_id, lag(session_id) over () from messages").fetchall()
    assert read == [
        ("m1", "c2", None), ("m2", "c1", "c2"), ("m3", "c1", "c1"), ("m4", "c3", "c1"), ("m5", "c9", "c3"),
    ]  # fmt: skip


def test_facts_are_cut_by_shop_and_month_and_the_rest_is_whole(tmp_path):
    company = orders_company(
        tmp_path, a="A1,s1,b,2026-10-01,1,\nA2,s1,b,2026-10-31,1,\nA3,s1,b,2026-11-01,1,\nA4,s2,b,2026-11-01,1,"
    )
    add_source(
        company,
        "source: s\nkind: files\ninputs: {s: {path: data/inbox/s.csv}}\ntables:\n  shops: select *, _file, _row from s",
        "s",
    )
    add_file(company, "s.csv", "shop_id,title,platform,currency\ns1,一,jd,CNY\ns2,二,jd,CNY\n")
    snapshot_id = stored(company)
    assert [(e["shop"], e["part"], e["rows"]) for e in objects(company, snapshot_id, "orders")] == [
        ("s1", "2026-10", 2), ("s1", "2026-11", 1), ("s2", "2026-11", 1),
    ]  # fmt: skip
    assert [(e["shop"], e["part"], e["rows"]) for e in objects(company, snapshot_id, "shops")] == [("", "", 2)]


def test_the_text_of_a_message_is_nowhere_in_the_store(tmp_path):
    company = chats(
        tmp_path, CHAT_LINES + "m9,s1,c1,b1,not a time,secret words\nm10,s1,too,many,columns,secret words,x\n"
    )
    snapshot_id = stored(company)
    con = open_snapshot(company, snapshot_id)
    assert con.execute("select count(*) from rejected").fetchall() == [(2,)]
    columns = {column for name in (*TABLES, "rejected") for column in _texts(con, name)}
    assert columns
    assert not any("secret" in str(value) for value in columns)
    assert not any(b"secret" in path.read_bytes() for path in company.snapshots.rglob("*") if path.is_file())


def _texts(con, name):
    return {value for row in con.execute(f"from {name}").fetchall() for value in row}


def test_rejected_rows_are_stored_with_the_snapshot(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,abc,")
    con = open_snapshot(company, stored(company))
    assert con.execute('select table_name, source, file, "row", field, value, reason from rejected').fetchall() == [
        ("orders", "tmall", "data/inbox/orders/a.csv", 1, "order_amount_fen", "abc", "not a whole number")
    ]


def test_the_manifest_says_what_was_read_and_how_the_objects_hash(tmp_path):
    lines = "A1,s1,b,2026-10-01,1,\nA1,s1,b,2026-10-01,1,\nA2,s1,b,2026-10-01,x,"
    company = orders_company(tmp_path, a=lines)
    snapshot_id = stored(company)
    manifest = load_manifest(company, snapshot_id)
    source = (company.data / "inbox/orders/a.csv").read_bytes()
    assert manifest["sources"] == [
        {"source": "tmall", "input": "orders", "file": "data/inbox/orders/a.csv", "rows": 3, "broken": 0,
         "sha256": hashlib.sha256(source).hexdigest()}
    ]  # fmt: skip
    assert manifest["counts"]["orders"] == {
        "table": "orders",
        "rows": 1,
        "duplicates": 1,
        "superseded": 0,
        "rejected": 1,
    }
    assert manifest["contract"] == snapshots.contract_version()
    (entry,) = manifest["tables"]["orders"]
    path = company.snapshots / "objects" / entry["content"][:2] / f"{entry['content']}.parquet"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
    assert snapshots.identity(manifest) == snapshot_id == manifest["snapshot_id"]


def test_the_same_rows_are_the_same_snapshot_and_nothing_is_written_again(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,\nA2,s1,b,2026-11-01,1,")
    first = stored(company)
    before = {path: path.stat().st_mtime_ns for path in company.snapshots.rglob("*") if path.is_file()}
    add_file(company, "orders/z.csv", f"{ORDER_HEADER}\nA2,s1,b,2026-11-01,1,\n")
    assert stored(company) == first
    assert {path: path.stat().st_mtime_ns for path in company.snapshots.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "changed",
    ["A1,s1,b,2026-10-01,2,", "A1,s1,b,2026-10-01 00:00:01,1,", "A1,s1,B,2026-10-01,1,", "A1,s2,b,2026-10-01,1,",
     "A1,s1,b,2026-10-01,1,2026-10-02", "A1,s1,b,2026-10-01,1,\nA2,s1,b,2026-10-01,1,", "A1,s1,b,2026-10-01,x,", ""],
)  # fmt: skip
def test_any_other_value_is_another_snapshot(tmp_path, changed):
    one = orders_company(tmp_path / "one", a="A1,s1,b,2026-10-01,1,")
    two = orders_company(tmp_path / "two", a=changed)
    assert stored(one) != stored(two)


def test_a_new_rejected_row_is_another_snapshot(tmp_path):
    one = orders_company(tmp_path / "one", a="A1,s1,b,2026-10-01,1,")
    two = orders_company(tmp_path / "two", a="A1,s1,b,2026-10-01,1,\nA2,s1,b,2026-10-01,x,")
    assert stored(one) != stored(two)


def test_partitions_that_did_not_change_are_shared(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-09-01,1,\nA2,s1,b,2026-10-01,1,")
    first = stored(company)
    add_file(company, "orders/b.csv", f"{ORDER_HEADER}\nA3,s1,b,2026-10-02,1,\n")
    second = stored(company)
    old, new = (objects(company, snapshot_id, "orders") for snapshot_id in (first, second))
    assert [entry["part"] for entry in old] == [entry["part"] for entry in new]
    assert old[0] == new[0]
    assert old[1]["content"] != new[1]["content"]
    assert len(list(company.snapshots.rglob("*.parquet"))) == 3
    assert open_snapshot(company, first).execute("select count(*) from orders").fetchall() == [(2,)]
    assert open_snapshot(company, second).execute("select count(*) from orders").fetchall() == [(3,)]


@pytest.mark.parametrize("threads", [1, 4])
def test_objects_are_equal_byte_by_byte_when_made_again(tmp_path, threads):
    lines = "".join(
        f"m{n},s{n % 2},c{n // 9},b{n % 13},2026-10-0{1 + n % 7} 10:00:{n % 60:02},x\n" for n in range(5000)
    )
    hashes = []
    for place, limit in enumerate((1, threads)):
        company = make_company(tmp_path / str(place), threads=limit)
        add_source(company, CHATS)
        add_file(company, "chats/a.csv", CHAT_HEADER + lines)
        hashes.append([entry["sha256"] for entry in objects(company, stored(company), "messages")])
    assert hashes[0] == hashes[1]


def test_a_staged_snapshot_can_be_read_but_is_not_there_until_published(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,")
    snapshot = staged(company)
    assert not list(company.snapshots.glob("*.json"))
    assert open_snapshot(company, snapshot.snapshot_id).execute("select count(*) from orders").fetchall() == [(1,)]
    discard(snapshot)
    assert [path.name for path in company.snapshots.iterdir()] == [".lock"]
    with pytest.raises(NotFoundError):
        open_snapshot(company, snapshot.snapshot_id)


def test_publishing_twice_changes_nothing(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,")
    one, two = staged(company), staged(company)
    assert publish(one) == publish(two) == one.snapshot_id
    assert len(list(company.snapshots.glob("*.json"))) == 1
    assert not list(company.snapshots.glob(".staging-*"))


def test_two_runs_that_staged_the_same_object_publish_one(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,")
    one = staged(company)
    add_file(company, "orders/b.csv", f"{ORDER_HEADER}\nA1,s1,b,2026-10-01,1,\nA2,s1,b,2026-11-01,1,\n")
    two = staged(company)
    publish(one)
    publish(two)
    shared = objects(company, one.snapshot_id, "orders")[0]
    assert objects(company, two.snapshot_id, "orders")[0] == shared
    path = company.snapshots / "objects" / shared["content"][:2] / f"{shared['content']}.parquet"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == shared["sha256"]


def test_a_damaged_object_is_named_and_made_again_by_the_next_run(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,")
    snapshot_id = stored(company)
    (path,) = company.snapshots.rglob("*.parquet")
    path.write_bytes(b"PAR1")
    with pytest.raises(StorageError, match="missing or damaged") as caught:
        open_snapshot(company, snapshot_id)
    assert caught.value.where.file == str(path)
    add_file(company, "orders/b.csv", f"{ORDER_HEADER}\nA2,s1,b,2026-12-01,1,\n")
    assert open_snapshot(company, stored(company)).execute("select count(*) from orders").fetchall() == [(2,)]
    assert open_snapshot(company, snapshot_id).execute("select count(*) from orders").fetchall() == [(1,)]


def test_a_damaged_manifest_is_named(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,")
    snapshot_id = stored(company)
    (company.snapshots / f"{snapshot_id}.json").write_text("{", encoding="utf-8")
    with pytest.raises(StorageError, match="manifest cannot be read"):
        open_snapshot(company, snapshot_id)


def test_values_at_the_edges_come_back_as_they_were(tmp_path):
    company = make_company(tmp_path)
    add_source(
        company,
        "source: e\nkind: files\ninputs: {e: {path: data/inbox/e.csv}}\n"
        "tables:\n  employees: select *, _file, _row from e",
    )
    names = ["NA", "null", "𠮷野家", "O'Brien", '"quoted"', "two\nlines"]
    lines = "".join(
        f'E{n},"{name.replace(chr(34), chr(34) * 2)}",1999-12-31,9999-12-31\n' for n, name in enumerate(names)
    )
    add_file(company, "e.csv", f"employee_id,name,hired_on,left_on\n{lines}")
    con = open_snapshot(company, stored(company))
    assert con.execute("select name, hired_on, left_on, email from employees").fetchall() == [
        (name, date(1999, 12, 31), date(9999, 12, 31), None) for name in names
    ]


def test_manifests_are_plain_json_with_sorted_keys(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,")
    text = (company.snapshots / f"{stored(company)}.json").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
