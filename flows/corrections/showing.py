"""Corrections for people: what is otherwise, from what to what, what stands and what was taken back."""

from collections.abc import Iterable, Iterator, Mapping

from flows import wiring
from flows.company import Company
from flows.corrections.entering import Reviewed
from flows.corrections.entries import CORRECTION, WITHDRAWAL
from flows.warehouse.journal import Entry, entries
from flows.warehouse.ledger_queries import latest, load_results
from transforms.corrections.model import TOTAL, Correction, Decision, Withdrawal
from transforms.period import parse
from transforms.scoring.results import PeriodResults, PersonResult

_NOTHING = "–"
_ON_SCREEN = (
    "id",
    "stands",
    "kind",
    "of",
    "says",
    "concerns",
    "reason",
    "asked by",
    "approved by",
    "entered",
    "because",
)


def changes(company: Company, reviewed: Reviewed) -> tuple[tuple[str, str], ...]:
    """What is otherwise: its name, and from what to what."""
    told = reviewed.correction
    if told.row is not None:
        return tuple(_of_row(reviewed))
    if told.attribution is not None:
        order = f"order {told.attribution.order_id} of {told.attribution.shop_id}"
        return ((order, f"→ {told.attribution.employee_id or 'nobody'}"),)
    return () if told.decision is None else (_of_decision(company, told.period, told.decision),)


def listing(company: Company, period: str) -> list[dict[str, object]]:
    """A row a correction, in the order of entry: what stands, what was taken back, by whom, when and why."""
    told = entries(wiring.ledger(company), period=parse(period).key, kinds=(CORRECTION, WITHDRAWAL))
    last = {each.key: each for each in told}
    ended = {key: each for key, each in last.items() if each.kind == WITHDRAWAL}
    entered = {each.key: each for each in told if each.kind == CORRECTION}
    return [_row(entry, ended.get(entry.key)) for entry in entered.values()]


def short(rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """The same for a screen: evidence, who entered it and who took it back are in JSON and CSV."""
    return [{name: row[name] for name in _ON_SCREEN} for row in rows]


def subject(correction: Correction) -> str:
    """What a correction is about, in short: `orders order_id=1 …`, `E1003 conversion`."""
    if correction.row is not None:
        key = " ".join(f"{name}={text}" for name, text in correction.row.key.items())
        return f"{correction.row.table} {key}"
    if correction.attribution is not None:
        return f"order {correction.attribution.order_id} of {correction.attribution.shop_id}"
    told = correction.decision
    if told is None:
        return ""
    return " ".join(each for each in (told.subject_id, told.key, told.scheme, told.window) if each)


def says(correction: Correction) -> str:
    """What it says, in short."""
    if correction.row is not None:
        values = ", ".join(f"{name}={'' if text is None else text}" for name, text in correction.row.values.items())
        return f"{correction.row.act} {values}".strip()
    if correction.attribution is not None:
        return f"is {correction.attribution.employee_id or 'nobody'}'s"
    told = correction.decision
    return "" if told is None else "exempt" if told.act == "exempt" else f"set to {told.value}"


def _row(entry: Entry, ended: Entry | None) -> dict[str, object]:
    correction = entry.read(Correction)
    back = None if ended is None else ended.read(Withdrawal)
    return {
        "id": correction.id, "stands": "yes" if back is None else "taken back", "kind": correction.kind,
        "of": subject(correction), "says": says(correction), "concerns": " ".join(correction.concerns),
        "reason": correction.reason, "evidence": correction.evidence, "asked by": correction.asked_by,
        "approved by": correction.approved_by, "entered": entry.at.isoformat(timespec="minutes"), "by": entry.by,
        "taken back": "" if ended is None else ended.at.isoformat(timespec="minutes"),
        "because": "" if back is None else back.reason,
        "approved back by": "" if back is None else back.approved_by,
    }  # fmt: skip


def _of_row(reviewed: Reviewed) -> Iterator[tuple[str, str]]:
    change, before = reviewed.correction.row, reviewed.row or {}
    if change is None:
        return
    if change.act == "remove":
        yield change.table, "the row is left out"
    for name, new in change.values.items():
        old = _plain(before.get(name)) if change.act == "set" else ""
        yield f"{change.table}.{name}", f"{old or _NOTHING} → {_plain(new) or _NOTHING}"


def _plain(text: str | None) -> str:
    """Without the zeros of a stored decimal."""
    if text is None or "." not in text or not text.replace(".", "").lstrip("-").isdigit():
        return text or ""
    return text.rstrip("0").rstrip(".")


def _of_decision(company: Company, period: str, told: Decision) -> tuple[str, str]:
    name = " ".join(each for each in (told.subject_id, told.key, told.scheme, told.window) if each)
    old = _now(company, period, told)
    return name, f"{old or _NOTHING} → {'exempt' if told.act == 'exempt' else told.value}"


def _now(company: Company, period: str, told: Decision) -> str:
    """The number that stands now; empty where there is none or several."""
    engine = wiring.ledger(company)
    revision = latest(engine, parse(period).key)
    if revision is None or told.level != "employee":
        return ""
    person = _person(load_results(engine, revision.id), told.subject_id)
    found = set() if person is None else set(_numbers(person, told))
    return found.pop() if len(found) == 1 else ""


def _person(results: PeriodResults, employee_id: str) -> PersonResult | None:
    return next((each for each in results.people if each.employee_id == employee_id), None)


def _numbers(person: PersonResult, told: Decision) -> Iterator[str]:
    cards = [card for card in person.cards if told.scheme in {None, card.scheme}]
    if told.key == TOTAL:
        yield from (str(card.score) for card in cards if card.score is not None)
    for card in cards:
        yield from (str(line.score) for line in card.indicators if line.key == told.key and line.score is not None)
