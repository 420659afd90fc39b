"""A re-run as HR starts it from Prefect's page: a form, a page that says what would change, and the run if wanted.

The page (an artifact of the run) names personnel numbers and keys only.
"""

from typing import Annotated

from prefect import flow
from pydantic import Field

from flows import tasks
from flows.monthly_report import monthly_report
from flows.runtime_seal import sealed_flow

_PERIOD = r"^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$|^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$"
_DAY = r"^\d{4}-\d{2}-\d{2}$"


@flow(name="revise-period", validate_parameters=True)
@sealed_flow
def revise_period(
    period: Annotated[str, Field(pattern=_PERIOD)],
    reason: Annotated[str, Field(min_length=3, max_length=200)],
    asked_by: Annotated[str, Field(min_length=1, max_length=40)],
    refresh: bool = False,  # noqa: FBT001, FBT002 - a switch on Prefect's form
    dry_run: bool = True,  # noqa: FBT001, FBT002 - a switch on Prefect's form
    company: str = ".",
    as_of: Annotated[str, Field(pattern=_DAY)] | None = None,
) -> dict[str, int | str | bool]:
    """Show what a re-run of one period changes, and make the revision unless it is a dry run. Nothing is sent.

    Args:
        period: A month as 2026-10, a quarter as 2026-Q3, a year as 2026.
        reason: Why it is run again; stands in the history. Write no names.
        asked_by: Personnel number of who asks for it.
        refresh: Read the sources and the returned sheets anew. Off, the last revision's rows are used again.
        dry_run: Only show what would change. Off, the revision, its documents and letters are made.
        company: The company's folder.
        as_of: The day to judge by, as 2026-11-21. Empty, today.
    """
    planned = tasks.plan(company, period, as_of, refresh=refresh, dry_run=dry_run)
    if dry_run:
        return planned
    made = monthly_report(
        period=period, company=company, as_of=as_of, refresh=refresh, reason=reason, asked_by=asked_by
    )
    return {**made, "changes": planned["changes"], "as_planned": tasks.says(company, int(made["id"]), planned)}
