"""The people of one department under one scheme, and what their money is computed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transforms.schemes.pay import Pay
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.facts import Facts
from transforms.scoring.membership import Member
from transforms.scoring.results import Appraisal, DepartmentResult, PeriodResults, PersonResult


@dataclass(frozen=True)
class Payee:
    """Somebody who is appraised, with what is known already."""

    member: Member
    result: PersonResult
    appraisal: Appraisal

    @property
    def employee_id(self) -> str:
        """Who it is."""
        return self.member.employee_id


@dataclass(frozen=True)
class Team:
    """`facts` are of the scheme's window; `payees` by employee id; `headcount`: the regular staff at its end."""

    scheme: Scheme
    version: Version
    pay: Pay
    facts: Facts
    department: DepartmentResult
    payees: Sequence[Payee]
    headcount: int
    results: PeriodResults

    @property
    def department_id(self) -> str:
        """Which department."""
        return self.department.department_id

    def last_day(self, payee: Payee) -> date:
        """The last day of the window on which somebody was employed."""
        return min(self.facts.period.end, payee.member.stint.employee.left_on)
