"""A difference is empty exactly when the ledger's rows are the same, whatever is otherwise and wherever."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from flows.warehouse.ledger_rows import result_rows, rows_digest
from tests import sample_results
from tests.ledger import results as small_results
from transforms.corrections.model import CarriedLine
from transforms.revisions import difference
from transforms.scoring.results import Corrected, DepartmentResult, PeriodResults
from transforms.wording import three

PARTS = ("people", "departments", "values", "findings", "filtered")
Path = tuple[str | int, ...]


@cache
def month() -> PeriodResults:
    """A few people with everything results hold: cards, points, pay, consequences, carried and decided lines; pools."""
    whole = sample_results.results()
    rich = [each for each in whole.people if each.appraisals and each.consequences][:1] + list(whole.people[:1])
    line = CarriedLine(
        from_period="2026-09", employee_id="E2013", scheme="s02", scheme_title=three("甲", "甲", "A"), key="bonus",
        title=three("奖金", "獎金", "Bonus"), amount_fen=-1200, because=("late_rows",), says=three("晚", "晚", "late"),
    )  # fmt: skip
    note = Corrected(correction_id="C-AAAAAAAAAA", says=three("更正", "更正", "corrected"))
    card = rich[0].cards[0].model_copy(update={"corrected": note})
    first = rich[0].model_copy(update={"carried": (line,), "cards": (card, *rich[0].cards[1:])})
    return whole.model_copy(update={
        "people": (first, *rich[1:]), "departments": _few(whole), "values": whole.values[:12],
        "findings": (*whole.findings[:3], *small_results().findings), "filtered": {"E1": {"after_sales": 3, "own": 1}},
    })  # fmt: skip


def _few(whole: PeriodResults) -> tuple[DepartmentResult, ...]:
    """The department with pools, with two shares each, and one without."""
    rich = next(each for each in whole.departments if each.appraisals)
    with_pools = rich.appraisals[0]
    pools = tuple(pool.model_copy(update={"shares": pool.shares[:2]}) for pool in with_pools.pools)
    cut = rich.model_copy(update={"appraisals": (with_pools.model_copy(update={"pools": pools}),), "card": None})
    return cut, whole.departments[0]


@cache
def plain() -> dict[str, Any]:
    return month().model_dump(mode="json", by_alias=True)


@cache
def places() -> tuple[Path, ...]:
    """Every leaf and every list and mapping below the parts of results."""
    return tuple(path for part in PARTS for path in _places(plain()[part], (part,)))


def _places(value: Any, path: Path) -> Iterator[Path]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from _places(each, (*path, key))


def _edited(value: Any, path: Path, draw: st.DrawFn) -> Any:
    """The same with something else at the place."""
    if not path:
        return _another(value, draw)
    if isinstance(value, dict):
        return {key: _edited(each, path[1:], draw) if key == path[0] else each for key, each in value.items()}
    return [_edited(each, path[1:], draw) if n == path[0] else each for n, each in enumerate(value)]


def _another(value: Any, draw: st.DrawFn) -> Any:
    if isinstance(value, list) and value:
        how = draw(st.sampled_from(["drop", "turn", "double"]))
        return {"drop": value[1:], "turn": value[::-1], "double": [*value, value[0]]}[how]
    if isinstance(value, dict) and value:
        return dict(list(value.items())[1:])
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + draw(st.sampled_from([-1, 1, 1000]))
    if isinstance(value, str):
        return draw(st.sampled_from([value + "0", value + ".0", "1" + value, None, "0"]))
    return draw(st.sampled_from(["1", 1, "2026-10-01", {"a": 1}, [], True]))


@st.composite
def edited(draw: st.DrawFn) -> PeriodResults:
    """Results with something changed somewhere; changes that no results can have are thrown away."""
    told = plain()
    for path in draw(st.lists(st.sampled_from(places()), min_size=1, max_size=3)):
        told = _try(told, path, draw)
    try:
        return PeriodResults.model_validate(told)
    except ValidationError:
        assume(False)  # noqa: FBT003 - Hypothesis throws the case away
        raise


def _try(told: dict[str, Any], path: Path, draw: st.DrawFn) -> dict[str, Any]:
    """An earlier edit may have taken the place away."""
    there: Any = told
    for key in path:
        if not isinstance(there, dict | list) or (isinstance(key, int) and key >= len(there)):
            return told
        if isinstance(there, dict) and key not in there:
            return told
        there = there[key]
    return dict(_edited(told, path, draw))


def digest(results: PeriodResults) -> str:
    return rows_digest(result_rows(1, results))


@settings(max_examples=100, deadline=None)
@given(edited())
def test_a_difference_is_empty_exactly_when_the_rows_are_the_same(other):
    assert (difference(month(), other) == ()) == (digest(month()) == digest(other))


@settings(max_examples=25, deadline=None)
@given(edited())
def test_the_other_way_round_the_same_numbers_change_back(other):
    there, back = difference(month(), other), difference(other, month())
    numbers = {(each.subject_id, each.what, each.key, each.aspect, each.before, each.after) for each in there}
    again = {(each.subject_id, each.what, each.key, each.aspect, each.after, each.before) for each in back}
    listed = {each for each in numbers if each[1] != "wording"}
    assert listed == {each for each in again if each[1] != "wording"}


@settings(max_examples=25, deadline=None)
@given(edited())
def test_nothing_is_otherwise_than_itself_and_no_change_says_nothing(other):
    assert difference(other, other) == ()
    assert all(each.before != each.after for each in difference(month(), other))
