"""Canonical inputs: what people write down about people. Pay hangs on every row, so none may be wrong."""

from transforms.table_model import (
    Column,
    Group,
    Personal,
    Table,
    Type,
    day,
    employee,
    identifier,
    moment,
)

# A table of tables reads better by hand.
# fmt: off
INPUTS = (
    Table("judgements", "Judgements", "A rater's score of an employee on one indicator", Group.INPUT, (
        employee("employee_id", "Who is judged", key=True),
        identifier("indicator", "Indicator, as the scheme names it", key=True),
        identifier("period", "Period key such as 2026-10", key=True),
        employee("rater_id", "Who judges", key=True),
        Column("role", Type.TEXT, "The rater's relation to the employee", key=True,
               allowed=("self", "manager", "peer", "subordinate", "customer")),
        Column("score", Type.DECIMAL, "0 to 100", unit="points", minimum=0, personal=Personal.JUDGEMENT),
        identifier("comment", "Reason in words", nullable=True, personal=Personal.JUDGEMENT),
        moment("given_at", "When; of two versions the later counts", nullable=False),
    ), version="given_at", optional=True),
    Table("targets", "Targets", "What was agreed for a metric", Group.INPUT, (
        Column("level", Type.TEXT, "Whose target", key=True, allowed=("employee", "department", "company")),
        identifier("subject_id", "Employee, department, or `company`", key=True, personal=Personal.PSEUDONYM),
        identifier("metric", "Metric key", key=True),
        identifier("period", "Period key such as 2026-10", key=True),
        Column("value", Type.DECIMAL, "The target, in the metric's unit (amounts in fen)", minimum=0),
    ), optional=True),
    Table("events", "Events", "Something that happened and counts for or against somebody", Group.INPUT, (
        identifier("event_id", "Its number", key=True),
        identifier("kind", "praise, order_error, night_shift, red_line, …, as the scheme names it"),
        employee("employee_id", "Whose", nullable=True),
        identifier("department_id", "Whose, when it is a whole department's", nullable=True,
                   references="departments.department_id"),
        day("occurred_on", "Day it counts for"),
        Column("quantity", Type.DECIMAL, "How many times, or how much; 1 where nothing is counted", minimum=0),
        identifier("reference", "Order, chat or file it is about", nullable=True),
        identifier("comment", "Reason in words", nullable=True, personal=Personal.JUDGEMENT),
        employee("entered_by", "Who wrote it down"),
        moment("entered_at", "When it was written down; of two versions the later counts", nullable=False),
    ), version="entered_at", optional=True),
    Table("exams", "Exams", "A result of a knowledge test", Group.INPUT, (
        employee("employee_id", "Who", key=True),
        identifier("exam", "Which test", key=True),
        day("taken_on", "Day it was taken", key=True),
        Column("score", Type.DECIMAL, "Points", unit="points", minimum=0, personal=Personal.JUDGEMENT),
        Column("score_max", Type.DECIMAL, "Best possible points", unit="points", minimum=1),
    ), optional=True),
    Table("attendance", "Attendance", "Days that differ from plain presence", Group.INPUT, (
        employee("employee_id", "Who", key=True),
        day("day", "Day", key=True),
        Column("kind", Type.TEXT, "What the day was",
               allowed=("present", "leave", "sick", "excused", "absent", "late")),
        Column("overtime_hours", Type.DECIMAL, "Hours worked beyond the roster", unit="hours", nullable=True,
               minimum=0),
    ), optional=True),
    Table("pay_items", "Pay items", "What somebody's pay is made of, by day", Group.INPUT, (
        employee("employee_id", "Who", key=True),
        identifier("item", "base, post, full_attendance, overtime_hour, bonus_base, …", key=True),
        day("valid_from", "First day", key=True),
        day("valid_until", "Last day, included", nullable=True),
        Column("amount_fen", Type.INTEGER, "Amount; a deduction is negative", unit="fen"),
    ), ascending=("valid_from", "valid_until"), optional=True),
)
