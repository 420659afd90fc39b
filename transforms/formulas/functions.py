"""The functions a formula may call; everything else is refused."""

from dataclasses import dataclass

_MANY = 20


@dataclass(frozen=True)
class Function:
    """How many arguments it takes, and how it is written."""

    least: int
    most: int
    example: str

    @property
    def takes(self) -> str:
        """`1 argument`, `at least 2 arguments`."""
        if self.least == self.most:
            return f"{self.least} argument" + ("s" if self.least > 1 else "")
        return f"{self.least} to {self.most} arguments"


OVER_PEOPLE = frozenset({"sum", "mean", "count"})
FUNCTIONS = {
    "min": Function(2, _MANY, "min(sales, target)"),
    "max": Function(2, _MANY, "max(0, sales - target)"),
    "if": Function(3, 3, "if(sales > target, 100 yuan, 0)"),
    "known": Function(2, 2, "known(sales, 0)"),
    "round": Function(1, 1, "round(bonus)"),
    "sign": Function(1, 1, "sign(sales - target)"),
    "abs": Function(1, 1, "abs(sales - target)"),
    "clamp": Function(3, 3, "clamp(completion, 0, 120%)"),
    "sum": Function(1, 1, "sum(commission)"),
    "mean": Function(1, 1, "mean(completion)"),
    "count": Function(1, 1, "count(completion)"),
    "marginal": Function(2, 2, "marginal(rate_table, completion)"),
}
KEYWORDS = frozenset({"and", "or", "not"})
