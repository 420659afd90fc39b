"""What a run would do, as a value: for the command line, a page, and the test that it is what then happens."""

from collections import Counter
from datetime import date
from typing import Literal

from transforms.corrections.model import CarriedLine
from transforms.revisions import Change
from transforms.titles import Frozen


class PersonPlanned(Frozen):
    """Somebody whose score, grade, rank or money would change; None: was or is not there. Money in fen."""

    employee_id: str
    department_id: str
    score_before: str | None = None
    score_after: str | None = None
    grade_before: str | None = None
    grade_after: str | None = None
    rank_before: int | None = None
    rank_after: int | None = None
    pay_before_fen: int | None = None
    pay_after_fen: int | None = None


class MailPlanned(Frozen):
    """What one recipient would get, in one message or several; `documents` as `kind:subject`."""

    recipient_id: str
    kind: Literal["own", "department"]
    department_id: str
    documents: tuple[str, ...]
    replaces: int | None = None


class Plan(Frozen):
    """What `jixiao run` would do now. Persons are personnel numbers; nothing of it is in the ledger.

    `before`: number of the period's latest revision, 0 when there is none; `revision`: of the one a run would make,
    None when it would make none. `results_digest`: hash of everything it would say. `refreshed`: the snapshot was read
    anew for this plan, and published; a run with --refresh finds the same one as long as the sources say the same.
    `carried`: in place of a revision, when the period is closed and differences go into a later one.
    """

    period: str
    as_of: date
    snapshot_id: str
    refreshed: bool
    status: Literal["open", "provisional", "final"]
    before: int
    revision: int | None
    provisional: bool
    results_digest: str
    corrections: tuple[str, ...] = ()
    new_corrections: tuple[str, ...] = ()
    withdrawn_corrections: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    people: tuple[PersonPlanned, ...] = ()
    pay_before_fen: int | None = None
    pay_after_fen: int = 0
    documents: tuple[str, ...] = ()
    documents_kept: int = 0
    mails: tuple[MailPlanned, ...] = ()
    mails_cancelled: int = 0
    held: bool = False
    carried: tuple[CarriedLine, ...] = ()
    carried_into: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many changes there are of each kind."""
        return dict(sorted(Counter(each.what for each in self.changes).items()))

    def of_employee(self, employee_id: str) -> "Plan":
        """The part about one person: the own numbers, documents and mail."""
        name = f"employee:{employee_id}"
        return self.model_copy(
            update={
                "changes": tuple(each for each in self.changes if _about(each, employee_id)),
                "people": tuple(each for each in self.people if each.employee_id == employee_id),
                "documents": tuple(each for each in self.documents if each == name),
                "mails": tuple(each for each in self.mails if name in each.documents),
                "carried": tuple(each for each in self.carried if each.employee_id == employee_id),
            }
        )


def _about(change: Change, employee_id: str) -> bool:
    return change.level == "employee" and change.subject_id == employee_id
