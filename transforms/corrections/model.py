"""What a correction is. Its id follows from what it does, so that the order of entry changes nothing."""

import base64
import hashlib
import json
from decimal import Decimal
from typing import Literal

from pydantic import Field

from transforms.titles import Frozen, Title

Kind = Literal["fact", "attribution", "rating", "target", "exemption", "override"]
TOTAL = "score"  # the key of a card's whole score among the keys of its lines


class RowChange(Frozen):
    """One row of a canonical table: some columns set, the row added, or removed. Values are text as in an export.

    `key`: the business key by column. `values`: the columns that get another value (`set`), or all that are not empty
    besides the key (`add`); None empties a column.
    """

    act: Literal["set", "add", "remove"] = "set"
    table: str
    key: dict[str, str]
    values: dict[str, str | None] = Field(default_factory=dict)


class Attribution(Frozen):
    """Whose an order is, whatever its chats say; None: nobody's (silent)."""

    shop_id: str
    order_id: str
    employee_id: str | None


class Decision(Frozen):
    """A line of an appraisal decided by people.

    `act` exempt: not judged, its weight goes as the scheme says for missing data; override: `value` in place of the
    computed one (0–100 for indicators and the total, points for lines of sheets). `key`: an indicator, `score` for the
    card's total, or `sheet.line`; `window`: of a line judged by weeks, the one week; None: every one. `scheme` None:
    the scheme that gives the score (for `sheet.line`: every scheme that has it).
    """

    act: Literal["exempt", "override"]
    level: Literal["employee", "department"] = "employee"
    subject_id: str
    key: str
    scheme: str | None = None
    window: str | None = None
    value: Decimal | None = None


class Correction(Frozen):
    """One correction of a period. Exactly one of `row`, `attribution` and `decision` says what is otherwise.

    `concerns`: personnel numbers of whom it is about, sorted; nobody may approve what concerns himself.
    `asked_by`, `approved_by`: personnel numbers, never the same.
    """

    kind: Kind
    period: str
    row: RowChange | None = None
    attribution: Attribution | None = None
    decision: Decision | None = None
    concerns: tuple[str, ...] = ()
    reason: str
    evidence: str
    asked_by: str
    approved_by: str

    @property
    def id(self) -> str:
        """`C-` and ten characters that follow from period, kind and what is otherwise (not from who and why)."""
        said = self.model_dump(mode="json", include={"kind", "period", "row", "attribution", "decision"})
        digest = hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).digest()
        return "C-" + base64.b32encode(digest).decode()[:10]

    @property
    def cells(self) -> frozenset[tuple[str, ...]]:
        """What it touches; two standing corrections never touch the same, so that their order does not matter."""
        if self.row is not None:
            where = self.row.table, *(f"{name}={self.row.key[name]}" for name in sorted(self.row.key))
            columns = sorted(self.row.values) if self.row.act == "set" else ["*"]
            return frozenset((*where, column) for column in columns)
        if self.attribution is not None:
            return frozenset({("attribution", self.attribution.shop_id, self.attribution.order_id)})
        if self.decision is not None:
            told = self.decision
            return frozenset({(told.level, told.subject_id, told.key, told.scheme or "", told.window or "")})
        return frozenset()


class Withdrawal(Frozen):
    """A counter-entry: the correction of that id no longer stands. The same rules on persons hold."""

    correction_id: str
    reason: str
    evidence: str
    asked_by: str
    approved_by: str


class Decided(Frozen):
    """A decision as scoring applies it, with the note that stands on the report."""

    correction_id: str
    decision: Decision
    says: Title


class CarriedLine(Frozen):
    """A difference of a closed period's pay, paid or taken back in this one; fen, at the rates of its own period."""

    from_period: str
    employee_id: str
    scheme: str
    scheme_title: Title
    key: str
    title: Title
    amount_fen: int
    because: tuple[str, ...]  # ids of corrections, or `late_rows`
    says: Title
