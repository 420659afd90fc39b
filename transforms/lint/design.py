"""Checks of a scheme as it is written; no data is needed (S20, S21)."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from transforms.lint.codes import CHECKS, NEVER_SUPPRESSED
from transforms.lint.finding import seen
from transforms.lint.lines import Line, keys_of, leads, lines, metrics_of, tables_of
from transforms.lint.model import Judged, LintFinding, Looked
from transforms.schemes.score_rules import HUNDRED, plain
from transforms.wording import joined, three, told

TEAM_LEAST, TEAM_MOST, PERSON_MOST = 3, 6, 3
MANUAL_MOST = Decimal(50)
_SUGGESTED = 3
_OFFICE = ("tasks_done_rate", "tasks_on_time_rate", "task_quality")

# Money of the whole company: what a post in customer service cannot move.
_SERVICE = ("service", "support", "reception", "客服", "前台", "接待", "售后", "售後")
_COMPANY_MONEY = frozenset({
    "gross_margin_rate", "gross_profit_fen", "revenue_fen", "market_share", "labour_cost_rate", "budget_use_rate",
    "purchase_cost_reduction_rate", "project_profit_fen", "logistics_cost_rate", "logistics_cost_per_order",
    "inventory_turnover", "staff_turnover_rate", "sales_growth", "brand_searches",
})  # fmt: skip


def main_indicators(it: Looked) -> Iterator[LintFinding]:
    """Three to six groups, or indicators where there are no groups."""
    version = it.judged.version
    count = len(version.groups) or len(version.indicators)
    if version.has_card and not TEAM_LEAST <= count <= TEAM_MOST:
        what = three("有 {n} 个主要指标。", "有 {n} 個主要指標。", "There are {n} main indicators.")
        at = it.judged.at("groups" if version.groups else "indicators")
        yield seen("main_indicators", told(what, n=str(count)), it.judged, at=at)


def person_indicators(it: Looked) -> Iterator[LintFinding]:
    """At most three lines a person."""
    count = sum(1 for _ in lines(it.judged))
    if count > PERSON_MOST:
        what = three("每人有 {n} 个指标。", "每人有 {n} 個指標。", "Each person has {n} indicators.")
        yield seen("person_indicators", told(what, n=str(count)), it.judged, at=it.judged.at())


def data_source(it: Looked) -> Iterator[LintFinding]:
    """Every line has a table that a source delivers, or somebody who judges."""
    tables = it.context.tables
    for line in lines(it.judged):
        if line.kind == "manual" and line.weight is None and it.judged.version.judged_by is None:
            what = three("没有写明谁评「{line}」。", "沒有寫明誰評「{line}」。", "Nobody is named who judges {line}.")
            yield seen("data_source", told(what, line=line.key), it.judged, at=line.at, subject=line.key)
        absent = [] if tables is None else sorted(_tables(line, it) - tables)
        if absent:
            what = three("「{line}」需要数据表 {tables},没有来源提供。", "「{line}」需要數據表 {tables},沒有來源提供。",
                         "{line} needs the table {tables}, which no source delivers.")  # fmt: skip
            said = told(what, line=line.key, tables=joined(absent))
            yield seen("data_source", said, it.judged, at=line.at, subject=line.key)


def _tables(line: Line, it: Looked) -> frozenset[str]:
    own = {"manual": frozenset({"judgements"}), "event": frozenset({"events"})}.get(line.kind, frozenset())
    metric = it.catalogue.get(line.metric or "")
    of_metric = tables_of(metric) if metric else frozenset()
    return own | of_metric | (frozenset({"targets"}) if line.from_targets else frozenset())


def manual_share(it: Looked) -> Iterator[LintFinding]:
    """Judgements weigh no more than half of the card."""
    version = it.judged.version
    if not version.has_card:
        return
    manual = sum((line.weight for line in lines(it.judged) if line.kind == "manual" and line.weight), Decimal(0))
    share = manual / version.out_of * HUNDRED
    if share > MANUAL_MOST:
        what = three("主观评分占 {share}%,可改用例如:{metrics}。", "主觀評分佔 {share}%,可改用例如:{metrics}。",
                     "Judgements weigh {share}%; instead one could count, for example: {metrics}.")  # fmt: skip
        said = told(what, share=plain(share), metrics=joined(_substitutes(it)))
        yield seen("manual_share", said, it.judged, at=it.judged.at())


def _substitutes(it: Looked) -> list[str]:
    """Metrics not used yet that come from the same tables as those that are; of office work where there are none."""
    used = {metric.key for _, metric in metrics_of(it.catalogue, it.judged)}
    tables = frozenset().union(*(tables_of(it.catalogue[key]) for key in used))
    near = [key for key, metric in it.catalogue.items() if key not in used and tables & tables_of(metric)]
    office = [key for key in _OFFICE if key in it.catalogue and key not in used]
    return (near or office or sorted(it.catalogue.keys() - used))[:_SUGGESTED]


def untraced(it: Looked) -> Iterator[LintFinding]:
    """Each metric of a post's card stands on the department's or manager's scheme too, or says which one it serves."""
    if leads(it.judged) or not it.judged.scheme.applies_to.posts:
        return
    above = [other for other in it.others if _is_above(other, it.judged)]
    known = frozenset().union(*(keys_of(other) for other in above))
    missing = [line for line in _counted(it.judged) if not _served(it.judged, line) & known]
    if not missing:
        return
    what = three("未见于部门或经理的方案({schemes}):{lines}。", "未見於部門或經理的方案({schemes}):{lines}。",
                 "Not in a scheme of the department or its manager ({schemes}): {lines}.")  # fmt: skip
    names = joined([other.scheme.scheme for other in above] or ["–"])
    said = told(what, schemes=names, lines=joined(line.key for line in missing))
    yield seen("untraced", said, it.judged, at=missing[0].at, subject=missing[0].key)


def _is_above(other: Judged, judged: Judged) -> bool:
    """A scheme of the same department that judges all posts, or those who lead."""
    shared = set(other.scheme.applies_to.where) & set(judged.scheme.applies_to.where)
    return bool(shared) and (leads(other) or not other.scheme.applies_to.posts)


def _counted(judged: Judged) -> list[Line]:
    return [line for line in lines(judged) if line.metric is not None and line.weight is not None]


def _served(judged: Judged, line: Line) -> frozenset[str]:
    """What the line is, and what it says it serves."""
    stated = {i.key: i.traces_to for _, _, i in judged.version.placed()}
    return frozenset({line.key, stated.get(line.key) or line.key})


def outside_influence(it: Looked) -> Iterator[LintFinding]:
    """No money of the whole company on the card of somebody who serves customers."""
    if leads(it.judged) or not _serves(it.judged):
        return
    for line, metric in metrics_of(it.catalogue, it.judged):
        if metric.key in _COMPANY_MONEY:
            what = three("客服岗位无法影响「{metric}」。", "客服崗位無法影響「{metric}」。",
                         "A post in customer service cannot move {metric}.")  # fmt: skip
            yield seen("outside_influence", told(what, metric=metric.title), it.judged, at=line.at, subject=metric.key)


def _serves(judged: Judged) -> bool:
    named = (*judged.scheme.applies_to.where, *judged.scheme.applies_to.posts)
    return any(word in name.lower() for name in named for word in _SERVICE)


def suppressions(it: Looked) -> Iterator[LintFinding]:
    """Each suppression names a check there is, and a reason."""
    for code, reason in it.judged.version.suppress.items():
        at = it.judged.at("suppress", code)
        if code not in CHECKS or code in NEVER_SUPPRESSED:
            what = three("没有检查 {code},现有:{codes}。", "沒有檢查 {code},現有:{codes}。",
                         "There is no check {code}; there are: {codes}.")  # fmt: skip
            said = told(what, code=code, codes=joined(_codes()))
            yield seen("suppress_unknown", said, it.judged, at=at, subject=code)
        elif not reason.strip():
            what = three(
                "屏蔽 {code} 没有写理由。", "屏蔽 {code} 沒有寫理由。", "{code} is suppressed without a reason."
            )
            yield seen("suppress_no_reason", told(what, code=code), it.judged, at=at, subject=code)


def _codes() -> Iterable[str]:
    return sorted(CHECKS.keys() - NEVER_SUPPRESSED)
