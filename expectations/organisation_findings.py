"""Checks on who belongs where: tables that must be there, doubled people, managers, work without an assignment."""

from collections.abc import Iterator

from expectations.rules import ACCOUNT_MOMENT, Action, Kind, Rule, held, moment
from expectations.run import SAMPLE_KEYS, Run, exists, number
from expectations.suites import failures
from transforms.findings import Finding, Severity
from transforms.tables import TABLES

REQUIRED = ("shops", "departments", "employees", "assignments")


def structure(run: Run) -> tuple[Finding, ...]:
    """Tables of the contract that lack columns: nothing else can be checked then."""
    return tuple(_columns_missing(run))


def find(run: Run) -> tuple[Finding, ...]:
    """Findings about the organisation as of the period."""
    return (*_tables_missing(run), *_conflicts(run), *_no_manager(run), *_no_mail(run), *_no_assignment(run))


def _columns_missing(run: Run) -> Iterator[Finding]:
    for table in TABLES.values():
        have = run.con.execute(
            "select column_name from information_schema.columns where table_name = ?", [table.name]
        ).fetchall()
        missing = tuple(name for name in (*table.names, "_file", "_row") if (name,) not in have)
        if missing:
            words = {"key": ", ".join(missing)}
            yield run.finding(f"{table.name}.columns_missing", Severity.CRITICAL, len(missing), words=words)


def _tables_missing(run: Run) -> Iterator[Finding]:
    for name in REQUIRED:
        if not number(run.con, f"select count(*) from {name}"):
            yield run.finding(f"{name}.table_missing", Severity.CRITICAL, 0)


def _conflicts(run: Run) -> Iterator[Finding]:
    """Rows of the organisation that stand twice with different content; staging keeps them apart in `conflicts`."""
    if not exists(run.con, "conflicts"):
        return
    rows = run.con.execute(
        "select distinct table_name, key, file, row, other_file, other_row from conflicts order by all"
    ).fetchall()
    for table, key, file, row, other_file, other_row in rows:
        words = {"key": key, "file": file, "row": row, "other_file": other_file, "other_row": other_row}
        people = (key,) if table == "employees" else ()
        yield run.finding(
            f"{table}.conflict", Severity.CRITICAL, 2, words=words, sample_keys=(key,), employee_ids=people
        )  # fmt: skip


_MANAGERS = """
select d.department_id, count(m.employee_id) as managers
from departments d left join assignments m on m.department_id = d.department_id and m.role = 'manager'
  and m.valid_from <= $last and (m.valid_until is null or m.valid_until >= $last)
where exists (select 1 from assignments a where a.department_id = d.department_id and a.valid_from <= $last
              and (a.valid_until is null or a.valid_until >= $first))
group by 1 order by 1
"""


def _no_manager(run: Run) -> Iterator[Finding]:
    """A department with people in the period and no manager on its last day."""
    frame = run.con.execute(_MANAGERS, {"first": run.period.start, "last": run.period.end}).df()
    rule = Rule("no_manager", "", Kind.BELOW, ("managers",), Severity.WARNING, Action.REPORT, "", limit=1)
    for (department,) in failures("managers", frame, (rule,), ("department_id",))["no_manager"]:
        yield run.finding(
            "departments.no_manager", Severity.WARNING, 1, words={"key": department}, sample_keys=(department,)
        )  # fmt: skip


_MANAGER_MAIL = """
select distinct e.employee_id, e.email from employees e join assignments m on m.employee_id = e.employee_id
where m.role = 'manager' and m.valid_from <= $last and (m.valid_until is null or m.valid_until >= $last) order by 1
"""


def _no_mail(run: Run) -> Iterator[Finding]:
    frame = run.con.execute(_MANAGER_MAIL, {"last": run.period.end}).df()
    rule = Rule("no_mail", "", Kind.MISSING, ("email",), Severity.WARNING, Action.REPORT, "")
    people = tuple(who for (who,) in failures("managers", frame, (rule,), ("employee_id",))["no_mail"])
    if people:
        yield run.finding(
            "employees.manager_without_email", Severity.WARNING, len(people), sample_keys=people[:SAMPLE_KEYS],
            employee_ids=people,
        )  # fmt: skip


def _no_assignment(run: Run) -> Iterator[Finding]:
    """People with facts on their accounts on days of the period on which no department had them."""
    worked = " union ".join(
        f"select a.employee_id, cast({moment(name)} as date) as day from {name} t join accounts a "
        f"on {held(name)} where cast({moment(name)} as date) between $first and $last"
        for name in ACCOUNT_MOMENT
    )
    frame = run.con.execute(
        f"select w.employee_id, count(*) filter (where not exists (select 1 from assignments s "
        f"where s.employee_id = w.employee_id and s.valid_from <= w.day "
        f"and (s.valid_until is null or w.day <= s.valid_until))) as days "
        f"from ({worked}) w where w.employee_id is not null group by 1 order by 1",
        {"first": run.period.start, "last": run.period.end},
    ).df()
    rule = Rule("no_assignment", "", Kind.ABOVE, ("days",), Severity.WARNING, Action.REPORT, "", limit=0)
    people = tuple(who for (who,) in failures("workers", frame, (rule,), ("employee_id",))["no_assignment"])
    if people:
        yield run.finding(
            "assignments.no_assignment", Severity.WARNING, len(people), sample_keys=people[:SAMPLE_KEYS],
            employee_ids=people,
        )  # fmt: skip
