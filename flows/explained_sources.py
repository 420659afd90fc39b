"""The lines of exports behind a trace: which measures its facts are sums of, in which days, and whose."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import duckdb

from flows import wiring
from flows.company import Company
from flows.corrections import rows
from flows.explained import Part, leaves, shown
from flows.facts import open_facts
from flows.revisions.stood_on import stood_on
from flows.warehouse.ledger import RecordedRevision
from transforms.metrics.catalogue import CATALOGUE
from transforms.period import parse
from transforms.scoring.results import Trace

Row = dict[str, object]
_JUDGED = """
select indicator, rater_id, role, cast(score as varchar), cast(given_at as varchar), _file, _row from judgements
where employee_id = $1 and rater_id = $2 and period = $3 and indicator in ($4, $5) order by all"""


@dataclass(frozen=True)
class Asked:
    """A measure in some days: of the person, or (`department_id` given) of everybody in a department."""

    measure: str
    window: str
    department_id: str | None = None

    def named(self, period: str) -> str:
        """The measure, and what of it is not plain."""
        told = [each for each in (self.department_id, self.window if self.window != period else None) if each]
        return self.measure + (f" ({', '.join(told)})" if told else "")


def of_metric(metric: str, window: str, department_id: str | None = None) -> tuple[Asked, ...]:
    """The measures a metric's value is made of."""
    found = CATALOGUE[metric]
    own = [found.denominator] if found.denominator and found.denominator_of == "own" else []
    return tuple(Asked(measure, window, department_id) for measure in (found.numerator, *own))


def of_parts(parts: Iterable[Part]) -> tuple[Asked, ...]:
    """The measures the parts stand on in their own days, each once.

    A sheet's lines are explained one by one, and what an earlier month gave by that month.
    """
    found = (
        asked for part in parts if part.kind != "sheet" for leaf in leaves(part.trace) for asked in _of(leaf, part)
    )
    return tuple(dict.fromkeys(found))


def _of(leaf: Trace, part: Part) -> Iterator[Asked]:
    if leaf.op == "measure":
        yield Asked(leaf.label, part.window, None if part.own else part.department_id)
    metric, of = leaf.args.get("metric", leaf.label), leaf.args.get("of", "own" if part.own else "department")
    now = leaf.args.get("window", part.window) == part.window
    if leaf.op == "metric" and metric in CATALOGUE and of in {"own", "department"} and now:
        whose = None if of == "own" and part.own else part.department_id
        yield from of_metric(metric, part.window, whose)


def source_rows(
    company: Company,
    revision: RecordedRevision,
    employee: str,
    people: dict[str, tuple[str | None, ...]],
    wanted: Iterable[Asked],
    limit: int,
) -> dict[str, list[Row]]:
    """At most `limit` lines a measure, by its name. `people`: whose lines are a department's; None: of nobody."""
    from transforms.measures.relations import prepare

    period, found = parse(revision.period), dict[str, list[Row]]()
    with closing(open_facts(company, revision.snapshot_id, period)) as con:
        rows.apply(con, stood_on(wiring.ledger(company), revision).corrections)
        for window, measures in groupby(sorted(wanted, key=lambda asked: asked.window), key=lambda asked: asked.window):
            prepare(con, company.settings.measures, parse(window))
            for asked in measures:
                whose = people.get(asked.department_id or "", (employee,))
                found[asked.named(period.key)] = _rows(con, asked.measure, whose, limit)
    return found


def judgement_rows(
    company: Company, revision: RecordedRevision, employee: str, parts: Iterable[Part], limit: int
) -> list[Row]:
    """The rows that judgements of the parts stand on, with the sheet or export each came in.

    Of raters that a trace names; where it names nobody, the file would tell who it was.
    """
    wanted = [_judged(leaf, part) for part in parts for leaf in leaves(part.trace) if leaf.op == "judgement"]
    named = [each for each in dict.fromkeys(wanted) if each[0]]
    if not named:
        return []
    with closing(open_facts(company, revision.snapshot_id, parse(revision.period))) as con:
        rows.apply(con, stood_on(wiring.ledger(company), revision).corrections)
        found = [line for each in named for line in con.execute(_JUDGED, [employee, *each]).fetchall()]
    names = ("indicator", "rater", "role", "score", "given_at", "file", "row")
    return [dict(zip(names, line, strict=True)) for line in dict.fromkeys(found)][:limit]


def _judged(leaf: Trace, part: Part) -> tuple[str, str, str, str]:
    """Rater, window, and what the indicator may be called: as the line, or as the rule of points says."""
    return leaf.args.get("rater", ""), part.window, part.name.rpartition(".")[2], leaf.label


def _rows(con: duckdb.DuckDBPyConnection, measure: str, employees: Iterable[str | None], limit: int) -> list[Row]:
    """Of one after the other, until there are enough."""
    from transforms.measures.catalogue import measure_of
    from transforms.measures.runner import prepared_rows

    found: list[Row] = []
    for employee in employees:
        if len(found) >= limit:
            break
        frame = prepared_rows(con, measure, employee, None, limit - len(found))
        decimals = measure_of(measure).decimals
        frame["value"] = [shown(Decimal(int(value)).scaleb(-decimals)) for value in frame["value"]]
        found += [{str(name): _plain(cell) for name, cell in row.items()} for row in frame.to_dict("records")]
    return found


def _plain(cell: object) -> object:
    text = str(cell)
    return None if text in {"NaT", "nan", "<NA>"} else text.removesuffix(" 00:00:00") if "00:00:00" in text else cell
