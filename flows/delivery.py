"""Queueing the mail of a revision, and draining the outbox: the only code that sends."""

import os
import socket
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from flows.brand.look import look_of
from flows.company import Company
from flows.mail.enclosures import Enclosures
from flows.mail.figures import teller
from flows.mail.mailed import last_of_recipient, mailed
from flows.mail.message import build
from flows.mail.recipients import Mailing, by_subject, letters
from flows.mail.transport import AnswerLostError, RefusedError, Transport, UnreachableError, transport_of
from flows.warehouse import outbox
from flows.warehouse.ledger_documents import documents
from flows.warehouse.ledger_findings import record_delivery_findings
from flows.warehouse.ledger_queries import get_revision, load_results
from flows.warehouse.outbox import OutboxRow, State
from transforms.errors import DeliveryError, JixiaoError, NotFoundError
from transforms.findings import Finding

BATCH = 20


@dataclass(frozen=True)
class QueueReport:
    """What queueing did. `released`: held in a provisional run, let go now; `cancelled`: of older revisions."""

    queued: int
    known: int
    released: int
    cancelled: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class DeliveryReport:
    """What one drain did; `waiting` messages are still to be sent. `problems` are sentences without addresses."""

    sent: int
    failed: int
    unknown: int
    held: int
    cancelled: int
    waiting: int
    problems: tuple[str, ...]


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def queue_revision(
    engine: sa.Engine, company: Company, revision_id: int, addresses: Mapping[str, str | None], *,
    at: datetime, hold: bool,
) -> QueueReport:  # fmt: skip
    """Put the mail of a revision into the outbox, once; `hold` keeps it there until it is released.

    `addresses`: e-mail by employee id, as of the period. A document is not sent to who was sent the very file last.
    Recipients that cannot be reached are findings; the rest goes on. Queueing a held revision again without `hold`
    releases it.

    Raises:
        NotFoundError: no such revision.
        StorageError: the ledger refused; nothing was queued.
    """
    locale = company.settings.documents.locale
    revision, results = get_revision(engine, revision_id), load_results(engine, revision_id)
    made = by_subject(document for document in documents(engine, revision_id) if document.locale == locale)
    had = last_of_recipient(mailed(engine, revision.period))
    tell = teller(engine, company, revision, results)
    written, findings = letters(Mailing(company.settings, revision, results, made, addresses, had, tell))
    queued = outbox.queue(engine, revision_id, revision.period, written, at, "held" if hold else "queued")
    record_delivery_findings(engine, revision_id, findings, at)
    released = 0 if hold else outbox.release(engine, revision.period, at, by="jixiao")
    return QueueReport(queued.new, queued.known, released, queued.cancelled, findings)


def deliver(
    engine: sa.Engine, company: Company, *, environment: Mapping[str, str] = os.environ,
    clock: Callable[[], datetime] = now, sleep: Callable[[float], None] = time.sleep,
) -> DeliveryReport:  # fmt: skip
    """Send what is queued, waiting for messages that were refused for now; several processes may do so at once.

    Raises:
        ConfigError: the mail server does not accept us as configured; nothing was sent.
        StorageError: ledger or outbox folder refused; what was not sent stays queued.
    """
    desk = Desk(engine, company, transport_of(company, environment), clock, sleep)
    try:
        _settle_expired(desk)
        _drain(desk)
    finally:
        desk.transport.close()
    return desk.report()


def resolve(engine: sa.Engine, message_id: str, *, sent: bool, by: str, clock: Callable[[], datetime] = now) -> State:
    """Say what became of a message of unknown fate; one that did not arrive, or had failed, is queued again.

    Raises:
        NotFoundError: no such message.
        DeliveryError: its fate is known.
    """
    row = outbox.get(engine, f"<{message_id.strip('<>')}>")
    if row is None:
        raise NotFoundError(f"there is no message {message_id}", todo="`jixiao deliver --list` shows them")
    new: State = "sent" if sent else "queued"
    if row.state != "unknown" and (sent or row.state != "failed"):
        raise DeliveryError(f"message {message_id} is {row.state}: there is nothing to resolve")
    if outbox.advance(engine, row, new, clock(), by=by, attempt=0, detail="resolved") is None:
        raise DeliveryError(f"message {message_id} changed meanwhile", todo="look at it again")
    return new


def require_delivered(report: DeliveryReport, unreached: tuple[Finding, ...] = ()) -> None:
    """For those who want an error, not a report.

    Raises:
        DeliveryError: something was not delivered, or (`unreached`: findings of queueing) could not even be queued.
    """
    said = [*report.problems, *(finding.message for finding in unreached)]
    lost = report.failed + report.unknown + report.held
    if lost or said:
        what = f"{lost} messages were not delivered" if lost else "not everybody could be reached"
        todo = "see `jixiao deliver --list`" if lost or report.problems else unreached[0].todo
        raise DeliveryError("; ".join([what, *said[:5]]), todo=todo)


@dataclass
class Desk:
    """One drain at work: what it works with, and what it did so far."""

    engine: sa.Engine
    company: Company
    transport: Transport
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    by: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    done: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    unreachable: int = 0
    away: str = ""

    def __post_init__(self) -> None:
        """Read each revision, and the company's own words and templates, once."""
        self.enclosures, self.look = Enclosures(self.engine, self.company.root), look_of(self.company)

    def report(self) -> DeliveryReport:
        """What was done, and what still waits."""
        waiting = len(outbox.rows(self.engine, states=("queued",)))
        known = {name: self.done[name] for name in ("sent", "failed", "unknown", "held", "cancelled")}
        return DeliveryReport(**known, waiting=waiting, problems=tuple(dict.fromkeys(self.problems)))


class _ClaimLostError(Exception):
    """Somebody else took the message over: our lease had run out before we began."""


def _settle_expired(desk: Desk) -> None:
    """Messages whose sender vanished while sending: sent again if that does no harm, else a person must look."""
    for row in outbox.expired(desk.engine, desk.clock()):
        state: State = "queued" if row.detail == "repeatable" else "unknown"
        if outbox.advance(desk.engine, row, state, desk.clock(), by=desk.by, detail="sender vanished"):
            desk.done[state] += 1


def _drain(desk: Desk) -> None:
    lease = desk.company.settings.delivery.lease_seconds
    while desk.unreachable < desk.company.settings.delivery.attempts:
        batch = outbox.claim(desk.engine, desk.by, desk.clock(), lease, BATCH)
        if batch:
            _send_batch(desk, batch)
        elif (due := outbox.next_due(desk.engine)) is None:
            return
        else:
            desk.sleep(max(0.01, (datetime.fromisoformat(due) - desk.clock()).total_seconds()))
    desk.problems.append(desk.away)


def _send_batch(desk: Desk, batch: tuple[OutboxRow, ...]) -> None:
    """Send what was claimed; when the server or the folder is away, give the rest back."""
    for number, row in enumerate(batch):
        try:
            desk.done[_send(desk, row)] += 1
            desk.unreachable = 0
        except UnreachableError as error:
            desk.unreachable += 1
            desk.away = str(error)
            return _give_back(desk, batch[number:], desk.unreachable)
        except JixiaoError:
            _give_back(desk, batch[number:], 0)
            raise
        except _ClaimLostError:
            continue
    return None


def _send(desk: Desk, row: OutboxRow) -> State:
    if outbox.superseded(desk.engine, row):
        return _finish(desk, row, "cancelled", "superseded")
    try:
        letter = row.letter
        most = desk.company.settings.delivery.max_message_bytes
        raw = build(letter, desk.enclosures.of(letter), most, desk.look)
    except DeliveryError as error:
        desk.problems.append(f"message {row.message_id}: {error}")
        return _finish(desk, row, "held", error.what)
    current = [row]
    try:
        desk.transport.send(raw, row.message_id, letter.sender, letter.address, lambda: _begin(desk, current))
    except RefusedError as error:
        return _refused(desk, current[0], error)
    except AnswerLostError as error:
        desk.problems.append(f"message {row.message_id}: {error}")
        return _finish(desk, current[0], "unknown", "answer lost")
    return _finish(desk, current[0], "sent", "")


def _begin(desk: Desk, current: list[OutboxRow]) -> None:
    """Written before the text goes out, so that a crash in between is seen as a fate unknown."""
    lease = desk.clock() + timedelta(seconds=desk.company.settings.delivery.lease_seconds)
    detail = "repeatable" if desk.transport.repeatable else ""
    begun = outbox.advance(desk.engine, current[0], "sending", desk.clock(), by=desk.by, until=lease, detail=detail)
    if begun is None:
        raise _ClaimLostError
    current[0] = begun


def _refused(desk: Desk, row: OutboxRow, error: RefusedError) -> State:
    attempt, settings = row.attempt + 1, desk.company.settings.delivery
    detail = f"smtp {error.code}"
    if error.permanent or attempt >= settings.attempts:
        desk.problems.append(f"message {row.message_id}: {error}")
        return _finish(desk, row, "failed", detail, attempt=attempt)
    again = desk.clock() + timedelta(seconds=settings.retry_seconds * 2 ** (attempt - 1))
    return _finish(desk, row, "queued", detail, attempt=attempt, until=again)


def _finish(
    desk: Desk, row: OutboxRow, state: State, detail: str, *, attempt: int | None = None, until: datetime | None = None
) -> State:
    """Write what happened. If the lease ran out meanwhile and others wrote something, what we know still counts."""
    latest: OutboxRow | None = row
    while latest is not None and latest.state not in {"sent", "cancelled"}:
        if outbox.advance(
            desk.engine, latest, state, desk.clock(), by=desk.by, detail=detail, attempt=attempt, until=until
        ):
            return state
        latest = outbox.get(desk.engine, row.message_id)
        if row.state != "sending":
            raise _ClaimLostError
    return state


def _give_back(desk: Desk, rows: tuple[OutboxRow, ...], failures: int) -> None:
    """Queue claimed messages again; after failures not before a pause that doubles each time."""
    pause = desk.company.settings.delivery.retry_seconds * 2 ** (failures - 1) if failures else 0
    until = desk.clock() + timedelta(seconds=pause)
    for row in rows:
        last = outbox.get(desk.engine, row.message_id) or row
        if last.by == desk.by and last.state in {"claimed", "sending"}:
            outbox.advance(desk.engine, last, "queued", desk.clock(), by=desk.by, until=until, detail="given back")
