"""Two results compared: every change, in the order people, departments, values, findings, filtered contacts.

A part's rest is listed (as `wording`) only where nothing else of the part or below it is: a score that changed changes
its derivation too, and that need not be said.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from transforms.metrics.model import MetricValue
from transforms.revisions import words
from transforms.revisions.departments import department_part
from transforms.revisions.model import Change
from transforms.revisions.others import COMPANY, filtered_part, finding_part, value_name, value_part
from transforms.revisions.parts import Cell, Part, numbered
from transforms.revisions.people import person_part
from transforms.scoring.results import PeriodResults
from transforms.titles import Frozen

T = TypeVar("T", bound=Frozen)
Name = tuple[str, ...]
_SHOWN = 3  # how many places of a wording are written out


@dataclass(frozen=True)
class Found:
    """A change and the part it is in: a name below a name."""

    path: tuple[Name, ...]
    change: Change


def difference(before: PeriodResults, after: PeriodResults) -> tuple[Change, ...]:
    """Every change between two results of one period, without causes; empty exactly when the ledger's rows are equal.

    `provisional` of the whole period is not compared: it says no more than that of the lines.
    """
    return tuple(each.change for each in found(before, after))


def found(before: PeriodResults, after: PeriodResults) -> tuple[Found, ...]:
    """The same, each with the part it is in."""
    people = {each.employee_id: each.department_id for each in (*before.people, *after.people)}

    def filtered(of: Mapping[str, Mapping[str, int]]) -> tuple[Part, ...]:
        return tuple(filtered_part(key, people.get(key), of[key]) for key in sorted(of))

    return (
        *_listed("people", *_changed(before.people, after.people, lambda each: each.employee_id, person_part)),
        *_listed("departments", *_changed(before.departments, after.departments, _department, department_part)),
        *_listed("values", *_values(before.values, after.values)),
        *_listed("findings", *(numbered([finding_part(each) for each in of.findings]) for of in (before, after))),
        *_listed("filtered", filtered(before.filtered), filtered(after.filtered)),
    )


def _department(each: Any) -> str:
    return str(each.department_id)


def _changed(
    before: Sequence[T], after: Sequence[T], key: Callable[[T], str], part: Callable[[T], Part]
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Both as parts; those that are the same to the letter as empty parts, which is much faster."""
    old = {key(each): each.model_dump_json() for each in before}
    new = {key(each): each.model_dump_json() for each in after}
    same = {name for name, told in old.items() if name in new and _says_the_same(told, new[name])}

    def parts(of: Sequence[T]) -> tuple[Part, ...]:
        kind = [Part((key(each),), COMPANY, "", words.RESULTS) if key(each) in same else None for each in of]
        return numbered([empty or replace(part(each), name=(key(each),)) for empty, each in zip(kind, of, strict=True)])

    return parts(before), parts(after)


def _says_the_same(one: str, other: str) -> bool:
    """Whether two JSON texts say the same; the ledger sorts keys."""
    return one == other or json.loads(one) == json.loads(other)


def _values(before: Sequence[MetricValue], after: Sequence[MetricValue]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Tens of thousands of values: parts are made of those that differ, if that tells pairs apart."""
    old, new = [_told(each) for each in before], [_told(each) for each in after]
    if old == new:
        return (), ()
    if not _in_step([each[:-1] for each in old], [each[:-1] for each in new]):
        return _value_parts(before), _value_parts(after)
    same = {*old} & {*new}
    return (
        _value_parts([each for each, told in zip(before, old, strict=True) if told not in same]),
        _value_parts([each for each, told in zip(after, new, strict=True) if told not in same]),
    )


def _told(value: MetricValue) -> tuple[Name, str]:
    return value_name(value), f"{value.numerator}/{value.denominator}/{value.value}"


def _in_step(before: Sequence[Any], after: Sequence[Any]) -> bool:
    """Whether no name stands twice, and what both have stands in the same order."""
    old, new = set(before), set(after)
    if len(old) < len(before) or len(new) < len(after):
        return False
    return before == after or [each for each in before if each in new] == [each for each in after if each in old]


def _value_parts(values: Sequence[MetricValue]) -> tuple[Part, ...]:
    return numbered([value_part(each) for each in values])


def _listed(name: str, before: Sequence[Part], after: Sequence[Part]) -> Iterator[Found]:
    """The changes of a list of parts that nothing stands above but the results themselves."""
    old = Part((name,), COMPANY, name, words.RESULTS, below=tuple(before))
    new = Part((name,), COMPANY, name, words.RESULTS, below=tuple(after))
    yield from _compared(old, new, ())


def _compared(old: Part | None, new: Part | None, above: tuple[Name, ...]) -> Iterator[Found]:
    part = new or old
    if part is None:
        return
    path = (*above, part.name)
    below = [each for pair in _pairs(old, new) for each in _compared(*pair, path)]
    own = _is_own(old, new, [each.change for each in below])
    here = [Found(path, change) for change in _cells(part, old, new, own=own)]
    yield from here
    yield from below
    if not here and not below and (change := _wording(part, old, new, own=own)):
        yield Found(path, change)


def _pairs(old: Part | None, new: Part | None) -> Iterator[tuple[Part | None, Part | None]]:
    """Parts of the same name, in the order of the new one; what is gone comes last."""
    before = {each.name: each for each in old.below} if old else {}
    for each in new.below if new else ():
        yield before.pop(each.name, None), each
    for each in before.values():
        yield each, None


def _is_own(old: Part | None, new: Part | None, below: Iterable[Change]) -> bool:
    """Whether the subject's own facts changed; where a part has none of its own, those of the parts below."""
    part = new or old
    if part is None or part.follows:
        return False
    if part.facts is not None:
        return old is None or new is None or old.facts != new.facts
    told = [each.own for each in below if each.subject_id == part.about.subject_id]
    return any(told) or not told


def _cells(part: Part, old: Part | None, new: Part | None, *, own: bool) -> Iterator[Change]:
    before, after = _by_name(old), _by_name(new)
    changed = [name for name in (*after, *(each for each in before if each not in after))
               if _text(before.get(name)) != _text(after.get(name))]  # fmt: skip
    more_than_rank = any((after.get(each) or before[each]).what != "rank" for each in changed)
    for name in changed:
        one, other = before.get(name), after.get(name)
        cell = other or one
        if cell is not None:
            mine = own and (cell.what != "rank" or more_than_rank)
            yield _change(part, cell, one, other, own=mine)


def _by_name(part: Part | None) -> dict[tuple[str, ...], Cell]:
    cells = part.cells if part else ()
    return {(each.what, each.key, each.aspect, each.window or ""): each for each in cells}


def _text(cell: Cell | None) -> str | None:
    return cell.text if cell else None


def _change(part: Part, cell: Cell, old: Cell | None, new: Cell | None, *, own: bool) -> Change:
    about = part.about
    return Change(
        level=about.level, subject_id=about.subject_id, department_id=about.department_id, what=cell.what,
        scheme=about.scheme, counts=about.counts, key=cell.key, aspect=cell.aspect, window=cell.window,
        title=cell.title, unit=cell.unit, before=_text(old), after=_text(new),
        before_title=old.words if old else None, after_title=new.words if new else None, own=own,
    )  # fmt: skip


def _wording(part: Part, old: Part | None, new: Part | None, *, own: bool) -> Change | None:
    before, after = _said(old), _said(new)
    if before == after and not _is_reordered(old, new):
        return None
    lost, gained = _differing(before, after) if before != after else (_order(old), _order(new))
    about = part.about
    return Change(
        level=about.level, subject_id=about.subject_id, department_id=about.department_id, what="wording",
        scheme=about.scheme, counts=about.counts, key=part.key, title=part.title, own=own,
        window=next((cell.window for cell in part.cells if cell.window), None),
        before=lost if old else None, after=gained if new else None,
    )  # fmt: skip


def _said(part: Part | None) -> Any:
    return part.rest if part else _NOT_THERE


_NOT_THERE = object()


def _is_reordered(old: Part | None, new: Part | None) -> bool:
    """Whether what both have stands in another order."""
    before, after = ([each.name for each in part.below] if part else [] for part in (old, new))
    return not _in_step(before, after)


def _order(part: Part | None) -> str:
    return ", ".join("/".join(each.name) for each in part.below) if part else ""


def _differing(before: Any, after: Any) -> tuple[str, str]:
    """What the two say otherwise, as `place: value`; the first places of many."""
    old, new = dict(_places(before)), dict(_places(after))
    places = sorted(each for each in {*old, *new} if old.get(each) != new.get(each))[:_SHOWN]
    one, other = ("; ".join(f"{each}: {of.get(each, '')}" for each in places) for of in (old, new))
    return one, other


def _places(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _places(each, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for n, each in enumerate(value):
            yield from _places(each, f"{path}.{n}" if path else str(n))
    elif value is not None and value is not _NOT_THERE:
        yield path or ".", str(value)
