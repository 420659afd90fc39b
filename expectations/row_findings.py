"""From bad rows to findings: runs both readers of the row rules, compares them, and counts what they found."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from expectations import sql_rules, suites
from expectations.rules import Action, Kind, Rule, row_rules, rules_of
from expectations.run import SAMPLE_KEYS, Run, number
from transforms.findings import Finding, Severity
from transforms.tables import TABLES, Table

if TYPE_CHECKING:
    import pandas as pd

# Rows of a table that Great Expectations sees; of a bigger one a fixed sample by key, so that duplicates stay together.
FRAME_ROWS = 1_000_000
# Unknown accounts named one by one; the rest is summed up.
NAMED_ACCOUNTS = 20


def find(run: Run) -> tuple[Finding, ...]:
    """Findings about single rows. Leaves the bad rows of all days in the temporary table `bad_rows`."""
    sql_rules.find(run.con, run.as_of, run.window)
    return (*_disagreements(run), *_counted(run), *_by_account(run), *_elsewhere(run))


def frame(run: Run, table: Table) -> "tuple[pd.DataFrame, int]":
    """The rows of the window as Great Expectations sees them, and every how manieth key was taken (1 = all).

    FLAG rules need other tables: DuckDB has decided them already, and the frame carries its verdict.
    """
    scope = sql_rules.in_days(table, run.window)
    rows = number(run.con, f"select count(*) from {table.name} t where {scope}")
    every = int(-(-rows // FRAME_ROWS)) or 1
    rules = rules_of(table.name, run.as_of)
    names = dict.fromkeys(name for rule in rules if rule.kind not in {Kind.FLAG, Kind.MISSING} for name in rule.columns)
    # Of a column that is only asked whether it is empty, the frame carries no more than that.
    present = [
        f"case when t.{rule.columns[0]} is not null then true end as {rule.columns[0]}"
        for rule in rules
        if rule.kind is Kind.MISSING and rule.columns[0] not in names
    ]
    flags = [
        f"coalesce(list_contains(b.codes, '{rule.check}'), false) as \"{rule.check}\""
        for rule in rules
        if rule.kind is Kind.FLAG
    ]
    last = f"timestamp '{run.as_of} 23:59:59.999999' as {suites.LAST_MOMENT}"
    columns = ", ".join([*(f"t.{name}" for name in names), *present, *flags, last, "t._file", "t._row"])
    sample = f" and hash({sql_rules.key_text(table)}) % {every} = 0" if every > 1 else ""
    bad = f"select file, row, list(check_code) as codes from bad_rows where table_name = '{table.name}' group by all"
    seen = f"from {table.name} t left join ({bad}) b on b.file = t._file and b.row = t._row where {scope}{sample}"
    return run.con.sql(f"select {columns} {seen}").df(), every


def _disagreements(run: Run) -> Iterator[Finding]:
    """Great Expectations on the rows of the window; its verdict and DuckDB's must be the same, rule by rule."""
    for table in TABLES.values():
        rules = rules_of(table.name, run.as_of)
        rows, every = frame(run, table)
        by_suite = suites.failures(table.name, rows, rules, ("_file", "_row"))
        by_sql = _by_sql(run, table, every)
        for rule in rules:
            if set(by_suite[rule.check]) != by_sql.get(rule.check, set()):
                yield run.finding(
                    "gate.checkers_disagree", Severity.CRITICAL, len(by_suite[rule.check]), table=table.name,
                    words={"key": rule.check}, sample_keys=(rule.check,),
                )  # fmt: skip


def _by_sql(run: Run, table: Table, every: int) -> dict[str, set[tuple[str, int]]]:
    found: dict[str, set[tuple[str, int]]] = {}
    rows = run.con.execute(
        "select check_code, file, row from bad_rows "
        "where table_name = ? and coalesce(day between ? and ?, true) and hash(key) % ? = 0",
        [table.name, run.window.start, run.window.end, every],
    )
    for check, file, row in rows.fetchall():
        found.setdefault(check, set()).add((file, row))
    return found


_COUNTS = f"""
select check_code, count(*), list(distinct key order by key)[1:{SAMPLE_KEYS}],
       list(distinct employee_id order by employee_id) filter (where employee_id is not null)
from bad_rows where coalesce(day between ? and ?, true) or day > ? group by check_code
"""


def _counted(run: Run) -> Iterator[Finding]:
    """One finding a rule, rows of the future with it; rules about accounts are counted account by account instead."""
    rules = {rule.check: rule for rule in row_rules(run.as_of)}
    limits = [run.window.start, run.window.end, run.as_of]
    for check, rows, keys, employees in run.con.execute(_COUNTS, limits).fetchall():
        if not _account_wise(rules[check]):
            yield _finding(run, rules[check], rows, tuple(keys), employee_ids=tuple(employees or ()))


_ACCOUNTS = """
select shop_id, account_id, count(*) from bad_rows
where check_code = ? and coalesce(day between ? and ?, true) group by all order by 3 desc, 1, 2
"""


def _by_account(run: Run) -> Iterator[Finding]:
    for rule in filter(_account_wise, row_rules(run.as_of)):
        found = run.con.execute(_ACCOUNTS, [rule.check, run.window.start, run.window.end]).fetchall()
        for shop, account, rows in found[:NAMED_ACCOUNTS]:
            yield _finding(run, rule, rows, (account,), shop_id=shop)
        if rest := found[NAMED_ACCOUNTS:]:
            words = run.words(rule) | {"accounts": len(rest)}
            keys = tuple(account for _, account, _ in rest[:SAMPLE_KEYS])
            yield run.finding(
                rule.check, rule.severity, sum(rows for *_, rows in rest), text="more_accounts", words=words,
                quarantined=rule.action is Action.QUARANTINE, sample_keys=keys,
            )  # fmt: skip


def _elsewhere(run: Run) -> Iterator[Finding]:
    query = (
        "select table_name, count(distinct (file, row)) from bad_rows "
        "where action = ? and day not between ? and ? group by 1"
    )
    found = run.con.execute(query, [Action.QUARANTINE, run.window.start, run.window.end]).fetchall()
    for table, rows in found:
        yield run.finding(f"{table}.quarantined_elsewhere", Severity.INFO, rows)


def _account_wise(rule: Rule) -> bool:
    return rule.text == "unknown_account"


def _finding(run: Run, rule: Rule, rows: int, keys: tuple[str, ...], **place: Any) -> Finding:
    quarantined = rule.action is Action.QUARANTINE
    words = run.words(rule) | {"key": keys[0] if keys else ""}
    return run.finding(
        rule.check, rule.severity, rows, text=rule.text, words=words, quarantined=quarantined, sample_keys=keys, **place
    )  # fmt: skip
