"""Checks of what was agreed: targets that changed within the period, and targets that do not add up (S15, S21)."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from transforms.lint.finding import seen
from transforms.lint.lines import lines
from transforms.lint.model import Judged, LintContext, LintFinding, TargetKey, TargetsThen
from transforms.metrics.model import Metric
from transforms.scoring.book import Book
from transforms.scoring.results import PeriodResults
from transforms.scoring.sentences import shown
from transforms.scoring.targets import nature
from transforms.titles import Title
from transforms.wording import three, told

TOLERANCE = Decimal("0.01")  # of the larger whole
_SHOWN_CHANGES = 50
_SUM = three(
    "{period}「{metric}」:{parts}目标之和 {sum},{whole}目标 {target}。",
    "{period}「{metric}」:{parts}目標之和 {sum},{whole}目標 {target}。",
    "{metric} of {period}: the targets of {parts} sum to {sum}, that of {whole} is {target}.",
)
_PEOPLE = three("{n} 名员工", "{n} 名員工", "{n} people")
_DEPARTMENTS = three("{n} 个部门", "{n} 個部門", "{n} departments")
_COMPANY = three("公司", "公司", "the company")


def agreed(judged: Iterable[Judged], catalogue: Mapping[str, Metric], context: LintContext) -> Iterator[LintFinding]:
    """Both checks; they need a period's targets."""
    versions = tuple(judged)
    if context.book is not None and context.results is not None:
        yield from cascade(context.book, context.results, catalogue, versions)
    if context.book is not None and context.then is not None:
        yield from target_changes(context.book, context.then, catalogue, versions)


def cascade(
    book: Book, results: PeriodResults, catalogue: Mapping[str, Metric], judged: tuple[Judged, ...]
) -> Iterator[LintFinding]:
    """Of each amount: the people's targets sum to their department's, the departments' to the company's."""
    amounts = {key for _, _, key, period in book.targets if period == book.period.key and _adds_up(key, catalogue)}
    for key in sorted(amounts):
        metric = catalogue[key]
        for department in results.departments:
            own = _targets(book, "employee", department.employee_ids, key)
            whole = book.targets.get(("department", department.department_id, key, book.period.key))
            by = _user(judged, key, department.department_id)
            yield from _compared(book, metric, _count(_PEOPLE, own), own, department.title, whole, by)
        parts = _targets(book, "department", [each.department_id for each in results.departments], key)
        whole = book.targets.get(("company", "company", key, book.period.key))
        yield from _compared(book, metric, _count(_DEPARTMENTS, parts), parts, _COMPANY, whole, _user(judged, key))


def _adds_up(key: str, catalogue: Mapping[str, Metric]) -> bool:
    return key in catalogue and nature(catalogue[key]) == "amount"


def _targets(book: Book, level: str, subjects: Iterable[str], metric: str) -> list[Decimal]:
    found = (book.targets.get((level, subject, metric, book.period.key)) for subject in subjects)
    return [each for each in found if each is not None]


def _count(words: Title, parts: list[Decimal]) -> Title:
    return told(words, n=str(len(parts)))


def _compared(
    book: Book,
    metric: Metric,
    of: Title,
    parts: list[Decimal],
    name: Title,
    whole: Decimal | None,
    by: Judged | None,
) -> Iterator[LintFinding]:
    total = sum(parts, Decimal(0))
    if not parts or whole is None or abs(total - whole) <= TOLERANCE * max(total, whole):
        return
    amounts = {"sum": shown(total, metric.unit), "target": shown(whole, metric.unit)}
    said = told(_SUM, period=book.period.key, metric=metric.title, parts=of, whole=name, **amounts)
    yield seen("cascade", said, by, subject=metric.key)


def _user(judged: Iterable[Judged], metric: str, department: str | None = None) -> Judged | None:
    """The first scheme that holds people of the department against agreed targets of the metric: it may suppress."""
    for each in judged:
        here = department is None or department in each.scheme.applies_to.where
        if here and any(line.from_targets and line.metric == metric for line in lines(each)):
            return each
    return None


def target_changes(
    book: Book, then: tuple[TargetsThen, ...], catalogue: Mapping[str, Metric], judged: tuple[Judged, ...]
) -> Iterator[LintFinding]:
    """What is agreed now against what the first snapshot since the period began held."""
    since = next((each for each in then if each.known_on >= book.period.start), None)
    if since is None:
        if any(period == book.period.key for _, _, _, period in book.targets):
            what = three("{period} 的目标没有更早的快照可比。", "{period} 的目標沒有更早的快照可比。",
                         "There is no earlier snapshot of {period}'s targets.")  # fmt: skip
            yield seen("target_history", told(what, period=book.period.key), None)
        return
    changed = sorted(_changed(book.targets, since.targets, book.period.key))
    for key in changed[:_SHOWN_CHANGES]:
        yield _change(key, since, book, catalogue, judged)


def _changed(now: Mapping[TargetKey, Decimal], then: Mapping[TargetKey, Decimal], period: str) -> Iterator[TargetKey]:
    for key in now.keys() | then.keys():
        if key[3] == period and now.get(key) != then.get(key):
            yield key


def _change(
    key: TargetKey, since: TargetsThen, book: Book, catalogue: Mapping[str, Metric], judged: tuple[Judged, ...]
) -> LintFinding:
    level, subject, name, _ = key
    metric = catalogue.get(name)
    what = three("{subject}「{metric}」的目标:{day} 为 {old},现为 {new}。",
                 "{subject}「{metric}」的目標:{day} 為 {old},現為 {new}。",
                 "The target of {subject} for {metric} was {old} on {day} and is {new} now.")  # fmt: skip
    amounts = (since.targets.get(key), book.targets.get(key))
    old, new = (shown(each, metric.unit) if metric else str(each) for each in amounts)
    called = metric.title if metric else name
    said = told(what, subject=subject, metric=called, day=since.known_on.isoformat(), old=old, new=new)
    people = (subject,) if level == "employee" else ()
    return seen("target_changed", said, _user(judged, name), subject=name, people=people)
