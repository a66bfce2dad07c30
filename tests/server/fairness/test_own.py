"""What a person's own page says is what a recount of the ledger says, whatever happened."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from bench.statements import statements
from evenhand.engine.facts import ItemKind
from evenhand.engine.ledger.bookings import credit
from evenhand.fairness.counting import count_all
from evenhand.fairness.own import OwnGroup, own_groups, own_lines, whose_share
from evenhand.fairness.periods import Period, period_of
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead
from evenhand.ledger.models import Balance, Book, Posting
from evenhand.ledger.postings import posting_of, write_postings
from evenhand.ledger.store import lock_books, write_books
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.clocks import company_zone
from evenhand.people.models import Rep, User
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import NotFound, Refused
from evenhand.policies.operations.publish import publish
from evenhand.routing.operations.give import transfer
from evenhand.routing.operations.give_up import hand_back, void
from evenhand.routing.take_in import take_in
from tests.server.cast import Cast, act_as, cast
from tests.server.routing.world import SHARE, company, policy

pytestmark = pytest.mark.django_db

GIVING = ("dealt", "charged", "claimed")
# Random histories: one in the quick gate.
SEEDS = [pytest.param(seed, marks=pytest.mark.slow if seed else ()) for seed in range(6)]


def today() -> Any:
    return timezone.now().astimezone(company_zone()).date()


def days(count: int = 30) -> Period:
    return Period(today() - timedelta(days=count - 1), today())


def inquiries(number: int, count: int, random: Random) -> list[LeadIn]:
    return [
        LeadIn(
            name=f"客户{number}-{one}",
            phone=f"1{number:04}{one:06}",
            grade=random.choice(("A", "B")),
        )
        for one in range(count)
    ]


def credited(book: Book, rep_id: int, points: int) -> None:
    """As an appeal that is upheld books it."""
    with transaction.atomic():
        (kept,) = lock_books(book.line_id, [book.key], grades=()).values()
        weights = dict.fromkeys(kept.book.members, 1)
        posting = credit(kept.book, str(rep_id), row=0, points=points, weights=weights)
        write_postings([posting_of(kept, posting)], at=timezone.now())
        write_books([kept])


def leave(rep: Rep) -> None:
    Rep.objects.filter(pk=rep.pk).update(is_active=False)
    people_changed()


def act(number: int, reps: Sequence[Rep], random: Random, ops: Actor) -> None:
    """One thing of those that move balances."""
    kind = random.choice(("take", "take", "take", "void", "transfer", "return", "credit", "leave"))
    lead = Lead.objects.filter(state="owned").order_by("?").first()
    try:
        if kind == "take" or lead is None:
            take_in(inquiries(number, random.randint(1, 4), random), actor=SYSTEM)
        elif kind == "void":
            void(ItemKind.LEAD, lead.pk, reason="spam", note="", actor=ops)
        elif kind == "transfer":
            to = random.choice([one for one in reps if one.pk != lead.owner_id])
            transfer(ItemKind.LEAD, lead.pk, to=to.pk, reason="overload", note="", actor=ops)
        elif kind == "return":
            owner = User.objects.get(pk=lead.owner_id)
            hand_back(ItemKind.LEAD, lead.pk, reason="overload", note="", actor=act_as(owner))
        elif kind == "credit":
            book = Book.objects.get()
            credited(book, random.choice(book.members), random.randint(1, 3_000_000))
        elif len(Book.objects.get().members) > 3:
            leave(random.choice(reps))
    except Refused:  # who left takes nothing more
        return


def recount(book: Book, rep_id: int, period: Period, row: int | None) -> tuple[int, int, int, int]:
    """Shares credited, points paid, corrections and items, straight from the postings."""
    due = received = corrected = count = 0
    for one in Posting.objects.filter(book=book).select_related("shares"):
        day = one.at.astimezone(company_zone()).date()
        if not period.first <= day <= period.last or (row is not None and one.row != row):
            continue
        if one.act not in GIVING:
            corrected += sum(amount for who, amount in one.moves or () if who == rep_id)
            continue
        if one.shares is not None:
            named = zip(one.shares.members, one.shares.amounts, strict=True)
            due += sum(amount for who, amount in named if who == rep_id)
        if one.taker_id == rep_id:
            received += one.points if one.shares is not None else 0
            count += 1
    return due, received, corrected, count


def stored(book: Book, rep_id: int, row: int | None = None) -> int:
    if rep_id not in book.members:
        return 0
    place = book.members.index(rep_id)
    return sum(
        one.amounts[place]
        for one in Balance.objects.filter(book=book)
        if row is None or one.row == row
    )


def told(found: OwnGroup) -> tuple[int, int, int, int]:
    total = found.total
    return total.due, total.received, total.corrected, total.count


def history(seed: int, ops: Actor) -> Iterator[Rep]:
    """Some weeks of a small company, some of it counted, some not yet."""
    random = Random(seed)
    document = policy(fairness={"grade_books": seed % 2 == 0})
    reps = company(5, document)
    for number in range(24):
        before = Posting.objects.count()
        act(number, reps, random, ops)
        new = list(Posting.objects.order_by("pk").values_list("pk", flat=True)[before:])
        Posting.objects.filter(pk__in=new).update(
            at=timezone.now() - timedelta(days=12 - number // 2)
        )
        if random.random() < 0.3:
            count_all()
    yield from reps


@pytest.mark.parametrize("seed", SEEDS)
def test_the_figures_are_a_recount_of_the_ledger_whatever_happened(seed: int, ops: Actor) -> None:
    reps = list(history(seed, ops))
    book = Book.objects.get()
    assert Posting.objects.exclude(act__in=GIVING).exists()

    for rep in reps:
        for period in (days(), days(5)):
            (found,) = own_groups(rep.user, period) or [None]
            if found is None:
                assert recount(book, rep.pk, period, None) == (0, 0, 0, 0)
                continue
            assert told(found) == recount(book, rep.pk, period, None)
            assert found.owed == stored(book, rep.pk)
            for row, one in enumerate(found.grades):
                assert (
                    one.total.due, one.total.received, one.total.corrected, one.total.count
                ) == recount(book, rep.pk, period, row)  # fmt: skip
                assert one.owed == stored(book, rep.pk, row)
        whole = own_groups(rep.user, days())
        for found in whole:
            assert found.owed == found.total.due - found.total.received + found.total.corrected


@pytest.mark.parametrize("seed", SEEDS)
def test_the_running_balance_is_the_sum_of_all_postings_so_far(seed: int, ops: Actor) -> None:
    reps = list(history(seed, ops))
    book = Book.objects.get()

    for rep in reps:
        for found in own_groups(rep.user, days()):
            shown, before = [], None
            while True:
                page = own_lines(rep.user, found.group, days(), before=before, most=7)
                shown += list(page.rows)
                before = page.older
                if before is None:
                    break
            numbers = [one.entry.number for one in shown]
            assert numbers == sorted(set(numbers), reverse=True)
            owed = 0
            for line in reversed(shown):
                owed += line.entry.change
                assert line.owed == owed
            assert owed == stored(book, rep.pk)
            last_days = own_lines(rep.user, found.group, days(4), most=100).rows
            assert list(last_days) == shown[: len(last_days)]
            for grade in found.group.grades:
                lines = own_lines(rep.user, found.group, days(), grade=grade, most=500).rows
                row = found.group.grades.index(grade)
                assert (lines[0].owed if lines else 0) == stored(book, rep.pk, row)


def test_the_balance_of_an_earlier_period_is_that_of_then(ops: Actor) -> None:
    reps = list(history(1, ops))
    then = Period(today() - timedelta(days=29), today() - timedelta(days=6))

    for rep in reps:
        for found in own_groups(rep.user, then):
            lines = own_lines(rep.user, found.group, then, most=500).rows
            assert found.owed == sum(one.entry.change for one in lines)
            assert not lines or lines[0].owed == found.owed
            by_day = found.by_day()
            assert by_day[-1].owed == found.owed
            assert sum(one.due for one in by_day) == found.total.due
            assert sum(one.corrected for one in by_day) == found.total.corrected


def test_who_was_never_in_a_group_has_none_and_who_left_keeps_what_was() -> None:
    reps = company(3)
    take_in(inquiries(1, 6, Random(1)), actor=SYSTEM)
    leave(reps[0])
    take_in(inquiries(2, 2, Random(1)), actor=SYSTEM)

    (left,) = own_groups(reps[0].user, days())
    assert (left.is_member, left.owed) == (False, 0)
    assert left.total.due > 0
    assert own_groups(reps[0].user, Period(today() - timedelta(90), today() - timedelta(80))) == []


def test_several_groups_stand_apart() -> None:
    rules = [
        {"rule": "大单", "when": 'lead.region is within "江苏省"', "to": {
            "strategy": "fair_share", "group": "江苏"}, "if_nobody": {"do": "wait"}},
        SHARE,
    ]  # fmt: skip
    groups = [{"group": "全体", "who": True}, {"group": "江苏", "who": True}]
    reps = company(2, policy(rules=rules, groups=groups))
    take_in(
        [LeadIn(name="甲", region="江苏省/苏州市"), LeadIn(name="乙", region="浙江省/杭州市")],
        actor=SYSTEM,
    )

    found = own_groups(reps[0].user, days())

    assert sorted(one.group.name for one in found) == ["全体", "江苏"]
    assert all(one.total.due == 1_000_000 for one in found)


def test_a_page_is_ones_own_or_of_somebody_within_reach(db: None) -> None:
    people: Cast = cast()
    publish("direct", policy(), actor=SYSTEM)

    assert whose_share(act_as(people.ren)).pk == people.ren.pk
    assert whose_share(act_as(people.tom), people.ren.pk).pk == people.ren.pk
    with pytest.raises(NotAllowed):
        whose_share(act_as(people.ren), people.rui.pk)
    with pytest.raises(NotFound):
        whose_share(act_as(people.tom), people.carl.pk)
    with pytest.raises(NotFound):
        whose_share(act_as(people.olga), people.tom.pk)  # receives nothing
    with pytest.raises(NotFound):
        whose_share(act_as(people.olga))


def test_the_figures_take_as_many_queries_for_a_long_history_as_for_a_short_one(
    ops: Actor,
) -> None:
    (rep, *_) = company(3)

    def asked() -> int:
        with statements() as captured:
            (found,) = own_groups(rep.user, days())
            own_lines(rep.user, found.group, days())
        return len(captured)

    take_in(inquiries(1, 3, Random(1)), actor=SYSTEM)
    count_all()
    few = asked()
    for number in range(2, 12):
        take_in(inquiries(number, 5, Random(1)), actor=SYSTEM)
    count_all()
    assert asked() <= few <= 21
    assert period_of("30", today()) == days()
