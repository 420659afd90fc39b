"""The line that rolls up earlier periods: the scores of the months in a quarter, of months or quarters in a year.

Working days weigh: who joined in the second month, or left in it, is weighed by the days there. A month is missing
when somebody worked in it and it gave no score; what then happens is the scheme's rule. Months before joining and
after leaving are never missing. Scores of periods that are not closed yet count, and the line says which they are.
"""

from decimal import Decimal

from transforms.period import Period, parse
from transforms.schemes.indicator import Indicator, Months
from transforms.scoring.book import PastResult
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.indicators import Draft
from transforms.scoring.line_sentences import missing_periods_in_words, months_in_words
from transforms.scoring.lines import missing_draft, rolled_up, scored_draft
from transforms.scoring.trace import constant, leaf
from transforms.wording import three

_MONTHS = three("各期考核得分汇总", "各期考核得分匯總", "Roll-up of the scores of earlier periods")
_ELSEWHERE = ("helper",)  # days on loan are judged by nobody, so that no score is missing for them
Scores = tuple[tuple[PastResult, Decimal], ...]


def draft_months(indicator: Indicator, subject: Subject, facts: Facts) -> Draft:
    """The subject's scores of the months or quarters that lie within the window."""
    rule = indicator.months
    if rule is None:
        raise ValueError(indicator.key)
    found = past_scores(rule, subject, facts)
    gaps = _gaps(rule, subject, facts, found)
    if gaps and rule.missing_month == "no_score":
        words = missing_periods_in_words(list(gaps), indicator)
        return missing_draft(indicator, "too_few" if found else "no_data", _MONTHS, "results", words)
    if len(found) < rule.least:
        return missing_draft(indicator, "too_few" if found else "no_data", _MONTHS, "results")
    return _rolled_up(indicator, rule, found, gaps)


def _rolled_up(indicator: Indicator, rule: Months, found: Scores, gaps: dict[str, int]) -> Draft:
    zeros = gaps if rule.missing_month == "zero" else {}
    parts = [
        (each.period, each.working_days, leaf("card", each.period, score, scheme=each.scheme)) for each, score in found
    ]
    parts += [(key, days, constant(key, 0)) for key, days in zeros.items()]
    parts.sort(key=lambda part: parse(part[0]))
    score = rolled_up(rule.take, "periods", [trace for _, _, trace in parts], [days for _, days, _ in parts])
    waiting = [each.period for each, _ in found if not each.final]
    told = [(each.period, score) for each, score in found]
    words = months_in_words(rule, told, list(gaps), waiting)
    return scored_draft(indicator, score, _MONTHS, words, "results", provisional=bool(waiting))


def past_scores(rule: Months, subject: Subject, facts: Facts) -> Scores:
    """The overall scores of earlier periods within the window, oldest first."""
    wanted = {part.key for part in _parts(rule, facts.period)}
    level = "employee" if subject.level == "employee" else "department"
    return tuple(
        (each, each.score)
        for each in facts.book.past
        if each.period in wanted
        and (each.level, each.subject, each.counts) == (level, subject.subject_id, "score")
        and each.score is not None
    )


def _parts(rule: Months, window: Period) -> tuple[Period, ...]:
    if rule.of == "month":
        return window.months
    quarters = (parse(f"{year}-Q{n}") for year in range(window.start.year, window.end.year + 1) for n in (1, 2, 3, 4))
    return tuple(each for each in quarters if each.start in window and each.end in window)


def _gaps(rule: Months, subject: Subject, facts: Facts, found: Scores) -> dict[str, int]:
    """Working days of each part that has no score although the subject worked in it, oldest first."""
    scored = {each.period for each, _ in found}
    days = ((part.key, _worked(subject, facts, part)) for part in _parts(rule, facts.period) if part.key not in scored)
    return {key: count for key, count in days if count}


def _worked(subject: Subject, facts: Facts, part: Period) -> int:
    working = frozenset(facts.book.working(part))
    if subject.level != "employee":
        return len(working)
    own = (each for each in facts.book.stints(part) if each.employee.employee_id == subject.subject_id)
    return sum(each.worked(working, _ELSEWHERE) for each in own)
