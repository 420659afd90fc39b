"""A fabricated month of a company with S01's scorecards: what scoring would hand over, without running it.

Deterministic. Names include characters few fonts have; one employee is called NA; one changed department mid-month,
one joined late, one could not be scored.
"""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random
from typing import Any

from tests.sample_appraisals import appraisals, consequences, department_appraisals
from transforms.findings import Finding, Severity
from transforms.metrics.model import Better, MetricValue, Unit
from transforms.reports import AppealWindow, GradeBound, ReportContext, ScorePoint
from transforms.schemes.scheme import Version
from transforms.scoring.results import (
    Card,
    DepartmentResult,
    IndicatorResult,
    PeriodResults,
    PersonResult,
)
from transforms.scoring.trace import constant, leaf, step
from transforms.titles import Title

PERIOD = "2026-10"
WINDOWS = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
RARE = "䶮㛃𠮷堃喆犇嫪翀"


def t(zh_hans: str, zh_hant: str, en: str) -> Title:
    """A title in the three languages."""
    return Title(zh_hans=zh_hans, zh_hant=zh_hant, en=en)


GRADES = (
    (Decimal(90), "excellent", t("优秀", "優秀", "Excellent")),
    (Decimal(80), "good", t("良好", "良好", "Good")),
    (Decimal(60), "qualified", t("合格", "合格", "Qualified")),
    (Decimal(0), "unqualified", t("不合格", "不合格", "Unqualified")),
)
QUALITY = ("quality", t("服务质量", "服務質量", "Service quality"))
SALES = ("sales", t("销售", "銷售", "Sales"))
TEAM = ("team", t("团队协作与沟通", "團隊協作與溝通", "Teamwork"))
LEARN = ("learning", t("学习与成长", "學習與成長", "Learning"))
RESULTS = ("results", t("业绩", "業績", "Results"))
RUNNING = ("running", t("运营", "營運", "Running the shop"))
EFFECT = ("effect", t("推广效果", "推廣效果", "Effect"))
IDEAS = ("ideas", t("创意与策划", "創意與策劃", "Creativity"))
DELIVERY = ("delivery", t("物流配送", "物流配送", "Delivery"))
AFTER = ("after_sales", t("售后服务", "售後服務", "After-sales"))

LOW, HIGH = Better.LOWER, Better.HIGHER
# key, group, weight, title, unit, better, target, typical numerator per unit, typical denominator
Row = tuple[str, tuple[str, Title], int, Title, Unit | None, Better, str, float, int]
SHEETS: dict[str, tuple[Row, ...]] = {
    "customer_service": (
        (
            "csat_rate",
            QUALITY,
            30,
            t("客户满意度", "客戶滿意度", "Customer satisfaction"),
            Unit.RATE,
            HIGH,
            "0.92",
            0.90,
            640,
        ),
        ("complaint_rate", QUALITY, 10, t("投诉率", "投訴率", "Complaint rate"), Unit.RATE, LOW, "0.003", 0.0035, 1860),
        (
            "first_response_seconds",
            QUALITY,
            10,
            t("首次响应时间", "首次回應時間", "First response time"),
            Unit.SECONDS,
            LOW,
            "30",
            31.0,
            1788,
        ),
        (
            "guided_purchase_rate",
            SALES,
            10,
            t("引导购买成功率", "引導購買成功率", "Guided purchase rate"),
            Unit.RATE,
            HIGH,
            "0.25",
            0.23,
            412,
        ),
        (
            "add_on_amount",
            SALES,
            10,
            t("追加销售金额", "追加銷售金額", "Add-on sales"),
            Unit.FEN,
            HIGH,
            "1200000",
            1150000,
            0,
        ),
        (
            "cross_department",
            TEAM,
            10,
            t(
                "与运营、售后等部门的协作配合度",
                "與營運、售後等部門的協作配合度",
                "Cooperation with operations and after-sales",
            ),
            None,
            HIGH,
            "",
            88,
            0,
        ),
        (
            "in_team_sharing",
            TEAM,
            5,
            t("内部团队沟通与经验分享", "內部團隊溝通與經驗分享", "Sharing within the team"),
            None,
            HIGH,
            "",
            90,
            0,
        ),
        (
            "product_knowledge",
            LEARN,
            5,
            t("产品知识掌握程度", "產品知識掌握程度", "Product knowledge"),
            None,
            HIGH,
            "",
            86,
            0,
        ),
        ("service_skill", LEARN, 5, t("服务技巧提升", "服務技巧提升", "Service skill"), None, HIGH, "", 84, 0),
        ("regulations", LEARN, 5, t("行业新规学习", "行業新規學習", "Regulations"), None, HIGH, "", 92, 0),
    ),
    "operations": (
        ("paid_sales", RESULTS, 30, t("销售额", "銷售額", "Sales"), Unit.FEN, HIGH, "52000000", 51000000, 0),
        (
            "gross_margin_rate",
            RESULTS,
            15,
            t("毛利率", "毛利率", "Gross margin rate"),
            Unit.RATE,
            HIGH,
            "0.38",
            0.37,
            51000000,
        ),
        (
            "new_customers",
            RESULTS,
            5,
            t("新客户获取数量", "新客戶獲取數量", "New customers"),
            Unit.COUNT,
            HIGH,
            "900",
            870,
            0,
        ),
        ("page_views", RUNNING, 5, t("浏览量", "瀏覽量", "Page views"), Unit.COUNT, HIGH, "420000", 405000, 0),
        ("unique_visitors", RUNNING, 5, t("访客数", "訪客數", "Unique visitors"), Unit.COUNT, HIGH, "96000", 93000, 0),
        (
            "shop_conversion_rate",
            RUNNING,
            10,
            t("转化率", "轉化率", "Conversion rate"),
            Unit.RATE,
            HIGH,
            "0.032",
            0.0315,
            93000,
        ),
        (
            "inventory_turnover",
            RUNNING,
            5,
            t("库存周转率", "庫存週轉率", "Inventory turnover"),
            Unit.RATIO,
            HIGH,
            "1.4",
            1.32,
            24000000,
        ),
        (
            "campaign_completion_rate",
            RUNNING,
            5,
            t("活动策划与执行效果", "活動策劃與執行效果", "Campaign completion"),
            Unit.RATE,
            HIGH,
            "1",
            0.97,
            9000000,
        ),
        (
            "cross_department",
            TEAM,
            5,
            t("与其他部门的协作配合度", "與其他部門的協作配合度", "Cross-department work"),
            None,
            HIGH,
            "",
            87,
            0,
        ),
        (
            "in_team",
            TEAM,
            5,
            t("内部团队沟通效率与效果", "內部團隊溝通效率與效果", "Communication in the team"),
            None,
            HIGH,
            "",
            89,
            0,
        ),
        (
            "industry_knowledge",
            LEARN,
            5,
            t("行业知识学习与应用", "行業知識學習與應用", "Industry knowledge"),
            None,
            HIGH,
            "",
            85,
            0,
        ),
        ("personal_skill", LEARN, 5, t("个人技能提升", "個人技能提升", "Personal skill"), None, HIGH, "", 86, 0),
    ),
    "marketing": (
        (
            "impressions",
            EFFECT,
            20,
            t("品牌曝光量", "品牌曝光量", "Brand impressions"),
            Unit.COUNT,
            HIGH,
            "3600000",
            3500000,
            0,
        ),
        (
            "campaign_visitors",
            EFFECT,
            15,
            t("流量引入量", "流量引入量", "Traffic brought in"),
            Unit.COUNT,
            HIGH,
            "88000",
            86000,
            0,
        ),
        (
            "campaign_conversion_rate",
            EFFECT,
            15,
            t("营销活动转化率", "行銷活動轉化率", "Campaign conversion"),
            Unit.RATE,
            HIGH,
            "0.028",
            0.027,
            86000,
        ),
        (
            "novelty",
            IDEAS,
            10,
            t("推广创意新穎性".replace("穎", "颖"), "推廣創意新穎性", "Novelty"),
            None,
            HIGH,
            "",
            85,
            0,
        ),
        (
            "plan_quality",
            IDEAS,
            10,
            t("活动策划完整性与可行性", "活動策劃完整性與可行性", "Plan quality"),
            None,
            HIGH,
            "",
            88,
            0,
        ),
        (
            "cross_department",
            TEAM,
            10,
            t("与运营、客服等部门的协作配合度", "與營運、客服等部門的協作配合度", "Cross-department work"),
            None,
            HIGH,
            "",
            87,
            0,
        ),
        (
            "in_team",
            TEAM,
            5,
            t("内部团队沟通与资源整合", "內部團隊溝通與資源整合", "Communication in the team"),
            None,
            HIGH,
            "",
            90,
            0,
        ),
        ("market_trend", LEARN, 5, t("市场趋势把握", "市場趨勢把握", "Market trends"), None, HIGH, "", 83, 0),
        (
            "new_channels",
            LEARN,
            5,
            t("新推广渠道与技术应用", "新推廣渠道與技術應用", "New channels"),
            None,
            HIGH,
            "",
            84,
            0,
        ),
        ("data_analysis", LEARN, 5, t("数据分析能力提升", "數據分析能力提升", "Data analysis"), None, HIGH, "", 88, 0),
    ),
    "logistics": (
        (
            "on_time_shipping_rate",
            DELIVERY,
            20,
            t("发货及时率", "發貨及時率", "On-time shipping"),
            Unit.RATE,
            HIGH,
            "0.97",
            0.968,
            2210,
        ),
        (
            "delivery_accuracy_rate",
            DELIVERY,
            10,
            t("配送准确率", "配送準確率", "Delivery accuracy"),
            Unit.RATE,
            HIGH,
            "0.995",
            0.99,
            2188,
        ),
        (
            "logistics_cost_rate",
            DELIVERY,
            10,
            t("物流成本控制", "物流成本控制", "Logistics cost"),
            Unit.RATE,
            LOW,
            "0.06",
            0.062,
            31000000,
        ),
        (
            "returns_on_time_rate",
            AFTER,
            20,
            t("退换货处理及时率", "退換貨處理及時率", "Returns on time"),
            Unit.RATE,
            HIGH,
            "0.95",
            0.93,
            184,
        ),
        (
            "after_sales_csat_rate",
            AFTER,
            15,
            t("售后问题解决满意度", "售後問題解決滿意度", "After-sales satisfaction"),
            Unit.RATE,
            HIGH,
            "0.9",
            0.88,
            240,
        ),
        (
            "follow_up_rate",
            AFTER,
            5,
            t("客户回访率", "客戶回訪率", "Follow-up rate"),
            Unit.RATE,
            HIGH,
            "0.3",
            0.29,
            1900,
        ),
        (
            "cross_department",
            TEAM,
            5,
            t("与运营、客服等部门的协作配合度", "與營運、客服等部門的協作配合度", "Cross-department work"),
            None,
            HIGH,
            "",
            88,
            0,
        ),
        (
            "in_team",
            TEAM,
            5,
            t("内部团队沟通与流程优化", "內部團隊溝通與流程優化", "Communication in the team"),
            None,
            HIGH,
            "",
            90,
            0,
        ),
        (
            "regulations",
            LEARN,
            5,
            t("物流与售后政策法规学习", "物流與售後政策法規學習", "Regulations"),
            None,
            HIGH,
            "",
            91,
            0,
        ),
        (
            "process_improvement",
            LEARN,
            5,
            t("服务流程优化与创新", "服務流程優化與創新", "Process improvement"),
            None,
            HIGH,
            "",
            82,
            0,
        ),
    ),
}
DEPARTMENTS = {
    "operations": (
        t("电商运营部", "電商營運部", "Operations"),
        ("陈志远", "林䶮", "周雨桐", "何俊", "孙婧", "NA", "梁文博", "许嘉怡"),
    ),
    "customer_service": (
        t("客服部", "客服部", "Customer service"),
        (
            "王秀兰",
            "李㛃",
            "张𠮷",
            "刘堃",
            "陈喆",
            "杨犇",
            "赵嫪",
            "黄翀",
            "吴晓敏",
            "徐丽",
            "朱婷婷",
            "马小燕",
            "胡佳",
            "郭敏",
        ),
    ),
    "marketing": (t("市场推广部", "市場推廣部", "Marketing"), ("高翔", "罗思琪", "宋一鸣", "谢雨欣", "唐浩然")),
    "logistics": (
        t("物流售后部", "物流售後部", "Logistics and after-sales"),
        ("韩磊", "冯建国", "于洋", "董洁", "萧峰", "程璐"),
    ),
}
SOURCE = "S01"


@cache
def results(period: str = PERIOD) -> PeriodResults:
    """The whole company for one month."""
    people, values, departments = [], [], []
    for number, (department_id, (title, names)) in enumerate(DEPARTMENTS.items()):
        ours = [person(department_id, f"E{number + 1}{index:03d}", name) for index, name in enumerate(names, 1)]
        ours = [with_appraisals(p) for p in ranked([late(moved(unscored(p))) for p in ours])]
        people += ours
        values += [value for p in ours for value in history_values(p)]
        made = department(department_id, title, ours)
        departments.append(made.model_copy(update={"appraisals": department_appraisals(made)}))
    values += [value for one in departments for value in history_values(one.card)]
    values += [
        v.model_copy(update={"level": "company", "subject_id": "company", "department_id": None})
        for v in values
        if v.level == "department"
    ]
    return PeriodResults(
        period=period,
        provisional=True,
        provisional_until=date(2026, 11, 16),
        people=tuple(people),
        departments=tuple(departments),
        values=tuple(values),
        findings=FINDINGS,
        filtered={"E2002": {"after_sales": 37, "phrase": 4, "single_line": 11, "own_account": 2}, "E2001": {"mass": 3}},
    )


FINDINGS = (
    Finding(
        check="orders.paid_before_created",
        severity=Severity.WARNING,
        table="orders",
        rows=3,
        message="3 orders were paid before they were created",
        todo="correct the export",
        day="2026-10-14",
        shop_id="tm_flagship",
        sample_keys=("O1", "O2"),
        employee_ids=("E2002", "E1001"),
        quarantined=True,
    ),
    Finding(
        check="messages.day_missing",
        severity=Severity.WARNING,
        table="messages",
        rows=1,
        message="one day has no messages",
        todo="export the day again",
        day="2026-10-23",
        shop_id="jd_store",
    ),
    Finding(
        check="messages.unknown_account",
        severity=Severity.WARNING,
        table="messages",
        rows=58,
        message="58 messages are of accounts nobody is known to use",
        todo="add the account",
        quarantined=True,
    ),
    Finding(check="orders.volume", severity=Severity.INFO, table="orders", rows=4120, message="as usual", todo=""),
)


def person(department_id: str, employee_id: str, name: str, days: int = 17) -> PersonResult:
    """One person with one card."""
    one = card(department_id, employee_id, days)
    return PersonResult(
        employee_id=employee_id,
        name=name,
        department_id=department_id,
        cards=(one,),
        working_days=days,
        period_working_days=17,
        score=one.score,
        grade=one.grade,
        grade_title=one.grade_title,
        rank=None,
        ranked_of=None,
        provisional=True,
        trace=one.trace,
    )


def card(department_id: str, subject: str | None, days: int = 17) -> Card:
    """A scorecard; `subject` None: the department as a whole."""
    random = Random(f"{department_id}/{subject}")  # noqa: S311 - a fixed seed, not a secret
    skill = random.gauss(-0.02, 0.09)
    indicators = tuple(indicator(row, random, skill) for row in SHEETS[department_id])
    known = [i for i in indicators if i.points is not None]
    score = half_up(sum((i.points for i in known), Decimal(0)))
    code, title = grade(score)
    return Card(
        employee_id=subject,
        department_id=department_id,
        post="专员" if subject else None,
        scheme=f"s01_{department_id}",
        scheme_title=t("电商部门月度考核", "電商部門月度考核", "E-commerce departments, monthly"),
        scheme_version=date(2026, 1, 1),
        scheme_hash="5f" * 32,
        working_days=days,
        score=score,
        grade=code,
        grade_title=title,
        indicators=indicators,
        trace=step("sum", "card", *(leaf("points", i.key, i.points) for i in known)),
    )


def indicator(row: Row, random: Random, skill: float) -> IndicatorResult:
    """One line of the card."""
    key, (group, group_title), weight, title, unit, better, _, typical, _ = row
    swing = 1 + (skill + random.gauss(0, 0.05)) * (1 if better is HIGH else -2)
    if unit is None:
        fields = judged(half_up(Decimal(min(100, round(typical * swing, 2)))), random)
    else:
        fields = measured(row, swing, random)
    points_ = half_up(Decimal(weight) * fields["score"] / 100)
    return IndicatorResult(
        key=key,
        kind="manual" if unit is None else "metric",
        title=title,
        group=group,
        group_title=group_title,
        weight=Decimal(weight),
        weight_used=Decimal(weight),
        unit=unit or Unit.POINTS,
        better=better,
        points=points_,
        provisional=key in {"csat_rate", "paid_sales", "guided_purchase_rate"},
        says=says(title, unit),
        rule=rule(unit, better),
        source=f"{SOURCE}.{key}",
        **fields,
    )


def judged(around: Decimal, random: Random) -> dict[str, Any]:
    """A rating by the person (20 %) and the manager (80 %)."""
    own, manager = min(Decimal(100), around + random.randint(-2, 6)), around
    roles = [
        step("mean", role, leaf("judgement", role, value, rater="x"))
        for role, value in (("self", own), ("manager", manager))
    ]
    mean = step("weighted_mean", "mean by role", *roles, weights="20,80", roles="self,manager")
    score = step("round", "score", step("clamp", "within 0 and 100", mean), to="0.01")
    return {
        "target": None,
        "actual": score.value,
        "numerator": None,
        "denominator": None,
        "score": score.value,
        "trace": score,
    }


def measured(row: Row, swing: float, random: Random) -> dict[str, Any]:
    """A metric judged by its target."""
    key, _, _, _, unit, better, target, typical, size = row
    denominator = Decimal(round(size * random.uniform(0.8, 1.2))) if size else None
    numerator = Decimal(round(typical * swing * float(denominator or 1)))
    if unit is Unit.RATE and denominator:
        numerator = min(numerator, denominator)
    top, scale = (
        leaf("measure", f"{key}_{'fen' if size > 1000000 or unit is Unit.FEN else 'count'}", numerator),
        constant("scale", 1),
    )
    below = leaf("measure", f"{key}_of_{'fen' if size > 1000000 else 'count'}", denominator)
    value = step("quotient", key, top, below, scale) if denominator else step("times", key, top, scale)
    goal = leaf("target", f"target of {key}", Decimal(target))
    attained = step("attainment", "attainment", value, goal, better=better.value, cap="1")
    score = step("round", "score", step("target", "target", attained, floor="0", cap="1", full_at="1"), to="0.01")
    return {
        "target": goal.value,
        "actual": value.value,
        "numerator": numerator,
        "denominator": denominator,
        "score": score.value,
        "trace": score,
    }


def says(title: Title, unit: Unit | None) -> Title:
    """A sentence like a metric's own."""
    if unit is None:
        return t(
            "由本人与上级按 0–100 分评价，本人占 20%，上级占 80%。",
            "由本人與上級按 0–100 分評價，本人占 20%，上級占 80%。",
            "Rated 0–100 by the person (20 %) and the manager (80 %).",
        )
    if unit is Unit.RATE:
        return t(
            f"{title.zh_hans}：本月得分之和除以满分之和，按买家、店铺、营业日去重。",
            f"{title.zh_hant}：本月得分之和除以滿分之和，按買家、店鋪、營業日去重。",
            "Sum of the month's points over the most there could be, distinct by buyer, shop and business day.",
        )
    return t("本月合计，按营业日累加。", "本月合計，按營業日累加。", "Total of the month, summed over business days.")


def rule(unit: Unit | None, better: Better) -> Title:
    """A scheme's rule in words."""
    if unit is None:
        return t("评价分即得分。", "評價分即得分。", "The rating is the score.")
    if better is LOW:
        return t(
            "目标 ÷ 实际 × 100，最低 0，最高 100。",
            "目標 ÷ 實際 × 100，最低 0，最高 100。",
            "Target ÷ actual × 100, at least 0, at most 100.",
        )
    return t(
        "实际 ÷ 目标 × 100，最低 0，最高 100。",
        "實際 ÷ 目標 × 100，最低 0，最高 100。",
        "Actual ÷ target × 100, at least 0, at most 100.",
    )


def department(department_id: str, title: Title, people: list[PersonResult]) -> DepartmentResult:
    """A department of these people; the first is the manager."""
    ordered = sorted(p.score for p in people if p.score is not None)
    counts: dict[str, int] = {}
    for one in people:
        counts[one.grade or ""] = counts.get(one.grade or "", 0) + 1
    return DepartmentResult(
        department_id=department_id,
        title=title,
        manager_ids=(people[0].employee_id,),
        employee_ids=tuple(p.employee_id for p in people),
        card=card(department_id, None),
        mean_score=sum(ordered, Decimal(0)) / len(ordered),
        median_score=ordered[len(ordered) // 2],
        grades=counts,
        provisional=True,
    )


def with_appraisals(one: PersonResult) -> PersonResult:
    """The person with what further schemes say, and what follows."""
    return one.model_copy(update={"appraisals": appraisals(one), "consequences": consequences(one)})


def ranked(people: list[PersonResult]) -> list[PersonResult]:
    """1224 ranks for people and for each indicator."""
    places = sorted((p.score for p in people if p.score is not None), reverse=True)
    lines = [i for p in people for i in (p.cards[-1].indicators if p.cards else ()) if i.score is not None]
    by_key = {i.key: sorted((other.score for other in lines if other.key == i.key), reverse=True) for i in lines}
    return [with_rank(p, places, by_key) if p.cards else p for p in people]


def with_rank(one: PersonResult, places: list[Decimal], by_key: dict[str, list[Decimal]]) -> PersonResult:
    """The person with ranks filled in."""
    indicators = tuple(
        i.model_copy(update={"rank": by_key[i.key].index(i.score) + 1, "ranked_of": len(by_key[i.key])})
        if i.score is not None
        else i
        for i in one.cards[-1].indicators
    )
    card_ = one.cards[-1].model_copy(update={"indicators": indicators})
    rank = places.index(one.score) + 1
    return one.model_copy(update={"cards": (*one.cards[:-1], card_), "rank": rank, "ranked_of": len(places)})


def unscored(one: PersonResult) -> PersonResult:
    """E1008 was on loan the whole month."""
    if one.employee_id != "E1008":
        return one
    nothing = {"cards": (), "score": None, "grade": None, "grade_title": None, "rank": None, "ranked_of": None}
    return one.model_copy(update={**nothing, "not_scored": "helper", "provisional": False})


def moved(one: PersonResult) -> PersonResult:
    """E2005 came from logistics on the 16th."""
    if one.employee_id != "E2005":
        return one
    first, second = card("logistics", one.employee_id, 8), one.cards[0].model_copy(update={"working_days": 9})
    score = half_up((first.score * 8 + second.score * 9) / 17)
    code, title = grade(score)
    cards = [leaf("card", each.department_id, each.score) for each in (first, second)]
    trace = step("round", "score", step("weighted_mean", "cards by working days", *cards, weights="8,9"), to="0.01")
    update = {"cards": (first, second), "score": score, "grade": code, "grade_title": title, "trace": trace}
    return one.model_copy(update=update)


def late(one: PersonResult) -> PersonResult:
    """E2013 joined late and has too few ratings: the weight of satisfaction is shared out."""
    if one.employee_id != "E2013":
        return one
    first, *others = one.cards[0].indicators
    gone = {
        "score": None,
        "points": None,
        "missing": "too_few",
        "weight_used": Decimal(0),
        "rank": None,
        "ranked_of": None,
        "provisional": False,
    }
    scale = Decimal(100) / (Decimal(100) - first.weight)
    kept = [
        i.model_copy(
            update={
                "weight_used": half_up(i.weight * scale),
                "points": half_up(half_up(i.weight * scale) * i.score / 100),
            }
        )
        for i in others
    ]
    score = half_up(sum((i.points for i in kept), Decimal(0)))
    code, title = grade(score)
    card_ = one.cards[0].model_copy(
        update={
            "indicators": (first.model_copy(update=gone), *kept),
            "score": score,
            "grade": code,
            "grade_title": title,
            "working_days": 6,
        }
    )
    return one.model_copy(
        update={"cards": (card_,), "score": score, "grade": code, "grade_title": title, "working_days": 6}
    )


def history_values(owner: PersonResult | Card) -> Iterator[MetricValue]:
    """Values of the window and of the months before it."""
    for one in owner.cards if isinstance(owner, PersonResult) else (owner,):
        for i in (i for i in one.indicators if i.kind == "metric"):
            yield from _values(one, i)


def _values(one: Card, i: IndicatorResult) -> Iterator[MetricValue]:
    subject = one.employee_id or one.department_id
    random = Random(f"{subject}/{i.key}")  # noqa: S311 - a fixed seed, not a secret
    for window in WINDOWS:
        factor = Decimal(1) if window == PERIOD else Decimal(str(round(random.uniform(0.9, 1.06), 3)))
        numerator = Decimal(round(i.numerator * factor))
        yield MetricValue(
            level="employee" if one.employee_id else "department",
            subject_id=subject,
            department_id=one.department_id,
            window=window,
            metric=i.key,
            numerator=numerator,
            denominator=i.denominator,
            value=numerator / i.denominator if i.denominator else numerator,
        )


def score_history(employee_id: str) -> tuple[ScorePoint, ...]:
    """Scores of the five months before."""
    random = Random(employee_id)  # noqa: S311 - a fixed seed, not a secret
    return tuple(ScorePoint(period=w, score=half_up(Decimal(str(random.gauss(88, 3))))) for w in WINDOWS[:-1])


def all_history() -> dict[str, tuple[ScorePoint, ...]]:
    """Of everybody."""
    return {p.employee_id: score_history(p.employee_id) for p in results().people}


def context() -> ReportContext:
    """Revision 2 of the month."""
    bounds = tuple(GradeBound(title=title, at_least=at_least) for at_least, _, title in GRADES)
    return ReportContext(
        company=t("云帆电子商务有限公司", "雲帆電子商務有限公司", "Yunfan E-commerce Ltd"),
        currency="CNY",
        revision=2,
        snapshot_id="9c1f7a20b4d85e63" * 4,
        dated=date(2026, 11, 6),
        appeal=AppealWindow(
            working_days=5,
            since=date(2026, 11, 6),
            until=date(2026, 11, 13),
            investigate_working_days=10,
            answer_working_days=5,
        ),
        grade_bounds={f"s01_{department_id}": bounds for department_id in SHEETS},
        versions={f"s01_{department_id}": version(department_id) for department_id in SHEETS},
    )


@cache
def version(department_id: str) -> Version:
    """The scheme that the fabricated cards were judged by: each metric against its target."""
    return Version.model_validate(
        {
            "effective_from": "2026-01-01",
            "approved": {"by": "HR", "date": "2025-12-12", "reference": "HR-1"},
            "judged_by": {"roles": {"manager": 100}},
            "indicators": [_line_of(row) for row in SHEETS[department_id]],
            "grades": {code: at_least for at_least, code, _ in GRADES if at_least},
        }
    )


def _line_of(row: Row) -> dict[str, Any]:
    key, _, weight, title, unit, _, target, *_ = row
    if unit is None:
        return {"manual": key, "title": {"zh-Hans": title.zh_hans}, "weight": weight}
    return {"metric": key, "weight": weight, "target": target, "score": {"target": {"floor": "0%"}}}


def grade(score: Decimal) -> tuple[str, Title]:
    """The first grade reached."""
    return next((code, title) for at_least, code, title in GRADES if score >= at_least)


def half_up(value: Decimal) -> Decimal:
    """To two places."""
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
