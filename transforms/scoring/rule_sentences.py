"""A rule in words, in three languages: what an employee reads beside the number."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from transforms.metrics.model import Better, Unit
from transforms.schemes.score_rules import Attainment, Score, percent, plain
from transforms.scoring.reference_sentences import reference_in_words
from transforms.scoring.results import Trace
from transforms.scoring.rules import Ruled
from transforms.scoring.sentences import shown
from transforms.scoring.trace import HUNDRED, half_up
from transforms.titles import Title
from transforms.wording import NOTHING, three, told

_BEST = three("{a} 达到 {best},满分", "{a} 達到 {best},滿分", "{a} reaches {best}: full points")
_INSIDE = three(
    "{a} 在 {worst}({low} 分)与 {best}(100 分)之间按比例",
    "{a} 在 {worst}({low} 分)與 {best}(100 分)之間按比例",
    "{a} lies between {worst} ({low} points) and {best} (100 points), in proportion",
)
_NOT_BETTER = three("{a} 未超过 {worst},0 分", "{a} 未超過 {worst},0 分", "{a} is not better than {worst}: no points")
_WORSE = three("{a} 差于 {worst},0 分", "{a} 差於 {worst},0 分", "{a} is worse than {worst}: no points")


def rule_in_words(rule: Score, actual: Trace, ruled: Ruled, unit: Unit, better: Better) -> Title:
    """What the rule did with this value."""
    return _with_days(_KINDS[rule.kind](rule, shown(actual.value, unit), ruled, unit, better), ruled.references)


def _linear(_rule: Score, actual: Title, ruled: Ruled, unit: Unit, _better: Better) -> Title:
    worst, best = (shown(each.value, unit) for each in ruled.references)
    earned = ruled.score.value
    words = _BEST if earned == HUNDRED else _INSIDE if earned else _NOT_BETTER
    return told(words, a=actual, worst=worst, best=best, low="0")


def _band(rule: Score, actual: Title, ruled: Ruled, unit: Unit, _better: Better) -> Title:
    best, worst = (shown(each.value, unit) for each in ruled.references)
    low = rule.band.at_worse if rule.band else Decimal(0)
    nothing = _WORSE if low else _NOT_BETTER
    words = _BEST if ruled.score.value == HUNDRED else _INSIDE if ruled.score.value else nothing
    return told(words, a=actual, worst=worst, best=best, low=plain(low))


def _steps(rule: Score, actual: Title, ruled: Ruled, unit: Unit, _better: Better) -> Title:
    bounds = [shown(each.value, unit) for each in ruled.references]
    gives = [each.gives for each in rule.steps or ()]
    told_in = (("实际", ";", "分", "其余"), ("實際", ";", "分", "其餘"), ("actual", "; ", "points", "the rest"))
    return three(
        *(
            sep.join([f"{own} {_in(actual, n)}", *_bands([_in(each, n) for each in bounds], gives, points, other)])
            for n, (own, sep, points, other) in enumerate(told_in)
        )
    )


def _bands(bounds: Sequence[str], gives: Sequence[Decimal], points: str, other: str) -> list[str]:
    if not bounds:
        return [f"{other}: {gives[0]} {points}"]
    first, last = f"< {bounds[0]}: {gives[0]} {points}", f"≥ {bounds[-1]}: {gives[-1]} {points}"
    between = [f"{a} ≤ … < {b}: {give} {points}" for (a, b), give in zip(pairwise(bounds), gives[1:-1], strict=True)]
    return [first, *between, last]


def _attainment(rule: Score, actual: Title, ruled: Ruled, unit: Unit, better: Better) -> Title:
    own, goal = three("实际 {a}", "實際 {a}", "actual {a}"), three("目标 {t}", "目標 {t}", "target {t}")
    reached = shown(ruled.attainment, Unit.RATE)
    template = three("{one} ÷ {other} = 完成率 {r}", "{one} ÷ {other} = 完成率 {r}", "{one} ÷ {other} = {r} attained")
    parts = told(own, a=actual), told(goal, t=shown(ruled.references[0].value, unit))
    one, other = parts if better is Better.HIGHER else parts[::-1]
    return _and(told(template, one=one, other=other, r=reached), _limits(rule.target or Attainment(), ruled.attainment))


def _limits(rule: Attainment, attainment: Decimal | None) -> Title:
    """Which end of the rule was met, if one was."""
    floor, full, reached = percent(rule.floor), percent(rule.full_at), attainment or Decimal(0)
    if reached < rule.floor:
        return three(f",低于 {floor} 得 0 分", f",低於 {floor} 得 0 分", f"; below {floor}: no points")
    if reached >= rule.highest:
        best = plain(half_up(rule.highest / rule.full_at * HUNDRED))
        return three(f",得最高分 {best}", f",得最高分 {best}", f"; {best} points, the most there are")
    if rule.full_at != 1:
        return three(f",{full} 得 100 分", f",{full} 得 100 分", f"; {full} earns 100 points")
    return NOTHING


_RATIO = three(
    "{one} ÷ {other} = {r}({zero} 得 0 分,{full} 得 100 分,按比例)",
    "{one} ÷ {other} = {r}({zero} 得 0 分,{full} 得 100 分,按比例)",
    "{one} ÷ {other} = {r} ({zero} earns 0 points, {full} earns 100, in proportion)",
)


def _ratio(rule: Score, actual: Title, ruled: Ruled, unit: Unit, better: Better) -> Title:
    if rule.ratio is None:
        return NOTHING
    own = told(three("实际 {a}", "實際 {a}", "actual {a}"), a=actual)
    other = told(three("{what} {t}", "{what} {t}", "{what} ({t})"), what=reference_in_words(rule.ratio.to),
                 t=shown(ruled.references[0].value, unit))  # fmt: skip
    one, two = (own, other) if better is Better.HIGHER else (other, own)
    ends = {"zero": percent(rule.ratio.zero_at), "full": percent(rule.ratio.full_at)}
    return told(_RATIO, one=one, other=two, r=shown(ruled.attainment, Unit.RATE), **ends)


_KEPT = three(
    "{a} 达到要求({limit}),100 分", "{a} 達到要求({limit}),100 分", "{a} keeps the limit ({limit}): 100 points"
)
_MISSED = three(
    "{a} 未达到要求({limit}),{points} 分",
    "{a} 未達到要求({limit}),{points} 分",
    "{a} misses the limit ({limit}): {points} points",
)
_EXCUSED = three(
    "{a} 未达到要求({limit}),有豁免记录,不扣分",
    "{a} 未達到要求({limit}),有豁免記錄,不扣分",
    "{a} misses the limit ({limit}), excused: 100 points",
)


def _passed(rule: Score, actual: Title, ruled: Ruled, unit: Unit, _better: Better) -> Title:
    if rule.passed is None:
        return NOTHING
    limit, *excuses = ruled.references
    sign = "≥ {t}" if rule.passed.at_least is not None else "≤ {t}"
    kept = ruled.score.value == HUNDRED
    excused = kept and any(each.value for each in excuses) and not _keeps(ruled)
    words = _EXCUSED if excused else _KEPT if kept else _MISSED
    bound = told(three(sign, sign, sign), t=shown(limit.value, unit))
    return told(words, a=actual, limit=bound, points=plain(rule.passed.missed))


def _keeps(ruled: Ruled) -> bool:
    actual, limit = (each.value or Decimal(0) for each in ruled.score.inputs[:2])
    return actual >= limit if ruled.score.args["better"] == "higher" else actual <= limit


_PLACED = three(
    "{a},第 {place} 名,共 {of} 名(第一 100 分,末位 {last} 分,按比例)",
    "{a},第 {place} 名,共 {of} 名(第一 100 分,末位 {last} 分,按比例)",
    "{a}: place {place} of {of} (the first earns 100 points, the last {last}, in proportion)",
)
_ALONE = three(
    "{a},没有可比较的对象,按方案计 {alone} 分",
    "{a},沒有可比較的對象,按方案計 {alone} 分",
    "{a}: nobody to be compared with, the scheme gives {alone} points",
)


def _placed(rule: Score, actual: Title, ruled: Ruled, _unit: Unit, _better: Better) -> Title:
    if rule.place is None:
        return NOTHING
    place, of = (plain(each.value or Decimal(0)) for each in ruled.references)
    if of == "1":
        return told(_ALONE, a=actual, alone=plain(rule.place.alone))
    return told(_PLACED, a=actual, place=place, of=of, last=plain(rule.place.last))


def _with_days(words: Title, references: Sequence[Trace]) -> Title:
    prorated = next((each for each in references if each.op == "prorate"), None)
    if prorated is None:
        return words
    days, of = (each.value for each in prorated.inputs[1:])
    return _and(
        words,
        three(
            f"(标准按出勤 {days}/{of} 天折算)",
            f"(標準按出勤 {days}/{of} 天折算)",
            f" (standard for {days} of {of} working days)",
        ),
    )


def _and(words: Title, more: Title) -> Title:
    return told(three("{one}{two}", "{one}{two}", "{one}{two}"), one=words, two=more)


def _in(title: Title, n: int) -> str:
    return (title.zh_hans, title.zh_hant or title.zh_hans, title.en or title.zh_hans)[n]


_KINDS: dict[str, Callable[[Score, Title, Ruled, Unit, Better], Title]] = {
    "linear": _linear, "steps": _steps, "target": _attainment, "band": _band, "ratio": _ratio, "passed": _passed,
    "place": _placed,
}  # fmt: skip
