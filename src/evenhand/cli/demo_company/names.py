"""What the demo company is made of. People, firms, phones and addresses are all invented.

The lists of the bundled example are used too; phones begin with 1990000 or 1990001, which nobody
has, and every mail address ends in .example.
"""

from evenhand.cli.example.names import COMPANY_WORDS as _WORDS
from evenhand.cli.example.names import GIVEN as _GIVEN
from evenhand.cli.example.names import SURNAMES as _SURNAMES

COMPANY = "澜砚禾集团"
COMPANY_EN = "Lanyanhe Group"
DOMAIN = "lanyanhe.example"
LINES = ("设备制造", "快消品")  # as the policies call themselves

SURNAMES = (
    _SURNAMES
    + "沈陆姜范方石姚谭廖邹熊金郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = [
    *_GIVEN,
    *(
        "听雨 望之 砚青 知夏 予安 书衡 景行 怀瑾 屿白 念初 昭宁 允和 清越 时雨 亦辰 慕青 嘉树 星野 "
        "宛如 鹿鸣 思齐 南乔 乐之 晚舟 归鸿 采薇 静姝 子衿 既明 望舒 长卿 云起 疏影 横波 小满 立夏 "
        "秋实 冬青 春和 景明 海峰 丽娟 桂芳 建军 国庆 卫东 淑珍 凤英 永福 德胜 金凤 美玲 晓燕 丹丹"
    ).split(),
]

COMPANY_WORDS = [
    *_WORDS,
    *(
        "漱石 鹤汀 麦浪里 雁栖坡 苇间 石榴巷 蓝田坞 梧桐岭 柿子湾 青瓦台 云栈 白鹭矶 稻香渡 榆钱巷 "
        "西窗 烟雨楼台 橘子洲畔 渔火 半山亭 落霞桥 清荷里 溪山口 鹿回坡 柳林渡 麻雀岭 沙棘坪 桑榆间"
    ).split(),
]

# Of each business line: industry, the words in a firm's name, and how many in a hundred.
MACHINE_TRADES = (
    ("汽车零部件", ("汽车零部件", "汽配", "底盘科技"), 24),
    ("电子", ("电子", "微电子", "光电"), 22),
    ("新能源", ("新能源", "储能科技", "电池材料"), 14),
    ("机械", ("机械", "精工", "重工"), 20),
    ("食品加工", ("食品", "粮油"), 10),
    ("医疗器械", ("医疗器械", "医疗科技"), 10),
)
CONSUMER_TRADES = (
    ("商超", ("商业连锁", "超市", "百货"), 22),
    ("便利店", ("便利店", "便利连锁"), 20),
    ("餐饮", ("餐饮管理", "餐饮"), 20),
    ("电商", ("电子商务", "网络科技"), 16),
    ("经销", ("商贸", "贸易", "供应链"), 22),
)
MACHINE_PRODUCTS = ("数控机床", "注塑机", "自动化产线", "检测设备", "备件与服务")
CONSUMER_PRODUCTS = ("饮料", "休闲食品", "调味品", "个人护理", "家庭清洁")

# Province, cities, and how many firms in a hundred.
PLACES = (
    ("上海市", ("上海市",), 10),
    ("江苏省", ("苏州市", "无锡市", "常州市", "南京市", "南通市"), 16),
    ("浙江省", ("杭州市", "宁波市", "嘉兴市", "温州市", "台州市"), 13),
    ("安徽省", ("合肥市", "芜湖市"), 4),
    ("山东省", ("青岛市", "济南市", "潍坊市", "烟台市"), 7),
    ("福建省", ("厦门市", "泉州市"), 3),
    ("广东省", ("深圳市", "东莞市", "广州市", "佛山市", "惠州市"), 18),
    ("广西壮族自治区", ("柳州市", "南宁市"), 2),
    ("湖南省", ("长沙市", "株洲市"), 3),
    ("北京市", ("北京市",), 5),
    ("天津市", ("天津市",), 4),
    ("河北省", ("石家庄市", "保定市", "唐山市"), 4),
    ("辽宁省", ("沈阳市", "大连市"), 3),
    ("四川省", ("成都市", "德阳市"), 3),
    ("陕西省", ("西安市",), 2),
    ("湖北省", ("武汉市", "襄阳市"), 3),
)

# Country, language, currency, surnames, given names, beginnings and endings of firms.
ABROAD = (
    (
        "德国",
        "德语",
        "EUR",
        "Hartlieb Weidner Sommerau Birkholz Kesselmann Lindqvist Auerhahn".split(),
        "Lena Jonas Anna Felix Mareike Tobias Katrin Moritz".split(),
        "Nordhafen Blautal Eichenfurt Lindenau Steinwehr Moorkamp Falkenried Uferbach".split(),
        ("Antriebstechnik GmbH", "Werkzeugbau GmbH", "Messtechnik GmbH", "Kunststoffwerk KG"),
    ),
    (
        "波兰",
        "英语",
        "EUR",
        "Wierzbowy Jezierny Kalinowy Brzezina".split(),
        "Marek Ewa Tomasz Zofia".split(),
        "Weichselbrück Czarnybór Zielonagóra Jeziorany".split(),
        ("Komponenty sp. z o.o.", "Metal sp. z o.o."),
    ),
    (
        "法国",
        "法语",
        "EUR",
        "Beauchêne Rivoire Clairvent Montfleur".split(),
        "Camille Julien Élodie Thibault".split(),
        "Valombreuse Rochefontaine Clairebise".split(),
        ("Mécanique SAS", "Emballages SARL"),
    ),
    (
        "越南",
        "越南语",
        "USD",
        "Trần Lê Phạm Võ Đặng".split(),
        ("Minh Anh", "Quốc Huy", "Thu Hà", "Bảo Ngọc"),
        ("Sông Xanh", "Bạch Mộc", "Trúc Lâm Mới", "Hải Vân Đông"),
        ("Precision JSC", "Foods JSC", "Electronics Co., Ltd."),
    ),
    (
        "泰国",
        "泰语",
        "USD",
        "Suksawatchai Phromthong Rattanakorn".split(),
        "Somchai Kanya Niran Malee".split(),
        ("Chao Nam", "Siam Riverbend", "Doi Luang"),
        ("Autoparts Co., Ltd.", "Trading Co., Ltd."),
    ),
    (
        "印度尼西亚",
        "英语",
        "USD",
        "Wiratmaja Setyaningsih Harjono".split(),
        "Budi Dewi Agus Rina".split(),
        ("Bukit Tujuh", "Laut Selatan", "Kali Bening"),
        ("Makmur PT", "Distribusi PT"),
    ),
)
# Between the beginning and the end of a foreign firm's name.
PLANTS = ("", " Nord", " Süd", " East", " West", " Alfa", " Nova", " Prima", " Terra", " Aqua")
# Nobody in the company speaks it: such leads stand unassigned, with their reason.
UNSERVED = (
    ("Rafael Monteverdal", "Pedra Clara Equipamentos Ltda.", "pedraclara.example"),
    ("Luana Beiraverde", "Serra do Vento Plásticos Ltda.", "serradovento.example"),
    ("Thiago Altamarés", "Rio Manso Autopeças S.A.", "riomanso.example"),
    ("Bianca Campoleve", "Ipê Dourado Embalagens Ltda.", "ipedourado.example"),
)

MACHINE_SOURCES = (("官网", 26), ("百度", 20), ("展会", 17), ("转介绍", 11), ("信息流广告", 26))
CONSUMER_SOURCES = (("招商加盟页", 28), ("抖音", 22), ("直播间", 20), ("展会", 12), ("转介绍", 18))
# How marketing grades what comes from where; "-" = not graded, the scoring card decides.
MACHINE_GRADES = {
    "官网": "-----BBC",
    "百度": "-----CCB",
    "展会": "ABBBCCC-",
    "转介绍": "AABBBC--",
    "信息流广告": "CCDDDD--",
}
CONSUMER_GRADES = {
    "招商加盟页": "ABBBCC",
    "抖音": "BBCCCC",
    "直播间": "BCCCCC",
    "展会": "AABBC",
    "转介绍": "AABBBC",
}
MACHINE_TITLES = "采购经理 采购经理 生产总监 厂长 设备主管 工艺工程师 总经理 项目经理".split()
PRIVATE_TITLES = "创业者 车间主任 工程师 个体户 学生".split()  # who asks without a firm
CONSUMER_TITLES = "店主 店主 采购 品类经理 运营经理 区域经理 老板".split()
MACHINE_BUDGETS = (
    *((80_000, 350_000), (150_000, 600_000), (300_000, 900_000)),
    *((600_000, 1_800_000), (2_800_000, 6_500_000)),
)
CONSUMER_BUDGETS = ((10_000, 60_000), (30_000, 150_000), (100_000, 480_000))

MACHINE_ASKS = (
    "想了解{product}的价格和交期。",
    "车间要扩产，先报个价。",
    "现有设备精度不够，想换一台。",
    "需要上门看场地，评估一条线。",
    "备件停产了，问有没有替代。",
    "",
    "",
)
FAIR_ASKS = (
    "看过你们展会上的{product}，请安排人联系。",
    "展台上留了名片，想要{product}的资料。",
    "",
)
CONSUMER_ASKS = (
    "想代理{product}，请发政策。",
    "开了两家店，想进{product}。",
    "意向金已付，等合同。",
    "直播间看到的，想先要样品。",
    "换供应商，要价格表。",
    "",
    "",
)
FOREIGN_ASKS = (
    "Please send a quotation for {product}.",
    "We are planning a second line and need two offers.",
    "Delivery time and service conditions?",
    "",
)
