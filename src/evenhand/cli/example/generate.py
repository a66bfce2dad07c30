"""Make leads and history of the example anew: `python -m evenhand.cli.example.generate`.

One seed, always the same files. They are committed; a test makes them again and compares. Team and
policy are written by hand.
"""

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from evenhand.cli.example import names

SEED = "衡派 example"
LEADS, PAST = 232, 1_500
FROM_HISTORY = 12  # of a hundred leads, from a company that somebody already looks after
WEEK_FROM = datetime(2026, 11, 16, 8, 30)
YEAR_FROM = datetime(2025, 11, 3, 9, 0)

LEADS_HEADER = (
    "线索编号 姓名 手机 邮箱 公司 国家 省份 城市 行业 意向产品 来源 等级 预算 语言 创建时间"
).split()
HISTORY_HEADER = (
    "线索编号 公司 联系电话 省份 城市 行业 产品 来源 等级 创建时间 分配时间 负责人 前负责人 "
    "首次联系时间 结果 成交时间 金额"
).split()

# How much of the past year each took at home and elsewhere, and how much more of the good ones:
# who sits beside the marketing desk takes more, and better.
PAST_OWNERS = {
    "周舟": ("沪苏浙皖鲁", 19, 1.6),
    "陈晨": ("沪苏浙皖鲁", 13, 1.0),
    "吴悟": ("沪苏浙皖鲁", 9, 0.9),
    "许诺": ("沪苏浙皖鲁", 9, 0.8),
    "黄河清": ("粤桂", 16, 1.4),
    "梁一诺": ("粤桂", 9, 0.8),
    "郑正": ("粤桂", 10, 1.0),
    "赵启明": ("京津冀", 12, 1.1),
    "孙悦": ("京津冀", 9, 0.6),
    "蒋默": ("川陕鄂", 6, 0.7),  # left long ago and stands in no team sheet any more
}
AWAY = 0.04  # of the share at home
SHORT = {
    "上海市": "沪",
    "江苏省": "苏",
    "浙江省": "浙",
    "安徽省": "皖",
    "山东省": "鲁",
    "广东省": "粤",
    "广西壮族自治区": "桂",
    "北京市": "京",
    "天津市": "津",
    "河北省": "冀",
    "四川省": "川",
    "陕西省": "陕",
    "湖北省": "鄂",
}
RESPONSE_HOURS = {"周舟": 2, "黄河清": 3, "孙悦": 46, "梁一诺": 20}
WIN_PERCENT = {"A": 24, "B": 12, "C": 5, "D": 1}

Row = Sequence[str]


class Maker:
    """Invents people and companies, one after the other."""

    def __init__(self) -> None:
        self.chance = Random(SEED)
        self.phones = 0

    def picked(self, weighted: Sequence[tuple[str, int]]) -> str:
        """One of the texts, by weight."""
        return self.chance.choices([t for t, _ in weighted], [w for _, w in weighted])[0]

    def phone(self) -> str:
        """A number of a range that nobody has, never the same twice."""
        self.phones += 1
        return f"1990000{self.phones:04d}"

    def person(self) -> str:
        """A Chinese name."""
        return self.chance.choice(names.SURNAMES) + self.chance.choice(names.GIVEN)

    def place(self) -> tuple[str, str]:
        """(province, city)."""
        place = self.chance.choices(names.PLACES, [share for _, _, share in names.PLACES])[0]
        return place[0], self.chance.choice(place[1])

    def company(self, city: str, industry: str) -> str:
        """A company name of a city and a trade."""
        word = self.chance.choice(names.COMPANY_WORDS)
        trade = self.chance.choice(names.TRADES[industry])
        kind = self.chance.choice(("有限公司", "有限公司", "股份有限公司"))
        return f"{city.removesuffix('市')}{word}{trade}{kind}"

    def budget(self, grade: str) -> str:
        """A budget in 元, rounded as people do; often not given."""
        if grade not in names.BUDGETS or self.chance.random() < 0.3:
            return ""
        low, high = names.BUDGETS[grade]
        return str(round(self.chance.uniform(low, high), -4))[:-2]

    def moment(self, start: datetime, days: int) -> datetime:
        """A moment in office hours within some days, on weekends less often."""
        while True:
            at = start + timedelta(
                days=self.chance.randrange(days), minutes=self.chance.randrange(600)
            )
            if at.weekday() < 5 or self.chance.random() < 0.2:
                return at


def past_leads(make: Maker) -> list[list[str]]:
    """The past year as somebody exported it: who had what, when, and how it ended."""
    rows: list[list[str]] = []
    for number in range(1, PAST + 1):
        province, city = make.place()
        industry = make.chance.choice(tuple(names.TRADES))
        company = make.company(city, industry)
        if rows and make.chance.random() < 0.08:
            _, company, _, province, city, industry, *_ = make.chance.choice(rows)  # came again
        source = make.picked(names.SOURCES)
        grade = make.chance.choice(names.GRADES[source])
        created = make.moment(YEAR_FROM, 360)
        owner = _past_owner(make, SHORT[province], grade)
        assigned = created + timedelta(minutes=make.chance.randrange(5, 900))
        answered = _answered(make, owner, assigned)
        result, closed, amount = _ending(make, grade, assigned, is_worked=bool(answered))
        rows.append(
            [
                f"H{number:05d}",
                company,
                make.phone(),
                province,
                city,
                industry,
                make.chance.choice(names.PRODUCTS),
                source,
                grade,
                _shown(created),
                _shown(assigned),
                owner,
                "郑正" if owner != "郑正" and make.chance.random() < 0.03 else "",
                answered,
                result,
                closed,
                amount,
            ]
        )
    return sorted(rows, key=lambda row: row[9])


def _past_owner(make: Maker, province: str, grade: str) -> str:
    shares = [
        share * (taste if grade in "AB" else 1) * (1 if province in home else AWAY)
        for home, share, taste in PAST_OWNERS.values()
    ]
    return make.chance.choices(tuple(PAST_OWNERS), shares)[0]


def _answered(make: Maker, owner: str, assigned: datetime) -> str:
    if make.chance.random() < (0.22 if owner == "孙悦" else 0.07):
        return ""
    hours = make.chance.expovariate(1 / RESPONSE_HOURS.get(owner, 9))
    return _shown(assigned + timedelta(hours=hours, minutes=4))


def _ending(
    make: Maker, grade: str, assigned: datetime, *, is_worked: bool
) -> tuple[str, str, str]:
    if not is_worked:
        return "未联系", "", ""
    if make.chance.randrange(100) < WIN_PERCENT[grade]:
        closed = assigned + timedelta(days=make.chance.randrange(6, 75))
        return "成交", f"{closed:%Y-%m-%d}", make.budget(grade) or "60000"
    return make.chance.choice(("输单", "输单", "输单", "跟进中", "无效")), "", ""


def new_leads(make: Maker, past: Sequence[Row]) -> list[list[str]]:
    """A week of new leads, with the mistakes that such sheets have."""
    rows = [_home_lead(make, number, past) for number in range(1, LEADS - 17)]
    rows += [_foreign_lead(make, number) for number in range(LEADS - 17, LEADS + 1)]
    rows.sort(key=lambda row: row[14])
    for number, row in enumerate(rows, 1):
        row[0] = f"L2611{number:04d}"
    return _with_mistakes(make, rows)


def _home_lead(make: Maker, number: int, past: Sequence[Row]) -> list[str]:
    province, city = make.place()
    industry = make.chance.choice(tuple(names.TRADES))
    company = make.company(city, industry)
    if make.chance.randrange(100) < FROM_HISTORY:
        known = make.chance.choice(past)
        company, province, city, industry = known[1], known[3], known[4], known[5]
    source = make.picked(names.SOURCES)
    grade = make.chance.choice(names.GRADES[source])
    mail = f"contact{number}@company{number}.example" if make.chance.random() < 0.6 else ""
    return [
        "",
        make.person(),
        make.phone(),
        mail,
        company,
        "中国",
        province,
        city,
        industry,
        make.chance.choice(names.PRODUCTS),
        source,
        grade,
        make.budget(grade),
        "",
        _shown(make.moment(WEEK_FROM, 7)),
    ]


def _foreign_lead(make: Maker, number: int) -> list[str]:
    country, city, language, people = make.chance.choice(names.ABROAD)
    grade = make.chance.choice("ABBCC")
    return [
        "",
        make.chance.choice(people),
        "",
        f"inquiry{number}@company{number}.example",
        make.chance.choice(names.ABROAD_COMPANIES),
        country,
        "",
        city,
        make.chance.choice(("机械", "电子", "汽配")),
        make.chance.choice(names.PRODUCTS),
        "官网",
        grade,
        make.budget(grade),
        language,
        _shown(make.moment(WEEK_FROM, 7)),
    ]


def _with_mistakes(make: Maker, rows: list[list[str]]) -> list[list[str]]:
    at = {"手机": 2, "邮箱": 3, "省份": 6, "等级": 11, "预算": 12, "创建时间": 14}
    home = [row for row in rows if row[5] == "中国"]
    for position in (30, 71, 118):  # the ad platform hides the number
        home[position][at["手机"]] = f"199****{make.chance.randrange(10_000):04d}"
    home[44][at["预算"]] = "面议"
    home[95][at["创建时间"]] = "2026-11-31 10:20"
    home[132][at["预算"]] = "20-30万"
    home[60][at["等级"]] = ""
    home[151][at["省份"]] = home[151][7] = ""
    # The same person twice: two forms, and a sheet pasted a second time.
    for first, again, day in ((12, "L26119001", 2), (77, "L26119002", 1), (140, "L26119003", 1)):
        copy = list(home[first])
        copy[0] = again
        copy[14] = _shown(datetime.fromisoformat(copy[14]) + timedelta(days=day))
        copy[at["手机"]] = f"+86 {copy[2][:3]} {copy[2][3:7]} {copy[2][7:]}"
        rows.append(copy)
    blank = [""] * len(LEADS_HEADER)
    return [*rows[:150], blank, *rows[150:], list(rows[20])]


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def write_example(folder: Path) -> None:
    """Write the sheets that are made, not written by hand, into a folder."""
    make = Maker()
    past = past_leads(make)
    sheets = {
        "history.csv": (HISTORY_HEADER, past),
        "leads.csv": (LEADS_HEADER, new_leads(make, past)),
    }
    for name, (header, rows) in sheets.items():
        # With a mark at the front, spreadsheet programs show Chinese as Chinese.
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([header, *rows])


if __name__ == "__main__":
    write_example(Path(__file__).parent)
