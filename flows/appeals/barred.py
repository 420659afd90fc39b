"""Who must not judge an appeal besides its filer and the person himself, and why."""

from collections.abc import Iterator
from contextlib import closing

import sqlalchemy as sa

from flows.appeals.lines import Line
from flows.company import Company
from flows.corrections.entries import CORRECTION
from flows.warehouse.journal import entries
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.snapshots import open_snapshot
from transforms.corrections.model import TOTAL, Correction


def barred(
    engine: sa.Engine, company: Company, revision: RecordedRevision, who: str, line: Line, carried: str | None = None
) -> dict[str, str]:  # fmt: skip
    """Personnel number and reason of everybody who had a part in the number that is disputed.

    Whoever rated it, anonymously or not, and whoever asked for or approved a correction that may stand behind it. The
    correction that the decision carries (`carried`) is asked for by the judge himself.
    """
    made = [entry.read(Correction) for entry in entries(engine, period=revision.period, kinds=(CORRECTION,))]
    corrected = {
        person: f"he {part} correction {each.id} of it"
        for each in made
        if who in each.concerns and _touches(each, line)
        for person, part in _parts(each, carried)
    }
    rated = line.raters | _raters(company, revision, who, line)
    return corrected | dict.fromkeys(rated, "he rated it")


def _parts(correction: Correction, carried: str | None) -> Iterator[tuple[str, str]]:
    if correction.id != carried:
        yield correction.asked_by, "asked for"
    yield correction.approved_by, "approved"


def _touches(correction: Correction, line: Line) -> bool:
    """Whether the line may follow from a correction: a fact may be behind any, a decision and a rating name theirs."""
    if line.key == TOTAL or line.kind == "pay":
        return True
    if correction.decision is not None:
        return correction.decision.key in {line.key, TOTAL}
    if correction.kind == "rating" and correction.row is not None:
        return correction.row.key.get("indicator") in _names(line)
    return True


def _raters(company: Company, revision: RecordedRevision, who: str, line: Line) -> frozenset[str]:
    """Whoever judged the person on this line; on the whole score: on anything."""
    with closing(open_snapshot(company, revision.snapshot_id)) as con:
        periods = [revision.period, *line.windows]
        rows = con.execute(
            "select distinct rater_id, indicator from judgements where employee_id = ? and list_contains(?, period)",
            [who, periods],
        ).fetchall()
    return frozenset(rater for rater, indicator in rows if line.key == TOTAL or indicator in _names(line))


def _names(line: Line) -> frozenset[str | None]:
    return frozenset({line.key, line.key.rpartition(".")[2]})
