"""The customer-service appraisal S02 computed a second time, straight from the specification.

Nothing here imports the project: an agreement between the two is worth something only because they share no code.
Money goes in and comes out in integer fen. Quotients are kept to 80 digits, and what somebody is paid is rounded
half-up once. "S02.n" in a comment is row n of the S02 table; "S02 money" and "S02 department" are its paragraphs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from random import Random

Number = int | Decimal
Values = dict[int, Decimal | None]

EXACT = Context(prec=80)
# A quotient such as 1/3 is cut at 80 digits, so 3 x 1/3 misses 1, by far less than this step.
SNAP = Decimal(1).scaleb(-30)
WEEKS = 4
RANKED = (2, 3, 4, 5, 12)
POOLED = (2, 3, 4, 5, 8)
RANK_POINTS = {1: 3, 2: 2, 3: 1}
PERFORMANCE_DIVISOR = Decimal(96)
BEHAVIOUR_MAXIMUM = Decimal(20)
SENIORITY_POINTS = ((36, 8), (24, 5), (12, 3), (6, 2))
EVENT_KINDS = frozenset(
    (
        "praise",
        "bad_review_attitude",
        "order_error",
        "irregular_handling",
        "process_improvement",
        "execution",
        "other_work",
        "overdue_task",
        "refusal",
        "night_shift",
        "loss_avoided",
    )
)


@dataclass(frozen=True)
class Week:
    """One agent's counts of one of the four weeks (days 1-7, 8-14, 15-21, 22-end)."""

    received: int = 0
    inquirers: int = 0
    same_day_orderers: int = 0  # inquirers who ordered the same day
    final_payers: int = 0  # inquirers who ordered and paid within the windows
    owned_orderers: int = 0
    owned_orderers_paid: int = 0
    paid_amount_fen: int = 0
    paying_buyers: int = 0
    agent_messages: int = 0
    buyer_messages: int = 0
    received_buyers: int = 0
    replied_buyers: int = 0
    response_seconds_sum: Number = 0
    response_waits: int = 0
    special_campaign: bool = False
    excused_reply: int = 0  # events that excuse an unanswered buyer

    @property
    def lost_orderers(self) -> int:
        """S02.9 and the table of contradictions: the population of item 3, unpaid after the window."""
        return self.owned_orderers - self.owned_orderers_paid


@dataclass(frozen=True)
class Agent:
    """One person's month. `appraised=False` is a helper or after-sales: holds ranks, gets no points and no money."""

    id: str
    appraised: bool = True
    weeks: tuple[Week, ...] = (Week(),) * WEEKS
    target_fen: int | None = None
    paid_amount_fen: int = 0  # the month: the sum of the weeks
    assisted_amount_fen: int = 0
    events: Mapping[str, Decimal] = field(default_factory=dict)
    seniority_months: int = 0
    base_fen: int = 0
    full_attendance_fen: int = 0
    overtime_fen: int = 0

    def __post_init__(self) -> None:
        """Refuse a month that does not fit its weeks, and events nobody knows."""
        if len(self.weeks) != WEEKS or self.paid_amount_fen != sum(w.paid_amount_fen for w in self.weeks):
            raise ValueError(f"{self.id}: four weeks whose paid amounts add up to the month's")
        if unknown := set(self.events) - EVENT_KINDS:
            raise ValueError(f"{self.id}: unknown events {sorted(unknown)}")


@dataclass(frozen=True)
class Department:
    """The department's month. Ratios are plain numbers (0.47 for 47 %), order values and amounts are fen."""

    agents: tuple[Agent, ...]
    dsr_now: Decimal = Decimal(0)
    dsr_last: Decimal | None = None
    dsr_industry: Decimal = Decimal(0)
    conversion_now: Decimal | None = None
    conversion_last: Decimal | None = None
    paid_order_value_now: Decimal | None = None
    paid_order_value_last: Decimal | None = None
    mean_task_completion_last: Decimal | None = None
    inquiry_ratio_last: Decimal | None = None
    ad_phrase_abuse: tuple[bool, ...] = (False,) * WEEKS
    sales_fen: int = 0
    target_fen: int | None = None
    headcount: int = 0


@dataclass(frozen=True)
class Options:
    """The readings that are parameters. `x_floor` is in fen; None leaves a negative X as it is."""

    divisor: str = "96"  # or "team_sum"
    behaviour_divisor: str = "team"  # or "20"
    tier_mode: str = "final"  # or "marginal"
    x_floor: Decimal | None = Decimal(0)
    ties: str = "1224"

    def __post_init__(self) -> None:
        """Refuse a reading that is not one of the documented ones."""
        known = (("96", "team_sum"), ("team", "20"), ("final", "marginal"), ("1224",))
        chosen = (self.divisor, self.behaviour_divisor, self.tier_mode, self.ties)
        if any(value not in allowed for value, allowed in zip(chosen, known, strict=True)):
            raise ValueError(f"unknown reading in {chosen}")


@dataclass(frozen=True)
class Commission:
    """In fen. The three parts are exact and already carry the person's share (80 %, 90 %, 2 per mille)."""

    in_target_fen: int
    excess_fen: int
    in_target_rate: Decimal
    excess_rate: Decimal  # the highest rate reached
    in_target_full_fen: Decimal  # before the person's 80 %; feeds X
    excess_full_fen: Decimal  # before the person's 90 %; feeds X
    in_target_part_fen: Decimal
    excess_part_fen: Decimal
    assisted_part_fen: Decimal
    paid_fen: int


@dataclass(frozen=True)
class AgentResult:
    """What one person gets. A ranked-only person has ranks and values; the points are empty and the money is 0."""

    id: str
    appraised: bool
    ranked: bool
    values: tuple[Values, ...]  # per week: indicator to value, None without data
    ranks: tuple[dict[int, int], ...]  # per week: indicator 2-5 and 12 to place, absent when not ranked
    weekly_points: tuple[dict[int, int], ...]  # per week: indicators 1-9 and 12
    monthly_points: int  # S02.10
    total_points: int
    behaviour_parts: dict[str, Decimal]
    behaviour_points: Decimal
    completion: Decimal | None
    commission: Commission
    performance_bonus_fen: int
    behaviour_bonus_fen: int
    pay_fen: int


@dataclass(frozen=True)
class Result:
    """What the department's month comes to."""

    agents: dict[str, AgentResult]
    pooled: tuple[Values, ...]  # per week: indicators 2-5 and 8
    completion: Decimal | None
    coefficient: Decimal
    mean_task_completion: Decimal | None
    rewards_fen: dict[str, int]
    x_raw_fen: Decimal
    x_fen: int
    performance_pool_fen: int
    behaviour_pool_fen: int
    performance_remainder_fen: int
    behaviour_remainder_fen: int
    findings: tuple[str, ...]


@dataclass(frozen=True)
class WeekTable:
    """One week of the whole department: each person's values, the pooled value, the places."""

    values: dict[str, Values]
    pooled: Values
    ranks: dict[int, dict[str, int]]


def ratio(numerator: Number, denominator: Number | None) -> Decimal | None:
    """The quotient, or None without a denominator (metrics: zero denominator is "no data", never 0 or 100)."""
    return EXACT.divide(Decimal(numerator), Decimal(denominator)) if denominator else None


def snapped(value: Decimal) -> Decimal:
    """The value without the tail that cutting a quotient at 80 digits leaves."""
    return value.quantize(SNAP, context=EXACT)


def half_up(value: Decimal) -> int:
    """Whole fen."""
    return int(snapped(value).quantize(Decimal(1), rounding=ROUND_HALF_UP, context=EXACT))


# Weekly indicators.


def numerator_and_denominator(week: Week, indicator: int) -> tuple[Number, Number]:
    """The two measures of an indicator. S02.4 is not looked at in a special campaign."""
    if indicator == 4 and week.special_campaign:
        return 0, 0
    return {
        1: (week.inquirers, week.received),
        2: (week.same_day_orderers, week.inquirers),
        3: (week.owned_orderers_paid, week.owned_orderers),
        4: (week.paid_amount_fen, week.paying_buyers),
        5: (week.final_payers, week.inquirers),
        6: (week.agent_messages, week.buyer_messages),
        7: (week.replied_buyers, week.received_buyers),
        8: (week.response_seconds_sum, week.response_waits),
        9: (week.lost_orderers, week.owned_orderers),
        12: (
            week.paid_amount_fen,
            1 if week.paid_amount_fen > 0 else 0,
        ),  # S02.12: somebody who sold nothing has no place
    }[indicator]


def week_values(week: Week) -> Values:
    """Each indicator's value for one person and week."""
    return {i: ratio(*numerator_and_denominator(week, i)) for i in (1, 2, 3, 4, 5, 6, 7, 8, 9, 12)}


def pooled_value(weeks: list[Week], indicator: int) -> Decimal | None:
    """Sum over sum, never a mean of quotients (table of contradictions, "S02 averages")."""
    pairs = [numerator_and_denominator(week, indicator) for week in weeks]
    counted = [pair for pair in pairs if pair[1]]
    return ratio(sum(n for n, _ in counted), sum(d for _, d in counted))


def places(values: Mapping[str, Decimal | None]) -> dict[str, int]:
    """Places from the highest value down; equal values share the better place and the next is left out (1224)."""
    known = {key: value for key, value in values.items() if value is not None}
    return {key: 1 + sum(other > value for other in known.values()) for key, value in known.items()}


def ranked_agents(department: Department) -> list[Agent]:
    """S02 head: helpers and after-sales lose their place below 50 % of the department's mean of received buyers."""
    received = {a.id: sum(w.received_buyers for w in a.weeks) for a in department.agents}
    half_mean = ratio(sum(received.values()), 2 * len(received)) or Decimal(0)
    return [a for a in department.agents if a.appraised or received[a.id] >= half_mean]


def week_table(ranked: list[Agent], number: int) -> WeekTable:
    """Values, pooled values and places of one week; those who are only ranked count in the last two."""
    values = {a.id: week_values(a.weeks[number]) for a in ranked}
    pooled = {i: pooled_value([a.weeks[number] for a in ranked], i) for i in POOLED}
    ranks = {i: places({key: mine[i] for key, mine in values.items()}) for i in RANKED}
    return WeekTable(values, pooled, ranks)


def ranked_points(value: Decimal | None, pooled: Decimal | None, place: int | None) -> int:
    """S02.2-5: below the pooled value -1 and no points for the place; else +3, +2, +1 for places 1-3."""
    if value is None or pooled is None or place is None:
        return 0
    return -1 if value < pooled else RANK_POINTS.get(place, 0)


def inquiry_points(value: Decimal | None, last: Decimal | None, *, abuse: bool) -> int:
    """S02.1: below last month's department ratio in a week with an ad-phrase abuse found: -2."""
    return -2 if abuse and value is not None and last is not None and value < last else 0


def message_points(value: Decimal | None) -> int:
    """S02.6: fewer messages than the buyers wrote: -2."""
    return -2 if value is not None and value < 1 else 0


def reply_points(value: Decimal | None, excused: int) -> int:
    """S02.7: below 100 % -1, unless the week has an excuse."""
    return -1 if value is not None and value < 1 and not excused else 0


def response_points(value: Decimal | None, pooled: Decimal | None) -> int:
    """S02.8: slower than the pooled mean -1."""
    return -1 if value is not None and pooled is not None and value > pooled else 0


def loss_points(value: Decimal | None) -> int:
    """S02.9: below 5 % +1, above 10 % -1."""
    if value is None:
        return 0
    return int(value < Decimal("0.05")) - int(value > Decimal("0.10"))


def week_points(agent: Agent, number: int, table: WeekTable, department: Department) -> dict[int, int]:
    """Points of one person and week, by indicator."""
    mine = table.values[agent.id]
    points = {i: ranked_points(mine[i], table.pooled[i], table.ranks[i].get(agent.id)) for i in (2, 3, 4, 5)}
    points[1] = inquiry_points(mine[1], department.inquiry_ratio_last, abuse=department.ad_phrase_abuse[number])
    points[6] = message_points(mine[6])
    points[7] = reply_points(mine[7], agent.weeks[number].excused_reply)
    points[8] = response_points(mine[8], table.pooled[8])
    points[9] = loss_points(mine[9])
    points[12] = RANK_POINTS.get(table.ranks[12].get(agent.id, 0), 0)
    return dict(sorted(points.items()))


# The month's points.


def completion(agent: Agent) -> Decimal | None:
    """S02.10: paid amount over target; None without a target."""
    return ratio(agent.paid_amount_fen, agent.target_fen)


def completion_points(value: Decimal | None) -> int:
    """S02.10: [0,50) -2; [50,60) 0; [60,80) +1; [80,130) +3; from 130 on +5."""
    if value is None:
        return 0
    steps = (("1.3", 5), ("0.8", 3), ("0.6", 1), ("0.5", 0))
    return next((points for start, points in steps if value >= Decimal(start)), -2)


def seniority_points(months: int) -> int:
    """S02 behaviour: 6 months +2, 1 year +3, 2 years +5, 3 years +8."""
    return next((points for start, points in SENIORITY_POINTS if months >= start), 0)


def behaviour_parts(agent: Agent) -> dict[str, Decimal]:
    """S02 behaviour: every part of the behaviour points."""

    def count(kind: str) -> Decimal:
        return Decimal(agent.events.get(kind, 0))

    return {
        "no_bad_review": Decimal(0 if count("bad_review_attitude") else 5),
        "praise": count("praise") * Decimal("0.5"),
        "bad_review_attitude": count("bad_review_attitude") * -2,
        "no_order_error": Decimal(0 if count("order_error") else 5),
        "order_error": -count("order_error"),
        "irregular_handling": count("irregular_handling") * Decimal("-0.5"),
        "process_improvement": count("process_improvement") * 3,
        "execution": min(count("execution"), Decimal(5)),  # "up to +5": the quantity is the points given
        "other_work": Decimal(2 if count("other_work") else 0),
        "seniority": Decimal(seniority_points(agent.seniority_months)),
        "overdue_task": count("overdue_task") * -3,
        "refusal": count("refusal") * -2,
        "night_shift": count("night_shift") * 2,
        "loss_avoided": min(count("loss_avoided"), Decimal(5)),  # "+1…+5": the quantity is the points given
    }


def behaviour_total(parts: Mapping[str, Decimal]) -> Decimal:
    """S02 behaviour: capped to 20, not below 0."""
    return max(Decimal(0), min(BEHAVIOUR_MAXIMUM, sum(parts.values(), Decimal(0))))


# Money.


def excess_commission(agent: Agent, mode: str) -> tuple[Decimal, Decimal]:
    """S02 money: (rate reached, amount in fen). Up to 130 % of the target 9 per mille, above 10."""
    target, reached = Decimal(agent.target_fen or 0), completion(agent)
    excess = max(Decimal(0), agent.paid_amount_fen - target)
    if reached is None or not excess:
        return Decimal(0), Decimal(0)
    rate = Decimal("0.010" if reached > Decimal("1.3") else "0.009")
    if mode == "final":
        return rate, excess * rate
    low = min(excess, target * Decimal("0.3"))
    return rate, low * Decimal("0.009") + (excess - low) * Decimal("0.010")


def in_target_rate(reached: Decimal | None) -> Decimal:
    """S02 money: below 60 % 5 per mille, from 60 % on 8; without a target there is no completion and no rate."""
    if reached is None:
        return Decimal(0)
    return Decimal("0.005" if reached < Decimal("0.6") else "0.008")


def commission(agent: Agent, mode: str) -> Commission:
    """S02 money: in-target x 80 % + excess x 90 % + assisted x 2 per mille, rounded once."""
    target = agent.target_fen or 0
    in_target = min(agent.paid_amount_fen, target)
    rate = in_target_rate(completion(agent))
    excess_rate, excess = excess_commission(agent, mode)
    parts = (in_target * rate * Decimal("0.8"), excess * Decimal("0.9"), agent.assisted_amount_fen * Decimal("0.002"))
    return Commission(
        in_target_fen=in_target,
        excess_fen=max(0, agent.paid_amount_fen - target) if target else 0,
        in_target_rate=rate,
        excess_rate=excess_rate,
        in_target_full_fen=in_target * rate,
        excess_full_fen=excess,
        in_target_part_fen=parts[0],
        excess_part_fen=parts[1],
        assisted_part_fen=parts[2],
        paid_fen=half_up(sum(parts, Decimal(0))),
    )


def coefficient(reached: Decimal | None, conversion: Decimal | None) -> Decimal:
    """S02 money: department completion x pooled conversion x 1 %; 0 when one of them has no value."""
    return Decimal(0) if reached is None or conversion is None else reached * conversion / 100


def direction(now: Decimal | None, last: Decimal | None) -> int:
    """1 above last month, -1 below, 0 equal or nothing to compare with."""
    return 0 if now is None or last is None else (now > last) - (now < last)


def dsr_reward(department: Department) -> int:
    """S02 department: above last month and the industry +100 a head, below the industry -100, in fen.

    The first month gives nothing. Down but above the industry: nothing (table of contradictions).
    """
    if department.dsr_last is None:
        return 0
    industry = direction(department.dsr_now, department.dsr_industry)
    if industry < 0:
        return -100_00 * department.headcount
    return 100_00 * department.headcount if industry > 0 and department.dsr_now > department.dsr_last else 0


def mean_completion(agents: list[Agent]) -> Decimal | None:
    """S02 department: the mean over the appraised people who have a target, each counting the same."""
    known = [value for value in map(completion, agents) if value is not None]
    return snapped(EXACT.divide(sum(known, Decimal(0)), Decimal(len(known)))) if known else None


def rewards(department: Department, mean: Decimal | None) -> dict[str, int]:
    """S02 department: the three rewards or penalties in fen."""
    fifty = 50_00 * department.headcount
    conversion = direction(department.conversion_now, department.conversion_last)
    value = direction(department.paid_order_value_now, department.paid_order_value_last)
    return {
        "dsr": dsr_reward(department),
        "task_completion": fifty * direction(mean, department.mean_task_completion_last),
        "conversion_and_value": fifty * conversion if conversion == value else 0,  # one up, one down: nothing
    }


# Sharing a pool.


def largest_remainder(pool: int, weights: Mapping[str, Decimal]) -> dict[str, int]:
    """The whole pool in proportion to the weights; the fen left over go to the largest remainders, then by id."""
    total = sum(weights.values(), Decimal(0))
    if not total:
        return dict.fromkeys(weights, 0)
    whole = {key: int(pool * weight // total) for key, weight in weights.items()}
    order = sorted(weights, key=lambda key: (-(pool * weights[key] % total), key))
    for key in order[: pool - sum(whole.values())]:
        whole[key] += 1
    return whole


def shares(pool: int, weights: Mapping[str, Decimal], divisor: Decimal | None) -> tuple[dict[str, int], bool]:
    """Each one's fen, and whether they had to be scaled down to the pool. A divisor of None is the team's sum.

    A negative pool (no floor under X) is charged as it would have been paid.
    """
    if pool < 0:
        mirrored, scaled = shares(-pool, weights, divisor)
        return {key: -fen for key, fen in mirrored.items()}, scaled
    if divisor is None:
        return largest_remainder(pool, weights), False
    alone = {key: half_up(EXACT.divide(pool * weight, divisor)) for key, weight in weights.items()}
    if sum(alone.values()) > pool:
        return largest_remainder(pool, weights), True
    return alone, False


# The whole.


@dataclass(frozen=True)
class Scores:
    """The points of one appraised person."""

    weekly: tuple[dict[int, int], ...]
    monthly: int
    total: int
    behaviour: dict[str, Decimal]
    behaviour_points: Decimal


NO_SCORES = Scores(({},) * WEEKS, 0, 0, {}, Decimal(0))
NO_COMMISSION = commission(Agent(""), "final")


def scores(agent: Agent, tables: tuple[WeekTable, ...], department: Department) -> Scores:
    """Weekly points, the month's, and behaviour."""
    weekly = tuple(week_points(agent, number, table, department) for number, table in enumerate(tables))
    monthly = completion_points(completion(agent))
    behaviour = behaviour_parts(agent)
    total = monthly + sum(sum(points.values()) for points in weekly)
    return Scores(weekly, monthly, total, behaviour, behaviour_total(behaviour))


@dataclass(frozen=True)
class Money:
    """X, its two pools and what each person gets of them."""

    raw_fen: Decimal
    x_fen: int
    performance_pool_fen: int
    behaviour_pool_fen: int
    performance: dict[str, int]
    behaviour: dict[str, int]
    findings: tuple[str, ...]


def raw_x(sales_part: Decimal, commissions: Mapping[str, Commission], reward_fen: int) -> Decimal:
    """S02 money: sales x coefficient + 20 % of in-target + 10 % of excess commission + rewards, in fen."""
    in_target = sum((c.in_target_full_fen for c in commissions.values()), Decimal(0))
    excess = sum((c.excess_full_fen for c in commissions.values()), Decimal(0))
    return snapped(sales_part + in_target * Decimal("0.2") + excess * Decimal("0.1") + reward_fen)


def floored(raw: Decimal, floor: Decimal | None) -> Decimal:
    """Table of contradictions, "S02 X": not below the floor."""
    return raw if floor is None else max(raw, floor)


def shared_money(raw: Decimal, points: Mapping[str, Scores], options: Options) -> Money:
    """S02 money: 80 % of X by points, the rest by behaviour points."""
    x = floored(raw, options.x_floor)
    performance_pool = half_up(x * Decimal("0.8"))
    behaviour_pool = half_up(x) - performance_pool
    own = {key: Decimal(max(0, s.total)) for key, s in points.items()}  # a share is never negative
    behaviour = {key: s.behaviour_points for key, s in points.items()}
    by_points, scaled = shares(performance_pool, own, PERFORMANCE_DIVISOR if options.divisor == "96" else None)
    by_behaviour, behaviour_scaled = shares(
        behaviour_pool, behaviour, BEHAVIOUR_MAXIMUM if options.behaviour_divisor == "20" else None
    )
    findings = {
        "x_floored": x > raw,
        "x_negative": x < 0,
        "performance_shares_scaled": scaled,
        "behaviour_shares_scaled": behaviour_scaled,
        "no_performance_points": performance_pool != 0 and not any(own.values()),
        "no_behaviour_points": behaviour_pool != 0 and not any(behaviour.values()),
    }
    named = tuple(name for name, found in findings.items() if found)
    return Money(raw, half_up(x), performance_pool, behaviour_pool, by_points, by_behaviour, named)


def input_findings(department: Department, ranked: list[Agent]) -> tuple[str, ...]:
    """What is missing in the input, and who lost the right to be ranked."""
    kept = {a.id for a in ranked}
    shop = {
        "no_department_target": not department.target_fen,
        "no_department_conversion": department.conversion_now is None,
        "nobody_appraised": not any(a.appraised for a in department.agents),
    }
    return (
        *(name for name, found in shop.items() if found),
        *(f"no_target:{a.id}" for a in department.agents if a.appraised and not a.target_fen),
        *(f"helper_dropped:{a.id}" for a in department.agents if a.id not in kept),
    )


def agent_result(
    agent: Agent, tables: tuple[WeekTable, ...], points: Scores, earned: Commission, money: Money
) -> AgentResult:
    """One person's result; the money of somebody who is not appraised is 0, pay included."""
    performance, behaviour = money.performance.get(agent.id, 0), money.behaviour.get(agent.id, 0)
    fixed = agent.base_fen + agent.full_attendance_fen + agent.overtime_fen
    return AgentResult(
        id=agent.id,
        appraised=agent.appraised,
        ranked=agent.id in tables[0].values,
        values=tuple(week_values(week) for week in agent.weeks),
        ranks=tuple({i: r[agent.id] for i, r in table.ranks.items() if agent.id in r} for table in tables),
        weekly_points=points.weekly,
        monthly_points=points.monthly,
        total_points=points.total,
        behaviour_parts=points.behaviour,
        behaviour_points=points.behaviour_points,
        completion=completion(agent),
        commission=earned,
        performance_bonus_fen=performance,
        behaviour_bonus_fen=behaviour,
        pay_fen=fixed + performance + behaviour + earned.paid_fen if agent.appraised else 0,
    )


def appraise(department: Department, options: Options | None = None) -> Result:
    """The department's month under S02."""
    with localcontext(EXACT):
        return _appraise(department, options or Options())


def _appraise(department: Department, options: Options) -> Result:
    appraised = [a for a in department.agents if a.appraised]
    ranked = ranked_agents(department)
    tables = tuple(week_table(ranked, number) for number in range(WEEKS))
    points = {a.id: scores(a, tables, department) for a in appraised}
    commissions = {a.id: commission(a, options.tier_mode) for a in appraised}
    reached = ratio(department.sales_fen, department.target_fen)
    per_sales = coefficient(reached, department.conversion_now)
    mean = mean_completion(appraised)
    reward = rewards(department, mean)
    raw = raw_x(department.sales_fen * per_sales, commissions, sum(reward.values()))
    money = shared_money(raw, points, options)
    results = {
        a.id: agent_result(a, tables, points.get(a.id, NO_SCORES), commissions.get(a.id, NO_COMMISSION), money)
        for a in department.agents
    }
    return Result(
        agents=results,
        pooled=tuple(table.pooled for table in tables),
        completion=reached,
        coefficient=per_sales,
        mean_task_completion=mean,
        rewards_fen=reward,
        x_raw_fen=raw,
        x_fen=money.x_fen,
        performance_pool_fen=money.performance_pool_fen,
        behaviour_pool_fen=money.behaviour_pool_fen,
        performance_remainder_fen=money.performance_pool_fen - sum(money.performance.values()),
        behaviour_remainder_fen=money.behaviour_pool_fen - sum(money.behaviour.values()),
        findings=(*money.findings, *input_findings(department, ranked)),
    )


# Random cases.

SHAPES = (
    "plain",
    "plain",
    "close",
    "equal",
    "one_agent",
    "nobody_appraised",
    "no_targets",
    "quiet",
    "boundaries",
    "poor",
)
BOUNDARY_PERCENT = (50, 60, 80, 100, 130)
BOUNDARY_STEP_FEN = 156  # divisible by 3, 4 and 13: every boundary then has a whole target


def part_of(rng: Random, whole: int, low: int) -> int:
    """A whole number between `low` per cent of the whole and all of it."""
    return whole * rng.randint(low, 100) // 100


def random_amount(rng: Random, buyers: int, *, close: bool) -> int:
    """Fen paid by so many buyers; the same for each in close cases, so that people tie."""
    return buyers * (50_00 if close else rng.randint(20_00, 600_00)) + (
        rng.randint(0, 99) if buyers and not close else 0
    )


def random_week(rng: Random, scale: int, *, close: bool, special: bool) -> Week:
    """A consistent week: no part is larger than its whole."""
    received = rng.randint(0, scale)
    inquirers = part_of(rng, received, 50)
    round_orderers = [count for count in (20, 40) if count <= inquirers]  # these reach 5 % and 10 % exactly
    orderers = rng.choice([*round_orderers, part_of(rng, inquirers, 10)])
    paid = orderers * rng.choice((100, 97, 95, 92, 90, 85, 60)) // 100
    paying = paid + rng.choice((0, 0, 1)) if orderers else 0
    waits = part_of(rng, received, 50) * 3
    buyer_messages = received * rng.randint(1, 6)
    return Week(
        received=received,
        inquirers=inquirers,
        same_day_orderers=part_of(rng, inquirers, 10),
        final_payers=part_of(rng, inquirers, 5),
        owned_orderers=orderers,
        owned_orderers_paid=paid,
        paid_amount_fen=random_amount(rng, paying, close=close),
        paying_buyers=paying,
        agent_messages=buyer_messages * rng.choice((80, 100, 110, 140)) // 100,
        buyer_messages=buyer_messages,
        received_buyers=received,
        replied_buyers=rng.choice((received, received, part_of(rng, received, 95))),
        response_seconds_sum=waits * (25 if close else rng.randint(5, 90)),
        response_waits=waits,
        special_campaign=special,
        excused_reply=rng.choice((0, 0, 0, 1)),
    )


def random_events(rng: Random) -> dict[str, Decimal]:
    """A few events; the points given for execution and for a loss avoided come in their usual range."""
    largest = {"praise": 7, "execution": 7, "loss_avoided": 5, "irregular_handling": 5, "bad_review_attitude": 9}
    kinds = rng.sample(sorted(EVENT_KINDS), rng.randint(0, 5))
    return {kind: Decimal(rng.randint(0, largest.get(kind, 3))) for kind in kinds}


def fitted(weeks: tuple[Week, ...]) -> tuple[Week, ...]:
    """The same weeks with a month's amount that has whole targets at every boundary."""
    missing = -sum(w.paid_amount_fen for w in weeks) % BOUNDARY_STEP_FEN
    sold = next((number for number, week in enumerate(weeks) if week.paid_amount_fen), None)
    return tuple(_raised(week, missing) if number == sold else week for number, week in enumerate(weeks))


def _raised(week: Week, fen: int) -> Week:
    return Week(**{**vars(week), "paid_amount_fen": week.paid_amount_fen + fen})


def random_target(rng: Random, shape: str, paid_fen: int) -> int | None:
    """A target that puts the completion anywhere, or on a boundary or one fen beside it."""
    if shape == "no_targets" or rng.random() < 0.05:
        return None
    if not paid_fen:
        return rng.randint(1, 50_000_00)
    if shape == "boundaries":
        return max(1, paid_fen * 100 // rng.choice(BOUNDARY_PERCENT) + rng.choice((-1, 0, 0, 1)))
    return max(1, paid_fen * 100 // rng.randint(30, 170))


def random_agent(rng: Random, number: int, shape: str, campaigns: tuple[bool, ...]) -> Agent:
    """One person; in a quiet case some weeks are empty."""
    scale = rng.choice((3, 8)) if shape in ("close", "poor") else rng.choice((8, 60, 300))
    weeks = tuple(random_week(rng, scale, close=shape == "close", special=special) for special in campaigns)
    if shape == "quiet":
        weeks = tuple(rng.choice((week, Week(special_campaign=week.special_campaign))) for week in weeks)
    if shape == "boundaries":
        weeks = fitted(weeks)
    paid = sum(week.paid_amount_fen for week in weeks)
    return Agent(
        id=f"A{number}",
        appraised=shape != "nobody_appraised" and rng.random() < 0.8,
        weeks=weeks,
        target_fen=random_target(rng, shape, paid),
        paid_amount_fen=paid,
        assisted_amount_fen=rng.choice((0, rng.randint(1, 20_000_00))),
        events=random_events(rng),
        seniority_months=rng.choice((0, 5, 6, 11, 12, 23, 24, 35, 36, 60)),
        base_fen=rng.randint(2000_00, 6000_00),
        full_attendance_fen=rng.choice((0, 200_00)),
        overtime_fen=rng.choice((0, rng.randint(1, 800_00))),
    )


def random_agents(rng: Random, shape: str) -> tuple[Agent, ...]:
    """Two to eight people, or one; all alike in an equal case."""
    campaigns = tuple(rng.random() < 0.15 for _ in range(WEEKS))
    if shape == "one_agent":
        return (Agent(**{**vars(random_agent(rng, 1, shape, campaigns)), "appraised": True}),)
    count = rng.randint(2, 8)
    if shape == "equal":
        first = {**vars(random_agent(rng, 1, shape, campaigns)), "appraised": True}
        return tuple(Agent(**{**first, "id": f"A{number}"}) for number in range(1, count + 1))
    return tuple(random_agent(rng, number, shape, campaigns) for number in range(1, count + 1))


def near(rng: Random, value: Decimal | None, places_after: int) -> Decimal | None:
    """Last month's value: a little above or below, the same, or missing."""
    if value is None or rng.random() < 0.15:
        return None
    factor = Decimal(rng.choice((80, 95, 100, 105, 120))) / 100
    return (value * factor).quantize(Decimal(1).scaleb(-places_after), rounding=ROUND_HALF_UP)


def pooled_month(agents: tuple[Agent, ...], numerator: str, denominator: str) -> Decimal | None:
    """The department's quotient over the month, helpers included."""
    weeks = [week for agent in agents for week in agent.weeks]
    return ratio(sum(getattr(w, numerator) for w in weeks), sum(getattr(w, denominator) for w in weeks))


def random_department_target(rng: Random, sales_fen: int) -> int | None:
    """A target between half and one and a half of the sales, seldom none."""
    return None if rng.random() < 0.04 else max(1, sales_fen * 100 // rng.randint(50, 150))


def random_department(rng: Random, shape: str) -> Department:
    """A department whose own values follow from its people; a poor one sells little and is below the industry."""
    agents = random_agents(rng, shape)
    conversion = pooled_month(agents, "final_payers", "inquirers")
    value = pooled_month(agents, "paid_amount_fen", "paying_buyers")
    mean = mean_completion([a for a in agents if a.appraised])
    sales = sum(a.paid_amount_fen for a in agents)
    dsr = Decimal(rng.choice(("4.70", "4.75", "4.80")))
    return Department(
        agents=agents,
        dsr_now=dsr,
        dsr_last=None if rng.random() < 0.1 else Decimal(rng.choice(("4.70", "4.75", "4.80"))),
        dsr_industry=Decimal("4.90") if shape == "poor" else Decimal(rng.choice(("4.70", "4.75", "4.80"))),
        conversion_now=conversion,
        conversion_last=near(rng, conversion, 4),
        paid_order_value_now=value,
        paid_order_value_last=near(rng, value, 2),
        mean_task_completion_last=near(rng, mean, 4),
        inquiry_ratio_last=near(rng, pooled_month(agents, "inquirers", "received"), 4),
        ad_phrase_abuse=tuple(rng.random() < 0.25 for _ in range(WEEKS)),
        sales_fen=sales,
        target_fen=random_department_target(rng, sales),
        headcount=sum(a.appraised for a in agents),
    )


def random_options(rng: Random) -> Options:
    """Any mixture of the readings, most often with the floor of 0 under X."""
    return Options(
        divisor=rng.choice(("96", "team_sum")),
        behaviour_divisor=rng.choice(("team", "20")),
        tier_mode=rng.choice(("final", "marginal")),
        x_floor=rng.choice((Decimal(0), Decimal(0), Decimal(0), None)),
    )


def random_case(rng: Random) -> tuple[Department, Options]:
    """A department and the readings to appraise it by: realistic, and often at an edge."""
    with localcontext(EXACT):
        return random_department(rng, rng.choice(SHAPES)), random_options(rng)
