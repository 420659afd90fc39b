"""What is wrong with a correction, and what is known to tell it by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

IDS = frozenset[str]


class Sort(StrEnum):
    """What kind of mistake: badly written, of something that does not exist, or against a rule."""

    WRITTEN = "written"
    MISSING = "missing"
    RULE = "rule"


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong.

    `place`: the field as the command line and the sheet of corrections know it: table, key, set, reason, approved_by.
    """

    place: str
    what: str
    todo: str
    sort: Sort = Sort.WRITTEN


@dataclass(frozen=True)
class Known:
    """What a correction may name: ids by `table.column` (employees.employee_id …) of the snapshot.

    `lines`: by scheme in force, the keys of its indicators and `sheet.line`s; `scoring`: schemes that give the score.
    `hr`: who may approve; empty: anybody employed.
    """

    ids: Mapping[str, IDS]
    lines: Mapping[str, IDS] = field(default_factory=dict)
    scoring: IDS = frozenset()
    hr: tuple[str, ...] = ()

    def has(self, reference: str, value: str) -> bool:
        """Whether an id exists; true where nothing is known of such ids."""
        return reference not in self.ids or value in self.ids[reference]
