"""Frozen view models of the steps of a money formula. Money is in fen."""

from decimal import Decimal

from transforms.metrics.model import Unit
from transforms.titles import Frozen, Title


class Term(Frozen):
    """A number in a step of a money formula. No title: a number of the rule, or what a step before it gave."""

    title: Title | None
    value: Decimal | None
    unit: Unit | None


class MoneyStep(Frozen):
    """One step of a money formula: `op` on the terms gives `value`. `table`: what a step in a table is looked up in.

    `title`: what the result is called, where the scheme names it. Answers (yes is 1, no is 0) have no unit.
    """

    op: str
    title: Title | None
    terms: tuple[Term, ...]
    value: Decimal | None
    unit: Unit | None
    table: Title | None
