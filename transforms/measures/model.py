"""What a measure declares: a count, a sum or a greatest value over the rows of one relation."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from transforms.titles import Frozen, Title


class Relation(Frozen):
    """A table of countable things that a .sql file of this package makes: contacts, waits, orders and more.

    Every relation has `employee_id` (empty: nobody's), `shop_id` and `day`. `ids` name the thing; `origin` is the
    canonical table a row comes from, and `on` maps its columns to the relation's, so that a row leads to its file.
    `department` is the column with the department of rows that are nobody's (empty: such rows have none).
    """

    name: str
    ids: tuple[str, ...]
    origin: str | None = None
    on: Mapping[str, str] = Field(default_factory=dict)
    department: str = ""


class Measure(Frozen):
    """An additive number per employee × shop × business day.

    `value` is a SQL expression over the relation's row, whole numbers only (empty: rows are counted); `where` keeps
    the rows that count. `combine` says how days add up. `decimals`: the table holds units of 10^-decimals.
    `split` is a column: besides the measure itself there is one for each of its values, keyed `key:value`. `whole`
    False: there are only those, because their sum means nothing.
    """

    key: str
    relation: str
    value: str = ""
    where: str = ""
    combine: Literal["sum", "max"] = "sum"
    unit: str
    meaning: Title
    decimals: int = 0
    split: str = ""
    whole: bool = True
