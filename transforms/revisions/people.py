"""What a revision says of one person, as parts."""

from collections.abc import Iterator

from transforms.corrections.model import CarriedLine
from transforms.metrics.model import Unit
from transforms.revisions import words
from transforms.revisions.lines import card_part, pay_part, sheet_part
from transforms.revisions.parts import About, Cell, Part, number, numbered, place, plain
from transforms.scoring.results import Appraisal, ConsequenceResult, PersonResult

_PERSON = (
    "cards", "appraisals", "consequences", "carried", "department_id", "score", "grade", "rank", "ranked_of", "profile",
)  # fmt: skip


def person_part(person: PersonResult) -> Part:
    """Everything about one person."""
    about = About("employee", person.employee_id, person.department_id)
    below = numbered([
        *(card_part(each, about, told_above=len(person.cards) == 1) for each in person.cards),
        *(_appraisal(each, about) for each in person.appraisals),
        *(_consequence(each, about) for each in person.consequences),
        *(_carried(each, about) for each in person.carried),
    ])  # fmt: skip
    name, rest = ("employee", person.employee_id), plain(person, without=_PERSON)
    return Part(name, about, "person", words.OF_PERSON, tuple(_cells(person)), rest, below)


def _cells(person: PersonResult) -> Iterator[Cell]:
    yield Cell("membership", "department", words.MEMBER, person.department_id)
    yield number("score", "score", words.SCORE, person.score, unit=Unit.POINTS)
    yield Cell("grade", "grade", words.GRADE, person.grade, words=person.grade_title)
    yield Cell("rank", "rank", words.RANK, place(person.rank, person.ranked_of))


def _appraisal(each: Appraisal, about: About) -> Part:
    at = about.under(each.scheme, each.counts)
    below = numbered([
        *([card_part(each.card, at, told_above=False)] if each.card else []),
        *(sheet_part(sheet, at) for sheet in each.sheets),
        *([pay_part(each.pay, at, each.scheme_title)] if each.pay else []),
    ])  # fmt: skip
    rank = words.of_scheme(words.CARD_RANK, each.scheme_title)
    cells = (Cell("rank", "rank", rank, place(each.rank, each.ranked_of)),)
    name = ("appraisal", each.scheme, each.window, each.department_id)
    rest = plain(each, without=("card", "sheets", "pay", "rank", "ranked_of"))
    return Part(name, at, "appraisal", each.scheme_title, cells, rest, below)


def _consequence(each: ConsequenceResult, about: About) -> Part:
    at = about.under(each.scheme, "trial" if each.trial else "score")
    due = f" {each.due_on}" if each.due_on else ""
    cell = Cell("consequence", each.key, each.title, each.effect + due, words=each.says)
    rest = plain(each, without=("effect", "due_on"))
    return Part(("consequence", each.scheme, each.key), at, each.key, each.title, (cell,), rest)


def _carried(each: CarriedLine, about: About) -> Part:
    at = about.under(each.scheme)
    cell = number("carried", each.key, each.title, each.amount_fen, unit=Unit.FEN, window=each.from_period)
    rest = plain(each, without=("amount_fen",))
    return Part(("carried", each.from_period, each.scheme, each.key), at, each.key, each.title, (cell,), rest)
