"""Short ways to write the catalogue's rows, so that a metric reads as one declaration."""

from typing import Any

from transforms.measures.parameters import MeasureParameters
from transforms.metrics.model import Better, Level, Metric, Unit
from transforms.titles import Title

ALL: tuple[Level, ...] = ("employee", "department", "company")
PEOPLE: tuple[Level, ...] = ("employee",)
COMPANY: tuple[Level, ...] = ("company",)


def title(hans: str, hant: str, en: str) -> Title:
    """A name or a sentence in the three languages."""
    return Title(zh_hans=hans, zh_hant=hant, en=en)


def higher(key: str, name: Title, says: Title, *, settle_by: tuple[str, ...] = (), **more: Any) -> Metric:
    """A metric of which more is better."""
    return _metric(key, name, says, Better.HIGHER, settle_by, more)


def lower(key: str, name: Title, says: Title, *, settle_by: tuple[str, ...] = (), **more: Any) -> Metric:
    """A metric of which less is better."""
    return _metric(key, name, says, Better.LOWER, settle_by, more)


def settled(metric: Metric, parameters: MeasureParameters) -> Metric:
    """The metric with the settle days these parameters give it."""
    if not metric.settle_by:
        return metric
    days = sum(getattr(parameters, name) for name in metric.settle_by)
    return metric.model_copy(update={"settle_days": days})


def _metric(
    key: str, name: Title, says: Title, better: Better, settle_by: tuple[str, ...], more: dict[str, Any]
) -> Metric:
    of = more.pop("of", None) or (None, None)
    stated = {"numerator": of[0], "denominator": of[1], "unit": Unit.RATE, **more}
    metric = Metric(key=key, title=name, says=says, better=better, settle_by=settle_by, **stated)
    return settled(metric, MeasureParameters())
