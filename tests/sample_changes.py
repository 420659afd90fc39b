"""The fabricated month after corrections: revision 2 of results whose revision 1 was mailed, with pay carried over.

E2002's cooperation was decided by people and his complaint rate exempted; ranks of colleagues follow. Causes are told
as the ledger tells them: by the correction's id, with a reason that only some may read.
"""

from datetime import date
from decimal import Decimal
from functools import cache

from tests.sample_results import all_history, context, results, score_history
from transforms.corrections.model import CarriedLine
from transforms.reports import (
    Acknowledged,
    Against,
    Reason,
    SlipView,
    acknowledgement_report,
    company_report,
    department_report,
    employee_report,
)
from transforms.revisions import Cause, Changes, difference
from transforms.scoring.results import Corrected, PeriodResults
from transforms.scoring.trace import constant, step
from transforms.wording import three

WHO, COLLEAGUE, DESK = "E2002", "E2003", "customer_service"
RATING, EXEMPT, OTHER = "C-RATING2345", "C-EXEMPT2345", "C-ELSEWHERE2"
REASON, SECRET = "经理重看了三段录音", "仓库的事故与本人无关"
OVERRIDDEN, EXEMPTED = "cross_department", "complaint_rate"
_SAYS = three(f"更正 {RATING}（评分）", f"更正 {RATING}（評分）", f"Correction {RATING} (rating)")
_NOTE = three(f"更正为 95：{REASON}（{RATING}）", f"更正為 95：{REASON}（{RATING}）", f"Set to 95: {REASON} ({RATING})")
_FREE = three(f"本期豁免：系统故障（{EXEMPT}）", f"本期豁免：系統故障（{EXEMPT}）", f"Exempt: outage ({EXEMPT})")


@cache
def first() -> PeriodResults:
    """The results that were mailed."""
    return results()


@cache
def revised() -> PeriodResults:
    """The results after the corrections."""
    before = first()
    people = [_carried(_decided(person)) if person.employee_id == WHO else person for person in before.people]
    people = [_behind(person) if person.employee_id == COLLEAGUE else person for person in people]
    return before.model_copy(update={"people": tuple(people)})


def _decided(person):
    card = person.cards[0]
    lines = tuple(_line(line) for line in card.indicators)
    score = sum((line.points for line in lines if line.points is not None), Decimal(0))
    decided = card.model_copy(update={"indicators": lines, "score": score})
    return person.model_copy(update={"cards": (decided,), "score": score, "rank": 2})


def _line(line):
    if line.key == OVERRIDDEN:
        trace = step("override", "decided by people", line.trace, constant("decided", 95), correction=RATING)
        decided = {"score": Decimal(95), "points": line.weight_used * 95 / 100, "trace": trace}
        return line.model_copy(update=decided | {"corrected": Corrected(correction_id=RATING, says=_NOTE)})
    if line.key == EXEMPTED:
        gone = dict.fromkeys(("score", "points", "rank", "ranked_of"))
        note = Corrected(correction_id=EXEMPT, says=_FREE)
        return line.model_copy(update=gone | {"missing": "exempt", "weight_used": Decimal(0), "corrected": note})
    return line


def _carried(person):
    lines = tuple(
        CarriedLine(
            from_period="2026-09", employee_id=person.employee_id, scheme="s02", key=key, amount_fen=fen,
            scheme_title=three("客服绩效", "客服績效", "Customer service pay"), title=title, because=("late_rows",),
            says=three("9 月的退款晚到，按 9 月的比例计", "9 月的退款晚到，按 9 月的比例計", "Late refunds of September, at its rates"),
        )
        for key, fen, title in (
            ("commission", -1230, three("提成", "提成", "Commission")),
            ("bonus", 20000, three("奖金", "獎金", "Bonus")),
        )
    )  # fmt: skip
    return person.model_copy(update={"carried": lines})


def _behind(person):
    return person.model_copy(update={"rank": person.rank + 1})


@cache
def since_first() -> Against:
    """What changed to the revised results."""
    return against(revised())


def against(after: PeriodResults) -> Against:
    """Revision 1 of 3 November, with the rating as the cause of everything."""
    cause = Cause(kind="correction", key=RATING, says=_SAYS)
    elsewhere = Cause(kind="correction", key=OTHER, says=three(f"更正 {OTHER}", f"更正 {OTHER}", f"Correction {OTHER}"))
    found = difference(first(), after)
    told = tuple(
        each.model_copy(update={"causes": (cause, elsewhere) if each.what == "rank" else (cause,)}) for each in found
    )
    reasons = {
        RATING: Reason(text=REASON, concerns=frozenset({WHO})),
        OTHER: Reason(text=SECRET, concerns=frozenset({"E4003"})),
    }
    changes = Changes(period="2026-10", since=1, changes=told)
    return Against(number=1, dated=date(2026, 11, 3), slip=False, changes=changes, before=first(), reasons=reasons)


history = cache(all_history)


def answers():
    """One acknowledged, one objects, one answered to an older report."""
    return (
        Acknowledged(employee_id="E2001", state="acknowledged", on=date(2026, 11, 4), of_revision=1),
        Acknowledged(employee_id="E2004", state="objecting", on=date(2026, 11, 5), of_revision=1),
        Acknowledged(employee_id="E2006", state="silent", of_revision=1),
    )


def told(after: PeriodResults, *, slip: bool = False):
    """The context of revision 2."""
    since = since_first() if after is revised() else against(after)
    since = since.model_copy(update={"slip": slip})
    names = [f"employee:{person.employee_id}" for person in after.people]
    names += [f"department:{department.department_id}" for department in after.departments]
    slips = {WHO: (SlipView(period="2026-09", dated=date(2026, 10, 20), amount_fen=1230),)}
    return context().model_copy(
        update={"against": dict.fromkeys((*names, "company:company"), since), "slips": slips, "answers": answers()}
    )


def changed(kind, subject_id="", *, slip=False, after=None):
    """A report of the revised month."""
    after = revised() if after is None else after
    ground = told(after, slip=slip)
    if kind == "employee":
        return employee_report(after, subject_id, score_history(subject_id), ground)
    if kind == "department":
        return department_report(after, subject_id, history(), ground)
    if kind == "acknowledgement":
        return acknowledgement_report(after, subject_id, answers(), ground)
    return company_report(after, history(), ground)
