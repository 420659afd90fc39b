"""Reads a formula: text to nodes, with the column and what is allowed where it cannot be read."""

from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args

from transforms.errors import ConfigError
from transforms.formulas.functions import FUNCTIONS, OVER_PEOPLE, Function
from transforms.formulas.nodes import Call, Name, Node, Number, Pair, PairOp, Turned, TurnOp, names, walk
from transforms.formulas.numbers import FACTORS, suffix_of

DEEPEST = 40
LONGEST = 500
_WORDS = {
    "NUMBER": "a number", "NAME": "a name", "LPAR": "(", "RPAR": ")", "COMMA": ",", "PLUS": "+", "MINUS": "-",
    "TIMES": "* or /", "COMPARED": "a comparison", "AND": "and", "OR": "or", "NOT": "not", "$END": "the end",
}  # fmt: skip


class FormulaError(ConfigError):
    """A formula that cannot be read. `column` counts characters from 1."""

    def __init__(self, what: str, *, column: int, todo: str) -> None:
        """Say where in the text."""
        super().__init__(f"{what} (column {column})", todo=todo)
        self.column = column


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The formula's nodes. The same text is read once.

    Raises:
        FormulaError: names the column and what may stand there.
    """
    if len(text) > LONGEST:
        raise FormulaError("the formula is too long", column=LONGEST, todo="give a part of it a name of its own")
    try:
        node = cast("Node", _reader().parse(text))
    except UnexpectedInput as error:
        raise _refusal(text, error) from None
    _require_sound(node)
    return node


@lru_cache(maxsize=4096)
def names_in(text: str) -> tuple[str, ...]:
    """Every name of a formula, as `nodes.names`.

    Raises:
        FormulaError: as `parse`.
    """
    return names(parse(text))


@cache
def _reader() -> Lark:
    grammar = files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Nodes())


@v_args(inline=True)
class _Nodes(Transformer[Token, Node]):
    """Turns each rule of the grammar into its node while the text is read."""

    def number(self, token: Token) -> Number:
        return read_number(str(token))

    def name(self, token: Token) -> Name:
        return Name(str(token), _column(token))

    def turned(self, op: Token, inner: Node) -> Turned:
        return Turned(cast("TurnOp", str(op)), inner)

    def pair(self, left: Node, op: Token, right: Node) -> Pair:
        return Pair(cast("PairOp", str(op)), left, right)

    def call(self, function: Token, *arguments: Node | None) -> Call:
        return Call(str(function), tuple(each for each in arguments if each is not None), _column(function))


def read_number(text: str) -> Number:
    """`5‰`, `100 yuan`, `1_000`."""
    suffix = suffix_of(text)
    plain = text.removesuffix(suffix).strip().replace("_", "")
    return Number(Decimal(plain) * FACTORS[suffix], plain + (f" {suffix}" if suffix.isalpha() else suffix))


def _column(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _refusal(text: str, error: UnexpectedInput) -> FormulaError:
    at = _place(text, error)
    seen = f"{text[at]!r} cannot stand here" if at < len(text) else "the formula is not finished"
    may = getattr(error, "allowed", None) or getattr(error, "expected", None) or ()
    told = [word for key, word in _WORDS.items() if key in may]
    return FormulaError(seen, column=at + 1, todo=f"write one of: {'  '.join(told)}" if told else "mend the formula")


def _place(text: str, error: UnexpectedInput) -> int:
    """The first character that does not fit; behind the text where it only stops too early."""
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return len(text)
    at = error.pos_in_stream
    return at if at is not None and at >= 0 else len(text)


def _require_sound(node: Node) -> None:
    for each, depth in walk(node):
        if depth > DEEPEST:
            raise FormulaError("the formula is nested too deeply", column=1, todo="give a part of it a name of its own")
        if isinstance(each, Call) and each.function in FUNCTIONS:
            _require_arguments(each, FUNCTIONS[each.function])


def _require_arguments(call: Call, function: Function) -> None:
    if not function.least <= len(call.arguments) <= function.most:
        told = f"{call.function} takes {function.takes}, here are {len(call.arguments)}"
        raise FormulaError(told, column=call.column, todo=f"write {function.example}")
    if (call.function in OVER_PEOPLE or call.function == "marginal") and not isinstance(call.arguments[0], Name):
        what = "the name of a table" if call.function == "marginal" else "the name of a person's number"
        raise FormulaError(f"{call.function} needs {what}", column=call.column, todo=f"write {function.example}")
