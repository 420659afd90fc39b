"""Every metric, by key: the quotient, its name in three languages, what it says, and where it comes from."""

from transforms.measures.parameters import MeasureParameters
from transforms.metrics.building import settled
from transforms.metrics.business import BUSINESS
from transforms.metrics.company import COMPANY, GROWTH
from transforms.metrics.model import Metric
from transforms.metrics.quality import QUALITY
from transforms.metrics.reception import RECEPTION
from transforms.metrics.refunds import REFUNDS
from transforms.metrics.responses import RESPONSES
from transforms.metrics.service import SERVICE
from transforms.metrics.shops import SHOPS
from transforms.metrics.work import WORK
from transforms.titles import Title

_ALL = (*RECEPTION, *REFUNDS, *RESPONSES, *SERVICE, *QUALITY, *BUSINESS, *GROWTH, *SHOPS, *WORK, *COMPANY)
CATALOGUE: dict[str, Metric] = {metric.key: metric for metric in _ALL}


def catalogue(parameters: MeasureParameters) -> dict[str, Metric]:
    """The catalogue with the settle days that a company's own windows give."""
    return {key: settled(metric, parameters) for key, metric in CATALOGUE.items()}


def return_rate_for(reason: str) -> Metric:
    """The return rate for one reason code, such as misdescription (S08)."""
    whole = CATALOGUE["return_rate"]
    names = {"zh_hans": whole.title.zh_hans, "zh_hant": whole.title.zh_hant, "en": whole.title.en}
    title = Title(**{language: f"{name} ({reason})" for language, name in names.items()})
    numerator = f"{whole.numerator}:{reason}"
    return whole.model_copy(update={"key": f"return_rate:{reason}", "title": title, "numerator": numerator})
