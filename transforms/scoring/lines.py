"""Lines of a card that no metric stands behind: judged by people, events, roll-ups of members (of periods: months)."""

from collections.abc import Sequence
from decimal import Decimal

from transforms.metrics.model import Better, Unit
from transforms.schemes.indicator import Indicator
from transforms.schemes.scheme import Version
from transforms.schemes.score_rules import EventScore
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.indicators import Draft, absent, judged_by, undecided
from transforms.scoring.judging import judge, sheets
from transforms.scoring.line_sentences import (
    events_in_words,
    judged_in_words,
    missing_in_words,
    of_people_in_words,
    team_in_words,
)
from transforms.scoring.results import Card, Missing, Trace
from transforms.scoring.rules import happened, rounded
from transforms.scoring.trace import constant, leaf, step
from transforms.titles import Title
from transforms.wording import three

_JUDGED = three("人工评分", "人工評分", "Judged by people")
_RECORDED = three("本期记录的事件", "本期記錄的事件", "Events recorded in this period")
_TEAM = three("所带成员的考核得分汇总", "所帶成員的考核得分匯總", "Roll-up of the scores of the people led")


def draft_manual(indicator: Indicator, version: Version, subject: Subject, facts: Facts) -> Draft:
    """A manual indicator of an employee."""
    rule = judged_by(indicator, version)
    judgements = facts.judged(subject.subject_id, indicator.key)
    answered = sheets(rule, judgements)
    ruled = judge(rule, answered)
    if ruled is None:
        return missing_draft(indicator, "no_rater", _JUDGED, "judgements")
    hidden = {each.role for each in judgements} - answered.keys()
    return scored_draft(indicator, ruled.score, _JUDGED, judged_in_words(rule, ruled.references, hidden), "judgements")


def draft_manual_of_people(indicator: Indicator, cards: Sequence[Card]) -> Draft:
    """A manual indicator of a department: the mean of its people's scores, weighted by working days."""
    found = _of_people(indicator, cards)
    mean = _mean_of_people(indicator, found)
    if mean is None:
        return missing_draft(indicator, "no_rater", _JUDGED, "judgements")
    return scored_draft(indicator, mean, _JUDGED, of_people_in_words(len(found)), "judgements")


def draft_events(indicator: Indicator, subject: Subject, facts: Facts) -> Draft:
    """What was recorded of an employee while in the department."""
    rule, quantity = _event_rule(indicator), happened(indicator.key, subject, facts)
    score = step("events", "events", constant("start", rule.start), quantity, each=str(rule.each))
    seen = quantity.value or Decimal(0)
    return scored_draft(indicator, score, _RECORDED, events_in_words(rule, seen), "events", seen)


def draft_events_of_people(indicator: Indicator, subject: Subject, cards: Sequence[Card], facts: Facts) -> Draft:
    """A department's: the mean of its people's scores, and what was recorded of the department itself on top."""
    rule, quantity = _event_rule(indicator), happened(indicator.key, subject, facts)
    found = _of_people(indicator, cards)
    mean = _mean_of_people(indicator, found)
    if mean is None:
        return draft_events(indicator, subject, facts)
    seen = quantity.value or Decimal(0)
    score = step("events", "events", mean, quantity, each=str(rule.each))
    return scored_draft(indicator, score, _RECORDED, events_in_words(rule, seen, len(found)), "events", seen)


def _event_rule(indicator: Indicator) -> EventScore:
    rule = indicator.score.events if indicator.score else None
    if rule is None:
        raise ValueError(indicator.key)
    return rule


def _of_people(indicator: Indicator, cards: Sequence[Card]) -> list[tuple[Card, Decimal]]:
    return [
        (card, line.score)
        for card in cards
        for line in card.indicators
        if (line.kind, line.key) == (indicator.kind, indicator.key) and line.score is not None and line.missing is None
    ]


def _mean_of_people(indicator: Indicator, found: Sequence[tuple[Card, Decimal]]) -> Trace | None:
    if not any(card.working_days for card, _ in found):
        return None
    leaves = (leaf("card", str(card.employee_id), score, indicator=indicator.key) for card, score in found)
    return step("weighted_mean", "people", *leaves, weights=",".join(str(card.working_days) for card, _ in found))


def draft_team(indicator: Indicator, subject: Subject, facts: Facts) -> Draft:
    """The scores of the department's members, the subject's own left out."""
    rule = indicator.team
    members = [card for card in facts.teams.get(subject.department_id, ()) if card.employee_id != subject.subject_id]
    scored = [card for card in members if card.score is not None]
    if rule is None or len(scored) < rule.least_people:
        return missing_draft(indicator, "too_few" if scored else "no_data", _TEAM, "results")
    leaves = [leaf("card", str(card.employee_id), card.score, scheme=card.scheme) for card in scored]
    score = rolled_up(rule.take, "members", leaves, [card.working_days for card in scored])
    if score.value is None:
        return missing_draft(indicator, "no_data", _TEAM, "results")
    waits = any(line.provisional for card in scored for line in card.indicators)
    return scored_draft(indicator, score, _TEAM, team_in_words(rule.take, len(scored)), "results", provisional=waits)


def rolled_up(take: str, label: str, leaves: Sequence[Trace], days: Sequence[int]) -> Trace:
    """Scores as one: mean, median, or mean by working days (the plain mean where nobody worked a day)."""
    if take == "by_working_days" and any(days):
        return step("weighted_mean", label, *leaves, weights=",".join(map(str, days)))
    return step("median" if take == "median" else "mean", label, *leaves)


def scored_draft(
    indicator: Indicator,
    score: Trace,
    says: Title,
    rule: Title,
    source: str,
    seen: Decimal | None = None,
    *,
    provisional: bool = False,
) -> Draft:
    """A line with its score, rounded once; `seen`: what was counted, where that is not the score itself."""
    final = rounded(score)
    return Draft(
        indicator,
        indicator.title or Title(zh_hans=indicator.key),
        Unit.POINTS if seen is None else Unit.COUNT,
        _better(indicator),
        score=final,
        says=indicator.says or says,
        rule=rule,
        source=source,
        provisional=provisional,
        actual=final.value if seen is None else seen,
    )


def missing_draft(indicator: Indicator, reason: Missing, says: Title, source: str, rule: Title | None = None) -> Draft:
    """A line without a score, and why; `rule`: in other words than the reason's."""
    return Draft(
        indicator,
        indicator.title or Title(zh_hans=indicator.key),
        Unit.POINTS,
        _better(indicator),
        score=absent(indicator),
        says=indicator.says or says,
        rule=rule or missing_in_words(reason, indicator),
        source=source,
        provisional=undecided(indicator, reason),
        missing=reason,
    )


def _better(indicator: Indicator) -> Better:
    events = indicator.score.events if indicator.score else None
    return Better.LOWER if events is not None and events.each < 0 else Better.HIGHER
