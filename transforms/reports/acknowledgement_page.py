"""The list of acknowledgements of one department as a document of its own, which can be made at any time."""

from collections.abc import Iterable
from typing import Literal

from transforms.reports import parts
from transforms.reports.acknowledgements import ack_list
from transforms.reports.department import find, members
from transforms.reports.model import ReportContext, ReportHead
from transforms.reports.revision_model import AckList, Acknowledged
from transforms.scoring.results import PeriodResults
from transforms.titles import Frozen, Title


class AcknowledgementReport(Frozen):
    """Who of a department answered; `subject_id` is the department's."""

    kind: Literal["acknowledgement"] = "acknowledgement"
    head: ReportHead
    subject_id: str
    title: Title
    answers: AckList


def acknowledgement_report(
    results: PeriodResults, department_id: str, states: Iterable[Acknowledged], context: ReportContext
) -> AcknowledgementReport:
    """The list as `states` have it.

    Raises:
        NotFoundError: the results know no such department.
    """
    department = find(results, department_id)
    return AcknowledgementReport(
        head=parts.head(results, context),
        subject_id=department_id,
        title=department.title,
        answers=ack_list(members(results, department), states),
    )
