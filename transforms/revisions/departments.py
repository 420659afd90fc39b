"""What a revision says of one department, as parts."""

from collections.abc import Iterator

from transforms.metrics.model import Unit
from transforms.revisions import words
from transforms.revisions.lines import card_part
from transforms.revisions.parts import About, Cell, Part, number, numbered, plain
from transforms.scoring.results import DepartmentAppraisal, DepartmentResult, NamedValue, PoolResult, Share


def department_part(department: DepartmentResult) -> Part:
    """Everything about one department."""
    about = About("department", department.department_id, department.department_id)
    below = numbered([
        *([card_part(department.card, about, told_above=False)] if department.card else []),
        *(_appraisal(each, about) for each in department.appraisals),
    ])  # fmt: skip
    name = ("department", department.department_id)
    rest = plain(department, without=("card", "appraisals", "mean_score", "median_score"))
    return Part(name, about, "department", words.OF_DEPARTMENT, tuple(_cells(department)), rest, below, follows=True)


def _cells(department: DepartmentResult) -> Iterator[Cell]:
    yield Cell("membership", "department", words.THERE, department.department_id, words=department.title)
    yield number("value", "mean_score", words.MEAN, department.mean_score, unit=Unit.POINTS)
    yield number("value", "median_score", words.MEDIAN, department.median_score, unit=Unit.POINTS)


def _appraisal(each: DepartmentAppraisal, about: About) -> Part:
    at = about.under(each.scheme, each.counts)
    below = numbered([
        *([card_part(each.card, at, told_above=False)] if each.card else []),
        *(_value(value, at) for value in each.values),
        *(_pool(pool, at) for pool in each.pools),
    ])  # fmt: skip
    name, rest = ("appraisal", each.scheme, each.window), plain(each, without=("card", "values", "pools"))
    return Part(name, at, "appraisal", each.scheme_title, (), rest, below)


def _value(each: NamedValue, about: About) -> Part:
    cell = number("value", each.key, each.title, each.value, unit=each.unit)
    rest = plain(each, without=("value",))
    return Part(("value", each.key), about, each.key, each.title, (cell,), rest)


def _pool(pool: PoolResult, about: About) -> Part:
    cells = (
        number("pool", pool.key, pool.title, pool.amount_fen, unit=Unit.FEN),
        number("pool", pool.key, pool.title, pool.paid_fen, aspect="paid", unit=Unit.FEN),
        number("pool", pool.key, pool.title, pool.left_fen, aspect="left", unit=Unit.FEN),
    )
    below = numbered([_share(pool, each, about) for each in pool.shares])
    rest = plain(pool, without=("amount_fen", "paid_fen", "left_fen", "shares"))
    return Part(("pool", pool.key), about, pool.key, pool.title, cells, rest, below)


def _share(pool: PoolResult, share: Share, about: About) -> Part:
    """What one person gets: about that person, not the department."""
    at = About("employee", share.employee_id, about.department_id, about.scheme, about.counts)
    cell = number("pool", pool.key, pool.title, share.amount_fen, aspect="share", unit=Unit.FEN)
    rest = plain(share, without=("amount_fen",))
    return Part(("share", share.employee_id), at, pool.key, pool.title, (cell,), rest, facts=str(share.weight))
