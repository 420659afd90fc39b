"""A period appraised: cards and ranks, points, pay with what was carried over, what follows. Pure: `flows` records."""

from collections.abc import Sequence

from transforms.consequences import conclude
from transforms.payouts.pay import pay
from transforms.schemes.scheme import Scheme
from transforms.scoring.appraisals import appraisals
from transforms.scoring.book import Book
from transforms.scoring.carried import with_carried
from transforms.scoring.engine import score_book
from transforms.scoring.profiles import with_profiles
from transforms.scoring.results import PeriodResults


def appraise(book: Book, schemes: Sequence[Scheme]) -> PeriodResults:
    """Everything the schemes say of everybody in the book's period.

    The steps build on one another: points and cards beside the score stand on the scored people, pay on points and
    ranks, consequences on all of them. Nothing of a trial enters score, grade, pay totals or what binds. What was
    carried over from closed periods stands beside the pay.

    Args:
        book: the period's values, inputs and earlier results, of every window `scoring.windows.needed` names.
        schemes: those of the company; each judges whom it applies to, if it was in force when the period began.

    Returns:
        People and departments with cards, points, pay (fen) and consequences; every number with its trace.
    """
    scored = score_book(book, schemes)
    paid = pay(book, schemes, appraisals(book, schemes, scored))
    return with_profiles(book, conclude(book, schemes, with_carried(book, paid)))
