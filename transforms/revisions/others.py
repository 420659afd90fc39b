"""Metric values, findings and filtered contacts as parts."""

from collections.abc import Mapping

from transforms.findings import Finding
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import MetricValue
from transforms.revisions import words
from transforms.revisions.parts import About, Cell, Part, number, plain, text
from transforms.wording import three, told

COMPANY = About("company", "company")


def value_name(value: MetricValue) -> tuple[str, ...]:
    """What tells one metric value from the others."""
    return "metric", value.level, value.subject_id, value.department_id or "", value.window, value.metric


def value_part(value: MetricValue) -> Part:
    """A metric value: its value, and what it is a quotient of."""
    metric = CATALOGUE.get(value.metric)
    title = metric.title if metric else three(*[value.metric] * 3)
    own = str(value.numerator), metric is None or (metric.denominator_of == "own" and str(value.denominator))
    about = About(value.level, value.subject_id, value.department_id)
    cells = (
        number("metric", value.metric, title, value.value, unit=metric.unit if metric else None, window=value.window),
    )
    rest = (text(value.numerator), text(value.denominator))
    return Part(value_name(value), about, value.metric, title, cells, rest, facts=own)


def finding_part(found: Finding) -> Part:
    """A finding: how many rows, and its message in the company's language."""
    title = told(words.FINDING, name=found.check)
    cell = Cell("finding", found.check, title, str(found.rows), words=three(*[found.message] * 3))
    name = ("finding", found.check, found.table, found.day or "", found.shop_id or "")
    return Part(name, COMPANY, found.check, title, (cell,), plain(found, without=("rows",)))


def filtered_part(employee: str, department: str | None, contacts: Mapping[str, int]) -> Part:
    """How many contacts each filter took from a person."""
    cells = tuple(
        number("value", f"filtered.{name}", told(words.FILTERED, name=name), count)
        for name, count in sorted(contacts.items())
    )
    about = About("employee", employee, department)
    return Part(("filtered", employee), about, "filtered", told(words.FILTERED, name=""), cells, rest=True)
