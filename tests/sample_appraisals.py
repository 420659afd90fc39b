"""Appraisals of the fabricated month: points by week and by month, pay, pools with something left over, a trial.

Points are true to their traces; money adds up to the fen. Nothing is computed by the engine.
"""

from datetime import date
from decimal import Decimal
from random import Random

from transforms.metrics.model import Better, Unit
from transforms.period import parse
from transforms.scoring.results import (
    Appraisal,
    Card,
    ConsequenceResult,
    DepartmentAppraisal,
    DepartmentResult,
    NamedValue,
    PayLineResult,
    PayStatement,
    PersonResult,
    PointLineResult,
    PointSheetResult,
    PoolResult,
    Share,
    Trace,
)
from transforms.scoring.trace import constant, leaf, step
from transforms.titles import Title

PERIOD = "2026-10"
OWN_MONTH = "2026-09-21..2026-10-20"
SCHEME, TRIAL, PK = "s02_cs_draft", "s27_output_quality", "s08_online_specialist"
MANAGER, RANKED_ONLY = "E2001", "E2014"


def t(zh_hans: str, zh_hant: str, en: str) -> Title:
    """A title in the three languages."""
    return Title(zh_hans=zh_hans, zh_hant=zh_hant, en=en)


TITLES = {
    SCHEME: t(
        "客服绩效奖金（积分与提成）", "客服績效獎金（積分與提成）", "Customer service: points, bonus and commission"
    ),
    TRIAL: t("产出与质量", "產出與質量", "Output and quality"),
    PK: t("在线客服专员考核", "線上客服專員考核", "Online service specialist"),
    "s03_back_office": t("行政后勤月度考核", "行政後勤月度考核", "Back office, 21st to 20th"),
}
HIGH, LOW = Better.HIGHER, Better.LOWER
# key, title, unit, better, middle, spread, rule
WEEKLY = (
    ("inquiry_ratio", t("询单人数比", "詢單人數比", "Inquiry ratio"), Unit.RATE, HIGH, "0.80", 0.04, "compare"),
    ("same_day_order_rate", t("顾客下单率", "顧客下單率", "Order rate"), Unit.RATE, HIGH, "0.33", 0.06, "rank"),
    ("order_payment_rate", t("订单付款率", "訂單付款率", "Order payment rate"), Unit.RATE, HIGH, "0.90", 0.04, "rank"),
    ("paid_order_value", t("付款客单价", "付款客單價", "Average paid order value"), Unit.FEN, HIGH, "21345", 2600, "rank"),
    ("conversion", t("转化率", "轉化率", "Conversion"), Unit.RATE, HIGH, "0.30", 0.05, "rank"),
    ("message_ratio", t("回复消息数比", "回覆消息數比", "Message ratio"), Unit.RATIO, HIGH, "1.24", 0.2, "steps"),
    ("reply_rate", t("回复率", "回覆率", "Reply rate"), Unit.RATE, HIGH, "0.999", 0.002, "required"),
    (
        "mean_response_seconds",
        t("平均响应时间", "平均回應時間", "Average response time"),
        Unit.SECONDS,
        LOW,
        "27",
        4,
        "slower",
    ),
    ("order_loss", t("顾客流失率", "顧客流失率", "Loss rate"), Unit.RATE, LOW, "0.085", 0.03, "loss"),
    (
        "weekly_rank",
        t("每周业绩排名（含老客户回购与关联销售）", "每週業績排名（含老客戶回購與關聯銷售）", "Weekly rank of sales, repurchase and add-ons included"),
        Unit.FEN,
        HIGH,
        "11800000",
        2400000,
        "place",
    ),
    ("qa_accuracy", t("质检准确率", "質檢準確率", "Checks passed"), Unit.RATE, HIGH, "0.94", 0.05, "rank"),
)  # fmt: skip
EVENTS = (
    ("bad_review", t("无差评", "無差評", "No bad review"), {"each": "0", "none": "5"}),
    ("praise", t("态度表扬", "態度表揚", "Praise of attitude"), {"each": "0.5", "none": "0"}),
    ("order_error", t("订单差错", "訂單差錯", "Order errors"), {"each": "-1", "none": "5"}),
    ("execution", t("服从、主动与执行", "服從、主動與執行", "Obedience, initiative, execution"), {"each": "1", "none": "0", "cap": "5"}),
    ("overdue_task", t("任务逾期", "任務逾期", "Overdue tasks"), {"each": "-3", "none": "0"}),
    ("night_shift", t("夜班", "夜班", "Night shift"), {"each": "2", "none": "0"}),
)  # fmt: skip


def points_sheet(employee_id: str) -> PointSheetResult:
    """Eleven lines a week and one of the month. E2003 received nobody in the third week."""
    random = Random(f"points/{employee_id}")  # noqa: S311 - a fixed seed, not a secret
    absent = {parse(PERIOD).weeks[2].key} if employee_id == "E2003" else set()
    weeks = [week.key for week in parse(PERIOD).weeks]
    lines = [weekly(row, week, random, empty=week in absent) for row in WEEKLY for week in weeks]
    return sheet("performance", t("绩效积分", "績效積分", "Performance points"), (*lines, completion(random)))


def weekly(row: tuple, week: str, random: Random, *, empty: bool) -> PointLineResult:
    """A line in one week."""
    key, title, unit, better, middle, swing, rule = row
    drawn = (Decimal(middle) * Decimal(str(round(1 + random.gauss(0, swing / float(middle) / 2), 3)))).quantize(
        Decimal(1) if unit is Unit.FEN else Decimal("0.0001")
    )
    value = min(drawn, Decimal(1)) if unit is Unit.RATE else drawn
    place, of = random.randint(1, 13), 13
    average = (Decimal(middle) * Decimal("0.97" if better is HIGH else "1.03")).quantize(value)
    trace = None if empty else RULES[rule](leaf("metric", key, value, of="own", window=week), average, place)
    judged = {"rank", "place"}
    return PointLineResult(
        key=key, title=title, window=week, unit=unit, better=better, actual=None if empty else value,
        numerator=None, denominator=None, target=None, reference=None if rule in {"place", "steps", "loss"} else average,
        rank=place if rule in judged and not empty else None, ranked_of=of if rule in judged and not empty else None,
        points=trace.value if trace else None, missing="no_data" if empty else None, provisional=key == "order_payment_rate",
        says=t(f"{title.zh_hans}：每周按买家去重。", f"{title.zh_hant}：每週按買家去重。", f"{title.en}, distinct by buyer, each week."),
        rule=t("没有数据，不计分", "沒有數據，不計分", "no data: no points") if empty else t(f"第 {place} 名（共 {of} 人）", f"第 {place} 名（共 {of} 人）", f"place {place} of {of}"),
        source=f"S02.{key}", trace=trace or step("missing", "points", policy="share_out"),
    )  # fmt: skip


def _rank(value: Trace, middle: Decimal, place: int) -> Trace:
    standing = (constant("people before", place - 1), constant("people level", 1), constant("people ranked", 13))
    reference = leaf("metric", value.label, middle, of="department", window=value.args["window"])
    args = {"top": "3,2,1", "ties": "next_free", "below": "-1", "better": "higher", "least_people": "1"}
    return step("rank_points", "points for the place", value, *standing, reference, **args)


def _place(value: Trace, _: Decimal, place: int) -> Trace:
    standing = (constant("people before", place - 1), constant("people level", 1), constant("people ranked", 13))
    args = {"top": "3,2,1", "ties": "next_free", "below": "0", "better": "higher", "least_people": "1"}
    return step("rank_points", "points for the place", value, *standing, **args)


def _compare(value: Trace, middle: Decimal, better: str, worse: str, *more: Trace) -> Trace:
    reference = leaf("metric", value.label, middle, of="department", window="2026-09")
    args = {"better": better, "better_gives": "0", "equal_gives": "0", "worse_gives": worse}
    return step("compare_points", "points against the reference", value, reference, *more, **args)


def _steps(value: Trace, bounds: dict[str, str], gives: str, through: str) -> Trace:
    ends = [constant(name.split("/")[0], Decimal(bound)) for name, bound in bounds.items()]
    return step("step_points", "points of the step", value, *ends, gives=gives, through=through)


RULES = {
    "rank": _rank,
    "place": _place,
    "compare": lambda v, m, _: _compare(v, m, "higher", "-2", leaf("event", "ad_phrase_abuse", Decimal(0))),
    "slower": lambda v, m, _: _compare(v, m, "lower", "-1"),
    "steps": lambda v, _m, _p: _steps(v, {"up_to": "1"}, "-2,0", "0"),
    "loss": lambda v, _m, _p: _steps(v, {"up_to": "0.05", "through": "0.10"}, "1,0,-1", "0,1"),
    "required": lambda v, _m, _p: step(
        "required_points", "points for what is required", v, constant("required", Decimal(1)),
        leaf("event", "excused_reply", Decimal(0)), better="higher", met="0", missed="-1",
    ),
}  # fmt: skip


def completion(random: Random) -> PointLineResult:
    """The month's line: sales against the target."""
    sales, target = Decimal(random.randint(28_000_000, 56_000_000)), Decimal(45_000_000)
    own, goal = leaf("metric", "paid_amount", sales, of="own", window=PERIOD), leaf("target", "paid_amount", target)
    reached = step("attainment", "completion", own, goal, better="higher", cap="2")
    trace = _steps(
        reached, {"up_to": "0.5", "up_to/2": "0.6", "up_to/3": "0.8", "up_to/4": "1.3"}, "-2,0,1,3,5", "0,0,0,0"
    )
    return PointLineResult(
        key="task_completion", title=t("当月任务完成率", "當月任務完成率", "Completion of the month's target"), window=PERIOD,
        unit=Unit.FEN, better=HIGH, actual=sales, numerator=sales, denominator=None, target=target, reference=None,
        rank=None, ranked_of=None, points=trace.value, missing=None, provisional=True,
        says=t("本月实付销售额 ÷ 当月目标。", "本月實付銷售額 ÷ 當月目標。", "Paid sales of the month ÷ its target."),
        rule=t("按完成率分档计分", "按完成率分檔計分", "by completion"), source="S02.10", trace=trace,
    )  # fmt: skip


def behaviour_sheet(employee_id: str) -> PointSheetResult:
    """Six lines of the month, capped to 20, never below 0."""
    random = Random(f"behaviour/{employee_id}")  # noqa: S311 - a fixed seed, not a secret
    lines = tuple(event(row, Decimal(random.choice([0, 0, 1, 3]))) for row in EVENTS)
    return sheet("behaviour", t("行为积分", "行為積分", "Behaviour points"), lines, floor="0", cap="20")


def event(row: tuple, quantity: Decimal) -> PointLineResult:
    """Points for what happened so many times."""
    key, title, args = row
    trace = step("event_points", "points for events", leaf("event", key, quantity), **args)
    return PointLineResult(
        key=key, title=title, window=PERIOD, unit=Unit.COUNT, better=HIGH, actual=quantity, numerator=None,
        denominator=None, target=None, reference=None, rank=None, ranked_of=None, points=trace.value, missing=None,
        provisional=False, says=t("按事件登记。", "按事件登記。", "As recorded."),
        rule=t(f"{quantity} 次", f"{quantity} 次", f"{quantity} times"), source="S02", trace=trace,
    )  # fmt: skip


def iso_sheet(employee_id: str) -> PointSheetResult:
    """One line by calendar weeks: five columns in this month."""
    random = Random(f"iso/{employee_id}")  # noqa: S311 - a fixed seed, not a secret
    lines = tuple(weekly(WEEKLY[10], week.key, random, empty=n == 1) for n, week in enumerate(parse(PERIOD).iso_weeks))
    return sheet("checks", t("质检积分", "質檢積分", "Points of checks"), lines)


def sheet(key: str, title: Title, lines: tuple[PointLineResult, ...], **limits: str) -> PointSheetResult:
    """A sheet whose total is that of its lines, within limits."""
    total = step("sum", "points", *(line.trace for line in lines if line.points is not None))
    held = step("held", "total", total, **limits) if limits else total
    return PointSheetResult(key=key, title=title, lines=lines, total=held.value, trace=held)


POOLS = {"performance_bonus": 864_275, "behaviour_bonus": 216_069}
DIVISOR = Decimal(96)


def appraisals(person: PersonResult) -> tuple[Appraisal, ...]:
    """What other schemes say of somebody; only customer service has any, and one person of the back office."""
    if person.employee_id == "E4006":
        return (back_office(),)
    if person.department_id != "customer_service" or person.employee_id == MANAGER:
        return ()
    paid = person.employee_id != RANKED_ONLY
    sheets = tuple(make(person.employee_id) for make in (points_sheet, behaviour_sheet, iso_sheet))
    main = Appraisal(
        **scheme_of(SCHEME, "beside"), department_id=person.department_id, appraised=paid, card=None, sheets=sheets,
        pay=pay_of(person.employee_id) if paid else None, window=PERIOD,
    )  # fmt: skip
    return (main, with_card(PK, "beside", person), with_card(TRIAL, "trial", person))


def scheme_of(scheme: str, counts: str) -> dict:
    """What an appraisal and a department's appraisal say of their scheme."""
    told = {"scheme": scheme, "scheme_title": TITLES[scheme], "scheme_version": date(2025, 1, 1), "counts": counts}
    return {**told, "scheme_hash": "a7" * 32, "source": scheme.split("_", maxsplit=1)[0].upper()}


def with_card(scheme: str, counts: str, person: PersonResult) -> Appraisal:
    """An appraisal with a card made of the person's own: output and quality in the trial."""
    own = person.cards[-1]
    names = {"quality": "quality", "sales": "output"} if scheme == TRIAL else {}
    lines = tuple(
        line.model_copy(update={"group": names.get(line.group, line.group), "rank": None, "ranked_of": None})
        for line in own.indicators
        if not names or line.group in names
    )
    weight = sum((line.weight_used for line in lines), Decimal(0)) or Decimal(1)
    points = sum((line.points or Decimal(0) for line in lines), Decimal(0))
    card: Card = own.model_copy(update={
        "scheme": scheme, "scheme_title": TITLES[scheme], "indicators": lines,
        "score": (points * 100 / weight).quantize(Decimal("0.01")) if names else own.score,
    })  # fmt: skip
    rank = int(person.employee_id[-2:])
    return Appraisal(
        **scheme_of(scheme, counts), department_id=person.department_id, appraised=True, card=card, window=PERIOD,
        rank=rank, ranked_of=14,
    )  # fmt: skip


def weights(people: list[str]) -> dict[str, dict[str, Decimal]]:
    """Points that share in each pool, by person."""
    return {
        "performance_bonus": {e: max(Decimal(0), points_sheet(e).total) for e in people},
        "behaviour_bonus": {e: behaviour_sheet(e).total for e in people},
    }


def sharers() -> list[str]:
    """Whom the scheme pays."""
    return [f"E2{n:03}" for n in range(2, 14)]


def own_share(pool: str, employee_id: str) -> int:
    """Fen: by 96 for performance, by the team's points for behaviour (the last of the team takes what rounding left)."""
    own = weights(sharers())[pool]
    if pool == "performance_bonus":
        return int(POOLS[pool] * own[employee_id] / DIVISOR)
    cut = {e: int(POOLS[pool] * points / sum(own.values())) for e, points in own.items()}
    spare = POOLS[pool] - sum(cut.values())
    return cut[employee_id] + (spare if employee_id == max(own, key=lambda e: (own[e], e)) else 0)


def pay_of(employee_id: str) -> PayStatement:
    """Six lines and, for E2013, deductions that come to more than what is paid."""
    random = Random(f"pay/{employee_id}")  # noqa: S311 - a fixed seed, not a secret
    sales = random.randint(28_000_000, 56_000_000)
    fact = {"of": "own", "window": PERIOD}
    commission = step(
        "round", "own commission",
        step("multiply", "", leaf("metric", "paid_amount", Decimal(sales), **fact), constant("in_target_rate", Decimal("0.008"))),
        to="1",
    )  # fmt: skip
    lines = [
        pay_line("performance_bonus", "bonus", t("绩效奖金", "績效獎金", "Performance bonus"), own_share("performance_bonus", employee_id)),
        pay_line("behaviour_bonus", "bonus", t("行为奖金", "行為獎金", "Behaviour bonus"), own_share("behaviour_bonus", employee_id)),
        pay_line("base", "base", t("基本工资", "基本工資", "Base pay"), 450_000),
        pay_line("full_attendance", "allowance", t("全勤奖", "全勤獎", "Full attendance"), 20_000),
        pay_line("overtime", "allowance", t("加班费", "加班費", "Overtime"), 0),
        pay_line("commission", "commission", t("提成", "提成", "Commission"), int(commission.value), commission),
    ]  # fmt: skip
    if employee_id == "E2013":
        clawback = t("退货冲回（上月已付提成）", "退貨沖回（上月已付提成）", "Clawback of returns paid last month")
        lines += [
            pay_line("clawback", "deduction", clawback, -1_234_567),
            pay_line(
                "rank_penalty", "deduction", t("月度末位扣款", "月度末位扣款", "Last place of the month"), -10_000
            ),
        ]
    return PayStatement(lines=tuple(lines), total_fen=sum(line.amount_fen for line in lines))


def pay_line(key: str, kind: str, title: Title, amount: int, trace: Trace | None = None) -> PayLineResult:
    """A line of the statement."""
    yuan = f"{amount / 100:,.2f}"
    none = t("没有加班记录", "沒有加班記錄", "no overtime was recorded") if key == "overtime" else None
    return PayLineResult(
        key=key, kind=kind, title=title, amount_fen=amount, provisional=key in {"commission", "performance_bonus"},
        missing=none, says=t(f"{title.zh_hans} = {yuan} 元", f"{title.zh_hant} = {yuan} 元", f"{title.en} = {yuan} yuan"),
        source=f"S02.{key}", trace=trace or leaf("fact", key, Decimal(amount)),
    )  # fmt: skip


def back_office() -> Appraisal:
    """A scheme that counts as the score and pays: from the 21st to the 20th."""
    bonus = pay_line("bonus", "bonus", t("月度奖金", "月度獎金", "Monthly bonus"), 92_400)
    late = pay_line("late", "deduction", t("迟到扣款", "遲到扣款", "Late arrivals"), -5_000)
    return Appraisal(
        **scheme_of("s03_back_office", "score"), department_id="logistics", appraised=True, card=None, window=OWN_MONTH,
        pay=PayStatement(lines=(bonus, late), total_fen=87_400),
    )  # fmt: skip


def department_appraisals(department: DepartmentResult) -> tuple[DepartmentAppraisal, ...]:
    """Values and pools of customer service."""
    if department.department_id != "customer_service":
        return ()
    told = {name: value for name, value in scheme_of(SCHEME, "beside").items() if name != "scheme_hash"}
    trial = {name: value for name, value in scheme_of(TRIAL, "trial").items() if name != "scheme_hash"}
    return (
        DepartmentAppraisal(**told, window=PERIOD, values=VALUES, pools=tuple(pool(key) for key in POOLS)),
        DepartmentAppraisal(**trial, window=PERIOD),
    )


def value(key: str, title: Title, unit: Unit, number: str, formula: Title) -> NamedValue:
    """A department's value with its formula."""
    trace = leaf("fact", key, Decimal(number))
    return NamedValue(key=key, title=title, unit=unit, value=trace.value, says=formula, source="S02", trace=trace)


VALUES = (
    value("department_completion", t("部门完成率", "部門完成率", "Department completion"), Unit.RATE, "0.47",
          t("部门销售额 50,013,560 ÷ 部门目标 106,411,829", "部門銷售額 50,013,560 ÷ 部門目標 106,411,829", "department sales ÷ department target")),
    value("coefficient", t("奖金系数", "獎金係數", "Coefficient"), Unit.RATE, "0.00185885",
          t("部门完成率 47% × 部门转化率 39.55% × 1%", "部門完成率 47% × 部門轉化率 39.55% × 1%", "department completion 47% × conversion 39.55% × 1%")),
    value("dsr_reward", t("店铺服务态度动态评分奖惩", "店鋪服務態度動態評分獎懲", "Reward or penalty for the shop's attitude rating"), Unit.FEN, "-30000",
          t("低于行业：−100 元 × 3 人", "低於行業：−100 元 × 3 人", "below the industry: −100 yuan × 3 people")),
    value("x", t("奖金总额 X", "獎金總額 X", "X"), Unit.FEN, "1080344",
          t("部门销售额 × 奖金系数 + 20% 目标内提成 + 10% 超额提成 + 部门奖惩", "部門銷售額 × 獎金係數 + 20% 目標內提成 + 10% 超額提成 + 部門獎懲",
            "department sales × coefficient + 20% of in-target commission + 10% of excess commission + rewards")),
)  # fmt: skip


def pool(key: str) -> PoolResult:
    """A pool whose shares and rest come to its amount."""
    own = weights(sharers())[key]
    shares = tuple(Share(employee_id=e, weight=own[e], amount_fen=own_share(key, e)) for e in sharers())
    paid, fixed = sum(share.amount_fen for share in shares), key == "performance_bonus"
    title = (
        t("绩效奖金池", "績效獎金池", "Performance pool") if fixed else t("行为奖金池", "行為獎金池", "Behaviour pool")
    )
    why = (
        t("除数为固定的 96：全队没有取得的积分不分配，留在公司", "除數為固定的 96：全隊沒有取得的積分不分配，留在公司",
          "The divisor is fixed at 96: points that nobody earned are not shared and stay with the company")
        if fixed else t("按全队积分分完", "按全隊積分分完", "Shared out by the team's points")
    )  # fmt: skip
    return PoolResult(
        key=key, title=title, amount_fen=POOLS[key], paid_fen=paid, left_fen=POOLS[key] - paid,
        divisor=DIVISOR if fixed else None, why=why, shares=shares, trace=leaf("fact", key, Decimal(POOLS[key])),
    )  # fmt: skip


def consequences(person: PersonResult) -> tuple[ConsequenceResult, ...]:
    """A plan with a due date and a flag for HR (E2013), a training proposal (E2002), a trial's (E2005)."""
    found = {
        "E2013": [
            consequence("improvement_plan", "improvement", t("改进计划", "改進計劃", "Improvement plan"),
                        t("属最后 2 名，请在通知后 7 天内提交分析与改进计划。", "屬最後 2 名，請在通知後 7 天內提交分析與改進計劃。",
                          "Among the last 2; an analysis and a plan are due within 7 days of the notice."),
                        due_on=date(2026, 11, 13)),
            consequence("hr_flag", "flag", t("连续末等", "連續末等", "Last class again"),
                        t("连续 2 期末等。仅供人力资源部判断。", "連續 2 期末等。僅供人力資源部判斷。", "Last class in 2 periods running. For HR to judge."),
                        hr_only=True),
        ],
        "E2002": [
            consequence("training", "training", t("培训计划", "培訓計劃", "Training plan"),
                        t("以下指标得分低于 80：首次响应时间 71.20。", "以下指標得分低於 80：首次回應時間 71.20。",
                          "These indicators are below 80: First response time 71.20.")),
        ],
        "E2005": [
            consequence("trial_bonus", "bonus_class", t("奖金等级", "獎金等級", "Bonus class"),
                        t("（试行，不生效）B 级。", "（試行，不生效）B 級。", "(trial, without effect) class B."), trial=True),
        ],
    }  # fmt: skip
    return tuple(found.get(person.employee_id, ()))


def consequence(key: str, effect: str, title: Title, says: Title, **more: object) -> ConsequenceResult:
    """One consequence of the month."""
    follows = (f"{PERIOD}/{SCHEME}/score",)
    return ConsequenceResult(
        scheme=SCHEME, key=key, effect=effect, title=title, says=says, follows_from=follows, source="S22", **more
    )
