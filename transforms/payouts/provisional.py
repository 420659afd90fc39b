"""Whether a pay line can still change: it stands on a metric that has not settled."""

from collections.abc import Iterator
from datetime import date

from transforms.payouts.team import Team
from transforms.period import Period
from transforms.schemes.pay import Fact
from transforms.schemes.pay_checks import needs
from transforms.scoring.windows import looked_at


def is_provisional(team: Team, name: str) -> bool:
    """Whether any fact that a name stands on, at any distance, can still change."""
    facts = (team.pay.facts[each] for each in _reached(team, name) if each in team.pay.facts)
    return any(_can_change(team, fact) for fact in facts)


def _reached(team: Team, name: str) -> set[str]:
    stands_on, found, waiting = needs(team.pay), {name}, [name]
    while waiting:
        fresh = [each for each in stands_on.get(waiting.pop(), ()) if each not in found]
        found.update(fresh)
        waiting += fresh
    return found


def settles_on(team: Team) -> date | None:
    """The day from which none of the team's metrics can change, if that day is still to come."""
    facts = [fact for fact in team.pay.facts.values() if fact.metric in team.facts.catalogue]
    days = (
        team.facts.settled_on(team.facts.catalogue[str(f.metric)], each) for f in facts for each in _windows(team, f)
    )
    return max((day for day in days if day > team.facts.as_of), default=None)


def _windows(team: Team, fact: Fact) -> Iterator[Period]:
    return (each for when in fact.when for each in looked_at(when, team.facts.period, team.facts.period))


def _can_change(team: Team, fact: Fact) -> bool:
    if fact.metric is not None:
        metric = team.facts.catalogue.get(fact.metric)
        return metric is not None and any(team.facts.provisional(metric, each) for each in _windows(team, fact))
    if fact.points is not None:
        sheets = (sheet for payee in team.payees for sheet in payee.appraisal.sheets if sheet.key == fact.points)
        return any(line.provisional for sheet in sheets for line in sheet.lines)
    if fact.score is not None or fact.rank is not None or fact.by_grade is not None:
        return team.results.provisional
    return False
