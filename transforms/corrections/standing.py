"""Which corrections stand, when entries and counter-entries are read in the order they were written."""

from collections.abc import Iterable

from transforms.corrections.model import Correction, Withdrawal


def standing(acts: Iterable[Correction | Withdrawal]) -> tuple[Correction, ...]:
    """The corrections that no later withdrawal took back, by id: their order of entry is gone."""
    found: dict[str, Correction] = {}
    for act in acts:
        if isinstance(act, Correction):
            found[act.id] = act
        else:
            found.pop(act.correction_id, None)
    return tuple(found[key] for key in sorted(found))
