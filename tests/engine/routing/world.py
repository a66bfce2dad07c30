"""A small world for routing tests: a policy in a few words, people, leads, and a recorded run."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeVar

from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.facts import POINT, Company, Item, ItemKind, Load, Rep
from evenhand.engine.ledger.book import Book
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Decision, Outcome
from evenhand.engine.routing.eligible import Field, Roster, eligible
from evenhand.engine.routing.plan import plan
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.receipt import ReceiptWriter
from evenhand.engine.routing.replay import ReplayReport, replay
from evenhand.engine.routing.team import Team

SHANGHAI = timezone(timedelta(hours=8))
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=SHANGHAI)  # a Wednesday
IN_SHANGHAI = {"": Calendar(zone="Asia/Shanghai")}
MIDNIGHT_UTC = datetime(2026, 3, 1, tzinfo=UTC)

GRADES: dict[str, Any] = {
    "thresholds": [
        {"grade": "A", "from_score": 80},
        {"grade": "B", "from_score": 40},
        {"grade": "C"},
    ],
    "ungraded": "C",
}
POINTS_BY_GRADE = {"A": 8, "B": 5, "C": 1}
# A fourth grade above the three.
WITH_S: dict[str, Any] = {
    "grades": {
        "thresholds": [{"grade": "S", "from_score": 95}, *GRADES["thresholds"]],
        "ungraded": "C",
    },
    "points": {"base": {"S": 20, "A": 8, "B": 5, "C": 1}},
}
WAIT = {"do": "wait"}
NEXT = {"do": "next_rule"}


# -- the policy ------------------------------------------------------------------------------


def rule(name: str, to: Mapping[str, Any], *, if_nobody: Any = WAIT, **more: Any) -> dict[str, Any]:
    """A rule of the document."""
    return {"rule": name, "to": dict(to), "if_nobody": dict(if_nobody), **more}


def fair(name: str = "fair", group: str = "all", **more: Any) -> dict[str, Any]:
    """A rule that deals by the fair-share ledger."""
    return rule(name, {"strategy": "fair_share", "group": group}, **more)


def rotation(name: str = "turns", group: str = "all", **more: Any) -> dict[str, Any]:
    """A rule that deals by weighted rotation."""
    return rule(name, {"strategy": "rotation", "group": group}, **more)


def owner(
    name: str = "owner",
    of: str = "company",
    *,
    absent: str = "next_rule",
    departed: str = "next_rule",
    **more: Any,
) -> dict[str, Any]:
    """A rule that hands over to whoever looks after the company, territory or lead."""
    to = {"strategy": "owner", "of": of, "if_absent": absent, "if_departed": departed}
    return rule(name, to, **{"if_nobody": NEXT, **more})


def person(name: str, rep_id: str, *, absent: str = "next_rule", **more: Any) -> dict[str, Any]:
    """A rule that hands over to one named person."""
    return rule(
        name,
        {"strategy": "person", "rep": rep_id, "if_absent": absent},
        **{"if_nobody": NEXT, **more},
    )


def document(*rules: Mapping[str, Any], **sections: Any) -> dict[str, Any]:
    """A whole policy document: three grades, one group of everybody, unless said otherwise."""
    return {
        "schema": 1,
        "line": "test",
        "grades": GRADES,
        "points": {"base": POINTS_BY_GRADE},
        "groups": [{"group": "all", "who": True}],
        "rules": [dict(one) for one in rules] or [fair()],
        **sections,
    }


def policy(*rules: Mapping[str, Any], **sections: Any) -> Policy:
    """The policy of such a document, ready to decide."""
    return policy_from_json(document(*rules, **sections))


# -- people and leads --------------------------------------------------------------------------


def reps(*ids: str, **same: Any) -> list[Rep]:
    """People who differ in nothing but their ids."""
    return [Rep(rep_id, **same) for rep_id in ids]


def crowd(count: int, **same: Any) -> list[Rep]:
    """So many people, r00, r01, …"""
    return reps(*(f"r{number:02}" for number in range(count)), **same)


Named = TypeVar("Named", Rep, Item)


def replace_ids(stock: Iterable[Named], pattern: str) -> list[Named]:
    """These people or items under numbered ids."""
    return [replace(one, id=pattern.format(number)) for number, one in enumerate(stock)]


def team(*people: Rep | Iterable[Rep], calendars: Mapping[str, Calendar] = IN_SHANGHAI) -> Team:
    """A team that works by Shanghai time, around the clock unless said otherwise."""
    everybody = [one for part in people for one in ([part] if isinstance(part, Rep) else part)]
    return Team.of(everybody, calendars)


def lead(
    item_id: str = "L1",
    grade: str | None = "B",
    *,
    kind: ItemKind = ItemKind.LEAD,
    owned_by: str | None = None,
    company: Mapping[str, Any] | None = None,
    round_: int = 0,
    **fields: Any,
) -> Item:
    """An item with these fields; with `owned_by` or `company` it has a company."""
    has_company = owned_by is not None or company is not None
    return Item(
        id=item_id,
        fields={"grade": grade, **fields},
        kind=kind,
        company=Company("acme", company or {}, owned_by) if has_company else None,
        round=round_,
    )


def leads(count: int, grades: str = "B", *, first: int = 0, **fields: Any) -> list[Item]:
    """So many leads whose grades repeat `grades`."""
    return [
        lead(f"L{number}", grades[number % len(grades)], **fields)
        for number in range(first, first + count)
    ]


# -- running -------------------------------------------------------------------------------------


@dataclass
class Run:
    """A router that writes receipts while it deals."""

    router: Router
    document: dict[str, Any]
    writer: ReceiptWriter
    lines: list[str]
    decisions: list[Decision] = field(default_factory=list)

    def deal(self, *items: Item | Iterable[Item]) -> list[Decision]:
        """Decide items in order; returns their decisions."""
        found = []
        for part in items:
            for item in [part] if isinstance(part, Item) else part:
                found.append(self._decide(item))
        return found

    def _decide(self, item: Item) -> Decision:
        router = self.router
        reading = router.policy.read(item, now=router.now, clock=router.clock)
        prepared = router.prepare(reading, router.draw(item.id, item.round))
        decision = router.route_prepared(
            item.id,
            prepared,
            round_=item.round,
            owner=router.policy.owner_of(item),
            with_places=not self.writer.is_compact,
        )
        self.lines += self.writer.decision(decision, prepared)
        self.decisions.append(decision)
        return decision

    @property
    def received(self) -> Counter[str]:
        """How many items everybody got."""
        return Counter(one.rep_id for one in self.decisions if one.rep_id is not None)

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How many items ended where."""
        return Counter(one.outcome for one in self.decisions)

    @property
    def book(self) -> Book:
        """The only book."""
        (only,) = self.router.books.values()
        return only

    @property
    def loads(self) -> dict[str, Load]:
        """What everybody carries."""
        return self.router.loads.as_loads([rep.id for rep in self.router.team.reps])

    def owed(self, rep_id: str, book: Book | None = None) -> int:
        """What a person is owed, in micro-points."""
        one = book or self.book
        return int(one.owed[one.position(rep_id)])

    def is_sound(self) -> bool:
        """Whether every book keeps what is proved."""
        return all(book.is_sound() for book in self.router.books.values())


def start(
    rules: Mapping[str, Any],
    people: Team,
    *,
    now: datetime = NOW,
    seed: str = "seed",
    books: Mapping[str, Book] | None = None,
    loads: Mapping[str, Load] | None = None,
    is_compact: bool = False,
) -> Run:
    """Open a run under a policy document, members settled, nothing dealt yet."""
    # The document as it is stored: defaults written out.
    ready = policy_from_plain(dict(rules))
    router = Router(
        Policy(ready),
        people,
        now=now,
        seed=seed,
        # Books are changed in place: each run has its own.
        books={key: Book.from_json(book.as_json()) for key, book in (books or {}).items()},
        loads=loads,
    )
    writer = ReceiptWriter(router, is_compact=is_compact)
    lines = writer.opening(ready.as_plain(), "test")
    lines += writer.departures(router.settle_members())
    return Run(router, ready.as_plain(), writer, lines)


def deal(rules: Mapping[str, Any], people: Team, *items: Item | Iterable[Item], **more: Any) -> Run:
    """Open a run and deal these items."""
    run = start(rules, people, **more)
    run.deal(*items)
    return run


def one(rules: Mapping[str, Any], people: Team, item: Item, **more: Any) -> Decision:
    """What becomes of one item."""
    (decision,) = deal(rules, people, item, **more).decisions
    return decision


def field_of(
    rules: Policy,
    people: Team,
    item: Item,
    *,
    now: datetime = NOW,
    rule_number: int = 0,
    stretched: frozenset[str] = frozenset(),
) -> Field:
    """Who may take an item under one rule, and who not and why."""
    roster = Roster(rules, people, now)
    clock = people.company_calendar
    planned = plan(rules.read(item, now=roster.now, clock=clock), rules, now=now, clock=clock)
    return eligible(roster, rules.rules[rule_number], planned, stretched=stretched)


def replayed(lines: Iterable[str]) -> ReplayReport:
    """The receipts recomputed."""
    return replay(lines, policy_from_json)


def points(amount: int) -> int:
    """Whole points as micro-points."""
    return amount * POINT
