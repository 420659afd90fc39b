"""Pools, and whether what people get of them is what was paid out of them."""

from collections.abc import Iterator
from decimal import Decimal

from flows.payroll.people import department_titles, paid_lines, payable_fen
from flows.workbooks.tables import Cell, Column, DataTable, amount, rows_of
from transforms.scoring.results import DepartmentAppraisal, PeriodResults, PoolResult, Trace
from transforms.titles import Locale, Title
from transforms.wording import three

_YES, _NO = three("相符", "相符", "agrees"), three("不符", "不符", "DIFFERS")
_PART = three("按方案只发放一部分", "按方案只發放一部分", "paid in part, as the scheme says")


def pools_table(results: PeriodResults, locale: Locale) -> DataTable:
    """A row a pool that is paid: what it holds, its shares, the lines that stand on it, what is left and why."""
    columns = (
        Column("department", three("部门", "部門", "Department"), width=16),
        Column("scheme", three("考核方案", "考核方案", "Scheme"), width=24),
        Column("pool", three("奖金池", "獎金池", "Pool"), width=18),
        Column("amount", three("总额", "總額", "Holds"), "amount"),
        Column("shares", three("分配合计", "分配合計", "Shares"), "amount"),
        Column("paid_lines", three("实发合计", "實發合計", "Paid in lines"), "amount"),
        Column("left", three("剩余", "剩餘", "Left over"), "amount"),
        Column("people", three("人数", "人數", "People"), "count", 8),
        Column("check", three("核对", "核對", "Check"), width=16),
        Column("why", three("说明", "說明", "Why"), width=60),
    )
    made = (_pool(results, *each, locale) for each in paid_pools(results))
    return DataTable("pools", three("奖金池核对", "獎金池核對", "Pools"), columns, rows_of(made), totalled=True)


def paid_pools(results: PeriodResults) -> Iterator[tuple[str, DepartmentAppraisal, PoolResult]]:
    """Department, appraisal and pool, of every scheme that is no trial."""
    for department in results.departments:
        for one in department.appraisals:
            yield from ((department.department_id, one, pool) for pool in one.pools if one.counts != "trial")


def _pool(
    results: PeriodResults, department_id: str, one: DepartmentAppraisal, pool: PoolResult, locale: Locale
) -> list[Cell]:
    shares, lines = sum(share.amount_fen for share in pool.shares), lines_on(results, department_id, one.scheme, pool)
    return [
        department_titles(results, locale)[department_id], one.scheme_title.in_locale(locale),
        pool.title.in_locale(locale), amount(pool.amount_fen), amount(shares), amount(lines), amount(pool.left_fen),
        len(pool.shares), check_of(pool, lines).in_locale(locale), pool.why.in_locale(locale),
    ]  # fmt: skip


def check_of(pool: PoolResult, lines_fen: int) -> Title:
    """Whether shares, rest and pool agree to the fen, and the lines with the shares."""
    shares = sum(share.amount_fen for share in pool.shares)
    if shares != pool.paid_fen or shares + pool.left_fen != pool.amount_fen or lines_fen > shares:
        return _NO
    return _YES if lines_fen == shares else _PART


def lines_on(results: PeriodResults, department_id: str, scheme: str, pool: PoolResult) -> int:
    """Fen paid in lines that stand on a pool."""
    return sum(
        line.amount_fen
        for _, one, line in paid_lines(results)
        if (one.department_id, one.scheme) == (department_id, scheme) and _stands_on(line.trace, pool.key)
    )


def _stands_on(trace: Trace, key: str) -> bool:
    named = {trace.label, trace.args.get("name"), trace.args.get("pool")}
    return key in named or any(_stands_on(each, key) for each in trace.inputs)


def reconciliation_table(results: PeriodResults, locale: Locale) -> DataTable:
    """Sums that must agree, taken two ways each."""
    columns = (
        Column("check", three("核对项", "核對項", "Check"), width=60),
        Column("one_way", three("算法一", "算法一", "One way"), "amount", 16),
        Column("other_way", three("算法二", "算法二", "The other way"), "amount", 16),
        Column("difference", three("差额", "差額", "Difference"), "amount", 16),
        Column("result", three("结果", "結果", "Result"), width=12),
    )
    made = (_agreed(told, one, other, locale) for told, one, other in _sums(results))
    return DataTable("reconciliation", three("总额核对", "總額核對", "Reconciliation"), columns, rows_of(made))


def _agreed(told: Title, one: int, other: int, locale: Locale) -> list[Cell]:
    difference = amount(one - other)
    result = _YES if difference == Decimal(0) else _NO
    return [told.in_locale(locale), amount(one), amount(other), difference, result.in_locale(locale)]


def _sums(results: PeriodResults) -> Iterator[tuple[Title, int, int]]:
    lines = sum(line.amount_fen for _, _, line in paid_lines(results))
    carried = sum(line.amount_fen for person in results.people for line in person.carried)
    payable = sum(payable_fen(person) for person in results.people)
    told = three("明细合计 + 结转 = 应发合计", "明細合計 + 結轉 = 應發合計", "Lines + carried over = payable")
    yield told, lines + carried, payable
    totals = sum(
        one.pay.total_fen
        for person in results.people
        for one in person.appraisals
        if one.pay is not None and one.counts != "trial"
    )
    yield three("各方案合计 = 明细合计", "各方案合計 = 明細合計", "Statements = lines"), totals, lines
    pools = [pool for _, _, pool in paid_pools(results)]
    shares = sum(share.amount_fen for pool in pools for share in pool.shares)
    told = three("奖金池总额 = 分配 + 剩余", "獎金池總額 = 分配 + 剩餘", "Pools = shares + left over")
    yield told, sum(pool.amount_fen for pool in pools), shares + sum(pool.left_fen for pool in pools)
