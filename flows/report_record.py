"""Each person's record: corrections and appeals of the period that the journal held when the revision was made.

A reason is told where it concerns nobody else (decision 0085); who asked and who approved is HR's matter.
"""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from flows.appeals.entries import appeals
from flows.appeals.procedure import Appeal
from flows.company import Company
from flows.corrections.entries import CORRECTION, WITHDRAWAL
from flows.corrections.sheet_words import KINDS
from flows.corrections.showing import subject
from flows.report_changes import bases
from flows.warehouse.journal import Entry, entries
from flows.warehouse.ledger import RecordedRevision
from transforms.corrections.model import Correction, Withdrawal
from transforms.reports.record_model import RecordLine
from transforms.titles import Title
from transforms.wording import three, told

_CORRECTED = three("更正（{kind}）：{of}", "更正（{kind}）：{of}", "Correction ({kind}): {of}")
_STANDS = three("有效", "有效", "stands")
_TAKEN_BACK = three("已撤回", "已撤回", "taken back")
_APPEALED = three(
    "申诉“{title}”：期望 {expected}",
    "申訴「{title}」：期望 {expected}",
    "Appeal against “{title}”: {expected} expected",
)
_STATES = {
    "open": three("待指定处理人", "待指定處理人", "waits for a judge"),
    "assigned": three("处理中", "處理中", "being looked into"),
    "escalated": three("由最终裁决人处理", "由最終裁決人處理", "with the final instance"),
}
_OUTCOMES = {
    "upheld": three("成立", "成立", "upheld"),
    "partly": three("部分成立", "部分成立", "upheld in part"),
    "rejected": three("不成立", "不成立", "rejected"),
}


def record_of(engine: sa.Engine, company: Company, revision: RecordedRevision) -> dict[str, tuple[RecordLine, ...]]:
    """By employee id, oldest first; nothing where the journal held nothing yet."""
    basis = bases(engine, revision.period).get(revision.id)
    if basis is None:
        return {}
    kinds = (CORRECTION, WITHDRAWAL)
    told_of = entries(engine, period=revision.period, kinds=kinds, until=basis.journal_until)
    filed = appeals(engine, revision.period, until=basis.journal_until)
    found: dict[str, list[RecordLine]] = {}
    for who, line in (*_corrections(company, told_of), *((each.filed.employee_id, _appeal(each)) for each in filed)):
        found.setdefault(who, []).append(line)
    return {who: tuple(sorted(lines, key=lambda line: (line.on, line.ref))) for who, lines in found.items()}


def _corrections(company: Company, found: Iterable[Entry]) -> Iterator[tuple[str, RecordLine]]:
    """A line for everybody whom a correction concerns; the last entry of each says whether it stands."""
    made: dict[str, tuple[Entry, Correction]] = {}
    back: dict[str, Withdrawal] = {}
    for entry in found:
        if entry.kind == CORRECTION:
            made[entry.key] = entry, entry.read(Correction)
            back.pop(entry.key, None)
        else:
            taken = entry.read(Withdrawal)
            back[taken.correction_id] = taken
    for key, (entry, correction) in made.items():
        for who in correction.concerns:
            yield who, RecordLine(
                kind="correction", ref=key, on=company.day_of(entry.at),
                says=told(_CORRECTED, kind=KINDS[correction.kind], of=subject(correction)),
                state=_TAKEN_BACK if key in back else _STANDS,
                reason=correction.reason if correction.concerns == (who,) else "",
            )  # fmt: skip


def _appeal(appeal: Appeal) -> RecordLine:
    """The appellant's own words are told to him; so is the answer's reason."""
    decided = appeal.decision
    answer = f"{appeal.filed.reason} → {decided.reason}" if decided and not appeal.pending else appeal.filed.reason
    return RecordLine(
        kind="appeal", ref=appeal.id, on=appeal.filed.on, state=_state(appeal), reason=answer,
        says=told(_APPEALED, title=appeal.filed.title, expected=appeal.filed.expected),
    )  # fmt: skip


def _state(appeal: Appeal) -> Title:
    if appeal.pending or appeal.decision is None:
        return _STATES[appeal.state]
    return _OUTCOMES[appeal.decision.outcome]
