"""What people write in the demo's chats. The text stays in the raw export; a snapshot never holds it."""

BUYER = (
    "在吗",
    "你好",
    "这款还有货吗",
    "什么时候发货",
    "发什么快递",
    "能便宜点吗",
    "有优惠券吗",
    "这个怎么用",
    "保质期多久",
    "送人合适吗",
    "可以开发票吗",
    "两件能包邮吗",
    "好的",
    "谢谢",
    "我再看看",
    "拍好了",
    "颜色有几种",
    "尺寸多大",
)
AGENT = (
    "您好，很高兴为您服务",
    "亲，有货的，可以直接拍下",
    "今天下单明天发货哦",
    "默认发顺丰",
    "满两件可用优惠券",
    "详情页有说明，我发给您",
    "保质期十八个月",
    "送礼有专门的礼盒",
    "可以的，下单备注即可",
    "好的，还有什么可以帮您",
    "感谢您的支持",
    "已经帮您备注了",
    "我帮您查一下",
    "这款卖得很好",
    "推荐您搭配这一款",
    "有问题随时联系我",
    "亲，收到请给个好评哦",
)
# The phrases below are also in config/sources/tmall.yaml and jd.yaml, where a company keeps its own list.
ADVERTISING = ("双十一提前购，关注店铺领券", "关注店铺领取五元优惠券，更多惊喜等您来")
FORBIDDEN = ("爱买不买随便你", "不知道，自己看详情页", "没空，等着吧")
AUTOMATIC = ("您好，客服正在赶来，请稍候", "您好，欢迎光临，请问有什么可以帮您")
MASS = ("老客专享：周末全场满减，点击查看", "您关注的商品降价了")

BANK = BUYER + AGENT + ADVERTISING + FORBIDDEN + AUTOMATIC + MASS


def span(phrases: tuple[str, ...]) -> tuple[int, int]:
    """Positions of a group of phrases in `BANK`: first, and one past the last."""
    first = BANK.index(phrases[0])
    return first, first + len(phrases)
