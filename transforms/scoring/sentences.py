"""Values and metrics' sentences in words, in three languages."""

import re
from collections.abc import Mapping
from decimal import Decimal

from transforms.metrics.model import Unit
from transforms.scoring.trace import HUNDRED, half_up
from transforms.titles import Title
from transforms.wording import three

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SUFFIX = {  # unit → what follows the number
    Unit.RATE: ("%", "%", "%"),
    Unit.SECONDS: (" 秒", " 秒", " s"),
    Unit.HOURS: (" 小时", " 小時", " h"),
    Unit.POINTS: (" 分", " 分", " points"),
    Unit.FEN: (" 元", " 元", " yuan"),
}


def fill(title: Title, placeholders: Mapping[str, str]) -> Title:
    """A sentence with its `{names}` filled in; unknown names stay as they are."""

    def filled(text: str) -> str:
        return _PLACEHOLDER.sub(lambda match: placeholders.get(match[1], match[0]), text)

    hant, english = title.zh_hant, title.en
    return Title(zh_hans=filled(title.zh_hans), zh_hant=hant and filled(hant), en=english and filled(english))


def shown(value: Decimal | None, unit: Unit) -> Title:
    """A value with its unit, at most two decimals: `85.5%`, `30 秒`, `300,000 元` (from fen)."""
    if value is None:
        return three("—", "—", "—")
    factor = {Unit.RATE: HUNDRED, Unit.FEN: Decimal("0.01")}.get(unit, Decimal(1))
    number = f"{half_up(value * factor):,f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    hans, hant, english = _SUFFIX.get(unit, ("", "", ""))
    return three(number + hans, number + hant, number + english)
