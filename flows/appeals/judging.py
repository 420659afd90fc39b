"""Assigning, deciding and escalating an appeal: each act is looked at by the rules before and while it is written."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import cast, get_args

import sqlalchemy as sa

from flows import wiring
from flows.appeals.acts import APPEAL, Act, Assigned, Decided, Escalated, Outcome
from flows.appeals.barred import barred
from flows.appeals.deadlines import deadlines_of
from flows.appeals.entries import appeal_of, told_by
from flows.appeals.filing import revision_of
from flows.appeals.lines import Line, line_of
from flows.appeals.persons import require_employed
from flows.appeals.procedure import Appeal, Rules, after, require
from flows.company import Company
from flows.corrections.entries import standing_of
from flows.warehouse.journal import Draft, Entry, append
from flows.warehouse.ledger_queries import load_results
from flows.working_calendar import calendar_of
from transforms.corrections.checking import normalised
from transforms.corrections.model import TOTAL, Correction, Decision
from transforms.errors import ConfigError, NotFoundError, RuleError
from transforms.period import parse
from transforms.scoring.results import PeriodResults


@dataclass(frozen=True)
class Ruling:
    """What a judge says. `correction_id`: a correction that was entered for it, if any.

    `set_score`: an override to be made now and approved by `approved_by`; 0–100 for an indicator or the score, points
    for a line of points.
    """

    outcome: Outcome
    reason: str
    correction_id: str | None = None
    set_score: Decimal | None = None
    approved_by: str = ""


def ruling(outcome: str, reason: str, correction_id: str | None, set_score: str | None, approved_by: str) -> Ruling:
    """A ruling from the words of a command line.

    Raises:
        ConfigError: no such outcome, not a number, or a correction and a score at once.
    """
    if outcome not in get_args(Outcome):
        raise ConfigError(f"'{outcome}' is no outcome", todo=f"--outcome {', '.join(get_args(Outcome))}")
    if correction_id and set_score:
        raise ConfigError("a decision carries one correction", todo="give --correction or --set-score")
    if set_score and not approved_by:
        raise ConfigError("a score is approved by a second person", todo="--approved-by E…")
    value = _number(set_score) if set_score else None
    return Ruling(cast("Outcome", outcome), reason, correction_id, value, approved_by)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ConfigError(f"'{text}' is not a number", todo="write it as 82.5")
    return number


def assign(company: Company, appeal_id: str, judge_id: str, today: date, at: datetime, *, by: str) -> Appeal:
    """Say who judges an appeal.

    Raises:
        NotFoundError: no such appeal or person.
        RuleError: the judge had a part in it, `by` may not assign, or it was decided.
    """
    return _act(company, appeal_id, Assigned(judge_id=judge_id, on=today), at, by=by, people=(by, judge_id))


def decide(company: Company, appeal_id: str, ruling: Ruling, today: date, at: datetime, *, by: str) -> Appeal:
    """Write down a decision, with the correction it carries.

    Raises:
        NotFoundError: no such appeal or person, or the correction does not stand.
        RuleError: not `by`'s to decide, decided already, or a rule on the correction's persons.
    """
    appeal = appeal_of(wiring.ledger(company), appeal_id)
    if not ruling.reason.strip():
        raise RuleError("a decision says its reason", todo="--reason …")
    made = _correction(company, appeal, ruling, by) if ruling.set_score is not None else None
    correction_id = made.id if made else _standing(company, appeal, ruling.correction_id)
    act = Decided(outcome=ruling.outcome, reason=ruling.reason, on=today, correction_id=correction_id)
    _require(company, appeal, act, by)  # before a correction is entered that nothing would follow from
    if made:
        from flows.corrections.entering import enter

        enter(company, made, at, by)
    return _act(company, appeal_id, act, at, by=by, people=(by,))


def escalate(company: Company, appeal_id: str, act: Escalated, at: datetime, *, by: str) -> Appeal:
    """Put an appeal before the final instance.

    Raises:
        NotFoundError: no such appeal or person.
        RuleError: not `by`'s to escalate, too late, not overdue, or there is no higher instance.
    """
    return _act(company, appeal_id, act, at, by=by, people=() if act.by_itself else (by,))


def rules_of(company: Company, appeal: Appeal) -> Rules:
    """What the next act on an appeal is judged by, besides who is barred."""
    due = deadlines_of(company.settings, calendar_of(company))
    return Rules(company.settings.officers, due_on=due.due_on(appeal), escalate_until=due.escalate_until(appeal))


def _barred(company: Company, appeal: Appeal, act: Act) -> dict[str, str]:
    engine, period = wiring.ledger(company), parse(appeal.filed.period)
    revision = revision_of(engine, period)
    line = _line(load_results(engine, revision.id), appeal)
    carried = act.correction_id if isinstance(act, Decided) else None
    return barred(engine, company, revision, appeal.filed.employee_id, line, carried)


def _line(results: PeriodResults, appeal: Appeal) -> Line:
    """The disputed line as it is now; a line that is gone since keeps its name."""
    filed = appeal.filed
    try:
        return line_of(results, filed.employee_id, filed.key, filed.scheme)
    except NotFoundError:
        return Line("indicator", filed.key, filed.scheme, filed.title, ())


def _act(company: Company, appeal_id: str, act: Act, at: datetime, *, by: str, people: tuple[str, ...]) -> Appeal:
    engine = wiring.ledger(company)
    appeal = appeal_of(engine, appeal_id)
    period = appeal.filed.period
    require_employed(company, revision_of(engine, parse(period)), act.on, *people)
    rules = _require(company, appeal, act, by)

    def guard(found: tuple[Entry, ...]) -> None:
        now = next(each for each in told_by(found) if each.id == appeal_id)
        require(now, act, by, rules)

    append(engine, [Draft(period, APPEAL, appeal_id, act, by)], at, guard)
    return after(appeal, act, by)


def _require(company: Company, appeal: Appeal, act: Act, by: str) -> Rules:
    rules = rules_of(company, appeal)
    if not isinstance(act, Escalated):
        rules = replace(rules, barred=_barred(company, appeal, act))
    require(appeal, act, by, rules)
    return rules


def _standing(company: Company, appeal: Appeal, correction_id: str | None) -> str | None:
    if correction_id is None:
        return None
    filed = appeal.filed
    known = {each.id: each for each in standing_of(wiring.ledger(company), filed.period)}
    if correction_id not in known:
        todo = f"enter it first: jixiao correct …; jixiao correct list {filed.period} shows what stands"
        raise NotFoundError(f"no correction {correction_id} stands in {filed.period}", todo=todo)
    if filed.employee_id not in known[correction_id].concerns:
        todo = f"give the correction that was entered for {filed.employee_id}"
        raise RuleError(f"correction {correction_id} does not concern {filed.employee_id}", todo=todo)
    return correction_id


def _correction(company: Company, appeal: Appeal, ruling: Ruling, by: str) -> Correction:
    filed = appeal.filed
    engine = wiring.ledger(company)
    results = load_results(engine, revision_of(engine, parse(filed.period)).id)
    if _line(results, appeal).kind == "pay":
        what = f"{filed.key} is a line of pay: it follows from scores and facts"
        raise RuleError(what, todo="correct what it follows from, and give that correction: --correction C-…")
    decision = Decision(
        act="override", subject_id=filed.employee_id, key=filed.key, scheme=_scheme(results, appeal),
        value=ruling.set_score,
    )  # fmt: skip
    correction = Correction(
        kind="override", period=filed.period, decision=decision, concerns=(filed.employee_id,), reason=ruling.reason,
        evidence=f"{appeal.id}: {filed.evidence}", asked_by=by, approved_by=ruling.approved_by,
    )  # fmt: skip
    return normalised(correction)


def _scheme(results: PeriodResults, appeal: Appeal) -> str | None:
    """None for the scheme that gives the score, as corrections name it."""
    filed = appeal.filed
    if filed.key == TOTAL:
        return None
    cards = (card for person in results.people if person.employee_id == filed.employee_id for card in person.cards)
    return None if filed.scheme in {card.scheme for card in cards} else filed.scheme


def pending(engine: sa.Engine, appeals: tuple[Appeal, ...], period: str) -> tuple[str, ...]:
    """What keeps a period from being settled: appeals nobody decided yet, and upheld ones that nothing follows from."""
    standing = {each.id for each in standing_of(engine, period)}
    return tuple(each.id for each in appeals if each.pending or _without_correction(each, standing))


def _without_correction(appeal: Appeal, standing: set[str]) -> bool:
    told = appeal.decision
    return told is not None and told.outcome != "rejected" and told.correction_id not in standing
