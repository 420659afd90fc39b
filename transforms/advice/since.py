"""What a card's indicators would have brought at the values of another month, by the rules of this one."""

from collections.abc import Mapping
from decimal import Decimal

from transforms.advice.gains import movable, points_gained
from transforms.advice.rescoring import rescored
from transforms.schemes.scheme import Version
from transforms.scoring.results import Card


def points_since(card: Card, version: Version, before: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Points of the card that each indicator's move from its value in `before` brought or cost, by key.

    Only indicators whose score follows from the person's own value alone (as for `gains`); others are left out.
    """
    found: dict[str, Decimal] = {}
    for line in movable(card, version):
        then = rescored(line.trace, before[line.key]) if line.key in before else None
        if then is not None:
            found[line.key] = -points_gained(line, then)
    return found
