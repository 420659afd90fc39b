"""Metrics of whole shops: their scores on the platform (DSR), sales and visits (metrics.md "Operations …")."""

from typing import Any

from transforms.metrics.building import higher, title
from transforms.metrics.model import Metric, Unit

_LAW = "metrics.md, Operations, marketing, logistics, design, company"
_PAY = ("pay_days",)
_ASPECTS = {
    "attitude": ("服务态度", "服務態度", "Service attitude"),
    "description": ("描述相符", "描述相符", "Goods as described"),
    "logistics": ("物流服务", "物流服務", "Delivery"),
}


def _scores(aspect: str, hans: str, hant: str, en: str) -> tuple[Metric, ...]:
    """A shop's score on one aspect, the industry's, and both ways to set one against the other."""
    shops: dict[str, Any] = {"numerator_of": "shops", "denominator_of": "shops", "source": f"S02; {_LAW}, DSR"}
    return (
        higher(
            f"dsr_{aspect}",
            title(f"店铺评分:{hans}", f"店舖評分:{hant}", f"Shop score: {en}"),
            title(
                f"您所在店铺{hans}评分的日平均。",
                f"您所在店舖{hant}評分的日平均。",
                f"Mean of the daily scores of your shops: {en}.",
            ),
            of=(f"dsr_points:{aspect}", f"dsr_days:{aspect}"),
            unit=Unit.POINTS,
            **shops,
        ),
        higher(
            f"dsr_{aspect}_industry",
            title(f"行业评分:{hans}", f"行業評分:{hant}", f"Industry score: {en}"),
            title(
                f"行业{hans}平均评分的日平均。",
                f"行業{hant}平均評分的日平均。",
                f"Mean of the industry's daily mean scores: {en}.",
            ),
            of=(f"dsr_industry_points:{aspect}", f"dsr_industry_days:{aspect}"),
            unit=Unit.POINTS,
            **shops,
        ),
        higher(
            f"dsr_{aspect}_vs_industry",
            title(f"{hans}评分较行业", f"{hant}評分較行業", f"{en} against the industry"),
            title(
                f"店铺{hans}评分减行业平均,除以行业平均。",
                f"店舖{hant}評分減行業平均,除以行業平均。",
                f"Shop score less the industry's mean, over that mean: {en}.",
            ),
            of=(f"dsr_difference:{aspect}", f"dsr_industry_points:{aspect}"),
            **shops,
        ),
        higher(
            f"dsr_{aspect}_position",
            title(f"{hans}评分行业位置", f"{hant}評分行業位置", f"{en}: place in the industry"),
            title(
                f"店铺{hans}评分减行业平均,除以行业最高减行业平均。",
                f"店舖{hant}評分減行業平均,除以行業最高減行業平均。",
                f"Shop score less the industry's mean, over its best less its mean: {en}.",
            ),
            of=(f"dsr_above_mean:{aspect}", f"dsr_best_above_mean:{aspect}"),
            **shops,
        ),
    )


def _visitors(key: str, channel: str, hans: str, hant: str, en: str, source: str) -> Metric:
    """Visitors of one channel."""
    return higher(
        key,
        title(f"{hans}访客数", f"{hant}訪客數", f"Visitors from {en}"),
        title(
            f"您负责的产品线经{hans}而来的访客数,按天相加。",
            f"您負責的產品線經{hant}而來的訪客數,按天相加。",
            f"Visitors of your product lines who came by {en}, summed over days.",
        ),
        of=(f"unique_visitors:{channel}", None),
        unit=Unit.COUNT,
        zero_if=("unique_visitors",),
        source=source,
    )


SHOPS: tuple[Metric, ...] = (
    *(metric for aspect, words in _ASPECTS.items() for metric in _scores(aspect, *words)),
    higher(
        "shop_sales",
        title("店铺销售额", "店舖銷售額", "Sales of the shop"),
        title(
            "您所在店铺当期下单并在{pay_days}天内付款的金额。",
            "您所在店舖當期下單並在{pay_days}天內付款的金額。",
            "Amount ordered in your shops and paid within {pay_days} days.",
        ),
        of=("shop_paid_amount_fen", None),
        numerator_of="shops",
        unit=Unit.FEN,
        settle_by=_PAY,
        source="S02 target",
    ),
    higher(
        "shop_page_views",
        title("店铺浏览量", "店舖瀏覽量", "Page views of the shop"),
        title("您所在店铺的页面浏览次数。", "您所在店舖的頁面瀏覽次數。", "Pages viewed in your shops."),
        of=("shop_page_views", None),
        numerator_of="shops",
        unit=Unit.COUNT,
        source="S02 target",
    ),
    higher(
        "shop_sales_per_view",
        title("店铺单次浏览销售额", "店舖單次瀏覽銷售額", "Sales a page view"),
        title(
            "您所在店铺的付款金额除以页面浏览次数。",
            "您所在店舖的付款金額除以頁面瀏覽次數。",
            "Amount paid in your shops per page viewed.",
        ),
        of=("shop_paid_amount_fen", "shop_page_views"),
        numerator_of="shops",
        denominator_of="shops",
        unit=Unit.FEN,
        settle_by=_PAY,
        source="S02 target",
    ),
    _visitors("brand_searches", "brand_search", "品牌搜索", "品牌搜尋", "searches for the brand", f"S10; {_LAW}"),
    _visitors("search_visitors", "search", "搜索", "搜尋", "search", _LAW),
    _visitors("ads_visitors", "ads", "广告", "廣告", "advertisements", _LAW),
    _visitors("social_visitors", "social", "社交媒体", "社群媒體", "social media", _LAW),
    _visitors("direct_visitors", "direct", "直接访问", "直接造訪", "direct visits", _LAW),
    higher(
        "page_depth",
        title("浏览深度", "瀏覽深度", "Page depth"),
        title(
            "页面浏览次数除以访问次数。",
            "頁面瀏覽次數除以造訪次數。",
            "Pages viewed per visit, where the visits are known.",
        ),
        of=("visited_page_views", "visits"),
        unit=Unit.RATIO,
        source=f"S18; {_LAW}",
    ),
    higher(
        "dwell_seconds",
        title("平均停留时间", "平均停留時間", "Dwell time"),
        title("每次访问的平均停留秒数。", "每次造訪的平均停留秒數。", "Mean seconds a visit lasted."),
        of=("dwell_seconds", "timed_visits"),
        unit=Unit.SECONDS,
        source=f"S18; {_LAW}",
    ),
)
