"""Every check of `jixiao scheme lint`: code, severity, why it matters, how to mend it (S15, S20, S21)."""

from typing import Literal

from transforms.findings import Severity
from transforms.lint.model import Check
from transforms.titles import Title
from transforms.wording import three

_WARNING, _INFO = Severity.WARNING, Severity.INFO


def _check(
    code: str,
    severity: Severity,
    looks_at: Literal["scheme", "data"],
    source: str,
    title: Title,
    why: Title,
    todo: Title,
) -> Check:
    return Check(code=code, severity=severity, looks_at=looks_at, source=source, title=title, why=why, todo=todo)


_ALL = (
    _check(
        "main_indicators", _WARNING, "scheme", "S20",
        three("主要指标数量", "主要指標數量", "Number of main indicators"),
        three("一个团队的主要指标宜为 3 至 6 个:太少看不全,太多分散精力。",
              "一個團隊的主要指標宜為 3 至 6 個:太少看不全,太多分散精力。",
              "A team should have three to six main indicators: fewer show too little, more scatter the effort."),
        three("合并、拆分指标,或归入指标组。", "合併、拆分指標,或歸入指標組。",
              "Merge or split indicators, or put them into groups."),
    ),
    _check(
        "person_indicators", _WARNING, "scheme", "S21",
        three("个人指标数量", "個人指標數量", "Number of indicators a person"),
        three("建议每人不超过 3 个指标:指标过多,每个都不重要。", "建議每人不超過 3 個指標:指標過多,每個都不重要。",
              "At most three indicators a person are recommended: among many, none matters."),
        three("保留最重要的指标,其余只展示不计分。", "保留最重要的指標,其餘只展示不計分。",
              "Keep those that matter most; show the others without scoring them."),
    ),
    _check(
        "data_source", _WARNING, "scheme", "S20",
        three("数据来源", "數據來源", "Data source"),
        three("每个指标都要有单位、数据来源和周期;没有来源的指标永远没有数据。",
              "每個指標都要有單位、數據來源和週期;沒有來源的指標永遠沒有數據。",
              "Every indicator needs a unit, a data source and a cycle; one without a source never has data."),
        three("在 config/sources/ 中提供该数据表,写明评分人,或更换指标。",
              "在 config/sources/ 中提供該數據表,寫明評分人,或更換指標。",
              "Deliver the table in config/sources/, name the raters, or choose another indicator."),
    ),
    _check(
        "manual_share", _WARNING, "scheme", "S20",
        three("主观评分占比", "主觀評分佔比", "Share of judged weight"),
        three("无法计量的指标需要可计量的替代指标,否则得分主要取决于印象。",
              "無法計量的指標需要可計量的替代指標,否則得分主要取決於印象。",
              "Indicators that cannot be measured need a substitute that can; else the score is mostly an impression."),
        three("用可计量的指标替代一部分主观评分。", "用可計量的指標替代一部分主觀評分。",
              "Replace part of the judgements by something that is counted."),
    ),
    _check(
        "untraced", _WARNING, "scheme", "S21",
        three("未承接上级指标", "未承接上級指標", "Not traced to the manager's"),
        three("员工指标应能追溯到部门或经理的指标,否则各做各的。",
              "員工指標應能追溯到部門或經理的指標,否則各做各的。",
              "An employee's indicator must trace to the department's or the manager's; else each pulls elsewhere."),
        three("写明 traces_to(上级的指标),或更换指标。", "寫明 traces_to(上級的指標),或更換指標。",
              "Write traces_to: with the indicator it serves, or choose another one."),
    ),
    _check(
        "outside_influence", _WARNING, "scheme", "S21",
        three("超出岗位影响", "超出崗位影響", "Outside the post's influence"),
        three("员工无法影响的指标(例如让接待人员承担利润)不能激励,只会被看作运气。",
              "員工無法影響的指標(例如讓接待人員承擔利潤)不能激勵,只會被看作運氣。",
              "What a post cannot influence (profit for a receptionist) does not motivate: it is luck."),
        three("移到经理或部门的方案中,或更换为该岗位能影响的指标。",
              "移到經理或部門的方案中,或更換為該崗位能影響的指標。",
              "Move it to the manager's or department's scheme, or choose one the post can influence."),
    ),
    _check(
        "no_values", _WARNING, "data", "S21",
        three("全员无数据", "全員無數據", "Nobody has a value"),
        three("该部门没有任何人有这项指标的数据:要么没有导出,要么不属于该岗位的工作。",
              "該部門沒有任何人有這項指標的數據:要麼沒有匯出,要麼不屬於該崗位的工作。",
              "Nobody it judges has a value: the data is not exported, or the post has no hand in it."),
        three("检查数据来源,或更换指标。", "檢查數據來源,或更換指標。", "Check the source, or choose another one."),
    ),
    _check(
        "target_too_high", _INFO, "data", "S20, S21",
        three("目标不可及", "目標不可及", "Target out of reach"),
        three("过去各期没有一个人达到满分标准:目标太高,失去作用。",
              "過去各期沒有一個人達到滿分標準:目標太高,失去作用。",
              "In the last periods nobody reached it: a target out of reach moves nobody."),
        three("按过去的分布调整目标。", "按過去的分佈調整目標。", "Set it by what people reached before."),
    ),
    _check(
        "target_too_low", _INFO, "data", "S20, S21",
        three("目标过低", "目標過低", "Target reached by everybody"),
        three("过去各期人人都达到满分标准:目标不能区分好坏。",
              "過去各期人人都達到滿分標準:目標不能區分好壞。",
              "In the last periods everybody reached it: it tells nobody apart."),
        three("按过去的分布调整目标。", "按過去的分佈調整目標。", "Set it by what people reached before."),
    ),
    _check(
        "target_changed", _WARNING, "data", "S21",
        three("期间内更改目标", "期間內更改目標", "Target changed within the period"),
        three("考核期开始后更改的目标必须留有记录并向本人说明。", "考核期開始後更改的目標必須留有記錄並向本人說明。",
              "A target that changed after the period began must be on record and shown."),
        three("核实是谁、为何更改;如无依据,恢复原目标。", "核實是誰、為何更改;如無依據,恢復原目標。",
              "Find out who changed it and why; without a reason, put the old one back."),
    ),
    _check(
        "target_history", _INFO, "data", "S21",
        three("无法核对目标变更", "無法核對目標變更", "Changes of targets not checked"),
        three("没有更早的快照,无法判断目标在期间内是否更改。", "沒有更早的快照,無法判斷目標在期間內是否更改。",
              "There is no earlier snapshot to tell whether targets changed within the period."),
        three("期间开始时先运行一次上月月结,即可留下目标记录。", "期間開始時先執行一次上月月結,即可留下目標記錄。",
              "A run of the month before, made when the period begins, keeps a record of its targets."),
    ),
    _check(
        "flat_scores", _INFO, "data", "S21",
        three("得分没有区分", "得分沒有區分", "Scores without spread"),
        three("所有人得分相同的指标说明不了任何问题。", "所有人得分相同的指標說明不了任何問題。",
              "An indicator on which everybody scores the same says nothing."),
        three("核对数据与评分标准,或去掉该指标。", "核對數據與評分標準,或去掉該指標。",
              "Check the data and the rule, or drop the indicator."),
    ),
    _check(
        "last_week_only", _WARNING, "data", "S21",
        three("近因效应", "近因效應", "Judged by the last week"),
        three("评分只与最后一周的表现相关:评分人记住的是最近的事。",
              "評分只與最後一週的表現相關:評分人記住的是最近的事。",
              "The judgements follow the last week only: raters remember what came last."),
        three("请评分人查看全期数据后重新评分,平时做好记录。", "請評分人查看全期數據後重新評分,平時做好記錄。",
              "Ask the raters to look at the whole period again, and to keep notes during it."),
    ),
    _check(
        "cascade", _WARNING, "data", "S15",
        three("目标分解不一致", "目標分解不一致", "Targets do not add up"),
        three("各人目标之和应等于部门目标,各部门目标之和应等于公司目标。",
              "各人目標之和應等於部門目標,各部門目標之和應等於公司目標。",
              "The people's targets must sum to the department's, the departments' to the company's."),
        three("更正目标表。", "更正目標表。", "Correct the targets."),
    ),
    _check(
        "suppress_unknown", _WARNING, "scheme", "S20",
        three("屏蔽了不存在的检查", "屏蔽了不存在的檢查", "Suppresses a check that does not exist"),
        three("拼错的代码不会屏蔽任何检查。", "拼錯的代碼不會屏蔽任何檢查。", "A misspelled code suppresses nothing."),
        three("改为 docs/reference/checks.md 中的代码,或删除。", "改為 docs/reference/checks.md 中的代碼,或刪除。",
              "Write a code of docs/reference/checks.md, or remove it."),
    ),
    _check(
        "suppress_no_reason", _WARNING, "scheme", "S20",
        three("屏蔽检查未写理由", "屏蔽檢查未寫理由", "Suppresses a check without a reason"),
        three("没有理由的屏蔽无人能复核,因此不生效。", "沒有理由的屏蔽無人能複核,因此不生效。",
              "Without a reason nobody can review it, so it has no effect."),
        three("写明理由。", "寫明理由。", "Write the reason."),
    ),
)  # fmt: skip
CHECKS: dict[str, Check] = {each.code: each for each in _ALL}
NEVER_SUPPRESSED = frozenset({"suppress_unknown", "suppress_no_reason"})
