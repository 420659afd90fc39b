"""What stands beside a judgement: facts of the period, last period's score, events counted.

Only managers see them, and everybody of himself: a colleague judges a colleague without his numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flows.rendering.formats import Formats
from flows.sheets.expected import Asked
from flows.sheets.situation import Situation
from transforms.period import Period
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.facts import facts_of
from transforms.scoring.results import Card, IndicatorResult, PeriodResults
from transforms.titles import Title

MOST_FACTS = 3
_COMMA = {"zh-Hans": "、", "zh-Hant": "、", "en": ", "}
_SEES = frozenset({"manager", "self"})


def facts(asked: Asked, seen: Situation, formats: Formats) -> str:
    """Up to three values that fit best: of the scheme's own card first, there of the same group, then by weight."""
    if asked.role not in _SEES or seen.results is None:
        return ""
    best = sorted(_shown(asked, seen.results), key=lambda found: found[:-1])[:MOST_FACTS]
    return "\n".join(f"{formats.title(line.title)} {formats.amount(line.actual, line.unit)}" for *_, line in best)


def _shown(asked: Asked, results: PeriodResults) -> Iterator[tuple[int, bool, Decimal, str, IndicatorResult]]:
    """Lines with a value, each key once, with what they are put in order by."""
    keys: set[str] = set()
    for place, card in enumerate(_cards(results, asked.employee_id, asked.scheme, asked.department_id)):
        for line in card.indicators:
            if line.kind != "manual" and line.actual is not None and line.key not in keys:
                keys.add(line.key)
                yield place, line.group != asked.group, -line.weight, line.key, line


def last_score(asked: Asked, seen: Situation, *, anonymous: bool) -> Decimal | None:
    """What all raters' mean gave in the period before; nothing where a role of the line is anonymous."""
    if asked.role not in _SEES or seen.before is None or anonymous:
        return None
    cards = _cards(seen.before, asked.employee_id, asked.scheme, asked.department_id)
    found = (line.score for card in cards for line in card.indicators if line.key == asked.indicator)
    score = next((each for each in found if each is not None), None)
    return None if score is None else round(score, 2)


def events(asked: Asked, seen: Situation, titles: Mapping[str, Title], formats: Formats) -> str:
    """What was written down about the person in the window: `Praise × 2`; kinds that a scheme gives a name."""
    if asked.role not in _SEES:
        return ""
    found = facts_of(seen.book, asked.window)
    named = (kind for kind, title in titles.items() if title.zh_hans != kind)
    counted = ((titles[kind], found.event_quantity(kind, employee_id=asked.employee_id)) for kind in named)
    return _COMMA[formats.locale].join(
        f"{formats.title(title)}×{formats.count(sum_)}" for title, sum_ in counted if sum_
    )


def event_titles(schemes: Iterable[Scheme], period: Period) -> dict[str, Title]:
    """The kinds of events that schemes in force name, with a title where one has it, by kind."""
    found: dict[str, Title] = {}
    for scheme in schemes:
        if (version := _in_force(scheme, period)) is not None:
            for kind, title in _named_events(version.model_dump()):
                if kind not in found or found[kind].zh_hans == kind:
                    found[kind] = title
    return dict(sorted(found.items()))


def _in_force(scheme: Scheme, period: Period) -> Version | None:
    window = scheme.window(period)
    return scheme.in_force(window.start) if window else None


def _named_events(told: Any) -> Iterator[tuple[str, Title]]:
    """Wherever a scheme says `event: KIND` or `unless: KIND`."""
    if isinstance(told, dict):
        for name in ("event", "unless"):
            if isinstance(kind := told.get(name), str):
                title = told.get("title") if name == "event" else None
                yield kind, Title.model_validate(title) if title else Title(zh_hans=kind)
        told = told.values()
    elif not isinstance(told, tuple | list):
        return
    for each in told:
        yield from _named_events(each)


def _cards(results: PeriodResults, who: str, scheme: str, department_id: str) -> Sequence[Card]:
    """The person's cards: of the scheme that asks first, then of those that give the score, in the department first."""
    person = next((each for each in results.people if each.employee_id == who), None)
    if person is None:
        return ()
    beside = [each.card for each in person.appraisals if each.card is not None]
    return sorted(
        [*person.cards, *beside], key=lambda card: (card.scheme != scheme, card.department_id != department_id)
    )
