"""The cast of text to the contract's types, in SQL: exact, and every value that does not fit is named.

A value is `text` (VARCHAR, as exports are) or already typed by the select (a count, a sum, a date). Text must be
written plainly: no exponent, no hexadecimal, no time zone, no more decimals than the contract keeps.
"""

from transforms.tables import Column, Type

REASONS = {
    Type.TEXT: "not text",
    Type.INTEGER: "not a whole number",
    Type.DECIMAL: "not a number with at most 4 decimals",
    Type.BOOLEAN: "not true or false",
    Type.DATE: "not a day that exists",
    Type.TIMESTAMP: "not a time that exists (shop wall time, without a zone)",
}
REQUIRED = "required, but empty"

_WRITTEN_AS = {
    Type.INTEGER: r"[+-]?[0-9]+(\.0*)?",
    Type.DECIMAL: r"[+-]?([0-9]+(\.[0-9]{0,4}0*)?|\.[0-9]{1,4}0*)",
}
_ZONE = r":[0-9.]+ *(Z|UTC|[+-][0-9])"
_FIRST, _LAST = "date '1900-01-01'", "date '9999-12-31'"


def given(column: Column, raw_type: str) -> str:
    """SQL of the value as it was given, NULL when empty."""
    name = f'"{column.name}"'
    if raw_type != "VARCHAR":
        return name
    return f"nullif({name}, '')" if column.type is Type.TEXT else f"nullif(trim({name}), '')"


def cast(column: Column, raw_type: str) -> str:
    """SQL of the typed value, NULL when `given` does not fit."""
    value = given(column, raw_type)
    if column.type is Type.TEXT:
        return f"cast({value} as varchar)"
    casted = f"try_cast({value} as {column.type.value})"
    checks = _checks(column.type, value, casted, raw_type)
    return f"case when {' and '.join(checks)} then {casted} end" if checks else casted


def refused(column: Column) -> str:
    """SQL of whether a row does not fit because of this column, over `given` as g_NAME and `cast` as NAME."""
    if not column.nullable:
        return f'"{column.name}" is null'
    return f'("g_{column.name}" is not null and "{column.name}" is null)'


def reason(column: Column) -> str:
    """SQL of why it does not fit, where `refused`."""
    return f"case when \"g_{column.name}\" is null then '{REQUIRED}' else '{REASONS[column.type]}' end"


def _checks(kind: Type, value: str, casted: str, raw_type: str) -> list[str]:
    if kind in _WRITTEN_AS:
        exact = f"regexp_full_match({value}, '{_WRITTEN_AS[kind]}')"
        return [exact if raw_type == "VARCHAR" else f"{casted} = {value}"]
    if kind is Type.DATE:
        return [f"{casted} between {_FIRST} and {_LAST}"]
    if kind is Type.TIMESTAMP:
        within = [f"cast({casted} as date) between {_FIRST} and {_LAST}"]
        return within + ([f"not regexp_matches({value}, '{_ZONE}')"] if raw_type == "VARCHAR" else [])
    return []
