"""The history of a period: its revisions with what each stood on and changed, corrections, acts and status."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from flows import wiring
from flows.company import Company
from flows.corrections.entries import CORRECTION, WITHDRAWAL, standing_of
from flows.revisions.changes import noted
from flows.revisions.stood_on import basis_of
from flows.warehouse import ledger_tables as t
from flows.warehouse import outbox
from flows.warehouse.basis import BASIS, CHANGES
from flows.warehouse.engine import reading
from flows.warehouse.journal import Entry, entries
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import history
from transforms.corrections.model import Correction, Withdrawal
from transforms.errors import NotFoundError
from transforms.period import Period
from transforms.revisions import Change, Changes

Row = dict[str, object]
_NAMED = ("correction", "late_rows")  # causes that have a column of their own
_OWN_TABLES = frozenset({BASIS, CHANGES, CORRECTION, WITHDRAWAL})


def revisions(company: Company, period: Period) -> list[Row]:
    """A row a revision, oldest first.

    Raises:
        NotFoundError: the period was never run.
    """
    engine = wiring.ledger(company)
    made = history(engine, period.key)
    if not made:
        raise NotFoundError(f"period {period.key} has no revision", todo=f"run it first: jixiao run {period.key}")
    mail = _mail(engine, period.key)
    return [
        _revision(company, engine, each, mail.get(each.id, Counter()), earlier)
        for each, earlier in zip(made, (None, *made), strict=False)
    ]


def _revision(
    company: Company, engine: sa.Engine, each: RecordedRevision, mail: Mapping[str, int],
    earlier: RecordedRevision | None,
) -> Row:  # fmt: skip
    basis, changes = basis_of(engine, each), noted(engine, each)
    because = _because(changes)
    return {
        "revision": each.number, "made": _local(company, each.created_at),
        "by": basis.asked_by if basis else "", "reason": basis.reason if basis else "",
        "judged on": str(basis.as_of) if basis else "",
        "snapshot": each.snapshot_id[:12], "rows": _rows_from(each, earlier),
        "after closing": bool(basis and basis.after_closing),
        "corrections": ", ".join(because["correction"]), "late rows": ", ".join(because["late_rows"]),
        "other causes": ", ".join(kind for kind in because if kind not in _NAMED),
        "changes": len(changes.changes) if changes else None,
        "people": len({one.subject_id for one in changes.changes if one.level == "employee"}) if changes else None,
        "mail": ", ".join(f"{count} {state}" for state, count in sorted(mail.items())),
    }  # fmt: skip


def _rows_from(each: RecordedRevision, earlier: RecordedRevision | None) -> str:
    return "read" if earlier is None else "same" if earlier.snapshot_id == each.snapshot_id else "read anew"


def _because(changes: Changes | None) -> dict[str, list[str]]:
    """Keys of the causes by their kind, in the order they are met."""
    found: dict[str, list[str]] = {kind: [] for kind in _NAMED}
    for cause in (cause for each in (changes.changes if changes else ()) for cause in each.causes):
        told = found.setdefault(cause.kind, [])
        if cause.key not in told:
            told.append(cause.key)
    return found


def _mail(engine: sa.Engine, period: str) -> dict[int, Counter[str]]:
    counts: dict[int, Counter[str]] = {}
    for row in outbox.rows(engine, period=period):
        if row.letter.revision_id is not None:
            counts.setdefault(row.letter.revision_id, Counter())[row.state] += 1
    return counts


def corrections(company: Company, period: Period) -> list[Row]:
    """A row a correction or withdrawal, as entered."""
    engine = wiring.ledger(company)
    told = entries(engine, period=period.key, kinds=(CORRECTION, WITHDRAWAL))
    stand = {each.id for each in standing_of(engine, period.key)}
    return [_correction(company, entry, stand) for entry in told]


def _correction(company: Company, entry: Entry, stand: Collection[str]) -> Row:
    if entry.kind == CORRECTION:
        made = entry.read(Correction)
        state = "stands" if made.id in stand else "withdrawn"
        return _act(company, entry, made, {"id": made.id, "what": made.kind, "state": state})
    back = entry.read(Withdrawal)
    return _act(company, entry, back, {"id": back.correction_id, "what": "withdrawal", "state": ""})


def _act(company: Company, entry: Entry, act: Correction | Withdrawal, what: Row) -> Row:
    return {
        "entered": _local(company, entry.at), **what, "reason": act.reason, "evidence": act.evidence,
        "asked by": act.asked_by, "approved by": act.approved_by, "entered by": entry.by,
    }  # fmt: skip


def acts(company: Company, period: Period) -> list[Row]:
    """How many entries the journal has of every other kind: sheets, appeals, acknowledgements, waivers, signatures."""
    told = entries(wiring.ledger(company), period=period.key)
    counted = Counter(entry.kind for entry in told if entry.kind not in _OWN_TABLES)
    return [{"kind": kind, "entries": count} for kind, count in sorted(counted.items())]


def statuses(company: Company, period: Period) -> list[Row]:
    """A row a step: open → provisional → final, with the revision that stood then."""
    with reading(wiring.ledger(company)) as con:
        return [_status(company, row) for row in _events(con, period.key)]


def _events(con: sa.Connection, period: str) -> Iterator[sa.RowMapping]:
    events, made = t.period_events.c, t.revisions.c
    chosen = (
        sa.select(t.period_events, made.number)
        .join(t.revisions, made.id == events.revision_id)
        .where(events.period == period)
        .order_by(events.sequence)
    )
    yield from con.execute(chosen).mappings()


def _status(company: Company, row: sa.RowMapping) -> Row:
    return {
        "status": row["status"], "since": _local(company, datetime.fromisoformat(row["at"])),
        "revision": row["number"], "by": row["by"], "reason": row["reason"],
    }  # fmt: skip


def change_rows(company: Company, changes: Sequence[Change]) -> list[Row]:
    """A row a change: who, what, from, to, because; with the reasons of corrections, for HR."""
    locale = company.settings.documents.locale
    return [
        {
            "level": each.level, "who": each.subject_id, "what": each.what, "scheme": each.scheme, "key": each.key,
            "aspect": each.aspect, "window": each.window, "title": each.title.in_locale(locale),
            "unit": each.unit and each.unit.value, "from": each.before, "to": each.after, "own": each.own,
            "because": "; ".join(cause.says.in_locale(locale) for cause in each.causes),
            "reason": "; ".join(cause.reason for cause in each.causes if cause.reason),
        }
        for each in changes
    ]  # fmt: skip


def _local(company: Company, at: datetime) -> str:
    """A moment as the company's clock shows it, to the second."""
    return at.astimezone(ZoneInfo(company.settings.time_zone)).isoformat(sep=" ", timespec="seconds")
