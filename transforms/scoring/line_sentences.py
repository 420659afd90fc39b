"""Lines of a card that no metric stands behind, in words: judgements, events, roll-ups, red lines, what is missing."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from transforms.metrics.model import Unit
from transforms.schemes.indicator import Indicator, Months
from transforms.schemes.score_rules import EventScore, Judged, plain
from transforms.scoring.reference_sentences import reference_in_words
from transforms.scoring.results import Missing, Trace
from transforms.scoring.sentences import shown
from transforms.titles import Title
from transforms.wording import joined, three, told

_ROLES = {
    "self": three("自评", "自評", "self"),
    "manager": three("上级", "上級", "superior"),
    "peer": three("同事", "同事", "peers"),
    "subordinate": three("下属", "下屬", "subordinates"),
    "customer": three("客户", "客戶", "customers"),
}
_MISSING: dict[Missing, Title] = {
    "no_data": three("本期没有数据", "本期沒有數據", "No data in this period"),
    "too_few": three("样本太少,不计分", "樣本太少,不計分", "Too few cases to score"),
    "no_target": three("没有可用的目标", "沒有可用的目標", "No usable target was agreed"),
    "no_rater": three("没有评分", "沒有評分", "Nobody has judged yet"),
    "exempt": three("本期不考核", "本期不考核", "Not judged in this period"),
}
_NO_TEAM = three("没有可汇总的成员得分", "沒有可匯總的成員得分", "No scores of members to roll up")
_FEW_IN_TEAM = three("有得分的成员太少", "有得分的成員太少", "Too few members have a score")
_NO_MONTHS = three("没有可汇总的各期得分", "沒有可匯總的各期得分", "No scores of earlier periods to roll up")
_FEW_MONTHS = three("有得分的期数太少", "有得分的期數太少", "Too few periods have a score")
_NO_REFERENCE = three("没有{what}可比", "沒有{what}可比", "There is no value of {what} to compare with")
_ABSENT = {
    "share_out": three(
        "{role}未评(由其他评分人分担)", "{role}未評(由其他評分人分擔)", "{role} absent (weighed by the others)"
    ),
    "zero": three("{role}未评(计 0 分)", "{role}未評(計 0 分)", "{role} absent (counts as 0)"),
    "hr_decides": three("{role}未评", "{role}未評", "{role} absent"),
}
_HIDDEN = three("(不足 {n} 人,不公开)", "(不足 {n} 人,不公開)", " (fewer than {n}, so nobody is read)")
_JUDGED = three("{role} {mean}(占 {weight}%)", "{role} {mean}(佔 {weight}%)", "{role} {mean} (weight {weight}%)")
_TRIMMED = three(",去掉最高最低", ",去掉最高最低", ", without the highest and the lowest")
_IN_FULL = three(",{at} 分及以上计 100 分", ",{at} 分及以上計 100 分", "; {at} and more counts as 100")
_POLICY = {
    "share_out": three(
        "权重由其他指标按比例分担", "權重由其他指標按比例分擔", "its weight is shared out among the others"
    ),
    "full": three("按方案计 100 分", "按方案計 100 分", "the scheme gives 100 points"),
    "zero": three("按方案计 0 分", "按方案計 0 分", "the scheme gives 0 points"),
    "hr_decides": three(
        "由人力资源部决定,暂由其他指标分担权重",
        "由人力資源部決定,暫由其他指標分擔權重",
        "HR decides; until then its weight is shared out",
    ),
}
_THEN = three("{why};{what}", "{why};{what}", "{why}; {what}")
_AND = three("{one}{two}", "{one}{two}", "{one}{two}")


def judged_in_words(rule: Judged, means: Sequence[Trace], hidden: Collection[str] = ()) -> Title:
    """Who gave what, with which weight; who did not judge. `hidden`: roles with too few raters to stay anonymous."""
    by_role = {each.label: each for each in means if each.inputs}
    answered = [_judged(by_role[role], rule.roles[role]) for role in rule.roles if role in by_role]
    absent = [_absent(role, rule, hidden) for role in rule.roles if role not in by_role]
    words = joined([*answered, *absent])
    return words if rule.full_from is None else _and(words, told(_IN_FULL, at=plain(rule.full_from)))


def _judged(mean: Trace, weight: Decimal) -> Title:
    words = told(_JUDGED, role=_ROLES[mean.label], mean=shown(mean.value, Unit.COUNT), weight=plain(weight))
    return _and(words, _TRIMMED) if mean.op == "trimmed_mean" else words


def _absent(role: str, rule: Judged, hidden: Collection[str]) -> Title:
    words = told(_ABSENT[rule.missing_role], role=_ROLES[role])
    return _and(words, told(_HIDDEN, n=str(rule.least))) if role in hidden else words


def of_people_in_words(people: int) -> Title:
    """A department's line that is the mean of its people's."""
    return three(
        f"本部门 {people} 人得分按出勤日加权平均",
        f"本部門 {people} 人得分按出勤日加權平均",
        f"mean of {people} people's scores, weighted by working days",
    )


_EVENTS = three(
    "{n} 次:{start} 分起,每次 {each} 分,限 0–100",
    "{n} 次:{start} 分起,每次 {each} 分,限 0–100",
    "{n} recorded: {start} points to begin with, {each} for each, within 0 and 100",
)
_OWN_EVENTS = three(
    "{people};部门自身 {n} 次,每次 {each} 分",
    "{people};部門自身 {n} 次,每次 {each} 分",
    "{people}; {n} of the department itself, {each} for each",
)


def events_in_words(rule: EventScore, quantity: Decimal, people: int | None = None) -> Title:
    """What was recorded, and what it gives; of a department: on top of the mean of so many people's scores."""
    n, each = plain(quantity), f"{'+' if rule.each > 0 else ''}{plain(rule.each)}"
    if people is None:
        return told(_EVENTS, n=n, start=plain(rule.start), each=each)
    return (
        told(_OWN_EVENTS, people=of_people_in_words(people), n=n, each=each) if quantity else of_people_in_words(people)
    )


_TEAM = {
    "mean": three("{n} 名成员得分的平均", "{n} 名成員得分的平均", "mean of {n} members' scores"),
    "by_working_days": three(
        "{n} 名成员得分按出勤日加权平均",
        "{n} 名成員得分按出勤日加權平均",
        "mean of {n} members' scores, weighted by working days",
    ),
    "median": three("{n} 名成员得分的中位数", "{n} 名成員得分的中位數", "median of {n} members' scores"),
}
_MONTHS = {
    "by_working_days": three(
        "{told}:按出勤日加权平均", "{told}:按出勤日加權平均", "{told}: mean, weighted by working days"
    ),
    "mean": three("{told}:平均", "{told}:平均", "{told}: mean"),
}


def team_in_words(take: str, members: int) -> Title:
    """A roll-up of members' scores."""
    return told(_TEAM[take], n=str(members))


_GAPS = {
    "leave_out": three("{told} 没有得分,不计入", "{told} 沒有得分,不計入", "no score in {told}: left out"),
    "zero": three("{told} 没有得分,计 0 分", "{told} 沒有得分,計 0 分", "no score in {told}: counts as 0"),
    "no_score": three("{told} 没有得分,不汇总", "{told} 沒有得分,不匯總", "no score in {told}: no roll-up"),
}
_WAITING = three("{told} 尚未结清,结果暂定", "{told} 尚未結清,結果暫定", "{told} not final yet: this may change")


def months_in_words(
    rule: Months, scores: Sequence[tuple[str, Decimal]], gaps: Sequence[str] = (), waiting: Sequence[str] = ()
) -> Title:
    """A roll-up of earlier periods: `2026-07 83.4、2026-08 90:平均`; which have no score, and which are not final."""
    words = told(_MONTHS[rule.take], told=joined([f"{period} {plain(score)}" for period, score in scores]))
    if gaps:
        words = told(_THEN, why=words, what=told(_GAPS[rule.missing_month], told=joined(gaps)))
    return told(_THEN, why=words, what=told(_WAITING, told=joined(waiting))) if waiting else words


def missing_periods_in_words(gaps: Sequence[str], indicator: Indicator) -> Title:
    """That nothing is rolled up because of these periods, and what the scheme does about it."""
    return told(_THEN, why=told(_GAPS["no_score"], told=joined(gaps)), what=_POLICY[indicator.missing])


_ZEROED = three(
    "触犯红线({seen}),本考核计 0 分",
    "觸犯紅線({seen}),本考核計 0 分",
    "A red line was crossed ({seen}): the score is 0",
)
_CAPPED = three(
    "触犯红线({seen}),等级最高为“{grade}”",
    "觸犯紅線({seen}),等級最高為「{grade}」",
    "A red line was crossed ({seen}): the grade is {grade} at most",
)
_SEEN = three("实际 {a},界限 {limit}", "實際 {a},界限 {limit}", "actual {a}, limit {limit}")
_RECORDED = three("记录 {a} 次", "記錄 {a} 次", "{a} recorded")


def red_line_in_words(actual: Decimal | None, limit: Decimal | None, unit: Unit, cap: Title | None) -> Title:
    """What was seen beyond the line, and what follows; `limit` None: an event; `cap` None: the score is 0."""
    if limit is None:
        seen = told(_RECORDED, a=shown(actual, unit))
    else:
        seen = told(_SEEN, a=shown(actual, unit), limit=shown(limit, unit))
    return told(_ZEROED, seen=seen) if cap is None else told(_CAPPED, seen=seen, grade=cap)


def missing_in_words(reason: Missing, indicator: Indicator) -> Title:
    """Why there is no value, and what the scheme does about it."""
    return told(_THEN, why=_why(reason, indicator), what=_POLICY[indicator.missing])


_EXEMPT = three("经决定豁免", "經決定豁免", "Exempt by decision")


def exempt_in_words(indicator: Indicator) -> Title:
    """That people exempted the line, and where its weight goes; nothing is left for HR to decide."""
    policy = "share_out" if indicator.missing == "hr_decides" else indicator.missing
    return told(_THEN, why=_EXEMPT, what=_POLICY[policy])


def _why(reason: Missing, indicator: Indicator) -> Title:
    few = reason == "too_few"
    if indicator.team is not None:
        return _FEW_IN_TEAM if few else _NO_TEAM
    if indicator.months is not None:
        return _FEW_MONTHS if few else _NO_MONTHS
    ratio = indicator.score.ratio if indicator.score else None
    if reason == "no_target" and ratio is not None:
        return told(_NO_REFERENCE, what=reference_in_words(ratio.to))
    return _MISSING[reason]


def _and(one: Title, two: Title) -> Title:
    return told(_AND, one=one, two=two)
