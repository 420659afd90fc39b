"""Numbers as a sentence shows them: exact enough that a pocket calculator comes to the same fen."""

from decimal import Decimal
from functools import lru_cache

from transforms.metrics.model import Unit
from transforms.scoring.trace import half_up
from transforms.titles import Locale

_SHOWN = Decimal("0.000001")
_HUNDRED, _THOUSAND = Decimal(100), Decimal(1000)
_ONE_PER_CENT = Decimal("0.01")
_AFTER: dict[Unit | None, dict[Locale, str]] = {
    Unit.FEN: {"zh-Hans": " 元", "zh-Hant": " 元", "en": " yuan"},
    Unit.SECONDS: {"zh-Hans": " 秒", "zh-Hant": " 秒", "en": " s"},
    Unit.HOURS: {"zh-Hans": " 小时", "zh-Hant": " 小時", "en": " h"},
    Unit.POINTS: {"zh-Hans": " 分", "zh-Hant": " 分", "en": " points"},
}


def shown(value: Decimal | None, unit: Unit | None, locale: Locale) -> str:
    """`1,234.50 元` (from fen), `85%`, `8‰` (below 1%), `3.5 分`; at most six decimals. `—` without a value."""
    if value is None:
        return "—"
    if unit is Unit.RATE:
        return _rate(value)
    number = _plain(value / _HUNDRED, 2) if unit is Unit.FEN else _plain(value, 0)
    return number + _AFTER.get(unit, {}).get(locale, "")


def _rate(value: Decimal) -> str:
    if value and abs(value) < _ONE_PER_CENT:
        return f"{_plain(value * _THOUSAND, 0)}‰"
    return f"{_plain(value * _HUNDRED, 0)}%"


@lru_cache(maxsize=8192)
def _plain(value: Decimal, least: int) -> str:
    """With at least so many decimals, no needless zeros behind them."""
    whole, _, decimals = f"{half_up(value, _SHOWN):,f}".partition(".")
    kept = decimals.rstrip("0").ljust(least, "0")
    return f"{whole}.{kept}" if kept else whole
