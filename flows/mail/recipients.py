"""Who gets which documents of a revision: letters, and findings on those who cannot be reached."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flows.company import CompanySettings
from flows.mail.address import checked_address
from flows.mail.figures import Teller, Told, nothing
from flows.mail.letter import Attachment, Companion, Kind, Letter
from flows.mail.mailed import Mailed
from flows.mail.rights import people_of
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_documents import DocumentRecord
from flows.warehouse.ledger_hash import digest
from transforms.errors import DeliveryError
from transforms.findings import Finding, Severity
from transforms.scoring.results import DepartmentResult, PeriodResults
from transforms.titles import Title

NAMED = 5
ENVELOPE_BYTES = 30_000  # headers and both bodies, with room
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Mailing:
    """A revision about to be mailed: what it says, its documents, and where its people are reached.

    `had`: what each recipient was sent last of each document in this period; the same file is not sent again. `tell`:
    what a letter says of a document.
    """

    settings: CompanySettings
    revision: RecordedRevision
    results: PeriodResults
    documents: Mapping[tuple[str, str], DocumentRecord]
    addresses: Mapping[str, str | None]
    had: Mapping[tuple[str, tuple[str, str]], Mailed] = field(default_factory=dict)
    tell: Teller = nothing


@dataclass(frozen=True)
class Bundle:
    """What one recipient is to get for one reason; the letters are cut from it."""

    kind: Kind
    recipient_id: str
    department: DepartmentResult | None
    attachments: tuple[Attachment, ...]


def letters(mailing: Mailing) -> tuple[tuple[Letter, ...], tuple[Finding, ...]]:
    """Letters of a revision, and warnings on what they cannot bring; everything else goes on.

    Warned of: recipients without an address, departments without a manager, documents too large to mail.
    """
    bundles = [*_department_bundles(mailing), *_own_bundles(mailing)]
    reached = {bundle.recipient_id for bundle in bundles if _address(mailing, bundle.recipient_id)}
    made = tuple(
        letter for bundle in bundles if bundle.recipient_id in reached for letter in _letters_of(mailing, bundle)
    )
    lost = [bundle for bundle in bundles if bundle.recipient_id not in reached]
    return made, (*_unreached(lost), *_unmanaged(mailing), *_too_large(mailing, bundles))


def by_subject(documents: Iterable[DocumentRecord]) -> dict[tuple[str, str], DocumentRecord]:
    """Documents by (kind, subject)."""
    return {(document.kind, document.subject_id): document for document in documents}


def _department_bundles(mailing: Mailing) -> Iterator[Bundle]:
    own = mailing.settings.delivery.to_employees
    for department in mailing.results.departments:
        people = people_of(mailing.results, department.department_id)
        for manager in department.manager_ids:
            # The manager's own report comes in the manager's own letter.
            others = [("employee", p.employee_id, p.name) for p in people if p.employee_id != manager or not own]
            title = department.title.in_locale(mailing.settings.documents.locale)
            wanted = [("department", department.department_id, title), *others]
            yield from _bundle(mailing, "department", manager, department, wanted)


def _own_bundles(mailing: Mailing) -> Iterator[Bundle]:
    if not mailing.settings.delivery.to_employees:
        return
    for person in mailing.results.people:
        wanted = [("employee", person.employee_id, person.name)]
        yield from _bundle(mailing, "own", person.employee_id, None, wanted)


def _bundle(
    mailing: Mailing, kind: Kind, recipient_id: str, department: DepartmentResult | None,
    wanted: list[tuple[str, str, str]],
) -> Iterator[Bundle]:  # fmt: skip
    there = [
        (mailing.documents[kind, subject], title)
        for kind, subject, title in wanted
        if (kind, subject) in mailing.documents and not _has(mailing, recipient_id, (kind, subject))
    ]
    attachments = tuple(_attachment(mailing.revision.period, document, title) for document, title in there)
    if attachments:
        yield Bundle(kind, recipient_id, department, attachments)


def _has(mailing: Mailing, recipient_id: str, document: tuple[str, str]) -> bool:
    """Whether this very file is what the recipient was sent last."""
    had = mailing.had.get((recipient_id, document))
    return had is not None and had.pdf_sha256 == mailing.documents[document].pdf_sha256


def _replaced(mailing: Mailing, bundle: Bundle) -> int | None:
    """The newest revision the recipient has of any document in the letter; None: all are new to him."""
    had = (mailing.had.get((bundle.recipient_id, (a.kind, a.subject_id))) for a in bundle.attachments)
    return max((each.revision_number for each in had if each is not None), default=None)


def _attachment(period: str, document: DocumentRecord, title: str) -> Attachment:
    name = f"{document.kind}_{period.replace('..', '_')}_{_ascii_name(document.subject_id)}"
    return Attachment.model_validate(
        {
            "kind": document.kind, "subject_id": document.subject_id, "title": title, "file_name": f"{name}.pdf",
            "path": document.pdf_path, "pdf_sha256": document.pdf_sha256, "pdf_bytes": document.pdf_bytes,
            "companion": _companion(document, f"{title} (Excel)", f"{name}.xlsx"),
        }
    )  # fmt: skip


def _companion(document: DocumentRecord, title: str, name: str) -> Companion | None:
    if document.xlsx_path is None:
        return None
    return Companion(
        title=title, file_name=name, path=document.xlsx_path, xlsx_sha256=document.xlsx_sha256 or "",
        xlsx_bytes=document.xlsx_bytes or 0,
    )  # fmt: skip


def _ascii_name(subject_id: str) -> str:
    """The id itself when it is plain ASCII, else a short hash of it: many mail programs garble other names."""
    return subject_id if _PLAIN.fullmatch(subject_id) else hashlib.sha256(subject_id.encode()).hexdigest()[:12]


def _letters_of(mailing: Mailing, bundle: Bundle) -> Iterator[Letter]:
    parts = list(_parts(bundle.attachments, _room(mailing)))
    for number, attachments in enumerate(parts, start=1):
        yield _letter(mailing, bundle, attachments, number, len(parts))


def _letter(mailing: Mailing, bundle: Bundle, attachments: tuple[Attachment, ...], part: int, parts: int) -> Letter:
    settings, revision, department = mailing.settings, mailing.revision, bundle.department
    sender = checked_address(settings.delivery.sender)
    told = _told(mailing, bundle, attachments)
    contents = [mailing.documents[a.kind, a.subject_id].content_sha256 for a in attachments]
    unique = [
        settings.name.zh_hans, revision.period, revision.number, bundle.recipient_id, bundle.kind,
        department.department_id if department else "", part, parts, contents,
    ]  # fmt: skip
    return Letter(
        message_id=f"<{digest(unique)[:40]}@{sender.rpartition('@')[2]}>",
        period=revision.period, revision_id=revision.id, revision_number=revision.number, kind=bundle.kind,
        recipient_id=bundle.recipient_id, recipient_name=_name(mailing, bundle.recipient_id),
        address=_address(mailing, bundle.recipient_id), sender=sender, company=settings.name,
        department_id=department.department_id if department else "", department=_title(department),
        part=part, parts=parts, locale=settings.documents.locale, provisional=mailing.results.provisional,
        dated=revision.created_at, attachments=attachments, replaces=_replaced(mailing, bundle), figures=told.figures,
        appeal_until=told.appeal_until,
    )  # fmt: skip


def _told(mailing: Mailing, bundle: Bundle, attachments: Iterable[Attachment]) -> Told:
    """Of the document the letter is about, where it is in this part of the letter."""
    kind = "department" if bundle.department else "employee"
    about = bundle.department.department_id if bundle.department else bundle.recipient_id
    there = any((a.kind, a.subject_id) == (kind, about) for a in attachments)
    return mailing.tell(mailing.documents[kind, about]) if there else Told()


def _title(department: DepartmentResult | None) -> Title | None:
    return department.title if department else None


def _name(mailing: Mailing, employee_id: str) -> str:
    return next((p.name for p in mailing.results.people if p.employee_id == employee_id), "")


def _address(mailing: Mailing, employee_id: str) -> str:
    """The address as mail servers want it; empty when there is none or it is not one."""
    try:
        return checked_address(mailing.addresses.get(employee_id) or "")
    except DeliveryError:
        return ""


def _room(mailing: Mailing) -> int:
    return mailing.settings.delivery.max_message_bytes - ENVELOPE_BYTES


def _encoded_bytes(attachment: Attachment) -> int:
    """Size in the message: base64 in lines of 76 characters, the part's headers, its line in text and page."""
    companion = attachment.companion
    beside = _in_lines(companion.xlsx_bytes) if companion else 0
    return _in_lines(attachment.pdf_bytes) + beside


def _in_lines(size: int) -> int:
    return -(-size // 57) * 78 + 700


def _parts(attachments: Iterable[Attachment], room: int) -> Iterator[tuple[Attachment, ...]]:
    """Attachments in order, cut so that no part is larger than the room; one that never fits is left out."""
    part: list[Attachment] = []
    for attachment in attachments:
        if _encoded_bytes(attachment) > room:
            continue
        if sum(map(_encoded_bytes, part)) + _encoded_bytes(attachment) > room:
            yield tuple(part)
            part = []
        part.append(attachment)
    if part:
        yield tuple(part)


def _unreached(lost: list[Bundle]) -> Iterator[Finding]:
    for bundle in lost:
        if bundle.department is not None:
            where = f"manager {bundle.recipient_id} of department {bundle.department.department_id}"
            yield _no_address(where, (bundle.recipient_id,), (bundle.department.department_id, bundle.recipient_id))
    if own := tuple(bundle.recipient_id for bundle in lost if bundle.department is None):
        more = len(own) > NAMED
        yield _no_address(f"{len(own)} employees ({', '.join(own[:NAMED])}{', …' if more else ''})", own, own)


def _no_address(who: str, employee_ids: tuple[str, ...], keys: tuple[str, ...]) -> Finding:
    return _warning(
        "documents.no_address", len(employee_ids), f"no usable e-mail address for {who}: nothing was queued for them",
        "put the address into the employees table and run the period again", keys, employee_ids,
    )  # fmt: skip


def _unmanaged(mailing: Mailing) -> Iterator[Finding]:
    for department in mailing.results.departments:
        if not department.manager_ids:
            yield _warning(
                "documents.no_manager", 1, f"no manager in {department.department_id}: its report is not mailed",
                "give somebody the role manager in the assignments", (department.department_id,),
            )  # fmt: skip


def _too_large(mailing: Mailing, bundles: list[Bundle]) -> Iterator[Finding]:
    room = _room(mailing)
    large = {a.subject_id for bundle in bundles for a in bundle.attachments if _encoded_bytes(a) > room}
    if large:
        yield _warning(
            "documents.too_large", len(large), "documents are larger than a message may be and were not queued",
            "raise delivery.max_message_bytes, or hand them over another way", tuple(sorted(large)),
        )  # fmt: skip


def _warning(
    check: str, rows: int, message: str, todo: str, keys: tuple[str, ...], employee_ids: tuple[str, ...] = ()
) -> Finding:
    return Finding(
        check=check, severity=Severity.WARNING, table="documents", rows=rows, message=message, todo=todo,
        sample_keys=keys[:20], employee_ids=employee_ids,
    )  # fmt: skip
