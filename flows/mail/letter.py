"""A letter: everything a message is built from, fixed when it is queued."""

from datetime import date, datetime
from typing import Literal

from transforms.reports.letters import LetterFigures
from transforms.titles import Frozen, Locale, Title

Kind = Literal["own", "department", "reminder"]
DocumentKind = Literal["employee", "department"]


class Companion(Frozen):
    """The workbook that goes with a department's report: its numbers to sort, and the hash it must have."""

    title: str
    file_name: str
    path: str
    xlsx_sha256: str
    xlsx_bytes: int


class Attachment(Frozen):
    """A document in a letter: whose it is, its name for the reader, its file and the hash it must have."""

    kind: DocumentKind
    subject_id: str
    title: str
    file_name: str
    path: str
    pdf_sha256: str
    pdf_bytes: int
    companion: Companion | None = None


class Workbook(Frozen):
    """A judging sheet in a reminder: which one, its name for the reader, its file and the hash it must have."""

    sheet_id: str
    file_name: str
    path: str
    sha256: str
    bytes: int

    @property
    def title(self) -> str:
        """Beside the file's name: which sheet it is."""
        return self.sheet_id


class Reminder(Frozen):
    """What a reminder says. `topic` names what it is about: one letter a recipient, period and topic."""

    topic: str
    subject: Title
    paragraphs: tuple[Title, ...]


class Letter(Frozen):
    """One message to one recipient: the own report, those of a department to one who manages it, or a reminder.

    `replaces`: the revision whose documents the recipient has by now; None: the first he gets.
    `figures`: what the body says of the document; None: they stand in the attachment only. `appeal_until`: the last
    day, as the document says it. A reminder belongs to no revision and has no documents, at most the recipient's own
    workbook.
    """

    message_id: str
    period: str
    revision_id: int | None = None
    revision_number: int | None = None
    kind: Kind
    recipient_id: str
    recipient_name: str
    address: str
    sender: str
    company: Title
    department_id: str = ""
    department: Title | None = None
    part: int = 1
    parts: int = 1
    locale: Locale
    provisional: bool = False
    dated: datetime
    attachments: tuple[Attachment, ...] = ()
    replaces: int | None = None
    figures: LetterFigures | None = None
    appeal_until: date | None = None
    reminder: Reminder | None = None
    workbook: Workbook | None = None
