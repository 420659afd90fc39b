"""What reminders of an overdue appeal say."""

from flows.appeals.procedure import Appeal
from transforms.titles import Title
from transforms.wording import three, told

_SUBJECT = three("申诉逾期:{id}", "申訴逾期:{id}", "Appeal overdue: {id}")
_OPEN = three(
    "{period} 申诉 {id}({employee},{title})应于 {due} 前指定处理人,至今未指定,已转交最终裁决人。",
    "{period} 申訴 {id}({employee},{title})應於 {due} 前指定處理人,至今未指定,已轉交最終裁決人。",
    "Appeal {id} of {period} ({employee}, {title}) had to have a judge by {due}. It is the final instance's now.",
)
_ASSIGNED = three(
    "{period} 申诉 {id}({employee},{title})应于 {due} 前答复,至今未答复,已转交最终裁决人。",
    "{period} 申訴 {id}({employee},{title})應於 {due} 前答覆,至今未答覆,已轉交最終裁決人。",
    "Appeal {id} of {period} ({employee}, {title}) had to be answered by {due}. It is the final instance's now.",
)
_ESCALATED = three(
    "{period} 申诉 {id}({employee},{title})已由最终裁决人受理,应于 {due} 前答复,至今未答复。",
    "{period} 申訴 {id}({employee},{title})已由最終裁決人受理,應於 {due} 前答覆,至今未答覆。",
    "Appeal {id} of {period} ({employee}, {title}), with the final instance, had to be answered by {due}.",
)
_HOW = three(
    "查看与裁决:jixiao appeal list {period}。",
    "查看與裁決:jixiao appeal list {period}。",
    "See jixiao appeal list {period}.",
)
_SAYS = {"open": _OPEN, "assigned": _ASSIGNED, "escalated": _ESCALATED}


def subject(appeal: Appeal) -> Title:
    """Subject of the mail."""
    return told(_SUBJECT, id=appeal.id)


def paragraphs(appeal: Appeal, due_on: str) -> tuple[Title, ...]:
    """What is overdue since when, and where to see it."""
    filed = appeal.filed
    parts = {"id": appeal.id, "period": filed.period, "employee": filed.employee_id, "due": due_on}
    return told(_SAYS[appeal.state], title=filed.title, **parts), told(_HOW, period=filed.period)
