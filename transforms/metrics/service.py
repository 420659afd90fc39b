"""Metrics of ratings, complaints, tickets and follow-up (metrics.md rows csat … forbidden_phrases; Tickets)."""

from decimal import Decimal

from transforms.metrics.building import higher, lower, title
from transforms.metrics.model import Metric, Unit

_LAW = "metrics.md, Reception and attribution"
_TICKETS = "metrics.md, Tickets, QA, presence"
_SERVED = ("received", "reviews")
_HOUR = Decimal(3600)

SERVICE: tuple[Metric, ...] = (
    higher(
        "csat_rate",
        title("客户满意度", "客戶滿意度", "Customer satisfaction"),
        title(
            "买家对您接待的评分占满分的比例,计入当时处理的人。",
            "買家對您接待的評分佔滿分的比例,計入當時處理的人。",
            "Points buyers gave your chats, as a share of the best possible; credited to who handled the chat then.",
        ),
        of=("chat_score", "chat_score_max"),
        settle_days=7,
        source=f"S01 客服; {_LAW}",
    ),
    higher(
        "after_sales_csat_rate",
        title("售后满意度", "售後滿意度", "After-sales satisfaction"),
        title(
            "买家对售后处理的评分占满分的比例。",
            "買家對售後處理的評分佔滿分的比例。",
            "Points buyers gave your after-sales handling, as a share of the best possible.",
        ),
        of=("after_sales_score", "after_sales_score_max"),
        settle_days=7,
        source="S01 物流售后",
    ),
    higher(
        "after_sales_resolved_rate",
        title("售后解决率", "售後解決率", "After-sales resolved"),
        title(
            "表示问题已解决的买家占作答买家的比例。",
            "表示問題已解決的買家佔作答買家的比例。",
            "Of the buyers who said whether it was solved, the share who said yes.",
        ),
        of=("after_sales_resolved", "after_sales_answers"),
        settle_days=7,
        source="S01 物流售后",
    ),
    higher(
        "order_review_rate",
        title("订单评价得分率", "訂單評價得分率", "Order review score"),
        title(
            "买家对订单的评分占满分的比例。",
            "買家對訂單的評分佔滿分的比例。",
            "Points buyers gave the orders, as a share of the best possible.",
        ),
        of=("order_score", "order_score_max"),
        settle_days=7,
        source=_LAW,
    ),
    higher(
        "good_review_rate",
        title("好评率", "好評率", "Good reviews"),
        title(
            "评价中得分不低于满分{good_review_share}倍的比例。",
            "評價中得分不低於滿分{good_review_share}倍的比例。",
            "Of the reviews, the share with at least {good_review_share} of the best score.",
        ),
        of=("good_reviews", "reviews"),
        settle_days=7,
        source=f"S25; {_LAW}",
    ),
    lower(
        "bad_reviews",
        title("差评数", "差評數", "Bad reviews"),
        title(
            "得分不超过满分{bad_review_share}倍的评价数。",
            "得分不超過滿分{bad_review_share}倍的評價數。",
            "Reviews with at most {bad_review_share} of the best score.",
        ),
        of=("bad_reviews", None),
        unit=Unit.COUNT,
        zero_if=_SERVED,
        settle_days=7,
        source=f"S02, S08; {_LAW}",
    ),
    higher(
        "reviews_improved",
        title("改善的评价数", "改善的評價數", "Reviews improved"),
        title(
            "买家后来改为更好的评价数。",
            "買家後來改為更好的評價數。",
            "Reviews the buyer later changed for the better.",
        ),
        of=("reviews_improved", None),
        unit=Unit.COUNT,
        zero_if=_SERVED,
        settle_days=7,
        source=f"S25; {_LAW}",
    ),
    higher(
        "praise",
        title("表扬次数", "表揚次數", "Praise"),
        title("买家表扬您的次数。", "買家表揚您的次數。", "Times buyers praised you."),
        of=("praise", None),
        unit=Unit.COUNT,
        zero_if=_SERVED,
        settle_days=7,
        source=f"S02; {_LAW}",
    ),
    lower(
        "complaint_rate",
        title("投诉率", "投訴率", "Complaint rate"),
        title("投诉数除以接待人数。", "投訴數除以接待人數。", "Complaints per buyer received."),
        of=("complaints", "received"),
        settle_days=7,
        source=f"S01 客服; {_LAW}",
    ),
    lower(
        "justified_complaint_rate",
        title("有效投诉率", "有效投訴率", "Justified complaint rate"),
        title(
            "查实成立的投诉数除以接待人数。",
            "查實成立的投訴數除以接待人數。",
            "Complaints found justified, per buyer received.",
        ),
        of=("justified_complaints", "received"),
        settle_days=7,
        source=_LAW,
    ),
    lower(
        "justified_complaints",
        title("有效投诉数", "有效投訴數", "Justified complaints"),
        title("查实成立的投诉数。", "查實成立的投訴數。", "Complaints found justified."),
        of=("justified_complaints", None),
        unit=Unit.COUNT,
        zero_if=_SERVED,
        settle_days=7,
        source=f"S12; {_LAW}",
    ),
    lower(
        "complaint_handling_hours",
        title("投诉处理时长", "投訴處理時長", "Complaint handling time"),
        title(
            "已结投诉从受理到结案的平均小时数。",
            "已結投訴從受理到結案的平均小時數。",
            "Mean hours from a complaint to its settlement, over settled complaints.",
        ),
        of=("complaint_seconds", "closed_complaints"),
        per=_HOUR,
        unit=Unit.HOURS,
        settle_days=7,
        source=f"S11; {_LAW}",
    ),
    lower(
        "forbidden_phrases",
        title("禁语次数", "禁語次數", "Forbidden phrases"),
        title(
            "您发出的消息中出现禁语的次数。",
            "您發出的訊息中出現禁語的次數。",
            "Forbidden phrases in the lines you wrote.",
        ),
        of=("forbidden_phrases", None),
        unit=Unit.COUNT,
        zero_if=("contacted",),
        source=f"S08; {_LAW}",
    ),
    lower(
        "misdescription_return_rate",
        title("描述不符退货率", "描述不符退貨率", "Returned as misdescribed"),
        title(
            "由您落实的付款订单中{return_days}天内以与描述不符为由申请退货的比例。",
            "由您落實的付款訂單中{return_days}天內以與描述不符為由申請退貨的比例。",
            "Of the paid orders you brought about, the share sent back within {return_days} days as not as described.",
        ),
        of=("returned_owned_orders:not_as_described", "owned_paid_orders"),
        settle_by=("return_days",),
        source=f"S08; {_LAW}",
    ),
    higher(
        "tickets_resolved",
        title("解决工单数", "解決工單數", "Tickets resolved"),
        title("您解决的工单数。", "您解決的工單數。", "Tickets you resolved."),
        of=("tickets_resolved", None),
        unit=Unit.COUNT,
        source=_TICKETS,
    ),
    lower(
        "resolution_hours",
        title("平均解决时长", "平均解決時長", "Resolution time"),
        title(
            "工单从提出到解决的平均小时数。",
            "工單從提出到解決的平均小時數。",
            "Mean hours from opening to resolving a ticket.",
        ),
        of=("resolution_seconds", "tickets_resolved"),
        per=_HOUR,
        unit=Unit.HOURS,
        source=f"S11; {_TICKETS}",
    ),
    higher(
        "sla_made_rate",
        title("服务时限达成率", "服務時限達成率", "SLA made"),
        title(
            "有约定时限的工单中按时解决的比例。",
            "有約定時限的工單中按時解決的比例。",
            "Of the tickets with an agreed time, the share resolved within it.",
        ),
        of=("tickets_sla_made", "tickets_with_sla"),
        source=f"S11; {_TICKETS}",
    ),
    lower(
        "reopen_rate",
        title("重开率", "重開率", "Reopen rate"),
        title(
            "您解决的工单中被重新打开的比例。",
            "您解決的工單中被重新打開的比例。",
            "Of the tickets you resolved, the share that were opened again.",
        ),
        of=("tickets_reopened", "tickets_resolved"),
        source=_TICKETS,
    ),
    lower(
        "reassignment_rate",
        title("转派率", "轉派率", "Reassignment rate"),
        title(
            "您解决的工单中曾被转派的比例。",
            "您解決的工單中曾被轉派的比例。",
            "Of the tickets you resolved, the share that had been handed on.",
        ),
        of=("tickets_reassigned", "tickets_resolved"),
        source=_TICKETS,
    ),
    higher(
        "first_contact_resolution",
        title("一次解决率", "一次解決率", "First contact resolution"),
        title(
            "权限内的工单中在线、未转派、未重开即解决的比例。",
            "權限內的工單中在線、未轉派、未重開即解決的比例。",
            "Of the tickets within the desk's authority, the share solved online, without handing on or opening again.",
        ),
        of=("tickets_solved_first", "tickets_in_authority"),
        source=f"S09; {_TICKETS}",
    ),
)
