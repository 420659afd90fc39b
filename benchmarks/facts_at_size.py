"""Facts of any size for benchmarks, written as a snapshot stores them: Parquet, messages in the order of chats."""

from pathlib import Path

import duckdb

from transforms.tables import TABLES, ddl

# Numbers come from hash(), so that a size always gives the same facts.
_MESSAGES = """
    with chats as (
      select i as chat, (hash(i) % greatest($messages // 15, 1))::bigint as buyer, 1 + hash(i, 7) % 40 as account,
             timestamp '2026-10-01' + to_seconds((hash(i, 3) % (31 * 86400))::bigint) as begins, 4 + hash(i, 11) % 13 as lines
      from range($messages // 10) as r(i)
    ),
    lines as (select *, unnest(range(lines::bigint)) as n from chats)
    select 'm' || lpad(chat::varchar, 9, '0') || lpad(n::varchar, 3, '0') as message_id, 's' || (1 + buyer % 2) as shop_id,
           'c' || chat as session_id, 'b' || buyer as buyer_id,
           'a' || if(hash(chat, n, 1) % 40 = 0, 1 + hash(chat, n, 2) % 40, account) as account_id,
           begins + to_seconds((n * 25 + hash(chat, n, 3) % 20)::bigint) as sent_at,
           if(n = 0 or hash(chat, n, 4) % 2 = 0, 'buyer', 'agent') as direction,
           if(n = 1 and hash(chat) % 3 = 0, 'auto', 'human') as kind,
           hash(chat, n, 5) % 10 = 0 as is_filter_phrase, 0 as forbidden_phrases, 'bench', 'messages', chat * 100 + n
    from lines
    order by date_trunc('day', begins), shop_id, buyer_id, session_id, sent_at, message_id"""

_ORDERS = """
    select 'o' || i, 's' || (1 + buyer % 2), 'b' || buyer, null, if(paid, 'paid', 'created'), created,
           if(paid, created + to_seconds((hash(i, 5) % 400000)::bigint), null), null, null, null, null, null,
           1000 + hash(i, 6) % 50000, if(paid, 1000 + hash(i, 6) % 50000, null), null, null, null, null, 'bench', 'orders', i
    from (select i, (hash(i, 1) % greatest($messages // 15, 1))::bigint as buyer, hash(i, 2) % 5 > 0 as paid,
                 timestamp '2026-09-20' + to_seconds((hash(i, 3) % (42 * 86400))::bigint) as created
          from range($messages * 3 // 40) as r(i))
    order by 3, 6, 1"""

# Every tenth account changes hands in the middle of the month.
_ACCOUNTS = """
    select 'a' || i, 's' || s, if(half = 1, timestamp '2020-01-01', timestamp '2026-10-15'),
           if(half = 1 and i % 10 = 0, timestamp '2026-10-15', null), 'E' || lpad((i + 100 * (half - 1))::varchar, 3, '0'),
           'human', 'bench', 'accounts', i
    from range(1, 41) as r(i), range(1, 3) as t(s), range(1, 3) as u(half)
    where half = 1 or i % 10 = 0"""

_EMPLOYEES = """
    select distinct employee_id, employee_id, null, date '2020-01-01', null::date, null::date, 'bench', 'employees', 1
    from accounts"""


def write_facts(folder: Path, messages: int) -> None:
    """Write `messages` (about so many), `orders` and `accounts` as Parquet files of a folder."""
    con = duckdb.connect()
    for name, sql in (("messages", _MESSAGES), ("orders", _ORDERS), ("accounts", _ACCOUNTS), ("employees", _EMPLOYEES)):
        con.execute(ddl(TABLES[name]))
        con.execute(f"insert into {name} {sql}", {"messages": messages} if "$messages" in sql else {})
        con.execute(f"copy {name} to '{folder / name}.parquet'")


def open_facts(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with every canonical table: a view of its file, or empty."""
    con = duckdb.connect()
    for table in TABLES.values():
        file = folder / f"{table.name}.parquet"
        con.execute(f"create view {table.name} as from '{file}'" if file.exists() else ddl(table))
    return con
