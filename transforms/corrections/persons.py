"""The rules on persons: who may approve a correction or its withdrawal."""

from collections.abc import Iterable, Iterator

from transforms.corrections.model import Correction, Withdrawal
from transforms.corrections.trouble import IDS, Known, Sort, Trouble

PERSON = "give a personnel number"


def check_persons(
    told: Correction | Withdrawal, known: Known, concerns: Iterable[str]
) -> tuple[Trouble, ...]:  # fmt: skip
    """Asked by one, approved by another who may and whom it does not concern; reason and evidence are told."""
    return (*_told(told, known), *_approved(told, known, frozenset(concerns)))


def _told(told: Correction | Withdrawal, known: Known) -> Iterator[Trouble]:
    for place in ("reason", "evidence"):
        if not getattr(told, place).strip():
            yield Trouble(place, f"the {place} is empty", f"write it: --{place}")
    for place in ("asked_by", "approved_by"):
        person = getattr(told, place)
        if not known.has("employees.employee_id", person):
            yield Trouble(place, f"there is no employee {person or '(empty)'}", PERSON, Sort.MISSING)


def _approved(told: Correction | Withdrawal, known: Known, concerns: IDS) -> Iterator[Trouble]:
    by = told.approved_by
    if told.asked_by == by:
        yield _forbidden(f"{by} asked for it, and nobody approves what he asked for", "let another person approve it")
    if by in concerns:
        yield _forbidden(
            f"it concerns {by}, and nobody approves what concerns himself", "let another person approve it"
        )
    if known.hr and by not in known.hr:
        yield _forbidden(f"{by} may not approve corrections", f"officers.hr may: {', '.join(known.hr)}")


def _forbidden(what: str, todo: str) -> Trouble:
    return Trouble("approved_by", what, todo, Sort.RULE)
