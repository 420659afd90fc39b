"""Canonical JSON and the hashes that tie a revision to its inputs, its results and the revision before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flows.company import CompanySettings
from transforms.corrections.model import Correction
from transforms.scoring.results import PeriodResults
from transforms.titles import Frozen

GENESIS = "0" * 64
UNDECIDING = {"ledger", "delivery", "schedule", "task_runner", "officers", "appeals", "sheets", "closing"}


class SchemeVersion(Frozen):
    """One version of a scheme as its file said it; `effective_from` is an ISO day."""

    scheme: str
    effective_from: str
    text: str

    @property
    def hash(self) -> str:
        """Hash of name, day and full text."""
        return digest([self.scheme, self.effective_from, self.text])


def moment(at: datetime) -> str:
    """A moment as the ledger writes it: UTC, microseconds, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: one text for one value. Decimals must be text already."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def settings_body(settings: CompanySettings) -> str:
    """Canonical JSON of the settings, without the ledger's own address, which may hold a password."""
    return _body(settings, {"ledger"})


def deciding_settings_hash(settings: CompanySettings) -> str:
    """Hash of the settings that numbers and documents depend on: not how mail leaves, or who acts when and where."""
    return digest(_body(settings, UNDECIDING | {"documents"}) + _documents(settings))


def inputs_hash(
    period: str, snapshot_id: str, schemes: Iterable[SchemeVersion], settings: CompanySettings, code_version: str,
    results: PeriodResults, corrections: Sequence[Correction] = (),
) -> str:  # fmt: skip
    """Hash of what a revision is made from. The day of the run counts only by what it leaves provisional.

    Of earlier periods counts what was taken from them: scores rolled up, what follows from several periods, and what
    was carried over. Corrections count by what they say, in no order.
    """
    made_from: dict[str, Any] = {
        "period": period, "snapshot": snapshot_id, "schemes": sorted(scheme.hash for scheme in schemes),
        "settings": deciding_settings_hash(settings), "code": code_version,
        "provisional": results.provisional, "unsettled": _unsettled(results),
    }  # fmt: skip
    told = {
        "looked_back": _looked_back(results),
        "corrections": sorted(f"{each.id}/{each.reason}" for each in corrections),
        "carried": [line.model_dump(mode="json", by_alias=True) for each in results.people for line in each.carried],
    }
    return digest(made_from | {name: said for name, said in told.items() if said})


def _unsettled(results: PeriodResults) -> list[str]:
    """What may still change; lines beside the score with their scheme's name before them."""
    found = {i.key for person in results.people for card in person.cards for i in card.indicators if i.provisional}
    for each in (appraisal for person in results.people for appraisal in person.appraisals):
        lines = [*(each.card.indicators if each.card else ()), *(line for sheet in each.sheets for line in sheet.lines)]
        lines += each.pay.lines if each.pay else ()
        found |= {f"{each.scheme}/{line.key}" for line in lines if line.provisional}
    return sorted(found)


def _looked_back(results: PeriodResults) -> list[str]:
    cards = [card for person in results.people for card in person.cards]
    cards += [each.card for person in results.people for each in person.appraisals if each.card]
    cards += [department.card for department in results.departments if department.card]
    found = [
        f"{card.employee_id or card.department_id}/{card.scheme}/{line.key}/{line.score}"
        for card in cards
        for line in card.indicators
        if line.kind == "months"
    ]
    followed = [(person.employee_id, each) for person in results.people for each in person.consequences]
    found += [f"{who}/{each.scheme}/{each.key}/{','.join(each.follows_from)}" for who, each in followed]
    return sorted(found)


def chain_hash(row: Mapping[str, Any]) -> str:
    """Hash of a revision's row, the hash of the revision before it included."""
    return digest({name: row[name] for name in row if name != "hash"})


def _documents(settings: CompanySettings) -> str:
    return _body(settings.documents, {"workers"})


def _body(settings: Frozen, without: set[str]) -> str:
    """Sets are sorted, so that equal settings have one text."""
    return canonical(_ordered(settings.model_dump(mode="python", by_alias=True, exclude=without)))


def _ordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _ordered(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(str(item) for item in value)
    if isinstance(value, tuple | list):
        return [_ordered(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
