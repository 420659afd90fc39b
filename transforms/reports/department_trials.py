"""Trials side by side: what each would say of whom, a row a person, a few trials a table."""

from collections.abc import Iterator, Sequence

from transforms.reports.appraisal_model import SchemePerson, SchemeView
from transforms.reports.department_model import TrialCell, TrialRow, TrialTable

ABREAST = 5  # columns that fit beside a name on paper


def trial_tables(schemes: Sequence[SchemeView]) -> tuple[TrialTable, ...]:
    """Of the trials that say something of people, in their order."""
    trials = [scheme for scheme in schemes if scheme.counts == "trial" and (scheme.has_scores or scheme.has_pay)]
    return tuple(_table(trials[n : n + ABREAST]) for n in range(0, len(trials), ABREAST))


def _table(trials: Sequence[SchemeView]) -> TrialTable:
    cells = [{row.employee_id: row for row in trial.people} for trial in trials]
    people = {row.employee_id: row.name for trial in trials for row in trial.people if _says_something(row)}
    return TrialTable(
        titles=tuple(trial.title for trial in trials),
        rows=tuple(
            TrialRow(employee_id=who, name=people[who], cells=tuple(_cells(cells, who))) for who in sorted(people)
        ),
        totals_fen=tuple(trial.total_fen if trial.has_pay else None for trial in trials),
    )


def _cells(columns: Sequence[dict[str, SchemePerson]], who: str) -> Iterator[TrialCell | None]:
    for column in columns:
        row = column.get(who)
        yield TrialCell(score=row.score, pay_fen=row.pay_fen) if row else None


def _says_something(row: SchemePerson) -> bool:
    return row.score is not None or bool(row.pay_fen)
