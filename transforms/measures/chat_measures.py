"""Measures of chats: who was received, and how long buyers waited."""

from transforms.measures.declaring import count, total
from transforms.measures.model import Measure
from transforms.titles import Title

RECEPTION = (
    count("contacted", "contacts", "not is_own_account", "咨询人数", "諮詢人數", "Buyers in contact"),
    count("received", "contacts", "is_received", "接待人数", "接待人數", "Buyers received"),
    count(
        "wrote", "contacts", "not is_own_account and buyer_lines > 0", "发言买家数", "發言買家數", "Buyers who wrote"
    ),
    count(
        "wrote_replied",
        "contacts",
        "not is_own_account and buyer_lines > 0 and is_replied",
        "发言且获回复的买家数",
        "發言且獲回覆的買家數",
        "Buyers who wrote and were answered",
    ),
    count("replied", "contacts", "is_received and is_replied", "已回复人数", "已回覆人數", "Received buyers answered"),
    count("inquirers", "contacts", "is_inquirer", "询单人数", "詢單人數", "Inquirers"),
    count(
        "inquirers_ordered_same_day",
        "contacts",
        "is_inquirer and ordered_same_day",
        "当日下单的询单人数",
        "當日下單的詢單人數",
        "Inquirers who ordered the same day",
    ),
    count(
        "inquirers_ordered",
        "contacts",
        "is_inquirer and ordered",
        "最终下单的询单人数",
        "最終下單的詢單人數",
        "Inquirers who ordered in time",
    ),
    count(
        "inquirers_paid",
        "contacts",
        "is_inquirer and paid",
        "最终付款的询单人数",
        "最終付款的詢單人數",
        "Inquirers who ordered and paid in time",
    ),
    count(
        "inquirers_lost",
        "contacts",
        "is_inquirer and not ordered",
        "流失的询单人数",
        "流失的詢單人數",
        "Inquirers who did not order in time",
    ),
    total(
        "agent_messages",
        "contacts",
        "agent_lines",
        "is_received",
        "count",
        "客服消息数",
        "客服訊息數",
        "Lines written to received buyers",
    ),
    total(
        "buyer_messages",
        "contacts",
        "buyer_lines",
        "is_received",
        "count",
        "买家消息数",
        "買家訊息數",
        "Lines written by received buyers",
    ),
    total(
        "forbidden_phrases", "contacts", "forbidden_phrases", "", "count", "禁语次数", "禁語次數", "Forbidden phrases"
    ),
)

WAITS = (
    count(
        "first_waits",
        "waits",
        "counted and is_first and seconds is not null",
        "首次响应次数",
        "首次回應次數",
        "First rounds answered",
    ),
    total(
        "first_wait_seconds",
        "waits",
        "seconds",
        "counted and is_first",
        "seconds",
        "首次响应等待秒数",
        "首次回應等待秒數",
        "Seconds waited in first rounds",
    ),
    count("waits", "waits", "counted and seconds is not null", "已回复轮次", "已回覆輪次", "Rounds answered"),
    total("wait_seconds", "waits", "seconds", "counted", "seconds", "等待秒数", "等待秒數", "Seconds waited"),
    count("rounds", "waits", "counted", "咨询轮次", "諮詢輪次", "Rounds"),
    count(
        "rounds_within_30s",
        "waits",
        "counted and seconds <= 30",
        "30秒内回复轮次",
        "30秒內回覆輪次",
        "Rounds answered within 30 s",
    ),
    count(
        "rounds_within_3min",
        "waits",
        "counted and seconds <= 180",
        "3分钟内回复轮次",
        "3分鐘內回覆輪次",
        "Rounds answered within 3 min",
    ),
    count(
        "slow_rounds",
        "waits",
        "counted and seconds > getvariable('slow_seconds')",
        "慢响应轮次",
        "慢回應輪次",
        "Rounds answered too late",
    ),
    count(
        "unanswered_rounds", "waits", "counted and seconds is null", "未回复轮次", "未回覆輪次", "Rounds never answered"
    ),
    count("first_rounds", "waits", "counted and is_first", "首轮咨询数", "首輪諮詢數", "First rounds"),
    count(
        "first_rounds_within_30s",
        "waits",
        "counted and is_first and seconds <= 30",
        "30秒内应答的首轮数",
        "30秒內應答的首輪數",
        "First rounds answered within 30 s",
    ),
    count("rounds_08_23", "waits", "in_08_23", "8–23点咨询轮次", "8–23點諮詢輪次", "Rounds begun 08–23"),
    count(
        "rounds_08_23_within_3min",
        "waits",
        "in_08_23 and seconds <= 180",
        "8–23点3分钟内回复轮次",
        "8–23點3分鐘內回覆輪次",
        "Rounds begun 08–23, answered within 3 min",
    ),
    Measure(
        key="waiting_peak",
        relation="waiting_peaks",
        value="waiting",
        combine="max",
        unit="count",
        meaning=Title(zh_hans="同时未回复人数峰值", zh_hant="同時未回覆人數峰值", en="Most buyers waiting at once"),
    ),
)
