"""A reader's site, made from the ledger, the documents that are there, and the revision's snapshot."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import duckdb

from flows import wiring
from flows.brand.look import look_of
from flows.company import Company
from flows.corrections import rows as corrected
from flows.facts import open_facts
from flows.mail.rights import Readable
from flows.report_material import material
from flows.revisions.known import revision_of
from flows.revisions.stood_on import stood_on
from flows.site.folder import plain, replacing, write
from flows.site.index import index_of, reports_of
from flows.site.lists import arranged
from flows.site.numbers import Line, lines_of
from flows.site.pages import index_page, list_pages
from flows.site.readers import everybody, people_of, rights
from flows.site.rows import filtered_of, known, rows_of
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_documents import DocumentRecord, documents
from transforms.errors import NotFoundError, Place, StorageError
from transforms.period import Period, parse
from transforms.reports import EmployeeReport
from transforms.scoring.results import PeriodResults

PEOPLE_AT_ONCE = 50  # whose rows are held in memory together


@dataclass(frozen=True)
class Site:
    """What was made for whom: `documents` files a document in two forms, `lists` people with a page of rows."""

    reader: str
    folder: Path
    documents: int
    lists: int


def make(company: Company, period: Period, reader: str, to: Path | None = None) -> Site:
    """Write the site of one reader, of the period's latest revision; made again it is the same bytes.

    Raises:
        NotFoundError: no such revision, nothing this reader may read, or a document was not made yet.
        StorageError: a document is not the one recorded, the disk refuses, or the folder holds something else.
    """
    revision = revision_of(company, period)
    target = to or _folder(company, revision, reader)
    return _make(company, revision, {reader: target})[0]


def make_everybody(company: Company, period: Period, to: Path | None = None) -> tuple[Site, ...]:
    """Write the sites of all who may read something, a folder each; the rows are read once.

    Raises:
        NotFoundError, StorageError: as `make`.
    """
    revision = revision_of(company, period)
    base = to or _folder(company, revision, "").parent
    readers = everybody(company, material(wiring.ledger(company), company, revision).results)
    return _make(company, revision, {reader: base / plain(reader) for reader in readers})


def _folder(company: Company, revision: RecordedRevision, reader: str) -> Path:
    return company.data / "sites" / revision.period / f"r{revision.number}" / plain(reader)


def _make(company: Company, revision: RecordedRevision, targets: Mapping[str, Path]) -> tuple[Site, ...]:
    made_of = material(wiring.ledger(company), company, revision)
    may = {reader: rights(company, made_of.results, reader) for reader in targets}
    reports = reports_of(made_of, frozenset[str]().union(*map(people_of, may.values())))
    with ExitStack() as stack:
        folders = {reader: stack.enter_context(replacing(target)) for reader, target in targets.items()}
        workbooks = _write_documents(company, revision, may, folders)
        for reader, folder in folders.items():
            index = index_of(made_of, reports, reader, may[reader], workbooks)
            write(folder / "index.html", index_page(index, company.settings.documents.locale, look_of(company)))
        _write_lists(company, revision, made_of.results, reports, may, folders)
    return tuple(Site(reader, targets[reader], len(may[reader]), len(people_of(may[reader]))) for reader in targets)


def _write_documents(
    company: Company, revision: RecordedRevision, may: Mapping[str, Readable], folders: Mapping[str, Path]
) -> Readable:
    """Copies, not links: whoever has the folder has these files and nothing else. Returns which have a workbook."""
    recorded = {(each.kind, each.subject_id): each for each in documents(wiring.ledger(company), revision.id)}
    for subject in sorted(frozenset[tuple[str, str]]().union(*may.values())):
        readers = [reader for reader in may if subject in may[reader]]
        for name, content in _files(company, recorded.get(subject), revision.period):
            for reader in readers:
                write(folders[reader] / "documents" / name, content)
    return frozenset(subject for subject, document in recorded.items() if document.xlsx_path)


def _files(company: Company, document: DocumentRecord | None, period: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of a document's files, each as it was recorded."""
    todo = f"make the documents again: jixiao run {period}"
    if document is None:
        raise NotFoundError(f"a document of {period} was not made yet", todo=todo)
    for path, expected in document.files:
        try:
            content = (company.root / path).read_bytes()
        except OSError as error:
            raise StorageError("a document is not there", where=Place(path), todo=todo) from error
        if sha256(content).hexdigest() != expected:
            raise StorageError("a document is not the one that was recorded", where=Place(path), todo=todo)
        yield Path(path).name, content


def _write_lists(
    company: Company, revision: RecordedRevision, results: PeriodResults, reports: Mapping[str, EmployeeReport],
    may: Mapping[str, Readable], folders: Mapping[str, Path],
) -> None:  # fmt: skip
    readers: dict[str, list[Path]] = {}
    for reader, readable in may.items():
        for person in people_of(readable):
            readers.setdefault(person, []).append(folders[reader] / "lists")
    for name, content, person in _lists(company, revision, results, reports):
        for folder in readers[person]:
            write(folder / name, content)


def _lists(
    company: Company, revision: RecordedRevision, results: PeriodResults, reports: Mapping[str, EmployeeReport]
) -> Iterator[tuple[str, bytes, str]]:
    """File name, content and person of every page of rows: the relations are made once, a query a measure and batch."""
    lines = {who.employee_id: lines_of(who, results.period) for who in results.people if who.employee_id in reports}
    if not lines:
        return
    with closing(relations_of(company, revision, lines)) as con:
        ordered = sorted(lines)
        for start in range(0, len(ordered), PEOPLE_AT_ONCE):
            batch = {who: lines[who] for who in ordered[start : start + PEOPLE_AT_ONCE]}
            yield from _batch(company, con, reports, batch)


def _batch(
    company: Company, con: duckdb.DuckDBPyConnection, reports: Mapping[str, EmployeeReport],
    lines: Mapping[str, tuple[Line, ...]],
) -> Iterator[tuple[str, bytes, str]]:  # fmt: skip
    locale, look = company.settings.documents.locale, look_of(company)
    days = parse(next(reports[who].head.period for who in lines))
    rows = {measure: rows_of(con, measure, lines) for measure in known(measures_of(lines))}
    filtered = filtered_of(con, lines, days.start, days.end)
    for who, told in lines.items():
        own = {name: found for (employee, name), found in filtered.items() if employee == who}
        for name, content in list_pages(reports[who], arranged(told, rows, own, who), locale, look):
            yield name, content, who


def relations_of(
    company: Company, revision: RecordedRevision, lines: Mapping[str, tuple[Line, ...]]
) -> duckdb.DuckDBPyConnection:
    """The countable things of all days that a number looks at, from the corrected facts the revision stood on."""
    from transforms.measures.relations import prepare

    windows = [parse(line.window) for told in lines.values() for line in told] + [parse(revision.period)]
    con = open_facts(company, revision.snapshot_id, parse(revision.period))
    try:
        corrected.apply(con, stood_on(wiring.ledger(company), revision).corrections)
        days = Period(min(each.start for each in windows), max(each.end for each in windows))
        prepare(con, company.settings.measures, days)
    except BaseException:
        con.close()
        raise
    return con


def measures_of(lines: Mapping[str, tuple[Line, ...]]) -> Iterator[str]:
    """The measures that numbers of these people stand on, each once."""
    numbers = (each for told in lines.values() for line in told for each in (line.numerator, line.denominator))
    yield from dict.fromkeys(each.measure for each in numbers if each)
