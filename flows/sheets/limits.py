"""What may be typed into an input cell: lists, numbers and days within limits; what was pasted in turns red."""

from datetime import date
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from flows.sheets.layout import LONGEST_COMMENT, OVERTIME_LIMITS, SCORE_LIMITS, WITHDRAWN, Column, TabKey
from flows.sheets.words import HINTS, WRONG
from transforms.period import Period
from transforms.titles import Locale
from transforms.wording import told

_EPOCH = date(1899, 12, 30)  # Excel's day 0
_BOLD = Font(color="9C0006", bold=True)
_RED = PatternFill("solid", bgColor="F8C9C4")


def limit(page: Any, tab: TabKey, column: Column, reach: str, period: Period, locale: Locale, listed: str) -> None:
    """Hold the cells of an input column within what they may say."""
    rule = _rule(tab, column, reach.partition(":")[0], period, listed)
    rule.error, rule.errorTitle = _hint(tab, column, period, locale), WRONG.in_locale(locale)
    rule.prompt = rule.error if column.holds != "text" else None
    rule.showErrorMessage, rule.showInputMessage = True, rule.prompt is not None
    page.add_data_validation(rule)
    rule.add(reach)
    if rule.type == "custom":
        wrong = f"NOT(OR(ISBLANK({reach.partition(':')[0]}),{rule.formula1}))"
        page.conditional_formatting.add(reach, FormulaRule([wrong], fill=_RED, font=_BOLD))


def _rule(tab: TabKey, column: Column, first: str, period: Period, listed: str) -> DataValidation:
    if column.holds == "choice":
        return DataValidation(type="list", formula1=listed or '""', allow_blank=True)
    if column.holds == "day":
        inside = f"{_serial(period.start)}<={first},{first}<={_serial(period.end)}"
        return DataValidation(type="custom", formula1=f"AND(ISNUMBER({first}),{inside})", allow_blank=True)
    if column.holds == "text":
        return DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(LONGEST_COMMENT))
    return DataValidation(type="custom", formula1=_number(tab, column, first), allow_blank=True)


def _number(tab: TabKey, column: Column, first: str) -> str:
    if (tab, column.name) == ("judgements", "score"):
        least, most = SCORE_LIMITS
        return f'OR({first}="{WITHDRAWN}",AND(ISNUMBER({first}),{first}>={least},{first}<={most}))'
    if column.name == "overtime_hours":
        least, most = OVERTIME_LIMITS
        return f"AND(ISNUMBER({first}),{first}>={least},{first}<={most})"
    return f"AND(ISNUMBER({first}),{first}>=0)"


def _hint(tab: TabKey, column: Column, period: Period, locale: Locale) -> str:
    named = "points" if tab == "exams" and column.holds == "number" else column.name
    kind = {"day": "day", "choice": "choice", "text": "comment"}.get(column.holds, named)
    parts = {"start": str(period.start), "end": str(period.end), "most": str(LONGEST_COMMENT)}
    return told(HINTS[kind], **parts).in_locale(locale)


def _serial(day: date) -> int:
    return (day - _EPOCH).days
