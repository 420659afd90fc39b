"""Waiving an item, signing, and closing with the second signature."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flows import wiring
from flows.appeals.persons import require_employed
from flows.appeals.procedure import require_officer
from flows.closing.checklist import SIGNATURES, Item, blocking, may_sign, voids
from flows.closing.entries import SIGNATURE, WAIVER, Signature, Waiver
from flows.closing.looking import Checklist, again, checklist, closed_by
from flows.company import Company
from flows.warehouse.journal import Draft, Entry, Guard, append
from flows.warehouse.ledger_periods import set_status
from flows.yaml_files import nearest
from transforms.errors import NotFoundError, PeriodError, RuleError
from transforms.period import Period


@dataclass(frozen=True)
class Outcome:
    """What a signature did: the checklist after it; `new` False: the person had signed the same before."""

    checklist: Checklist
    new: bool

    @property
    def closed(self) -> bool:
        """Whether the period is final now."""
        return self.checklist.status == "final"


def waive(
    company: Company, period: Period, key: str, reason: str, today: date, at: datetime, *, by: str
) -> Checklist:  # fmt: skip
    """Take it upon oneself to close with what is open of an item; what opens later is not waived.

    Raises:
        NotFoundError: no such period, person or item.
        PeriodError: the period is final.
        RuleError: nothing is open, `by` may not waive, or it is about himself.
    """
    found = _to_close(company, period, today)
    item = _item(found, key)
    require_employed(company, found.revision, today, by)
    require_officer(by, company.settings.officers.hr, "waive what is open", "officers.hr")
    _require_waivable(item, reason, by)
    body = Waiver(item=key, revision_id=found.revision.id, covers=item.open, reason=reason)
    append(wiring.ledger(company), [Draft(period.key, WAIVER, key, body, by)], at, unchanged(found.seen))
    return again(company, found)


def sign(company: Company, period: Period, today: date, at: datetime, *, by: str) -> Outcome:
    """Sign the latest revision; the second person's signature makes the period final.

    Raises:
        NotFoundError: no such period or person.
        PeriodError: the period is final.
        RuleError: items are open, or the signature is not `by`'s to give.
    """
    found = _to_close(company, period, today)
    require_employed(company, found.revision, today, by)
    signed = tuple(each.by for each in found.signed)
    if len(signed) >= SIGNATURES:  # both are there: the last step was lost
        return _close(company, found, at, signed[-1], new=False)
    require_clean(found)
    if why := may_sign(company.settings.officers, signed, by):
        raise RuleError(why, todo=f"jixiao close {period.key} --by E… of somebody else")
    waived = tuple(item.key for item in found.items if item.state == "waived")
    body = Signature(revision_id=found.revision.id, revision_number=found.revision.number, waived=waived)
    draft = Draft(period.key, SIGNATURE, str(found.revision.id), body, by)
    append(wiring.ledger(company), [draft], at, unchanged(found.seen))
    if len(signed) + 1 >= SIGNATURES:
        return _close(company, found, at, by, new=True)
    return Outcome(again(company, found), new=True)


def require_clean(found: Checklist) -> None:
    """Refuse while something is open.

    Raises:
        RuleError: what is open, and how each is settled or waived.
    """
    if items := blocking(found.items):
        what = f"{found.period.key} cannot be closed: " + "; ".join(f"{item.key}: {item.says}" for item in items)
        waived = f"or jixiao close {found.period.key} --waive {items[0].key} --reason '…' --by E…"
        raise RuleError(what, todo="; ".join([*(f"{item.key}: {item.todo}" for item in items), waived]))


def _close(company: Company, found: Checklist, at: datetime, by: str, *, new: bool) -> Outcome:
    names = " and ".join(dict.fromkeys((*(each.by for each in found.signed), by)))
    engine = wiring.ledger(company)
    set_status(engine, found.period.key, "final", found.revision.id, at, by=by, reason=f"signed by {names}")
    return Outcome(again(company, found), new)


def _to_close(company: Company, period: Period, today: date) -> Checklist:
    found = checklist(company, period, today)
    if found.status == "final" and (done := closed_by(wiring.ledger(company), period.key)):
        what = f"period {period.key} is final: closed by {done[0]} on {done[1]:%Y-%m-%d}"
        raise PeriodError(what, todo="a closed period stays closed; corrections become a slip or are carried over")
    return found


def _item(found: Checklist, key: str) -> Item:
    known: dict[str, Item] = {item.key: item for item in found.items}
    if key not in known:
        close = nearest(key, list(known))
        guess = f"did you mean {close}? " if close else ""
        raise NotFoundError(f"the checklist has no item {key}", todo=f"{guess}there are: {', '.join(known)}")
    return known[key]


def _require_waivable(item: Item, reason: str, by: str) -> None:
    if item.state != "open":
        raise RuleError(
            f"{item.key} is {item.state}: there is nothing to waive", todo="jixiao close PERIOD shows what is"
        )
    if by in item.concerns:
        raise RuleError(f"{by} may not waive {item.key}: it is about himself", todo="let somebody else of HR waive it")
    if not reason.strip():
        raise RuleError("a waiver says its reason", todo="--reason …")


def unchanged(seen: int) -> Guard:
    """Refuse an act when something was written between the look and the act that it has not seen."""

    def guard(found: Iterable[Entry]) -> None:
        if any(entry.id > seen and (voids(entry) or entry.kind == SIGNATURE) for entry in found):
            raise RuleError("something was written meanwhile", todo="look again: jixiao close PERIOD")

    return guard
