"""What a report says of a line that people decided."""

from collections.abc import Iterable

from transforms.corrections.model import Correction, Decided, Decision
from transforms.titles import Title
from transforms.wording import three


def decided(corrections: Iterable[Correction]) -> tuple[Decided, ...]:
    """The decisions among corrections, each with its note."""
    return tuple(
        Decided(correction_id=each.id, decision=each.decision, says=_says(each, each.decision))
        for each in corrections
        if each.decision is not None
    )


def _says(correction: Correction, decision: Decision) -> Title:
    why = f"{correction.reason} ({correction.id})"
    if decision.act == "exempt":
        return three(f"本期豁免:{why}", f"本期豁免:{why}", f"Exempt: {why}")
    return three(f"更正为 {decision.value}:{why}", f"更正為 {decision.value}:{why}", f"Set to {decision.value}: {why}")
