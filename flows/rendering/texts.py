"""Text on its way to paper: control characters removed, and the code points a document uses."""

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from transforms.reports import Report

# C0 and C1 controls, bidirectional overrides (a name could reverse the line it stands on), line separators, byte
# order mark, surrogates and non-characters. Joiners (U+200C, U+200D) stay: some scripts need them.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]+")
AnyReport = TypeVar("AnyReport", bound=Report)


def clean(text: str) -> str:
    """The text with every run of control characters replaced by one space, trimmed."""
    return _UNPRINTABLE.sub(" ", text).strip()


def cleaned(report: AnyReport) -> AnyReport:
    """The report with every string in it clean."""
    return type(report).model_validate(_cleaned(report.model_dump(round_trip=True)))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value) if _UNPRINTABLE.search(value) else value
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    return value


def strings(value: Any) -> Iterator[str]:
    """Every string inside a dumped model."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from strings(item)
