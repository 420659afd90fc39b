"""The lists of one person: every number of the report that is counted, and the rows it counts, each row once.

Measures add up by day, so the rows of a week stand in the month's list, as a part of it with a count of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flows.site.numbers import Counted, Line
from flows.site.rows import Row, columns_of
from transforms.measures.catalogue import MEASURES, RELATIONS, measure_of
from transforms.metrics.model import Unit
from transforms.period import Period, parse
from transforms.titles import Title

Rows = Mapping[tuple[str, str], Sequence[Row]]


@dataclass(frozen=True)
class Part:
    """The rows of some days of a list; `total` is what they add up to, or the greatest of them."""

    anchor: str
    window: str
    rows: tuple[Row, ...]
    total: Decimal


@dataclass(frozen=True)
class RowList:
    """The rows of one measure, in parts one after the other. `whole` says what a number of all of them leads to.

    `filter`: these contacts were not counted, and why; then there is no measure. `values`: a row tells what it adds
    (amounts never do, they only make the sum). `greatest`: the greatest row counts, not the sum.
    """

    whole: Part
    parts: tuple[Part, ...]
    title: Title | None
    filter: str | None
    table: str
    columns: tuple[str, ...]
    unit: Unit
    values: bool
    greatest: bool
    department_id: str


@dataclass(frozen=True)
class Number:
    """A printed number and where its rows stand. `agrees`: the rows make the number; else it is of more than a person.

    `listed`: how many rows there are, `total` what they make, both of the person's own.
    """

    title: Title
    unit: Unit
    printed: Decimal
    anchor: str | None
    listed: int
    total: Decimal
    agrees: bool


@dataclass(frozen=True)
class NumberedLine:
    """A line of the report with its numbers. `anchor`: `indicator-KEY`, with a count where a key comes twice."""

    anchor: str
    line: Line
    numerator: Number | None
    denominator: Number | None


@dataclass(frozen=True)
class Lists:
    """Everything behind one person's numbers."""

    lines: tuple[NumberedLine, ...]
    lists: tuple[RowList, ...]
    filtered: tuple[RowList, ...]

    @property
    def by_scheme(self) -> tuple[tuple[NumberedLine, ...], ...]:
        """The lines of each scheme, in the order of the report."""
        found: dict[str, list[NumberedLine]] = {}
        for each in self.lines:
            found.setdefault(each.line.scheme.zh_hans, []).append(each)
        return tuple(tuple(lines) for lines in found.values())


def arranged(lines: Iterable[Line], rows: Mapping[str, Rows], filtered: Mapping[str, Sequence[Row]], who: str) -> Lists:
    """The lists of one person. `rows`: by measure, then by (employee, department); `filtered`: by filter."""
    told = tuple(lines)
    asked = _asked(each for line in told for each in (line.numerator, line.denominator) if each)
    made = [
        one
        for (measure, department), windows in asked.items()
        for one in _lists(measure, department, windows, rows[measure].get((who, department), ()))
    ]
    parts = {(each.department_id, key, part.window): part for key, each in made for part in (each.whole, *each.parts)}
    numbered = tuple(_numbered(told, parts))
    return Lists(numbered, tuple(one for _, one in made), tuple(_filtered(n, r) for n, r in sorted(filtered.items())))


def _asked(numbers: Iterable[Counted]) -> dict[tuple[str, str], list[str]]:
    """Windows by measure and department; those of measures this program does not know are left out."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in numbers:
        if each.measure.partition(":")[0] in MEASURES:
            windows = found.setdefault((each.measure, each.department_id), [])
            windows.extend([each.window] if each.window not in windows else [])
    return found


def _lists(measure: str, department: str, windows: list[str], rows: Sequence[Row]) -> Iterator[tuple[str, RowList]]:
    """A list for each window that lies in no other, the windows within it as its parts."""
    for whole, inner in _nested(windows):
        parts = tuple(part for part in (_part(measure, department, each, rows) for each in inner) if part.rows)
        yield measure, _list(measure, department, _part(measure, department, whole, rows), parts)


def _list(measure: str, department: str, whole: Part, parts: tuple[Part, ...]) -> RowList:
    declared = measure_of(measure)
    relation = RELATIONS[declared.relation]
    split = measure.partition(":")[2]
    return RowList(
        whole=whole, parts=parts, title=_titled(declared.meaning, split), filter=None,
        table=relation.origin or relation.name, columns=columns_of(relation.name),
        unit=_unit(measure), values=bool(declared.value) and not _of_money(measure),
        greatest=declared.combine == "max", department_id=department,
    )  # fmt: skip


def _filtered(name: str, rows: Sequence[Row]) -> RowList:
    whole = Part(f"filter-{name}", "", tuple(rows), Decimal(len(rows)))
    return RowList(
        whole=whole, parts=(), title=None, filter=name, table="messages", columns=columns_of("contacts"),
        unit=Unit.COUNT, values=False, greatest=False, department_id="",
    )  # fmt: skip


def _part(measure: str, department: str, window: str, rows: Sequence[Row]) -> Part:
    within = parse(window)
    found = tuple(row for row in rows if row.day in within)
    total = _total(measure, found)
    return Part("-".join(("rows", measure, window, "_".join(department.split()))), window, found, total)


def _total(measure: str, rows: Sequence[Row]) -> Decimal:
    values = [row.value for row in rows]
    return max(values, default=Decimal(0)) if measure_of(measure).combine == "max" else sum(values, Decimal(0))


def _nested(windows: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Windows that lie in no other, each with those in it, in their order, as long as these do not overlap."""
    left = sorted((parse(each) for each in windows), key=lambda each: (-len(each.days), each))
    while left:
        whole, inner, others = left[0], list[Period](), list[Period]()
        for each in left[1:]:
            fits = each.start in whole and each.end in whole and not any(_overlap(each, other) for other in inner)
            (inner if fits else others).append(each)
        yield whole.key, tuple(each.key for each in sorted(inner))
        left = others


def _overlap(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def _numbered(lines: Sequence[Line], parts: Mapping[tuple[str, str, str], Part]) -> Iterator[NumberedLine]:
    seen: dict[str, int] = {}
    for line in lines:
        name = f"{line.kind}-{line.key}"
        seen[name] = seen.get(name, 0) + 1
        anchor = name if seen[name] == 1 else f"{name}-{seen[name]}"
        yield NumberedLine(anchor, line, _number(line.numerator, parts), _number(line.denominator, parts))


def _number(counted: Counted | None, parts: Mapping[tuple[str, str, str], Part]) -> Number | None:
    if counted is None or counted.measure.partition(":")[0] not in MEASURES:
        return None
    part = parts.get((counted.department_id, counted.measure, counted.window))
    rows, total = (part.rows, part.total) if part else ((), Decimal(0))
    declared = measure_of(counted.measure)
    return Number(
        title=_titled(declared.meaning, counted.measure.partition(":")[2]), unit=_unit(counted.measure),
        printed=counted.printed, anchor=part.anchor if part and rows else None,
        listed=len(rows), total=total, agrees=total == counted.printed,
    )  # fmt: skip


def _unit(measure: str) -> Unit:
    """As the reports write it: money as money, everything else as a plain number."""
    return Unit.FEN if _of_money(measure) else Unit.COUNT


def _of_money(measure: str) -> bool:
    """A stated figure has no unit of its own: its name tells, as in the reports."""
    return measure_of(measure).unit == "fen" or "fen" in measure.replace(":", "_").split("_")


def _titled(meaning: Title, split: str) -> Title:
    if not split:
        return meaning
    return Title(
        zh_hans=f"{meaning.zh_hans} · {split}",
        zh_hant=f"{meaning.zh_hant or meaning.zh_hans} · {split}",
        en=f"{meaning.en or meaning.zh_hans} · {split}",
    )
