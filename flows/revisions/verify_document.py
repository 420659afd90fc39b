"""One document looked up: by the code on it, by the words of its QR code, or by the file somebody brings."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from flows import wiring
from flows.company import Company
from flows.mail.mailed import mailed
from flows.rendering.codes import code_of, start_of, typed
from flows.revisions.brought import Brought, codes_in
from flows.warehouse import ledger_tables as t
from flows.warehouse.engine import reading
from flows.warehouse.ledger_documents import DocumentRecord
from flows.warehouse.ledger_queries import verify_chain
from transforms.errors import NotFoundError, Place, RuleError
from transforms.titles import Frozen

_QR = re.compile(r"JIXIAO (?P<period>\S+) r(?P<revision>\d+) (?P<kind>\S+) (?P<subject>.+) (?P<code>\S+)")
_OLD = re.compile(r"[0-9a-f]{12,64}")
_NO_CODE = "look at the foot of the document: the code stands at its end"
FileState = Literal["as recorded", "changed", "not there"]


class Sent(Frozen):
    """A document in a message that was sent. `to`: the person himself, or who manages the department."""

    at: str
    revision: int
    to: Literal["employee", "manager"]


class Kept(Frozen):
    """A file of the document as the ledger knows it, and what lies there now."""

    path: str
    state: FileState


class Looked(Frozen):
    """What the ledger knows of a document.

    `revisions`: those of the period that say just this. `replaced_by`: the first later one that says something else of
    the subject, with its code; None: what the document says counts today. `disagrees`: what the words of a QR code say
    otherwise. `chain`: what is wrong with the ledger itself.
    """

    code: str
    kind: str
    subject_id: str
    period: str
    revisions: tuple[int, ...]
    replaced_by: tuple[int, str] | None
    sent: tuple[Sent, ...]
    files: tuple[Kept, ...]
    disagrees: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that is not as it was recorded."""
        lost = (f"{each.path} is {each.state}" for each in self.files if each.state != "as recorded")
        return (*self.disagrees, *lost, *self.chain)


class Row(Frozen):
    """A document as one revision has it."""

    period: str
    revision_id: int
    number: int
    document: DocumentRecord


def by_code(company: Company, text: str) -> Looked:
    """The document of a code, or of the words of a QR code.

    Raises:
        RuleError: it cannot be a code: it was mistyped.
        NotFoundError: it is a code, and no document of the ledger has it.
    """
    said = _QR.fullmatch(" ".join(text.split()))
    code = said["code"] if said else text.strip()
    found = _looked(company, _content_of(company, code))
    return found.model_copy(update={"disagrees": tuple(_disagreeing(said, found))}) if said else found


def by_file(company: Company, path: Path) -> tuple[Brought, Looked | None]:
    """Whether a file is one of ours, to the byte; else the document whose code it carries, if that can be read.

    Raises:
        NotFoundError: there is no such file, or it may not be read.
    """
    content = _read(path)
    c = t.documents.c
    digest = sha256(content).hexdigest()
    own = _rows(company, sa.or_(c.pdf_sha256 == digest, c.html_sha256 == digest, c.xlsx_sha256 == digest))
    if own:
        return "genuine", _looked(company, own[0].document.content_sha256)
    contents = (_contents(company, code) for code in codes_in(content))
    known = next((found for found in contents if found), None)
    return ("altered", _looked(company, known[0])) if known else ("unknown", None)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise NotFoundError(
            what, where=Place(str(path)), todo="check its name; a code is given without a file"
        ) from error


def _content_of(company: Company, code: str) -> str:
    """The hash of the one content that a code names; paper of earlier versions has the start of the hash itself."""
    old = _OLD.fullmatch(code.lower())
    found = _contents(company, code)
    if not found and old is None:
        what = f"the code {typed(code)} is well formed, and no document of this company has it"
        raise NotFoundError(what, todo="it was made elsewhere, or the ledger it stands in is another: try --company")
    if not found:
        raise NotFoundError(f"no document begins with {code.lower()}", todo=_NO_CODE)
    if len(found) > 1:
        raise RuleError(f"{code} names {len(found)} documents", todo="write more of it")
    return found[0]


def _contents(company: Company, code: str) -> list[str]:
    """Hashes of the contents that a code names.

    Raises:
        RuleError: it is neither a code nor the start of a hash.
    """
    start = code.lower()
    if _OLD.fullmatch(start) and (old := _distinct(company, start)):
        return old
    try:
        wanted = typed(code)
    except RuleError:
        if _OLD.fullmatch(start):
            return []
        raise
    return [each for each in _distinct(company, start_of(wanted)) if code_of(each) == wanted]


def _distinct(company: Company, start: str) -> list[str]:
    c = t.documents.c.content_sha256
    with reading(wiring.ledger(company)) as con:
        return list(con.scalars(sa.select(c).distinct().where(c.startswith(start)).order_by(c)))


def _looked(company: Company, content: str) -> Looked:
    """What the ledger knows of the documents of a content."""
    rows = _rows(company, t.documents.c.content_sha256 == content)
    first = rows[0]
    return Looked(
        code=code_of(content),
        kind=first.document.kind,
        subject_id=first.document.subject_id,
        period=first.period,
        revisions=tuple(dict.fromkeys(row.number for row in rows)),
        replaced_by=_replaced(company, rows),
        sent=tuple(_sent(company, rows)),
        files=tuple(dict.fromkeys(_kept(company, rows))),
        chain=tuple(verify_chain(wiring.ledger(company))),
    )


def _rows(company: Company, condition: sa.ColumnElement[bool]) -> list[Row]:
    c, r = t.documents.c, t.revisions.c
    names = tuple(DocumentRecord.__dataclass_fields__)
    chosen = (
        sa.select(r.period, r.number, c.revision_id, *(c[name] for name in names))
        .join(t.revisions, r.id == c.revision_id)
        .where(condition)
        .order_by(c.revision_id, c.locale)
    )
    with reading(wiring.ledger(company)) as con:
        found = list(con.execute(chosen).mappings())
    return [
        Row(
            period=row["period"], revision_id=row["revision_id"], number=row["number"],
            document=DocumentRecord(**{name: row[name] for name in names}),
        )
        for row in found
    ]  # fmt: skip


def _replaced(company: Company, rows: list[Row]) -> tuple[int, str] | None:
    """The first revision after the last of these that says something else of the subject, and its code."""
    last = rows[-1]
    c, r = t.documents.c, t.revisions.c
    same = sa.and_(c.kind == last.document.kind, c.subject_id == last.document.subject_id, r.period == last.period)
    later = _rows(company, sa.and_(same, c.revision_id > last.revision_id, c.locale == last.document.locale))
    return (later[0].number, code_of(later[0].document.content_sha256)) if later else None


def _sent(company: Company, rows: list[Row]) -> Iterator[Sent]:
    """The messages that brought one of these files, each recipient's of a revision once."""
    files = {(row.number, row.document.pdf_sha256) for row in rows}
    zone = company.settings.time_zone
    for each in mailed(wiring.ledger(company), rows[0].period):
        if (each.revision_number, each.pdf_sha256) in files:
            to: Literal["employee", "manager"] = "employee" if each.letter[0] == "own" else "manager"
            yield Sent(at=_local(each.at, zone), revision=each.revision_number, to=to)


def _local(at: str, zone: str) -> str:
    return datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).isoformat(sep=" ", timespec="minutes")


def _kept(company: Company, rows: Iterable[Row]) -> Iterator[Kept]:
    for path, known in (file for row in rows for file in row.document.files):
        yield Kept(path=path, state=_state(company.root / path, known))


def _state(path: Path, known: str) -> FileState:
    if not path.exists():
        return "not there"
    return "as recorded" if sha256(path.read_bytes()).hexdigest() == known else "changed"


def _disagreeing(said: re.Match[str], found: Looked) -> Iterator[str]:
    """What the words of a QR code say otherwise than the document of its code."""
    told = {"kind": found.kind, "subject": found.subject_id, "period": found.period}
    for name, known in told.items():
        if said[name] != known:
            yield f"the QR code says {name} {said[name]}, the document of its code has {known}"
    if int(said["revision"]) not in found.revisions:
        yield f"the QR code says revision {said['revision']}, the document belongs to {_numbers(found.revisions)}"


def _numbers(revisions: Iterable[int]) -> str:
    return ", ".join(str(number) for number in revisions)
