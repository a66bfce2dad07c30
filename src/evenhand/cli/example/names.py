"""What the example is made of. Every person, company, phone and address is invented."""

SURNAMES = "王李张刘杨赵黄吴徐孙马朱胡郭罗梁宋唐韩冯邓曹彭曾肖蔡潘田董袁余叶蒋杜苏魏程吕丁"
GIVEN = (
    "建国 志强 丽华 海燕 秀英 伟民 晓东 雅琴 俊杰 梓涵 一鸣 思远 佳宁 文博 子墨 欣怡 浩然 雨桐 "
    "立新 红梅 永强 春生 小川 若溪 明哲 静怡 国栋 玉兰 泽宇 可欣"
).split()

# Word by word rare in real company names; phones begin with 1990000, mails end in .example.
COMPANY_WORDS = (
    "青禾桥 远岫 朴石 澄川 砚山 禾序 栖木 望舒岭 云壑 拾光里 松间 白榆 沐野 长汀渡 折桂 听潮阁 "
    "归雁 半亩塘 星垂 石门坎 晓渡 南枝 临溪亭 竹深 千帆渡 北斗坪 芦花荡 月牙湾 银杏里 枫桥浦"
).split()
TRADES = {
    "机械": ("机械", "精工", "重工"),
    "电子": ("电子", "微电子", "光电"),
    "汽配": ("汽车零部件", "汽配"),
    "食品": ("食品", "乳业"),
    "医药": ("医药", "生物科技"),
    "化工": ("化工", "新材料"),
    "纺织": ("纺织", "服饰"),
}
PRODUCTS = ("ERP", "MES", "数据采集", "设备运维")

# Province, cities, and how many leads in a hundred come from there.
PLACES = (
    ("上海市", ("上海市",), 11),
    ("江苏省", ("苏州市", "无锡市", "常州市", "南京市"), 15),
    ("浙江省", ("杭州市", "宁波市", "嘉兴市", "温州市"), 14),
    ("安徽省", ("合肥市", "芜湖市"), 4),
    ("山东省", ("青岛市", "济南市", "潍坊市"), 6),
    ("广东省", ("深圳市", "东莞市", "广州市", "佛山市"), 17),
    ("广西壮族自治区", ("柳州市", "南宁市"), 2),
    ("北京市", ("北京市",), 6),
    ("天津市", ("天津市",), 4),
    ("河北省", ("石家庄市", "保定市"), 3),
    ("四川省", ("成都市", "德阳市"), 3),
    ("陕西省", ("西安市",), 2),
    ("湖北省", ("武汉市",), 3),
)
ABROAD = (
    ("德国", "Stuttgart", "英语", ("Anna Schmidt", "Jonas Weber", "Lena Fuchs")),
    ("波兰", "Wrocław", "英语", ("Marek Nowak", "Ewa Zielińska")),
    ("越南", "Hải Phòng", "越南语", ("Trần Minh Anh", "Lê Quốc Huy")),
    ("泰国", "Rayong", "英语", ("Somchai Prasert", "Kanya Wong")),
    ("墨西哥", "Monterrey", "西班牙语", ("José Ramírez", "Lucía Herrera")),
)
ABROAD_COMPANIES = (
    "Nordhafen Pressteile GmbH",
    "Blautal Werkzeugbau GmbH",
    "Eichenfurt Antriebstechnik GmbH",
    "Weichselstahl sp. z o.o.",
    "Czarny Bór Komponenty sp. z o.o.",
    "Lotus Delta Electronics Co., Ltd. (Hải Phòng Industrial Zone Branch Office)",
    "Sông Xanh Precision JSC",
    "Bạch Đằng Lighting JSC",
    "Siam Riverbend Autoparts",
    "Chao Nam Plastics",
    "Cerro Azul Manufacturas",
    "Valle Claro Autopartes",
    "Mesa Roja Electrónica",
    "Lindenau Messtechnik GmbH",
)

SOURCES = (("官网", 26), ("百度", 24), ("展会", 16), ("转介绍", 10), ("信息流广告", 24))
GRADES = {
    "官网": "AABBBBCCCCD",
    "百度": "ABBBCCCCCDD",
    "展会": "AABBBBCCCD",
    "转介绍": "AAABBBBC",
    "信息流广告": "BCCCDDDDD",
}
# The 元 a lead of each grade may have in mind; D does not know yet.
BUDGETS = {"A": (300_000, 2_200_000), "B": (120_000, 480_000), "C": (30_000, 180_000)}
