"""Checks on sums that DuckDB makes of the facts: every day there, fresh, as many as usual, adding up."""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from expectations.rules import Action, Kind, Rule
from expectations.run import Run, number, percent
from expectations.suites import failures
from transforms.findings import Finding, Severity
from transforms.tables import TABLES, Group

if TYPE_CHECKING:
    import pandas as pd

# Tables in which a shop that is open has something every day.
DAILY = ("messages", "orders", "traffic", "inventory")
# One missing day is a slip; more than this share of the period's days cannot be scored.
MISSING_LIMIT_RATE = 0.2
# Volume is compared with as many earlier months, if there are at least two and they are not tiny.
MONTHS_BACK = 6
MONTHS_NEEDED = 2
ROWS_NEEDED = 100


def find(run: Run) -> tuple[Finding, ...]:
    """Findings about days, shops and volumes. Leaves `day_counts` (table_name, shop_id, day, rows) behind."""
    _count_days(run)
    return (*_no_facts(run), *_days_missing(run), *_stale(run), *_volume(run), *_reconciled(run))


def _count_days(run: Run) -> None:
    parts = [
        f"select '{t.name}' as table_name, {'t.shop_id' if 'shop_id' in t.names else 'null::varchar'} as shop_id, "
        f"cast(t.{t.time} as date) as day, count(*) as rows from {t.name} t group by all"
        for t in TABLES.values()
        if t.group is Group.FACT and t.time
    ]
    run.con.execute("create or replace temp table day_counts as " + " union all ".join(parts))


def _no_facts(run: Run) -> Iterator[Finding]:
    days = [run.period.start, run.period.end]
    if not number(run.con, "select count(*) from day_counts where day between ? and ?", days):
        yield run.finding("facts.no_facts", Severity.CRITICAL, 0)


# A shop is open from its first fact on. A table that nobody feeds is not expected; one that only this shop does not
# feed is expected, but may be on purpose (`fed` is false).
_CALENDAR = """
with daily as (select * from day_counts where list_contains($tables, table_name)),
opened as (select shop_id, min(day) as first_day from daily group by 1),
expected as (
  select table_name, shop_id, first_day from opened cross join (select distinct table_name from daily)
  where shop_id in (select shop_id from shops))
select e.table_name, e.shop_id, cast(d.day as date) as day, coalesce(c.rows, 0) as rows,
       exists (select 1 from daily f where f.table_name = e.table_name and f.shop_id = e.shop_id and f.day <= $last)
         as fed
from expected e
cross join (select unnest(generate_series($first, $last, interval 1 day)) as day) d
left join daily c on c.table_name = e.table_name and c.shop_id = e.shop_id and c.day = cast(d.day as date)
where d.day >= e.first_day order by 1, 2, 3
"""


def _days_missing(run: Run) -> Iterator[Finding]:
    last = min(run.period.end, run.as_of)
    limits = {"tables": list(DAILY), "first": run.period.start, "last": last}
    calendar = run.con.execute(_CALENDAR, limits).df()
    bad = failures("calendar", calendar, (_below("days_missing", "rows", 1),), ("table_name", "shop_id", "day", "fed"))
    missing: dict[tuple[str, str, bool], list[str]] = {}
    for table, shop, day, fed in bad["days_missing"]:
        missing.setdefault((table, shop, bool(fed)), []).append(f"{day:%Y-%m-%d}")
    for (table, shop, fed), days in missing.items():
        share = len(days) / len(run.period.days)
        severity = Severity.CRITICAL if fed and len(days) > 1 and share > MISSING_LIMIT_RATE else Severity.WARNING
        yield run.finding(
            f"{table}.days_missing", severity, len(days), shop_id=shop, day=days[0] if len(days) == 1 else None,
            words={"shop": shop, "days": ", ".join(days)}, sample_keys=tuple(days),
        )  # fmt: skip


def _stale(run: Run) -> Iterator[Finding]:
    """Facts must reach the period's end, or `freshness_days` before the day of the run if that is earlier."""
    limit = min(run.period.end, run.as_of - timedelta(run.settings.freshness_days))
    latest = run.con.execute(
        "select table_name, shop_id, max(day) as latest_day, ?::date as limit_day from day_counts "
        "where list_contains(?, table_name) and shop_id in (select shop_id from shops) group by all order by all",
        [limit, list(DAILY)],
    ).df()
    rule = Rule(
        "stale", "", Kind.BEFORE, ("limit_day", "latest_day"), Severity.WARNING, Action.REPORT, "stale"
    )  # fmt: skip
    for table, shop, day in failures("freshness", latest, (rule,), ("table_name", "shop_id", "latest_day"))["stale"]:
        words = {"shop": shop, "day": f"{day:%Y-%m-%d}", "limit": str(limit)}
        late = (limit - day.date()).days
        yield run.finding(f"{table}.stale", Severity.WARNING, late, shop_id=shop, words=words)


def _volume(run: Run) -> Iterator[Finding]:
    frame = _volumes(run)
    rules = (
        _below("volume_low", "ratio", run.settings.volume_low_ratio),
        Rule("volume_high", "", Kind.ABOVE, ("ratio",), Severity.WARNING, Action.REPORT, "volume",
             limit=run.settings.volume_high_ratio),
    )  # fmt: skip
    found = failures("volume", frame, rules, ("table_name", "shop_id", "rows", "ratio"))
    for check, places in found.items():
        for table, shop, rows, ratio in places:
            words = {"shop": shop, "rate": percent(ratio)}
            yield run.finding(
                f"{table}.{check}", Severity.WARNING, int(rows), text="volume", shop_id=shop, words=words
            )  # fmt: skip


def _volumes(run: Run) -> "pd.DataFrame":
    """Rows of the period by table and shop, and their ratio to the median month before, day for day."""
    import pandas as pd

    months = [month for month in run.period.months_back(MONTHS_BACK + 2) if month.end < run.period.start]
    counts: dict[tuple[str, str], dict[date, int]] = {}
    for table, shop, day, rows in run.con.execute("from day_counts where shop_id is not null").fetchall():
        counts.setdefault((table, shop), {})[day] = rows
    lines = []
    for (table, shop), by_day in sorted(counts.items()):
        full = [month for month in months[-MONTHS_BACK:] if month.start >= min(by_day)]
        usual = [sum(by_day.get(day, 0) for day in month.days) / len(month.days) for month in full]
        mine = sum(by_day.get(day, 0) for day in run.period.days)
        if len(full) >= MONTHS_NEEDED and median(usual) * len(run.period.days) >= ROWS_NEEDED:
            lines.append((table, shop, mine, mine / len(run.period.days) / median(usual)))
    return pd.DataFrame(lines, columns=["table_name", "shop_id", "rows", "ratio"])


_TOTALS = """
with ours as (
  select shop_id, cast(created_at as date) as day, count(*) as orders, sum(order_amount_fen) as amount
  from orders group by all)
select p.shop_id, p.day, greatest(
    abs(coalesce(o.amount, 0) - p.order_amount_fen) / greatest(p.order_amount_fen, 1),
    abs(coalesce(o.orders, 0) - p.orders) / greatest(p.orders, 1)) as difference_rate
from platform_totals p left join ours o on o.shop_id = p.shop_id and o.day = p.day
where p.day between ? and ? order by 1, 2
"""


def _reconciled(run: Run) -> Iterator[Finding]:
    """Orders of a shop and day against the platform's own sum, in number and in amount."""
    frame = run.con.execute(_TOTALS, [run.period.start, run.period.end]).df()
    tolerance = run.settings.reconcile_tolerance_rate
    rule = Rule("sums", "", Kind.ABOVE, ("difference_rate",), Severity.WARNING, Action.REPORT, "", limit=tolerance)
    shops: dict[str, list[str]] = {}
    for shop, day in failures("totals", frame, (rule,), ("shop_id", "day"))["sums"]:
        shops.setdefault(shop, []).append(f"{day:%Y-%m-%d}")
    for shop, days in shops.items():
        words = {"shop": shop, "limit": percent(tolerance), "days": ", ".join(days)}
        yield run.finding(
            "orders.reconciliation", Severity.WARNING, len(days), shop_id=shop, words=words, sample_keys=tuple(days),
            day=days[0] if len(days) == 1 else None,
        )  # fmt: skip


def _below(check: str, column: str, limit: float) -> Rule:
    return Rule(check, "", Kind.BELOW, (column,), Severity.WARNING, Action.REPORT, check, limit=limit)
