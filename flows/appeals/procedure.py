"""Which act may follow which, and by whom: values in, a new value or a refusal out.

    open ──assign──► assigned ──decide──► decided ──escalate──► escalated ──decide──► final
      └──────────────── escalate, once overdue ────────────────────▲

Nobody judges what he filed or what concerns himself, nothing is decided twice by one instance, and the final
instance has the last word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from flows.appeals.acts import Act, Assigned, Decided, Escalated, Filed
from flows.company import Officers
from transforms.errors import RuleError

State = Literal["open", "assigned", "decided", "escalated", "final"]


@dataclass(frozen=True)
class Appeal:
    """An appeal as its acts have left it. `first`, `last`: the decisions of the two instances."""

    id: str
    filed: Filed
    filed_by: str
    state: State = "open"
    judge_id: str | None = None
    first: Decided | None = None
    escalated: Escalated | None = None
    last: Decided | None = None
    last_judge_id: str | None = None

    @property
    def pending(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state in {"open", "assigned", "escalated"}

    @property
    def decision(self) -> Decided | None:
        """What counts: the last word, else the first."""
        return self.last or self.first


@dataclass(frozen=True)
class Rules:
    """What an act is judged by. `barred`: who must not judge, and why. `due_on`: of the step the appeal is in.

    `escalate_until`: last day on which a decision of the first instance may be put before the final one.
    """

    officers: Officers = field(default_factory=Officers)
    barred: Mapping[str, str] = field(default_factory=dict)
    due_on: date | None = None
    escalate_until: date | None = None


def begun(filed: Filed, by: str) -> Appeal:
    """The appeal that a filing opens."""
    return Appeal(id=filed.id, filed=filed, filed_by=by)


def after(appeal: Appeal, act: Act, by: str) -> Appeal:
    """The appeal once an act was done that was allowed."""
    if isinstance(act, Assigned):
        return replace(appeal, state="assigned", judge_id=act.judge_id)
    if isinstance(act, Escalated):
        return replace(appeal, state="escalated", escalated=act)
    if isinstance(act, Decided):
        return _decided(appeal, act, by)
    return appeal


def _decided(appeal: Appeal, act: Decided, by: str) -> Appeal:
    if appeal.state == "escalated":
        return replace(appeal, state="final", last=act, last_judge_id=by)
    return replace(appeal, state="decided", first=act)


def require(appeal: Appeal, act: Act, by: str, rules: Rules) -> None:
    """Refuse an act that may not follow.

    Raises:
        RuleError: the state of the appeal or a rule on persons forbids it.
    """
    if isinstance(act, Assigned):
        _require_assignable(appeal, act, by, rules)
    elif isinstance(act, Decided):
        _require_decidable(appeal, act, by, rules)
    elif isinstance(act, Escalated):
        _require_escalable(appeal, act, by, rules)


def why_not_judge(appeal: Appeal, who: str, barred: Mapping[str, str]) -> str:
    """Why somebody must not judge this appeal; empty when he may."""
    if who == appeal.filed.employee_id:
        return "the appeal is his own"
    if who == appeal.filed_by:
        return "he filed it"
    return barred.get(who, "")


def _require_assignable(appeal: Appeal, act: Assigned, by: str, rules: Rules) -> None:
    if appeal.state not in {"open", "assigned"}:
        raise RuleError(f"appeal {appeal.id} is {appeal.state} and has its judge", todo=_next_step(appeal))
    require_officer(by, rules.officers.hr, "assign a judge", "officers.hr")
    if by == appeal.filed.employee_id:
        raise RuleError(f"{by} may not choose who judges his own appeal", todo="let somebody of HR assign it")
    _require_may_judge(appeal, act.judge_id, rules)


def _require_decidable(appeal: Appeal, act: Decided, by: str, rules: Rules) -> None:
    if not appeal.pending or appeal.state == "open":
        what = "is nobody's to judge yet" if appeal.state == "open" else f"is {appeal.state}: this instance has decided"
        raise RuleError(f"appeal {appeal.id} {what}", todo=_next_step(appeal))
    _require_may_judge(appeal, by, rules)
    if appeal.state == "assigned" and by != appeal.judge_id:
        raise RuleError(f"appeal {appeal.id} is {appeal.judge_id}'s to decide, not {by}'s", todo=_next_step(appeal))
    if appeal.state == "escalated":
        _require_final_judge(appeal, by, rules)
    if act.outcome == "rejected" and act.correction_id:
        raise RuleError("a rejected appeal carries no correction", todo="--outcome upheld or partly, or no correction")


def _require_final_judge(appeal: Appeal, by: str, rules: Rules) -> None:
    require_officer(by, rules.officers.final_instance, "decide at the final instance", "officers.final_instance")
    if by == appeal.judge_id:
        raise RuleError(f"{by} was the first judge of {appeal.id}", todo="somebody else is the final instance")


def _require_escalable(appeal: Appeal, act: Escalated, by: str, rules: Rules) -> None:
    if appeal.state in {"escalated", "final"}:
        raise RuleError(f"appeal {appeal.id} is {appeal.state}: there is no higher instance", todo=_next_step(appeal))
    if appeal.state == "decided":
        _require_escalated_in_time(appeal, act, by, rules)
    elif rules.due_on is None or act.on <= rules.due_on:
        what = f"appeal {appeal.id} is {appeal.state} and not overdue before {rules.due_on}"
        raise RuleError(what, todo="wait for the decision, or until it is overdue")
    if not act.by_itself and by not in {appeal.filed.employee_id, appeal.filed_by}:
        require_officer(by, rules.officers.hr, "escalate for somebody else", "officers.hr")


def _require_escalated_in_time(appeal: Appeal, act: Escalated, by: str, rules: Rules) -> None:
    if rules.escalate_until is None or act.on <= rules.escalate_until:
        return
    if not act.late:
        what = f"the decision on {appeal.id} could be put before the final instance until {rules.escalate_until}"
        raise RuleError(what, todo="HR may hear it late: --late REASON")
    require_late_heard(by, appeal.filed.employee_id, rules.officers)


def require_late_heard(by: str, employee_id: str, officers: Officers) -> None:
    """Only HR hears something late, and nobody his own.

    Raises:
        RuleError: he may not.
    """
    require_officer(by, officers.hr, "hear something late", "officers.hr")
    if by == employee_id:
        raise RuleError(f"{by} may not hear his own appeal late", todo="let somebody of HR file it with --late")


def _require_may_judge(appeal: Appeal, who: str, rules: Rules) -> None:
    if why := why_not_judge(appeal, who, rules.barred):
        raise RuleError(f"{who} must not judge appeal {appeal.id}: {why}", todo="choose a judge who had no part in it")


def require_officer(who: str, officers: tuple[str, ...], to_do: str, setting: str) -> None:
    """Refuse somebody who is not on the list of the company's settings; an empty list names everybody.

    Raises:
        RuleError: he is not on it.
    """
    if officers and who not in officers:
        raise RuleError(f"{who} may not {to_do}", todo=f"{setting} names {', '.join(officers)}")


def _next_step(appeal: Appeal) -> str:
    key, judge = appeal.id, appeal.judge_id
    return {
        "open": f"jixiao appeal assign {key} --to E… --by E…",
        "assigned": f"{judge} decides: jixiao appeal decide {key} --outcome … --reason … --by {judge}",
        "decided": f"put it before the final instance: jixiao appeal escalate {key} --by E…",
        "escalated": f"the final instance decides: jixiao appeal decide {key} --outcome … --reason … --by E…",
        "final": "the final instance has decided; facts that were wrong are corrected by `jixiao correct`",
    }[appeal.state]
