"""Invents the customers: firms with parents, sizes and the people who write for them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from evenhand.cli.demo_company import names
from evenhand.cli.demo_company.chance import Chance, latin, slug
from evenhand.cli.demo_company.plans import CompanyPlan, ContactPlan, PersonPlan
from evenhand.cli.demo_company.staff import CONSUMER, HISTORY_DAYS, MACHINES, NEWCOMER
from evenhand.leads.keys import company_key

COMPANIES, ABROAD, ACCOUNTS, KEY_ACCOUNTS, SUBSIDIARIES = 900, 70, 190, 22, 70
SIZES = (
    ("20人以下", 5, 19),
    ("20-99人", 20, 99),
    ("100-499人", 100, 499),
    ("500人以上", 500, 4000),
)


class Firms:
    """Firms and their people, one after the other; phones never repeat."""

    def __init__(self, seed: str, until: datetime) -> None:
        self.chance = Chance(f"{seed}|firms")
        self.until = until
        self.phones = 0
        self.names: set[str] = set()  # as keys: two firms never count as one
        self.domains: set[str] = set()

    def all(self, reps: Sequence[PersonPlan]) -> list[CompanyPlan]:
        """Every firm; the first ones are accounts that somebody looks after."""
        firms = [self._home() for _ in range(COMPANIES - ABROAD)]
        firms += [self._abroad() for _ in range(ABROAD)]
        self.chance.shuffle(firms)
        firms = [self._account(one, reps) if k < ACCOUNTS else one for k, one in enumerate(firms)]
        return list(self._related(firms))

    def phone(self) -> str:
        """A number of a range that nobody has."""
        self.phones += 1
        return f"199000{self.phones:05d}"

    def contact(self, firm_domain: str, titles: Sequence[str]) -> ContactPlan:
        """Somebody at a firm in China; one in eight gives a surname only."""
        name = self.chance.person()
        address = f"{latin(name)}@{firm_domain}" if firm_domain else ""
        shown = name
        if self.chance.random() < 0.12:
            shown = name[0] + self.chance.choice(("先生", "女士"))
        return ContactPlan(shown, self.chance.choice(titles), self.phone(), address)

    def _home(self) -> CompanyPlan:
        chance = self.chance
        line = chance.choices(names.LINES, (58, 42))[0]
        trades = names.MACHINE_TRADES if line == names.LINES[0] else names.CONSUMER_TRADES
        province, cities, _ = chance.choices(names.PLACES, [share for *_, share in names.PLACES])[0]
        city = chance.choice(cities)
        industry, words, _ = chance.choices(trades, [share for *_, share in trades])[0]
        name = self._unused(
            lambda: (
                city.removesuffix("市")
                + chance.choice(names.COMPANY_WORDS)
                + chance.choice(words)
                + chance.choice(("有限公司", "有限公司", "有限公司", "股份有限公司"))
            )
        )
        domain = self._domain(name) if chance.random() < 0.7 else ""
        titles = names.MACHINE_TITLES if line == names.LINES[0] else names.CONSUMER_TITLES
        size, employees, revenue = self._size()
        return CompanyPlan(
            name=name,
            line=line,
            domain=domain,
            region=province if province == city else f"{province}/{city}",
            country="",
            industry=industry,
            size=size,
            employees=employees,
            revenue=revenue,
            currency="CNY",
            language="",
            contacts=tuple(
                self.contact(domain if chance.random() < 0.6 else "", titles)
                for _ in range(chance.choice((1, 1, 2, 2, 3)))
            ),
        )

    def _abroad(self) -> CompanyPlan:
        chance = self.chance
        country, language, currency, surnames, given, words, forms = chance.choice(names.ABROAD)
        consumer = country in ("越南", "泰国", "印度尼西亚") and chance.random() < 0.35
        name = self._unused(
            lambda: f"{chance.choice(words)}{chance.choice(names.PLANTS)} {chance.choice(forms)}"
        )
        domain = self._domain(name)
        people = [f"{chance.choice(given)} {chance.choice(surnames)}" for _ in range(2)]
        size, employees, revenue = self._size()
        line, trades = (
            (names.LINES[1], names.CONSUMER_TRADES)
            if consumer
            else (names.LINES[0], names.MACHINE_TRADES)
        )
        return CompanyPlan(
            name=name,
            line=line,
            domain=domain,
            region=country,
            country=country,
            industry=chance.choice([industry for industry, *_ in trades]),
            size=size,
            employees=employees,
            revenue=revenue // 7,
            currency=currency,
            language=language,
            contacts=tuple(
                ContactPlan(one, "Purchasing", "", f"{latin(one)}@{domain}")
                for one in dict.fromkeys(people)
            ),
        )

    def _size(self) -> tuple[str, int, int]:
        size, least, most = self.chance.choices(SIZES, (24, 38, 27, 11))[0]
        employees = self.chance.randint(least, most)
        per_head = self.chance.randint(25, 90) * 10_000
        return size, employees, employees * per_head * 100

    def _unused(self, make: Callable[[], str]) -> str:
        while True:
            name = make()
            if company_key(name) not in self.names:
                self.names.add(company_key(name))
                return name

    def _domain(self, name: str) -> str:
        word = slug(name[2:7] if "\u4e00" <= name[0] <= "\u9fff" else name[:16])
        domain, number = f"{word}.example", 1
        while domain in self.domains:
            number += 1
            domain = f"{word}{number}.example"
        self.domains.add(domain)
        return domain

    def _account(self, firm: CompanyPlan, reps: Sequence[PersonPlan]) -> CompanyPlan:
        """A firm that buys already: somebody who may look after it does."""
        skill = MACHINES if firm.line == names.LINES[0] else CONSUMER
        province = firm.region.split("/")[0]
        able = [
            one for one in reps if one.rep and skill in one.rep.skills and one.rep.level != NEWCOMER
        ]
        near = [one for one in able if one.rep and province in one.rep.regions] or [
            one for one in able if not one.zone
        ]
        since = timedelta(days=self.chance.randint(HISTORY_DAYS + 20, 1500))
        created = (self.until - since).replace(microsecond=0).astimezone(UTC)
        return replace(firm, owner=self.chance.choice(near).email, created_at=created)

    def _related(self, firms: list[CompanyPlan]) -> Iterator[CompanyPlan]:
        """Some firms belong to another one; some accounts are key accounts."""
        homes = [one for one in firms if not one.country and one.employees >= 100]
        parents = self.chance.sample(homes, 24)
        heads = {one.name for one in parents}
        left = SUBSIDIARIES
        keys = KEY_ACCOUNTS
        for firm in firms:
            same = [one for one in parents if one.line == firm.line]
            if keys and firm.owner and firm.employees >= 100 and firm.line == names.LINES[0]:
                keys -= 1
                yield replace(firm, is_key_account=True)
            elif left and not firm.country and firm.name not in heads and same:
                take = self.chance.random() < 0.12
                left -= take
                yield replace(firm, parent=self.chance.choice(same).name) if take else firm
            else:
                yield firm
