"""The documents of a letter, each checked to be the one recorded and one the recipient may read."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from flows.mail.letter import Attachment, Companion, Letter, Workbook
from flows.mail.rights import Readable, readable
from flows.sheets.made import made
from flows.sheets.model import Made
from flows.warehouse.ledger_documents import documents
from flows.warehouse.ledger_queries import load_results
from transforms.errors import DeliveryError, Place
from transforms.scoring.results import PeriodResults

Subjects = dict[str, set[tuple[str, str]]]


class Enclosures:
    """Reads and checks attachments. What a revision says is read from the ledger, once."""

    def __init__(self, engine: sa.Engine, root: Path) -> None:
        self.engine, self.root = engine, root
        self._revisions: dict[int, tuple[PeriodResults, Subjects]] = {}

    def of(self, letter: Letter) -> dict[str, bytes]:
        """Bytes of the attachments by file name.

        Who a file is about is taken from the ledger by the hash of its bytes, not from the letter.

        Raises:
            DeliveryError: a file is missing or not the one recorded, or the recipient may not read it.
        """
        if letter.revision_id is None:
            return self._workbook_of(letter)
        results, subjects = self._revision(letter.revision_id)
        may = readable(results, letter.recipient_id)
        found = {a.file_name: _checked(self.root, a, subjects, may) for a in letter.attachments}
        pairs = ((a, a.companion) for a in letter.attachments)
        beside = {c.file_name: _checked_companion(self.root, a, c, subjects) for a, c in pairs if c is not None}
        return found | beside

    def _workbook_of(self, letter: Letter) -> dict[str, bytes]:
        """A reminder has no documents, at most the workbook that was made for its recipient."""
        if letter.attachments:
            raise DeliveryError("a reminder may hold no documents", todo="it was not sent; tell HR")
        workbook = letter.workbook
        if workbook is None:
            return {}
        known = made(self.engine, letter.period, workbook.sheet_id)
        return {workbook.file_name: _checked_workbook(self.root, workbook, letter.recipient_id, known)}

    def _revision(self, revision_id: int) -> tuple[PeriodResults, Subjects]:
        if revision_id not in self._revisions:
            self._revisions[revision_id] = load_results(self.engine, revision_id), self._subjects(revision_id)
        return self._revisions[revision_id]

    def _subjects(self, revision_id: int) -> Subjects:
        found: Subjects = {}
        for document in documents(self.engine, revision_id):
            for _, known in document.files:
                found.setdefault(known, set()).add((document.kind, document.subject_id))
        return found


def _checked_companion(root: Path, attachment: Attachment, companion: Companion, subjects: Subjects) -> bytes:
    """The workbook of the document it goes with, which was checked itself."""
    what, todo = "a workbook is not there", "run the period again"
    content = _bytes(root, companion.path, what, todo)
    if subjects.get(hashlib.sha256(content).hexdigest(), set()) != {(attachment.kind, attachment.subject_id)}:
        what = "a workbook is not the one that was recorded with its document"
        raise DeliveryError(what, where=Place(companion.path), todo="run the period again to make it anew")
    return content


def _checked_workbook(root: Path, workbook: Workbook, recipient_id: str, known: Sequence[Made]) -> bytes:
    """The bytes of a workbook that the journal says was made for this recipient."""
    content = _bytes(root, workbook.path, "a workbook is not there", "make it again: jixiao sheets make")
    about = {each.made_for for each in known if each.sha256 == hashlib.sha256(content).hexdigest()}
    where = Place(workbook.path)
    if not about:
        what, todo = "a workbook is not the one that was made", "make it again: jixiao sheets make --again"
        raise DeliveryError(what, where=where, todo=todo)
    if about != {recipient_id}:
        what, todo = "a workbook was made for somebody else than the recipient", "it was not sent; tell HR"
        raise DeliveryError(what, where=where, todo=todo)
    return content


def _bytes(root: Path, path: str, what: str, todo: str) -> bytes:
    try:
        return (root / path).read_bytes()
    except OSError as error:
        raise DeliveryError(what, where=Place(path), todo=todo) from error


def _checked(root: Path, attachment: Attachment, subjects: Subjects, may: Readable) -> bytes:
    where = Place(attachment.path)
    pdf = _bytes(root, attachment.path, "a document is not there", "run the period again")
    about = subjects.get(hashlib.sha256(pdf).hexdigest(), set())
    if (attachment.kind, attachment.subject_id) not in about:
        what, todo = "a document is not the one that was recorded", "run the period again to make it anew"
        raise DeliveryError(what, where=where, todo=todo)
    if not about <= may:
        what, todo = "a document is about somebody whose report the recipient may not read", "it was not sent; tell HR"
        raise DeliveryError(what, where=where, todo=todo)
    return pdf
