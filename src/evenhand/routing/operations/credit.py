"""Owing a person more for a decision that went wrong: what an upheld appeal books."""

from django.utils import timezone

from evenhand.engine.facts import POINT, ItemKind
from evenhand.engine.ledger.bookings import Act
from evenhand.engine.reasons import reason
from evenhand.engine.routing.contests import counts_turns
from evenhand.engine.routing.edits import Edit, EditAct
from evenhand.ledger.models import Book, Posting
from evenhand.people.actor import Actor
from evenhand.people.models import Organization, Role
from evenhand.routing.desk import CHARGES, CannotAct, Desk, new_receipt_id, open_desk
from evenhand.routing.models import Receipt
from evenhand.routing.operations.acts import midnight_of_company

CREDIT = "credit"


def most_credit(decided: Receipt) -> int:
    """What may be credited for a decision at most, in micro-points: what the item cost.

    A turn where the group counts turns; nothing if the item is void, as if it had never come.
    """
    rows = Posting.objects.filter(item_kind=decided.item_kind, item_id=decided.item_id)
    if rows.filter(act=Act.VOIDED.value).exists():
        return 0
    key = Book.objects.filter(pk=decided.book_id or 0).values_list("key", flat=True).first()
    return POINT if key is not None and counts_turns(key) else decided.points


def credits_today(actor: Actor) -> int:
    """How often this person credited somebody since the company's midnight."""
    since = midnight_of_company(timezone.now())
    rows = Receipt.objects.filter(actor_id=actor.user_id, act=CREDIT, at__gte=since)
    return rows.count()


def credit(decided: Receipt, *, to: int, points: int, why: str, actor: Actor) -> int:
    """Credit a person for a decision, in the caller's transaction; returns the receipt's id.

    Those who shared the item make it up, in the grade it was booked in, so that the book still
    sums to zero. A manager does so at most as often a day as he may assign by hand.

    :raises CannotAct: too much, the day's limit, nobody's group any more, or no live rules.
    """
    most = most_credit(decided)
    if points > most:
        raise CannotAct(reason("appeal.too_many_points", points=points, limit=most), field="points")
    limit = Organization.objects.values_list("overrides_per_day", flat=True).get(pk=1)
    if actor.role == Role.MANAGER and limit is not None and credits_today(actor) >= limit:
        raise CannotAct(reason("appeal.limit_reached", limit=limit))
    desk = open_desk(ItemKind(decided.item_kind), decided.item_id)
    key, row, weights = _where(desk, decided, to)
    edit = Edit(
        act=EditAct.CREDIT,
        item_id=desk.facts.id,
        book=key,
        row=row,
        points=points,
        to_rep=str(to),
        weights=weights,
        actor=actor.caller,
    )
    receipt_id = new_receipt_id()
    line = desk.book_edit(edit, receipt_id=receipt_id)
    desk.write()
    Receipt.objects.create(
        id=receipt_id,
        line_id=desk.live.line_id,
        item_kind=decided.item_kind,
        item_id=decided.item_id,
        round=decided.round,
        at=desk.now,
        outcome="credited",
        cause="manual",
        rep_id=to,
        book_id=desk.kept[key].id,
        grade=decided.grade,
        points=points,
        actor_id=actor.user_id,
        act=CREDIT,
        reason=why,
        body=line,
    )
    return receipt_id


def _where(desk: Desk, decided: Receipt, to: int) -> tuple[str, int, tuple[tuple[str, int], ...]]:
    """Book, grade row and who makes it up: as the decision was booked, where he is a member."""
    person = str(to)
    for one in reversed(desk.booked):
        if one.receipt_id == decided.pk and one.act in CHARGES:
            key = desk.key_of(one.book_id)
            if desk.kept[key].book.has(person):
                return key, one.row, desk.weights_of(one)
    # Nobody paid for it (it waited, or nobody could take it), or he left that group: a group that
    # the item belongs to and that he is in; all its members make it up.
    own = [key for key, kept in desk.kept.items() if kept.book.has(person)]
    own.sort(key=lambda key: (desk.kept[key].id != decided.book_id, key))
    if not own:
        raise CannotAct(reason("appeal.not_in_the_group"))
    book = desk.kept[own[0]].book
    return own[0], book.row(decided.grade) if decided.grade in book.grades else 0, ()
