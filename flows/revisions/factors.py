"""In what a ground is otherwise than what the revision before stood on: each a cause, and the ground without it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from flows.company import Company
from flows.computing import Ground
from flows.revisions import words
from flows.revisions.snapshots import LateRows, differing_tables, late_rows
from flows.revisions.stood_on import StoodOn, not_in, other_periods, other_schemes, other_settings
from flows.wiring import code_version
from transforms.corrections.model import Correction
from transforms.revisions import Cause
from transforms.scoring.results import PeriodResults
from transforms.titles import Title

MOST = 24  # results are computed once a factor; more corrections than this are traced by department
UNMEASURED = frozenset({"judgements", "targets", "events", "attendance", "pay_items"})  # read by scoring alone


@dataclass(frozen=True)
class Factor:
    """One thing that is otherwise. `without`: the ground had it not been; None: that cannot be computed any more.

    `measures`: without it the daily measures may be others. `late`: which rows came late. `concerns`: whom the
    corrections are about (empty: not known).
    """

    cause: Cause
    without: Ground | None = None
    measures: bool = False
    late: LateRows | None = None
    concerns: frozenset[str] = frozenset()


def factors(company: Company, then: StoodOn, ground: Ground, results: PeriodResults) -> tuple[Factor, ...]:
    """Everything that is otherwise; what can be computed first."""
    others = (*_late(company, then, ground), *_rest(company, then, ground))
    corrected = tuple(_corrections(then, ground))
    if len(corrected) + len(others) > MOST:
        corrected = tuple(_grouped(corrected, ground, results))
    return (*corrected, *others, *_untold(company, then, ground))


def _corrections(then: StoodOn, ground: Ground) -> Iterator[Factor]:
    old = {each.id: each for each in then.corrections}
    for each in not_in(ground.corrections, then.corrections):
        yield _of(each, words.made(each), ground.without(each.id))
    for each in not_in(then.corrections, ground.corrections):
        yield _of(each, words.taken_back(each), _with(ground, each))
    for each in ground.corrections:
        if each.id in old and old[each.id].reason != each.reason:
            yield _of(each, words.reworded(each), _with(ground.without(each.id), old[each.id]))


def _of(correction: Correction, says: Title, without: Ground) -> Factor:
    cause = Cause(kind="correction", key=correction.id, says=says, reason=correction.reason)
    return Factor(cause, without, _is_measured(correction), concerns=frozenset(correction.concerns))


def _with(ground: Ground, correction: Correction) -> Ground:
    return replace(ground, corrections=tuple(sorted((*ground.corrections, correction), key=lambda each: each.id)))


def _is_measured(correction: Correction) -> bool:
    fact = correction.row is not None and correction.row.table not in UNMEASURED
    return fact or correction.attribution is not None


def _grouped(single: Sequence[Factor], ground: Ground, results: PeriodResults) -> Iterator[Factor]:
    """One factor a department; those about people of several departments, or about nobody, stand apart."""
    department = {each.employee_id: each.department_id for each in results.people}
    groups: dict[str, list[Factor]] = defaultdict(list)
    for each in single:
        groups[", ".join(sorted({department.get(who, "") for who in each.concerns}))].append(each)
    for name, these in sorted(groups.items()):
        yield these[0] if len(these) == 1 else _group(name or "-", these, ground)


def _group(where: str, these: Sequence[Factor], ground: Ground) -> Factor:
    cause = Cause(
        kind="correction", key=", ".join(each.cause.key for each in these), says=words.group(where, len(these)),
        reason="; ".join(f"{each.cause.key}: {each.cause.reason}" for each in these),
    )  # fmt: skip
    return Factor(
        cause, _without_all(ground, these), any(each.measures for each in these),
        concerns=frozenset(who for each in these for who in each.concerns),
    )  # fmt: skip


def _without_all(ground: Ground, these: Iterable[Factor]) -> Ground:
    """Each factor turns one correction back: what its ground has otherwise, put together."""
    here = {each.id: each for each in ground.corrections}
    for factor in these:
        there = {each.id: each for each in factor.without.corrections} if factor.without else {}
        here = {key: there.get(key, each) for key, each in here.items() if key != factor.cause.key or key in there}
        here |= {key: each for key, each in there.items() if key == factor.cause.key}
    return replace(ground, corrections=tuple(here[key] for key in sorted(here)))


def _late(company: Company, then: StoodOn, ground: Ground) -> Iterator[Factor]:
    old, new = then.revision.snapshot_id, ground.snapshot_id
    for table in differing_tables(company, old, new):
        found = late_rows(company, table, old, new)
        cause = Cause(kind="late_rows", key=table, says=words.late(table, found.count, found.shown), rows=found.shown)
        yield Factor(cause, replace(ground, tables_of=((table, old),)), table not in UNMEASURED, found)


def _rest(company: Company, then: StoodOn, ground: Ground) -> Iterator[Factor]:
    """What else results can be computed without, from the measures there are."""
    if periods := other_periods(company, then, ground):
        cause = Cause(kind="earlier_period", key=", ".join(periods), says=words.earlier(periods))
        yield Factor(cause, replace(ground, revisions_until=then.revisions_until, final_periods=then.final_periods))
    if then.carried != ground.carried:
        cause = Cause(kind="carried", key=ground.period.key, says=words.CARRIED)
        yield Factor(cause, replace(ground, carried=then.carried))
    if then.as_of is not None and then.as_of != ground.as_of:
        cause = Cause(kind="day", key=str(ground.as_of), says=words.DAY)
        yield Factor(cause, replace(ground, as_of=then.as_of))


def _untold(company: Company, then: StoodOn, ground: Ground) -> Iterator[Factor]:
    """What belongs to no ground: it stays as the cause of what nothing else explains."""
    for key, title in other_schemes(company, then, ground):
        yield Factor(Cause(kind="scheme", key=key, says=words.scheme(title)))
    if names := other_settings(company, then):
        yield Factor(Cause(kind="settings", key=", ".join(names), says=words.settings(names)))
    if then.code_version != code_version():
        yield Factor(Cause(kind="program", key=code_version(), says=words.PROGRAM))
