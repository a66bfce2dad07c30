"""Filing an appeal: two taps, and somebody has to answer."""

from evenhand.appeals.access import receipt_to_appeal
from evenhand.appeals.deadline import answer_due
from evenhand.appeals.models import Appeal, AppealState
from evenhand.appeals.operations.handing import decider_of, refuse, tell_deciders
from evenhand.appeals.putting_right import was_taken_from
from evenhand.appeals.rules import APPEAL_WITHIN, INVALID, LONGEST, MOST_OPEN, OTHER, RECYCLED, WHYS
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.scope import Right, demand
from evenhand.platform.clock import now as clock_now
from evenhand.platform.transactions import in_transaction
from evenhand.routing.models import Receipt
from evenhand.routing.operations.credit import most_credit


def file_appeal(
    item_kind: str,
    item_id: int,
    why: str,
    note: str,
    *,
    receipt_id: int | None = None,
    actor: Actor,
) -> Appeal:
    """Object to a decision about an item: the one of `receipt_id`, else the latest that one may.

    `why` is one of `rules.WHYS`; `note` is needed with "other". The team's manager is told, else
    sales operations.

    :raises NotAllowed: the actor may not object at all.
    :raises NotFound: no decision about it concerns him.
    :raises CannotAppeal: no reason, too late, appealed already, or too many are open.
    """
    demand(actor, Right.APPEAL)
    note = note.strip()
    check_why(why, note)
    seen = receipt_to_appeal(actor, item_kind, item_id, receipt_id)
    return in_transaction(lambda: _file(seen, why, note, actor))


def check_why(why: str, note: str) -> None:
    """Refuse a reason that is not on the list, or "other" without words.

    :raises CannotAppeal: it is so, or the note is too long.
    """
    if why not in WHYS:
        raise refuse("appeal.reason_unknown", field="why")
    if why == OTHER and not note:
        raise refuse("appeal.note_missing", field="note")
    check_text(note, "note")


def check_text(text: str, field: str) -> None:
    """Refuse what is too long to keep.

    :raises CannotAppeal: it is.
    """
    if len(text) > LONGEST:
        raise refuse("appeal.text_too_long", field=field, limit=LONGEST)


def _file(receipt: Receipt, why: str, note: str, actor: Actor) -> Appeal:
    # His row: of two appeals of one person at a time the second counts the first.
    person = User.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.user_id or 0)
    now = clock_now()
    if receipt.at < now - APPEAL_WITHIN:
        raise refuse("appeal.too_late", limit=APPEAL_WITHIN.days)
    check_open(person, receipt.item_kind, receipt.item_id)
    decided = (AppealState.UPHELD, AppealState.REJECTED)
    if Appeal.objects.filter(person=person, receipt=receipt, state__in=decided).exists():
        raise refuse("appeal.decided_already")
    if why == INVALID:
        _check_invalid(receipt, person)
    if why == RECYCLED and not was_taken_from(receipt, person.pk):
        raise refuse("appeal.not_taken_away", field="why")
    appeal = Appeal(
        person=person,
        receipt=receipt,
        item_kind=receipt.item_kind,
        item_id=receipt.item_id,
        line_id=receipt.line_id,
        rule=receipt.rule,
        book_id=receipt.book_id,
        why=why,
        note=note,
        filed_at=now,
        due_at=answer_due(now),
        state=AppealState.OPEN,
    )
    appeal.decider_id = decider_of(appeal)
    appeal.save(force_insert=True)
    data = {
        "item_kind": appeal.item_kind,
        "item": appeal.item_id,
        "reason": why,
        "receipt": receipt.pk,
        "to": appeal.decider_id,
    }
    record("appeal.filed", actor=actor, object_kind="appeal", object_id=appeal.pk, data=data)
    tell_deciders(appeal, "appeal_filed", needed_by=None)
    return appeal


def check_open(person: User, item_kind: str, item_id: int) -> None:
    """Refuse one more open appeal about the same item, or too many; under the person's lock.

    :raises CannotAppeal: it would be.
    """
    mine = Appeal.objects.filter(person=person, state=AppealState.OPEN)
    if mine.filter(item_kind=item_kind, item_id=item_id).exists():
        raise refuse("appeal.open_already")
    if mine.count() >= MOST_OPEN:
        raise refuse("appeal.too_many_open", limit=MOST_OPEN)


def _check_invalid(receipt: Receipt, person: User) -> None:
    """An invalid lead costs whoever had it, once: void, its points are back already."""
    if person.pk not in (receipt.rep_id, receipt.from_rep_id):
        raise refuse("appeal.not_your_item", field="why")
    if most_credit(receipt) == 0 and receipt.points:
        raise refuse("appeal.void_already", field="why")
