"""Faults planted in the demo's exports, each listed, so that a test can ask whether every one was found.

None stops a run: real exports are never clean, and the demo shows what happens to such rows. `plant_critical` damages
a folder that was made before, for those who want to see a run stop.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.compute as pc

from flows.demo.columns import ACCOUNT_PREFIX, Exports
from flows.demo.order_exports import OrderFiles
from flows.demo.order_tables import order_numbers
from flows.demo.world import World
from flows.demo.writer import encoding_of

if TYPE_CHECKING:
    from collections.abc import Callable

INBOX = "data/inbox"
MONTH = "2026-10"
TM_ORDERS, JD_ORDERS = f"orders/tm/{MONTH}.csv", f"orders/jd/{MONTH}.csv"
TM_CHATS, JD_CHATS = f"chats/tm/{MONTH}.csv.gz", f"chats/jd/{MONTH}.csv.gz"
TM_TOTALS = "totals/tm_flagship.csv"
MISSING_DAY = "2026-10-14"
TOTALS_DAY = "2026-10-17"
UNKNOWN_CHAT_ACCOUNT = f"{ACCOUNT_PREFIX[0]}临时工"
UNKNOWN_PACKER = f"{ACCOUNT_PREFIX[0]}wms99"
DUPLICATES = (
    ("orders/tm/2026-08.csv", "orders/tm/2026-08 (1).csv"),
    ("chats/jd/2026-09.csv.gz", "chats/jd/2026-09 (1).csv.gz"),
)
_HABITS = {
    "overlapping_export": "staging: duplicates of orders",
    "later_version": "staging: superseded rows of orders",
    "late_row": "none: the row counts in October although November's export brought it",
}
# Kind, file, changes to a copy of a good order, and the check that should object.
_BAD_ORDERS: tuple[tuple[str, str, dict[str, str], str], ...] = (
    (
        "text_in_amount",
        TM_ORDERS,
        {"买家实际支付金额": "一百二十八元"},
        "rejected: paid_amount_fen is not a whole number",
    ),
    (
        "negative_amount",
        TM_ORDERS,
        {"总金额": "-58.00", "买家实际支付金额": "-58.00"},
        "orders.order_amount_fen_below_minimum",
    ),
    ("paid_before_created", TM_ORDERS, {"订单付款时间": "2026-10-01 00:00:00"}, "orders.paid_before_created"),
    ("unknown_shop", TM_ORDERS, {"店铺名称": "鹿鸣清仓店"}, "orders.unknown_shop"),
    ("unknown_packer", TM_ORDERS, {"发货操作员": UNKNOWN_PACKER}, "orders.unknown_account"),
    ("impossible_date", JD_ORDERS, {"付款时间": "2026/02/30 10:00:00"}, "rejected: paid_at is not a time that exists"),
)
Fault = dict[str, Any]


def plant(exports: Exports, world: World, files: OrderFiles) -> list[Fault]:
    """Damage the exports in place. Returns the list of faults: kind, file, rows, keys, count, check."""
    return [
        *_habits(world, files),
        *_bad_orders(exports),
        _unknown_account(exports),
        _missing_day(exports),
        _wrong_total(exports),
        *(_duplicate(exports, *pair) for pair in DUPLICATES),
        _encoding(exports),
    ]


def _fault(
    kind: str, path: str, check: str, count: int, rows: list[int] | None = None, keys: list[str] | None = None
) -> Fault:
    return {
        "kind": kind,
        "file": f"{INBOX}/{path}",
        "rows": rows or [],
        "keys": keys or [],
        "count": count,
        "check": check,
    }


def _habits(world: World, files: OrderFiles) -> list[Fault]:
    return [
        _fault(kind, path, _HABITS[kind], len(orders), keys=order_numbers(world, np.array(orders)).to_pylist())
        for kind, path, orders in files.habits
    ]


def _bad_orders(exports: Exports) -> list[Fault]:
    """New orders like a good one, but for the change, at known rows; the platform's totals know nothing of them."""
    good = {path: _good_row(exports[path]()) for path in (TM_ORDERS, JD_ORDERS)}
    faults = [_bad_order(exports, good[bad[1]], bad, place) for place, bad in enumerate(_BAD_ORDERS)]
    day = str(good[TM_ORDERS]["订单创建时间"])[:10]
    return [*faults, _fault("unknown_to_platform", TM_ORDERS, "orders.reconciliation", 1, keys=["tm_flagship", day])]


def _bad_order(
    exports: Exports, good: dict[str, str | None], bad: tuple[str, str, dict[str, str], str], place: int
) -> Fault:
    kind, path, change, check = bad
    table = exports[path]()
    key = f"99{place:017d}" if path == TM_ORDERS else f"99{place:010d}"
    row = min(2 * place + 2, table.num_rows)
    line = _one(table, good | change | {table.column_names[0]: key})
    _replace(exports, path, pa.concat_tables([table[:row], line, table[row:]]))
    return _fault(kind, path, check, 1, [row + 1], [key])


def _good_row(table: pa.Table) -> dict[str, str | None]:
    """An order of the middle of the month that came to its end."""
    done = pc.is_in(table["订单状态"], pa.array(["交易成功", "完成"]))
    places = np.flatnonzero(done.to_numpy(zero_copy_only=False))
    return dict(table.take([int(places[len(places) // 2])]).to_pylist()[0])


def _one(table: pa.Table, row: dict[str, str | None]) -> pa.Table:
    return pa.Table.from_pylist([row], schema=table.schema)


def _unknown_account(exports: Exports) -> Fault:
    """A whole chat held with an account nobody registered."""
    table = exports[TM_CHATS]()
    middle = table["会话ID"][table.num_rows // 2]
    chat = table.filter(pc.equal(table["会话ID"], middle))
    rows = [
        line
        | {"消息ID": f"99{n:07d}", "会话ID": "99000001", "买家昵称": "tb9900000001", "客服账号": UNKNOWN_CHAT_ACCOUNT}
        for n, line in enumerate(chat.to_pylist())
    ]
    _replace(exports, TM_CHATS, pa.concat_tables([table, pa.Table.from_pylist(rows, schema=table.schema)]))
    numbers = [table.num_rows + n + 1 for n in range(len(rows))]
    return _fault(
        "unknown_account", TM_CHATS, "messages.unknown_account", len(rows), numbers, [row["消息ID"] for row in rows]
    )


def _missing_day(exports: Exports) -> Fault:
    table = exports[JD_CHATS]()
    gone = pc.starts_with(table["时间"], MISSING_DAY)
    _replace(exports, JD_CHATS, table.filter(pc.invert(gone)))
    return _fault(
        "missing_day", JD_CHATS, "messages.days_missing", pc.sum(gone).as_py() or 0, keys=["jd_store", MISSING_DAY]
    )


def _wrong_total(exports: Exports) -> Fault:
    """The platform says ten per cent more than the orders add up to."""
    table = exports[TM_TOTALS]()
    amounts, row = table["下单金额"].to_pylist(), table["日期"].to_pylist().index(TOTALS_DAY)
    amounts[row] = f"{float(amounts[row]) * 1.1 + 100:.2f}"
    place = table.column_names.index("下单金额")
    _replace(exports, TM_TOTALS, table.set_column(place, "下单金额", pa.array(amounts, pa.string())))
    return _fault("wrong_platform_total", TM_TOTALS, "orders.reconciliation", 1, [row + 1], ["tm_flagship", TOTALS_DAY])


def _duplicate(exports: Exports, path: str, copy: str) -> Fault:
    """The same export twice, as a browser names the second download."""
    exports[copy] = exports[path]
    return _fault("duplicate_export", copy, "staging: duplicates, every row of the file", exports[path]().num_rows)


def _encoding(exports: Exports) -> Fault:
    paths = [path for path in exports if path.endswith((".csv", ".csv.gz")) and encoding_of(path) == "gb18030"]
    return _fault("gb18030", "*/jd/*", "none: the source declares the encoding", len(paths))


def _replace(exports: Exports, path: str, table: pa.Table) -> None:
    exports[path] = lambda: table


def plant_critical(company_root: Path, kind: str) -> str:
    """Damage a generated company so that a run must stop. Returns the damaged file, relative to the folder.

    Kinds: `duplicated_employee` (one number, two names), `broken_roster_row` (a first day that is none),
    `unknown_department` (an assignment to a department that is not there), `empty_orders` (October has none),
    `no_orders_file` (the folder of orders is empty).

    Raises:
        ValueError: no such kind.
    """
    damages: dict[str, Callable[[Path], str]] = {
        "duplicated_employee": lambda inbox: _append(
            inbox, "hr/roster.xlsx", ("E1002", "李四", "lisi@example.com", "2024-01-08")
        ),
        "broken_roster_row": lambda inbox: _append(
            inbox, "hr/roster.xlsx", ("E9001", "张三", "zhangsan@example.com", "待定")
        ),
        "unknown_department": lambda inbox: _append(
            inbox, "hr/assignments.xlsx", ("E2002", "purchasing", "2027-01-01", "", "正式", "采购")
        ),
        "empty_orders": _empty_orders,
        "no_orders_file": _no_orders,
    }
    if kind not in damages:
        raise ValueError(f"'{kind}' is not a kind of damage: {', '.join(damages)}")
    return f"{INBOX}/{damages[kind](company_root / INBOX)}"


def _append(inbox: Path, path: str, row: tuple[str, ...]) -> str:
    book = openpyxl.load_workbook(inbox / path)
    book.worksheets[0].append(row)
    book.save(inbox / path)
    return path


def _empty_orders(inbox: Path) -> str:
    """Leave only the headings of October's exports, and of November's, which repeats October's last days."""
    for path in [*inbox.glob(f"orders/*/{MONTH}.csv"), *inbox.glob("orders/*/2026-11.csv")]:
        path.write_bytes(path.read_bytes().split(b"\n", 1)[0] + b"\n")
    return "orders"


def _no_orders(inbox: Path) -> str:
    for path in inbox.glob("orders/*/*.csv"):
        path.unlink()
    return "orders"
