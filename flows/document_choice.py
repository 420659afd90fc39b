"""Which documents of a revision are made, and which are files that an earlier revision of the period made.

A file is taken over when it says the same (`content_sha256`), its bytes are those recorded, and nothing on it depends
on what was mailed in between: it is the one mailed last, or the same one had been mailed last when it was made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from flows.brand.look import look_of
from flows.company import Company
from flows.mail.mailed import Mailed, last_of_subject, mailed
from flows.rendering.content import content_sha256
from flows.report_material import Material, report_of
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_documents import DocumentRecord, EarlierDocument, documents_until
from flows.warehouse.ledger_hash import moment
from transforms.scoring.results import PeriodResults

Subject = tuple[str, str]


@dataclass(frozen=True)
class Choice:
    """What becomes of a revision's documents: `made` anew (`kind:subject`), or `kept`: files that are there."""

    made: tuple[str, ...]
    kept: tuple[DocumentRecord, ...]


@dataclass(frozen=True)
class _Past:
    """What there is of a period's documents when a revision's are chosen. `first_made`: by path, by which revision."""

    documents: tuple[EarlierDocument, ...]
    mailed: tuple[Mailed, ...]
    first_made: Mapping[str, EarlierDocument]

    def mailed_before(self, at: str) -> dict[Subject, str]:
        """Hash of the file of each subject that was mailed last before a moment."""
        return last_of_subject(self.mailed, at)


def choose(engine: sa.Engine, company: Company, revision: RecordedRevision, made_of: Material) -> Choice:
    """Decide for every document of a revision, which need not be recorded yet, whether it is made.

    A document the revision has already stays; its file is made again when it is lost.
    """
    past, names = _past(engine, revision), wanted(made_of.results)
    own = {_name(each.document): each.document for each in past.documents if each.revision_id == revision.id}
    usable = _usable(past, revision)
    others = [name for name in names if name not in own] if usable else []
    contents = contents_of(made_of, company, others)
    candidates = {name: usable.get((name, content), []) for name, content in contents.items()}
    candidates |= {name: [document] for name, document in own.items()}
    found = {name: _first_intact(company, candidates.get(name, [])) for name in names}
    kept = [document for document in found.values() if document is not None]
    return Choice(tuple(name for name, document in found.items() if document is None), tuple(kept))


def contents_of(made_of: Material, company: Company, names: Iterable[str]) -> dict[str, str]:
    """The content hash of documents, by `kind:subject`."""
    locale, look = company.settings.documents.locale, look_of(company)
    return {name: content_sha256(report_of(name, made_of), locale, look) for name in names}


def wanted(results: PeriodResults) -> list[str]:
    """Every document of a revision, as `kind:subject`."""
    return [
        "company:company",
        *(f"department:{department.department_id}" for department in results.departments),
        *(f"employee:{person.employee_id}" for person in results.people),
    ]


def makers(engine: sa.Engine, revision: RecordedRevision, names: Iterable[str]) -> dict[int, list[str]]:
    """Documents by the revision that makes them: the one that made the file first, when it is only lost."""
    past, found = _past(engine, revision), dict[int, list[str]]()
    own = {_name(each.document): each for each in past.documents if each.revision_id == revision.id}
    for name in names:
        maker = past.first_made[own[name].document.pdf_path].revision_id if name in own else revision.id
        found.setdefault(maker, []).append(name)
    return found


def first_makers(engine: sa.Engine, revision: RecordedRevision) -> dict[str, int]:
    """By path of the PDF, the revision that made it; of the documents up to a revision."""
    return {path: each.revision_id for path, each in _past(engine, revision).first_made.items()}


def intact(company: Company, made: DocumentRecord) -> bool:
    """Whether its files are there with the bytes the ledger knows; a file somebody changed is made again."""
    paths = [(company.root / path, known) for path, known in made.files]
    return all(path.exists() and sha256(path.read_bytes()).hexdigest() == known for path, known in paths)


def _past(engine: sa.Engine, revision: RecordedRevision) -> _Past:
    there = documents_until(engine, revision.period, revision.id)
    first: dict[str, EarlierDocument] = {}
    for each in there:
        first.setdefault(each.document.pdf_path, each)
    return _Past(there, mailed(engine, revision.period), first)


def _usable(past: _Past, revision: RecordedRevision) -> dict[tuple[str, str], list[DocumentRecord]]:
    """The files that may stand in for a document of a name and content, the newest first."""
    now, then = past.mailed_before(moment(revision.created_at)), _bases(past)
    found: dict[tuple[str, str], list[DocumentRecord]] = {}
    for each in reversed(past.documents):
        document, subject = each.document, _subject(each.document)
        made_at = past.first_made[document.pdf_path].created_at
        if document.pdf_sha256 == now.get(subject) or then[made_at].get(subject) == now.get(subject):
            found.setdefault((_name(document), document.content_sha256), []).append(document)
    return found


def _bases(past: _Past) -> dict[str, dict[Subject, str]]:
    moments = {each.created_at for each in past.first_made.values()}
    return {at: past.mailed_before(at) for at in moments}


def _first_intact(company: Company, candidates: Iterable[DocumentRecord]) -> DocumentRecord | None:
    return next((document for document in candidates if intact(company, document)), None)


def _subject(document: DocumentRecord) -> Subject:
    return document.kind, document.subject_id


def _name(document: DocumentRecord) -> str:
    return f"{document.kind}:{document.subject_id}"
