"""What the gate says, in the three languages. Texts carry counts, days, table and column names and business keys only.

A text is (what was seen, what to do). `{table}` and `{column}` are filled with the names of `labels`.
"""

from expectations.messages_en import EN, Text
from transforms.findings import Severity
from transforms.titles import Locale

_HANS: dict[str, Text] = {
    "missing": ("{table}有 {rows} 行缺少“{column}”。", "请在导出文件中补全该列，再重新运行。"),
    "duplicated_key": ("{table}有 {rows} 行的主键重复。", "请确认哪一行正确，删除其余的行。"),
    "not_allowed": (
        "{table}有 {rows} 行的“{column}”不在允许的取值之内（允许：{values}）。",
        "请更正数据，或在来源配置中换算成允许的取值。",
    ),
    "below_minimum": ("{table}有 {rows} 行的“{column}”小于 {limit}。", "请核对导出文件中这些行的数值。"),
    "above_maximum": ("{table}有 {rows} 行的“{column}”大于 {limit}。", "请核对这些行的数值。"),
    "before": ("{table}有 {rows} 行的“{other}”早于“{column}”。", "请核对这两个时间；若导出弄反了列，请更正来源配置。"),
    "in_the_future": ("{table}有 {rows} 行的日期晚于 {values}。", "请核对日期格式和时区。"),
    "unknown_reference": ("{table}有 {rows} 行引用了不存在的“{column}”。", "请补充被引用的资料，或更正这些行。"),
    "unknown_account": (
        "账号 {key} 没有登记，{table}有 {rows} 行用了它。",
        "请在账号表中登记它由谁、从何时起使用，再重新运行。",
    ),
    "parent_quarantined": (
        "{table}有 {rows} 行所属的“{column}”已被隔离。",
        "先处理被隔离的上级记录，这些行会随之恢复。",
    ),
    "account_without_holder": (
        "{table}有 {rows} 行的账号在当时没有使用人，这些工作没有计给任何人。",
        "请在账号表中补全使用期间。",
    ),
    "score_above_best": ("{table}有 {rows} 行的评分高于满分。", "请核对评分和满分两列。"),
    "human_without_employee": (
        "账号表有 {rows} 行是人工账号，却没有写明员工。",
        "请填写员工，或改为机器人账号、系统账号。",
    ),
    "assignments_overlapping": (
        "任职表有 {rows} 行时间重叠：同一员工同时属于两个部门。",
        "请更正任职的起止日期；借调请把角色写成 helper。",
    ),
    "accounts_overlapping": ("账号表有 {rows} 行时间重叠：同一账号同时有两个使用人。", "请更正账号的起止时间。"),
    "responsibilities_overlapping": (
        "负责表有 {rows} 行时间重叠：同一产品线同时有两个负责人。",
        "请更正负责的起止日期。",
    ),
    "pay_items_overlapping": ("薪资项目表有 {rows} 行时间重叠：同一员工的同一项目同时有两个金额。", "请更正起止日期。"),
    "event_without_subject": ("事件记录有 {rows} 行既没有员工也没有部门。", "请填写员工或部门。"),
    "rejected": ("{table}有 {rows} 行的“{column}”无法读取：{reason}。", "请按文件名和行号更正原文件，再重新运行。"),
    "line_rejected": ("{table}有 {rows} 行不成一行：{reason}。", "请按文件名和行号更正原文件，再重新运行。"),
    "conflict": (
        "{table}中 {key} 出现两次且内容不同：{file} 第 {row} 行与 {other_file} 第 {other_row} 行。",
        "请保留正确的一行，删除另一行。",
    ),
    "too_many_bad_rows": (
        "{table}有 {rows} 行被隔离，占本期的 {rate}，超过上限 {limit}。",
        "隔离的行太多，评分不可信。请先处理上面列出的原因；确认无误后可调整 quarantine_limit_rate。",
    ),
    "quarantined_elsewhere": ("{table}在本期以外还有 {rows} 行被隔离。", "无需处理；运行相应期间时会列出。"),
    "checkers_disagree": ("检查 {key} 的两种算法结果不一致。", "这是程序错误，请报告给维护人员，本期不要发放。"),
    "table_missing": ("{table}没有任何数据。", "没有这张表无法评分。请检查来源配置和导出文件。"),
    "columns_missing": ("{table}缺少 {rows} 列：{key}。", "请用当前版本重新生成快照。"),
    "no_facts": ("本期没有任何业务数据。", "请检查期间是否正确、导出文件是否已放入文件夹。"),
    "days_missing": ("{shop} 的{table}缺少 {rows} 天：{days}。", "请补导这些天的数据；若确实停业，可忽略。"),
    "stale": ("{shop} 的{table}只到 {day}，应到 {limit}。", "请补导最近几天的数据。"),
    "volume": (
        "{shop} 的{table}本期 {rows} 行，是以往月份中位数的 {rate}。",
        "请确认没有漏导或重复导出；大促等原因可忽略。",
    ),
    "reconciliation": (
        "{shop} 有 {rows} 天的订单合计与平台合计不符（超过 {limit}）：{days}。",
        "请重新导出这些天的订单，并与平台后台核对。",
    ),
    "no_assignment": ("有 {rows} 名员工在未任职的日子里有工作记录，这些工作不计入任何部门。", "请补全任职表。"),
    "no_manager": ("部门 {key} 在期末没有负责人。", "请在任职表中指定负责人，否则部门报告无人接收。"),
    "manager_without_email": ("有 {rows} 名部门负责人没有邮箱。", "请在员工表中填写邮箱，否则报告无法送达。"),
    "score_out_of_range": ("有 {rows} 个得分不在 0 到 100 之间。", "这是程序或方案错误，请报告给维护人员。"),
    "weights_not_100": ("有 {rows} 张评分卡的实际权重合计与方案的权重合计不符。", "请检查考核方案的权重。"),
    "grade_undecided": (
        "有 {rows} 名员工因同分跨档而没有等级（{key}）。",
        "请决定他们的档次，或在方案中把 ties 改为 better 或 worse。",
    ),
    "numerator_above_denominator": ("有 {rows} 个比率指标的分子大于分母。", "请用 jixiao explain 查看这些指标的来源。"),
    "rank_wrong": ("有 {rows} 名已评分员工的排名缺失、重复或不合理。", "这是程序错误，请报告给维护人员。"),
    "person_missing": ("有 {rows} 名部门员工没有出现在结果中，或出现多次。", "这是程序错误，请报告给维护人员。"),
    "all_equal": ("部门 {key} 的 {rows} 名员工得分完全相同。", "请核对数据是否齐全、考核标准是否过宽。"),
    "nobody_scored": ("部门 {key} 没有人得到评分。", "请检查该部门是否有适用的考核方案和数据。"),
    "nothing_scored": ("没有任何员工得到评分。", "请检查考核方案的适用范围和本期数据。"),
    "negative_value": ("“{title}”小于零（{key}）。", "请核对本期数据；方案设有下限时已按下限计。"),
    "negative_pool": ("奖金池“{title}”为负数（{key}）。", "按方案会向员工扣款。请确认，或在方案中设置下限。"),
    "pool_overdrawn": (
        "奖金池“{title}”按方案的除数会超额发放，已按比例减到奖金池为止（{key}）。",
        "请把方案中的除数改为 team，或改为更大的数。",
    ),
    "pay_without_data": (
        "有 {rows} 名员工的“{title}”没有数据，未计发（{key}）。",
        "请补充数据后重新运行；若本应没有，请在方案的 fact 中写 missing: 0。",
    ),
    "sheets_refused": (
        "交回的评分表有 {rows} 份无法读入（{key}），仍留在文件夹中。",
        "运行 jixiao sheets collect 查看每一处错误，更正后重新放入文件夹，再用 --refresh 运行。",
    ),
    "sheet_missing": (
        "{title}：截至 {day} 有 {rows} 份评分表未交回（{key}）。",
        "请催交；评分先按已交的计算，补交后重新运行。",
    ),
    "correction_row_missing": (
        "更正 {key} 所指的行不在这次读取的数据中，没有起作用。",
        "若原始数据已改正，请撤回：jixiao correct withdraw {key}；否则请核对主键。",
    ),
    "decision_unused": (
        "更正 {key} 对本期没有作用：没有考核到这个对象，或没有这个项目。",
        "请核对人员、指标、方案和期间；若不再需要，请撤回：jixiao correct withdraw {key}。",
    ),
    "year_unknown": (
        "日历中没有 {key} 年的法定节假日，按周一至周五计算工作日。",
        "放假安排公布后请升级程序，或在 config/company.yaml 的 calendar 中写明节假日和调休日，再重新运行。",
    ),
    "quarantined_suffix": ("这些行已隔离，不参与计算。", ""),
    "more_accounts": (
        "{table}还有 {accounts} 个未登记的账号，共 {rows} 行。",
        "请在账号表中登记这些账号由谁、从何时起使用，再重新运行。",
    ),
}

_HANT: dict[str, Text] = {
    "missing": ("{table}有 {rows} 行缺少「{column}」。", "請在匯出檔案中補全該欄，再重新執行。"),
    "duplicated_key": ("{table}有 {rows} 行的主鍵重複。", "請確認哪一行正確，刪除其餘的行。"),
    "not_allowed": (
        "{table}有 {rows} 行的「{column}」不在允許的取值之內（允許：{values}）。",
        "請更正資料，或在來源設定中換算成允許的取值。",
    ),
    "below_minimum": ("{table}有 {rows} 行的「{column}」小於 {limit}。", "請核對匯出檔案中這些行的數值。"),
    "above_maximum": ("{table}有 {rows} 行的「{column}」大於 {limit}。", "請核對這些行的數值。"),
    "before": (
        "{table}有 {rows} 行的「{other}」早於「{column}」。",
        "請核對這兩個時間；若匯出弄反了欄位，請更正來源設定。",
    ),
    "in_the_future": ("{table}有 {rows} 行的日期晚於 {values}。", "請核對日期格式和時區。"),
    "unknown_reference": ("{table}有 {rows} 行引用了不存在的「{column}」。", "請補充被引用的資料，或更正這些行。"),
    "unknown_account": (
        "帳號 {key} 沒有登記，{table}有 {rows} 行用了它。",
        "請在帳號表中登記它由誰、從何時起使用，再重新執行。",
    ),
    "parent_quarantined": (
        "{table}有 {rows} 行所屬的「{column}」已被隔離。",
        "先處理被隔離的上級記錄，這些行會隨之恢復。",
    ),
    "account_without_holder": (
        "{table}有 {rows} 行的帳號在當時沒有使用人，這些工作沒有計給任何人。",
        "請在帳號表中補全使用期間。",
    ),
    "score_above_best": ("{table}有 {rows} 行的評分高於滿分。", "請核對評分和滿分兩欄。"),
    "human_without_employee": (
        "帳號表有 {rows} 行是人工帳號，卻沒有寫明員工。",
        "請填寫員工，或改為機器人帳號、系統帳號。",
    ),
    "assignments_overlapping": (
        "任職表有 {rows} 行時間重疊：同一員工同時屬於兩個部門。",
        "請更正任職的起訖日期；借調請把角色寫成 helper。",
    ),
    "accounts_overlapping": ("帳號表有 {rows} 行時間重疊：同一帳號同時有兩個使用人。", "請更正帳號的起訖時間。"),
    "responsibilities_overlapping": (
        "負責表有 {rows} 行時間重疊：同一產品線同時有兩個負責人。",
        "請更正負責的起訖日期。",
    ),
    "pay_items_overlapping": ("薪資項目表有 {rows} 行時間重疊：同一員工的同一項目同時有兩個金額。", "請更正起訖日期。"),
    "event_without_subject": ("事件記錄有 {rows} 行既沒有員工也沒有部門。", "請填寫員工或部門。"),
    "rejected": ("{table}有 {rows} 行的「{column}」無法讀取：{reason}。", "請按檔名和行號更正原檔案，再重新執行。"),
    "line_rejected": ("{table}有 {rows} 行不成一行：{reason}。", "請按檔名和行號更正原檔案，再重新執行。"),
    "conflict": (
        "{table}中 {key} 出現兩次且內容不同：{file} 第 {row} 行與 {other_file} 第 {other_row} 行。",
        "請保留正確的一行，刪除另一行。",
    ),
    "too_many_bad_rows": (
        "{table}有 {rows} 行被隔離，占本期的 {rate}，超過上限 {limit}。",
        "隔離的行太多，評分不可信。請先處理上面列出的原因；確認無誤後可調整 quarantine_limit_rate。",
    ),
    "quarantined_elsewhere": ("{table}在本期以外還有 {rows} 行被隔離。", "無須處理；執行相應期間時會列出。"),
    "checkers_disagree": ("檢查 {key} 的兩種算法結果不一致。", "這是程式錯誤，請回報給維護人員，本期不要發放。"),
    "table_missing": ("{table}沒有任何資料。", "沒有這張表無法評分。請檢查來源設定和匯出檔案。"),
    "columns_missing": ("{table}缺少 {rows} 欄：{key}。", "請用目前版本重新產生快照。"),
    "no_facts": ("本期沒有任何業務資料。", "請檢查期間是否正確、匯出檔案是否已放入資料夾。"),
    "days_missing": ("{shop} 的{table}缺少 {rows} 天：{days}。", "請補匯這些天的資料；若確實停業，可忽略。"),
    "stale": ("{shop} 的{table}只到 {day}，應到 {limit}。", "請補匯最近幾天的資料。"),
    "volume": (
        "{shop} 的{table}本期 {rows} 行，是以往月份中位數的 {rate}。",
        "請確認沒有漏匯或重複匯出；大促等原因可忽略。",
    ),
    "reconciliation": (
        "{shop} 有 {rows} 天的訂單合計與平台合計不符（超過 {limit}）：{days}。",
        "請重新匯出這些天的訂單，並與平台後台核對。",
    ),
    "no_assignment": ("有 {rows} 名員工在未任職的日子裡有工作記錄，這些工作不計入任何部門。", "請補全任職表。"),
    "no_manager": ("部門 {key} 在期末沒有負責人。", "請在任職表中指定負責人，否則部門報告無人接收。"),
    "manager_without_email": (
        "有 {rows} 名部門負責人沒有電子郵件地址。",
        "請在員工表中填寫電子郵件地址，否則報告無法送達。",
    ),
    "score_out_of_range": ("有 {rows} 個得分不在 0 到 100 之間。", "這是程式或方案錯誤，請回報給維護人員。"),
    "weights_not_100": ("有 {rows} 張評分卡的實際權重合計與方案的權重合計不符。", "請檢查考核方案的權重。"),
    "grade_undecided": (
        "有 {rows} 名員工因同分跨檔而沒有等級（{key}）。",
        "請決定他們的檔次，或在方案中把 ties 改為 better 或 worse。",
    ),
    "numerator_above_denominator": ("有 {rows} 個比率指標的分子大於分母。", "請用 jixiao explain 查看這些指標的來源。"),
    "rank_wrong": ("有 {rows} 名已評分員工的排名缺失、重複或不合理。", "這是程式錯誤，請回報給維護人員。"),
    "person_missing": ("有 {rows} 名部門員工沒有出現在結果中，或出現多次。", "這是程式錯誤，請回報給維護人員。"),
    "all_equal": ("部門 {key} 的 {rows} 名員工得分完全相同。", "請核對資料是否齊全、考核標準是否過寬。"),
    "nobody_scored": ("部門 {key} 沒有人得到評分。", "請檢查該部門是否有適用的考核方案和資料。"),
    "nothing_scored": ("沒有任何員工得到評分。", "請檢查考核方案的適用範圍和本期資料。"),
    "negative_value": ("「{title}」小於零（{key}）。", "請核對本期資料；方案設有下限時已按下限計。"),
    "negative_pool": ("獎金池「{title}」為負數（{key}）。", "按方案會向員工扣款。請確認，或在方案中設定下限。"),
    "pool_overdrawn": (
        "獎金池「{title}」按方案的除數會超額發放，已按比例減到獎金池為止（{key}）。",
        "請把方案中的除數改為 team，或改為更大的數。",
    ),
    "pay_without_data": (
        "有 {rows} 名員工的「{title}」沒有資料，未計發（{key}）。",
        "請補充資料後重新執行；若本應沒有，請在方案的 fact 中寫 missing: 0。",
    ),
    "sheets_refused": (
        "交回的評分表有 {rows} 份無法讀入（{key}），仍留在資料夾中。",
        "執行 jixiao sheets collect 查看每一處錯誤，更正後重新放入資料夾，再用 --refresh 執行。",
    ),
    "sheet_missing": (
        "{title}：截至 {day} 有 {rows} 份評分表未交回（{key}）。",
        "請催交；評分先按已交的計算，補交後重新執行。",
    ),
    "correction_row_missing": (
        "更正 {key} 所指的列不在這次讀取的資料中，沒有作用。",
        "若原始資料已改正，請撤回：jixiao correct withdraw {key}；否則請核對主鍵。",
    ),
    "decision_unused": (
        "更正 {key} 對本期沒有作用：沒有考核到這個對象，或沒有這個項目。",
        "請核對人員、指標、方案和期間；若不再需要，請撤回：jixiao correct withdraw {key}。",
    ),
    "year_unknown": (
        "日曆中沒有 {key} 年的法定節假日，按週一至週五計算工作日。",
        "放假安排公布後請升級程式，或在 config/company.yaml 的 calendar 中寫明節假日和調休日，再重新執行。",
    ),
    "quarantined_suffix": ("這些行已隔離，不參與計算。", ""),
    "more_accounts": (
        "{table}還有 {accounts} 個未登記的帳號，共 {rows} 行。",
        "請在帳號表中登記這些帳號由誰、從何時起使用，再重新執行。",
    ),
}

TEXTS: dict[Locale, dict[str, Text]] = {"zh-Hans": _HANS, "zh-Hant": _HANT, "en": EN}

SEVERITIES: dict[Locale, dict[Severity, str]] = {
    "zh-Hans": {Severity.CRITICAL: "严重", Severity.WARNING: "警告", Severity.INFO: "提示"},
    "zh-Hant": {Severity.CRITICAL: "嚴重", Severity.WARNING: "警告", Severity.INFO: "提示"},
    "en": {Severity.CRITICAL: "critical", Severity.WARNING: "warning", Severity.INFO: "note"},
}


def say(locale: Locale, text: str, /, **values: object) -> Text:
    """One text in one language, filled in: (what was seen, what to do). KeyError for a text nobody wrote."""
    what, todo = TEXTS[locale][text]
    return what.format(**values), todo.format(**values)
