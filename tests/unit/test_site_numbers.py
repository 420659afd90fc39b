"""Every number of a closed month that is a person's own is made by the rows listed for it; the others are known."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from flows import wiring
from flows.scheme_records import of_revision
from flows.settings import load_company
from flows.site.lists import Lists, NumberedLine, arranged
from flows.site.making import measures_of, relations_of
from flows.site.numbers import lines_of
from flows.site.rows import filtered_of, known, rows_of
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import latest, load_results
from tests.month_end_company import PERIOD, Closed
from transforms.metrics.catalogue import CATALOGUE
from transforms.period import parse
from transforms.scoring.results import PeriodResults

DAYS = parse(PERIOD)


@pytest.fixture(scope="module")
def revision(closed: Closed) -> RecordedRevision:
    found = latest(wiring.ledger(load_company(closed.root)), PERIOD)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def results(closed: Closed, revision: RecordedRevision) -> PeriodResults:
    return load_results(wiring.ledger(load_company(closed.root)), revision.id)


@pytest.fixture(scope="module")
def everybody(closed: Closed, revision: RecordedRevision, results: PeriodResults) -> dict[str, Lists]:
    lines = {person.employee_id: lines_of(person, PERIOD) for person in results.people}
    with closing(relations_of(load_company(closed.root), revision, lines)) as con:
        rows = {measure: rows_of(con, measure, lines) for measure in known(measures_of(lines))}
        filtered = filtered_of(con, lines, DAYS.start, DAYS.end)
    own = {who: {name: found for (other, name), found in filtered.items() if other == who} for who in lines}
    return {who: arranged(told, rows, own[who], who) for who, told in lines.items()}


@pytest.fixture(scope="module")
def of_more(closed: Closed, revision: RecordedRevision) -> set[tuple[str, str]]:
    """Scheme and key of the indicators that take the value of a department or of the company."""
    recorded = of_revision(wiring.ledger(load_company(closed.root)), revision.id)
    return {
        (scheme.title.zh_hans, indicator.key)
        for scheme, version in recorded
        for _, _, indicator in version.placed()
        if indicator.of != "own"
    }


def disagreeing(everybody: dict[str, Lists]) -> Iterator[NumberedLine]:
    for lists in everybody.values():
        for line in lists.lines:
            if not all(number is None or number.agrees for number in (line.numerator, line.denominator)):
                yield line


def shared(key: str) -> bool:
    """Whether a metric's own definition takes in others, or a mean over days."""
    metric = CATALOGUE.get(key)
    return metric is not None and (metric.denominator_of, metric.numerator_of) != ("own", "own")


def test_every_own_number_is_made_by_its_rows(everybody: dict[str, Lists], of_more: set[tuple[str, str]]) -> None:
    numbers = [
        each for lists in everybody.values() for line in lists.lines for each in (line.numerator, line.denominator)
    ]
    assert sum(number is not None and number.agrees and number.listed > 0 for number in numbers) > 200
    wrong = [
        (each.line.scheme.zh_hans, each.line.key)
        for each in disagreeing(everybody)
        if (each.line.scheme.zh_hans, each.line.key) not in of_more and not shared(each.line.key.rpartition(".")[2])
    ]
    assert wrong == []


def test_what_is_of_a_whole_department_is_not_said_to_be_a_person_s(everybody: dict[str, Lists]) -> None:
    assert any(each.line.key == "service_level" for each in disagreeing(everybody))


def test_contacts_that_were_not_counted_are_those_of_the_ledger(
    everybody: dict[str, Lists], results: PeriodResults
) -> None:
    listed = {
        who: {one.filter: len(one.whole.rows) for one in lists.filtered}
        for who, lists in everybody.items()
        if lists.filtered
    }
    assert listed == results.filtered
    assert sum(sum(each.values()) for each in listed.values()) > 0


def test_amounts_that_pay_is_computed_from_lead_to_their_rows(everybody: dict[str, Lists]) -> None:
    paid = [each for lists in everybody.values() for each in lists.lines if each.line.kind == "pay"]
    assert {each.line.key for each in paid} >= {"commission.paid_amount"}
    assert all(each.numerator and each.numerator.agrees and each.denominator is None for each in paid)
