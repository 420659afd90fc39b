"""A formula with its numbers, in one language: what an employee recomputes with a pocket calculator."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from transforms.formulas.nodes import Call, Name, Node, Number, Pair, Turned, binding, names, sides
from transforms.metrics.model import Unit
from transforms.payouts.numbers import shown
from transforms.payouts.units import of_number, unit_of
from transforms.payouts.values import Values
from transforms.scoring.results import Trace
from transforms.titles import Locale
from transforms.wording import text, three

_SIGNS = {"*": "×", "/": "÷", "-": "−", "<=": "≤", ">=": "≥", "!=": "≠"}
_WORDS = {
    "and": three("且", "且", "and"),
    "or": three("或", "或", "or"),
    "not": three("非", "非", "not"),
    "min": three("较小者({})", "較小者({})", "the smaller of ({})"),
    "max": three("较大者({})", "較大者({})", "the larger of ({})"),
    "round": three("四舍五入到分({})", "四捨五入到分({})", "rounded to the fen ({})"),
    "sign": three("正负号({})", "正負號({})", "sign of ({})"),
    "abs": three("绝对值({})", "絕對值({})", "without sign ({})"),
    "clamp": three("{} 限于 {} 至 {}", "{} 限於 {} 至 {}", "{} held within {} and {}"),
    "sum": three("全员{}合计", "全員{}合計", "everybody's {} in all"),
    "mean": three("全员{}平均", "全員{}平均", "the mean of everybody's {}"),
    "count": three("有{}的人数", "有{}的人數", "people with {}"),
    "holds": three("{}(满足:{})", "{}(滿足:{})", "{} (holds: {})"),
    "fails": three("{}(不满足:{})", "{}(不滿足:{})", "{} (does not hold: {})"),
    "at": three("{}({})", "{}({})", "{} ({})"),
}  # fmt: skip
_COMMA: dict[Locale, str] = {"zh-Hans": ",", "zh-Hant": ",", "en": ", "}


@dataclass(frozen=True)
class Speaker:
    """Whose formula is told, and in which language. `told` keeps the names that were used, in their order."""

    values: Values
    employee_id: str | None
    locale: Locale
    told: list[str] = field(default_factory=list)

    def name(self, name: str) -> str:
        """A name with its value: `付款金额 80,000.00 元`; of a bare parameter the value alone."""
        if name not in self.told:
            self.told.append(name)
        title = self.values.title(name)
        value = self.number(self.values.of(name, self.employee_id), self.values.unit(name))
        return value if title is None else f"{text(title, self.locale)} {value}"

    def number(self, trace: Trace, of: Unit | None) -> str:
        """A value with its unit."""
        return shown(trace.value, of, self.locale)

    def word(self, word: str, *parts: str) -> str:
        """A word of the language filled in."""
        return text(_WORDS[word], self.locale).format(*parts)


def spelled(node: Node, trace: Trace, speaker: Speaker) -> str:
    """The formula with titles and numbers; of an `if` and a `known` only the part that counts.

    `trace` is what `evaluate.prepared` made of the same node.
    """
    node, trace = _counting(node, trace)
    if isinstance(node, Number):
        return speaker.number(trace, of_number(node.written))
    if isinstance(node, Name):
        return speaker.name(node.name)
    if isinstance(node, Turned):
        sign = f"{speaker.word('not')} " if node.op == "not" else "−"
        return sign + _part(node.inner, trace.inputs[0], binding(node), speaker)
    if isinstance(node, Pair):
        left, right = sides(node)
        sign = speaker.word(node.op) if node.op in _WORDS else _SIGNS.get(node.op, node.op)
        first = _part(node.left, trace.inputs[0], left, speaker)
        return f"{first} {sign} {_part(node.right, trace.inputs[1], right, speaker)}"
    return _CALLS.get(node.function, _look_up)(node, trace, speaker)


def _counting(node: Node, trace: Trace) -> tuple[Node, Trace]:
    """The node that gives the value, where a choice between others is no news to the reader."""
    while isinstance(node, Call):
        if node.function == "known":
            n = int(trace.inputs[0].value is None)
        elif node.function == "if" and trace.inputs[0].value is not None and _fixed(node.arguments[0], trace.inputs[0]):
            n = 1 if trace.inputs[0].value else 2
        else:
            break
        node, trace = node.arguments[n], trace.inputs[n]
    return node, trace


def _fixed(condition: Node, trace: Trace) -> bool:
    """Whether a condition hangs on the scheme's own numbers alone."""
    return not names(condition) or all(each.op == "constant" for each in _leaves(trace))


def _leaves(trace: Trace) -> list[Trace]:
    return [leaf for each in trace.inputs for leaf in _leaves(each)] if trace.inputs else [trace]


def _part(node: Node, trace: Trace, least: int, speaker: Speaker) -> str:
    node, trace = _counting(node, trace)
    told = spelled(node, trace, speaker)
    return f"({told})" if binding(node) < least else told


def _if(node: Call, trace: Trace, speaker: Speaker) -> str:
    condition = trace.inputs[0].value
    if condition is None:
        return speaker.number(trace, None)
    n = 1 if condition else 2
    chosen = spelled(node.arguments[n], trace.inputs[n], speaker)
    return speaker.word("holds" if condition else "fails", chosen, spelled(node.arguments[0], trace.inputs[0], speaker))


def _of_all(node: Call, trace: Trace, speaker: Speaker) -> str:
    (name,) = names(node)
    title = speaker.values.title(name)
    of = None if node.function == "count" else speaker.values.unit(name)
    return f"{speaker.word(node.function, text(title or name, speaker.locale))} {speaker.number(trace, of)}"


def _look_up(node: Call, trace: Trace, speaker: Speaker) -> str:
    rate = speaker.number(trace, speaker.values.unit(node.function))
    return speaker.word("at", rate, spelled(node.arguments[0], trace.inputs[0], speaker))


def _marginal(node: Call, trace: Trace, speaker: Speaker) -> str:
    """Each part of the value times its rate."""
    table, value = names(node.arguments[0])[0], trace.inputs[0].value
    if value is None:
        return speaker.number(trace, None)
    steps = speaker.values.steps(table)
    ends = [0 * value, *(each.bound for each in steps if each.bound is not None and 0 < each.bound < value), value]
    rates = [each.gives for each in steps if each.bound is None or each.bound > 0]
    of, rate = unit_of(node.arguments[1], speaker.values.unit), speaker.values.unit(table)
    parts = (
        f"{shown(give, rate, speaker.locale)} × {shown(b - a, of, speaker.locale)}"
        for give, (a, b) in zip(rates, pairwise(ends), strict=False)
    )
    return f"({' + '.join(parts)})"


def _function(node: Call, trace: Trace, speaker: Speaker) -> str:
    parts = [spelled(each, made, speaker) for each, made in zip(node.arguments, trace.inputs, strict=True)]
    if node.function == "clamp":
        return f"({speaker.word('clamp', *parts)})"
    return speaker.word(node.function, _COMMA[speaker.locale].join(parts))


_CALLS: dict[str, Callable[[Call, Trace, Speaker], str]] = {
    "if": _if, "marginal": _marginal, **dict.fromkeys(("sum", "mean", "count"), _of_all),
    **dict.fromkeys(("min", "max", "round", "sign", "abs", "clamp"), _function),
}  # fmt: skip
