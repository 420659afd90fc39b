"""What a canonical table is made of: types, columns, keys, and who a column tells about."""

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """DuckDB types of the contract."""

    TEXT = "VARCHAR"
    INTEGER = "BIGINT"
    DECIMAL = "DECIMAL(18,4)"
    BOOLEAN = "BOOLEAN"
    DATE = "DATE"
    TIMESTAMP = "TIMESTAMP"


class Personal(StrEnum):
    """What a column says about a person; decides where it may be shown."""

    NONE = "none"
    PSEUDONYM = "pseudonym"  # an id that stands for a person
    IDENTITY = "identity"  # a name
    CONTACT = "contact"  # an address
    JUDGEMENT = "judgement"  # what somebody thinks of somebody


class Group(StrEnum):
    """How a table's bad rows are treated: facts are quarantined, the rest must be right (pay hangs on every row)."""

    FACT = "fact"
    ORGANISATION = "organisation"
    INPUT = "input"


@dataclass(frozen=True)
class Column:
    """One column of the contract. `minimum` is inclusive; `references` is `table.column`."""

    name: str
    type: Type
    meaning: str
    unit: str = ""
    nullable: bool = False
    key: bool = False
    personal: Personal = Personal.NONE
    references: str = ""
    allowed: tuple[str, ...] = ()
    minimum: int | None = None


@dataclass(frozen=True)
class Table:
    """One canonical table.

    `time` is the column that places a row on a day (None: the table is kept whole, not by day); `order` is the order
    rows are stored in inside a partition; `version` is the column whose larger value wins among rows with the same
    key (None: the later file wins); `ascending` lists columns that must not run backwards (nulls skipped).
    """

    name: str
    title: str
    meaning: str
    group: Group
    columns: tuple[Column, ...]
    time: str | None = None
    order: tuple[str, ...] = ()
    version: str | None = None
    ascending: tuple[str, ...] = ()
    optional: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """The business key: a row's identity across exports."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when the contract has none."""
        return next(c for c in self.columns if c.name == name) if name in self.names else _missing(self.name, name)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in the order of the contract."""
        return tuple(column.name for column in self.columns)


def _missing(table: str, name: str) -> Column:
    raise KeyError(f"{table}.{name}")


def identifier(name: str, meaning: str, **more: object) -> Column:
    """A text that names something."""
    return Column(name, Type.TEXT, meaning, **more)  # type: ignore[arg-type]


def shop(*, key: bool = True) -> Column:
    """The shop a row belongs to."""
    return identifier("shop_id", "The shop", key=key, references="shops.shop_id")


def moment(name: str, meaning: str, *, nullable: bool = True, key: bool = False) -> Column:
    """A moment of the shop's clock."""
    return Column(name, Type.TIMESTAMP, meaning, unit="shop wall time", nullable=nullable, key=key)


def day(name: str, meaning: str, *, nullable: bool = False, key: bool = False) -> Column:
    """A business day."""
    return Column(name, Type.DATE, meaning, unit="day", nullable=nullable, key=key)


def fen(name: str, meaning: str, *, nullable: bool = False) -> Column:
    """An amount."""
    return Column(name, Type.INTEGER, meaning, unit="fen", nullable=nullable, minimum=0)


def count(name: str, meaning: str, *, nullable: bool = False) -> Column:
    """How many."""
    return Column(name, Type.INTEGER, meaning, unit="count", nullable=nullable, minimum=0)


def seconds(name: str, meaning: str, *, nullable: bool = False) -> Column:
    """How long."""
    return Column(name, Type.INTEGER, meaning, unit="seconds", nullable=nullable, minimum=0)


def flag(name: str, meaning: str, *, nullable: bool = False) -> Column:
    """Yes or no."""
    return Column(name, Type.BOOLEAN, meaning, nullable=nullable)


def employee(name: str, meaning: str, *, nullable: bool = False, key: bool = False) -> Column:
    """A personnel number."""
    return identifier(
        name, meaning, nullable=nullable, key=key, personal=Personal.PSEUDONYM, references="employees.employee_id"
    )


def buyer(*, nullable: bool = False) -> Column:
    """The buyer, as a number."""
    return identifier(
        "buyer_id", "The buyer, as the platform numbers them", nullable=nullable, personal=Personal.PSEUDONYM
    )


def account(
    name: str = "account_id",
    meaning: str = "The account it was done with",
    *,
    nullable: bool = True,
    key: bool = False,
) -> Column:
    """A platform account."""
    return identifier(
        name, meaning, nullable=nullable, key=key, personal=Personal.PSEUDONYM, references="accounts.account_id"
    )
