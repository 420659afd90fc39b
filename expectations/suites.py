"""The row rules read by Great Expectations: one suite per canonical table, validated on pandas.

Great Expectations costs seconds to import, so nothing here is imported until a gate runs. It would post usage
statistics and draw progress bars; both are switched off before it is loaded.
"""

import os
import warnings
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from functools import lru_cache
from threading import get_ident
from typing import TYPE_CHECKING, Any

from expectations.rules import Kind, Rule

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations import ExpectationSuite

Place = tuple[Any, ...]


def failures(name: str, frame: "pd.DataFrame", rules: Sequence[Rule], index: Sequence[str]) -> dict[str, list[Place]]:
    """Validate a frame and say for each rule which rows break it.

    `index` names the columns that identify a row; the result maps check → the values of those columns. An empty
    frame breaks nothing. FLAG rules read a boolean column named like their check.

    Raises:
        RuntimeError: a rule could not be evaluated at all (a mistake in the rule, never in the data).
    """
    if frame.empty or not rules:
        return {rule.check: [] for rule in rules}
    batch = _batch(frame)
    # Two passes: whether each rule holds is cheap to ask; for the rows only of those that do not, three times dearer.
    kept = {_check(outcome) for outcome in _outcomes(batch, name, rules, {"result_format": "BOOLEAN_ONLY"}) if outcome.success}
    found = {rule.check: [] for rule in rules if rule.check in kept}
    if broken := [rule for rule in rules if rule.check not in kept]:
        rows = {
            "result_format": "COMPLETE", "unexpected_index_column_names": list(index), "include_unexpected_rows": False,
        }  # fmt: skip
        found |= {_check(outcome): _rows(outcome, index) for outcome in _outcomes(batch, name, broken, rows)}
    return found


def build(name: str, rules: Iterable[Rule]) -> "ExpectationSuite":
    """The suite of one table: an expectation a rule, with the rule's severity and its code as meta."""
    gx = _library()
    return gx.ExpectationSuite(name=name, expectations=[_expectation(rule) for rule in rules])


def _expectation(rule: Rule) -> Any:
    import great_expectations.expectations as gxe

    first = rule.columns[0]
    common: dict[str, Any] = {"meta": {"check": rule.check}, "severity": rule.severity.value}
    match rule.kind:
        case Kind.MISSING:
            return gxe.ExpectColumnValuesToNotBeNull(column=first, **common)
        case Kind.NOT_ALLOWED:
            return gxe.ExpectColumnValuesToBeInSet(column=first, value_set=list(rule.values), **common)
        case Kind.BELOW:
            return gxe.ExpectColumnValuesToBeBetween(column=first, min_value=rule.limit, **common)
        case Kind.ABOVE:
            return gxe.ExpectColumnValuesToBeBetween(column=first, max_value=rule.limit, **common)
        case Kind.BEFORE:
            pair = {"column_A": rule.columns[1], "column_B": first, "ignore_row_if": "either_value_is_missing"}
            return gxe.ExpectColumnPairValuesAToBeGreaterThanB(or_equal=True, **pair, **common)
        case Kind.FUTURE:
            last = datetime.combine(datetime.fromisoformat(rule.values[0]), time.max)  # noqa: DTZ007 - shop wall time
            return gxe.ExpectColumnValuesToBeBetween(column=first, max_value=last, **common)
        case Kind.DUPLICATED if len(rule.columns) == 1:
            return gxe.ExpectColumnValuesToBeUnique(column=first, **common)
        case Kind.DUPLICATED:
            return gxe.ExpectCompoundColumnsToBeUnique(column_list=list(rule.columns), **common)
        case Kind.FLAG:
            return gxe.ExpectColumnValuesToBeInSet(column=rule.check, value_set=[False], **common)


def _outcomes(batch: Any, name: str, rules: Sequence[Rule], result_format: dict[str, Any]) -> list[Any]:
    outcomes = list(batch.validate(build(name, rules), result_format=result_format).results)
    for outcome in outcomes:
        if outcome.exception_info.get("raised_exception", True):
            raise RuntimeError(f"the expectation {_check(outcome)} could not be evaluated")
    return outcomes


def _check(outcome: Any) -> str:
    return str(outcome.expectation_config.meta["check"])


def _rows(outcome: Any, index: Sequence[str]) -> list[Place]:
    rows = outcome.result.get("unexpected_index_list") or []
    return [tuple(row[column] for column in index) for row in rows]


def _batch(frame: "pd.DataFrame") -> Any:
    return _definition(get_ident()).get_batch({"dataframe": frame})


@lru_cache(maxsize=8)
def _definition(thread: int) -> Any:  # noqa: ARG001 - a batch is known by its asset's name: no two threads share one
    gx = _library()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    return asset.add_batch_definition_whole_dataframe("all")


def _library() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own imports warn about its own dependencies
        import great_expectations as gx
    return gx
