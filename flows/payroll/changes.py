"""What finance has to pay otherwise than the revision before said, line by line, and why."""

from collections.abc import Mapping

from flows.payroll.people import CARRIED, department_titles, paid_lines
from flows.workbooks.tables import Cell, Column, DataTable, amount, rows_of
from transforms.revisions import Changes
from transforms.scoring.results import PeriodResults
from transforms.titles import Locale
from transforms.wording import three

LineKey = tuple[str, str, str]  # employee, scheme, line (with the period it comes from, where it was carried over)
_TITLE = three("与上一版的差异", "與上一版的差異", "Changes")


def changes_table(
    before: PeriodResults | None, after: PeriodResults, changes: Changes | None, locale: Locale
) -> DataTable:
    """A row a line whose amount differs; `before` None: there was no earlier revision, and the table is empty."""
    columns = (
        Column("employee_id", three("工号", "工號", "Employee"), width=10),
        Column("name", three("姓名", "姓名", "Name"), width=12),
        Column("department", three("部门", "部門", "Department"), width=16),
        Column("scheme", three("考核方案", "考核方案", "Scheme"), width=24),
        Column("line", three("项目", "項目", "Line"), width=18),
        Column("before", three("上一版", "上一版", "Before"), "amount"),
        Column("after", three("本版", "本版", "Now"), "amount"),
        Column("difference", three("差额", "差額", "Difference"), "amount"),
        Column("because", three("原因", "原因", "Because"), width=60),
    )
    old, new = lines_of(before) if before else {}, lines_of(after)
    told = _told(before, after, locale) if before else {}
    why = _causes(changes, locale)
    differing = [key for key in sorted(old.keys() | new.keys()) if old.get(key, 0) != new.get(key, 0)] if before else []
    made = ([*told[key], *_amounts(old.get(key, 0), new.get(key, 0)), why.get(key, "")] for key in differing)
    note = None if before else three("本期第一版,无差异", "本期第一版,無差異", "The first revision of the period")
    return DataTable("changes", _TITLE, columns, rows_of(made), note=note, totalled=True)


def lines_of(results: PeriodResults) -> dict[LineKey, int]:
    """Fen by employee, scheme and line, carried lines included."""
    found: dict[LineKey, int] = {}
    for person, one, line in paid_lines(results):
        key = person.employee_id, one.scheme, line.key
        found[key] = found.get(key, 0) + line.amount_fen
    for person in results.people:
        for each in person.carried:
            key = person.employee_id, each.scheme, f"{each.from_period}/{each.key}"
            found[key] = found.get(key, 0) + each.amount_fen
    return found


def _amounts(before: int, after: int) -> list[Cell]:
    return [amount(before), amount(after), amount(after - before)]


def _told(before: PeriodResults, after: PeriodResults, locale: Locale) -> Mapping[LineKey, list[Cell]]:
    """Who, where, scheme and line of each key, in words; the newer revision's words win."""
    found: dict[LineKey, list[Cell]] = {}
    for results in (before, after):
        titles = department_titles(results, locale)
        for person, one, line in paid_lines(results):
            where = titles.get(one.department_id, one.department_id)
            words: list[Cell] = [person.employee_id, person.name, where, one.scheme_title.in_locale(locale)]
            found[person.employee_id, one.scheme, line.key] = [*words, line.title.in_locale(locale)]
        for person in results.people:
            where = titles.get(person.department_id, person.department_id)
            for each in person.carried:
                words = [person.employee_id, person.name, where, each.scheme_title.in_locale(locale)]
                said = f"{CARRIED.in_locale(locale)} {each.from_period}: {each.title.in_locale(locale)}"
                found[person.employee_id, each.scheme, f"{each.from_period}/{each.key}"] = [*words, said]
    return found


def _causes(changes: Changes | None, locale: Locale) -> dict[LineKey, str]:
    found: dict[LineKey, str] = {}
    for each in changes.changes if changes else ():
        if each.what in {"pay", "carried"}:
            says = "; ".join(dict.fromkeys(cause.says.in_locale(locale) for cause in each.causes))
            found[each.subject_id, each.scheme or "", each.key] = says
    return found
