"""What a value is held against, in words: whose, and when."""

from transforms.schemes.references import Reference
from transforms.titles import Title
from transforms.wording import NOTHING, three, told

WHOSE: dict[str, Title] = {
    "own": three("本人", "本人", "one's own"),
    "department": three("部门", "部門", "the department's"),
    "department_mean": three("部门人均", "部門人均", "the mean of the department's people"),
    "company": three("公司", "公司", "the company's"),
}
WHEN: dict[str, Title] = {
    "now": NOTHING,
    "last_week": three("上周", "上週", " of last week"),
    "last_month": three("上月", "上月", " of last month"),
    "same_month_last_year": three("去年同期", "去年同期", " of the year before"),
    "last_3_months": three("前三个月平均", "前三個月平均", " of the last three months"),
}


def reference_in_words(reference: Reference) -> Title:
    """`部门人均上月`."""
    return told(three("{whose}{when}", "{whose}{when}", "{whose}{when}"), whose=WHOSE[reference.of],
                when=WHEN[reference.when])  # fmt: skip
