"""Who owes what to whom by when, and how far it is: not made, made, out, incomplete, late, received."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from flows import wiring
from flows.company import Company
from flows.schemes import load_schemes
from flows.sheets.dues import Dues, due_days_of
from flows.sheets.expected import Asked, Expected, Shortfall, expected
from flows.sheets.layout import row_code
from flows.sheets.made import act_of
from flows.sheets.model import SHEET, Made, Owed, Received, State, sheet_id
from flows.sheets.raters import load_raters
from flows.sheets.situation import Situation, situation
from flows.warehouse import journal
from flows.working_calendar import calendar_of
from transforms.period import Period

Code = tuple[str, str]  # rater, code of a row


@dataclass(frozen=True)
class Standing:
    """A period's sheets as they stand: what raters owe, the departments' workbooks, and where raters are missing.

    `dues`: all four days, by rater and due day. `departments`: for whom and how far, by sheet.
    `unknown_years`: years of due days whose public holidays are not known.
    """

    owed: tuple[Owed, ...]
    dues: dict[tuple[str, date], Dues]
    departments: dict[str, tuple[str, State]]
    shortfalls: tuple[Shortfall, ...]
    unknown_years: tuple[int, ...]


@dataclass(frozen=True)
class _Acts:
    """What the journal says: sheets that were made and received, judgements given and taken back by sheets."""

    made: Mapping[str, Made]
    received: frozenset[str]
    given: frozenset[Code]
    withdrawn: frozenset[Code]


def owed(company: Company, period: Period, today: date) -> tuple[Owed, ...]:
    """What every rater owes: a row a rater and due day, those of whom nothing is missing included."""
    return standing(company, period, today).owed


def standing(company: Company, period: Period, today: date) -> Standing:
    """Everything that is asked for in a period, held against what came back in sheets and in other exports."""
    seen = situation(company, period)
    asked = expected(seen.book, load_schemes(company), load_raters(company), due_days_of(company))
    acts = _acts(wiring.ledger(company), period)
    rows = tuple(_owed(period, rater, dues, mine, seen, acts, today) for (rater, dues), mine in _by_due(asked).items())
    last = max((each.dues.finance for each in asked.asked), default=period.end)
    return Standing(
        owed=rows, dues={(each.rater_id, each.dues.back): each.dues for each in asked.asked},
        departments=dict(_departments(acts)), shortfalls=asked.shortfalls,
        unknown_years=calendar_of(company).unknown_years(period.start, last),
    )  # fmt: skip


def _by_due(asked: Expected) -> dict[tuple[str, Dues], list[Asked]]:
    found: dict[tuple[str, Dues], list[Asked]] = {}
    for each in asked.asked:
        found.setdefault((each.rater_id, each.dues), []).append(each)
    return dict(sorted(found.items(), key=lambda item: item[0]))


def _owed(
    period: Period, rater: str, dues: Dues, mine: Sequence[Asked], seen: Situation, acts: _Acts, today: date
) -> Owed:
    sheet = sheet_id(period, rater)
    given = sum(_given(each, seen, acts) for each in mine)
    missing = given < len(mine)
    state = _state(asked=len(mine), given=given, dues=dues, made=sheet in acts.made, today=today)
    return Owed(
        sheet=sheet, rater_id=rater, asked=len(mine), given=given, anonymous=sum(each.anonymous for each in mine),
        state=state, out=dues.out, back=dues.back, days_late=max(0, (today - dues.back).days) if missing else 0,
    )  # fmt: skip


def _given(each: Asked, seen: Situation, acts: _Acts) -> bool:
    """Whether a judgement is there: in a sheet that came back, or among the exports and corrections of the period."""
    key = (each.rater_id, row_code(each.employee_id, each.indicator, each.role))
    if key in acts.withdrawn:
        return False
    return key in acts.given or (each.employee_id, each.indicator, each.role, each.rater_id) in seen.given


def _state(*, asked: int, given: int, dues: Dues, made: bool, today: date) -> State:
    if given >= asked:
        return "received"
    if today > dues.back:
        return "late"
    if given:
        return "incomplete"
    if not made:
        return "not_made"
    return "out" if today >= dues.out else "made"


def _departments(acts: _Acts) -> Iterator[tuple[str, tuple[str, State]]]:
    """Workbooks of departments: nothing in them is owed, so they are made or received."""
    for sheet, made in sorted(acts.made.items()):
        if made.kind == "department":
            yield sheet, (made.made_for, "received" if sheet in acts.received else "made")


def _acts(engine: sa.Engine, period: Period) -> _Acts:
    made, received = [], []
    for entry in journal.entries(engine, period=period.key, kinds=(SHEET,)):
        if act_of(entry) == "made":
            made.append(entry.read(Made))
        else:
            received.append(entry.read(Received))
    given, withdrawn = _told(received)
    return _Acts({each.sheet: each for each in made}, frozenset(each.sheet for each in received), given, withdrawn)


def _told(received: Iterable[Received]) -> tuple[frozenset[Code], frozenset[Code]]:
    """The judgements that stand and those taken back; a later sheet says otherwise than an earlier one."""
    last: dict[Code, bool] = {}
    for each in received:
        last |= {(each.made_for, code): True for code in each.given}
        last |= {(each.made_for, code): False for code in each.withdrawn}
    return frozenset(key for key, told in last.items() if told), frozenset(
        key for key, told in last.items() if not told
    )


def rows(stands: Standing) -> tuple[dict[str, object], ...]:
    """A row a rater and due day, then the departments' workbooks; what is late first."""
    raters = sorted(stands.owed, key=lambda each: (-each.days_late, each.back, each.rater_id))
    return (*(_row(each, stands.dues[each.rater_id, each.back]) for each in raters), *_department_rows(stands))


def _row(each: Owed, dues: Dues) -> dict[str, object]:
    return {
        "sheet": each.sheet, "rater": each.rater_id, "asked": each.asked, "given": each.given, "missing": each.open,
        "anonymous": each.anonymous, "state": each.state, "out": dues.out.isoformat(), "back": dues.back.isoformat(),
        "summary": dues.summary.isoformat(), "finance": dues.finance.isoformat(), "days_late": each.days_late,
    }  # fmt: skip


def _department_rows(stands: Standing) -> Iterator[dict[str, object]]:
    blank = dict.fromkeys(("out", "back", "summary", "finance"), "")
    for sheet, (made_for, state) in stands.departments.items():
        told = {"sheet": sheet, "rater": made_for, "asked": 0, "given": 0, "missing": 0, "anonymous": 0, "state": state}
        yield {**told, **blank, "days_late": 0}
