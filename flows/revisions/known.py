"""Which revision is asked for: the latest, one by its number, or what was known at the end of a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows import wiring
from flows.company import Company
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import history
from transforms.errors import NotFoundError
from transforms.period import Period


@dataclass(frozen=True)
class Known:
    """`number`: that revision of the period. `on`: the latest there was at the end of that day, where the company is.

    Both empty: the latest there is.
    """

    number: int | None = None
    on: date | None = None


LATEST = Known()


def revision_of(company: Company, period: Period, known: Known = LATEST) -> RecordedRevision:
    """The revision that is asked for.

    Raises:
        NotFoundError: the period has no revision, none of that number, or had none on that day.
    """
    revisions = history(wiring.ledger(company), period.key)
    if not revisions:
        raise NotFoundError(f"period {period.key} has no revision", todo=f"run it first: jixiao run {period.key}")
    found = [each for each in revisions if _is_asked(each, known, company)]
    if not found:
        raise _not_known(period, known, revisions)
    return found[-1]


def _is_asked(revision: RecordedRevision, known: Known, company: Company) -> bool:
    by_number = known.number is None or revision.number == known.number
    return by_number and (known.on is None or revision.created_at < _end_of(known.on, company))


def _end_of(day: date, company: Company) -> datetime:
    return datetime.combine(day + timedelta(1), time(), ZoneInfo(company.settings.time_zone))


def _not_known(period: Period, known: Known, revisions: tuple[RecordedRevision, ...]) -> NotFoundError:
    first, last = revisions[0], revisions[-1]
    todo = f"jixiao history {period.key} lists its revisions"
    if known.number is not None and known.on is None:
        what = f"period {period.key} has no revision {known.number}: its last one is {last.number}"
        return NotFoundError(what, todo=todo)
    if known.number is not None:
        return NotFoundError(f"revision {known.number} of {period.key} was not known on {known.on}", todo=todo)
    what = f"nothing was known of period {period.key} on {known.on}"
    return NotFoundError(f"{what}: its first revision was made on {first.created_at:%Y-%m-%d}", todo=todo)
