"""How a measure is declared: one line, read as columns."""

from typing import Literal

from transforms.measures.model import Measure
from transforms.titles import Title


def count(key: str, relation: str, where: str, hans: str, hant: str, en: str, *, split: str = "") -> Measure:
    """How many rows."""
    meaning = Title(zh_hans=hans, zh_hant=hant, en=en)
    return Measure(key=key, relation=relation, where=where, unit="count", meaning=meaning, split=split)


def total(  # noqa: PLR0913, PLR0917 - one line of a table, read as columns
    key: str,
    relation: str,
    value: str,
    where: str,
    unit: Literal["count", "fen", "seconds"],
    hans: str,
    hant: str,
    en: str,
    *,
    split: str = "",
) -> Measure:
    """What their values sum to."""
    meaning = Title(zh_hans=hans, zh_hant=hant, en=en)
    return Measure(key=key, relation=relation, value=value, where=where, unit=unit, meaning=meaning, split=split)


def points(  # noqa: PLR0913 - one line of a table, read as columns
    key: str,
    value: str,
    where: str,
    hans: str,
    hant: str,
    en: str,
    *,
    relation: str = "rated",
    unit: Literal["points", "quantity"] = "points",
    split: str = "",
) -> Measure:
    """Points or quantities, kept to four decimals."""
    meaning = Title(zh_hans=hans, zh_hant=hant, en=en)
    return Measure(
        key=key, relation=relation, value=value, where=where, unit=unit, meaning=meaning, decimals=4, split=split
    )
