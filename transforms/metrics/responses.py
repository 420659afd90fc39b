"""Metrics of answering in time (metrics.md "Reception and attribution": waits and their windows)."""

from transforms.metrics.building import higher, lower, title
from transforms.metrics.model import Metric, Unit

_LAW = "metrics.md, Reception and attribution"

RESPONSES: tuple[Metric, ...] = (
    lower(
        "first_response_seconds",
        title("首次响应时间", "首次回應時間", "First response time"),
        title(
            "每次会话中买家第一次等到人工回复的平均秒数。",
            "每次會話中買家第一次等到人工回覆的平均秒數。",
            "Mean seconds until the first answer by a person in a chat.",
        ),
        of=("first_wait_seconds", "first_waits"),
        unit=Unit.SECONDS,
        source=f"S01 客服; {_LAW}",
    ),
    lower(
        "mean_response_seconds",
        title("平均响应时间", "平均回應時間", "Mean response time"),
        title(
            "买家每一轮等到人工回复的平均秒数。",
            "買家每一輪等到人工回覆的平均秒數。",
            "Mean seconds a buyer waited for an answer by a person, over all answered rounds.",
        ),
        of=("wait_seconds", "waits"),
        unit=Unit.SECONDS,
        source=f"S02.8; {_LAW}",
    ),
    higher(
        "within_30s_rate",
        title("30秒应答率", "30秒應答率", "Answered within 30 s"),
        title(
            "买家咨询轮次中30秒内获人工回复的比例。",
            "買家諮詢輪次中30秒內獲人工回覆的比例。",
            "Of all rounds, the share answered by a person within 30 seconds.",
        ),
        of=("rounds_within_30s", "rounds"),
        source=f"S06, S08; {_LAW}",
    ),
    higher(
        "within_30s_first_rate",
        title("30秒应答率(京东口径)", "30秒應答率(京東口徑)", "First answer within 30 s (JD)"),
        title(
            "每次会话首轮咨询中30秒内获人工回复的比例。",
            "每次會話首輪諮詢中30秒內獲人工回覆的比例。",
            "Of the first rounds of chats, the share answered by a person within 30 seconds.",
        ),
        of=("first_rounds_within_30s", "first_rounds"),
        source=_LAW,
    ),
    higher(
        "within_3min_rate",
        title("3分钟回复率", "3分鐘回覆率", "Answered within 3 minutes"),
        title(
            "买家咨询轮次中3分钟内获人工回复的比例。",
            "買家諮詢輪次中3分鐘內獲人工回覆的比例。",
            "Of all rounds, the share answered by a person within 3 minutes.",
        ),
        of=("rounds_within_3min", "rounds"),
        source=_LAW,
    ),
    higher(
        "within_3min_08_23_rate",
        title("3分钟回复率(拼多多口径)", "3分鐘回覆率(拼多多口徑)", "Within 3 minutes, 08–23 (PDD)"),
        title(
            "8点至23点开始的咨询轮次中3分钟内获人工回复的比例。",
            "8點至23點開始的諮詢輪次中3分鐘內獲人工回覆的比例。",
            "Of the rounds begun between 08:00 and 23:00, the share answered by a person within 3 minutes.",
        ),
        of=("rounds_08_23_within_3min", "rounds_08_23"),
        source=_LAW,
    ),
    lower(
        "slow_responses",
        title("慢响应次数", "慢回應次數", "Slow responses"),
        title(
            "回复用时超过{slow_seconds}秒的轮次数。",
            "回覆用時超過{slow_seconds}秒的輪次數。",
            "Rounds answered after more than {slow_seconds} seconds.",
        ),
        of=("slow_rounds", None),
        unit=Unit.COUNT,
        zero_if=("rounds",),
        source=_LAW,
    ),
    lower(
        "unanswered_waiting_peak",
        title("同时未回复人数", "同時未回覆人數", "Buyers waiting at once"),
        title(
            "同一时刻等待回复的买家数的最大值。",
            "同一時刻等待回覆的買家數的最大值。",
            "The most buyers who were waiting for an answer at one moment.",
        ),
        of=("waiting_peak", None),
        unit=Unit.COUNT,
        zero_if=("contacted",),
        source=f"S08; {_LAW}",
    ),
)
