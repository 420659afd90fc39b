"""The words of the corrections sheet, in three languages; a reader takes any of them, and the keys themselves."""

from collections.abc import Mapping

from transforms.titles import Title
from transforms.wording import three

LAYOUT = "1"
HEADS: dict[str, Title] = {
    "kind": three("更正类别", "更正類別", "Kind"),
    "act": three("操作", "操作", "Act"),
    "table": three("数据表", "資料表", "Table"),
    "key": three("主键(列=值;列=值)", "主鍵(列=值;列=值)", "Key (column=value; column=value)"),
    "column": three("列", "列", "Column"),
    "value": three("新值", "新值", "New value"),
    "whom": three("人员或部门", "人員或部門", "Person or department"),
    "line": three("指标", "指標", "Indicator"),
    "rater": three("评分人", "評分人", "Rater"),
    "role": three("评分角色", "評分角色", "Role"),
    "reason": three("原因", "原因", "Reason"),
    "evidence": three("证据", "證據", "Evidence"),
    "asked_by": three("申请人", "申請人", "Asked by"),
    "approved_by": three("批准人", "批准人", "Approved by"),
}
WIDTHS = (14, 10, 16, 34, 22, 18, 22, 24, 18, 14, 34, 24, 18, 18)
KINDS: dict[str, Title] = {
    "fact": three("事实", "事實", "fact"),
    "attribution": three("归属", "歸屬", "attribution"),
    "rating": three("评分", "評分", "rating"),
    "target": three("目标", "目標", "target"),
    "exemption": three("豁免", "豁免", "exemption"),
    "override": three("改分", "改分", "override"),
}
ACTS: dict[str, Title] = {
    "set": three("修改", "修改", "set"),
    "add": three("新增", "新增", "add"),
    "remove": three("删除", "刪除", "remove"),
}
ROLES: dict[str, Title] = {
    "self": three("自评", "自評", "self"),
    "manager": three("上级", "上級", "manager"),
    "peer": three("同级", "同級", "peer"),
    "subordinate": three("下级", "下級", "subordinate"),
    "customer": three("客户", "客戶", "customer"),
}
NOBODY = three("无人", "無人", "nobody")
TABS = three("更正", "更正", "Corrections"), three("说明", "說明", "Notes")
NOTES = (
    three("本表只填浅黄色单元格;一行一项更正,{period} 期。", "本表只填淺黃色儲存格;一行一項更正,{period} 期。",
          "Fill in the pale yellow cells only; a row is one correction of {period}."),
    three("事实:选数据表、主键、列,填新值;新值空着表示清空。新增时在“新值”写 列=值;列=值。",
          "事實:選資料表、主鍵、列,填新值;新值留空表示清空。新增時在「新值」寫 列=值;列=值。",
          "Fact: table, key, column and new value; an empty new value empties the column. To add a row, write its "
          "columns into New value: column=value; column=value."),
    three("归属:主键写 order_id=…;shop_id=…,再选归属的人或“无人”;评价、投诉、工单、退款另选数据表。",
          "歸屬:主鍵寫 order_id=…;shop_id=…,再選歸屬的人或「無人」;評價、投訴、工單、退款另選資料表。",
          "Attribution: key order_id=…; shop_id=…, and the person, or nobody; for ratings, complaints, tickets and "
          "refunds choose the table too."),
    three("评分:人员、指标、评分人、角色、新值 0–100。目标:人员或部门、指标、新值(金额以分计)。",
          "評分:人員、指標、評分人、角色、新值 0–100。目標:人員或部門、指標、新值(金額以分計)。",
          "Rating: person, indicator, rater, role, new value 0–100. Target: person or department, metric, new value "
          "(amounts in fen)."),
    three("豁免:人员、指标。改分:人员、指标(score 为总分)、新值。",
          "豁免:人員、指標。改分:人員、指標(score 為總分)、新值。",
          "Exemption: person, indicator. Override: person, indicator (score: the total), new value."),
    three("每行都要写原因、证据、申请人、批准人;批准人不得是申请人,也不得与该更正有关。",
          "每行都要寫原因、證據、申請人、批准人;批准人不得是申請人,也不得與該更正有關。",
          "Every row needs reason, evidence, who asks and who approves: another person, whom it does not concern."),
    three("填好后:jixiao correct import 文件;有一行不对,就一行也不录入。",
          "填好後:jixiao correct import 檔案;有一行不對,就一行也不錄入。",
          "When filled in: jixiao correct import FILE; while one row is wrong, none is entered."),
)  # fmt: skip


def key_of(words: Mapping[str, Title], text: str) -> str:
    """The key that a word in any language means; the text itself where it means none."""
    told = {word: key for key, title in words.items() for word in (key, *title.model_dump().values())}
    return told.get(text.strip(), told.get(text.strip().lower(), text.strip()))
