"""Metrics of tasks: designs, reports, translations, documents, projects (metrics.md "Operations …"; S07, S16, S18)."""

from transforms.metrics.building import higher, lower, title
from transforms.metrics.model import Metric, Unit

_LAW = "metrics.md, Operations, marketing, logistics, design"
_DONE = ("task_days",)
# Who asked for it judges it some days after it was done.
_JUDGED = 7

WORK: tuple[Metric, ...] = (
    higher(
        "tasks_done_rate",
        title("任务完成率", "任務完成率", "Tasks done"),
        title(
            "到期任务中最迟到期后{task_days}天内完成的比例。",
            "到期任務中最遲到期後{task_days}天內完成的比例。",
            "Of the tasks due, the share done at most {task_days} days after.",
        ),
        of=("tasks_due_done", "tasks_due"),
        settle_by=_DONE,
        source="S02, S13",
    ),
    higher(
        "tasks_on_time_rate",
        title("任务及时率", "任務及時率", "Tasks on time"),
        title(
            "有期限的到期任务中按时完成的比例。",
            "有期限的到期任務中按時完成的比例。",
            "Of the tasks due that had a due time, the share done by then.",
        ),
        of=("tasks_on_time", "tasks_with_due"),
        source="S13, S14",
    ),
    lower(
        "overdue_tasks",
        title("逾期任务数", "逾期任務數", "Overdue tasks"),
        title("到期而未按时完成的任务数。", "到期而未按時完成的任務數。", "Tasks due that were not done in time."),
        of=("tasks_overdue", None),
        unit=Unit.COUNT,
        zero_if=("tasks_due",),
        source="S02",
    ),
    higher(
        "task_quality",
        title("任务质量", "任務品質", "Task quality"),
        title(
            "完成任务的平均质量分,0至100分。",
            "完成任務的平均品質分,0至100分。",
            "Mean quality of the tasks done, 0 to 100.",
        ),
        of=("task_quality", "tasks_rated"),
        unit=Unit.POINTS,
        settle_days=_JUDGED,
        source="S14",
    ),
    higher(
        "design_done_rate",
        title("设计需求完成率", "設計需求完成率", "Design requests done"),
        title(
            "到期设计需求中最迟到期后{task_days}天内完成的比例。",
            "到期設計需求中最遲到期後{task_days}天內完成的比例。",
            "Of the design requests due, the share done at most {task_days} days after.",
        ),
        of=("tasks_due_done:design", "tasks_due:design"),
        settle_by=_DONE,
        source=f"S18; {_LAW}",
    ),
    higher(
        "design_on_time_rate",
        title("设计及时率", "設計及時率", "Designs on time"),
        title(
            "有期限的设计需求中按时完成的比例。",
            "有期限的設計需求中按時完成的比例。",
            "Of the design requests due that had a due time, the share done by then.",
        ),
        of=("tasks_on_time:design", "tasks_with_due:design"),
        source=f"S18; {_LAW}",
    ),
    higher(
        "design_accepted_rate",
        title("设计验收通过率", "設計驗收通過率", "Designs accepted"),
        title(
            "已验收的设计中通过的比例。",
            "已驗收的設計中通過的比例。",
            "Of the designs judged by who asked for them, the share accepted.",
        ),
        of=("tasks_accepted:design", "tasks_judged:design"),
        settle_days=_JUDGED,
        source=f"S18; {_LAW}",
    ),
    higher(
        "design_progress_rate",
        title("设计进度", "設計進度", "Design progress"),
        title(
            "设计完成量除以计划量。", "設計完成量除以計畫量。", "Quantity of design work done, of the quantity planned."
        ),
        of=("task_quantity:design", "task_planned_quantity:design"),
        source="S18",
    ),
    higher(
        "project_progress_rate",
        title("项目进度", "專案進度", "Project progress"),
        title(
            "项目完成量除以计划量。",
            "專案完成量除以計畫量。",
            "Quantity of project work done, of the quantity planned.",
        ),
        of=("task_quantity:project", "task_planned_quantity:project"),
        source=f"S14; {_LAW}",
    ),
    higher(
        "project_quality",
        title("项目质量", "專案品質", "Project quality"),
        title(
            "完成项目的平均质量分,0至100分。",
            "完成專案的平均品質分,0至100分。",
            "Mean quality of the projects done, 0 to 100.",
        ),
        of=("task_quality:project", "tasks_rated:project"),
        unit=Unit.POINTS,
        settle_days=_JUDGED,
        source=f"S14; {_LAW}",
    ),
    higher(
        "reports_done",
        title("报表份数", "報表份數", "Reports done"),
        title("完成的报表份数。", "完成的報表份數。", "Reports done."),
        of=("tasks_done:report", None),
        unit=Unit.COUNT,
        zero_if=("tasks_due:report",),
        source="S07",
    ),
    higher(
        "reports_on_time_rate",
        title("报表及时率", "報表及時率", "Reports on time"),
        title(
            "有期限的报表中按时完成的比例。",
            "有期限的報表中按時完成的比例。",
            "Of the reports due that had a due time, the share done by then.",
        ),
        of=("tasks_on_time:report", "tasks_with_due:report"),
        source="S07",
    ),
    higher(
        "reports_accepted_rate",
        title("报表准确率", "報表準確率", "Reports accepted"),
        title(
            "已验收的报表中通过的比例。",
            "已驗收的報表中通過的比例。",
            "Of the reports judged by who asked for them, the share accepted.",
        ),
        of=("tasks_accepted:report", "tasks_judged:report"),
        settle_days=_JUDGED,
        source="S07",
    ),
    higher(
        "report_quality",
        title("报表质量", "報表品質", "Report quality"),
        title(
            "完成报表的平均质量分,0至100分。",
            "完成報表的平均品質分,0至100分。",
            "Mean quality of the reports done, 0 to 100.",
        ),
        of=("task_quality:report", "tasks_rated:report"),
        unit=Unit.POINTS,
        settle_days=_JUDGED,
        source="S07",
    ),
    higher(
        "translated_pages",
        title("翻译页数", "翻譯頁數", "Pages translated"),
        title("完成翻译的页数。", "完成翻譯的頁數。", "Pages translated."),
        of=("done_quantity:translation", None),
        unit=Unit.COUNT,
        zero_if=("tasks_due:translation",),
        source="S16",
    ),
    higher(
        "translation_quality",
        title("翻译质量", "翻譯品質", "Translation quality"),
        title(
            "完成翻译的平均质量分,0至100分。",
            "完成翻譯的平均品質分,0至100分。",
            "Mean quality of the translations done, 0 to 100.",
        ),
        of=("task_quality:translation", "tasks_rated:translation"),
        unit=Unit.POINTS,
        settle_days=_JUDGED,
        source="S16",
    ),
    higher(
        "documents_complete_rate",
        title("资料完整率", "資料完整率", "Documents complete"),
        title(
            "完成的资料中验收完整的比例。",
            "完成的資料中驗收完整的比例。",
            "Of the documents done, the share accepted as complete.",
        ),
        of=("tasks_accepted:document", "tasks_done:document"),
        settle_days=_JUDGED,
        source="S16",
    ),
)
