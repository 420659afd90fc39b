"""A period appraised: cards and ranks, then points, then pay, then what follows. Pure; `flows` reads and records."""

from collections.abc import Sequence

from transforms.scoring.book import Book
from transforms.scoring.engine import score_book
from transforms.scoring.results import PeriodResults
from transforms.scoring.scheme import Scheme


def appraise(book: Book, schemes: Sequence[Scheme]) -> PeriodResults:
    """Everything the schemes say of everybody in the book's period.

    The steps build on one another: points and cards beside the score stand on the scored people, pay on points and
    ranks, consequences on all of them. Nothing of a trial enters score, grade, pay totals or what binds.
    """
    return score_book(book, schemes)
