"""The documents of a letter, each checked to be the one recorded and one the recipient may read."""

import hashlib
from pathlib import Path

import sqlalchemy as sa

from flows.mail.letter import Attachment, Letter
from flows.mail.rights import Readable, readable
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
        results, subjects = self._revision(letter.revision_id)
        may = readable(results, letter.recipient_id)
        return {a.file_name: _checked(self.root, a, subjects, may) for a in letter.attachments}

    def _revision(self, revision_id: int) -> tuple[PeriodResults, Subjects]:
        if revision_id not in self._revisions:
            self._revisions[revision_id] = load_results(self.engine, revision_id), self._subjects(revision_id)
        return self._revisions[revision_id]

    def _subjects(self, revision_id: int) -> Subjects:
        found: Subjects = {}
        for document in documents(self.engine, revision_id):
            found.setdefault(document.pdf_sha256, set()).add((document.kind, document.subject_id))
        return found


def _checked(root: Path, attachment: Attachment, subjects: Subjects, may: Readable) -> bytes:
    where = Place(attachment.path)
    try:
        pdf = (root / attachment.path).read_bytes()
    except OSError as error:
        raise DeliveryError("a document is not there", where=where, todo="run the period again") from error
    about = subjects.get(hashlib.sha256(pdf).hexdigest(), set())
    if (attachment.kind, attachment.subject_id) not in about:
        what, todo = "a document is not the one that was recorded", "run the period again to make it anew"
        raise DeliveryError(what, where=where, todo=todo)
    if not about <= may:
        what, todo = "a document is about somebody whose report the recipient may not read", "it was not sent; tell HR"
        raise DeliveryError(what, where=where, todo=todo)
    return pdf
