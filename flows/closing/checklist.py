"""What stands in the way of closing a period, and whose signature holds: values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from flows.appeals.acts import APPEAL
from flows.carry_over import CARRY_OVER
from flows.closing.entries import SIGNATURE, WAIVER, Signature, Waiver
from flows.company import Officers
from flows.corrections.entries import CORRECTION, WITHDRAWAL
from flows.sheets.made import act_of
from flows.sheets.model import SHEET
from flows.warehouse.basis import BASIS
from flows.warehouse.journal import Entry

Key = Literal["sheets", "findings", "appeals", "settle_days", "corrections", "window", "mail"]
State = Literal["clean", "open", "waived", "note"]
SIGNATURES = 2
# What may change the revision, or what it is closed with; a signature before it was given for something else.
_VOIDING = frozenset({CORRECTION, WITHDRAWAL, APPEAL, CARRY_OVER, BASIS, WAIVER})


@dataclass(frozen=True)
class Item:
    """One line of the checklist. `open`: ids of what is not settled; `concerns`: whom that is about.

    `blocking` False: only told. `waived_by`, `because`: who took it upon himself, and why.
    """

    key: Key
    says: str
    todo: str = ""
    open: tuple[str, ...] = ()
    concerns: frozenset[str] = frozenset()
    blocking: bool = True
    waived_by: str = ""
    because: str = ""

    @property
    def state(self) -> State:
        """Where it stands."""
        if not self.open:
            return "clean"
        if not self.blocking:
            return "note"
        return "waived" if self.waived_by else "open"


@dataclass(frozen=True)
class Signed:
    """A signature that holds."""

    by: str
    at: str
    waived: tuple[str, ...]


def with_waivers(items: Iterable[Item], entries: Sequence[Entry], revision_id: int) -> tuple[Item, ...]:
    """The items with the waivers that were given for this revision and cover all that is open."""
    given = [(entry, entry.read(Waiver)) for entry in entries if entry.kind == WAIVER]
    valid = [(entry, each) for entry, each in given if each.revision_id == revision_id]
    return tuple(_waived(item, [found for found in valid if found[1].item == item.key]) for item in items)


def _waived(item: Item, given: list[tuple[Entry, Waiver]]) -> Item:
    covered = {each for _, waiver in given for each in waiver.covers}
    if not item.blocking or not item.open or not covered.issuperset(item.open):
        return item
    entry, waiver = given[-1]
    return replace(item, waived_by=entry.by, because=waiver.reason)


def holding(entries: Sequence[Entry], revision_id: int) -> tuple[Signed, ...]:
    """The signatures under this revision that nothing written since has made void, one a person."""
    last = max((entry.id for entry in entries if voids(entry)), default=0)
    found: dict[str, Signed] = {}
    for entry in entries:
        if entry.kind == SIGNATURE and entry.id > last:
            told = entry.read(Signature)
            if told.revision_id == revision_id:
                found.setdefault(entry.by, Signed(entry.by, entry.at.isoformat(timespec="seconds"), told.waived))
    return tuple(found.values())


def void(entries: Sequence[Entry], revision_id: int) -> tuple[str, ...]:
    """Who signed before something changed, and has to look again."""
    held = {each.by for each in holding(entries, revision_id)}
    return tuple(dict.fromkeys(e.by for e in entries if e.kind == SIGNATURE and e.by not in held))


def voids(entry: Entry) -> bool:
    """Whether a signature before this entry was given for something else."""
    if entry.kind == SHEET:
        return act_of(entry) == "received"
    return entry.kind in _VOIDING


def blocking(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items that keep the period from being closed."""
    return tuple(item for item in items if item.state == "open")


def may_sign(officers: Officers, signed: Sequence[str], by: str) -> str:
    """Why somebody's signature is not the one that is missing; empty when it is.

    Two different persons: one of `officers.hr` and one of `officers.finance`; two of HR where finance is not named;
    a list that is empty names everybody.
    """
    if by in signed:
        return f"{by} signed already: the second signature is another person's"
    if any(_fit(officers, (*signed, by))):
        return ""
    return f"{by} may not give the {'second' if signed else 'first'} signature: {_who(officers)}"


def _fit(officers: Officers, people: Sequence[str]) -> Iterable[bool]:
    """Whether the people fit the two places, in either order."""
    places = (officers.hr, officers.finance or officers.hr)
    for order in (places, places[::-1]):
        yield all(not place or who in place for who, place in zip(people, order, strict=False))


def _who(officers: Officers) -> str:
    hr = f"officers.hr ({', '.join(officers.hr)})" if officers.hr else "anybody employed"
    if not officers.finance:
        return f"two of {hr}"
    return f"one of {hr} and one of officers.finance ({', '.join(officers.finance)})"
