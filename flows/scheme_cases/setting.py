"""What the cases of a file run in: the schemes with one version each, the period, and the names they know."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from pydantic import BaseModel

from transforms.metrics.model import Metric
from transforms.period import Period, working_days
from transforms.schemes.indicator import Indicator
from transforms.schemes.scheme import Scheme, Version

_MONTHS_BEFORE = 13
_METRICS, _EVENTS = frozenset({"metric", "target", "by"}), frozenset({"event", "only_if", "unless"})


@dataclass(frozen=True)
class Setting:
    """A scheme, those beside it, and the period they are run for."""

    scheme: Scheme
    beside: tuple[Scheme, ...]
    period: Period
    catalogue: Mapping[str, Metric]

    @cached_property
    def version(self) -> Version:
        """The version that judges the period."""
        return _version(self.scheme, self.window)

    @cached_property
    def window(self) -> Period:
        """The scheme's own days of the period."""
        return self.scheme.window(self.period) or self.period

    @cached_property
    def schemes(self) -> tuple[Scheme, ...]:
        """All that are run."""
        return (self.scheme, *self.beside)

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """The versions in force."""
        return tuple(_version(each, each.window(self.period) or self.period) for each in self.schemes)

    @cached_property
    def department(self) -> str:
        """Where people work who are not told to work elsewhere."""
        return self.scheme.applies_to.where[0]

    @cached_property
    def working(self) -> tuple[date, ...]:
        """The working days of the window."""
        return tuple(day for day in self.days if day in self.window)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The working days of every window that may be asked for."""
        return _working_days(self.period)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The lines of all cards."""
        return tuple(each for version in self.versions for _, _, each in version.placed())

    @cached_property
    def metrics(self) -> frozenset[str]:
        """Every metric the schemes name, and those that are in the catalogue besides."""
        return frozenset(self._words(_METRICS)) & self.catalogue.keys()

    @cached_property
    def judged(self) -> frozenset[str]:
        """Every indicator people judge."""
        return frozenset(self._words(frozenset({"manual"})))

    @cached_property
    def events(self) -> frozenset[str]:
        """Every kind of event that counts."""
        return frozenset(self._words(_EVENTS))

    def _words(self, fields: frozenset[str]) -> Iterator[str]:
        said: tuple[BaseModel, ...] = (*self.versions, *(each.applies_to for each in self.schemes))
        return (word for each in said for name, word in _said(each) if name in fields)


def _version(scheme: Scheme, window: Period) -> Version:
    """The version in force; the last one where a test asks for a day before the first."""
    return scheme.in_force(window.start) or scheme.versions[-1]


def _said(node: object) -> Iterator[tuple[str, str]]:
    """Every text in a model with the name of its field."""
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            value = getattr(node, name)
            yield from [(name, value)] if isinstance(value, str) else _said(value)
    elif isinstance(node, Mapping):
        yield from _said(tuple(node.values()))
    elif isinstance(node, Iterable) and not isinstance(node, str):
        for each in node:
            yield from _said(each)


@lru_cache(maxsize=8)
def _working_days(period: Period) -> tuple[date, ...]:
    first = period.shifted(-_MONTHS_BEFORE).start
    return working_days(Period(first, period.end).days)
