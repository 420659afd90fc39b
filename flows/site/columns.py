"""What the columns of the lists are called."""

from transforms.titles import Title
from transforms.wording import three

COLUMNS: dict[str, Title] = {
    "account_id": three("账号", "帳號", "Account"),
    "answered_at": three("回复时间", "回覆時間", "Answered"),
    "aspect": three("方面", "面向", "Aspect"),
    "began_at": three("开始时间", "開始時間", "Began"),
    "buyer_id": three("买家编号", "買家編號", "Buyer id"),
    "campaign_id": three("活动编号", "活動編號", "Campaign id"),
    "category": three("品类", "品類", "Category"),
    "channel": three("渠道", "通路", "Channel"),
    "check_id": three("质检编号", "質檢編號", "Check id"),
    "complaint_id": three("投诉编号", "客訴編號", "Complaint id"),
    "exam": three("考试", "測驗", "Exam"),
    "figure": three("数据项", "資料項目", "Figure"),
    "follow_up_id": three("回访编号", "回訪編號", "Follow-up id"),
    "kind": three("种类", "種類", "Kind"),
    "level": three("层级", "層級", "Level"),
    "line_no": three("行号", "行號", "Line"),
    "order_id": three("订单编号", "訂單編號", "Order id"),
    "rating_id": three("评价编号", "評價編號", "Rating id"),
    "reached_at": three("达到时间", "達到時間", "Reached"),
    "recommendation_id": three("推荐编号", "推薦編號", "Recommendation id"),
    "reference": three("编号", "編號", "Reference"),
    "refund_id": three("售后单编号", "售後單編號", "Return or refund id"),
    "session_id": three("会话编号", "對話編號", "Session id"),
    "subject": three("类别", "類別", "Subject"),
    "subject_id": three("所属", "所屬", "Of"),
    "task_id": three("任务编号", "任務編號", "Task id"),
    "ticket_id": three("工单编号", "工單編號", "Ticket id"),
    "waiting": three("等待人数", "等待人數", "Waiting"),
}
TABLES: dict[str, Title] = {
    "campaign_days": three("活动日报", "活動日報", "days of campaigns"),
    "inventory": three("库存", "庫存", "stock"),
    "waiting_peaks": three("会话消息", "對話訊息", "chat messages"),
    "line_buyers": three("订单", "訂單", "orders"),
    "line_days": three("库存与订单", "庫存與訂單", "stock and orders"),
    "outputs": three("已完成的接待与工单", "已完成的接待與工單", "contacts and tickets done"),
}
