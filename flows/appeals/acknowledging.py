"""Acknowledgements: what a person signed or answered, bound to the document that was in his hands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast, get_args

import sqlalchemy as sa

from flows import wiring
from flows.appeals.entries import told_by
from flows.appeals.filing import revision_of
from flows.appeals.handed import Handed, all_handed
from flows.appeals.persons import require_employed
from flows.appeals.procedure import Appeal
from flows.company import Company
from flows.rendering.codes import means
from flows.warehouse.journal import Draft, Entry, append, entries
from transforms.errors import ConfigError, NotFoundError, RuleError
from transforms.period import Period
from transforms.reports.revision_model import Acknowledged
from transforms.titles import Frozen

ACK = "ack"
How = Literal["paper", "reply"]
Answer = Literal["agreed", "objecting"]
AckState = Acknowledged


class Ack(Frozen):
    """What somebody answered. The hashes are of the document it is about; `reference`: where the paper or mail lies."""

    employee_id: str
    how: How
    outcome: Answer
    reference: str
    on: date
    revision_id: int
    revision_number: int
    content_sha256: str
    pdf_sha256: str


@dataclass(frozen=True)
class Answered:
    """An answer as somebody enters it. `code`: what is printed in the foot of the paper; "": the latest document."""

    employee_id: str
    how: How
    outcome: Answer
    reference: str
    on: date
    code: str = ""


def answered(employee_id: str, how: str, outcome: str, reference: str, on: date, code: str) -> Answered:
    """An answer from the words of a command line.

    Raises:
        ConfigError: `how` or `outcome` is none of those there are.
    """
    for name, word, known in (("how", how, get_args(How)), ("outcome", outcome, get_args(Answer))):
        if word not in known:
            raise ConfigError(f"--{name} {word} is not known", todo=f"--{name} {' or '.join(known)}")
    return Answered(employee_id, cast("How", how), cast("Answer", outcome), reference, on, code)


def acknowledge(
    company: Company, period: Period, said: Answered, today: date, at: datetime, *, by: str
) -> tuple[Ack, bool]:  # fmt: skip
    """Write down an answer to the person's latest document that was mailed, else made. False: it was known.

    Raises:
        NotFoundError: no such period or person, no document, or none with that code.
        RuleError: nobody records his own answer; the day is before the document's or after today; no reference.
    """
    engine = wiring.ledger(company)
    require_employed(company, revision_of(engine, period), today, by)
    found = _document(engine, period, company.settings.time_zone, said)
    _require_fits(said, found, today, by)
    ack = Ack(
        employee_id=said.employee_id, how=said.how, outcome=said.outcome, reference=said.reference, on=said.on,
        revision_id=found.revision_id, revision_number=found.revision_number,
        content_sha256=found.document.content_sha256, pdf_sha256=found.document.pdf_sha256,
    )  # fmt: skip
    if ack in acks(entries(engine, period=period.key, kinds=(ACK,))):
        return ack, False
    append(engine, [Draft(period.key, ACK, said.employee_id, ack, by)], at)
    return ack, True


def acks(found: Iterable[Entry]) -> tuple[Ack, ...]:
    """The answers among entries, in the order they were written."""
    return tuple(entry.read(Ack) for entry in found if entry.kind == ACK)


def states(engine: sa.Engine, period: str, until: int | None = None) -> tuple[AckState, ...]:
    """Where everybody with a document stands to it, by personnel number; `until`: as of that entry of the journal.

    An answer counts while the document says what it said then; an answer to an earlier one is told with its revision,
    and the person is silent. Whoever has an appeal that nobody decided yet objects.
    """
    told = entries(engine, period=period, until=until)
    given: dict[str, list[Ack]] = {}
    for ack in acks(told):
        given.setdefault(ack.employee_id, []).append(ack)
    disputed = {each.filed.employee_id: each for each in told_by(told) if each.pending}
    documents = all_handed(engine, period, "UTC", until)  # its days are not told here
    return tuple(_state(who, documents[who][-1], given.get(who, []), disputed.get(who)) for who in sorted(documents))


def _state(who: str, held: Handed, given: list[Ack], appeal: Appeal | None) -> AckState:
    if appeal is not None:
        number = appeal.filed.revision_number
        return AckState(employee_id=who, state="objecting", on=appeal.filed.on, of_revision=number)
    if not given:
        return AckState(employee_id=who, state="silent")
    same = [ack for ack in given if ack.content_sha256 == held.document.content_sha256]
    last = (same or given)[-1]
    name = ("acknowledged" if last.outcome == "agreed" else "objecting") if same else "silent"
    return AckState.model_validate(
        {"employee_id": who, "state": name, "on": last.on, "of_revision": last.revision_number}
    )


def _document(engine: sa.Engine, period: Period, time_zone: str, said: Answered) -> Handed:
    known = all_handed(engine, period.key, time_zone).get(said.employee_id, [])
    if not known:
        what = f"{said.employee_id} has no document of {period.key}"
        raise NotFoundError(what, todo=f"jixiao ack list {period.key} names who has one")
    fitting = [each for each in known if means(said.code, each.document.content_sha256)]
    if not fitting:
        codes = ", ".join(dict.fromkeys(each.code for each in known))
        what = f"no document of {said.employee_id} has the code {said.code}"
        raise NotFoundError(what, todo=f"the foot of the document tells it; there are: {codes}")
    return fitting[-1]


def _require_fits(said: Answered, found: Handed, today: date, by: str) -> None:
    if by == said.employee_id:
        raise RuleError(f"{by} may not record his own answer", todo="let somebody else enter it")
    if not said.reference.strip():
        raise RuleError("an answer says where the paper or mail lies", todo="--reference …")
    if said.on > today:
        raise RuleError(f"{said.on} lies in the future", todo="--on the day it was signed or answered")
    if said.on < found.on:
        what = f"the document was handed over on {found.on}, after {said.on}"
        raise RuleError(what, todo="an answer to an earlier document names its code: --document CODE")
