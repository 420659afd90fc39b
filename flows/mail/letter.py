"""A letter: everything a message is built from, fixed when it is queued."""

from datetime import datetime
from typing import Literal

from transforms.titles import Frozen, Locale, Title

Kind = Literal["own", "department"]
DocumentKind = Literal["employee", "department"]


class Attachment(Frozen):
    """A document in a letter: whose it is, its name for the reader, its file and the hash it must have."""

    kind: DocumentKind
    subject_id: str
    title: str
    file_name: str
    path: str
    pdf_sha256: str
    pdf_bytes: int


class Letter(Frozen):
    """One message to one recipient: the own report, or those of a department to one who manages it."""

    message_id: str
    period: str
    revision_id: int
    revision_number: int
    kind: Kind
    recipient_id: str
    recipient_name: str
    address: str
    sender: str
    company: Title
    department_id: str = ""
    department: Title | None = None
    part: int
    parts: int
    locale: Locale
    provisional: bool
    dated: datetime
    attachments: tuple[Attachment, ...]
