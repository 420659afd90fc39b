"""What was redesigned between two periods: schemes, weights, targets, rules and grades, each before and after.

Schemes are compared as they judged: the version in force then and the one in force now. Agreed targets are compared
by department; what was agreed with a person is between that person and the manager.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import Unit
from transforms.reports.agreed_targets import agreed_targets, department_traces
from transforms.reports.record_model import DesignChange
from transforms.schemes.indicator import Indicator
from transforms.schemes.scheme import Scheme, Version
from transforms.schemes.targets import FromTargets
from transforms.scoring.results import DepartmentResult
from transforms.scoring.sentences import shown
from transforms.titles import Frozen, Title
from transforms.wording import joined, three, told

What = Literal["scheme", "version", "indicator", "weight", "target", "rule", "grade"]
Judging = Mapping[str, tuple[Scheme, Version]]
_FROM = three("{day}版", "{day}版", "version of {day}")
_AGREED = three("按约定", "按約定", "as agreed")
_AGREED_TARGETS = three("约定目标", "約定目標", "Agreed targets")
_CHANGED = three("已修改", "已修改", "changed")
_PARTS = {
    "points": three("积分", "積分", "Points"),
    "pay": three("薪酬", "薪酬", "Pay"),
    "consequences": three("后续事项", "後續事項", "Consequences"),
    "vetoes": three("红线", "紅線", "Red lines"),
    "distribution": three("等级比例", "等級比例", "Grades by quota"),
    "judged_by": three("评分人", "評分人", "Raters"),
    "excused": three("不计入的出勤", "不計入的出勤", "Excused days"),
}
_OF_TARGET = {"target", "ratio"}  # rules whose numbers are shares of a target or a reference
_OF_POINTS = {"gives", "missed", "at_worse", "start", "each", "last", "alone"}
_WORDS = {
    "zero_at": three("0 分处", "0 分處", "0 at"),
    "full_at": three("满分处", "滿分處", "full at"),
    "up_to": three("低于", "低於", "below"),
    "gives": three("得", "得", "gives"),
    "at_least": three("至少", "至少", "at least"),
    "at_most": three("至多", "至多", "at most"),
    "better": three("好端", "好端", "better end"),
    "worse": three("差端", "差端", "worse end"),
    "floor": three("下限", "下限", "floor"),
    "cap": three("上限", "上限", "cap"),
    "missed": three("未达得", "未達得", "missed gives"),
}


@dataclass(frozen=True)
class _Part:
    """One thing a version says: what it is called, its value to compare, and how it reads."""

    what: What
    title: Title
    value: str
    words: Title


Said = Mapping[tuple[str, str], _Part]


def scheme_changes(before: Judging, now: Judging) -> Iterator[DesignChange]:
    """By scheme: new ones and ones that are gone, and what their versions say otherwise."""
    for name in sorted(before.keys() | now.keys()):
        if name not in before:
            yield _change(*now[name], "scheme", now[name][0].title, None, _version(now[name][1]))
        elif name not in now:
            yield _change(*before[name], "scheme", before[name][0].title, _version(before[name][1]), None)
        else:
            yield from _differences(before[name][1], *now[name])


def _differences(earlier: Version, scheme: Scheme, version: Version) -> Iterator[DesignChange]:
    was, says = _said(earlier), _said(version)
    if earlier.effective_from != version.effective_from:
        yield _change(scheme, version, "version", scheme.title, _version(earlier), _version(version))
    for key in dict.fromkeys((*says, *was)):
        old, new = was.get(key), says.get(key)
        part = new or old
        if part is None or (old and old.value) == (new and new.value) or _told_above(key, was, says):
            continue
        what: What = "indicator" if part.what == "weight" and not (old and new) else part.what
        yield _change(scheme, version, what, part.title, _words(old), _words(new))


def _told_above(key: tuple[str, str], was: Said, says: Said) -> bool:
    """Whether it is the target or rule of an indicator that is new or gone: the indicator itself is told."""
    of = ("weight", key[1])
    return key[0] in {"target", "rule"} and (of in was) != (of in says)


def _words(part: _Part | None) -> Title | None:
    return part.words if part else None


def _change(
    scheme: Scheme, version: Version, what: What, title: Title, before: Title | None, after: Title | None
) -> DesignChange:
    return DesignChange(
        scheme=scheme.scheme, scheme_title=scheme.title, department=None, what=what, title=title, before=before,
        after=after, approved=_approved(version),
    )  # fmt: skip


def _approved(version: Version) -> str:
    by = version.approved
    return ", ".join(each for each in (by.by, by.date.isoformat(), by.reference) if each)


def _version(version: Version) -> Title:
    return told(_FROM, day=version.effective_from.isoformat())


def _said(version: Version) -> dict[tuple[str, str], _Part]:
    """Everything a version says, by kind and key, in the order of the page."""
    found: dict[tuple[str, str], _Part] = {}
    for indicator, weight in version.weighed():
        for part in _of_indicator(indicator, weight):
            found[part.what, indicator.key] = part
    for key, grade in version.graded().items():
        title = grade.title or Title(zh_hans=key)
        found["grade", key] = _Part("grade", title, str(grade.at_least), _plain(grade.at_least))
    for name, title in _PARTS.items():
        if value := getattr(version, name):
            found["rule", name] = _Part("rule", title, _canonical(value), _CHANGED)
    return found


def _of_indicator(indicator: Indicator, weight: Decimal) -> Iterator[_Part]:
    metric = CATALOGUE.get(indicator.metric or "")
    title = indicator.title or (metric.title if metric else Title(zh_hans=indicator.key))
    unit = metric.unit if metric else Unit.POINTS
    yield _Part("weight", title, str(weight), _plain(weight))
    if isinstance(indicator.target, FromTargets):
        yield _Part("target", title, "from targets", _AGREED)
    elif indicator.target is not None:
        yield _Part("target", title, str(indicator.target), shown(indicator.target, unit))
    if indicator.score is not None:
        rule = indicator.score.model_dump(exclude_none=True, exclude_defaults=True)
        yield _Part("rule", title, _canonical(indicator.score), joined(_rule(rule, unit)))


def _rule(rule: Any, unit: Unit) -> Iterator[Title]:
    """The numbers of a rule, each after its word; a word we do not have is the scheme's own."""
    for name, value in rule.items() if isinstance(rule, dict) else ():
        if isinstance(value, dict):
            yield from _rule(value, Unit.RATE if name in _OF_TARGET else unit)
        elif isinstance(value, list | tuple):
            yield joined(word for each in value for word in _rule(each, unit))
        else:
            word = _WORDS.get(name, Title(zh_hans=name))
            yield told(
                three("{word} {value}", "{word} {value}", "{word} {value}"), word=word, value=_value(name, value, unit)
            )


def _value(name: str, value: object, unit: Unit) -> Title | str:
    if not isinstance(value, Decimal):
        return str(value)
    return (
        _plain(value)
        if name in {"gives", "missed", "at_worse", "start", "each", "last", "alone"}
        else shown(value, unit)
    )


def _plain(value: Decimal) -> Title:
    return Title(zh_hans=f"{value.normalize():f}")


def _canonical(value: Any) -> str:
    def told_as(each: object) -> object:
        return each.model_dump(mode="json", by_alias=True) if isinstance(each, Frozen) else str(each)

    return json.dumps(value, sort_keys=True, default=told_as)


def target_changes(before: Iterable[DepartmentResult], now: Iterable[DepartmentResult]) -> Iterator[DesignChange]:
    """Agreed targets of departments that are otherwise than in the period before, or new, or gone."""
    was = {each.department_id: each for each in before}
    for department in now:
        earlier = was.get(department.department_id)
        old, new = _targets(earlier) if earlier else {}, _targets(department)
        for metric in (key for key in dict.fromkeys((*new, *old)) if old.get(key) != new.get(key)):
            yield _target_change(department, metric, old.get(metric), new.get(metric))


def _targets(department: DepartmentResult) -> dict[str, Decimal]:
    agreed = agreed_targets(department_traces(department))
    own = (
        (metric, told.get(department.department_id))
        for (level, metric), told in agreed.items()
        if level == "department"
    )
    return {metric: value for metric, value in own if value is not None}


def _target_change(department: DepartmentResult, key: str, before: Decimal | None, now: Decimal | None) -> DesignChange:
    metric = CATALOGUE.get(key)
    unit = metric.unit if metric else Unit.POINTS
    old, new = (None if value is None else shown(value, unit) for value in (before, now))
    return DesignChange(
        scheme="", scheme_title=_AGREED_TARGETS, department=department.title, what="target",
        title=metric.title if metric else Title(zh_hans=key), before=old, after=new, approved="",
    )  # fmt: skip
