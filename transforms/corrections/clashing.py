"""Which corrections may not stand together."""

from transforms.corrections.model import Correction, Decision, RowChange


def clash(one: Correction, other: Correction) -> bool:
    """Whether two corrections speak of the same thing, so that both standing would need an order."""
    if one.period != other.period:
        return False
    if one.row is not None and other.row is not None:
        return _same_row(one.row, other.row) and (
            one.row.act != "set" or other.row.act != "set" or bool(one.row.values.keys() & other.row.values.keys())
        )
    if one.decision is not None and other.decision is not None:
        return _same_line(one.decision, other.decision)
    return bool(one.cells & other.cells)


def _same_row(one: RowChange, other: RowChange) -> bool:
    return one.table == other.table and one.key == other.key


def _same_line(one: Decision, other: Decision) -> bool:
    """A scheme or window that is not told means every one."""
    same = (one.level, one.subject_id, one.key) == (other.level, other.subject_id, other.key)
    overlap = (None in {a, b} or a == b for a, b in ((one.scheme, other.scheme), (one.window, other.window)))
    return same and all(overlap)
