"""Until when each step of an appeal is due, in working days (S01: X to appeal, Y to investigate, Z to answer)."""

from dataclasses import dataclass
from datetime import date

from flows.appeals.procedure import Appeal
from flows.company import CompanySettings
from flows.working_calendar import WorkingCalendar


@dataclass(frozen=True)
class Deadlines:
    """Working days, and which days are worked."""

    calendar: WorkingCalendar
    appeal_days: int
    investigate_days: int
    answer_days: int

    def appeal_until(self, handed_on: date) -> date:
        """Last day to appeal against a document, or against a decision of the first instance, handed over on a day."""
        return self.calendar.after(handed_on, self.appeal_days)

    def investigate_until(self, begun_on: date) -> date:
        """By when it is looked into."""
        return self.calendar.after(begun_on, self.investigate_days)

    def answer_until(self, begun_on: date) -> date:
        """By when it is answered."""
        return self.calendar.after(self.investigate_until(begun_on), self.answer_days)

    def due_on(self, appeal: Appeal) -> date | None:
        """By when the step it is in is due: a judge by the end of the inquiry, the decision by the day of the answer.

        The final instance has both again from the day it was put before it. None: nobody owes a decision.
        """
        if appeal.state == "open":
            return self.investigate_until(appeal.filed.on)
        if appeal.state == "assigned":
            return self.answer_until(appeal.filed.on)
        return self.answer_until(appeal.escalated.on) if appeal.state == "escalated" and appeal.escalated else None

    def escalate_until(self, appeal: Appeal) -> date | None:
        """Last day on which a decision may be put before the final instance; None: there is none yet."""
        return self.appeal_until(appeal.first.on) if appeal.first else None

    def overdue(self, appeal: Appeal, today: date) -> bool:
        """Whether the step it is in should have been done."""
        due = self.due_on(appeal)
        return due is not None and today > due


def deadlines_of(settings: CompanySettings, calendar: WorkingCalendar) -> Deadlines:
    """The working days that `config/company.yaml` says."""
    told = settings.appeals
    return Deadlines(
        calendar, settings.documents.appeal_working_days, told.investigate_working_days, told.answer_working_days
    )
