"""Whether full marks were within reach: what people had in the months before against what the rule asks (S20, S21)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from transforms.lint.finding import seen
from transforms.lint.model import LintFinding, Looked
from transforms.lint.spread import of_scheme
from transforms.metrics.model import Better, Metric, MetricValue
from transforms.schemes.indicator import Indicator
from transforms.scoring.book import Book
from transforms.scoring.sentences import shown
from transforms.wording import three, told

LEAST_VALUES = 10
_MONTHS_BACK = 12
_TOO_HIGH = three("「{metric}」满分需 {full}:过去 {n} 个个人月度值没有一个达到。",
                  "「{metric}」滿分需 {full}:過去 {n} 個個人月度值沒有一個達到。",
                  "{metric}: full marks need {full}; none of the last {n} values of people reached it.")  # fmt: skip
_TOO_LOW = three("「{metric}」满分需 {full}:过去 {n} 个个人月度值全部达到。",
                 "「{metric}」滿分需 {full}:過去 {n} 個個人月度值全部達到。",
                 "{metric}: full marks need {full}; all of the last {n} values of people reached it.")  # fmt: skip
_AGREED = three("约定目标", "約定目標", "the agreed target")


@dataclass(frozen=True)
class _Past:
    """A person's value in an earlier month, and what full marks would have needed."""

    value: Decimal
    full: Decimal


def targets_in_reach(it: Looked) -> Iterator[LintFinding]:
    """Some people reached what gives full marks, and some did not, in the months before the period."""
    book = it.context.book
    if book is None or it.judged.scheme.cycle != "month":
        return
    for at, _, indicator in it.judged.version.placed():
        metric = it.catalogue.get(indicator.metric or "")
        past = _past(it, book, indicator, metric) if metric and indicator.of == "own" else []
        if metric is None or len(past) < LEAST_VALUES:
            continue
        reached = sum(_reaches(each, metric) for each in past)
        if reached in {0, len(past)}:
            code, what = ("target_too_high", _TOO_HIGH) if reached == 0 else ("target_too_low", _TOO_LOW)
            full = full_at(indicator)
            needed = _AGREED if full is None else shown(full, metric.unit)
            said = told(what, metric=metric.title, full=needed, n=str(len(past)))
            yield seen(code, said, it.judged, at=it.judged.at(*at), subject=metric.key)


def _reaches(past: _Past, metric: Metric) -> bool:
    return past.value >= past.full if metric.better is Better.HIGHER else past.value <= past.full


def full_at(indicator: Indicator) -> Decimal | None:
    """The value from which the rule gives its most; None: it hangs on an agreed target or on others."""
    rule = indicator.score
    if rule is None:
        return None
    if rule.linear is not None:
        return rule.linear.full_at
    if rule.band is not None:
        return rule.band.better
    if rule.passed is not None:
        return rule.passed.at_least if rule.passed.at_least is not None else rule.passed.at_most
    return indicator.target * rule.target.highest if rule.target and isinstance(indicator.target, Decimal) else None


def _past(it: Looked, book: Book, indicator: Indicator, metric: Metric) -> list[_Past]:
    """Values in the months before of the people whom the scheme judges now, with what each had to reach."""
    found = []
    for window in _months_before(book):
        values = book.values.get(window, {})
        for card in of_scheme(it.context.results, it.judged.scheme.scheme):
            value = values.get(("employee", card.employee_id or "", card.department_id, metric.key))
            full = _full_for(value, book, indicator) if value else None
            if value is not None and value.value is not None and full is not None:
                found.append(_Past(value.value, full))
    return found


def _months_before(book: Book) -> list[str]:
    return [book.period.shifted(-back).key for back in range(1, _MONTHS_BACK + 1)]


def _full_for(value: MetricValue, book: Book, indicator: Indicator) -> Decimal | None:
    fixed, rule = full_at(indicator), indicator.score
    if fixed is not None or rule is None or rule.target is None:
        return fixed
    agreed = book.targets.get(("employee", value.subject_id, value.metric, value.window))
    return None if agreed is None else agreed * rule.target.highest
