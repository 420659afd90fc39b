"""A rule in words, in three languages: what an employee reads beside the number."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from transforms.metrics.model import Better, Unit
from transforms.scoring.book import Judgement
from transforms.scoring.indicator import Indicator
from transforms.scoring.results import Missing, Trace
from transforms.scoring.rule_kinds import Attainment, Judged, Score, percent, plain
from transforms.scoring.rules import Ruled
from transforms.scoring.trace import HUNDRED, half_up
from transforms.titles import Title

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SUFFIX = {  # unit → what follows the number
    Unit.RATE: ("%", "%", "%"),
    Unit.SECONDS: (" 秒", " 秒", " s"),
    Unit.HOURS: (" 小时", " 小時", " h"),
    Unit.POINTS: (" 分", " 分", " points"),
    Unit.FEN: (" 元", " 元", " yuan"),
}
_ROLES = {
    "self": ("自评", "自評", "self"),
    "manager": ("上级", "上級", "superior"),
    "peer": ("同事", "同事", "peers"),
    "subordinate": ("下属", "下屬", "subordinates"),
    "customer": ("客户", "客戶", "customers"),
}
_MISSING: dict[Missing, tuple[str, str, str]] = {
    "no_data": ("本期没有数据", "本期沒有數據", "No data in this period"),
    "too_few": ("样本太少,不计分", "樣本太少,不計分", "Too few cases to score"),
    "no_target": ("没有可用的目标", "沒有可用的目標", "No usable target was agreed"),
    "no_rater": ("没有评分", "沒有評分", "Nobody has judged yet"),
}
_ABSENT = {
    "share_out": (
        "{role}未评(由其他评分人分担)",
        "{role}未評(由其他評分人分擔)",
        "{role} absent (weighed by the others)",
    ),
    "zero": ("{role}未评(计 0 分)", "{role}未評(計 0 分)", "{role} absent (counts as 0)"),
    "hr_decides": ("{role}未评", "{role}未評", "{role} absent"),
}
_POLICY = {
    "share_out": ("权重由其他指标按比例分担", "權重由其他指標按比例分擔", "its weight is shared out among the others"),
    "full": ("按方案计 100 分", "按方案計 100 分", "the scheme gives 100 points"),
    "zero": ("按方案计 0 分", "按方案計 0 分", "the scheme gives 0 points"),
    "hr_decides": (
        "由人力资源部决定,暂由其他指标分担权重",
        "由人力資源部決定,暫由其他指標分擔權重",
        "HR decides; until then its weight is shared out",
    ),
}


def fill(title: Title, placeholders: Mapping[str, str]) -> Title:
    """A sentence with its `{names}` filled in; unknown names stay as they are."""

    def filled(text: str) -> str:
        return _PLACEHOLDER.sub(lambda match: placeholders.get(match[1], match[0]), text)

    hant, english = title.zh_hant, title.en
    return Title(zh_hans=filled(title.zh_hans), zh_hant=hant and filled(hant), en=english and filled(english))


def shown(value: Decimal | None, unit: Unit) -> Title:
    """A value with its unit, at most two decimals: `85.5%`, `30 秒`, `300,000 元` (from fen)."""
    if value is None:
        return _three("—", "—", "—")
    factor = {Unit.RATE: HUNDRED, Unit.FEN: Decimal("0.01")}.get(unit, Decimal(1))
    number = f"{half_up(value * factor):,f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    hans, hant, english = _SUFFIX.get(unit, ("", "", ""))
    return _three(number + hans, number + hant, number + english)


def rule_in_words(rule: Score, actual: Trace, ruled: Ruled, unit: Unit, better: Better) -> Title:
    """What the rule did with this value."""
    references = ruled.references
    told = shown(actual.value, unit)
    bounds = [shown(each.value, unit) for each in references]
    if rule.linear is not None:
        words = _linear(told, bounds, ruled.score.value)
    elif rule.steps is not None:
        words = _steps(told, bounds, [step.gives for step in rule.steps])
    else:
        words = _attainment(told, bounds[0], ruled.attainment, better, rule.target or Attainment())
    return _with_days(words, references)


def _linear(actual: Title, ends: Sequence[Title], earned: Decimal | None) -> Title:
    inside = (
        "{a} 在 {zero}(0 分)与 {full}(100 分)之间按比例",
        "{a} 在 {zero}(0 分)與 {full}(100 分)之間按比例",
        "{a} lies between {zero} (0 points) and {full} (100 points), in proportion",
    )
    best = ("{a} 达到 {full},满分", "{a} 達到 {full},滿分", "{a} reaches {full}: full points")
    worst = ("{a} 未超过 {zero},0 分", "{a} 未超過 {zero},0 分", "{a} is not better than {zero}: no points")
    words = best if earned == HUNDRED else inside if earned else worst
    return _three(
        *(text.format(a=_in(actual, n), zero=_in(ends[0], n), full=_in(ends[1], n)) for n, text in enumerate(words))
    )


def _steps(actual: Title, bounds: Sequence[Title], gives: Sequence[Decimal]) -> Title:
    return _three(
        *(
            sep.join([f"{own} {_in(actual, n)}", *_bands([_in(each, n) for each in bounds], gives, points, other)])
            for n, (own, sep, points, other) in enumerate(
                (
                    ("实际", ";", "分", "其余"),
                    ("實際", ";", "分", "其餘"),
                    ("actual", "; ", "points", "the rest"),
                )
            )
        )
    )


def _bands(bounds: Sequence[str], gives: Sequence[Decimal], points: str, other: str) -> list[str]:
    if not bounds:
        return [f"{other}: {gives[0]} {points}"]
    first, last = f"< {bounds[0]}: {gives[0]} {points}", f"≥ {bounds[-1]}: {gives[-1]} {points}"
    between = [f"{a} ≤ … < {b}: {give} {points}" for (a, b), give in zip(pairwise(bounds), gives[1:-1], strict=True)]
    return [first, *between, last]


def _attainment(actual: Title, target: Title, attainment: Decimal | None, better: Better, rule: Attainment) -> Title:
    reached = _in(shown(attainment, Unit.RATE), 0)
    parts = [(_in(actual, n), _in(target, n)) for n in range(3)]
    if better is Better.HIGHER:
        words = [("实际 {a} ÷ 目标 {t}", "實際 {a} ÷ 目標 {t}", "actual {a} ÷ target {t}")]
    else:
        words = [("目标 {t} ÷ 实际 {a}", "目標 {t} ÷ 實際 {a}", "target {t} ÷ actual {a}")]
    ends = (f" = 完成率 {reached}", f" = 完成率 {reached}", f" = {reached} attained")
    more = _limits(rule, attainment)
    return _three(*(words[0][n].format(a=parts[n][0], t=parts[n][1]) + ends[n] + _in(more, n) for n in range(3)))


def _limits(rule: Attainment, attainment: Decimal | None) -> Title:
    """Which end of the rule was met, if one was."""
    floor, full, reached = percent(rule.floor), percent(rule.full_at), attainment or Decimal(0)
    if reached < rule.floor:
        return _three(f",低于 {floor} 得 0 分", f",低於 {floor} 得 0 分", f"; below {floor}: no points")
    if reached >= rule.highest:
        best = plain(half_up(rule.highest / rule.full_at * HUNDRED))
        return _three(f",得最高分 {best}", f",得最高分 {best}", f"; {best} points, the most there are")
    if rule.full_at != 1:
        return _three(f",{full} 得 100 分", f",{full} 得 100 分", f"; {full} earns 100 points")
    return _three("", "", "")


def judged_in_words(rule: Judged, judgements: Sequence[Judgement], means: Sequence[Trace]) -> Title:
    """Who gave what, with which weight; who did not judge."""
    by_role = {each.label: each.value for each in means}
    judges = {each.role for each in judgements}
    told = [_judged(role, by_role[role], rule.roles[role]) for role in rule.roles if role in judges]
    absent = [_three(*_phrases(_ABSENT[rule.missing_role], role)) for role in rule.roles if role not in judges]
    return _three(*(sep.join(_in(each, n) for each in [*told, *absent]) for n, sep in enumerate(("、", "、", ", "))))


def _judged(role: str, mean: Decimal | None, weight: Decimal) -> Title:
    texts = ("{role} {mean}(占 {weight}%)", "{role} {mean}(佔 {weight}%)", "{role} {mean} (weight {weight}%)")
    given = {"mean": shown(mean, Unit.COUNT).zh_hans, "weight": plain(weight)}
    return _three(*_phrases(texts, role, **given))


def _phrases(texts: Sequence[str], role: str, **given: str) -> list[str]:
    return [text.format(role=name, **given) for text, name in zip(texts, _ROLES[role], strict=True)]


def of_people_in_words(people: int) -> Title:
    """A department's manual indicator."""
    return _three(
        f"本部门 {people} 人得分按出勤日加权平均",
        f"本部門 {people} 人得分按出勤日加權平均",
        f"mean of {people} people's scores, weighted by working days",
    )


def missing_in_words(reason: Missing, indicator: Indicator) -> Title:
    """Why there is no value, and what the scheme does about it."""
    why, what = _MISSING[reason], _POLICY[indicator.missing]
    return _three(f"{why[0]};{what[0]}", f"{why[1]};{what[1]}", f"{why[2]}; {what[2]}")


def _with_days(words: Title, references: Sequence[Trace]) -> Title:
    prorated = next((each for each in references if each.op == "prorate"), None)
    if prorated is None:
        return words
    days, of = (each.value for each in prorated.inputs[1:])
    return _three(
        f"{words.zh_hans}(标准按出勤 {days}/{of} 天折算)",
        f"{_in(words, 1)}(標準按出勤 {days}/{of} 天折算)",
        f"{_in(words, 2)} (standard for {days} of {of} working days)",
    )


def _in(title: Title, n: int) -> str:
    return (title.zh_hans, title.zh_hant or title.zh_hans, title.en or title.zh_hans)[n]


def _three(*texts: str) -> Title:
    hans, hant, english = texts
    return Title(zh_hans=hans, zh_hant=hant, en=english)
