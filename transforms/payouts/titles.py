"""What the names in a scheme's money are called, and their units: told in the scheme, else from what they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass

from transforms.formulas.parsing import parse
from transforms.metrics.model import Metric, Unit
from transforms.payouts.units import unit_of
from transforms.schemes.pay import Fact, Pay
from transforms.schemes.points import PointSheet
from transforms.titles import Title
from transforms.wording import joined, three, told

_OF = {
    "department": three("部门", "部門", "department"),
    "company": three("公司", "公司", "company"),
}
_WHEN = {
    "last_week": three("上周", "上週", "last week"),
    "last_month": three("上月", "上月", "last month"),
    "same_month_last_year": three("去年同月", "去年同月", "same month last year"),
    "last_3_months": three("前三个月", "前三個月", "the three months before"),
}
_QUALIFIED = three("{title}({how})", "{title}({how})", "{title} ({how})")
_TARGET = three("{title}目标", "{title}目標", "target of {title}")
_KNOWN = {
    "own": three("个人得分", "個人得分", "own score"),
    "department": three("部门得分", "部門得分", "department score"),
    "departments_mean": three("各部门平均得分", "各部門平均得分", "mean of the departments' scores"),
    "rank": three("名次", "名次", "place"),
    "ranked_of": three("排名人数", "排名人數", "people ranked"),
    "from_last": three("倒数名次", "倒數名次", "place from the last"),
    "appraised": three("考核人数", "考核人數", "people appraised"),
    "regularised": three("转正人数", "轉正人數", "regular staff"),
    "seniority_months": three("工龄月数", "工齡月數", "months of service"),
    "working_days": three("出勤天数", "出勤天數", "working days"),
    "worked_share": three("在岗比例", "在崗比例", "share of the working days"),
    "overtime_hours": three("加班时间", "加班時間", "overtime"),
    "by_post": three("岗位系数", "崗位係數", "number of the post"),
    "by_grade": three("等级系数", "等級係數", "number of the grade"),
}
_ITEMS = {
    "base": three("基本工资", "基本工資", "base pay"),
    "post": three("岗位工资", "崗位工資", "post pay"),
    "full_attendance": three("全勤奖", "全勤獎", "full attendance"),
    "overtime_hour": three("加班每小时", "加班每小時", "an hour of overtime"),
    "bonus_base": three("奖金基数", "獎金基數", "bonus base"),
}
_UNITS: dict[str, Unit | None] = {
    "points": Unit.POINTS, "score": Unit.POINTS, "pay_item": Unit.FEN, "worked_share": Unit.RATE,
    "overtime_hours": Unit.HOURS,
}  # fmt: skip


@dataclass(frozen=True)
class Naming:
    """Where names are looked up: a version's money and its sheets of points, and the metrics there are."""

    pay: Pay
    sheets: Mapping[str, PointSheet]
    catalogue: Mapping[str, Metric]


def title_of(known: Naming, name: str) -> Title | None:
    """What a name is called; None for a parameter that has only a value."""
    pay = known.pay
    if name in pay.parameters or name in pay.tables:
        return (pay.parameters.get(name) or pay.tables[name]).title
    if name in pay.facts:
        return pay.facts[name].title or _of_fact(known, name, pay.facts[name])
    if name in pay.pools:
        return pay.pools[name].title
    return pay.formulas()[name].title or Title(zh_hans=name)


def _of_fact(known: Naming, name: str, fact: Fact) -> Title:
    how = [_OF[fact.of]] if fact.of != "own" else []
    how += [_WHEN[when] for when in fact.when if when != "now"]
    title = _bare(known, name, fact)
    return told(_QUALIFIED, title=title, how=joined(how)) if how else title


def _bare(known: Naming, name: str, fact: Fact) -> Title:
    metric = known.catalogue.get(fact.metric or fact.target or "")
    if metric is not None:
        return metric.title if fact.metric else told(_TARGET, title=metric.title)
    if fact.points in known.sheets:
        return known.sheets[str(fact.points)].title
    if fact.pay_item is not None:
        return _ITEMS.get(fact.pay_item) or Title(zh_hans=name)
    words = (fact.score, fact.rank, fact.people, fact.fact, fact.source)
    return next((_KNOWN[word] for word in words if word in _KNOWN), Title(zh_hans=name))


def unit_of_name(known: Naming, name: str) -> Unit | None:
    """The unit of a name or a table; None for a plain number."""
    pay = known.pay
    if name in pay.facts:
        return pay.facts[name].unit or _unit_of_fact(known, pay.facts[name])
    if name in pay.parameters or name in pay.tables:
        return (pay.parameters.get(name) or pay.tables[name]).unit
    if name in pay.pools:
        return Unit.FEN
    named = pay.formulas()[name]
    return named.unit or unit_of(parse(named.formula), lambda each: unit_of_name(known, each))


def _unit_of_fact(known: Naming, fact: Fact) -> Unit | None:
    metric = known.catalogue.get(fact.metric or fact.target or "")
    return metric.unit if metric is not None else _UNITS.get(fact.fact or fact.source)
