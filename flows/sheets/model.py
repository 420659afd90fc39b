"""What the journal keeps of sheets, and what is owed. Entries are of kind `sheet`; their key is the sheet's id."""

from datetime import date
from typing import Literal

from transforms.period import Period
from transforms.titles import Frozen

SHEET = "sheet"
Kind = Literal["rater", "department"]
State = Literal["not_made", "made", "out", "incomplete", "late", "received"]


class Made(Frozen):
    """A workbook was made. `path`: within the company's folder (or as given); `rows`: codes of what is asked for.

    `sha256`: of the file as it went out. `made_for`: personnel number, "" when nobody is named.
    """

    act: Literal["made"] = "made"
    sheet: str
    kind: Kind
    made_for: str
    path: str
    sha256: str
    layout: str
    rows: tuple[str, ...] = ()


class Received(Frozen):
    """A filled workbook came back. `given`: codes of judgements with a score in it; `withdrawn`: those taken back.

    Codes only: what was given stands in the files that were received. `counts`: rows by tab.
    """

    act: Literal["received"] = "received"
    sheet: str
    kind: Kind
    made_for: str
    file: str
    path: str
    sha256: str
    given: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    counts: dict[str, int]


class Owed(Frozen):
    """What one rater has to give back for a period. Counts only: never what was given.

    `asked`, `given`: judgements; `days_late`: after `back`, while something is missing. `anonymous`: of the judgements
    asked for, those in a role whose raters are not named to others.
    """

    sheet: str
    rater_id: str
    asked: int
    given: int
    anonymous: int = 0
    state: State
    out: date
    back: date
    days_late: int = 0

    @property
    def open(self) -> int:
        """Judgements that are still missing."""
        return self.asked - self.given


def sheet_id(period: Period, name: str) -> str:
    """The id of a sheet, `2026-10/E1001`; the name is a rater's number, or `department-` and a department's id."""
    return f"{period.key}/{name}"
