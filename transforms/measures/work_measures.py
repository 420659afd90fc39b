"""Measures of presence, quality control, tickets, tasks, shop scores and imported figures."""

from transforms.measures.declaring import count, points, total
from transforms.measures.model import Measure
from transforms.titles import Title

_PRESENCE, _QA, _EXAM, _SHOP = "presence_days", "checked_contacts", "exam_results", "scored_shops"

# A table of measures reads better by hand.
# fmt: off
PRESENCE = (
    total("duty_seconds", _PRESENCE, "duty_seconds", "", "seconds", "在岗秒数", "在崗秒數", "Seconds on the roster"),
    total("online_seconds", _PRESENCE, "online_seconds", "", "seconds", "在线秒数", "在線秒數", "Seconds signed in"),
    total("chat_seconds", _PRESENCE, "chat_seconds", "", "seconds", "聊天秒数", "聊天秒數", "Seconds in chats"),
    total("handling_seconds", _PRESENCE, "handling_seconds", "", "seconds",
          "处理秒数", "處理秒數", "Seconds working on contacts"),
    total("planned_handling_seconds", _PRESENCE, "planned_handling_seconds", "", "seconds",
          "计划处理秒数", "計畫處理秒數", "Seconds planned for contacts"),
    total("handling_deviation_seconds", _PRESENCE, "deviation_seconds", "", "seconds",
          "处理秒数超出计划", "處理秒數超出計畫", "Seconds worked beyond those planned"),
    total("pages_browsed", _PRESENCE, "pages_browsed", "", "count",
          "访客浏览页数", "訪客瀏覽頁數", "Pages the visitors served looked at"),
    total("registrations", _PRESENCE, "registrations", "", "count",
          "注册数", "註冊數", "Visitors served who registered"),
    total("offers_made", _PRESENCE, "offers_made", "", "count", "推介次数", "推介次數", "Other services offered"),
    total("offers_taken", _PRESENCE, "offers_taken", "", "count", "推介成功次数", "推介成功次數", "Of them, taken"),
    count("outputs", "outputs", "", "完成服务数", "完成服務數", "Buyers received and tickets resolved"),
)

QUALITY = (
    count("qa_judged", _QA, "", "质检项数", "質檢項數", "Contacts judged, an aspect each", split="aspect"),
    count("qa_passed", _QA, "passed", "质检合格项数", "質檢合格項數", "Of them, passed", split="aspect"),
    points("exam_points", "score_e4", "", "考试得分", "考試得分", "Points in knowledge tests", relation=_EXAM),
    points("exam_points_max", "score_max_e4", "", "考试满分", "考試滿分", "Points possible in them", relation=_EXAM),
)

TICKETS = (
    count("requests", "requests", "", "服务请求数", "服務請求數", "Requests opened"),
    count("requests_repeated", "requests", "is_repeat", "重复请求数", "重複請求數", "Requests asked before"),
    count("tickets_answered", "answered_tickets", "",
          "已回复工单数", "已回覆工單數", "Tickets answered", split="subject"),
    total("ticket_answer_seconds", "answered_tickets", "seconds", "", "seconds",
          "工单首次回复秒数", "工單首次回覆秒數", "Seconds to the first answer", split="subject"),
    count("answers_due", "due_answers", "", "应回复工单数", "應回覆工單數", "Tickets to be answered"),
    count("answers_on_time", "due_answers", "is_on_time",
          "按时回复工单数", "按時回覆工單數", "Of them, answered in time"),
    count("escalations_due", "due_escalations", "", "应处理升级数", "應處理升級數", "Escalations to be handled"),
    count("escalations_on_time", "due_escalations", "is_on_time",
          "按时处理升级数", "按時處理升級數", "Of them, handled in time"),
)

TASKS = (
    count("tasks_due", "due_tasks", "", "到期任务数", "到期任務數", "Tasks due", split="kind"),
    count("tasks_due_done", "due_tasks", "is_done",
          "到期且完成任务数", "到期且完成任務數", "Of them, done", split="kind"),
    count("tasks_with_due", "due_tasks", "has_due",
          "有期限任务数", "有期限任務數", "Tasks due that had a due time", split="kind"),
    count("tasks_on_time", "due_tasks", "is_on_time",
          "按时任务数", "按時任務數", "Of them, done in time", split="kind"),
    count("tasks_overdue", "due_tasks", "has_due and not is_on_time",
          "逾期任务数", "逾期任務數", "Of them, late or not done", split="kind"),
    points("task_quantity", "(quantity * 10000)::bigint", "planned_quantity is not null",
           "计划任务完成量", "計畫任務完成量", "Quantity done of planned tasks",
           relation="due_tasks", unit="quantity", split="kind"),
    points("task_planned_quantity", "(planned_quantity * 10000)::bigint", "",
           "任务计划量", "任務計畫量", "Quantity planned", relation="due_tasks", unit="quantity", split="kind"),
    count("tasks_done", "done_tasks", "", "完成任务数", "完成任務數", "Tasks done", split="kind"),
    count("tasks_judged", "done_tasks", "accepted is not null",
          "已验收任务数", "已驗收任務數", "Tasks judged by who asked", split="kind"),
    count("tasks_accepted", "done_tasks", "accepted",
          "验收通过任务数", "驗收通過任務數", "Tasks accepted", split="kind"),
    points("task_quality", "(quality * 10000)::bigint", "", "任务质量得分", "任務品質得分", "Quality points of tasks",
           relation="done_tasks", split="kind"),
    count("tasks_rated", "done_tasks", "quality is not null",
          "已评质量任务数", "已評品質任務數", "Tasks whose quality is known", split="kind"),
    points("done_quantity", "(quantity * 10000)::bigint", "", "完成量", "完成量", "Quantity done",
           relation="done_tasks", unit="quantity", split="kind"),
)

SHOPS = (
    points("dsr_points", "score_e4", "", "店铺评分合计", "店舖評分合計", "Shop scores, summed over days",
           relation=_SHOP, split="aspect"),
    count("dsr_days", _SHOP, "", "店铺评分天数", "店舖評分天數", "Shop scores", split="aspect"),
    points("dsr_industry_points", "mean_e4", "",
           "行业平均评分合计", "行業平均評分合計", "Industry means, summed over days",
           relation=_SHOP, split="aspect"),
    count("dsr_industry_days", _SHOP, "mean_e4 is not null",
          "有行业平均的天数", "有行業平均的天數", "Shop scores with an industry mean", split="aspect"),
    points("dsr_difference", "difference_e4", "", "评分与行业平均之差合计", "評分與行業平均之差合計",
           "Shop score less industry mean, summed over days", relation=_SHOP, split="aspect"),
    points("dsr_above_mean", "above_mean_e4", "",
           "评分与行业平均之差合计(已知最高)", "評分與行業平均之差合計(已知最高)",
           "The same, on days whose best of the industry is known", relation=_SHOP, split="aspect"),
    points("dsr_best_above_mean", "max_above_mean_e4", "", "行业最高与平均之差合计", "行業最高與平均之差合計",
           "Best of the industry less its mean, summed over days", relation=_SHOP, split="aspect"),
    total("shop_page_views", "shop_traffic", "page_views", "", "count",
          "店铺浏览量", "店舖瀏覽量", "Page views of the shop"),
)

FIGURES = (
    Measure(
        key="figures", relation="stated_figures", value="value_e4", unit="as stated", decimals=4, split="figure",
        whole=False, meaning=Title(zh_hans="外部数值", zh_hant="外部數值", en="Imported figures, one each"),
    ),
)
# fmt: on

WORK = (*PRESENCE, *QUALITY, *TICKETS, *TASKS, *SHOPS, *FIGURES)
