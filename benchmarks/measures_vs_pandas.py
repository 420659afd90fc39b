"""Receptions, waits and ownership: ours against pandas, same facts, same run, results compared.

    python -m benchmarks.measures_vs_pandas [--messages 10000000]

The pandas side is written as one would write it: vectorised, categories for repeated strings, only the columns it
needs, no row-wise Python. Ours is the product's own code, with its SQL files for these subjects.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from benchmarks.facts_at_size import open_facts, write_facts
from transforms.measures.parameters import MeasureParameters
from transforms.measures.relations import prepare
from transforms.period import parse

MONTH = parse("2026-10")
KEY = ["shop_id", "buyer_id"]
DAY = pd.Timedelta(days=1)
COUNTED = (
    "received",
    "replied",
    "inquirers",
    "ordered",
    "paid",
    "rounds",
    "waits",
    "seconds",
    "orders",
    "paid_fen",
    "assisted_fen",
)


def ours(folder: Path) -> pd.DataFrame:
    """By employee, from the relations of the product."""
    con = open_facts(folder)
    prepare(con, MeasureParameters(), MONTH, ("waits", "order_facts", "contacts", "ownership"))
    parts = (
        (
            "select employee_id, count(*) filter (where is_received) as received, count(*) filter (where is_received and "
            "is_replied) as replied, count(*) filter (where is_inquirer) as inquirers, count(*) filter (where is_inquirer and "
            "ordered) as ordered, count(*) filter (where is_inquirer and paid) as paid from contacts group by all"
        ),
        "select employee_id, count(*) as rounds, count(seconds) as waits, sum(seconds)::bigint as seconds from waits group by all",
        "select employee_id, count(*) as orders, sum(paid_amount_fen)::bigint as paid_fen from owned_orders group by all",
        "select employee_id, sum(paid_amount_fen)::bigint as assisted_fen from assisted_orders group by all",
    )
    return _together([con.execute(sql).df().set_index("employee_id") for sql in parts])


def pandas(folder: Path) -> pd.DataFrame:
    """By employee, in pandas."""
    parameters = MeasureParameters()
    orders = _orders(folder, parameters)
    lines = _lines(folder)
    waits = _waits(lines)
    contacts = _contacts(lines, orders, waits, parameters)
    owned = _owned(lines, orders, parameters)
    received, asked = contacts[contacts["is_received"]], contacts[contacts["is_inquirer"]]
    waits = waits[waits["day"].between(pd.Timestamp(MONTH.start), pd.Timestamp(MONTH.end))]
    return _together(
        [
            received.groupby("employee_id", observed=True).agg(
                received=("replied", "size"), replied=("replied", "sum")
            ),
            asked.groupby("employee_id", observed=True).agg(
                inquirers=("ordered", "size"), ordered=("ordered", "sum"), paid=("paid", "sum")
            ),
            waits.groupby("employee_id", observed=True).agg(
                rounds=("day", "size"), waits=("seconds", "count"), seconds=("seconds", "sum")
            ),
            _assisted(lines, orders, owned).groupby("employee_id").agg(assisted_fen=("paid_fen", "sum")),
            owned.groupby("employee_id", observed=True).agg(orders=("order_id", "size"), paid_fen=("paid_fen", "sum")),
        ]
    )


def _lines(folder: Path) -> pd.DataFrame:
    columns = [
        "message_id",
        "shop_id",
        "session_id",
        "buyer_id",
        "account_id",
        "sent_at",
        "direction",
        "kind",
        "is_filter_phrase",
    ]
    lines = pd.read_parquet(folder / "messages.parquet", columns=columns)
    accounts = pd.read_parquet(folder / "accounts.parquet")[
        ["account_id", "shop_id", "employee_id", "valid_from", "valid_until"]
    ]
    lines = lines.merge(accounts, on=["account_id", "shop_id"], how="left")
    lines = lines[
        (lines["sent_at"] >= lines["valid_from"])
        & (lines["valid_until"].isna() | (lines["sent_at"] < lines["valid_until"]))
    ]
    lines = lines.drop(columns=["valid_from", "valid_until", "account_id"])
    lines["day"] = lines["sent_at"].dt.normalize()
    lines["by_buyer"] = lines["direction"] == "buyer"
    lines["by_person"] = (lines["direction"] == "agent") & (lines["kind"] == "human")
    return lines.astype(dict.fromkeys(["shop_id", "session_id", "buyer_id", "employee_id"], "category"))


def _waits(lines: pd.DataFrame) -> pd.DataFrame:
    chat = lines[lines["by_buyer"] | lines["by_person"]].sort_values(["session_id", "sent_at", "message_id"])
    new = chat["session_id"] != chat["session_id"].shift()
    turns = chat[new | (chat["by_buyer"] != chat["by_buyer"].shift())]
    after = turns.shift(-1)
    answered = turns["session_id"].astype("str") == after["session_id"].astype("str")
    waits = turns.assign(
        seconds=(after["sent_at"] - turns["sent_at"]).where(answered).dt.total_seconds(),
        employee_id=after["employee_id"].where(answered, turns["employee_id"]),
    )
    return waits[waits["by_buyer"]]


def _orders(folder: Path, parameters: MeasureParameters) -> pd.DataFrame:
    columns = ["order_id", *KEY, "created_at", "paid_at", "paid_amount_fen"]
    orders = pd.read_parquet(folder / "orders.parquet", columns=columns)
    orders["order_day"], orders["paid_day"] = orders["created_at"].dt.normalize(), orders["paid_at"].dt.normalize()
    orders["in_time"] = orders["paid_day"] <= orders["order_day"] + parameters.pay_days * DAY
    orders["paid_fen"] = orders["paid_amount_fen"].where(orders["in_time"], 0).fillna(0).astype("int64")
    return orders


def _contacts(
    lines: pd.DataFrame, orders: pd.DataFrame, waits: pd.DataFrame, parameters: MeasureParameters
) -> pd.DataFrame:
    unit = [*KEY, "day", "employee_id"]
    month = lines[lines["day"].between(pd.Timestamp(MONTH.start), pd.Timestamp(MONTH.end))]
    flags = month.assign(
        buyer_at=month["sent_at"].where(month["by_buyer"]),
        agent_at=month["sent_at"].where(month["by_person"]),
        phrase=month["by_person"] & month["is_filter_phrase"],
    )
    found = (
        flags.groupby(unit, observed=True)
        .agg(
            buyer_lines=("by_buyer", "sum"),
            agent_lines=("by_person", "sum"),
            phrases=("phrase", "sum"),
            first_buyer=("buyer_at", "min"),
            first_agent=("agent_at", "min"),
            last_agent=("agent_at", "max"),
            first_at=("sent_at", "min"),
        )
        .reset_index()
    )
    found["began"] = found[["first_buyer", "first_agent"]].min(axis=1).fillna(found["first_at"])
    found["replied"] = _replied(found, waits, unit)
    found = found.join(_ordered(found, orders, parameters)).fillna({"bought": False, "ordered": False, "paid": False})
    after_sales = found["bought"].astype(bool) & ~found["ordered"].astype(bool)
    phrase = (found["agent_lines"] >= parameters.k_phrase) & (found["phrases"] == found["agent_lines"])
    taken_out = (found["buyer_lines"] == 0) | phrase | _single_line(found, flags, unit, parameters)
    return found.assign(is_received=~taken_out & ~after_sales, is_inquirer=~taken_out & ~after_sales)


def _replied(found: pd.DataFrame, waits: pd.DataFrame, unit: list[str]) -> "pd.Series[bool]":
    answers = waits.loc[waits["seconds"].notna(), unit].drop_duplicates().assign(answered=True)
    answered = (
        found[unit].astype({"employee_id": "str"}).merge(answers.astype({"employee_id": "str"}), on=unit, how="left")
    )
    late = answered["answered"].fillna(False).astype(bool)  # noqa: FBT003 - pandas' own way to say it
    return (found["last_agent"] >= found["first_buyer"]) | (late & (found["buyer_lines"] > 0))


def _single_line(
    found: pd.DataFrame, flags: pd.DataFrame, unit: list[str], parameters: MeasureParameters
) -> "pd.Series[bool]":
    some = found[(found["buyer_lines"] == 1) & (found["agent_lines"] >= parameters.k_lines)]
    sent = flags.loc[flags["by_person"], [*unit, "sent_at"]].merge(some[[*unit, "first_buyer"]], on=unit)
    after = sent[sent["sent_at"] >= sent["first_buyer"]].groupby(unit, observed=True).size()
    keys = pd.MultiIndex.from_frame(found[unit])
    return pd.Series(after.reindex(keys).fillna(0).to_numpy() >= parameters.k_lines, index=found.index)


def _ordered(found: pd.DataFrame, orders: pd.DataFrame, parameters: MeasureParameters) -> pd.DataFrame:
    text = {"shop_id": "str", "buyer_id": "str"}
    both = found[[*KEY, "day", "began"]].astype(text).reset_index().merge(orders, on=KEY)
    fresh = (
        ~(both["paid_at"] < both["began"])
        & (both["order_day"] >= both["day"])
        & (both["order_day"] <= both["day"] + parameters.order_days * DAY)
    )
    bought = (both["paid_at"] < both["began"]) & (both["paid_day"] >= both["day"] - parameters.after_sales_days * DAY)
    both = both.assign(bought=bought, ordered=fresh, paid=fresh & both["in_time"])
    return both.groupby("index")[["bought", "ordered", "paid"]].any()


def _owned(lines: pd.DataFrame, orders: pd.DataFrame, parameters: MeasureParameters) -> pd.DataFrame:
    text = (
        lines[lines["by_buyer"] | lines["by_person"]]
        .groupby([*KEY, "session_id", "employee_id"], observed=True)
        .agg(began=("sent_at", "min"), ended=("sent_at", "max"), bought=("by_buyer", "any"), sold=("by_person", "any"))
    )
    chats = text[text["bought"] & text["sold"]].reset_index().astype({"shop_id": "str", "buyer_id": "str"})
    month = orders[orders["order_day"].between(pd.Timestamp(MONTH.start), pd.Timestamp(MONTH.end))]
    both = month.merge(chats, on=KEY)
    moment = both["created_at"]
    both = both[(both["began"] <= moment) & (both["ended"] >= moment - parameters.lookback_days * DAY)]
    both = both.assign(before=both["ended"] < both["created_at"], employee_id=both["employee_id"].astype("str"))
    ranked = both.sort_values(["order_id", "before", "ended", "employee_id"], ascending=[True, True, False, True])
    return ranked.drop_duplicates("order_id")


def _assisted(lines: pd.DataFrame, orders: pd.DataFrame, owned: pd.DataFrame) -> pd.DataFrame:
    month = orders["order_day"].between(pd.Timestamp(MONTH.start), pd.Timestamp(MONTH.end))
    paid = orders[orders["in_time"] & month].merge(
        owned[["order_id", "employee_id"]].rename(columns={"employee_id": "owner"}), on="order_id", how="left"
    )
    text = dict.fromkeys([*KEY, "employee_id"], "str")
    sent = lines.loc[lines["by_person"] & lines["buyer_id"].isin(paid["buyer_id"]), [*KEY, "employee_id", "sent_at"]]
    both = paid.merge(sent.astype(text), on=KEY)
    both = both[both["sent_at"].between(both["created_at"], both["paid_at"]) & (both["employee_id"] != both["owner"])]
    return both.drop_duplicates(["order_id", "employee_id"])


def _together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    named = [part.set_axis(part.index.astype("str")) for part in parts]
    return pd.concat(named, axis=1).fillna(0).astype("int64").sort_index()[list(COUNTED)]


def main() -> None:
    """Write the facts, run both, compare, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--messages", type=int, default=10_000_000)
    messages = parser.parse_args().messages
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_facts(folder, messages)
        results, seconds, cpu = {}, {}, {}
        for side in (ours, pandas):
            began, worked = time.perf_counter(), time.process_time()
            results[side.__name__] = side(folder)
            seconds[side.__name__] = time.perf_counter() - began
            cpu[side.__name__] = time.process_time() - worked
    if not results["ours"].equals(results["pandas"]):
        sys.exit(f"results differ\n{results['ours'].compare(results['pandas'])}")
    print(
        f"{messages:,} messages, {len(results['ours'])} employees, equal results: ours {seconds['ours']:.2f} s, "
        f"pandas {seconds['pandas']:.2f} s, ratio {seconds['pandas'] / seconds['ours']:.1f} "
        f"(CPU {cpu['ours']:.2f} s and {cpu['pandas']:.2f} s, ratio {cpu['pandas'] / cpu['ours']:.1f})"
    )


if __name__ == "__main__":
    main()
