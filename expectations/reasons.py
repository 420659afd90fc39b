"""Why one row is kept out, in a few words and three languages: for the list of rows, beside file and row number."""

import re

from transforms.titles import Locale

_LOCALES: tuple[Locale, ...] = ("zh-Hans", "zh-Hant", "en")

# Why one row is quarantined, in a few words for the list of rows.
_REASONS: dict[str, tuple[str, str, str]] = {
    "missing": ("缺少“{column}”", "缺少「{column}」", "no {column}"),
    "duplicated_key": ("主键重复", "主鍵重複", "same key as another row"),
    "not_allowed": ("“{column}”取值不允许", "「{column}」取值不允許", "{column} not allowed"),
    "below_minimum": ("“{column}”小于 {limit}", "「{column}」小於 {limit}", "{column} below {limit}"),
    "above_maximum": ("“{column}”大于 {limit}", "「{column}」大於 {limit}", "{column} above {limit}"),
    "before": ("“{other}”早于“{column}”", "「{other}」早於「{column}」", "{other} earlier than {column}"),
    "unknown_reference": ("“{column}”不存在", "「{column}」不存在", "unknown {column}"),
    "unknown_account": ("账号未登记", "帳號未登記", "unregistered account"),
    "parent_quarantined": ("所属的“{column}”已被隔离", "所屬的「{column}」已被隔離", "its {column} is quarantined"),
    "score_above_best": ("评分高于满分", "評分高於滿分", "score above the best possible one"),
}


def reason_of(locale: Locale, text: str, values: dict[str, object]) -> str:
    """The reason of one quarantined row in one language."""
    return _REASONS[text][_LOCALES.index(locale)].format(**values)


# What staging says of a value or line it could not read (its own words are English).
_UNREAD: dict[str, tuple[str, str]] = {
    "not text": ("不是文本", "不是文字"),
    "not a whole number": ("不是整数", "不是整數"),
    "not a number with at most 4 decimals": ("不是最多四位小数的数字", "不是最多四位小數的數字"),
    "not true or false": ("不是“是”或“否”", "不是「是」或「否」"),
    "not a day that exists": ("不是存在的日期", "不是存在的日期"),
    "not a time that exists (shop wall time, without a zone)": (
        "不是存在的时间（店铺当地时间，不带时区）", "不是存在的時間（店鋪當地時間，不帶時區）",
    ),
    "required, but empty": ("必填，但为空", "必填，但為空"),
    "a quote is opened and not closed": ("引号没有闭合", "引號沒有閉合"),
    "the line is not a JSON object": ("不是 JSON 对象", "不是 JSON 物件"),
    "a quote inside a value is not doubled": ("值内的引号没有成对", "值內的引號沒有成對"),
}  # fmt: skip
_WIDTH = re.compile(r"(\d+) columns, the header has (\d+)")
_WIDTHS = {"zh-Hans": "有 {} 列，表头有 {} 列", "zh-Hant": "有 {} 欄，表頭有 {} 欄"}


def unread(locale: Locale, reason: str) -> str:
    """Staging's reason in one language; a reason nobody translated comes back as it is."""
    if locale == "en":
        return reason
    if match := _WIDTH.fullmatch(reason):
        return _WIDTHS[locale].format(*match.groups())
    return _UNREAD.get(reason, (reason, reason))[locale == "zh-Hant"]
