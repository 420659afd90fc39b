"""A department's workbook: the numbers of its report as tables that a manager can sort and filter."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from decimal import Decimal
from itertools import compress

from flows.rendering.languages import translations
from flows.workbooks.tables import Cell, Column, DataTable, Told, rows_of
from flows.workbooks.writing import workbook
from transforms.metrics.model import Unit
from transforms.reports.appraisal_model import SchemeView
from transforms.reports.groups import DepartmentReport, PersonRow
from transforms.reports.model import CardView
from transforms.reports.person_lines import PersonLine
from transforms.titles import Locale, Title
from transforms.wording import three

_ID = Column("employee_id", three("工号", "工號", "Employee id"), width=12)
_NAME = Column("name", three("姓名", "姓名", "Name"), width=16)
_UNITS = {
    Unit.RATE: three("比率", "比率", "rate"), Unit.COUNT: three("数量", "數量", "count"),
    Unit.FEN: three("金额", "金額", "amount"), Unit.SECONDS: three("秒", "秒", "seconds"),
    Unit.HOURS: three("小时", "小時", "hours"),
}  # fmt: skip
_NUMBER = three("数值", "數值", "number")
_YES = three("是", "是", "yes")


def department_workbook(report: DepartmentReport, locale: Locale, code: str) -> bytes:
    """The bytes of the workbook; the same report gives the same bytes. `code` is the report's short code."""
    made = datetime.combine(report.head.footer.dated, time(), tzinfo=UTC)
    mark = f"{report.head.period} · {report.subject_id} · r{report.head.footer.revision} · {code}"
    return workbook(tables(report, locale, code), locale, made, mark)


def tables(report: DepartmentReport, locale: Locale, code: str) -> tuple[DataTable, ...]:
    """People; each indicator of each person; the department's own; a table a scheme beside the score; what it is."""
    schemes = (_scheme(view) for view in report.schemes if view.people)
    own = (_card(report.card, locale),) if report.card else ()
    return (
        _people(report, locale),
        _indicators(report, locale),
        *own,
        *_titled_apart(schemes),
        _about(report, locale, code),
    )


def _titled_apart(found: Iterator[DataTable]) -> Iterator[DataTable]:
    """A workbook needs short and different names of its sheets."""
    for number, table in enumerate(found, start=1):
        yield DataTable(
            table.key, _numbered(table.title, number), table.columns, table.rows, table.note, table.totalled
        )


def _numbered(title: Title, number: int) -> Title:
    words = (title.in_locale(each) for each in ("zh-Hans", "zh-Hant", "en"))
    return three(*(f"{number} {_plain(word)[:26]}" for word in words))


def _plain(word: str) -> str:
    """Characters that the name of a sheet may not have."""
    return "".join("-" if character in "[]:*?/\\" else character for character in word).strip("'")


def _people(report: DepartmentReport, locale: Locale) -> DataTable:
    columns = (
        _ID, _NAME, Column("post", three("岗位", "職位", "Post"), width=16),
        Column("rank", three("名次", "名次", "Rank"), "count", 8),
        Column("score", three("得分", "得分", "Score"), "number", 10),
        Column("grade", three("等级", "等級", "Grade"), width=12),
        Column("change", three("较上期", "較上期", "Change"), "number", 10),
        Column("working_days", three("工作日", "工作日", "Working days"), "fine", 10),
        Column("strongest", three("强项", "強項", "Strength"), width=22),
        Column("costliest", three("失分最多", "失分最多", "Most points lost"), width=22),
        Column("provisional", three("暂定", "暫定", "Provisional"), width=10),
        Column("not_scored", three("未计分", "未計分", "Not scored"), width=18),
    )  # fmt: skip
    rows = (_person(row, locale) for row in (*report.people, *report.unscored))
    return DataTable("people", three("人员", "人員", "People"), columns, rows_of(rows))


def _person(row: PersonRow, locale: Locale) -> list[Cell]:
    return [
        row.employee_id, row.name, row.post, row.rank, row.score, _text(row.grade, locale), row.change,
        Decimal(row.working_days), _text(row.strongest, locale), _text(row.costliest, locale),
        _YES.in_locale(locale) if row.provisional else None, row.not_scored,
    ]  # fmt: skip


def _values() -> tuple[Column, ...]:
    return (
        Column("group", three("分组", "分組", "Group"), width=16),
        Column("indicator", three("指标", "指標", "Indicator"), width=24),
        Column("unit", three("单位", "單位", "Unit"), width=10),
        Column("actual", three("实际", "實際", "Actual"), "fine", 14),
        Column("target", three("目标", "目標", "Target"), "fine", 14),
        Column("numerator", three("分子", "分子", "Numerator"), "fine", 14),
        Column("denominator", three("分母", "分母", "Denominator"), "fine", 14),
        Column("score", three("得分", "得分", "Score"), "number", 10),
        Column("weight", three("权重", "權重", "Weight"), "fine", 8),
        Column("points", three("计分", "計分", "Points"), "number", 10),
        Column("lost", three("失分", "失分", "Points lost"), "number", 10),
    )


def _indicators(report: DepartmentReport, locale: Locale) -> DataTable:
    columns = (
        _ID, _NAME, Column("department", three("部门", "部門", "Department"), width=14),
        Column("scheme", three("方案", "方案", "Scheme"), width=22), *_values(),
        Column("rank", three("名次", "名次", "Rank"), "count", 8),
        Column("ranked_of", three("参排人数", "參排人數", "Ranked of"), "count", 10),
        Column("provisional", three("暂定", "暫定", "Provisional"), width=10),
        Column("missing", three("缺失原因", "缺失原因", "Missing"), width=14),
    )  # fmt: skip
    rows = (_line(line, locale) for line in report.lines)
    return DataTable("indicators", three("指标明细", "指標明細", "Indicators"), columns, rows_of(rows))


def _line(line: PersonLine, locale: Locale) -> list[Cell]:
    titles = (line.department, line.scheme, line.group, line.title)
    return [
        line.employee_id, line.name, *(_text(title, locale) for title in titles), _unit(line.unit, locale),
        _told(line.actual, line.unit), _told(line.target, line.unit),
        _told(line.numerator, line.numerator_unit), _told(line.denominator, line.denominator_unit),
        line.score, line.weight_used, line.points, line.lost, line.rank, line.ranked_of,
        _YES.in_locale(locale) if line.provisional else None, line.missing,
    ]  # fmt: skip


def _card(card: CardView, locale: Locale) -> DataTable:
    rows = (
        [_text(group.title, locale), _text(i.title, locale), _unit(i.unit, locale), _told(i.actual, i.unit),
         _told(i.target, i.unit), _told(i.numerator, i.numerator_unit), _told(i.denominator, i.denominator_unit),
         i.score, i.weight_used, i.points, i.lost]
        for group in card.groups for i in group.indicators
    )  # fmt: skip
    return DataTable("department", three("部门整体", "部門整體", "Department"), _values(), rows_of(rows))


def _scheme(view: SchemeView) -> DataTable:
    """Only the columns that the scheme fills."""
    score = Column("score", three("得分", "得分", "Score"), "number", 10)
    rank = Column("rank", three("名次", "名次", "Rank"), "count", 8)
    pay = Column("pay", three("应发金额", "應發金額", "Pay"), "amount", 14)
    sheets = tuple(Column(f"points_{n}", title, "fine", 14) for n, title in enumerate(view.sheets))
    kept = (True, True, view.has_scores, view.has_ranks, *(True for _ in sheets), view.has_pay)
    columns = compress((_ID, _NAME, score, rank, *sheets, pay), kept)
    rows = (compress([p.employee_id, p.name, p.score, p.rank, *p.totals, _money(p.pay_fen)], kept) for p in view.people)
    return DataTable(view.scheme, view.title, tuple(columns), rows_of(rows), totalled=view.has_pay)


def _about(report: DepartmentReport, locale: Locale, code: str) -> DataTable:
    columns = (
        Column("about", three("事项", "事項", "About"), width=20),
        Column("holds", three("内容", "內容", "What holds"), width=90),
    )
    head = report.head
    says = three(
        "数字与部门报告、个人报告完全一致,均取自台账,没有公式。比率以小数保存,按百分比显示。内含个人信息,请勿转发。",
        "數字與部門報告、個人報告完全一致,均取自臺帳,沒有公式。比率以小數保存,按百分比顯示。內含個人資訊,請勿轉寄。",
        "The numbers are those of the department's and the people's reports, from the ledger, without formulas. "
        "Rates are stored as fractions and shown as per cent. This file holds personal data: please do not pass it on.",
    )
    told: list[tuple[Title, str]] = [
        (three("公司", "公司", "Company"), head.company.in_locale(locale)),
        (three("部门", "部門", "Department"), report.title.in_locale(locale)),
        (three("期间", "期間", "Period"), head.period),
        (three("版本", "版本", "Revision"), str(head.footer.revision)),
        (three("数据快照", "資料快照", "Snapshot"), head.footer.snapshot),
        (three("核对码", "核對碼", "Code"), code),
        (three("状态", "狀態", "State"), _state(locale) if head.provisional else "–"),
        (three("说明", "說明", "Note"), says.in_locale(locale)),
    ]
    return DataTable(
        "about", three("说明", "說明", "About"), columns, rows_of([a.in_locale(locale), b] for a, b in told)
    )


def _state(locale: Locale) -> str:
    return translations(locale).gettext("Provisional")


def _text(title: Title | None, locale: Locale) -> str | None:
    return None if title is None else title.in_locale(locale)


def _unit(unit: Unit, locale: Locale) -> str:
    return _UNITS.get(unit, _NUMBER).in_locale(locale)


def _told(value: Decimal | None, unit: Unit) -> Told | None:
    """A value in its own unit; money in the currency's whole unit."""
    if value is None:
        return None
    if unit is Unit.FEN:
        return Told(value / 100, "amount")
    return Told(value, "rate" if unit is Unit.RATE else "fine")


def _money(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen).scaleb(-2)
