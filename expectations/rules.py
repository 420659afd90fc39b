"""Every row rule of the gate, declared once as data.

The structural basics (missing values, unique keys, allowed values, bounds, references, order of times) follow from
`transforms.tables`; what the contract cannot say is added in `_EXTRAS`. Two readers interpret the same rules: `suites`
for Great Expectations, `sql_rules` for DuckDB. A test holds them together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import combinations
from typing import Any

from transforms.findings import Severity
from transforms.tables import TABLES, Column, Group, Table, Type


class Kind(StrEnum):
    """What a rule asks of a row; decides how both readers phrase it. The value is the key of its message."""

    MISSING = "missing"  # columns[0] is empty
    DUPLICATED = "duplicated_key"  # another row has the same columns
    NOT_ALLOWED = "not_allowed"  # columns[0] is not one of `options`
    BELOW = "below_minimum"  # columns[0] < limit
    ABOVE = "above_maximum"  # columns[0] > limit
    BEFORE = "before"  # columns[1] < columns[0]
    FUTURE = "in_the_future"  # columns[0] lies after the day in `options[0]`
    FLAG = "flag"  # `sql` is true


class Action(StrEnum):
    """What happens to a row that breaks the rule."""

    QUARANTINE = "quarantine"  # taken out of the facts, listed with file and row
    REPORT = "report"  # kept, and reported


@dataclass(frozen=True)
class Rule:
    """One rule about the rows of one table.

    `check` is the stable code of its findings; `text` the key of its message in `messages`; `sql` (FLAG only) is a
    DuckDB condition on the row `t` that is true when the row is bad; `account` names the column whose accounts are
    counted one by one.
    """

    check: str
    table: str
    kind: Kind
    columns: tuple[str, ...]
    severity: Severity
    action: Action
    text: str
    options: tuple[str, ...] = ()
    limit: float = 0
    sql: str = ""
    account: str = ""


# When the account was at work: decides whose work it was. The first moment that is known counts.
ACCOUNT_MOMENT = {
    "messages": ("sent_at",),
    "recommendations": ("recommended_at",),
    "orders": ("shipped_at", "created_at"),
    "refunds": ("handled_at", "requested_at"),
    "ratings": ("handled_at", "rated_at"),
    "complaints": ("opened_at",),
    "tickets": ("resolved_at", "opened_at"),
    "follow_ups": ("done_at",),
    "qa_checks": ("handled_at",),
    "presence": ("day",),  # a day's work is whose the account is at noon
}

# Intervals that must not overlap for the same owner: table → (owner columns, is the end still inside, which rows).
# A helper is on loan while keeping a home department, so loans may overlap.
_INTERVALS = {
    "assignments": (("employee_id",), True, "{row}.role <> 'helper'"),
    "accounts": (("account_id", "shop_id"), False, "true"),
    "responsibilities": (("shop_id", "category"), True, "true"),
    "pay_items": (("employee_id", "item"), True, "true"),
}


@cache
def row_rules(as_of: date) -> tuple[Rule, ...]:
    """All row rules, in the order of the contract. `as_of`: the last day a fact can be about."""
    return tuple(rule for table in TABLES.values() for rule in _of_table(table, as_of))


def rules_of(table: str, as_of: date) -> tuple[Rule, ...]:
    """The row rules of one table."""
    return tuple(rule for rule in row_rules(as_of) if rule.table == table)


def account_column(table: Table) -> str:
    """The column that names the account at work; empty when the table has none."""
    return next((c.name for c in table.columns if c.references == "accounts.account_id"), "")


def moment(table: str, row: str = "t") -> str:
    """SQL of the moment an account was at work, on a row of the table."""
    columns = (TABLES[table].column(name) for name in ACCOUNT_MOMENT[table])
    known = (f"{row}.{c.name}" + (" + interval 12 hour" if c.type is Type.DATE else "") for c in columns)
    return f"coalesce({', '.join(known)})"


def held(table: str, row: str = "t") -> str:
    """SQL condition on `a` (accounts): the time somebody had the account, and the row lies in it."""
    when, column = moment(table, row), account_column(TABLES[table])
    return (
        f"a.account_id = {row}.{column} and a.shop_id = {row}.shop_id and a.valid_from <= {when} "
        f"and (a.valid_until is null or {when} < a.valid_until)"
    )


def _of_table(table: Table, as_of: date) -> Iterator[Rule]:
    for column in table.columns:
        yield from _basics(table, column)
    if table.key:
        yield _rule(table, "duplicated_key", Kind.DUPLICATED, table.key)
    for earlier, later in combinations(table.ascending, 2):
        yield _rule(table, f"{_stem(later)}_before_{_stem(earlier)}", Kind.BEFORE, (earlier, later))
    if table.group is Group.FACT and table.time:
        yield _report(_rule(table, "in_the_future", Kind.FUTURE, (table.time,), options=(str(as_of),)))
    yield from _without_holder(table)
    yield from _overlaps(table)
    yield from (_rule(table, code, kind, **more) for name, code, kind, more in _EXTRAS if name == table.name)


def _basics(table: Table, column: Column) -> Iterator[Rule]:
    name = (column.name,)
    if not column.nullable:
        yield _rule(table, f"{column.name}_missing", Kind.MISSING, name)
    if column.allowed:
        yield _rule(table, f"{column.name}_not_allowed", Kind.NOT_ALLOWED, name, options=column.allowed)
    if column.minimum is not None:
        yield _rule(table, f"{column.name}_below_minimum", Kind.BELOW, name, limit=column.minimum)
    if column.references:
        yield from _references(table, column)


def _references(table: Table, column: Column) -> Iterator[Rule]:
    parent, key = column.references.split(".")
    noun = "account" if parent == "accounts" else column.name.removesuffix("_id")
    join = f"p.{key} = t.{column.name}"
    if parent != "shops" and "shop_id" in TABLES[parent].key and "shop_id" in table.names:
        join += " and p.shop_id = t.shop_id"
    unknown = f"t.{column.name} is not null and not exists (select 1 from {parent} p where {join})"
    account = column.name if parent == "accounts" else ""
    if account:  # an unknown shop has no accounts: that is one fault, not two
        unknown += " and exists (select 1 from shops s where s.shop_id = t.shop_id)"
    text = "unknown_account" if account else "unknown_reference"
    yield _rule(table, f"unknown_{noun}", Kind.FLAG, (column.name,), text=text, sql=unknown, account=account)
    if TABLES[parent].group is Group.FACT:
        bad = (
            f"exists (select 1 from {parent} p join bad_rows b on b.file = p._file and b.row = p._row "
            f"where b.table_name = '{parent}' and b.action = '{Action.QUARANTINE}' and {join})"
        )
        yield _rule(table, f"{noun}_quarantined", Kind.FLAG, (column.name,), text="parent_quarantined", sql=bad)


def _without_holder(table: Table) -> Iterator[Rule]:
    """Known accounts at a moment at which nobody had them. Joined as a whole: row by row it costs six times as much."""
    if table.name not in ACCOUNT_MOMENT:
        return
    column = account_column(table)
    nobody = (
        f"exists (select 1 from (select n._file, n._row from {table.name} n "
        f"anti join accounts a on {held(table.name, 'n')} "
        f"semi join accounts k on k.account_id = n.{column} and k.shop_id = n.shop_id) x "
        "where x._file = t._file and x._row = t._row)"
    )
    yield _report(_rule(table, "account_without_holder", Kind.FLAG, (column,), sql=nobody, account=column))


def _overlaps(table: Table) -> Iterator[Rule]:
    if table.name not in _INTERVALS:
        return
    owners, closed, which = _INTERVALS[table.name]
    reaches = "<=" if closed else "<"
    same = " and ".join(f"o.{owner} = t.{owner}" for owner in owners)
    clash = (
        f"{which.format(row='t')} and exists (select 1 from {table.name} o where {same} and {which.format(row='o')} "
        "and (o._file, o._row) <> (t._file, t._row) "
        f"and (t.valid_until is null or o.valid_from {reaches} t.valid_until) "
        f"and (o.valid_until is null or t.valid_from {reaches} o.valid_until))"
    )
    yield _rule(table, "overlapping", Kind.FLAG, owners, text=f"{table.name}_overlapping", sql=clash)


_SUBJECT = (
    "(t.level = 'employee' and not exists (select 1 from employees p where p.employee_id = t.subject_id)) "
    "or (t.level = 'department' and not exists (select 1 from departments p where p.department_id = t.subject_id)) "
    "or (t.level = 'shop' and not exists (select 1 from shops p where p.shop_id = t.subject_id)) "
    "or (t.level = 'company' and t.subject_id <> 'company')"
)

# What the contract of columns cannot say: table, code, kind, the rest.
_EXTRAS: tuple[tuple[str, str, Kind, dict[str, Any]], ...] = (
    ("ratings", "score_above_best", Kind.BEFORE, {"columns": ("score", "score_max"), "text": "score_above_best"}),
    ("judgements", "score_above_maximum", Kind.ABOVE, {"columns": ("score",), "limit": 100}),
    ("targets", "unknown_subject", Kind.FLAG,
     {"columns": ("subject_id",), "text": "unknown_reference", "sql": _SUBJECT}),
    ("figures", "unknown_subject", Kind.FLAG,
     {"columns": ("subject_id",), "text": "unknown_reference", "sql": _SUBJECT}),
    ("exams", "score_above_best", Kind.BEFORE, {"columns": ("score", "score_max"), "text": "score_above_best"}),
    ("tasks", "quality_above_maximum", Kind.ABOVE, {"columns": ("quality",), "limit": 100}),
    ("presence", "online_seconds_above_maximum", Kind.ABOVE, {"columns": ("online_seconds",), "limit": 24 * 3600}),
    ("events", "event_without_subject", Kind.FLAG,
     {"columns": ("employee_id",), "sql": "t.employee_id is null and t.department_id is null"}),
    ("accounts", "human_without_employee", Kind.FLAG,
     {"columns": ("employee_id",), "sql": "t.kind = 'human' and t.employee_id is null"}),
)  # fmt: skip


def _rule(table: Table, code: str, kind: Kind, columns: tuple[str, ...], *, text: str = "", **more: Any) -> Rule:
    fact = table.group is Group.FACT
    severity = Severity.WARNING if fact else Severity.CRITICAL
    action = Action.QUARANTINE if fact else Action.REPORT
    words = text or (code if kind is Kind.FLAG else kind.value)
    return Rule(f"{table.name}.{code}", table.name, kind, columns, severity, action, words, **more)


def _report(rule: Rule) -> Rule:
    return Rule(**{**rule.__dict__, "severity": Severity.WARNING, "action": Action.REPORT})


def _stem(column: str) -> str:
    return column.removesuffix("_at").removesuffix("_on").replace("valid_", "")
