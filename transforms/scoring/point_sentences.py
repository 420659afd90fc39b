"""What a point rule did, in words and in three languages: place, comparison, step, points."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from transforms.metrics.model import Better, Unit
from transforms.schemes.point_rules import EventPoints, PointStep, RankPoints, Required
from transforms.schemes.references import Reference
from transforms.schemes.score_rules import plain
from transforms.scoring.point_operations import settled
from transforms.scoring.point_rules_applied import Place
from transforms.scoring.reference_sentences import WHEN, WHOSE
from transforms.scoring.results import Missing
from transforms.scoring.sentences import shown
from transforms.titles import Title
from transforms.wording import NOTHING, three, told

Outcome = Literal["kept", "missed", "excused"]

_WHOSE = WHOSE | {
    "department_mean": three(
        "部门人均", "部門人均", "the mean of the department's people,"
    ),  # a metric's name may follow
}
_ABOVE, _BELOW = three("高于", "高於", "above"), three("低于", "低於", "below")
_EQUAL = three("等于", "等於", "equal to")
_LOWER = three("(越低越好)", "(越低越好)", " (lower is better)")
_NOWHERE = three("没有业绩,不排名", "沒有業績,不排名", "nothing to rank")
_MISSING: dict[Missing, Title] = {
    "no_data": three("没有数据,不计分", "沒有數據,不計分", "no data: no points"),
    "too_few": three("样本太少,不计分", "樣本太少,不計分", "too few cases: no points"),
    "no_target": three("没有可用的目标,不计分", "沒有可用的目標,不計分", "no usable target: no points"),
    "no_rater": three("没有评分,不计分", "沒有評分,不計分", "nobody has judged: no points"),
    "exempt": three("特殊活动期间不考核", "特殊活動期間不考核", "not judged during a special campaign"),
}
_REQUIRED: dict[Outcome, Title] = {
    "kept": three("达到要求 {limit}", "達到要求 {limit}", "keeps {limit}"),
    "missed": three("未达到要求 {limit}", "未達到要求 {limit}", "misses {limit}"),
    "excused": three(
        "未达到要求 {limit},有合理原因,不计", "未達到要求 {limit},有合理原因,不計", "misses {limit}, but is excused"
    ),
}
_RATERS = {
    "mean": three("{n} 人评分的平均", "{n} 人評分的平均", "mean of {n} raters"),
    "sum": three("{n} 人评分之和", "{n} 人評分之和", "sum of {n} raters"),
}
_TIMES = three("{n} 次,每次 {each}", "{n} 次,每次 {each}", "{n} times {each}")
_HELD = three("到限额为止", "到限額為止", "as far as the limit")
_AND = three("{a},{b}", "{a},{b}", "{a}, {b}")


def missing_points_in_words(reason: Missing) -> Title:
    """Why a line gives no points."""
    return _MISSING[reason]


def points_in_words(points: Decimal | None) -> Title:
    """`+2 分`, `-1 分`, `0 分`."""
    number = plain(points or Decimal(0))
    signed = f"+{number}" if points and points > 0 else number
    ends = three("{n} 分", "{n} 分", "{n} point" if abs(points or 0) == 1 else "{n} points")
    return told(ends, n=signed)


def rank_in_words(rule: RankPoints, place: Place, compared: Title | None) -> Title:
    """`第 2 名(共 9 人),高于部门 34.2%`."""
    few = place.rank is not None and place.ranked < rule.least_people
    return sentence(_place(place), _few(rule.least_people) if few else None, compared)


def _place(place: Place) -> Title:
    if place.rank is None:
        return _NOWHERE
    alone = three("第 {n} 名(共 {of} 人)", "第 {n} 名(共 {of} 人)", "place {n} of {of}")
    shared = three("并列第 {n} 名(共 {of} 人)", "並列第 {n} 名(共 {of} 人)", "shares place {n} of {of}")
    return told(shared if place.level > 1 else alone, n=str(place.rank), of=str(place.ranked))


def _few(least: int) -> Title:
    return told(three("排名不足 {n} 人", "排名不足 {n} 人", "fewer than {n} ranked"), n=str(least))


def compared_in_words(
    actual: Decimal, reference: Decimal, rule: Reference, other: Title | None, unit: Unit, better: Better
) -> Title:
    """`高于部门上月 80.5%`; `other`: the title of another metric that the value is held against."""
    sign = (settled(actual) > settled(reference)) - (settled(actual) < settled(reference))
    template = three(
        "{relation}{whose}{when}{name} {value}{end}",
        "{relation}{whose}{when}{name} {value}{end}",
        "{relation} {whose} {name}{value}{when}{end}",
    )
    return told(
        template,
        relation=(_EQUAL, _ABOVE, _BELOW)[sign],
        whose=_WHOSE[rule.of],
        when=WHEN[rule.when],
        name=told(three("{name}", "{name}", "{name} "), name=other) if other else NOTHING,
        value=shown(reference, unit),
        end=_LOWER if sign and better is Better.LOWER else NOTHING,
    )


def no_event_in_words(kind: str) -> Title:
    """The kind of event that did not happen, without which being worse costs nothing."""
    return told(three("没有“{kind}”记录", "沒有「{kind}」記錄", "no {kind} was recorded"), kind=kind)


def step_in_words(value: Decimal, steps: Sequence[PointStep], unit: Unit) -> Title | None:
    """The step the value lies in, `属于 5% ≤ … ≤ 10%`; None where there is only one."""
    ends = [each for each in steps if each.bound is not None]
    if not ends:
        return None
    n = next((n for n, each in enumerate(ends) if _within(value, each)), len(ends))
    low, high = (ends[n - 1] if n else None), (ends[n] if n < len(ends) else None)
    if low is None or high is None:
        only = low or high or ends[0]
        signs = ("<", "≤") if low is None else ("≥", ">")
        told_step = told(three("{s} {v}", "{s} {v}", "{s} {v}"), s=signs[_through(only)], v=shown(only.bound, unit))
    else:
        signs = ("<" if _through(low) else "≤", "≤" if _through(high) else "<")
        template = f"{{a}} {signs[0]} … {signs[1]} {{b}}"
        told_step = told(three(*(template,) * 3), a=shown(low.bound, unit), b=shown(high.bound, unit))
    return told(three("属于 {step}", "屬於 {step}", "lies in {step}"), step=told_step)


def _through(step: PointStep) -> bool:
    return step.through is not None


def _within(value: Decimal, step: PointStep) -> bool:
    bound = step.bound or Decimal(0)
    return settled(value) < bound or (_through(step) and settled(value) == bound)


def completion_in_words(actual: Title, target: Title, completion: Decimal | None) -> Title:
    """`312,000 元 ÷ 目标 300,000 元 = 104%`."""
    words = three("{a} ÷ 目标 {t} = {r}", "{a} ÷ 目標 {t} = {r}", "{a} ÷ target {t} = {r}")
    return told(words, a=actual, t=target, r=shown(completion, Unit.RATE))


def required_in_words(rule: Required, outcome: Outcome, unit: Unit) -> Title:
    """`未达到要求 ≥ 100%`."""
    limit, sign = (rule.at_least, "≥") if rule.at_least is not None else (rule.at_most, "≤")
    words = told(three("{s} {v}", "{s} {v}", "{s} {v}"), s=sign, v=shown(limit, unit))
    return told(_REQUIRED[outcome], limit=words)


def events_in_words(quantity: Decimal, rule: EventPoints, points: Decimal | None) -> Title:
    """`3 次,每次 -1 分`."""
    if not quantity:
        return three("没有发生", "沒有發生", "none")
    count = told(_TIMES, n=plain(quantity), each=points_in_words(rule.each))
    return sentence(count, _HELD if points != quantity * rule.each else None)


def raters_in_words(raters: int, take: Literal["mean", "sum"]) -> Title:
    """`2 人评分的平均`."""
    return told(_RATERS[take], n=str(raters))


def months_in_words(months: Decimal) -> Title:
    """`26 个月`."""
    return told(three("{n} 个月", "{n} 個月", "{n} months"), n=plain(months))


def sentence(*pieces: Title | None) -> Title:
    """The pieces that are there, one after the other, with commas between."""
    first, *others = [piece for piece in pieces if piece is not None]
    for piece in others:
        first = told(_AND, a=first, b=piece)
    return first
