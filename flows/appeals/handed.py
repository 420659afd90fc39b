"""Which document a person has in hands, and since when: the last one mailed, else the last one made."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from flows.rendering.codes import code_of
from flows.warehouse import ledger_tables as t
from flows.warehouse import outbox
from flows.warehouse.engine import reading
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_documents import DocumentRecord, documents
from flows.warehouse.ledger_queries import history


@dataclass(frozen=True)
class Handed:
    """A person's document. `on`: the day it was mailed, else made, where the company is."""

    document: DocumentRecord
    revision_id: int
    revision_number: int
    on: date
    mailed: bool

    @property
    def code(self) -> str:
        """What is printed in its foot."""
        return code_of(self.document.content_sha256)


def handed(engine: sa.Engine, period: str, time_zone: str, until: int | None = None) -> dict[str, Handed]:
    """The document of each person of the period; `until`: as was known at that entry of the journal."""
    return {who: known[-1] for who, known in all_handed(engine, period, time_zone, until).items()}


def all_handed(engine: sa.Engine, period: str, time_zone: str, until: int | None = None) -> dict[str, list[Handed]]:
    """Every document of each person; those made in the order of revisions, then those mailed as they were mailed."""
    moment, zone = _moment(engine, until), ZoneInfo(time_zone)
    known = [each for each in history(engine, period) if moment is None or each.created_at <= moment]
    made = [one for revision in known for one in _made(engine, revision, zone)]
    by_file = {(one.revision_id, one.document.subject_id, one.document.pdf_sha256): one for one in made}
    found: dict[str, list[Handed]] = {}
    for one in (*made, *_mailed(_sent(engine, period, moment), by_file, zone)):
        found.setdefault(one.document.subject_id, []).append(one)
    return found


def _made(engine: sa.Engine, revision: RecordedRevision, zone: ZoneInfo) -> Iterator[Handed]:
    on = revision.created_at.astimezone(zone).date()
    for each in documents(engine, revision.id):
        if each.kind == "employee":
            yield Handed(each, revision.id, revision.number, on, mailed=False)


def _mailed(
    sent: Iterable[outbox.OutboxRow], by_file: Mapping[tuple[int, str, str], Handed], zone: ZoneInfo
) -> Iterator[Handed]:
    for row in sent:
        on = datetime.fromisoformat(row.at).astimezone(zone).date()
        for attached in row.letter.attachments:
            found = by_file.get((row.revision_id or 0, attached.subject_id, attached.pdf_sha256))
            if attached.kind == "employee" and found is not None:
                yield replace(found, on=on, mailed=True)


def _sent(engine: sa.Engine, period: str, moment: datetime | None) -> list[outbox.OutboxRow]:
    """Messages that left, in the order of their revisions; of one revision as they left."""
    sent = [row for row in outbox.rows(engine, period=period, states=("sent",)) if row.revision_id is not None]
    known = [row for row in sent if moment is None or datetime.fromisoformat(row.at) <= moment]
    return sorted(known, key=lambda row: (row.revision_id or 0, row.at))


def _moment(engine: sa.Engine, until: int | None) -> datetime | None:
    """When an entry of the journal was written; before the first one nothing was known."""
    if until is None:
        return None
    c = t.journal.c
    with reading(engine) as con:
        at = con.scalar(sa.select(c.at).where(c.id <= until).order_by(c.id.desc()).limit(1))
    return datetime.fromisoformat(at) if at else datetime.min.replace(tzinfo=ZoneInfo("UTC"))
