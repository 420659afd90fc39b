"""Every named value of a team, computed when it is first asked for: facts, formulas, pools, a person at a time."""

from dataclasses import dataclass, field
from decimal import Decimal

from transforms.metrics.model import Unit
from transforms.payouts.evaluate import prepared
from transforms.payouts.facts import fact_trace
from transforms.payouts.pools import Split, share_trace, split
from transforms.payouts.provisional import is_provisional
from transforms.payouts.team import Payee, Team
from transforms.payouts.titles import Naming, title_of, unit_of_name
from transforms.schemes.pay import Pool
from transforms.schemes.point_rules import PointStep
from transforms.scoring.results import Trace
from transforms.scoring.trace import constant, half_up, leaf, step
from transforms.titles import Title

_OVER = {"sum": "people_sum", "mean": "people_mean", "count": "people_count"}


@dataclass(frozen=True)
class Values:
    """The values of one team. What was computed once is kept, so that everybody sees the same."""

    team: Team
    payees: dict[str, Payee]
    whose: dict[str, str]
    known: dict[tuple[str, str | None], Trace] = field(default_factory=dict)
    splits: dict[str, Split | None] = field(default_factory=dict)
    words: dict[str, tuple[Title | None, Unit | None]] = field(default_factory=dict)
    unsettled: dict[str, bool] = field(default_factory=dict)

    def of(self, name: str, employee_id: str | None) -> Trace:
        """What a name stands for: of the department (`employee_id` None), or of one of its people."""
        who = employee_id if self.whose[name] == "person" else None
        if (name, who) not in self.known:
            self.known[name, who] = self._compute(name, who)
        return self.known[name, who]

    def _compute(self, name: str, who: str | None) -> Trace:
        pay, payee = self.team.pay, self.payees[who] if who is not None else None
        if name in pay.parameters:
            return constant(name, pay.parameters[name].value)
        if name in pay.facts:
            return fact_trace(self.team, name, pay.facts[name], payee)
        if who is not None and name in pay.pools:
            return self._share(name, pay.pools[name], who)
        formula = (pay.person if who is not None else pay.department)[name].formula
        return prepared(formula, name)(OfPerson(self, who) if who is not None else OfDepartment(self))

    def _share(self, name: str, pool: Pool, who: str) -> Trace:
        shared = self.pool(name)
        if shared is None:
            unknown = pool.amount if self.of(pool.amount, None).value is None else str(pool.divisor)
            return leaf("named", unknown, None)
        return share_trace(name, who, shared, self.of(pool.by, who))

    def pool(self, name: str) -> Split | None:
        """How a pool is shared; None where its amount or its divisor is not known."""
        if name not in self.splits:
            self.splits[name] = self._split(self.team.pay.pools[name])
        return self.splits[name]

    def _split(self, pool: Pool) -> Split | None:
        amount, divisor = self.of(pool.amount, None).value, self.divisor(pool)
        if amount is None or (divisor is None and pool.divisor != "team"):
            return None
        weights = {who: self.of(pool.by, who).value for who in self.payees}
        return split(int(half_up(amount, Decimal(1))), weights, divisor)

    def divisor(self, pool: Pool) -> Decimal | None:
        """What own weights are divided by; None for the team's sum, and where there is no number above zero."""
        if pool.divisor == "team":
            return None
        told = self.of(pool.divisor, None).value if isinstance(pool.divisor, str) else pool.divisor
        return told if told is not None and told > 0 else None

    def steps(self, table: str) -> tuple[PointStep, ...]:
        """The steps of a table."""
        return self.team.pay.tables[table].steps

    def title(self, name: str) -> Title | None:
        """What a name or a table is called."""
        return self._words(name)[0]

    def unit(self, name: str) -> Unit | None:
        """The unit of a name or a table."""
        return self._words(name)[1]

    def _words(self, name: str) -> tuple[Title | None, Unit | None]:
        if name not in self.words:
            team = self.team
            known = Naming(team.pay, team.version.points, team.facts.catalogue)
            self.words[name] = title_of(known, name), unit_of_name(known, name)
        return self.words[name]

    def provisional(self, name: str) -> bool:
        """Whether a name's value can still change."""
        if name not in self.unsettled:
            self.unsettled[name] = is_provisional(self.team, name)
        return self.unsettled[name]


@dataclass(frozen=True)
class OfDepartment:
    """What a department's formula sees: its own values, and its people's only joined."""

    values: Values

    def value(self, name: str) -> Trace:
        """A department's value, written out."""
        return self.values.of(name, None)

    def over_people(self, function: str, name: str) -> Trace:
        """Joined, each person's value a leaf under the employee's id."""
        people = (leaf("named", who, self.values.of(name, who).value, name=name) for who in self.values.payees)
        return step(_OVER[function], f"{function}({name})", *people)

    def steps(self, table: str) -> tuple[PointStep, ...]:
        """The steps of a table."""
        return self.values.steps(table)


@dataclass(frozen=True)
class OfPerson:
    """What a person's formula sees: the own values written out; the department's, and others', as results only."""

    values: Values
    employee_id: str

    def value(self, name: str) -> Trace:
        """An own value with its steps; a department's formula as a leaf (its steps stand with the department)."""
        found = self.values.of(name, self.employee_id)
        if name in self.values.team.pay.department:
            return leaf("named", name, found.value)
        return found

    def over_people(self, function: str, name: str) -> Trace:
        """The joined value alone: nobody reads another's number in the own report."""
        return leaf("named", f"{function}({name})", OfDepartment(self.values).over_people(function, name).value)

    def steps(self, table: str) -> tuple[PointStep, ...]:
        """The steps of a table."""
        return self.values.steps(table)


def values_of(team: Team) -> Values:
    """A team's values, nothing of them computed yet."""
    payees = {each.employee_id: each for each in sorted(team.payees, key=lambda each: each.employee_id)}
    return Values(team, payees, dict(team.pay.whose()))
