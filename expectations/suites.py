"""The row rules read by Great Expectations: one suite per canonical table, validated on pandas.

Great Expectations costs seconds to import, so nothing here is imported until a gate runs. It would post usage
statistics and draw progress bars; both are switched off before it is loaded.
"""

import os
import warnings
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import get_ident
from typing import TYPE_CHECKING, Any

from expectations.rules import Kind, Rule

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations import ExpectationSuite

Place = tuple[Any, ...]
# Column of a frame with FUTURE rules: the last moment a fact can be about.
LAST_MOMENT = "_last_moment"


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
    outcomes = _outcomes(batch, name, rules, {"result_format": "BOOLEAN_ONLY"})
    broken = [rule for rule, outcome in zip(rules, outcomes, strict=True) if not outcome.success]
    found: dict[str, list[Place]] = {rule.check: [] for rule in rules}
    if broken:
        rows = {
            "result_format": "COMPLETE",
            "unexpected_index_column_names": [*index],
            "include_unexpected_rows": False,
        }
        outcomes = _outcomes(batch, name, broken, rows)
        found |= {rule.check: _rows(outcome, index) for rule, outcome in zip(broken, outcomes, strict=True)}
    return found


def build(name: str, rules: Iterable[Rule]) -> "ExpectationSuite":
    """The suite of one table: an expectation a rule, with the rule's severity and its code as meta."""
    suite: ExpectationSuite = _library().ExpectationSuite(
        name=name, expectations=[_expectation(rule) for rule in rules]
    )
    return suite


def _expectation(rule: Rule) -> Any:
    import great_expectations.expectations as gxe

    kind, asked = _asked(rule)
    return getattr(gxe, kind)(**asked, meta={"check": rule.check}, severity=rule.severity.value)


def _asked(rule: Rule) -> tuple[str, dict[str, Any]]:  # noqa: PLR0911 - one line a kind
    """Great Expectations' name of the rule and its arguments."""
    column = {"column": rule.columns[0]}
    match rule.kind:
        case Kind.MISSING:
            return "ExpectColumnValuesToNotBeNull", column
        case Kind.NOT_ALLOWED:
            return "ExpectColumnValuesToBeInSet", {**column, "value_set": [*rule.options]}
        case Kind.BELOW:
            return "ExpectColumnValuesToBeBetween", {**column, "min_value": rule.limit}
        case Kind.ABOVE:
            return "ExpectColumnValuesToBeBetween", {**column, "max_value": rule.limit}
        case Kind.BEFORE:
            pair = {"column_A": rule.columns[1], "column_B": rule.columns[0], "or_equal": True}
            return "ExpectColumnPairValuesAToBeGreaterThanB", {**pair, "ignore_row_if": "either_value_is_missing"}
        case Kind.FUTURE:
            # Against a column: a comparison with one moment goes through Python row by row.
            pair = {"column_A": LAST_MOMENT, "column_B": rule.columns[0], "or_equal": True}
            return "ExpectColumnPairValuesAToBeGreaterThanB", {**pair, "ignore_row_if": "either_value_is_missing"}
        case Kind.DUPLICATED if len(rule.columns) == 1:
            return "ExpectColumnValuesToBeUnique", column
        case Kind.DUPLICATED:
            return "ExpectCompoundColumnsToBeUnique", {"column_list": [*rule.columns]}
        case Kind.FLAG:
            return "ExpectColumnValuesToBeInSet", {"column": rule.check, "value_set": [False]}


def _outcomes(batch: Any, name: str, rules: Sequence[Rule], result_format: dict[str, Any]) -> list[Any]:
    """One outcome a rule, in the order of the rules."""
    by_check = {_check(each): each for each in batch.validate(build(name, rules), result_format=result_format).results}
    for check, outcome in by_check.items():
        if outcome.exception_info.get("raised_exception", True):
            raise RuntimeError(f"the expectation {check} could not be evaluated")
    return [by_check[rule.check] for rule in rules]


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
