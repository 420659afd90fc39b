"""The words of the two platforms: headings of their exports, and what they call states and kinds."""

import pyarrow as pa

ORDER_STATUS = {
    "tm": ("等待买家付款", "买家已付款", "卖家已发货", "交易成功", "交易关闭"),
    "jd": ("等待付款", "等待出库", "等待收货", "完成", "已取消"),
}
DIRECTION = {"tm": ("买家", "客服"), "jd": ("1", "2")}
MESSAGE_KIND = {"tm": ("人工", "人工", "自动回复", "群发"), "jd": ("人工", "人工", "机器人", "营销")}
REFUND_KIND = {"tm": ("退货退款", "换货", "仅退款"), "jd": ("退货", "换货", "退款")}
REFUND_REASON = ("不想要了", "商品破损", "发错货", "与描述不符", "物流太慢")
RATED = ("客服服务", "商品", "售后服务")
# Export → shop → headings, in the order the tables are made in.
_HEADINGS = {
    "orders": {
        "tm": "订单编号 买家会员名 宝贝类目 订单状态 订单创建时间 订单付款时间 最晚发货时间 发货时间 "
        "确认收货时间 最后更新时间 总金额 买家实际支付金额 商品成本 运费成本 收货完好 发货操作员 店铺名称",
        "jd": "订单号 客户账号 商品类别 订单状态 下单时间 付款时间 要求出库时间 出库时间 "
        "妥投时间 更新时间 订单金额 实付金额 采购成本 物流费用 配送准确 打包员 店铺名称",
    },
    "order_items": {
        "tm": "订单编号 子订单序号 商品编码 购买数量 商品金额 订单创建时间",
        "jd": "订单号 行号 商品编号 数量 金额 下单时间",
    },
    "refunds": {
        "tm": "退款编号 订单编号 售后类型 退款原因 申请时间 处理截止时间 处理时间 退款金额 处理人",
        "jd": "服务单号 订单号 服务类型 申请原因 申请时间 处理时限 处理时间 退款金额 处理人",
    },
    "chats": {
        "tm": "消息ID 会话ID 买家昵称 客服账号 发送时间 发送方 消息类型 消息内容",
        "jd": "消息编号 咨询编号 顾客账号 客服工号 时间 方向 类型 内容",
    },
    "recommendations": {
        "tm": "推荐ID 买家昵称 客服账号 商品编码 推荐时间",
        "jd": "推荐编号 顾客账号 客服工号 商品编号 推荐时间",
    },
    "ratings": {
        "tm": "评价ID 评价对象 订单编号 服务账号 服务时间 评价时间 改评时间 得分 满分 是否解决 是否点名表扬",
        "jd": "评价编号 评价对象 订单号 服务账号 服务时间 评价时间 改评时间 得分 满分 问题已解决 表扬",
    },
    "complaints": {
        "tm": "投诉编号 买家昵称 被投诉账号 投诉时间 结案时间 是否成立",
        "jd": "投诉单号 顾客账号 被投诉账号 投诉时间 结案时间 投诉成立",
    },
}


def headings(kind: str, shop: str) -> list[str]:
    """Column names of one export of one platform."""
    return _HEADINGS[kind][shop].split()


def platform_table(kind: str, shop: str, values: list[pa.Array]) -> pa.Table:
    """Columns under the platform's headings."""
    return pa.table(dict(zip(headings(kind, shop), values, strict=True)))
