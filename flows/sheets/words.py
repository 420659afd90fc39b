# ruff: noqa: E501 - a text is read best on one line
"""What stands in the workbooks besides their columns, in the three languages."""

from transforms.titles import Title
from transforms.wording import three

TABS = {
    "notes": three("填表说明", "填表說明", "Notes"),
    "judgements": three("评分", "評分", "Judgements"),
    "targets": three("目标", "目標", "Targets"),
    "events": three("事件", "事件", "Events"),
    "exams": three("考试", "考試", "Exams"),
    "attendance": three("考勤", "考勤", "Attendance"),
}

HEADINGS = {
    "judgements": three("{period} 评分表 · {name}", "{period} 評分表 · {name}", "{period} · judgements by {name}"),
    "targets": three("{next} 目标 · {name}", "{next} 目標 · {name}", "Targets for {next} · {name}"),
    "events": three("{period} 事件记录 · {name}", "{period} 事件記錄 · {name}", "{period} · events · {name}"),
    "exams": three("{period} 考试成绩 · {name}", "{period} 考試成績 · {name}", "{period} · exams · {name}"),
    "attendance": three("{period} 考勤 · {name}", "{period} 考勤 · {name}", "{period} · attendance · {name}"),
}

OF_DEPARTMENT = three(
    "{period} 部门填报 · {name}", "{period} 部門填報 · {name}", "{period} · from the department · {name}"
)

DONE = three("已评", "已評", "judged")

ROLES = {
    "self": three("本人", "本人", "Oneself"),
    "manager": three("上级", "上級", "Manager"),
    "peer": three("同事", "同事", "Peer"),
    "subordinate": three("下属", "下屬", "Subordinate"),
    "customer": three("客户", "客戶", "Customer"),
}

ATTENDANCE = {
    "present": three("出勤", "出勤", "Present"),
    "leave": three("事假", "事假", "Leave"),
    "sick": three("病假", "病假", "Sick"),
    "excused": three("公假", "公假", "Excused"),
    "absent": three("旷工", "曠工", "Absent"),
    "late": three("迟到", "遲到", "Late"),
}

DEPARTMENT = three("部门", "部門", "department")
NOBODY = three("人力资源", "人力資源", "HR")

UNITS = {
    "rate": three("%", "%", "%"),
    "ratio": three("比值", "比值", "ratio"),
    "count": three("个", "個", "count"),
    "seconds": three("秒", "秒", "seconds"),
    "hours": three("小时", "小時", "hours"),
    "fen": three("元", "元", "yuan"),
    "points": three("分", "分", "points"),
}

# Notes: a label, and what it says.
_FOR = three("填表人", "填表人", "Filled in by")
_ASKED = three("需评分", "需評分", "Asked for")
_HOW = three("怎么填", "怎麼填", "How")
_WHEN = three("截止日期", "截止日期", "Until when")
_BACK = three("交给谁", "交給誰", "Back to")
_FACTS = three("旁边的数据", "旁邊的數據", "Facts beside")
_PRIVACY = three("保密", "保密", "Confidential")

NOTES_OF_RATER: tuple[tuple[Title, Title], ...] = (
    (_FOR, three("{name}（{number}）", "{name}（{number}）", "{name} ({number})")),
    (_ASKED, three("{people} 人，{asked} 项", "{people} 人，{asked} 項", "{people} people, {asked} judgements")),
    (
        _HOW,
        three(
            "在“{tab}”页的黄色格子里填写 0 到 100 的分数，需要时写一句说明。空着表示还没有评；填“-”表示收回以前给过的分数。"
            "其他格子已锁定，不用改。",
            "在「{tab}」頁的黃色格子裡填寫 0 到 100 的分數，需要時寫一句說明。空著表示還沒有評；填「-」表示收回以前給過的分數。"
            "其他格子已鎖定，不用改。",
            "On the tab “{tab}” write a score from 0 to 100 into the yellow cells, and a comment where it helps. An empty "
            "cell is not judged yet; “-” takes back a score given before. All other cells are locked.",
        ),
    ),
    (_WHEN, three("{dues}", "{dues}", "{dues}")),
    (
        _BACK,
        three(
            "保存后交回人力资源，或放入公司文件夹 {folder}。文件名可以改，可以多次交回，以后交的为准。",
            "儲存後交回人力資源，或放入公司資料夾 {folder}。檔名可以改，可以多次交回，以後交的為準。",
            "Save it and give it back to HR, or put it into the company's folder {folder}. The file may be renamed, and may "
            "come back more than once: what comes later counts.",
        ),
    ),
    (
        _FACTS,
        three(
            "数据为 {told_of} 已计算的结果，供参考；上期得分为各评分人的平均。评同事和上级时不显示对方的数据。",
            "數據為 {told_of} 已計算的結果，供參考；上期得分為各評分人的平均。評同事和上級時不顯示對方的數據。",
            "The facts are results computed for {told_of}; the last score is the mean of all raters. Facts about colleagues "
            "and superiors are not shown to those who judge them.",
        ),
    ),
    (
        _PRIVACY,
        three(
            "这份表只给填表人。不记名的评分不会告诉被评人是谁给的。",
            "這份表只給填表人。不記名的評分不會告訴被評人是誰給的。",
            "This sheet is for the person who fills it in. Anonymous judgements are never shown with their rater.",
        ),
    ),
)

NOTES_OF_DEPARTMENT: tuple[tuple[Title, Title], ...] = (
    (_FOR, three("{name}（{number}）", "{name}（{number}）", "{name} ({number})")),
    (
        _HOW,
        three(
            "只填黄色格子。人员、类型从下拉列表中选；日期写成 2026-10-31，须在本期之内；没有的不用填。",
            "只填黃色格子。人員、類型從下拉列表中選；日期寫成 2026-10-31，須在本期之內；沒有的不用填。",
            "Fill in the yellow cells only. Choose people and kinds from the lists; write days as 2026-10-31, within the "
            "period; leave out what there is not.",
        ),
    ),
    (
        TABS["targets"],
        three(
            "{next} 的目标。左边是最近三个月的实际值和本期目标；金额以元为单位，比率以百分数填写。",
            "{next} 的目標。左邊是最近三個月的實際值和本期目標；金額以元為單位，比率以百分數填寫。",
            "Targets for {next}. To the left: what the last three months came to, and this period's target; money in yuan, "
            "rates in per cent.",
        ),
    ),
    (
        TABS["events"],
        three(
            "本期发生的、计分或扣分的事：每件一行，数量不写按 1 计。写上单号或会话，便于核对。",
            "本期發生的、計分或扣分的事：每件一行，數量不寫按 1 計。寫上單號或會話，便於核對。",
            "What happened in the period and counts for or against somebody: a row each, quantity 1 where none is written. "
            "Name the order or chat, so that it can be checked.",
        ),
    ),
    (
        TABS["exams"],
        three(
            "每人每场考试一行；缺考的留空。新的考试写在最后几行。",
            "每人每場考試一行；缺考的留空。新的考試寫在最後幾行。",
            "A row a person and test; leave it empty for who did not take it. New tests go into the last rows.",
        ),
    ),
    (
        TABS["attendance"],
        three(
            "只写与正常出勤不同的日子，以及加班小时（0 到 24）。",
            "只寫與正常出勤不同的日子，以及加班小時（0 到 24）。",
            "Only days that differ from plain presence, and overtime hours (0 to 24).",
        ),
    ),
    (_WHEN, three("{dues}", "{dues}", "{dues}")),
    (
        _BACK,
        three(
            "保存后交回人力资源，或放入公司文件夹 {folder}。",
            "儲存後交回人力資源，或放入公司資料夾 {folder}。",
            "Save it and give it back to HR, or put it into the company's folder {folder}.",
        ),
    ),
)

DUES = three(
    "{back} 前交回（{out} 发出，{summary} 汇总，{finance} 交财务）",
    "{back} 前交回（{out} 發出，{summary} 匯總，{finance} 交財務）",
    "back by {back} (out {out}, summed up {summary}, to finance {finance})",
)
DUES_OF = three("{title}：{dues}", "{title}：{dues}", "{title}: {dues}")

# Hints of cells: what may stand there.
HINTS = {
    "score": three("0 到 100 之间的数；“-”表示收回。", "0 到 100 之間的數；「-」表示收回。", "A number from 0 to 100; “-” takes it back."),
    "quantity": three("0 或更大的数。", "0 或更大的數。", "A number, 0 or more."),
    "value": three("0 或更大的数。", "0 或更大的數。", "A number, 0 or more."),
    "points": three("0 或更大的数。", "0 或更大的數。", "A number, 0 or more."),
    "overtime_hours": three("0 到 24 之间的小时数。", "0 到 24 之間的小時數。", "Hours from 0 to 24."),
    "day": three("{start} 至 {end} 之间的日期。", "{start} 至 {end} 之間的日期。", "A day from {start} to {end}."),
    "choice": three("请从列表中选择。", "請從列表中選擇。", "Choose one of the list."),
    "comment": three("最多 {most} 个字。", "最多 {most} 個字。", "At most {most} characters."),
}  # fmt: skip
WRONG = three("不能这样填", "不能這樣填", "Not allowed here")
