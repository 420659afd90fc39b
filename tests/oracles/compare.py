"""`python -m tests.oracles.compare [CASES] [FIRST_SEED]`: random S02 departments through the product and the oracle."""

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, replace
from decimal import Decimal
from random import Random

from tests.oracles import s02
from tests.oracles.s02_product import by_oracle, by_product

CHUNK = 250


def differences(department: s02.Department, options: s02.Options) -> list[str]:
    """Where the two do not say the same, in words; empty when they agree.

    Without a floor under X the oracle charges people; the product never does, so both are given the floor 0.
    """
    floored = replace(options, x_floor=Decimal(0))
    expected, found = by_oracle(department, floored), by_product(department, floored)
    return [
        f"{each.name}: oracle {getattr(expected, each.name)}, product {getattr(found, each.name)}"
        for each in fields(expected)
        if getattr(expected, each.name) != getattr(found, each.name)
    ]


def check(seeds: range) -> list[tuple[int, list[str]]]:
    """The seeds whose cases differ."""
    told = ((seed, differences(*s02.random_case(Random(seed)))) for seed in seeds)  # noqa: S311 - cases, not secrets
    return [(seed, each) for seed, each in told if each]


def main(cases: int, first: int = 0) -> int:
    """Compare that many cases on all cores; writes the first differences and returns how many cases differ."""
    begun = time.perf_counter()
    chunks = [range(n, min(n + CHUNK, first + cases)) for n in range(first, first + cases, CHUNK)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = [each for chunk in pool.map(check, chunks) for each in chunk]
    for seed, told in found[:5]:
        sys.stdout.write("\n  ".join((str(seed), *told)) + "\n")
    sys.stdout.write(f"{cases} departments, {len(found)} differ, {time.perf_counter() - begun:.0f} s\n")
    return len(found)


if __name__ == "__main__":
    sys.exit(min(1, main(*(int(each) for each in sys.argv[1:] or ("1000",)))))
