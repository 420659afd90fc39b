"""From what a person says to a correction: the row it is about, whether it is set or added, the account of somebody."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

import duckdb

from expectations.rules import account_column
from flows.corrections.snapshot import Row, accounts_of, row_of
from transforms.corrections.checking import normalised
from transforms.corrections.model import Attribution, Correction, Decision, Kind, RowChange
from transforms.corrections.values import WRITE_AS, read
from transforms.errors import ConfigError, NotFoundError, Place
from transforms.tables import TABLES, Table
from transforms.titles import Frozen

Act = Literal["set", "add", "remove"]
_KINDS: dict[str, Kind] = {"judgements": "rating", "targets": "target"}


class Told(Frozen):
    """What every correction says: of which period, why, by what evidence, asked and approved by whom."""

    period: str
    reason: str
    evidence: str
    asked_by: str
    approved_by: str


def row(told: Told, act: Act, table: str, key: Mapping[str, str], values: Mapping[str, str | None]) -> Correction:
    """A row of any table; what kind of correction it is follows from the table."""
    change = RowChange(act=act, table=table, key=dict(key), values=dict(values))
    return normalised(_correction(told, _KINDS.get(table, "fact"), row=change))


def rating(
    con: duckdb.DuckDBPyConnection, told: Told, key: Mapping[str, str], score: str, comment: str, given_on: date
) -> Correction:
    """A rater's score: set where the snapshot has the judgement, else added as given on a day."""
    values = {"score": score, **({"comment": comment} if comment else {})}
    return _set_or_add(
        con, told, "judgements", {**key, "period": told.period}, values, {"given_at": f"{given_on} 00:00:00"}
    )


def target(con: duckdb.DuckDBPyConnection, told: Told, key: Mapping[str, str], value: str) -> Correction:
    """What was agreed for a metric: set where the snapshot has the target, else added."""
    return _set_or_add(con, told, "targets", {**key, "period": told.period}, {"value": value}, {})


def attribution(told: Told, shop_id: str, order_id: str, employee_id: str | None) -> Correction:
    """Whose an order is; None: nobody's."""
    whose = Attribution(shop_id=shop_id, order_id=order_id, employee_id=employee_id)
    return _correction(told, "attribution", attribution=whose)


def handled_by(
    con: duckdb.DuckDBPyConnection, told: Told, name: str, key: Mapping[str, str], employee_id: str | None
) -> Correction:
    """Whose a rating, complaint, ticket or refund is: the row's account is set to the one the person had then.

    Raises:
        NotFoundError: there is no such row, or the person had no account in that shop then.
        ConfigError: the table credits nobody by account, or the person had several then.
    """
    table = _by_account(name)
    found = _found(con, table, row(told, "set", name, key, {}))
    account = None if employee_id is None else _account(con, table, found, employee_id)
    return row(told, "set", name, key, {account_column(table): account})


def decision(told: Told, decided: Decision) -> Correction:
    """An exemption or an override."""
    return _correction(told, "exemption" if decided.act == "exempt" else "override", decision=decided)


def value_of(text: str) -> Decimal:
    """A decided value, exact.

    Raises:
        ConfigError: it is no number.
    """
    column = TABLES["judgements"].column("score")
    try:
        return Decimal(str(read(column, text)))
    except ValueError:
        what = f"'{text}' is no number"
        raise ConfigError(what, where=Place(field="value"), todo=WRITE_AS[column.type]) from None


def _set_or_add(
    con: duckdb.DuckDBPyConnection, told: Told, table: str, key: Mapping[str, str], values: Mapping[str, str | None],
    besides: Mapping[str, str | None],
) -> Correction:  # fmt: skip
    made = row(told, "set", table, key, values)
    there = _readable(made) and row_of(con, TABLES[table], _key(made)) is not None
    return made if there else row(told, "add", table, key, {**values, **besides})


def _found(con: duckdb.DuckDBPyConnection, table: Table, made: Correction) -> Row:
    found = row_of(con, table, _key(made)) if _readable(made) else None
    if found is None:
        said = ", ".join(f"{name}={text}" for name, text in _key(made).items())
        what, todo = f"{table.name} has no row with {said or 'no key'}", f"its key is {', '.join(table.key)}"
        raise NotFoundError(what, where=Place(field="key"), todo=todo)
    return found


def _by_account(name: str) -> Table:
    if name not in TABLES or name == "orders" or not account_column(TABLES[name]):
        what = f"nobody is credited by an account in {name}"
        todo = "an order: --order and --shop; another row: jixiao correct fact"
        raise ConfigError(what, where=Place(field="table"), todo=todo)
    return TABLES[name]


def _account(con: duckdb.DuckDBPyConnection, table: Table, found: Row, employee_id: str) -> str:
    accounts = accounts_of(con, table, found, employee_id)
    shop = found.get("shop_id")
    if not accounts:
        what, todo = (
            f"{employee_id} had no account in {shop} then",
            "correct the account first: jixiao correct fact accounts",
        )
        raise NotFoundError(what, where=Place(field="employee"), todo=todo)
    if len(accounts) > 1:
        what = f"{employee_id} had several accounts in {shop} then: {', '.join(accounts)}"
        todo = f"choose one: jixiao correct fact {table.name} --set {account_column(table)}={accounts[0]}"
        raise ConfigError(what, where=Place(field="employee"), todo=todo)
    return accounts[0]


def _readable(made: Correction) -> bool:
    """Whether a row can be looked for: the key is whole, and each part of it readable."""
    change = made.row
    if change is None or change.table not in TABLES or set(change.key) != set(TABLES[change.table].key):
        return False
    try:
        for name, text in change.key.items():
            read(TABLES[change.table].column(name), text)
    except ValueError:
        return False
    return True


def _key(made: Correction) -> dict[str, str]:
    return {} if made.row is None else made.row.key


def _correction(
    told: Told, kind: Kind, *, row: RowChange | None = None, attribution: Attribution | None = None,
    decision: Decision | None = None,
) -> Correction:  # fmt: skip
    return Correction(kind=kind, row=row, attribution=attribution, decision=decision, **told.model_dump())
