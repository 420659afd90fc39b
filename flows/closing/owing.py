"""Who owes sheets."""

from datetime import date

from flows.company import Company
from flows.sheets.model import Owed
from transforms.period import Period


def owed(company: Company, period: Period, today: date) -> tuple[Owed, ...]:
    """What every rater owes."""
    try:
        from flows.sheets import status
    except ImportError:
        return ()
    return tuple(status.owed(company, period, today))
