"""What people are compared by when scores are looked at for fairness: how long they are there, which shop, nights.

Facts of work only, as codes; a partition that the data does not hold is left out. Groups follow from these codes in
`transforms.reports.fairness`; nobody's score does.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from transforms.period import Period
from transforms.scoring.book import Book
from transforms.scoring.people import read_day, rows, text
from transforms.scoring.results import PeriodResults, PersonResult

if TYPE_CHECKING:  # pandas takes half a second, and who only reads results needs none of it
    import pandas as pd

SEVERAL, NONE = "several", "none"  # shops; a shop's own code is its id
_TENURES = ((6, "under_6_months"), (12, "6_to_12_months"), (36, "1_to_3_years"))
_LONGEST = "from_3_years"


def with_profiles(book: Book, results: PeriodResults) -> PeriodResults:
    """The results with each person's profile: `tenure`, `shop` (with `shop_title`) where accounts tell, `shift`."""
    shops, nights = _shops(book), _nights(book)
    titles = {str(row["shop_id"]): str(row["title"]) for row in rows(book.inputs.shops)}
    people = tuple(_with_profile(person, book, shops, titles, nights) for person in results.people)
    return results.model_copy(update={"people": people})


def _with_profile(
    person: PersonResult, book: Book, shops: dict[str, set[str]], titles: dict[str, str], nights: frozenset[str]
) -> PersonResult:
    who, profile = person.employee_id, {}
    if employee := book.employees.get(who):
        profile["tenure"] = tenure(employee.hired_on, book.period.end)
    if shops:
        profile |= _shop(shops.get(who, set()), titles)
    if nights:
        profile["shift"] = "with_nights" if who in nights else "days_only"
    return person.model_copy(update={"profile": profile})


def tenure(hired_on: date, at: date) -> str:
    """How long somebody hired on a day is there, in whole months at the end of a day, as a code."""
    after = at + timedelta(1)
    months = (after.year - hired_on.year) * 12 + after.month - hired_on.month - (after.day < hired_on.day)
    return next((code for below, code in _TENURES if months < below), _LONGEST)


def _shop(shops: set[str], titles: dict[str, str]) -> dict[str, str]:
    """The one shop with its title, or that there is none or there are several."""
    if len(shops) != 1:
        return {"shop": SEVERAL if shops else NONE}
    shop = next(iter(shops))
    return {"shop": shop} | ({"shop_title": titles[shop]} if shop in titles else {})


def _shops(book: Book) -> dict[str, set[str]]:
    """The shops whose accounts somebody used or whose product lines somebody had in the period."""
    found: dict[str, set[str]] = {}
    for frame in (book.inputs.accounts, book.inputs.responsibilities):
        for who, shop in _held(frame, book.period):
            found.setdefault(who, set()).add(shop)
    return found


def _held(frame: "pd.DataFrame", period: Period) -> Iterator[tuple[str, str]]:
    for row in rows(frame):
        who, since, until = text(row["employee_id"]), read_day(row["valid_from"]), read_day(row["valid_until"])
        if who and (since or date.min) <= period.end and period.start <= (until or date.max):
            yield who, str(row["shop_id"])


def _nights(book: Book) -> frozenset[str]:
    """Who worked a night shift in the period, as events tell."""
    told = ((at[2], each) for at, each in book.events.items() if at[:2] == ("night_shift", "employee"))
    return frozenset(who for who, each in told if _within(book.period, (event.day for event in each)))


def _within(period: Period, days: Iterable[date]) -> bool:
    return any(day in period for day in days)
