"""Units that may follow a number: what they multiply it by."""

from decimal import Decimal

FACTORS = {
    "%": Decimal("0.01"),
    "‰": Decimal("0.001"),
    "yuan": Decimal(100),
    "元": Decimal(100),
    "fen": Decimal(1),
    "分": Decimal(1),
    "": Decimal(1),
}
MONEY = frozenset({"yuan", "元", "fen", "分"})
RATES = frozenset({"%", "‰"})


def suffix_of(written: str) -> str:
    """What stands behind the number: `‰` of `5 ‰`, nothing of `5`."""
    return written.lstrip("+-0123456789_,. ")
