"""Metrics of growth and of figures that come from elsewhere (metrics.md "Operations …"; S10, S12, S13, S14)."""

from transforms.metrics.building import higher, lower, title
from transforms.metrics.model import Metric, Unit

_LAW = "metrics.md, Operations, marketing, logistics, design, company"
_PAY = ("pay_days",)

GROWTH: tuple[Metric, ...] = (
    higher(
        "sales_growth",
        title("销售增长率", "銷售增長率", "Sales growth"),
        title(
            "您负责的产品线销售额比上月增长的比例。",
            "您負責的產品線銷售額比上月增長的比例。",
            "Growth of the sales of your product lines since last month.",
        ),
        of=("line_paid_amount_fen", None),
        growth_of="last_month",
        zero_if=("line_days",),
        settle_by=_PAY,
        source=f"S10; {_LAW}",
    ),
    higher(
        "sales_growth_on_year",
        title("销售同比增长率", "銷售同比增長率", "Sales growth on the year"),
        title(
            "您负责的产品线销售额比去年同期增长的比例。",
            "您負責的產品線銷售額比去年同期增長的比例。",
            "Growth of the sales of your product lines since the same time last year.",
        ),
        of=("line_paid_amount_fen", None),
        growth_of="same_month_last_year",
        zero_if=("line_days",),
        settle_by=_PAY,
        source=_LAW,
    ),
    higher(
        "paid_amount_growth",
        title("客服销售增长率", "客服銷售增長率", "Growth of own sales"),
        title(
            "您落实的付款金额比上月增长的比例。",
            "您落實的付款金額比上月增長的比例。",
            "Growth since last month of the amount paid for orders you brought about.",
        ),
        of=("owned_paid_amount_fen", None),
        growth_of="last_month",
        zero_if=("received",),
        settle_by=_PAY,
        source=_LAW,
    ),
)

COMPANY: tuple[Metric, ...] = (
    higher(
        "market_share",
        title("市场占有率", "市場佔有率", "Market share"),
        title(
            "店铺付款金额占市场规模(外部数值)的比例。",
            "店舖付款金額佔市場規模(外部數值)的比例。",
            "Amount paid in the shops, of the size of the market (an imported figure).",
        ),
        of=("shop_paid_amount_fen", "figures:market_size_fen"),
        numerator_of="shops",
        denominator_of="company",
        levels=("department", "company"),
        settle_by=_PAY,
        source=f"S10; {_LAW}",
    ),
    higher(
        "revenue_fen",
        title("营业收入", "營業收入", "Revenue"),
        title(
            "财务提供的营业收入;未提供的月份取店铺订单的付款金额。",
            "財務提供的營業收入;未提供的月份取店舖訂單的付款金額。",
            "Revenue as stated; of a month without a statement, the amount paid for the shops' orders.",
        ),
        of=("figures:revenue_fen", None),
        unit=Unit.FEN,
        settle_by=_PAY,
        source=f"S12; {_LAW}",
    ),
    higher(
        "gross_profit_fen",
        title("毛利额", "毛利額", "Gross profit"),
        title(
            "财务提供的毛利;未提供的月份取店铺订单的付款金额减商品成本。",
            "財務提供的毛利;未提供的月份取店舖訂單的付款金額減商品成本。",
            "Gross profit as stated; of a month without a statement, what the shops' orders paid less their cost.",
        ),
        of=("figures:gross_profit_fen", None),
        unit=Unit.FEN,
        settle_by=_PAY,
        source=f"S12; {_LAW}",
    ),
    higher(
        "purchase_cost_reduction_rate",
        title("采购成本降低率", "採購成本降低率", "Purchase cost reduction"),
        title(
            "采购节约额除以计划采购额。",
            "採購節約額除以計畫採購額。",
            "Amount saved in purchasing, of the amount planned.",
        ),
        of=("figures:purchase_saving_fen", "figures:purchase_plan_fen"),
        source=f"S14; {_LAW}",
    ),
    lower(
        "incidents",
        title("事故数", "事故數", "Incidents"),
        title("登记的事故数。", "登記的事故數。", "Incidents reported."),
        of=("figures:incidents", None),
        unit=Unit.COUNT,
        source=_LAW,
    ),
    lower(
        "labour_cost_rate",
        title("人工成本率", "人工成本率", "Labour cost rate"),
        title("人工成本除以营业收入。", "人工成本除以營業收入。", "Labour cost over revenue."),
        of=("figures:labour_cost_fen", "figures:revenue_fen"),
        settle_by=_PAY,
        source=_LAW,
    ),
    lower(
        "budget_use_rate",
        title("预算使用率", "預算使用率", "Budget used"),
        title("实际支出除以预算。", "實際支出除以預算。", "Amount spent over the budget."),
        of=("figures:spent_fen", "figures:budget_fen"),
        source=f"S13; {_LAW}",
    ),
    higher(
        "project_profit_fen",
        title("项目利润", "專案利潤", "Project profit"),
        title("项目带来的利润。", "專案帶來的利潤。", "Profit the projects brought."),
        of=("figures:project_profit_fen", None),
        unit=Unit.FEN,
        source=f"S14; {_LAW}",
    ),
    higher(
        "product_launch_rate",
        title("新品上市完成率", "新品上市完成率", "Product launches done"),
        title(
            "完成上市的新品数除以计划数。", "完成上市的新品數除以計畫數。", "New products launched, of those planned."
        ),
        of=("figures:launches_done", "figures:launches_planned"),
        source="S10",
    ),
    lower(
        "staff_turnover_rate",
        title("员工流失率", "員工流失率", "Staff turnover"),
        title(
            "离职人数除以在册人数,各月相加。",
            "離職人數除以在冊人數,各月相加。",
            "People who left over the headcount, months added up.",
        ),
        of=("figures:left", "figures:headcount"),
        source="S12, S13",
    ),
    higher(
        "training_hours",
        title("培训小时数", "培訓小時數", "Training hours"),
        title("参加培训的小时数。", "參加培訓的小時數。", "Hours of training."),
        of=("figures:training_hours", None),
        unit=Unit.HOURS,
        source="S13, S14",
    ),
)
