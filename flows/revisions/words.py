"""Causes in words. They name no person and no reason: whoever the change touches may read them."""

from collections.abc import Iterable, Sequence

from expectations.labels import table_label
from transforms.corrections.model import Correction
from transforms.titles import Title
from transforms.wording import joined, three, told

_KINDS = {
    "fact": three("事实", "事實", "fact"),
    "attribution": three("归属", "歸屬", "attribution"),
    "rating": three("评分", "評分", "rating"),
    "target": three("目标", "目標", "target"),
    "exemption": three("豁免", "豁免", "exemption"),
    "override": three("改定分数", "改定分數", "score override"),
}
_MADE = three("更正 {id}（{kind}）", "更正 {id}（{kind}）", "Correction {id} ({kind})")
_TAKEN_BACK = three("撤回更正 {id}（{kind}）", "撤回更正 {id}（{kind}）", "Correction {id} ({kind}) withdrawn")
_WORDED = three("更正 {id} 的理由有变", "更正 {id} 的理由有變", "Correction {id}: its reason was reworded")
_GROUP = three("部门 {department} 的 {count} 项更正", "部門 {department} 的 {count} 項更正",
               "{count} corrections in department {department}")  # fmt: skip
_LATE = three("{table}中晚到的数据：{count} 行", "{table}中晚到的資料：{count} 行", "Late rows in {table}: {count}")
_SUCH_AS = three("{late}，如 {rows}", "{late}，如 {rows}", "{late}, e.g. {rows}")
_SCHEME = three("考核方案“{scheme}”有变", "考核方案「{scheme}」有變", "Scheme {scheme} changed")
_SETTINGS = three("公司设置有变：{names}", "公司設定有變：{names}", "Company settings changed: {names}")
_EARLIER = three(
    "以前期间的结果有变：{periods}", "以前期間的結果有變：{periods}", "Results of earlier periods changed: {periods}"
)
_TOGETHER = three("以下共同所致：{causes}", "以下共同所致：{causes}", "Several together: {causes}")
PROGRAM = three("程序版本更新", "程式版本更新", "Another version of the program")
CARRIED = three("以前期间结转的差额有变", "以前期間結轉的差額有變", "Differences carried over from closed periods")
DAY = three("判断日期不同：哪些数据已可定案、何时到期", "判斷日期不同：哪些資料已可定案、何時到期",
            "Judged on another day: what is settled, and when things are due")  # fmt: skip


def made(correction: Correction) -> Title:
    """A correction that is new."""
    return told(_MADE, id=correction.id, kind=_KINDS[correction.kind])


def taken_back(correction: Correction) -> Title:
    """A correction that was withdrawn."""
    return told(_TAKEN_BACK, id=correction.id, kind=_KINDS[correction.kind])


def reworded(correction: Correction) -> Title:
    """A correction that was entered again with other words."""
    return told(_WORDED, id=correction.id)


def group(department: str, count: int) -> Title:
    """Corrections that are traced together, because there are many."""
    return told(_GROUP, department=department, count=str(count))


def late(table: str, count: int, rows: Sequence[str] = ()) -> Title:
    """Rows of a table that were not there before."""
    words = told(_LATE, table=_table(table), count=str(count))
    return told(_SUCH_AS, late=words, rows=joined(rows)) if rows else words


def scheme(title: Title) -> Title:
    """A scheme in force says otherwise."""
    return told(_SCHEME, scheme=title)


def settings(names: Iterable[str]) -> Title:
    """Settings that numbers depend on."""
    return told(_SETTINGS, names=joined(names))


def earlier(periods: Iterable[str]) -> Title:
    """Periods before this one."""
    return told(_EARLIER, periods=joined(periods))


def together(causes: Iterable[Title]) -> Title:
    """None of these alone."""
    return told(_TOGETHER, causes=joined(causes))


def _table(name: str) -> Title:
    return three(table_label(name, "zh-Hans"), table_label(name, "zh-Hant"), table_label(name, "en"))
