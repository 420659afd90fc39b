"""Metrics of tickets, quality control and presence (metrics.md "Tickets, QA, presence"; S06, S09, S12, S19)."""

from decimal import Decimal

from transforms.metrics.building import higher, lower, title
from transforms.metrics.model import Metric, Unit

_LAW = "metrics.md, Tickets, QA, presence"
_HOUR = Decimal(3600)
_PRESENT = ("duty_seconds", "online_seconds")
# A contact is judged some days after it was handled.
_JUDGED = 7

QUALITY: tuple[Metric, ...] = (
    lower(
        "repeat_request_rate",
        title("重复请求率", "重複請求率", "Repeat requests"),
        title(
            "服务请求中同一客户{repeat_days}天内就同一主题再次提出的比例。",
            "服務請求中同一客戶{repeat_days}天內就同一主題再次提出的比例。",
            "Of the requests, the share the same customer made about the same subject within {repeat_days} days.",
        ),
        of=("requests_repeated", "requests"),
        source=f"S12; {_LAW}",
    ),
    higher(
        "service_level",
        title("服务水平", "服務水準", "Service level"),
        title(
            "应回复的工单中在时限内首次回复的比例。",
            "應回覆的工單中在時限內首次回覆的比例。",
            "Of the tickets to be answered, the share answered within the agreed time.",
        ),
        of=("answers_on_time", "answers_due"),
        source=f"S11; {_LAW}",
    ),
    higher(
        "escalations_on_time_rate",
        title("升级处理及时率", "升級處理及時率", "Escalations on time"),
        title(
            "应处理的升级工单中在时限内处理的比例。",
            "應處理的升級工單中在時限內處理的比例。",
            "Of the escalations to be handled, the share handled within the agreed time.",
        ),
        of=("escalations_on_time", "escalations_due"),
        source=f"S06; {_LAW}",
    ),
    lower(
        "technical_answer_hours",
        title("技术问题答复时长", "技術問題答覆時長", "Technical answers"),
        title(
            "技术类工单从提出到首次回复的平均小时数。",
            "技術類工單從提出到首次回覆的平均小時數。",
            "Mean hours to the first answer of a ticket with a technical question.",
        ),
        of=("ticket_answer_seconds:technical", "tickets_answered:technical"),
        per=_HOUR,
        unit=Unit.HOURS,
        source="S12",
    ),
    lower(
        "conflict_answer_hours",
        title("冲突响应时长", "衝突回應時長", "Reaction to conflicts"),
        title(
            "冲突类工单从提出到首次回复的平均小时数。",
            "衝突類工單從提出到首次回覆的平均小時數。",
            "Mean hours to the first answer of a ticket about a conflict.",
        ),
        of=("ticket_answer_seconds:conflict", "tickets_answered:conflict"),
        per=_HOUR,
        unit=Unit.HOURS,
        source="S12",
    ),
    higher(
        "qa_accuracy",
        title("质检合格率", "質檢合格率", "Quality checks passed"),
        title(
            "您处理的服务经质检合格的项数占质检项数的比例。",
            "您處理的服務經質檢合格的項數佔質檢項數的比例。",
            "Of all aspects of your contacts that were judged, the share that passed.",
        ),
        of=("qa_passed", "qa_judged"),
        settle_days=_JUDGED,
        source=f"S09, S27; {_LAW}",
    ),
    higher(
        "qa_attitude_rate",
        title("服务态度合格率", "服務態度合格率", "Attitude passed"),
        title(
            "质检服务态度时合格的比例。",
            "質檢服務態度時合格的比例。",
            "Of your contacts judged for attitude, the share that passed.",
        ),
        of=("qa_passed:attitude", "qa_judged:attitude"),
        settle_days=_JUDGED,
        source=f"S06; {_LAW}",
    ),
    higher(
        "qa_timeliness_rate",
        title("服务及时合格率", "服務及時合格率", "Timeliness passed"),
        title(
            "质检及时性时合格的比例。",
            "質檢及時性時合格的比例。",
            "Of your contacts judged for timeliness, the share that passed.",
        ),
        of=("qa_passed:timeliness", "qa_judged:timeliness"),
        settle_days=_JUDGED,
        source=f"S06; {_LAW}",
    ),
    higher(
        "qa_professionalism_rate",
        title("专业水平合格率", "專業水準合格率", "Professionalism passed"),
        title(
            "质检专业水平时合格的比例。",
            "質檢專業水準時合格的比例。",
            "Of your contacts judged for professionalism, the share that passed.",
        ),
        of=("qa_passed:professionalism", "qa_judged:professionalism"),
        settle_days=_JUDGED,
        source=f"S06; {_LAW}",
    ),
    higher(
        "exam_score",
        title("知识考试得分率", "知識考試得分率", "Knowledge tests"),
        title(
            "知识考试得分占满分的比例。", "知識考試得分佔滿分的比例。", "Points in knowledge tests, of those possible."
        ),
        of=("exam_points", "exam_points_max"),
        source=f"S09; {_LAW}",
    ),
    higher(
        "occupancy",
        title("工时利用率", "工時利用率", "Occupancy"),
        title(
            "处理服务的时间占在岗时间的比例。",
            "處理服務的時間佔在崗時間的比例。",
            "Time spent working on contacts, of the time on the roster.",
        ),
        of=("handling_seconds", "duty_seconds"),
        source=f"S09; {_LAW}",
    ),
    higher(
        "online_hours",
        title("在线时长", "在線時長", "Hours online"),
        title("登录在线的小时数。", "登入在線的小時數。", "Hours signed in."),
        of=("online_seconds", None),
        per=_HOUR,
        unit=Unit.HOURS,
        zero_if=_PRESENT,
        source=f"S19, S25; {_LAW}",
    ),
    higher(
        "chat_hours",
        title("聊天时长", "聊天時長", "Hours in chats"),
        title("与客户聊天的小时数。", "與客戶聊天的小時數。", "Hours in chats with customers."),
        of=("chat_seconds", None),
        per=_HOUR,
        unit=Unit.HOURS,
        zero_if=_PRESENT,
        source=f"S19; {_LAW}",
    ),
    lower(
        "workload_deviation",
        title("工作量偏差", "工作量偏差", "Workload against plan"),
        title(
            "实际处理时间减计划处理时间,除以计划处理时间。",
            "實際處理時間減計畫處理時間,除以計畫處理時間。",
            "Time worked on contacts less the time planned, over the time planned.",
        ),
        of=("handling_deviation_seconds", "planned_handling_seconds"),
        source=f"S09; {_LAW}",
    ),
    higher(
        "output_per_hour",
        title("每小时服务量", "每小時服務量", "Output an hour"),
        title(
            "接待人数与解决工单数之和除以在线小时数。",
            "接待人數與解決工單數之和除以在線小時數。",
            "Buyers received and tickets resolved, per hour signed in.",
        ),
        of=("outputs", "online_seconds"),
        scale=_HOUR,
        unit=Unit.RATIO,
        source="S27",
    ),
    higher(
        "service_uptake_rate",
        title("服务推介成功率", "服務推介成功率", "Service uptake"),
        title(
            "推介其他服务的次数中被接受的比例。",
            "推介其他服務的次數中被接受的比例。",
            "Of the other services offered, the share that was taken.",
        ),
        of=("offers_taken", "offers_made"),
        source="S09",
    ),
    higher(
        "pages_browsed",
        title("访客浏览页数", "訪客瀏覽頁數", "Pages browsed"),
        title("您服务的访客浏览的页数。", "您服務的訪客瀏覽的頁數。", "Pages that the visitors you served looked at."),
        of=("pages_browsed", None),
        unit=Unit.COUNT,
        zero_if=_PRESENT,
        source="S19",
    ),
    higher(
        "registrations",
        title("注册数", "註冊數", "Registrations"),
        title("您服务的访客中注册的人数。", "您服務的訪客中註冊的人數。", "Visitors you served who registered."),
        of=("registrations", None),
        unit=Unit.COUNT,
        zero_if=_PRESENT,
        source="S19",
    ),
    higher(
        "survey_score",
        title("满意度调查得分", "滿意度調查得分", "Survey score"),
        title(
            "满意度调查的平均分,1至5分。",
            "滿意度調查的平均分,1至5分。",
            "Mean answer to the satisfaction survey, 1 to 5.",
        ),
        of=("figures:survey_points", "figures:survey_answers"),
        unit=Unit.POINTS,
        source="S11, S12",
    ),
)
