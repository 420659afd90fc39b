"""How many people were there for how long, and how the work lay on them: plain counts, no judgement.

Work is what indicators count already: the numerators and denominators of metrics, per working day.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from transforms.measures.catalogue import measure_of
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import MetricValue
from transforms.reports.department_model import Load, Part, Volume, Workload
from transforms.scoring.results import PeriodResults, PersonResult

# What comes to a person and takes time, by measure; the first few that a department has are shown.
WORK = (
    "received", "requests", "tickets_resolved", "due_orders", "due_returns", "delivered_orders", "handled_orders",
    "deliveries_checked", "tasks_due",
)  # fmt: skip
SHOWN = 4
FAR = Decimal("1.5")  # times the median of the people's work per day
FEWEST = 3  # people with that work: of two, neither is far from a middle
SMALL = 10  # of fewer cases a person, one more or less makes anybody "far"


def workload(people: Sequence[PersonResult], department_id: str, results: PeriodResults) -> Workload:
    """Of the department's people, whoever has a working day in it."""
    days = {person.employee_id: days_in(person, department_id) for person in people}
    names = {person.employee_id: person.name for person in people}
    done = _done(results, department_id, days)
    volumes = (volume(measure, done[measure], days, names) for measure in WORK if measure in done)
    return Workload(
        people=len(people),
        days=sum(days.values()),
        part=tuple(_part(person) for person in people if 0 < person.working_days < person.period_working_days),
        volumes=tuple(each for each in volumes if each)[:SHOWN],
    )


def days_in(person: PersonResult, department_id: str) -> int:
    """Working days in the department; of somebody without a card there, all of the period's own."""
    found = [card.working_days for card in person.cards if card.department_id == department_id]
    return sum(found) if found else person.working_days


def _part(person: PersonResult) -> Part:
    return Part(
        employee_id=person.employee_id, name=person.name, days=person.working_days, of=person.period_working_days
    )


def _done(results: PeriodResults, department_id: str, days: Mapping[str, int]) -> dict[str, dict[str, Decimal]]:
    """By measure and person, in the period and this department."""
    found: dict[str, dict[str, Decimal]] = {}
    for value in results.values:
        if value.window == results.period and value.department_id == department_id and value.subject_id in days:
            for measure, count in _counts(value):
                found.setdefault(measure, {})[value.subject_id] = count
    return found


def _counts(value: MetricValue) -> Iterator[tuple[str, Decimal]]:
    """The person's own measures that a value stands on."""
    metric = CATALOGUE.get(value.metric)
    if value.level != "employee" or metric is None:
        return
    if metric.numerator in WORK and metric.numerator_of == "own" and value.numerator is not None:
        yield metric.numerator, value.numerator
    if metric.denominator in WORK and metric.denominator_of == "own" and value.denominator is not None:
        yield str(metric.denominator), value.denominator


def volume(
    measure: str, counted: Mapping[str, Decimal], days: Mapping[str, int], names: Mapping[str, str]
) -> Volume | None:
    """One kind of work per working day; None where nobody did any."""
    each = {who: count / days[who] for who, count in counted.items() if count and days[who]}
    if not each:
        return None
    middle = Decimal(median(each.values()))
    telling = len(each) >= FEWEST and median(counted[who] for who in each) >= SMALL
    far = sorted((who for who in each if telling and each[who] >= FAR * middle), key=lambda who: (-each[who], who))
    return Volume(
        title=measure_of(measure).meaning,
        total=sum(counted.values(), Decimal(0)),
        people=len(each),
        lowest=min(each.values()),
        median=middle,
        highest=max(each.values()),
        times=max(each.values()) / middle,
        far=tuple(
            Load(employee_id=who, name=names[who], total=counted[who], per_day=each[who], times=each[who] / middle)
            for who in far
        ),
    )
