"""The findings as one page that a clerk in HR can open, read and work through; nothing is loaded from outside."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from expectations.labels import table_label
from expectations.messages import SEVERITIES
from transforms.findings import Finding, Severity
from transforms.titles import Locale

if TYPE_CHECKING:
    import pandas as pd

# Rows listed on the page; all of them are in the data folder.
ROWS_SHOWN = 1000

_WORDS: dict[Locale, dict[str, Any]] = {
    "zh-Hans": {
        "title": "数据检查", "period": "期间", "findings": "发现的问题", "none": "没有发现问题。", "todo": "处理：",
        "rows_kept_out": "隔离的行", "columns": ("表", "主键", "文件", "行号", "原因"),
        "critical": "本期不能评分：请先处理严重问题。", "warning": "本期可以评分，但有警告，请逐条查看。",
        "good": "本期可以评分。", "keys": "例如", "shop": "店铺", "day": "日期", "count": "数量", "check": "检查",
        "more": "另有 {} 行没有列出，请用 jixiao show findings 查看全部。",
    },
    "zh-Hant": {
        "title": "資料檢查", "period": "期間", "findings": "發現的問題", "none": "沒有發現問題。", "todo": "處理：",
        "rows_kept_out": "隔離的行", "columns": ("表", "主鍵", "檔案", "行號", "原因"),
        "critical": "本期不能評分：請先處理嚴重問題。", "warning": "本期可以評分，但有警告，請逐條查看。",
        "good": "本期可以評分。", "keys": "例如", "shop": "店鋪", "day": "日期", "count": "數量", "check": "檢查",
        "more": "另有 {} 行沒有列出，請用 jixiao show findings 查看全部。",
    },
    "en": {
        "title": "Data check", "period": "Period", "findings": "Findings", "none": "Nothing was found.",
        "todo": "What to do: ", "rows_kept_out": "Rows kept out", "columns": ("Table", "Key", "File", "Row", "Reason"),
        "critical": "The period cannot be scored: deal with the critical findings first.",
        "warning": "The period can be scored; please read the warnings.", "good": "The period can be scored.",
        "keys": "for example", "shop": "shop", "day": "day", "count": "count", "check": "check",
        "more": "{} more rows are not listed here; jixiao show findings lists them all.",
    },
}  # fmt: skip


def render_findings(
    findings: Iterable[Finding], quarantine: "pd.DataFrame", *, company: str, period: str, locale: Locale = "zh-Hans"
) -> str:
    """The findings page as HTML.

    Args:
        findings: in the order they are to be read (the gate's is worst first).
        quarantine: columns table_name, key, file, row, reason, as in the gate's report.
        company: name shown in the head.
        period: the period's key.
        locale: language of the page; the findings' own messages are as they were made.
    """
    findings, words = tuple(findings), _WORDS[locale]
    worst = next((severity for severity in Severity if any(f.severity is severity for f in findings)), None)
    left = len(quarantine) - ROWS_SHOWN
    html: str = _template().render(
        locale=locale, words=words, company=company, period=period, worst=worst or "good",
        verdict=words.get(str(worst), words["good"]), counts=_counts(findings, locale),
        findings=[_line(finding, locale) for finding in findings], rows=_rows(quarantine, locale),
        kept_out=len(quarantine[["table_name", "file", "row"]].drop_duplicates()),
        more=words["more"].format(left) if left > 0 else "",
    )  # fmt: skip
    return html


def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("expectations", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("findings.html.j2")


def _counts(findings: tuple[Finding, ...], locale: Locale) -> list[tuple[str, int]]:
    counted = Counter(finding.severity for finding in findings)
    return [(SEVERITIES[locale][severity], counted[severity]) for severity in Severity]


def _line(finding: Finding, locale: Locale) -> dict[str, str]:
    words = _WORDS[locale]
    where = [
        table_label(finding.table, locale) if finding.table not in {"results", "facts", "gate"} else "",
        f"{words['shop']} {finding.shop_id}" if finding.shop_id else "",
        f"{words['day']} {finding.day}" if finding.day else "",
        f"{words['count']} {finding.rows}",
        f"{words['keys']} {', '.join(finding.sample_keys)}" if finding.sample_keys else "",
        f"{words['check']} {finding.check}",
    ]
    return {
        "severity": finding.severity.value,
        "severity_name": SEVERITIES[locale][finding.severity],
        "message": finding.message,
        "todo": finding.todo,
        "where": " · ".join(part for part in where if part),
    }


def _rows(quarantine: "pd.DataFrame", locale: Locale) -> list[dict[str, object]]:
    shown = quarantine[["table_name", "key", "file", "row", "reason"]].head(ROWS_SHOWN)
    return [
        {"table": table_label(table, locale), "key": key, "file": file, "row": row, "reason": reason}
        for table, key, file, row, reason in shown.itertuples(index=False, name=None)
    ]
