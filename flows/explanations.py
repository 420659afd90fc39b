"""`jixiao explain`: one number, followed from score, points or pay to rule, quotient, measures and lines of exports."""

import json
import sys
from collections.abc import Sequence

from rich.tree import Tree

from flows import wiring
from flows.cli.output import Form, print_rows, screen
from flows.company import Company
from flows.explained import Part, everything, found, grounds, names, shown
from flows.explained_sources import Row, judgement_rows, of_metric, of_parts, source_rows
from flows.revisions.known import LATEST, Known, revision_of
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import load_results
from flows.yaml_files import nearest
from transforms.errors import NotFoundError
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import MetricValue
from transforms.period import Period
from transforms.scoring.results import PeriodResults, PersonResult, Trace
from transforms.titles import Locale


def explain(
    company: Company, employee: str, key: str, period: Period, limit: int, form: Form, known: Known = LATEST
) -> None:
    """Print how something came about in the latest revision, or the one asked for; `limit` source rows a measure.

    `key` names a metric, an indicator, a line of points (`line` or `sheet.line`), a line of pay, a pool, or a value of
    the department.

    Raises:
        NotFoundError: no such revision, no such employee, or nothing known of the key for that employee.
    """
    revision = revision_of(company, period, known)
    results = load_results(wiring.ledger(company), revision.id)
    person = _person(results, employee)
    parts, values = found(results, person, key), _values(results, employee, key, period)
    if not parts and not values:
        raise _unknown(results, person, key)
    all_parts = grounds(parts, results, person)
    rows = _sources(company, revision, results, employee, all_parts, key, limit)
    if form is Form.JSON:
        _print_json(person, key, all_parts, values, rows, revision)
    else:
        _print_text(person, all_parts, values, rows, company.settings.documents.locale)


def _person(results: PeriodResults, employee: str) -> PersonResult:
    found = next((person for person in results.people if person.employee_id == employee), None)
    if found is None:
        guess = nearest(employee, [person.employee_id for person in results.people])
        todo = (f"did you mean {guess}? " if guess else "") + f"jixiao show scores {results.period} lists everybody"
        raise NotFoundError(f"no employee {employee} in {results.period}", todo=todo)
    return found


def _sources(
    company: Company, revision: RecordedRevision, results: PeriodResults, employee: str, parts: Sequence[Part],
    key: str, limit: int,
) -> dict[str, list[Row]]:  # fmt: skip
    """Lines behind a metric of the catalogue, and behind what the parts stand on: judgements and measures."""
    if not limit:
        return {}
    of_key = of_metric(key, revision.period) if key in CATALOGUE else ()
    wanted = tuple(dict.fromkeys((*of_key, *of_parts(parts))))
    people = {each.department_id: (*each.employee_ids, None) for each in results.departments}
    measured = source_rows(company, revision, employee, people, wanted, limit) if wanted else {}
    judged = judgement_rows(company, revision, employee, parts, limit)
    return ({"judgements": judged} if judged else {}) | measured


def _values(results: PeriodResults, employee: str, key: str, period: Period) -> list[MetricValue]:
    mine = (value for value in results.values if value.level == "employee" and value.subject_id == employee)
    return [value for value in mine if value.metric == key and value.window == period.key]


def _unknown(results: PeriodResults, person: PersonResult, key: str) -> NotFoundError:
    known = {name for part in everything(results, person) for name in names(part)}
    known |= {value.metric for value in results.values if value.subject_id == person.employee_id}
    guess = nearest(key, known)
    todo = (f"did you mean {guess}? " if guess else "") + f"known: {', '.join(sorted(known))}"
    return NotFoundError(f"nothing is known of '{key}' for {person.employee_id} in {results.period}", todo=todo)


def _print_text(
    person: PersonResult, parts: Sequence[Part], values: Sequence[MetricValue], rows: dict[str, list[Row]],
    locale: Locale,
) -> None:  # fmt: skip
    for part in parts:
        whose = f"{person.name} ({person.employee_id})" if part.own else part.department_id
        title, scheme = part.title.in_locale(locale), part.scheme.in_locale(locale)
        screen.print(f"[bold]{whose}[/bold] · {title} · {scheme} · {part.window} [dim]{_kind(part)}[/dim]")
        _print_part(part, locale)
    if not parts:
        for value in values:
            screen.print(
                f"{value.metric}: {shown(value.numerator)} / {shown(value.denominator)} = {shown(value.value)}"
            )
    for measure, lines in rows.items():
        print_rows(f"{measure}: source rows", lines, Form.TABLE)


def _kind(part: Part) -> str:
    return f"{part.kind} {part.name}" + (" (trial: counts for nothing)" if part.counts == "trial" else "")


def _print_part(part: Part, locale: Locale) -> None:
    if part.kind == "sheet":
        screen.print(f"its lines: jixiao explain … {part.name}.LINE …", style="dim")
    else:
        said = [each.in_locale(locale) for each in (part.says, part.rule) if each is not None]
        screen.print("\n".join(said), style="dim", markup=False)
        screen.print(_tree(part.trace))
    screen.print(part.outcome)


def _tree(trace: Trace) -> Tree:
    def node(step: Trace) -> str:
        told = ", ".join(f"{name} {value}" for name, value in step.args.items())
        return f"{step.label} [dim]{step.op}{f' ({told})' if told else ''}[/dim] = {shown(step.value)}"

    def grow(tree: Tree, steps: tuple[Trace, ...]) -> Tree:
        for step in steps:
            grow(tree.add(node(step)), step.inputs)
        return tree

    return grow(Tree(node(trace)), trace.inputs)


def _print_json(
    person: PersonResult, key: str, parts: Sequence[Part], values: Sequence[MetricValue], rows: dict[str, list[Row]],
    revision: RecordedRevision,
) -> None:  # fmt: skip
    told = {
        "employee": person.employee_id, "period": revision.period, "revision": revision.number,
        "snapshot": revision.snapshot_id,
        "indicators": [
            {"scheme": card.scheme, "version": card.scheme_version, **line.model_dump(mode="json", by_alias=True)}
            for card in person.cards for line in card.indicators if line.key == key
        ],
        "parts": [_plain_part(part) for part in parts if part.kind != "indicator"],
        "values": [value.model_dump(mode="json") for value in values], "source_rows": rows,
    }  # fmt: skip
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n")


def _plain_part(part: Part) -> dict[str, object]:
    """As JSON tells it; a sheet's trace holds those of its lines."""
    return {
        "kind": part.kind, "name": part.name, "counts": part.counts, "window": part.window, "own": part.own,
        "department": part.department_id, "outcome": part.outcome,
        "title": part.title.model_dump(by_alias=True), "scheme": part.scheme.model_dump(by_alias=True),
        "says": part.says.model_dump(by_alias=True), "rule": part.rule and part.rule.model_dump(by_alias=True),
        "trace": part.trace.model_dump(mode="json"),
    }  # fmt: skip
