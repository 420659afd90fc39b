"""Which documents were made of a revision, and the hashes that prove it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from flows.warehouse import ledger_tables as t
from flows.warehouse.engine import name_of, reading, retried, writing
from flows.warehouse.ledger import insert_missing
from flows.warehouse.ledger_hash import moment
from transforms.errors import Place, StorageError


@dataclass(frozen=True)
class DocumentRecord:
    """One document. `kind` is employee, department or company; paths are relative to the company folder.

    `content_sha256` is of what the document says, so that two revisions saying the same are seen to; the others are
    of the files' bytes. Only a department has a workbook.
    """

    kind: str
    subject_id: str
    locale: str
    content_sha256: str
    html_sha256: str
    pdf_sha256: str
    html_path: str
    pdf_path: str
    html_bytes: int
    pdf_bytes: int
    xlsx_sha256: str | None = None
    xlsx_path: str | None = None
    xlsx_bytes: int | None = None

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Path and hash of each file."""
        told = (self.html_path, self.html_sha256), (self.pdf_path, self.pdf_sha256)
        return (*told, (self.xlsx_path, self.xlsx_sha256)) if self.xlsx_path and self.xlsx_sha256 else told


@dataclass(frozen=True)
class EarlierDocument:
    """A document as a revision of the period has it; `created_at`: of that revision, as the ledger writes moments."""

    revision_id: int
    created_at: str
    document: DocumentRecord


def record_documents(engine: sa.Engine, revision_id: int, made: Iterable[DocumentRecord], at: datetime) -> int:
    """Append the documents of a revision; those recorded before are left as they are. Returns how many are new.

    Raises:
        StorageError: a document recorded before now has other bytes, or the ledger refused.
    """
    rows = [{"revision_id": revision_id, **asdict(document), "recorded_at": moment(at)} for document in made]
    return retried(lambda: _record(engine, rows))


def documents(engine: sa.Engine, revision_id: int) -> tuple[DocumentRecord, ...]:
    """The documents of a revision, by kind and subject."""
    c = t.documents.c
    wanted = [c[name] for name in DocumentRecord.__dataclass_fields__]
    chosen = sa.select(*wanted).where(c.revision_id == revision_id).order_by(c.kind, c.subject_id, c.locale)
    with reading(engine) as con:
        return tuple(DocumentRecord(**row) for row in con.execute(chosen).mappings())


def documents_until(engine: sa.Engine, period: str, revision_id: int) -> tuple[EarlierDocument, ...]:
    """The documents of every revision of a period up to one (included), oldest revision first."""
    c, r = t.documents.c, t.revisions.c
    wanted = [c[name] for name in DocumentRecord.__dataclass_fields__]
    chosen = (
        sa.select(c.revision_id, r.created_at, *wanted)
        .join(t.revisions, r.id == c.revision_id)
        .where(r.period == period, r.id <= revision_id)
        .order_by(c.revision_id, c.kind, c.subject_id, c.locale)
    )
    with reading(engine) as con:
        rows = [dict(row) for row in con.execute(chosen).mappings()]
    return tuple(EarlierDocument(row.pop("revision_id"), row.pop("created_at"), DocumentRecord(**row)) for row in rows)


def _record(engine: sa.Engine, rows: list[dict[str, object]]) -> int:
    with writing(engine) as con:
        new = insert_missing(con, t.documents, rows)
        _require_same(con, rows)
    return new


def _require_same(con: sa.Connection, rows: list[dict[str, object]]) -> None:
    c = t.documents.c
    key = (c.revision_id, c.kind, c.subject_id, c.locale)
    bytes_of = (c.pdf_sha256, c.html_sha256, c.xlsx_sha256)
    found = sa.select(*key, *bytes_of).where(c.revision_id.in_({row["revision_id"] for row in rows}))
    known = {tuple(row[:4]): tuple(row[4:]) for row in con.execute(found)}
    for row in rows:
        if known[tuple(row[column.name] for column in key)] != tuple(row[column.name] for column in bytes_of):
            what = f"the {row['kind']} report of {row['subject_id']} came out different from the one recorded"
            todo = "templates or fonts changed since: restore the file, or make it with the version that made it first"
            raise StorageError(what, where=Place(name_of(con.engine)), todo=todo)
