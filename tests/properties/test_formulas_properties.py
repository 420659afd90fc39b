"""Laws of formulas: text and tree are the same thing, nothing but whitelisted nodes comes out, values replay."""

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from transforms.formulas.checks import extents
from transforms.formulas.functions import FUNCTIONS, KEYWORDS, OVER_PEOPLE
from transforms.formulas.nodes import Call, Name, Node, Number, Pair, Turned, walk, written
from transforms.formulas.parsing import DEEPEST, FormulaError, parse, read_number
from transforms.payouts.evaluate import PAIRS, prepared
from transforms.schemes.point_rules import PointStep
from transforms.scoring.results import Trace
from transforms.scoring.trace import leaf, replay

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(lambda name: name not in KEYWORDS)
NUMBERS = st.builds(
    lambda n, suffix: read_number(f"{n}{suffix}"),
    st.decimals(0, 10_000, places=2).map(abs),
    st.sampled_from(["", "%", "‰", " yuan", "元", " fen", "分"]),
)
PLAIN = sorted(set(FUNCTIONS) - OVER_PEOPLE - {"marginal"})


def calls(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def call(function: str) -> st.SearchStrategy[Node]:
        most = min(FUNCTIONS[function].most, 3)
        told = st.lists(inner, min_size=FUNCTIONS[function].least, max_size=most)
        return told.map(lambda arguments: Call(function, tuple(arguments)))

    table = st.builds(lambda name, value: Call("marginal", (Name(name), value)), NAMES, inner)
    over = st.builds(lambda function, name: Call(function, (Name(name),)), st.sampled_from(sorted(OVER_PEOPLE)), NAMES)
    return st.sampled_from(PLAIN).flatmap(call) | table | over


def larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.builds(Pair, st.sampled_from(sorted(PAIRS)), inner, inner)
    return pairs | st.builds(Turned, st.sampled_from(["-", "not"]), inner) | calls(inner)


TREES = st.recursive(NUMBERS | NAMES.map(Name), larger, max_leaves=12)
SYMBOLS = "abx_09 .,()+-*/<>=!%‰元分'\"[]{}:;@\\\n\t"
TEXTS = st.text(SYMBOLS, max_size=60) | st.text(max_size=60) | st.lists(
    st.sampled_from(["if(", "sum(", "a", "b", "1", "5‰", "and", "or", "not", "+", "-", "*", "/", "<", "=", "(", ")", ",", "__class__", "import os", "lambda"]),
    max_size=30,
).map(" ".join)  # fmt: skip


@given(TREES)
def test_a_tree_written_down_and_read_is_the_same_tree(tree: Node) -> None:
    text = written(tree)
    if len(text) <= 500 and max(depth for _, depth in walk(tree)) <= DEEPEST:
        assert parse(text) == tree
        assert written(parse(text)) == text


def tree_or_mistake(text: str) -> Node | FormulaError:
    try:
        return parse(text)
    except FormulaError as error:
        return error


@given(TEXTS)
@example("__import__('os').system('true')")
@example("(lambda: 0)()")
@example("a" * 500)
@example("(" * 499)
@example("-" * 498 + "a")
@example("9" * 500)
def test_any_text_is_a_whitelisted_tree_or_a_mistake_with_its_column(text: str) -> None:
    tree = tree_or_mistake(text)
    if isinstance(tree, FormulaError):
        assert 1 <= tree.column <= len(text) + 1
        assert tree.todo
        return
    assert {type(node) for node, _ in walk(tree)} <= {Number, Name, Turned, Pair, Call}
    assert all(depth <= DEEPEST for _, depth in walk(tree))
    assert parse(written(tree)) == tree


class Facts:
    """Every name has the value its spelling draws; some have none."""

    def __init__(self, told: dict[str, Decimal | None]) -> None:
        self.told = told

    def value(self, name: str) -> Trace:
        return leaf("metric", name, self.told.get(name))

    def over_people(self, function: str, name: str) -> Trace:
        return leaf("named", f"{function}({name})", self.told.get(name))

    def steps(self, _: str) -> tuple[PointStep, ...]:
        return PointStep(up_to=1, gives=2), PointStep(gives=3)


VALUES = st.none() | st.decimals(-1000, 1000, places=3) | st.sampled_from([Decimal(0), Decimal(1)])


@given(TREES, st.data())
def test_a_formula_computes_the_same_when_its_trace_is_replayed(tree: Node, data: st.DataObject) -> None:
    told = {node.name: data.draw(VALUES) for node, _ in walk(tree) if isinstance(node, Name)}
    made = prepared(written(tree), "value")(Facts(told))
    assert replay(made) == made.value


@given(TREES)
def test_without_facts_only_a_known_or_numbers_alone_give_a_value(tree: Node) -> None:
    made = prepared(written(tree), "value")(Facts({}))
    tables = sum(isinstance(node, Call) and node.function == "marginal" for node, _ in walk(tree))
    needed = sum(isinstance(node, Name) for node, _ in walk(tree)) > tables
    stopped = any(isinstance(node, Call) and node.function in {"known", "if"} for node, _ in walk(tree))
    assert made.value is None or stopped or not needed


@given(TREES)
def test_the_extent_counts_every_step(tree: Node) -> None:
    (steps, depth) = extents({"THE FORMULA": tree})["THE FORMULA"]
    assert steps == sum(1 for _ in walk(tree))
    assert depth == max(deep for _, deep in walk(tree))
