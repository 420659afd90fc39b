"""What a revision was made from besides what its own row says; an entry of the journal beside it."""

from datetime import date

from transforms.titles import Frozen

BASIS, CHANGES = "basis", "changes"


class Basis(Frozen):
    """Everything that is needed to make the revision again.

    `as_of`: the day settle days were judged by. `journal_until`: the last entry that was known (corrections, what was
    carried over). `revisions_until`: the last revision that was known (earlier periods). `refreshed`: the sources were
    read anew. `after_closing`: the period was final already: a correction slip. `final_periods`: those that were final,
    for roll-ups. `reason`, `asked_by`: of the re-run.
    """

    as_of: date
    journal_until: int
    revisions_until: int
    refreshed: bool = True
    after_closing: bool = False
    final_periods: tuple[str, ...] = ()
    reason: str = ""
    asked_by: str = ""
