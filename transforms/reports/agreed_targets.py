"""Targets that were agreed and that some scheme looked at, read from the derivations of results."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from transforms.scoring.results import DepartmentResult, PeriodResults, PersonResult, Trace

_TARGET_OF = "target of "
Agreed = dict[tuple[str, str], dict[str, Decimal]]  # level, metric → subject → target


def agreed_targets(traces: Iterable[Trace]) -> Agreed:
    """By level and metric, then by subject; in the metric's unit, amounts in fen."""
    found: Agreed = {}
    for leaf in (leaf for trace in traces for leaf in _leaves(trace)):
        key = leaf.args["level"], leaf.label.removeprefix(_TARGET_OF)
        found.setdefault(key, {})[leaf.args["subject"]] = leaf.value or Decimal(0)
    return found


def _leaves(trace: Trace) -> Iterator[Trace]:
    if trace.op == "target" and "level" in trace.args:
        yield trace
    for each in trace.inputs:
        yield from _leaves(each)


def results_traces(results: PeriodResults) -> Iterator[Trace]:
    """The derivations of everybody's lines and of all departments'."""
    for person in results.people:
        yield from _person_traces(person)
    for department in results.departments:
        yield from department_traces(department)


def _person_traces(person: PersonResult) -> Iterator[Trace]:
    beside = (one.card for one in person.appraisals if one.card)
    yield from (line.trace for card in (*person.cards, *beside) for line in card.indicators)
    yield from (line.trace for one in person.appraisals for sheet in one.sheets for line in sheet.lines)


def department_traces(department: DepartmentResult) -> Iterator[Trace]:
    """The derivations of a department's own lines and values."""
    own = (department.card, *(one.card for one in department.appraisals))
    yield from (line.trace for card in own if card for line in card.indicators)
    yield from (value.trace for one in department.appraisals for value in one.values)
