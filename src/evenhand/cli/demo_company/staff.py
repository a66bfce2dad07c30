"""Invents the people: teams, levels, skills, calendars, leave, the duty roster."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from evenhand.cli.demo_company import names
from evenhand.cli.demo_company.chance import Chance, latin
from evenhand.cli.demo_company.plans import (
    AdjustmentPlan,
    PersonPlan,
    RepPlan,
    SpanPlan,
    StaffPlan,
    TeamPlan,
    day_of,
)

HEAD = "总部"
NEWCOMER, SENIOR, KEY = "新人", "资深", "大客户"
MACHINES, CONSUMER = "设备", "快消"
ROSTER = "周末值班"
HISTORY_DAYS = 182

# Region, and each city's team with its size and the provinces or countries it looks after.
CITIES = {
    "华东": (
        ("上海", 9, ("上海市", "江苏省", "浙江省")),
        ("杭州", 6, ("浙江省", "福建省", "江西省")),
        ("南京", 7, ("江苏省", "安徽省", "山东省")),
    ),
    "华南": (
        ("深圳", 8, ("广东省", "湖南省")),
        ("广州", 7, ("广东省", "广西壮族自治区", "海南省")),
    ),
    "华北": (
        ("北京", 7, ("北京市", "河北省", "辽宁省", "山西省")),
        ("天津", 5, ("天津市", "河北省", "内蒙古自治区")),
    ),
    "海外": (
        ("欧洲", 6, ("德国", "波兰", "法国", "巴西")),
        ("东南亚", 5, ("越南", "泰国", "印度尼西亚")),
    ),
}
ABROAD = {
    "欧洲": (
        ("Lena Hartwick", ("德语", "英语")),
        ("Jonas Ellerbrock", ("德语", "英语")),
        ("Camille Fontrouge", ("法语", "英语")),
        ("Wiktor Leśniak", ("英语",)),
        ("江听澜", ("德语", "英语")),
        ("Mareike Sonnwald", ("德语", "法语", "英语")),
    ),
    "东南亚": (
        ("Nguyễn Thanh Mộc", ("越南语", "英语")),
        ("Kanya Sombunrat", ("泰语", "英语")),
        ("黄归远", ("越南语", "英语")),
        ("Budi Harsowinoto", ("英语",)),
        ("侯星屿", ("泰语", "英语")),
    ),
}
ZONES = {"欧洲": "Europe/Berlin", "东南亚": "Asia/Ho_Chi_Minh"}
CALENDARS = {"欧洲": "Deutschland", "东南亚": "东南亚"}
# Whom the policies name: team → first names of its list.
NAMED = {"上海": ("陆知衡", "沈听泉"), "广州": ("梁渡川",)}
OFFICE = (
    ("顾望川", "admin", "all", HEAD),
    ("秦子规", "sales_ops", "all", HEAD),
    ("Amelia Thornbury", "sales_ops", "all", HEAD),
    ("白审言", "auditor", "all", HEAD),
    ("万成之", "manager", "all", HEAD),
)
MANAGERS = {"华东": "范拾遗", "华南": "邓南屏", "华北": "康北辰", "海外": "Friedrich Altmoor"}
LEAVE_REASONS = ("年假", "年假", "年假", "调休", "培训", "出差")


def staff_of(seed: str, until: datetime, workdays: frozenset[date]) -> StaffPlan:
    """Everybody as of a moment; `workdays` are those of the company's calendar around it."""
    maker = _Maker(Chance(f"{seed}|staff"), until)
    reps = [rep for city in maker.cities() for rep in maker.team(*city)]
    office = [
        PersonPlan(_mail(name), name, role, scope, team, locale="" if _is_han(name) else "en")
        for name, role, scope, team in OFFICE
    ]
    office += [
        PersonPlan(
            _mail(name), name, "manager", "team_below", region, locale="" if _is_han(name) else "en"
        )
        for region, name in MANAGERS.items()
    ]
    return StaffPlan(
        teams=tuple(maker.teams()),
        people=(*office, *reps),
        leaves=tuple(maker.leaves(reps)),
        duties=tuple(maker.duties(reps, workdays)),
        adjustments=tuple(maker.adjustments(reps)),
    )


def _mail(name: str) -> str:
    return f"{latin(name)}@{names.DOMAIN}"


def _is_han(name: str) -> bool:
    return "\u4e00" <= name[0] <= "\u9fff"


class _Maker:
    """Invents one after the other."""

    def __init__(self, chance: Chance, until: datetime) -> None:
        self.chance = chance
        self.until = until
        self.today = day_of(until)
        self.taken = {name for name, *_ in OFFICE} | set(MANAGERS.values())
        self.mails = {_mail(name) for name in self.taken}

    def cities(self) -> Iterator[tuple[str, str, int, tuple[str, ...]]]:
        """Region, city, size and provinces of every team."""
        for region, cities in CITIES.items():
            for city, size, provinces in cities:
                yield region, city, size, provinces

    def teams(self) -> Iterator[TeamPlan]:
        """The tree, parents first."""
        yield TeamPlan(HEAD, "", _mail(OFFICE[4][0]))
        for region in CITIES:
            yield TeamPlan(region, HEAD, _mail(MANAGERS[region]))
        for region, city, *_ in self.cities():
            yield TeamPlan(city, region)

    def team(self, region: str, city: str, size: int, regions: tuple[str, ...]) -> list[PersonPlan]:
        """The reps of one team: the first is its key account rep, the last ones are new."""
        plans: list[PersonPlan] = []
        for number in range(size):
            name, languages = self._name(city, number)
            level = KEY if number == 0 else NEWCOMER if number >= size - 2 else SENIOR
            if region == "海外":
                level = NEWCOMER if number == size - 1 else KEY if number == 0 else SENIOR
            skills = self._skills(region, number, level)
            elder = plans[0 if MACHINES in skills else 1] if level == NEWCOMER else None
            mentor = "" if elder is None else elder.email
            plans.append(
                PersonPlan(
                    email=_mail(name),
                    name=name,
                    role="rep",
                    scope="self",
                    team=city,
                    locale="" if _is_han(name) else "en",
                    zone=ZONES.get(city, ""),
                    rep=self._rep(level, skills, languages, regions, city, mentor),
                )
            )
        return plans

    def _name(self, city: str, number: int) -> tuple[str, tuple[str, ...]]:
        if city in ABROAD:
            return ABROAD[city][number]
        named = NAMED.get(city, ())
        if number < len(named):
            self.mails.add(_mail(named[number]))
            return named[number], ()
        while True:
            name = self.chance.person()
            if name not in self.taken and _mail(name) not in self.mails:
                self.taken.add(name)
                self.mails.add(_mail(name))
                return name, ("英语",) if self.chance.random() < 0.15 else ()

    def _skills(self, region: str, number: int, level: str) -> tuple[str, ...]:
        both = (MACHINES, CONSUMER)
        if region == "海外":
            lines: tuple[str, ...] = both
        elif number == 0:
            lines = (MACHINES,)
        elif number == 1:
            lines = (CONSUMER,)
        else:
            chosen = self.chance.choices((both[:1], both[1:], both), (52, 34, 14))[0]
            lines = tuple(chosen)
        return (*lines, "带教") if number < 2 and level != NEWCOMER else lines

    def _rep(
        self,
        level: str,
        skills: tuple[str, ...],
        languages: tuple[str, ...],
        regions: tuple[str, ...],
        city: str,
        mentor: str,
    ) -> RepPlan:
        chance = self.chance
        trades: list[str] = []
        products: list[str] = []
        for line, known, sold in (
            (MACHINES, names.MACHINE_TRADES, names.MACHINE_PRODUCTS),
            (CONSUMER, names.CONSUMER_TRADES, names.CONSUMER_PRODUCTS),
        ):
            if line in skills:
                trades += chance.some([trade for trade, *_ in known], 2, 4)
                products += chance.some(sold, 1, 3)
        days = chance.randint(10, 150) if level == NEWCOMER else chance.randint(400, 3200)
        return RepPlan(
            level=level,
            weight=chance.choice((100, 100, 100, 100, 80, 120) if level != NEWCOMER else (100,)),
            regions=regions,
            # A key account rep takes every industry; saying nothing means that.
            industries=() if level == KEY else tuple(trades),
            products=tuple(products),
            skills=skills,
            languages=languages,
            joined_on=self.today - timedelta(days=days),
            calendar=CALENDARS.get(city, ""),
            mentor=mentor,
            capacity=chance.choice((12, 20)) if chance.random() < 0.06 else None,
            performance=chance.choice((90, 95, 100, 100, 105, 110)),
            pace=chance.choice((30, 60, 80, 100, 100, 130, 200, 320)),
            is_accepting=chance.random() > 0.03,
        )

    def leaves(self, reps: list[PersonPlan]) -> Iterator[SpanPlan]:
        """One or two absences each over the half year; four people are away now."""
        away = {one.email for one in self.chance.sample(reps[2:], 4)}
        for person in reps:
            zone = ZoneInfo(person.zone or "Asia/Shanghai")
            for _ in range(self.chance.randint(0, 2)):
                first = self.today - timedelta(days=self.chance.randint(4, HISTORY_DAYS))
                yield self._days(person, first, self.chance.randint(1, 3), zone)
            if person.email in away:
                back = self.chance.randint(3, 6)
                yield self._days(person, self.today - timedelta(days=1), back, zone)
            elif self.chance.random() < 0.12:
                ahead = self.today + timedelta(days=self.chance.randint(4, 20))
                yield self._days(person, ahead, self.chance.randint(1, 5), zone)

    def _days(self, person: PersonPlan, first: date, days: int, zone: ZoneInfo) -> SpanPlan:
        start = datetime.combine(first, time(0), zone).astimezone(UTC)
        end = datetime.combine(first + timedelta(days=days), time(0), zone).astimezone(UTC)
        return SpanPlan(person.email, start, end, self.chance.choice(LEAVE_REASONS))

    def duties(self, reps: list[PersonPlan], workdays: frozenset[date]) -> Iterator[SpanPlan]:
        """Three people at home on each free Saturday and Sunday, until three weeks from now."""
        zone = ZoneInfo("Asia/Shanghai")
        able = [
            one for one in reps if one.team not in ABROAD and one.rep and MACHINES in one.rep.skills
        ]
        able = [one for one in able if one.rep and one.rep.level != NEWCOMER]
        turn = 0
        for offset in range(-HISTORY_DAYS, 22):
            day = self.today + timedelta(days=offset)
            if day.weekday() < 5 or day in workdays:
                continue
            for _ in range(3):
                turn += 1
                yield SpanPlan(
                    able[turn % len(able)].email,
                    datetime.combine(day, time(9), zone).astimezone(UTC),
                    datetime.combine(day, time(18), zone).astimezone(UTC),
                    ROSTER,
                )

    def adjustments(self, reps: list[PersonPlan]) -> Iterator[AdjustmentPlan]:
        """Three changes for a time: two in force, one over."""
        seniors = [one for one in reps if one.rep and one.rep.level == SENIOR]
        chosen = self.chance.sample(seniors, 3)
        day = timedelta(days=1)
        yield AdjustmentPlan(
            chosen[0].email, 60, self.today - 20 * day, self.today + 10 * day, "带新人实训，先少接"
        )
        yield AdjustmentPlan(
            chosen[1].email, 120, self.today - 6 * day, self.today + 24 * day, "季度冲刺，自愿多接"
        )
        yield AdjustmentPlan(
            chosen[2].email, 50, self.today - 80 * day, self.today - 50 * day, "展会筹备期间减半"
        )
