"""`jixiao explain`: one number, followed from score to rule, quotient, measures and lines of exports."""

import json
import sys
from contextlib import closing
from decimal import Decimal

from rich.tree import Tree

from flows import wiring
from flows.cli.output import Form, print_rows, screen
from flows.company import Company
from flows.facts import open_facts
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import latest, load_results
from flows.yaml_files import nearest
from transforms.errors import NotFoundError
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import MetricValue
from transforms.period import Period
from transforms.scoring.results import Card, IndicatorResult, PeriodResults, PersonResult, Trace
from transforms.titles import Locale

Row = dict[str, object]


def explain(company: Company, employee: str, key: str, period: Period, limit: int, form: Form) -> None:
    """Print how a metric or indicator of an employee came about; `limit` source rows a measure.

    Raises:
        NotFoundError: no revision, no such employee, or nothing known of the metric for that employee.
    """
    engine = wiring.ledger(company)
    revision = latest(engine, period.key)
    if revision is None:
        raise NotFoundError(f"period {period.key} has no revision", todo=f"run it first: jixiao run {period.key}")
    results = load_results(engine, revision.id)
    person = _person(results, employee)
    lines, values = _indicators(person, key), _values(results, employee, key, period)
    if not lines and not values:
        raise _unknown(results, employee, key)
    rows = _source_rows(company, revision, employee, key, period, limit) if key in CATALOGUE and limit else {}
    locale = company.settings.documents.locale
    if form is Form.JSON:
        _print_json(person, lines, values, rows, revision)
    else:
        _print_text(person, lines, values, rows, locale)


def _person(results: PeriodResults, employee: str) -> PersonResult:
    found = next((person for person in results.people if person.employee_id == employee), None)
    if found is None:
        guess = nearest(employee, [person.employee_id for person in results.people])
        todo = (f"did you mean {guess}? " if guess else "") + f"jixiao show scores {results.period} lists everybody"
        raise NotFoundError(f"no employee {employee} in {results.period}", todo=todo)
    return found


def _indicators(person: PersonResult, key: str) -> list[tuple[Card, IndicatorResult]]:
    return [(card, line) for card in person.cards for line in card.indicators if line.key == key]


def _values(results: PeriodResults, employee: str, key: str, period: Period) -> list[MetricValue]:
    mine = (value for value in results.values if value.level == "employee" and value.subject_id == employee)
    return [value for value in mine if value.metric == key and value.window == period.key]


def _unknown(results: PeriodResults, employee: str, key: str) -> NotFoundError:
    known = {
        line.key
        for person in results.people
        if person.employee_id == employee
        for card in person.cards
        for line in card.indicators
    }
    known |= {value.metric for value in results.values if value.subject_id == employee}
    guess = nearest(key, known)
    todo = (f"did you mean {guess}? " if guess else "") + f"known: {', '.join(sorted(known))}"
    return NotFoundError(f"nothing is known of '{key}' for {employee} in {results.period}", todo=todo)


def _source_rows(
    company: Company, revision: RecordedRevision, employee: str, key: str, period: Period, limit: int
) -> dict[str, list[Row]]:
    """Lines behind numerator and denominator, by measure."""
    from transforms.measures.catalogue import measure_of
    from transforms.measures.runner import source_rows

    metric, found = CATALOGUE[key], {}
    measures = [
        metric.numerator,
        *([metric.denominator] if metric.denominator and metric.denominator_of == "own" else []),
    ]
    with closing(open_facts(company, revision.snapshot_id, period)) as con:
        for measure in measures:
            frame = source_rows(con, company.settings.measures, measure, employee, None, period, limit)
            frame["value"] = [
                _shown(Decimal(int(value)).scaleb(-measure_of(measure).decimals)) for value in frame["value"]
            ]
            found[measure] = [{name: _plain(cell) for name, cell in row.items()} for row in frame.to_dict("records")]
    return found


def _plain(cell: object) -> object:
    text = str(cell)
    return None if text in {"NaT", "nan", "<NA>"} else text.removesuffix(" 00:00:00") if "00:00:00" in text else cell


def _print_text(
    person: PersonResult, lines: list[tuple[Card, IndicatorResult]], values: list[MetricValue],
    rows: dict[str, list[Row]], locale: Locale,
) -> None:  # fmt: skip
    for card, line in lines:
        title, scheme = line.title.in_locale(locale), card.scheme_title.in_locale(locale)
        screen.print(f"[bold]{person.name} ({person.employee_id})[/bold] · {title} · {scheme}")
        screen.print(f"{line.says.in_locale(locale)}\n{line.rule.in_locale(locale)}", style="dim")
        screen.print(_tree(line.trace))
        screen.print(
            f"score {_shown(line.score)} × weight {line.weight_used} / 100 = {_shown(line.points)} points"
            + (f" (missing: {line.missing})" if line.missing else "") + (" · provisional" if line.provisional else "")
        )  # fmt: skip
    if not lines:
        for value in values:
            screen.print(
                f"{value.metric}: {_shown(value.numerator)} / {_shown(value.denominator)} = {_shown(value.value)}"
            )
    for measure, found in rows.items():
        print_rows(f"{measure}: source rows", found, Form.TABLE)


def _tree(trace: Trace) -> Tree:
    def node(step: Trace) -> str:
        told = ", ".join(f"{name} {value}" for name, value in step.args.items())
        return f"{step.label} [dim]{step.op}{f' ({told})' if told else ''}[/dim] = {_shown(step.value)}"

    def grow(tree: Tree, steps: tuple[Trace, ...]) -> Tree:
        for step in steps:
            grow(tree.add(node(step)), step.inputs)
        return tree

    return grow(Tree(node(trace)), trace.inputs)


def _shown(value: Decimal | None) -> str:
    if value is None:
        return "no data"
    rounded = value.quantize(Decimal("0.0001")) if value != value.to_integral_value() else value.to_integral_value()
    return f"{rounded.normalize():f}"


def _print_json(
    person: PersonResult, lines: list[tuple[Card, IndicatorResult]], values: list[MetricValue],
    rows: dict[str, list[Row]], revision: RecordedRevision,
) -> None:  # fmt: skip
    told = {
        "employee": person.employee_id, "period": revision.period, "revision": revision.number,
        "snapshot": revision.snapshot_id,
        "indicators": [
            {"scheme": card.scheme, "version": card.scheme_version, **line.model_dump(mode="json", by_alias=True)}
            for card, line in lines
        ],
        "values": [value.model_dump(mode="json") for value in values], "source_rows": rows,
    }  # fmt: skip
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n")
