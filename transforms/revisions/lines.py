"""Cards, indicators, lines of points and lines of pay as parts."""

from collections.abc import Iterator

from transforms.metrics.model import Unit
from transforms.revisions import words
from transforms.revisions.parts import About, Cell, Part, number, numbered, place, plain, text
from transforms.scoring.results import (
    Card,
    IndicatorResult,
    PayLineResult,
    PayStatement,
    PointLineResult,
    PointSheetResult,
    Trace,
)
from transforms.titles import Title

_OWN = frozenset({"measure", "judgement", "event", "fact"})
_INDICATOR = ("score", "points", "actual", "target", "weight_used", "rank", "ranked_of")
_POINTS = ("points", "actual", "target", "rank", "ranked_of")
Fact = tuple[str, str, str, str]


def facts_of(trace: Trace) -> tuple[Fact, ...]:
    """The leaves that are the subject's own: its counts, judgements, events and targets."""
    return tuple(sorted(_facts(trace)))


def _facts(trace: Trace) -> Iterator[Fact]:
    if not trace.inputs and _is_own(trace):
        yield trace.op, trace.label, str(sorted(trace.args.items())), str(trace.value)
    for each in trace.inputs:
        yield from _facts(each)


def _is_own(leaf: Trace) -> bool:
    if leaf.op in {"metric", "target"}:
        return leaf.args.get("of", "own") == "own" and leaf.args.get("level", "employee") == "employee"
    return leaf.op in _OWN or (leaf.op == "named" and "sheet" in leaf.args)


def card_part(card: Card, about: About, *, told_above: bool) -> Part:
    """A card. `told_above`: its score and grade are those of the part above and are not listed again."""
    at = about.under(card.scheme, about.counts)
    cells = () if told_above else _card_cells(card)
    listed = {"indicators", *(() if told_above else ("score", "grade"))}
    below = numbered([_indicator(each, at) for each in card.indicators])
    name = ("card", card.scheme, card.department_id, card.post or "")
    rest = plain(card, without=listed)
    return Part(name, at, "card", card.scheme_title, cells, rest, below)


def _card_cells(card: Card) -> tuple[Cell, ...]:
    score, grade = (words.of_scheme(each, card.scheme_title) for each in (words.CARD_SCORE, words.CARD_GRADE))
    return (
        number("score", "score", score, card.score, unit=Unit.POINTS),
        Cell("grade", "grade", grade, card.grade, words=card.grade_title),
    )


def _indicator(each: IndicatorResult, about: About) -> Part:
    key, title = each.key, each.title
    cells = (
        number("indicator", key, title, each.score, unit=Unit.POINTS),
        number("indicator", key, title, each.points, aspect="points", unit=Unit.POINTS),
        number("indicator", key, title, each.actual, aspect="value", unit=each.unit),
        number("indicator", key, title, each.target, aspect="target", unit=each.unit),
        number("indicator", key, title, each.weight_used, aspect="weight"),
        Cell("rank", key, words.aspect_of(title, "rank"), place(each.rank, each.ranked_of), aspect="rank"),
    )
    own = (facts_of(each.trace), str(each.corrected))
    rest = plain(each, without=_INDICATOR)
    return Part(("indicator", key), about, key, title, cells, rest, facts=own)


def sheet_part(sheet: PointSheetResult, about: About) -> Part:
    """A sheet of points with its lines."""
    below = numbered([_line(sheet, each, about) for each in sheet.lines])
    cells = (number("sheet", sheet.key, sheet.title, sheet.total, unit=Unit.POINTS),)
    return Part(("sheet", sheet.key), about, sheet.key, sheet.title, cells, plain(sheet, without=("lines", "total")),
                below)  # fmt: skip


def _line(sheet: PointSheetResult, each: PointLineResult, about: About) -> Part:
    key, title, window = f"{sheet.key}.{each.key}", each.title, each.window
    cells = (
        number("points", key, title, each.points, unit=Unit.POINTS, window=window),
        number("points", key, title, each.actual, aspect="value", unit=each.unit, window=window),
        number("points", key, title, each.target, aspect="target", unit=each.unit, window=window),
        Cell("rank", key, words.aspect_of(title, "rank"), place(each.rank, each.ranked_of), "rank", window=window),
    )
    own = (facts_of(each.trace), str(each.corrected))
    rest = plain(each, without=_POINTS)
    return Part(("line", each.key, window), about, key, title, cells, rest, facts=own)


def pay_part(pay: PayStatement, about: About, scheme: Title) -> Part:
    """A statement with its lines; amounts in fen."""
    total = words.of_scheme(words.PAY_TOTAL, scheme)
    cells = (number("pay", "total", total, pay.total_fen, unit=Unit.FEN),)
    below = numbered([_pay_line(each, about) for each in pay.lines])
    return Part(("pay",), about, "total", total, cells, plain(pay, without=("lines", "total_fen")), below)


def _pay_line(each: PayLineResult, about: About) -> Part:
    cell = Cell("pay", each.key, each.title, text(each.amount_fen), unit=Unit.FEN)
    rest = plain(each, without=("amount_fen",))
    return Part(("line", each.key), about, each.key, each.title, (cell,), rest, facts=facts_of(each.trace))
