"""A pool shared to the fen. Weights below zero count as zero; ties go by employee id; never more than it holds.

Where the whole pool is shared, weights count to 12 decimals, so that equal ones are equal and their sum is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from transforms.scoring.point_operations import settled
from transforms.scoring.results import Trace
from transforms.scoring.trace import constant, half_up, leaf, step

_ZERO, _PLACES = Decimal(0), 12  # decimals of a settled weight


@dataclass(frozen=True)
class Split:
    """A pool in fen and what each person gets of it.

    `divisor`: what an own weight is divided by, None where the pool cannot be shared at all. `whole`: shared out to
    the last fen, by largest remainder; `spare` has then who got a fen more than the cut part. `overdrawn`: the weights
    come to more than the divisor, so that they themselves became the divisor.
    """

    amount_fen: int
    weights: Mapping[str, Decimal]
    shares: Mapping[str, int]
    divisor: Decimal | None
    whole: bool = False
    overdrawn: bool = False
    spare: frozenset[str] = frozenset()

    @property
    def paid_fen(self) -> int:
        """The sum of the shares."""
        return sum(self.shares.values())


def split(amount_fen: int, weights: Mapping[str, Decimal | None], divisor: Decimal | None = None) -> Split:
    """Share a pool by weight; a negative pool is charged as a positive one would be paid.

    Args:
        amount_fen: what the pool holds.
        weights: each person's number, None without data (counts as zero).
        divisor: None shares the whole pool; a number above zero pays own ÷ divisor of it each, and what the weights
            leave over stays. Shares that come to more than the pool share it whole.
    """
    known = {who: max(weight or _ZERO, _ZERO) for who, weight in sorted(weights.items())}
    if divisor is None:
        return _whole(amount_fen, known)
    alone = {who: int(half_up(amount_fen * weight / divisor, Decimal(1))) for who, weight in known.items()}
    if abs(sum(alone.values())) > abs(amount_fen):
        return _whole(amount_fen, known, overdrawn=sum(known.values(), _ZERO) > divisor)
    return Split(amount_fen, known, alone, divisor)


def _whole(amount_fen: int, weights: Mapping[str, Decimal], *, overdrawn: bool = False) -> Split:
    exact = {who: settled(weight) for who, weight in weights.items()}
    total = sum(exact.values(), _ZERO)
    if not total:
        return Split(amount_fen, weights, dict.fromkeys(weights, 0), total, whole=True)
    cut, spare = _largest_remainder(abs(amount_fen), exact)
    sign = 1 if amount_fen >= 0 else -1
    shares = {who: sign * (cut[who] + (who in spare)) for who in weights}
    return Split(amount_fen, weights, shares, total, whole=True, overdrawn=overdrawn, spare=spare)


def _largest_remainder(pool: int, weights: Mapping[str, Decimal]) -> tuple[dict[str, int], frozenset[str]]:
    """The part of each cut to the fen, and who gets one of the fen the cuts leave over; in whole numbers, exactly."""
    whole = {who: int(weight.scaleb(_PLACES)) for who, weight in weights.items()}
    total = sum(whole.values())
    cut = {who: pool * weight // total for who, weight in whole.items()}
    order = sorted(whole, key=lambda who: (-(pool * whole[who] % total), who))
    return cut, frozenset(order[: pool - sum(cut.values())])


def share_trace(name: str, who: str, shared: Split, weight: Trace) -> Trace:
    """How one person's share came about; the others appear only as a total."""
    pool = leaf("named", "pool", Decimal(shared.amount_fen), name=name)
    own = weight if (weight.value or _ZERO) >= 0 else step("largest", "weight", weight, constant("none below", 0))
    divisor = leaf("named", "divisor", shared.divisor, name=name)
    if shared.whole:
        return step("pool_share", name, pool, own, divisor, spare=str(int(who in shared.spare)))
    exact = step("divide", f"{name} exactly", step("multiply", "pool × own", pool, own), divisor)
    return step("round", name, exact, to="1")
