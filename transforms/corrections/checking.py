"""Whether a correction fits the contract and what schemes judge. Checks return troubles, all at once."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from transforms.corrections.model import TOTAL, Correction, Decision, RowChange
from transforms.corrections.persons import PERSON, check_persons
from transforms.corrections.trouble import IDS, Known, Sort, Trouble
from transforms.corrections.values import WRITE_AS, read, written
from transforms.errors import PeriodError
from transforms.period import parse
from transforms.tables import TABLES, Column, Table, Type

_KIND_OF_TABLE = {"judgements": "rating", "targets": "target"}
_HIGHEST = Decimal(100)
_INTEGERS = range(-(2**63), 2**63)
_DECIMAL_LIMIT = Decimal(10) ** 14
_SAMPLE = 8
_VOCABULARY = {"judgements.indicator", "targets.metric"}  # keys that schemes and the catalogue name


def normalised(correction: Correction) -> Correction:
    """With every readable value in the one way it is kept; what is not readable stays, to be refused."""
    row = correction.row
    if row is None or row.table not in TABLES:
        return correction
    table = TABLES[row.table]
    key = {name: _kept(table, name, text) for name, text in row.key.items()}
    values = {name: None if text is None else _kept(table, name, text) for name, text in row.values.items()}
    return correction.model_copy(update={"row": row.model_copy(update={"key": key, "values": values})})


def check(correction: Correction, known: Known) -> tuple[Trouble, ...]:
    """Everything that is wrong with a correction, but for what needs its row: `check_row`."""
    return (*_form(correction), *_references(correction, known), *check_persons(correction, known, correction.concerns))


def check_row(change: RowChange, row: Mapping[str, str | None] | None) -> tuple[Trouble, ...]:
    """Whether the snapshot's row allows the change; `row`: its values as text, None: there is no such row."""
    if change.act == "add":
        return () if row is None else (Trouble("key", "there is such a row already", "change it with --set"),)
    if row is None:
        what = f"{change.table} has no row with {_said(change.key)}"
        return (Trouble("key", what, "look the key up in the export, or add the row", Sort.MISSING),)
    if change.act == "set" and all(_same(change, row, name) for name in change.values):
        return (Trouble("set", f"the row says {_said(change.values)} already", "nothing has to be corrected"),)
    return ()


def _form(correction: Correction) -> Iterator[Trouble]:
    try:
        parse(correction.period)
    except PeriodError as error:
        yield Trouble("period", error.what, error.todo)
    told = [correction.row, correction.attribution, correction.decision]
    if sum(each is not None for each in told) != 1:
        yield Trouble("kind", "a correction says one thing", "a row, an attribution, or a decision")
    elif correction.row is not None:
        yield from _row(correction.kind, correction.row)
    elif correction.decision is not None:
        yield from _decision(correction.kind, correction.decision)
    elif correction.kind != "attribution":
        yield Trouble("kind", f"whose an order is is no {correction.kind}", "jixiao correct attribution")


def _row(kind: str, change: RowChange) -> Iterator[Trouble]:
    if change.table not in TABLES:
        yield Trouble("table", f"there is no table {change.table}", f"one of: {', '.join(TABLES)}", Sort.MISSING)
        return
    if change.table == "messages":
        todo = "attribute the order (jixiao correct attribution), or exempt the indicator (jixiao correct exempt)"
        yield Trouble("table", "chats are read as the platform stored them and are not corrected", todo, Sort.RULE)
        return
    wanted = _KIND_OF_TABLE.get(change.table, "fact")
    if kind != wanted:
        yield Trouble("kind", f"a row of {change.table} is no {kind}", f"jixiao correct {wanted}")
    table = TABLES[change.table]
    yield from _key(table, change.key)
    yield from _values(table, change)
    yield from _judged(change)


def _key(table: Table, key: Mapping[str, str]) -> Iterator[Trouble]:
    whole = f"the key of {table.name} is {', '.join(table.key)}"
    if lacking := [name for name in table.key if name not in key]:
        yield Trouble("key", f"the key lacks {', '.join(lacking)}", whole)
    if extra := [name for name in key if name not in table.key]:
        yield Trouble("key", f"{', '.join(extra)} is no part of the key", whole)
    for name in table.key:
        if name in key:
            yield from _value(table, table.column(name), key[name], "key")


def _values(table: Table, change: RowChange) -> Iterator[Trouble]:
    for name, text in change.values.items():
        if name not in table.names:
            named = ", ".join(each for each in table.names if each not in table.key)
            yield Trouble("set", f"{table.name} has no column {name}", f"one of: {named}", Sort.MISSING)
        elif name in table.key:
            todo = "remove the row, and add it with the other key"
            yield Trouble("set", f"{name} is part of the key and is not set", todo)
        else:
            yield from _value(table, table.column(name), text, "set")
    yield from _complete(table, change)


def _complete(table: Table, change: RowChange) -> Iterator[Trouble]:
    """As many values as the act needs."""
    if change.act == "remove" and change.values:
        yield Trouble("set", "a row that is removed has no values", "leave --set out")
    if change.act == "set" and not change.values:
        yield Trouble("set", "nothing is set", "say what is otherwise: --set column=value")
    needed = {column.name for column in table.columns if not column.nullable} - set(table.key)
    if change.act == "add" and (lacking := sorted(needed - change.values.keys())):
        yield Trouble("set", f"the new row lacks {', '.join(lacking)}", "give every column that may not be empty")


def _value(table: Table, column: Column, text: str | None, place: str) -> Iterator[Trouble]:
    where = f"{table.name}.{column.name}"
    if text is None:
        if not column.nullable:
            yield Trouble(place, f"{where} may not be empty", WRITE_AS[column.type])
        return
    try:
        value = read(column, text)
    except ValueError:
        yield Trouble(place, f"'{text}' is no value of {where}", WRITE_AS[column.type])
        return
    if column.allowed and value not in column.allowed:
        yield Trouble(place, f"'{text}' is no value of {where}", f"one of: {', '.join(column.allowed)}")
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield from _bounds(column, value, where, place)


def _bounds(column: Column, value: int | Decimal, where: str, place: str) -> Iterator[Trouble]:
    if column.minimum is not None and value < column.minimum:
        yield Trouble(place, f"{value} of {where} is below {column.minimum}", f"at least {column.minimum}")
    fits = abs(Decimal(value)) < _DECIMAL_LIMIT if column.type is Type.DECIMAL else value in _INTEGERS
    if not fits:
        yield Trouble(place, f"{value} of {where} is too large to be kept", "write a smaller number")


def _judged(change: RowChange) -> Iterator[Trouble]:
    """What a table says beyond its columns: a judgement is 0 to 100."""
    text = change.values.get("score")
    if change.table != "judgements" or text is None:
        return
    try:
        score = read(TABLES["judgements"].column("score"), text)
    except ValueError:
        return
    if isinstance(score, Decimal) and score > _HIGHEST:
        yield Trouble("set", f"a judgement of {text} is above {_HIGHEST}", "write a score from 0 to 100")


def _decision(kind: str, told: Decision) -> Iterator[Trouble]:
    wanted = "exemption" if told.act == "exempt" else "override"
    if kind != wanted:
        yield Trouble("kind", f"a decision to {told.act} is no {kind}", f"call it {wanted}")
    if told.act == "exempt" and told.value is not None:
        yield Trouble("value", "an exemption has no value", "leave --value out")
    if told.act == "exempt" and told.key == TOTAL:
        todo = "exempt the indicators, or set the score: jixiao correct score"
        yield Trouble("indicator", "the whole score cannot be exempt", todo)
    if told.act == "override":
        yield from _decided_value(told)
    if told.window is not None:
        yield from _window(told.window)


def _decided_value(told: Decision) -> Iterator[Trouble]:
    value = told.value
    if value is None or not value.is_finite():
        yield Trouble("value", f"no value is told for {told.key}", "write it: --value 80")
    elif "." not in told.key and not 0 <= value <= _HIGHEST:
        yield Trouble("value", f"{value} is no score", "write a score from 0 to 100")


def _window(window: str) -> Iterator[Trouble]:
    try:
        parse(window)
    except PeriodError as error:
        yield Trouble("window", error.what, error.todo)


def _references(correction: Correction, known: Known) -> Iterator[Trouble]:
    if correction.row is not None and correction.row.table in TABLES:
        yield from _row_references(TABLES[correction.row.table], correction.row, known)
    if (told := correction.attribution) is not None:
        if told.employee_id is not None:
            yield from _employee(told.employee_id, known)
        if not known.has("orders.order_id", told.order_id):
            yield Trouble("order", f"there is no order {told.order_id} in {told.shop_id}", _EXPORT, Sort.MISSING)
    if correction.decision is not None:
        yield from _subject(correction.decision.level, correction.decision.subject_id, known)
        yield from _line(correction.decision, known)


_EXPORT = "look the id up in the export"


def _row_references(table: Table, change: RowChange, known: Known) -> Iterator[Trouble]:
    told: dict[str, str | None] = {**change.key, **change.values}
    for column in table.columns:
        value = told.get(column.name)
        own = f"{table.name}.{column.name}"
        named = column.references or (own if own in _VOCABULARY else "")
        if named and value and not known.has(named, value):
            place = "key" if column.name in change.key else "set"
            yield Trouble(place, f"{column.name}: there is no {value}", _EXPORT, Sort.MISSING)
    if table.name == "targets":
        yield from _subject(told.get("level") or "", told.get("subject_id") or "", known)


def _employee(employee_id: str, known: Known) -> Iterator[Trouble]:
    if not known.has("employees.employee_id", employee_id):
        yield Trouble("employee", f"there is no employee {employee_id}", PERSON, Sort.MISSING)


def _subject(level: str, subject: str, known: Known) -> Iterator[Trouble]:
    if level == "employee":
        yield from _employee(subject, known)
    if level == "department" and not known.has("departments.department_id", subject):
        yield Trouble("employee", f"there is no department {subject}", _EXPORT, Sort.MISSING)


def _line(told: Decision, known: Known) -> Iterator[Trouble]:
    if told.scheme is not None and told.scheme not in known.lines:
        what = f"no scheme {told.scheme} is in force"
        yield Trouble("scheme", what, f"one of: {', '.join(known.lines)}", Sort.MISSING)
        return
    keys = _keys(told, known)
    if told.key != TOTAL and told.key not in keys:
        what = f"nobody is judged by {told.key} then"
        yield Trouble("indicator", what, _listed(sorted(keys)), Sort.MISSING)


def _keys(told: Decision, known: Known) -> IDS:
    """Keys that a decision may name: of its scheme, else of those that give the score, lines of sheets of any."""
    if told.scheme is not None:
        return known.lines[told.scheme]
    each = ((name, key) for name, keys in known.lines.items() for key in keys)
    return frozenset(key for name, key in each if "." in key or name in known.scoring)


def _listed(keys: Sequence[str]) -> str:
    more = f" and {len(keys) - _SAMPLE} more: jixiao scheme list" if len(keys) > _SAMPLE else ""
    return f"there is: {', '.join(keys[:_SAMPLE])}{more}" if keys else "no scheme judges this period"


def _kept(table: Table, name: str, text: str) -> str:
    try:
        return written(table.column(name), text)
    except (KeyError, ValueError):
        return text


def _same(change: RowChange, row: Mapping[str, str | None], name: str) -> bool:
    column, new, old = TABLES[change.table].column(name), change.values[name], row.get(name)
    return old is None if new is None else old is not None and read(column, new) == read(column, old)


def _said(told: Mapping[str, str | None]) -> str:
    return ", ".join(f"{name}={'(empty)' if value is None else value}" for name, value in told.items())
