"""Invents the leads: when they come, from whom, what they ask for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from evenhand.cli.demo_company import names
from evenhand.cli.demo_company.chance import Chance
from evenhand.cli.demo_company.fates import Fates
from evenhand.cli.demo_company.firms import Firms
from evenhand.cli.demo_company.plans import (
    ZONE,
    CompanyPlan,
    FatePlan,
    LeadPlan,
    PersonPlan,
    day_of,
)
from evenhand.cli.demo_company.staff import HISTORY_DAYS, MACHINES

UNSERVED_DAYS = 20
NO_FATE = FatePlan(())


class Demand:
    """The stream of leads up to a moment."""

    def __init__(self, seed: str, until: datetime, firms: Firms, workdays: frozenset[date]) -> None:
        self.chance = Chance(f"{seed}|demand")
        self.fates = Fates(seed)
        self.until = until
        self.firms = firms
        self.workdays = workdays

    def all(
        self, count: int, companies: Sequence[CompanyPlan], reps: Sequence[PersonPlan]
    ) -> list[LeadPlan]:
        """So many leads, in the order in which they come."""
        leads: list[LeadPlan] = []
        asking = {line: self._asking(companies, line) for line in names.LINES}
        for number, (at, line) in enumerate(self._moments(count), 1):
            lead = self._lead(number, at, line, asking, leads)
            leads.append(self._self_sourced(lead, reps))
        return leads

    def _asking(
        self, companies: Sequence[CompanyPlan], line: str
    ) -> tuple[list[CompanyPlan], list[float]]:
        """Who asks, and how often: few firms often, most once."""
        asking = [one for one in companies if one.line == line and self.chance.random() < 0.86]
        shares = [1 / (rank + 8) ** 0.55 for rank in range(len(asking))]
        self.chance.shuffle(shares)
        return asking, shares

    def _moments(self, count: int) -> list[tuple[datetime, str]]:
        """When something comes, and for which line ("" = any).

        Leads come in bunches: forms are fetched, sheets handed in. The last week is looked at
        closely; long ago a bunch of one line in the morning and one in the afternoon will do.
        """
        today = day_of(self.until)
        bunches: list[tuple[datetime, str]] = []
        for offset in range(HISTORY_DAYS, -1, -1):
            day = today - timedelta(days=offset)
            lines = self.chance.sample(names.LINES, 2) if offset >= 7 else [""] * 6
            for line in lines if day in self.workdays else lines[:1]:
                minutes = self.chance.randint(8 * 60 + 35, 18 * 60 + 20)
                at = datetime.combine(day, time(0), ZONE) + timedelta(
                    minutes=minutes, seconds=self.chance.randrange(60)
                )
                if at < self.until - timedelta(minutes=3):
                    bunches.append((at.astimezone(UTC), line))
        per_day = Counter(day_of(at) for at, _ in bunches)
        # Business grows a little; at weekends less is asked.
        weights = [
            (100 + rank * 40 // len(bunches))
            * (10 if day_of(at) in self.workdays else 3)
            / per_day[day_of(at)]
            for rank, (at, _) in enumerate(bunches)
        ]
        return sorted(self.chance.choices(bunches, weights, k=count))

    def _lead(
        self,
        number: int,
        at: datetime,
        line: str,
        asking: Mapping[str, tuple[list[CompanyPlan], list[float]]],
        before: Sequence[LeadPlan],
    ) -> LeadPlan:
        chance = self.chance
        line = line or chance.choices(names.LINES, (54, 46))[0]
        is_machine = line == names.LINES[0]
        if (
            is_machine
            and self.until - at < timedelta(days=UNSERVED_DAYS)
            and chance.random() < 0.02
        ):
            return self._unserved(number, at)
        if before and chance.random() < 0.035:
            earlier = before[-chance.randint(1, min(60, len(before)))]
            if earlier.line == line:
                return self._again(number, at, earlier)
        if chance.random() < (0.16 if is_machine else 0.44):
            return self._shopkeeper(number, at, is_machine=is_machine)
        firms, shares = asking[line]
        return self._of_company(number, at, chance.choices(firms, shares)[0])

    def _of_company(self, number: int, at: datetime, firm: CompanyPlan) -> LeadPlan:
        chance = self.chance
        is_machine = firm.line == names.LINES[0]
        product = chance.choice(names.MACHINE_PRODUCTS if is_machine else names.CONSUMER_PRODUCTS)
        source, grade = self._source(is_machine)
        if firm.country:
            source = "官网"
        person = chance.choice(firm.contacts)
        if not firm.country and chance.random() < 0.25:
            person = self.firms.contact("", (person.title,))
        asks = names.FOREIGN_ASKS if firm.country else self._asks(source, is_machine=is_machine)
        budget = self._budget(is_machine, large=firm.employees >= 100)
        need_by = chance.choice(("三个月内", "半年内", "先了解", ""))
        return LeadPlan(
            number=f"D{number:05d}",
            at=at,
            line=firm.line,
            name=person.name,
            title=person.title,
            company=firm.name,
            phone=person.phone,
            email=person.email,
            region=firm.region,
            industry=firm.industry,
            product=product,
            source=source,
            campaign=_campaign(source, at),
            language=firm.language,
            size=firm.size,
            employees=firm.employees,
            budget=budget,
            currency=firm.currency if budget else "",
            grade=grade,
            note=chance.choice(asks).format(product=product),
            via=_via(source),
            fate=self.fates.fate(firm.line, grade, product, firm, budget),
            extra={"何时要用": need_by} if is_machine and need_by else {},
        )

    def _shopkeeper(self, number: int, at: datetime, *, is_machine: bool) -> LeadPlan:
        """Somebody without a firm: who wants to sell our goods, or asks for a machine privately."""
        chance = self.chance
        province, cities, _ = chance.choices(names.PLACES, [share for *_, share in names.PLACES])[0]
        city = chance.choice(cities)
        product = chance.choice(names.MACHINE_PRODUCTS if is_machine else names.CONSUMER_PRODUCTS)
        source, grade = self._source(is_machine)
        titles = names.PRIVATE_TITLES if is_machine else names.CONSUMER_TITLES
        person = self.firms.contact("", titles)
        trades = names.MACHINE_TRADES if is_machine else names.CONSUMER_TRADES[1:]
        line = names.LINES[0] if is_machine else names.LINES[1]
        budget = self._budget(is_machine, large=False)
        return LeadPlan(
            number=f"D{number:05d}",
            at=at,
            line=line,
            name=person.name,
            title=person.title,
            company="",
            phone=person.phone,
            email="",
            region=province if province == city else f"{province}/{city}",
            industry=chance.choice(trades)[0],
            product=product,
            source=source,
            campaign=_campaign(source, at),
            language="",
            size="",
            employees=None,
            budget=budget,
            currency="CNY" if budget else "",
            grade=grade,
            note=chance.choice(self._asks(source, is_machine=is_machine)).format(product=product),
            via=_via(source),
            fate=self.fates.fate(line, grade, product, None, budget),
        )

    def _again(self, number: int, at: datetime, lead: LeadPlan) -> LeadPlan:
        """The same person writes once more: no second lead, but a touch of the first."""
        return replace(
            lead,
            number=f"D{number:05d}",
            at=at,
            campaign="",
            note="Any news on our request?" if lead.language else "再问一下进展。",
            via="form",
            collected_by="",
        )

    def _unserved(self, number: int, at: datetime) -> LeadPlan:
        person, firm, domain = names.UNSERVED[number % len(names.UNSERVED)]
        return LeadPlan(
            number=f"D{number:05d}",
            at=at,
            line=names.LINES[0],
            name=person,
            title="Compras",
            company=firm,
            phone="",
            email=f"compras{number}@{domain}",
            region="巴西",
            industry="机械",
            product=self.chance.choice(names.MACHINE_PRODUCTS),
            source="官网",
            campaign="",
            language="葡萄牙语",
            size="",
            employees=None,
            budget=None,
            currency="",
            grade="B",
            note="Gostaríamos de receber uma proposta.",
            via="form",
            fate=NO_FATE,
        )

    def _self_sourced(self, lead: LeadPlan, reps: Sequence[PersonPlan]) -> LeadPlan:
        """Some leads a rep found himself."""
        if lead.line != names.LINES[0] or lead.language or self.chance.random() > 0.015:
            return lead
        province = lead.region.split("/")[0]
        near = [
            one
            for one in reps
            if one.rep
            and MACHINES in one.rep.skills
            and province in one.rep.regions
            and one.rep.joined_on <= day_of(lead.at)
        ]
        if not near:
            return lead
        finder = self.chance.choice(near).email
        return replace(lead, collected_by=finder, source="自拓", campaign="", via="hand")

    def _source(self, is_machine: bool) -> tuple[str, str]:
        if is_machine:
            source = self.chance.picked(names.MACHINE_SOURCES)
            return source, self.chance.choice(names.MACHINE_GRADES[source]).strip("-")
        source = self.chance.picked(names.CONSUMER_SOURCES)
        return source, self.chance.choice(names.CONSUMER_GRADES[source])

    def _asks(self, source: str, *, is_machine: bool) -> Sequence[str]:
        if source == "展会":
            return names.FAIR_ASKS
        return names.MACHINE_ASKS if is_machine else names.CONSUMER_ASKS

    def _budget(self, is_machine: bool, *, large: bool) -> int | None:
        if self.chance.random() < 0.4:
            return None
        ranges = names.MACHINE_BUDGETS if is_machine else names.CONSUMER_BUDGETS
        least, most = self.chance.choice((*ranges, ranges[-1]) if large else ranges[:-1])
        return self.chance.randint(least, most) // 10_000 * 10_000


def _campaign(source: str, at: datetime) -> str:
    season = ("冬季", "春季", "夏季", "秋季")[at.month % 12 // 3]
    if source == "展会":
        return f"{at.year}{season}装备展"
    if source in ("信息流广告", "直播间", "抖音"):
        return f"{at.year}年{at.month}月投放"
    return ""


def _via(source: str) -> str:
    if source in ("官网", "招商加盟页"):
        return "form"
    return "import" if source == "展会" else "hand" if source == "转介绍" else "api"
