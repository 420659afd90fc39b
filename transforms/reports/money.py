"""The steps of a money formula as a reader follows them: titles in place of names, each number in its unit."""

from dataclasses import dataclass

from transforms.formulas.parsing import FormulaError, parse
from transforms.metrics.model import Unit
from transforms.payouts.titles import Naming, title_of, unit_of_name
from transforms.payouts.units import unit_of
from transforms.reports.derivation import CONDITIONS, steps
from transforms.reports.model import Operand, Step
from transforms.reports.money_model import MoneyStep, Term
from transforms.scoring.results import Trace
from transforms.titles import Title

_OF_POOLS = frozenset({"pool", "pool × own"})  # steps and leaves that the engine names, not the scheme
_LIMITS = frozenset({"not below", "not above", "lowest", "highest"})
_ANSWERS = CONDITIONS | {"both", "either", "not"}


@dataclass(frozen=True)
class Named:
    """What a name is called, and its unit."""

    title: Title | None = None
    unit: Unit | None = None


def money_steps(trace: Trace, naming: Naming | None) -> tuple[MoneyStep, ...]:
    """Every step of a line's trace. Without a version to look names up in, a name stands for itself."""
    return tuple(_step(each, naming) for each in steps(trace))


def _step(step: Step, naming: Naming | None) -> MoneyStep:
    named = _named(step.label, naming)
    table = step.args.get("table")
    return MoneyStep(
        op=step.op,
        title=None if step.op == "pool_share" else named.title,
        terms=tuple(_term(each, naming) for each in step.inputs),
        value=step.value,
        unit=None if step.op in _ANSWERS else named.unit,
        table=_named(table, naming).title if table else None,
    )


def _term(operand: Operand, naming: Naming | None) -> Term:
    pool = operand.args.get("name") if operand.label in _OF_POOLS else None
    named = _named(pool or operand.label, naming)
    return Term(title=named.title, value=operand.value, unit=named.unit)


def _named(label: str, naming: Naming | None) -> Named:
    if naming is not None and _is_known(label, naming):
        return Named(_title(label, naming), unit_of_name(naming, label))
    if label in _OF_POOLS | _LIMITS or label.endswith(" exactly"):
        return Named(unit=Unit.FEN)
    if naming is None:
        return Named(Title(zh_hans=label) if label.isidentifier() else None)
    return Named(unit=_unit(label, naming))


def _title(name: str, naming: Naming) -> Title | None:
    """None for a formula that is only a step on the way."""
    formula = naming.pay.formulas().get(name)
    return title_of(naming, name) if formula is None else formula.title


def _is_known(name: str, naming: Naming) -> bool:
    pay = naming.pay
    return any(name in each for each in (pay.parameters, pay.tables, pay.facts, pay.pools, pay.formulas()))


def _unit(written: str, naming: Naming) -> Unit | None:
    """Of a part of a formula as it is written; None for what the engine wrote."""
    try:
        return unit_of(parse(written), lambda name: unit_of_name(naming, name))
    except (FormulaError, KeyError):
        return None
