"""What the amounts rest on, so that finance can ask about each: revision, rules, what is open, what is not paid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flows.payroll.people import paid_lines, payable_fen
from flows.workbooks.tables import Cell, Column, DataTable, amount, rows_of
from transforms.corrections.model import Correction
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.results import PeriodResults
from transforms.titles import Locale, Title
from transforms.wording import three, told


@dataclass(frozen=True)
class Stand:
    """What a workbook is made of, besides the results."""

    company: Title
    currency: str
    period: str
    status: str
    revision: int
    revision_hash: str
    snapshot_id: str
    recorded_on: date
    schemes: Sequence[tuple[Scheme, Version]]
    corrections: Sequence[Correction]


_STATUS = {
    "open": three("未结", "未結", "open"),
    "provisional": three("暂定,尚未结账", "暫定,尚未結賬", "provisional: not closed"),
    "final": three("已结账", "已結賬", "final"),
}
_RULES = (
    three(
        "金额由台账中的精确值写出,没有公式;每个项目只在最后四舍五入到分一次。",
        "金額由台賬中的精確值寫出,沒有公式;每個項目只在最後四捨五入到分一次。",
        "Amounts are the ledger's exact values, without formulas; a line is rounded to the fen once, half-up.",
    ),
    three(
        "奖金池按最大余数法分配到分,并列时按工号;剩余留在公司。",
        "獎金池按最大餘數法分配到分,並列時按工號;剩餘留在公司。",
        "Pools are split to the fen by largest remainder, ties by employee number; the rest stays with the company.",
    ),
    three(
        "不含社保、公积金与个人所得税。",
        "不含社保、公積金與個人所得稅。",
        "Social insurance, housing fund and income tax are not included.",
    ),
)
_OWED = three(
    "{amount} 元须由工资的其他部分抵扣,或由财务另行处理",
    "{amount} 元須由工資的其他部分抵扣,或由財務另行處理",
    "{amount} yuan are to be taken from other parts of the pay, or settled by finance",
)


def assumptions_table(results: PeriodResults, stand: Stand, locale: Locale) -> DataTable:
    """A row an assumption: what it is about, and what holds."""
    columns = (
        Column("about", three("事项", "事項", "About"), width=28),
        Column("holds", three("内容", "內容", "What holds"), width=110),
    )
    told_rows = [[_text(about, locale), _text(says, locale)] for about, says in _all(results, stand)]
    title = three("口径与假设", "口徑與假設", "Assumptions")
    return DataTable("assumptions", title, columns, rows_of(told_rows))


def _text(words: Title | str, locale: Locale) -> Cell:
    return words if isinstance(words, str) else words.in_locale(locale)


def _all(results: PeriodResults, stand: Stand) -> Iterator[tuple[Title | str, Title | str]]:
    yield three("公司", "公司", "Company"), stand.company
    yield three("期间", "期間", "Period"), stand.period
    yield three("币种", "幣種", "Currency"), stand.currency
    yield three("期间状态", "期間狀態", "State of the period"), _STATUS[stand.status]
    yield three("版本", "版本", "Revision"), f"{stand.revision} · {stand.recorded_on} · {stand.revision_hash}"
    yield three("数据快照", "數據快照", "Snapshot"), stand.snapshot_id
    yield from ((three("计算规则", "計算規則", "Rules of computing"), each) for each in _RULES)
    yield from _schemes(results, stand.schemes)
    yield from _open(results)
    yield from _corrections(stand.corrections)


def _schemes(results: PeriodResults, schemes: Iterable[tuple[Scheme, Version]]) -> Iterator[tuple[Title | str, Title]]:
    paying = {one.scheme for _, one, _ in paid_lines(results)}
    approved = three(
        "自 {since} 起生效,{by} 于 {day} 批准({reference})",
        "自 {since} 起生效,{by} 於 {day} 批准({reference})",
        "in force from {since}, approved by {by} on {day} ({reference})",
    )
    trial = three("试行:只计算,不发放", "試行:只計算,不發放", "on trial: computed, not paid")
    for scheme, version in schemes:
        sign = version.approved
        if scheme.scheme in paying:
            yield (
                scheme.title,
                told(
                    approved,
                    since=str(version.effective_from),
                    by=sign.by,
                    day=str(sign.date),
                    reference=sign.reference,
                ),
            )
        elif version.pay is not None and scheme.counts == "trial":
            yield scheme.title, trial


def _open(results: PeriodResults) -> Iterator[tuple[Title, Title]]:
    lines = list(paid_lines(results))
    if waiting := sum(line.provisional for _, _, line in lines):
        about = three("尚可变动的项目", "尚可變動的項目", "Lines that can still change")
        until = str(results.provisional_until or "")
        yield (
            about,
            told(three("{n} 项,至 {until}", "{n} 項,至 {until}", "{n}, until {until}"), n=str(waiting), until=until),
        )
    for person in results.people:
        if (fen := payable_fen(person)) < 0:
            about = told(three("{who} 为负数", "{who} 為負數", "{who} is below zero"), who=person.employee_id)
            yield about, told(_OWED, amount=f"{-amount(fen):,.2f}")
    for person, _, line in lines:
        if line.missing is not None:
            yield told(three("{who} 无数据", "{who} 無數據", "No data for {who}"), who=person.employee_id), line.missing


def _corrections(corrections: Iterable[Correction]) -> Iterator[tuple[str, Title]]:
    says = three(
        "更正({kind}):{reason};凭据 {evidence};{asked} 提出,{approved} 批准",
        "更正({kind}):{reason};憑據 {evidence};{asked} 提出,{approved} 批准",
        "Correction ({kind}): {reason}; evidence {evidence}; asked by {asked}, approved by {approved}",
    )
    for each in corrections:
        yield each.id, told(
            says, kind=each.kind, reason=each.reason, evidence=each.evidence, asked=each.asked_by,
            approved=each.approved_by,
        )  # fmt: skip
