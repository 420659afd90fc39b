"""Laws of sheets: days in order and worked, everybody who is asked is asked once, and never about himself."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from flows.company import Sheets
from flows.sheets.dues import dues_by
from flows.sheets.expected import expected
from flows.sheets.raters import RaterRules
from flows.working_calendar import WorkingCalendar
from tests.scheme_kit import CSAT, HEAD, MANUAL, book, company, read
from transforms.period import Period, parse
from transforms.schemes.scheme import Scheme, SheetCalendar

with TemporaryDirectory() as _folder:
    SMALL = read(Path(_folder), HEAD + CSAT.format(weight=60) + MANUAL.format(weight=40))
ROLES = ("self", "manager", "peer", "subordinate")
PEOPLE = [f"E{n}" for n in range(6)]

calendars = st.builds(
    WorkingCalendar, official=st.booleans(),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=40),
)  # fmt: skip
months = st.builds(lambda n: Period(date(2026, 1, 1), date(2026, 1, 31)).shifted(n), st.integers(0, 20))
in_order = st.lists(st.integers(1, 31), min_size=4, max_size=4).map(sorted)


def scheme(**changes: object) -> Scheme:
    version = SMALL.versions[0].model_copy(update=changes)
    return SMALL.model_copy(update={"versions": (version,)})


@given(calendars, months, in_order, st.sampled_from(["next", "previous", "same"]))
def test_days_written_in_order_stay_in_order_and_are_worked(
    calendar: WorkingCalendar, month: Period, days: list[int], on_day_off: str
) -> None:
    names = ("out", "back", "summary", "finance")
    told = SheetCalendar.model_validate({**dict(zip(names, days, strict=True)), "on_day_off": on_day_off})
    due = scheme(calendar=told)
    found = dues_by(calendar, Sheets(), due, due.versions[0], month)
    placed = [found.out, found.back, found.summary, found.finance]
    assert placed == sorted(placed)
    if on_day_off == "same":
        assert all(day in month.shifted(1) for day in placed)
    else:
        assert all(map(calendar.is_working, placed))


@given(calendars, months, st.integers(1, 20), st.integers(0, 20))
def test_the_companys_days_are_so_many_working_days_after_the_period(
    calendar: WorkingCalendar, month: Period, out: int, more: int
) -> None:
    settings = Sheets(out=out, back=out + more, summary=out + more, finance=out + more)
    found = dues_by(calendar, settings, SMALL, SMALL.versions[0], month)
    after = month.end + timedelta(1)
    assert len(calendar.days(after, found.out)) == out
    assert len(calendar.days(after, found.back)) == out + more


rules = st.lists(
    st.fixed_dictionaries({
        "role": st.sampled_from(ROLES), "raters": st.lists(st.sampled_from(PEOPLE), max_size=4),
        "whom": st.fixed_dictionaries({"employees": st.lists(st.sampled_from(PEOPLE), max_size=2)}),
    }),
    max_size=4,
)  # fmt: skip
judged_by = st.dictionaries(st.sampled_from(ROLES), st.integers(1, 3), min_size=1)


@given(st.lists(st.sampled_from(["member", "manager", "helper"]), min_size=6, max_size=6), rules, judged_by)
def test_everybody_is_asked_once_and_judges_himself_only_as_himself(
    roles: list[str], told: list[dict[str, object]], wanted: dict[str, int]
) -> None:
    inputs = company([(who, "cs", date(2025, 1, 1), None, role) for who, role in zip(PEOPLE, roles, strict=True)])
    equal = {role: round(100 / len(wanted), 2) for role in wanted}
    first = next(iter(wanted))
    equal[first] = round(100 - sum(value for role, value in equal.items() if role != first), 2)
    judged = {"roles": {role: str(value) for role, value in equal.items()}, "raters": wanted}
    asking = scheme(judged_by=SMALL.versions[0].judged_by.model_validate(judged))  # type: ignore[union-attr]
    found = expected(
        book(inputs=inputs), (asking,), RaterRules.model_validate({"raters": told}),
        lambda one, version, window: dues_by(WorkingCalendar(), Sheets(), one, version, window),
    )  # fmt: skip
    keys = [(each.rater_id, each.employee_id, each.indicator, each.role) for each in found.asked]
    assert len(keys) == len(set(keys))
    assert all(rater != who or role == "self" for rater, who, _, role in keys)
    assert {who for _, who, _, _ in keys}.isdisjoint(
        who for who, role in zip(PEOPLE, roles, strict=True) if role == "helper"
    )
    for short in found.shortfalls:
        asked = [key for key in keys if key[1] == short.employee_id and key[3] == short.role]
        assert len(asked) == short.found < short.wanted
    told_of = {(short.employee_id, short.role) for short in found.shortfalls}
    judged_people = [who for who, role in zip(PEOPLE, roles, strict=True) if role != "helper"]
    for who in judged_people:
        for role, count in wanted.items():
            there = sum(key[1] == who and key[3] == role for key in keys)
            assert there >= count or (who, role) in told_of or role == "self"


def test_a_month_is_a_month() -> None:
    """The months above are natural ones: otherwise the first law would hold of nothing."""
    assert parse("2026-02") == Period(date(2026, 1, 1), date(2026, 1, 31)).shifted(1)
