"""What a pay line, a pool and a department's value say, in three languages."""

from collections.abc import Callable
from decimal import Decimal

from transforms.formulas.nodes import Name
from transforms.formulas.parsing import parse
from transforms.metrics.model import Unit
from transforms.payouts.numbers import shown
from transforms.payouts.pools import Split
from transforms.payouts.spelling import Speaker, spelled
from transforms.payouts.values import Values
from transforms.schemes.pay import PayLine, Pool
from transforms.scoring.results import Trace
from transforms.scoring.trace import LEAVES
from transforms.titles import Locale, Title
from transforms.wording import joined, text, three

_LOCALES: tuple[Locale, ...] = ("zh-Hans", "zh-Hant", "en")
_WHERE = three(";其中 {} = {}", ";其中 {} = {}", "; where {} = {}")
_ALL = three("全员合计 {}", "全員合計 {}", "everybody's {}")
_SPARE = three("(分到最后一分:加 0.01 元)", "(分到最後一分:加 0.01 元)", " (0.01 yuan more, to the last fen)")
_OVERDRAWN = three(
    "(合计超过除数,按全员合计分配)", "(合計超過除數,按全員合計分配)", " (more than the divisor: shared by all)"
)
_LOWEST = three(",不低于 {}", ",不低於 {}", ", but at least {}")
_HIGHEST = three(",不高于 {}", ",不高於 {}", ", but at most {}")
_ROUNDED = three(",四舍五入为 {}", ",四捨五入為 {}", ", rounded to {}")
_NO_DATA = three("没有数据:{}", "沒有數據:{}", "no data: {}")
_NO_ANSWER = three("除数为零,无法计算", "除數為零,無法計算", "cannot be computed: division by zero")
_WHY = {
    "nothing": three("没有数据,奖金池未计算。", "沒有數據,獎金池未計算。", "No data: the pool could not be computed."),
    "nobody": three(
        "没有人有“{by}”,奖金池未分配。", "沒有人有「{by}」,獎金池未分配。", "Nobody has any of: {by}. Nothing is paid."
    ),
    "whole": three("奖金池按“{by}”全部分配。", "獎金池按「{by}」全部分配。", "Paid out in full, by: {by}."),
    "overdrawn": three(
        "“{by}”合计 {total},超过除数 {divisor};奖金池只够按合计分配。",
        "「{by}」合計 {total},超過除數 {divisor};獎金池只夠按合計分配。",
        "{by}: {total} in all, more than the divisor of {divisor}; the pool is shared by their total.",
    ),
    "left": three(
        "“{by}”合计 {total},除数 {divisor};剩余 {left} 留在公司。",
        "「{by}」合計 {total},除數 {divisor};剩餘 {left} 留在公司。",
        "{by}: {total} in all, divided by {divisor}; the rest of {left} stays with the company.",
    ),
}


def in_three(sentence: Callable[[Locale], str]) -> Title:
    """The sentence made in each language."""
    return three(*(sentence(locale) for locale in _LOCALES))


def line_says(values: Values, line: PayLine, employee_id: str, trace: Trace) -> Title:
    """A pay line recomputed: the formula with its numbers, the formulas it stands on, what held it, the rounding."""
    return in_three(lambda locale: _line(Speaker(values, employee_id, locale), line, trace))


def value_says(values: Values, name: str) -> Title:
    """A department's value recomputed."""
    return in_three(lambda locale: _told(Speaker(values, None, locale), name))


def clauses_of(says: Title) -> tuple[Title, ...]:
    """A line's sentence apart: what it comes to, then each formula it stands on, as `Title = formula`."""
    told = {locale: text(says, locale).split(_between(locale)) for locale in _LOCALES}
    if len({len(clauses) for clauses in told.values()}) > 1:  # a title holds the words that part clauses
        return (says,)
    return tuple(three(*parts) for parts in zip(*told.values(), strict=True))


def _between(locale: Locale) -> str:
    return text(_WHERE, locale).partition("{}")[0]


def _line(speaker: Speaker, line: PayLine, trace: Trace) -> str:
    """The amount's own sentence, what held it and the rounding, then the formulas that it names."""
    exact = speaker.values.of(line.amount, speaker.employee_id).value
    told, *others = _clauses(speaker, line.amount)
    if exact is not None and trace.value is not None:
        told += _held(line, exact, trace.value, speaker.locale)
    return "".join([told, *others])


def _held(line: PayLine, exact: Decimal, paid: Decimal, locale: Locale) -> str:
    told, held = "", exact
    for limit, words, differs in ((line.lowest, _LOWEST, max), (line.highest, _HIGHEST, min)):
        if limit is not None and (bound := differs(held, limit)) != held:
            held = bound
            told += text(words, locale).format(shown(limit, Unit.FEN, locale))
    rounded = shown(paid, Unit.FEN, locale)
    return told if rounded == shown(held, Unit.FEN, locale) else told + _rounding(rounded, locale)


def _rounding(rounded: str, locale: Locale) -> str:
    return text(_ROUNDED, locale).format(rounded)


def _told(speaker: Speaker, name: str) -> str:
    return "".join(_clauses(speaker, name))


def _clauses(speaker: Speaker, name: str) -> list[str]:
    """What a name comes to, and after it the formulas its sentence names, each once."""
    told = [_equation(speaker, name) or speaker.name(name)]
    done = {name}
    while fresh := [each for each in speaker.told if each not in done]:
        done.add(fresh[0])
        if _explained(speaker, fresh[0]) and (more := _equation(speaker, fresh[0])):
            title = text(speaker.values.title(fresh[0]) or fresh[0], speaker.locale)
            told.append(text(_WHERE, speaker.locale).format(title, more))
    return told


def _explained(speaker: Speaker, name: str) -> bool:
    """Own formulas and shares are; of a department's values those without a title, the others have their own line."""
    department = speaker.values.team.pay.department
    return name not in department or department[name].title is None


def _equation(speaker: Speaker, name: str) -> str:
    """`a × b = c`; nothing for a fact or a parameter."""
    values, pay = speaker.values, speaker.values.team.pay
    made = values.of(name, speaker.employee_id)
    if name in pay.pools and speaker.employee_id is not None:
        shared = values.pool(name)
        told = _share(speaker, name, shared, speaker.employee_id) if shared is not None else ""
    elif name in pay.formulas():
        node = parse(pay.formulas()[name].formula)
        told = spelled(node, made, speaker)
        if isinstance(node, Name):  # another name for the same value
            return told
    else:
        return ""
    return f"{told} = {speaker.number(made, values.unit(name))}" if told else ""


def _share(speaker: Speaker, name: str, shared: Split, who: str) -> str:
    pool, locale = speaker.values.team.pay.pools[name], speaker.locale
    divisor = shown(shared.divisor, speaker.values.unit(pool.by) if shared.whole else None, locale)
    over = text(_ALL, locale).format(divisor) if shared.whole else divisor
    amount = f"{text(pool.title, locale)} {shown(Decimal(shared.amount_fen), Unit.FEN, locale)}"
    notes = text(_OVERDRAWN, locale) if shared.overdrawn else ""
    notes += text(_SPARE, locale) if who in shared.spare else ""
    return f"{amount} × {speaker.name(pool.by)} ÷ {over}{notes}"


def pool_why(values: Values, pool: Pool, shared: Split | None) -> Title:
    """Where the rest of a pool comes from, or that there is none."""
    return in_three(lambda locale: _why(values, pool, shared, locale))


def _why(values: Values, pool: Pool, shared: Split | None, locale: Locale) -> str:
    if shared is None:
        return text(_WHY["nothing"], locale)
    total = sum(shared.weights.values(), Decimal(0))
    left = shared.amount_fen - shared.paid_fen
    kind = "overdrawn" if shared.overdrawn else "nobody" if not total else "left" if left else "whole"
    by = values.title(pool.by)
    of = values.unit(pool.by)
    return text(_WHY[kind], locale).format(
        by=text(by or pool.by, locale),
        total=shown(total, of, locale),
        divisor=shown(values.divisor(pool), None, locale),
        left=shown(Decimal(left), Unit.FEN, locale),
    )


def missing(values: Values, trace: Trace) -> Title:
    """Why there is no value: the facts without one, or a division by zero."""
    names = dict.fromkeys(each.label for each in _empty_leaves(trace))
    if not names:
        return _NO_ANSWER
    titles = (values.title(name) if name in values.whose else None for name in names)
    listed = joined(title or name for title, name in zip(titles, names, strict=True))
    return in_three(lambda locale: text(_NO_DATA, locale).format(text(listed, locale)))


def _empty_leaves(trace: Trace) -> list[Trace]:
    """Leaves without a value below steps without one: what a `known` made good for is not missing."""
    if trace.value is not None:
        return []
    if trace.op in LEAVES and not trace.inputs:
        return [trace]
    return [leaf for each in trace.inputs for leaf in _empty_leaves(each)]
