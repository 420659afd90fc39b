"""Checks of what the scores of a period look like: nobody has data, all alike, or only the last week counted (S21)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import correlation

from transforms.lint.finding import seen
from transforms.lint.model import LintFinding, Looked
from transforms.period import Period
from transforms.scoring.book import Book
from transforms.scoring.results import Card, IndicatorResult, PeriodResults
from transforms.wording import joined, three, told

LEAST_PEOPLE = 5
LEAST_JUDGED = 8
STRONG, WEAK = 0.8, 0.4
_RECENT = three(
    "「{line}」只与最后一周的「{metric}」相关({r}),与此前几周无关。",
    "「{line}」只與最後一週的「{metric}」相關({r}),與此前幾週無關。",
    "{line} follows {metric} of the last week only ({r}), not that of the weeks before.",
)


def no_values(it: Looked) -> Iterator[LintFinding]:
    """Of each metric on the card, somebody has a value."""
    for key, lines in _by_key(it).items():
        if lines[0].kind == "metric" and all(each.actual is None for each in lines):
            what = three("被考核的 {n} 人中无人有「{metric}」的数据。", "被考核的 {n} 人中無人有「{metric}」的數據。",
                         "Of the {n} judged nobody has a value of {metric}.")  # fmt: skip
            said = told(what, n=str(len(lines)), metric=lines[0].title)
            yield seen("no_values", said, it.judged, at=_place(it, key), subject=key)


def flat_scores(it: Looked) -> Iterator[LintFinding]:
    """On each indicator of people's own, not everybody has the same score."""
    shared = {indicator.key for _, _, indicator in it.judged.version.placed() if indicator.of != "own"}
    own = ([e for e in lines if e.score is not None] for key, lines in _by_key(it).items() if key not in shared)
    flat = [scored for scored in own if _is_flat(scored)]
    if flat:
        what = three(
            "所有人得分相同:{lines}。", "所有人得分相同:{lines}。", "Everybody has the same score on: {lines}."
        )
        first = [scored[0] for scored in flat]
        listed = joined(told(three(*["{title} {score}"] * 3), title=e.title, score=f"{e.score:.2f}") for e in first)
        yield seen(
            "flat_scores", told(what, lines=listed), it.judged, at=_place(it, first[0].key), subject=first[0].key
        )


def _is_flat(scored: Sequence[IndicatorResult]) -> bool:
    return len(scored) >= LEAST_PEOPLE and len({each.score for each in scored}) == 1


def last_week_only(it: Looked) -> Iterator[LintFinding]:
    """Judgements follow what was counted in the whole period, not only in its last week."""
    book = it.context.book
    if book is None:
        return
    for key, lines in _cards(it).items():
        manual = ((card.employee_id or "", line.score) for card, line in lines if line.kind == "manual")
        judged = {who: score for who, score in manual if score is not None}
        if len(judged) < LEAST_JUDGED:
            continue
        where = {card.employee_id or "": card.department_id for card, _ in lines}
        for metric in _counted(it):
            before, last = _weekly(book, metric, {who: where[who] for who in judged})
            if len(last) >= LEAST_JUDGED and _recent(judged, before, last):
                r = f"r = {_correlation(judged, last):.2f}"
                said = told(_RECENT, line=lines[0][1].title, metric=it.catalogue[metric].title, r=r)
                yield seen("last_week_only", said, it.judged, at=_place(it, key), subject=key)
                break


def _recent(
    judged: Mapping[str, Decimal], before: Mapping[str, Decimal], last: Mapping[str, Decimal]
) -> bool:  # fmt: skip
    return abs(_correlation(judged, last)) >= STRONG and abs(_correlation(judged, before)) <= WEAK


def _correlation(judged: Mapping[str, Decimal], values: Mapping[str, Decimal]) -> float:
    """0 where one side does not vary. A float: it decides a warning, never a score."""
    both = sorted(judged.keys() & values.keys())
    one, other = [float(judged[who]) for who in both], [float(values[who]) for who in both]
    if len(set(one)) < 2 or len(set(other)) < 2:  # noqa: PLR2004 - nothing to correlate
        return 0.0
    return correlation(one, other)


def _weekly(book: Book, metric: str, people: Mapping[str, str]) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Each person's mean of the weeks before the last, and the last week's value, where both are known.

    `people`: the department of each employee.
    """
    weeks = [_of_week(book, week, metric, people) for week in book.period.weeks]
    last, earlier = weeks[-1], weeks[:-1]
    known = [who for who in people if who in last and any(who in week for week in earlier)]
    before = {who: _mean([week[who] for week in earlier if who in week]) for who in known}
    return before, {who: last[who] for who in known}


def _of_week(book: Book, week: Period, metric: str, people: Mapping[str, str]) -> dict[str, Decimal]:
    values = book.values.get(week.key, {})
    own = ((who, values.get(("employee", who, department, metric))) for who, department in people.items())
    return {who: found.value for who, found in own if found is not None and found.value is not None}


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _counted(it: Looked) -> list[str]:
    """Metrics of which the book knows weeks."""
    book = it.context.book
    weeks = [book.values.get(week.key, {}) for week in book.period.weeks] if book else []
    return sorted({key for week in weeks for _, _, _, key in week if key in it.catalogue})


def _by_key(it: Looked) -> dict[str, list[IndicatorResult]]:
    return {key: [line for _, line in lines] for key, lines in _cards(it).items()}


def _cards(it: Looked) -> dict[str, list[tuple[Card, IndicatorResult]]]:
    """Each indicator's lines on the people's cards of the scheme, with the card."""
    found: dict[str, list[tuple[Card, IndicatorResult]]] = {}
    for card in of_scheme(it.context.results, it.judged.scheme.scheme):
        for line in card.indicators:
            found.setdefault(line.key, []).append((card, line))
    return found


def of_scheme(results: PeriodResults | None, scheme: str) -> Iterator[Card]:
    """The people's cards of a scheme, those it appraises."""
    for person in results.people if results else ():
        beside = (each.card for each in person.appraisals if each.appraised and each.card)
        yield from (card for card in (*person.cards, *beside) if card.scheme == scheme)


def _place(it: Looked, key: str) -> tuple[str | int, ...]:
    at = next((at for at, _, indicator in it.judged.version.placed() if indicator.key == key), ())
    return it.judged.at(*at)
