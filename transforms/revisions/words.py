"""Names of numbers that have no title of their own."""

from transforms.titles import Title
from transforms.wording import three, told

SCORE = three("总分", "總分", "Score")
GRADE = three("等级", "等級", "Grade")
RANK = three("名次", "名次", "Rank")
CARD_SCORE = three("得分：{scheme}", "得分：{scheme}", "Score: {scheme}")
CARD_GRADE = three("等级：{scheme}", "等級：{scheme}", "Grade: {scheme}")
CARD_RANK = three("名次：{scheme}", "名次：{scheme}", "Rank: {scheme}")
PAY_TOTAL = three("金额合计：{scheme}", "金額合計：{scheme}", "Total pay: {scheme}")
MEMBER = three("部门归属", "部門歸屬", "Department")
THERE = three("部门", "部門", "Department")
MEAN = three("平均分", "平均分", "Mean score")
MEDIAN = three("中位分", "中位分", "Median score")
FILTERED = three("被过滤的接待：{name}", "被過濾的接待：{name}", "Filtered contacts: {name}")
FINDING = three("检查结果：{name}", "檢查結果：{name}", "Finding: {name}")
RESULTS = three("本期结果", "本期結果", "Results of the period")
OF_PERSON = three("个人结果", "個人結果", "Results of a person")
OF_DEPARTMENT = three("部门结果", "部門結果", "Results of a department")

_ASPECTS = {
    "points": three("{title}（得分点）", "{title}（得分點）", "{title} (points)"),
    "value": three("{title}（实际值）", "{title}（實際值）", "{title} (actual)"),
    "target": three("{title}（目标）", "{title}（目標）", "{title} (target)"),
    "weight": three("{title}（权重）", "{title}（權重）", "{title} (weight)"),
    "rank": three("{title}（名次）", "{title}（名次）", "{title} (rank)"),
    "paid": three("{title}（已分配）", "{title}（已分配）", "{title} (paid)"),
    "left": three("{title}（剩余）", "{title}（剩餘）", "{title} (left over)"),
    "share": three("{title}（个人份额）", "{title}（個人份額）", "{title} (own share)"),
}


def aspect_of(title: Title, aspect: str) -> Title:
    """The title of one number of a thing that has several; "" is the main one."""
    return told(_ASPECTS[aspect], title=title) if aspect else title


def of_scheme(template: Title, scheme: Title) -> Title:
    """A name that says which scheme."""
    return told(template, scheme=scheme)
