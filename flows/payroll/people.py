"""Pay by line and by person: what schemes pay that are no trial, and what closed periods left over."""

from collections.abc import Iterator

from flows.workbooks.tables import Cell, Column, DataTable, amount, rows_of
from transforms.scoring.results import Appraisal, PayLineResult, PeriodResults, PersonResult
from transforms.titles import Locale
from transforms.wording import three

KINDS = ("base", "allowance", "commission", "bonus", "reward", "deduction")
_KIND_TITLES = {
    "base": three("基本工资", "基本工資", "Base"),
    "allowance": three("津贴", "津貼", "Allowances"),
    "commission": three("提成", "提成", "Commission"),
    "bonus": three("奖金", "獎金", "Bonuses"),
    "reward": three("奖励", "獎勵", "Rewards"),
    "deduction": three("扣款", "扣款", "Deductions"),
}
CARRIED = three("上期结转", "上期結轉", "Carried over")
_WHO = (
    Column("employee_id", three("工号", "工號", "Employee"), width=10),
    Column("name", three("姓名", "姓名", "Name"), width=12),
    Column("department", three("部门", "部門", "Department"), width=16),
)
_PROVISIONAL = three("暂定", "暫定", "provisional")
Paid = tuple[PersonResult, Appraisal, PayLineResult]


def paid_lines(results: PeriodResults) -> Iterator[Paid]:
    """Every line that is really paid, by department, person, scheme; a trial's lines are not."""
    found = [
        (person, one, line)
        for person in results.people
        for one in person.appraisals
        if one.counts != "trial" and one.pay is not None
        for line in one.pay.lines
    ]
    return iter(sorted(found, key=lambda each: (each[1].department_id, each[0].employee_id, each[1].scheme)))


def lines_table(results: PeriodResults, locale: Locale) -> DataTable:
    """A row a line: whose, which scheme, what, how much, and how it came about."""
    titles = department_titles(results, locale)
    columns = (
        *_WHO,
        Column("scheme", three("考核方案", "考核方案", "Scheme"), width=24),
        Column("line", three("项目", "項目", "Line"), width=18),
        Column("kind", three("类别", "類別", "Kind"), width=12),
        Column("amount", three("金额", "金額", "Amount"), "amount"),
        Column("state", three("状态", "狀態", "State"), width=10),
        Column("says", three("计算依据", "計算依據", "How it came about"), width=80),
    )
    made: list[list[Cell]] = [_line(each, titles, locale) for each in paid_lines(results)]
    made += [line for person in results.people for line in _carried(person, titles, locale)]
    return DataTable("lines", three("工资明细", "工資明細", "Pay lines"), columns, rows_of(made), totalled=True)


def _line(of: Paid, titles: dict[str, str], locale: Locale) -> list[Cell]:
    person, one, line = of
    where = titles.get(one.department_id, one.department_id)
    says = (line.missing or line.says).in_locale(locale)
    state = _PROVISIONAL.in_locale(locale) if line.provisional else ""
    return [
        person.employee_id, person.name, where, one.scheme_title.in_locale(locale), line.title.in_locale(locale),
        _KIND_TITLES[line.kind].in_locale(locale), amount(line.amount_fen), state, says,
    ]  # fmt: skip


def _carried(person: PersonResult, titles: dict[str, str], locale: Locale) -> Iterator[list[Cell]]:
    where = titles.get(person.department_id, person.department_id)
    for line in person.carried:
        yield [
            person.employee_id, person.name, where, line.scheme_title.in_locale(locale),
            f"{line.title.in_locale(locale)} ({line.from_period})", CARRIED.in_locale(locale),
            amount(line.amount_fen), "", line.says.in_locale(locale),
        ]  # fmt: skip


def people_table(results: PeriodResults, locale: Locale) -> DataTable:
    """A row a person: the sum of each kind, what was carried over, and what is to be paid."""
    titles = department_titles(results, locale)
    columns = (
        *_WHO,
        *(Column(kind, _KIND_TITLES[kind], "amount") for kind in KINDS),
        Column("carried", CARRIED, "amount"),
        Column("payable", three("应发合计", "應發合計", "Payable"), "amount", 16),
    )
    made = [_person(person, titles) for person in results.people if is_paid(person)]
    return DataTable("people", three("工资汇总", "工資匯總", "People"), columns, rows_of(made), totalled=True)


def _person(person: PersonResult, titles: dict[str, str]) -> list[Cell]:
    sums = dict.fromkeys(KINDS, 0)
    for line in own_lines(person):
        sums[line.kind] += line.amount_fen
    carried = sum(each.amount_fen for each in person.carried)
    where = titles.get(person.department_id, person.department_id)
    told: list[Cell] = [person.employee_id, person.name, where]
    return [*told, *(amount(sums[kind]) for kind in KINDS), amount(carried), amount(payable_fen(person))]


def own_lines(person: PersonResult) -> tuple[PayLineResult, ...]:
    """The lines a person is really paid."""
    return tuple(line for one in person.appraisals if one.counts != "trial" and one.pay for line in one.pay.lines)


def payable_fen(person: PersonResult) -> int:
    """What is to be paid to a person: lines and what was carried over."""
    return sum(line.amount_fen for line in (*own_lines(person), *person.carried))


def is_paid(person: PersonResult) -> bool:
    """Whether finance has anything to do with the person."""
    return bool(own_lines(person) or person.carried)


def department_titles(results: PeriodResults, locale: Locale) -> dict[str, str]:
    """Department titles by id."""
    return {each.department_id: each.title.in_locale(locale) for each in results.departments}
