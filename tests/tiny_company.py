"""A complete company of four people, small enough to run month end in seconds, and the steps as `flows.tasks` runs them.

One shop, one department: manager M1, and E1, E2 and NA (number and name: an export program would take it for "no
value"). From 28 September to 5 November 2026 everybody but the manager has a chat a day in the shop, and the buyer
orders in it. The scheme judges the chats, the orders and the manager's judgement.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from flows import documents, steps
from flows.month_end import deliver
from flows.settings import load_company
from flows.warehouse import outbox
from flows.warehouse.engine import open_ledger
from flows.warehouse.ledger import RecordedRevision
from transforms.period import parse, require_over

PERIOD, AS_OF = "2026-10", date(2026, 11, 21)
FIRST, LAST = date(2026, 9, 28), date(2026, 11, 5)
AGENTS = ("E1", "E2", "NA")
EMPLOYEES, JUDGEMENTS = "org/employees.csv", "org/judgements.csv"
ORDERS, CHATS = "orders/2026.csv", "chats/2026.csv"
COMPANY_YAML, OFFICE_YAML, SHOP_YAML, SCHEME_YAML = (
    "config/company.yaml", "config/sources/office.yaml", "config/sources/shop.yaml", "config/schemes/desk.yaml",
)  # fmt: skip

_COMPANY = """\
name: {zh-Hans: 小店, en: Tiny shop}
delivery: {kind: folder}
documents: {locale: en, workers: 1, trend_months: 1}
facts: {memory_mb: 500, threads: 1}
"""

_OFFICE = """\
source: office
kind: files
inputs:
  shops: {path: data/inbox/org/shops.csv}
  departments: {path: data/inbox/org/departments.csv}
  employees: {path: data/inbox/org/employees.csv, columns: [工号, 姓名, 邮箱, 入职日期, 身份]}
  judgements: {path: data/inbox/org/judgements.csv, columns: [被考核人, 评分人, 得分]}
tables:
  shops: select shop_id, title, platform, 'CNY' as currency, _file, _row from shops
  departments: select department_id, title as title_zh_hans, title as title_en, _file, _row from departments
  employees: |
    select "工号" as employee_id, "姓名" as name, "邮箱" as email, day("入职日期", '%Y-%m-%d') as hired_on, _file, _row
    from employees
  assignments: |
    select "工号" as employee_id, 'desk' as department_id, day("入职日期", '%Y-%m-%d') as valid_from, "身份" as role,
           _file, _row
    from employees
  accounts: |
    select 'acc-' || "工号" as account_id, 's1' as shop_id, day("入职日期", '%Y-%m-%d') as valid_from,
           "工号" as employee_id, 'human' as kind, _file, _row
    from employees
  judgements: |
    select "被考核人" as employee_id, 'product_knowledge' as indicator, '2026-10' as period, "评分人" as rater_id,
           'manager' as role, number("得分") as score, '2026-11-02 09:00:00' as given_at, _file, _row
    from judgements
"""

_SHOP = """\
source: shop
kind: files
inputs:
  orders: {path: data/inbox/orders/*.csv, columns: [订单编号, 买家, 下单时间, 付款时间, 金额]}
  chats: {path: data/inbox/chats/*.csv, columns: [消息编号, 会话, 买家, 账号, 时间, 方向]}
tables:
  orders: |
    select "订单编号" as order_id, 's1' as shop_id, "买家" as buyer_id, 'paid' as status,
           ts("下单时间", '%Y-%m-%d %H:%M:%S') as created_at, ts("付款时间", '%Y-%m-%d %H:%M:%S') as paid_at,
           fen("金额") as order_amount_fen, fen("金额") as paid_amount_fen, _file, _row
    from orders
  messages: |
    select "消息编号" as message_id, 's1' as shop_id, "会话" as session_id, "买家" as buyer_id, "账号" as account_id,
           ts("时间", '%Y-%m-%d %H:%M:%S') as sent_at, "方向" as direction, 'human' as kind, false as is_filter_phrase,
           0 as forbidden_phrases, _file, _row
    from chats
"""

_SCHEME = """\
scheme: desk_monthly
title: {zh-Hans: 客服月度, en: Monthly desk}
applies_to: {department: desk}
versions:
  - effective_from: 2026-01-01
    approved: {by: HR, date: 2025-12-01}
    judged_by: {roles: {manager: 100}}
    indicators:
      - {metric: first_response_seconds, weight: 40, score: {linear: {zero_at: 90, full_at: 20}}}
      - {metric: paid_amount, weight: 30, score: {linear: {zero_at: 0 yuan, full_at: 4000 yuan}}}
      - {manual: product_knowledge, weight: 30, title: {zh-Hans: 产品知识, en: Product knowledge}}
    grades: {good: 80, qualified: 60}
"""


def build(root: Path, last: date = LAST, agents: Sequence[str] = AGENTS) -> Path:
    """Write the company folder, with chats and orders until `last`; returns it."""
    files = {COMPANY_YAML: _COMPANY, OFFICE_YAML: _OFFICE, SHOP_YAML: _SHOP, SCHEME_YAML: _SCHEME}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    _csv(root, "org/shops.csv", "shop_id,title,platform", [("s1", "Shop", "taobao")])
    _csv(root, "org/departments.csv", "department_id,title", [("desk", "Desk")])
    people = [(who, who, f"{who.lower()}@example.com", "2024-01-01", "member") for who in agents]
    manager = ("M1", "孟经理", "m1@example.com", "2024-01-01", "manager")
    _csv(root, EMPLOYEES, "工号,姓名,邮箱,入职日期,身份", [*people, manager])
    _csv(root, JUDGEMENTS, "被考核人,评分人,得分", [(who, "M1", "85") for who in (*agents, "M1")])
    days = [(day, who) for day in _days(last) for who in agents]
    _csv(root, ORDERS, "订单编号,买家,下单时间,付款时间,金额", [_order(day, who) for day, who in days])
    _csv(root, CHATS, "消息编号,会话,买家,账号,时间,方向", [line for day, who in days for line in _chat(day, who)])
    return root


def _days(last: date) -> list[date]:
    return [FIRST + timedelta(n) for n in range((last - FIRST).days + 1)]


def _chat(day: date, who: str) -> list[Sequence[str]]:
    session, answered = f"{who}-{day:%m%d}", _ANSWERED.get(who, 30)
    begun = datetime.combine(day, datetime.min.time()).replace(hour=10)
    turns = ((0, "buyer"), (answered, "agent"), (120, "buyer"), (150, "agent"))
    return [
        (f"m-{session}-{n}", session, f"b-{session}", f"acc-{who}", f"{begun + timedelta(seconds=after)}", direction)
        for n, (after, direction) in enumerate(turns)
    ]


_ANSWERED = {"E1": 20, "E2": 40, "NA": 60}  # seconds until the first answer


def _order(day: date, who: str) -> Sequence[str]:
    session = f"{who}-{day:%m%d}"
    return f"o-{session}", f"b-{session}", f"{day} 10:05:00", f"{day} 10:06:00", "100.00"


def _csv(root: Path, name: str, header: str, rows: Iterable[Sequence[str]]) -> None:
    path = inbox(root, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", "utf-8")


def inbox(root: Path, name: str) -> Path:
    """A file of the company's inbox."""
    return root / "data" / "inbox" / name


def edit(path: Path, old: str, new: str) -> None:
    """Replace text that stands there, once."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def add_lines(path: Path, *lines: str) -> int:
    """Add lines to an export; returns the row of the first (1 = first after the header)."""
    row = len(path.read_text("utf-8").splitlines())
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
    return row


def run(root: Path, period: str = PERIOD, as_of: date = AS_OF, *, refresh: bool = True) -> RecordedRevision:
    """Month end as `flows.tasks` runs it, step by step, documents and outbox included; without Prefect."""
    company, wanted = load_company(root), parse(period)
    require_over(wanted, as_of)
    steps.read_configuration(company)
    basis, kept = steps.begin(company, wanted, as_of, refresh=refresh)
    snapshot = kept or steps.gate(company, steps.extract(company), wanted, as_of)
    measures = steps.measure(company, snapshot, wanted, basis)
    revision = steps.score(company, snapshot, measures, wanted, basis)
    for batch in documents.batches(company, revision.id):
        documents.render(company, revision.id, batch)
    steps.queue(company, revision.id, revision.snapshot_id, wanted, hold=revision.provisional)
    return revision


@dataclass(frozen=True)
class State:
    """What a run that fails must leave alone: hashes of every ledger row by table, and of the files of two folders."""

    ledger: dict[str, tuple[int, str]]
    snapshots: dict[str, str]
    outbox: dict[str, str]


def state(root: Path) -> State:
    """The state of a company folder with a SQLite ledger (the outbox's rows are ledger tables)."""
    return State(_tables(root / "data"), _files(root / "data" / "snapshots"), _files(root / "data" / "outbox"))


def leftovers(root: Path) -> list[str]:
    """Staging and temporary folders that a run left behind."""
    data = root / "data"
    folders = [*data.glob("snapshots/.staging-*"), *data.glob("tmp/*"), *data.rglob("*.part")]
    return sorted(path.name for path in folders if path.name != ".lock")


def mail(root: Path) -> dict[str, int]:
    """How many messages stand in each state."""
    return dict(outbox.counts(open_ledger(f"sqlite:///{root / 'data' / 'ledger.sqlite'}")))


def _tables(data: Path) -> dict[str, tuple[int, str]]:
    with closing(sqlite3.connect(data / "ledger.sqlite")) as con:
        names = [name for (name,) in con.execute("select name from sqlite_master where type = 'table' order by 1")]
        rows = {name: sorted(map(repr, con.execute(f'select * from "{name}"'))) for name in names}
    return {name: (len(found), hashlib.sha256("\n".join(found).encode()).hexdigest()) for name, found in rows.items()}


def _files(folder: Path) -> dict[str, str]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def with_a_past(factory: pytest.TempPathFactory) -> Path:
    """A company with a revision whose mail was sent, and another whose mail is queued. Copy it; made once a process."""
    return _with_a_past(factory.getbasetemp() / "tiny-with-a-past")


@cache
def _with_a_past(root: Path) -> Path:
    build(root)
    run(root)
    deliver(load_company(root), None)
    add_lines(inbox(root, ORDERS), "o-late,b-late,2026-10-31 10:05:00,2026-10-31 10:06:00,90.00")
    judged = inbox(root, JUDGEMENTS)
    judged.write_text(judged.read_text("utf-8").replace(",85", ",84"), "utf-8")  # everybody's report says something new
    run(root)
    return root
