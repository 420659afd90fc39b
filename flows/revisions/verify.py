"""Does a revision still come out the same: made again from its snapshot, schemes, settings and corrections, compared.

Nothing is written but what lies in a temporary folder.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from pydantic import ValidationError

from flows import documents as making
from flows import wiring
from flows.company import Company
from flows.document_choice import contents_of, first_makers, wanted
from flows.rendering.documents import RenderedDocument
from flows.report_material import material_of
from flows.revisions.recomputing import CompanyThen, company_then, recomputed
from flows.revisions.stood_on import stood_on
from flows.revisions.verified import Fault, Proof, Verified
from flows.scheme_records import of_revision
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_documents import DocumentRecord, documents
from flows.warehouse.ledger_queries import history, load_results, recorded_digest, verify_chain
from flows.warehouse.ledger_rows import result_rows, rows_digest
from flows.warehouse.snapshot_proof import broken_objects
from transforms.errors import JixiaoError, NotFoundError
from transforms.period import Period
from transforms.revisions import Change, difference
from transforms.scoring.results import PeriodResults


def verify(company: Company, period: Period, *, number: int | None = None, render: bool = False) -> Verified:
    """Prove every revision of a period, or the one of a number; `render` makes their documents again, too.

    Raises:
        NotFoundError: there is no such revision.
    """
    engine = wiring.ledger(company)
    found = [each for each in history(engine, period.key) if number in {None, each.number}]
    if not found:
        what = f"period {period.key} has no revision{f' {number}' if number else ''}"
        raise NotFoundError(what, todo=f"`jixiao history {period.key}` lists them")
    chain = tuple(Fault(part="chain", where="ledger", says=each) for each in verify_chain(engine))
    return Verified(
        period=period.key, chain=chain, proofs=tuple(_proof(company, each, render=render) for each in found)
    )


def _proof(company: Company, revision: RecordedRevision, *, render: bool) -> Proof:
    other = stood_on(wiring.ledger(company), revision).code_version != wiring.code_version()
    with TemporaryDirectory(prefix="jixiao-verify-") as apart:
        try:
            then = company_then(company, revision, Path(apart) / "findings")
        except ValidationError as error:
            fault = Fault(part="settings", where=f"r{revision.number}", says=f"settings not understood: {error.title}")
            return Proof(revision=revision.number, other_program=other, recomputed=False, faults=(fault,))
        return _proved(then, revision, Path(apart) / "reports", render=render, other=other)


def _proved(then: CompanyThen, revision: RecordedRevision, reports: Path, *, render: bool, other: bool) -> Proof:
    there = documents(wiring.ledger(then), revision.id)
    results, faults = _recomputed(then, revision)
    faults += [*_files(then, revision, there)]
    if results is not None:
        faults += [*_results(then, revision, results), *_contents(then, revision, results, there)]
    again = _mine(then, revision) if render else []
    faults += [*_renderings(then, revision, again, reports)]
    return Proof(
        revision=revision.number, other_program=other, recomputed=results is not None, documents=len(there),
        rendered=len(again), faults=tuple(faults),
    )  # fmt: skip


def _recomputed(then: CompanyThen, revision: RecordedRevision) -> tuple[PeriodResults | None, list[Fault]]:
    """The revision made again, unless its snapshot is not whole."""
    where = f"snapshot {revision.snapshot_id[:12]}"
    if broken := [Fault(part="snapshot", where=where, says=each) for each in broken_objects(then, revision)]:
        return None, broken
    try:
        return recomputed(then, revision), []
    except (JixiaoError, duckdb.Error) as error:
        return None, [Fault(part="results", where=f"r{revision.number}", says=f"it cannot be made again: {error}")]


def _results(then: CompanyThen, revision: RecordedRevision, again: PeriodResults) -> Iterator[Fault]:
    engine, where = wiring.ledger(then), f"r{revision.number}"
    if rows_digest(result_rows(revision.id, again)) != recorded_digest(engine, revision.id):
        yield Fault(part="results", where=where, says="made again, it does not say what it was recorded to say")
    try:
        changed = difference(load_results(engine, revision.id), again)
    except (ValidationError, ValueError):
        yield Fault(part="results", where=where, says="the rows of its results cannot be read any more")
        return
    yield from (Fault(part="results", where=_who(each, where), says=_said(each)) for each in changed)


def _who(change: Change, where: str) -> str:
    return f"{where} {change.level} {change.subject_id}"


def _said(change: Change) -> str:
    days = f" in {change.window}" if change.window else ""
    return f"{change.what} {change.key}{days}: the ledger says {change.before}, made again it is {change.after}"


def _contents(
    then: CompanyThen, revision: RecordedRevision, results: PeriodResults, there: Iterable[DocumentRecord]
) -> Iterator[Fault]:
    """Documents that would say something else today, or are not there."""
    engine = wiring.ledger(then)
    schemes = of_revision(engine, revision.id)
    made_of = material_of(engine, then, revision, results, schemes)
    contents = contents_of(made_of, then, wanted(results))
    known = {f"{each.kind}:{each.subject_id}": each.content_sha256 for each in there}
    for name, content in contents.items():
        if known and name not in known:
            yield Fault(part="document", where=f"r{revision.number} {name}", says="there is no document in the ledger")
        elif known and known[name] != content:
            yield Fault(part="document", where=f"r{revision.number} {name}", says="made again, it says something else")
    for name in known.keys() - contents.keys():
        yield Fault(part="document", where=f"r{revision.number} {name}", says="nobody it could be about")


def _files(then: CompanyThen, revision: RecordedRevision, there: Iterable[DocumentRecord]) -> Iterator[Fault]:
    from hashlib import sha256

    for each in there:
        for path, known in each.files:
            place = then.root / path
            if not place.exists():
                yield Fault(part="file", where=path, says=f"the file of r{revision.number} is not there")
            elif sha256(place.read_bytes()).hexdigest() != known:
                yield Fault(part="file", where=path, says=f"the file is not the one recorded for r{revision.number}")


def _mine(then: CompanyThen, revision: RecordedRevision) -> list[DocumentRecord]:
    """The documents whose files this revision made."""
    engine = wiring.ledger(then)
    makers = first_makers(engine, revision)
    return [each for each in documents(engine, revision.id) if makers[each.pdf_path] == revision.id]


def _renderings(
    then: CompanyThen, revision: RecordedRevision, known: list[DocumentRecord], reports: Path
) -> Iterator[Fault]:
    names = [f"{each.kind}:{each.subject_id}" for each in known]
    try:
        made = making.make(then, revision.id, names, reports) if names else []
    except (JixiaoError, ValidationError) as error:
        yield Fault(part="rendering", where=f"r{revision.number}", says=f"cannot be made again: {error}")
        return
    for was, document in zip(known, made, strict=True):
        if not isinstance(document, RenderedDocument):
            yield Fault(part="rendering", where=was.pdf_path, says=f"cannot be made again: {document.reason}")
        elif document.pdf_sha256 != was.pdf_sha256:
            yield Fault(part="rendering", where=was.pdf_path, says="made again, the PDF has other bytes")
