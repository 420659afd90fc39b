"""Every measure, by key. The definitions stand at the head of the .sql file that makes the relation."""

from transforms.measures.business_measures import BUSINESS
from transforms.measures.chat_measures import RECEPTION, WAITS
from transforms.measures.model import Measure
from transforms.measures.order_measures import ORDERS
from transforms.measures.origins import RELATIONS
from transforms.measures.service_measures import FULFILMENT, SERVICE
from transforms.measures.work_measures import WORK

__all__ = ["MEASURES", "RELATIONS", "measure_of"]

MEASURES: dict[str, Measure] = {
    measure.key: measure for measure in (*RECEPTION, *WAITS, *ORDERS, *SERVICE, *FULFILMENT, *BUSINESS, *WORK)
}


def measure_of(key: str) -> Measure:
    """The measure of that key; `key:value` names one value of a measure's split.

    Raises:
        KeyError: no measure has that key, or it has no split.
    """
    base, _, value = key.partition(":")
    if value and not MEASURES[base].split:
        raise KeyError(key)
    return MEASURES[base]
