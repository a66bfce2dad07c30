"""Taking apart what was merged by hand: fields, owners and books as they were, or why not."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.engine.routing.edits import Edit, EditAct
from evenhand.journal.models import Event
from evenhand.journal.operations import record
from evenhand.leads.access import NotFound
from evenhand.leads.custody import close_assignment
from evenhand.leads.merging import (
    CONTACT,
    FIELDS,
    MODELS,
    exchange,
    place_of,
    put_back,
    turn_back,
)
from evenhand.leads.models import Assignment, Merge, State
from evenhand.ledger.models import Posting
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.scope import Right, demand
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.transactions import in_transaction
from evenhand.routing.desk import booked_of, hold_books, new_receipt_id, open_desk
from evenhand.routing.operations.acts import write_receipt
from evenhand.routing.operations.merging import (
    BOOKED,
    UNDO_DAYS,
    CannotMerge,
    lock_two,
    may_undo,
    open_for,
    reach_for_merge,
    tell_of,
)


def undo_merge(merge_id: int, *, actor: Actor) -> Merge:
    """Put both back as they were: fields, what hangs on them, who holds them, and the books.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotMerge: too long ago, or something happened since that cannot be taken apart.
    """
    demand(actor, Right.MERGE)
    return in_transaction(lambda: _undo(merge_id, actor))


def _undo(merge_id: int, actor: Actor) -> Merge:
    done = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if done is None or done.part_of_id is not None:
        raise NotFound("merge", merge_id)
    kind = done.item_kind
    reach_for_merge(actor, kind, done.survivor_id)
    now = timezone.now()
    if done.undone_at is not None:
        raise CannotMerge(reason("merge.undone_already"))
    if not may_undo(done, now=now):
        raise CannotMerge(reason("merge.too_late", limit=UNDO_DAYS))
    if kind != CONTACT:
        hold_books(ItemKind(kind), (done.survivor_id, done.merged_id))
    for part in done.parts.select_for_update().order_by("-pk"):
        _take_apart(part, actor, now)
    _take_apart(done, actor, now)
    record(
        f"{kind}.unmerged",
        actor=actor,
        object_kind=kind,
        object_id=done.survivor_id,
        data={"merged": done.merged_id, "merge": done.pk},
    )
    return done


def _take_apart(done: Merge, actor: Actor, now: datetime) -> None:
    kind = done.item_kind
    survivor, merged = lock_two(kind, done.survivor_id, done.merged_id)
    _check_can_part(done, survivor, merged)
    exchange(kind, survivor, merged, done.fields)
    moved = {place: ids for place, ids in done.moved.items() if place != BOOKED}
    turn_back(moved, done.merged_id, done.survivor_id)
    crashpoint("part.turned_back")
    MODELS[kind]._default_manager.filter(pk=merged.pk).update(merged_into=None)
    if kind != CONTACT:
        _give_survivor_back(kind, survivor, done, actor, now)
        crashpoint("part.survivor_back")
        _give_merged_back(kind, merged, done, actor, now)
    done.undone_at, done.undone_by_id = now, actor.user_id
    done.save(update_fields=["undone_at", "undone_by"])


def _check_can_part(done: Merge, survivor: Any, merged: Any) -> None:
    kind = done.item_kind
    if survivor.merged_into_id is not None:
        raise CannotMerge(reason("merge.merged_already", value=str(survivor.pk)))
    if merged.merged_into_id != survivor.pk or _is_erased(kind, survivor, merged):
        raise CannotMerge(reason("merge.gone"))
    if kind != CONTACT and any(
        getattr(survivor, name) != done.now[name] for name in ("state", "owner_id")
    ):
        raise CannotMerge(reason("merge.moved_since"))
    if _edited_since(done):
        raise CannotMerge(reason("merge.edited_since"))
    for side in done.was.values():
        owner = side["owner_id"] if side["state"] == State.OWNED else None
        if owner is not None and not Rep.objects.filter(pk=owner, is_active=True).exists():
            raise CannotMerge(reason("merge.owner_left"))


def _is_erased(kind: str, survivor: Any, merged: Any) -> bool:
    if kind == CONTACT:
        return survivor.erased_at is not None or merged.erased_at is not None
    return kind == "lead" and "erased" in (survivor.close_reason, merged.close_reason)


def _edited_since(done: Merge) -> bool:
    """Whether a field that changed places was corrected since: to which row would it belong?"""
    kinds = {"lead": "lead.edited", "account": "account.edited"}
    if not done.fields or done.item_kind not in kinds:
        return False
    columns = {column for name in done.fields for column in FIELDS[done.item_kind][name]}
    edits = Event.objects.filter(
        object_kind=done.item_kind,
        object_id=done.survivor_id,
        kind=kinds[done.item_kind],
        at__gt=done.at,
    )
    return any(columns & set(event.data.get("fields", ())) for event in edits)


def _give_survivor_back(kind: str, survivor: Any, done: Merge, actor: Actor, now: datetime) -> None:
    """Back to who held it, and to what it was where nothing happened to it since."""
    was, current = done.was["survivor"], place_of(kind, survivor)
    untouched = {name for name in was if current[name] == done.now[name]}
    changes_hands = any(was[name] != done.now[name] for name in ("state", "owner_id"))
    if changes_hands:
        close_assignment(kind, survivor.pk, by="unmerged", at=now)
    _reverse(kind, survivor.pk, done.moved.get(BOOKED, ()), was, actor)
    if changes_hands:
        _reopen(kind, survivor.pk, was, now)
        for who, notice in (
            (done.now["owner_id"], "transferred_away"),
            (was["owner_id"] if was["state"] == State.OWNED else None, "given_to_you"),
        ):
            tell_of(who, notice, kind, survivor.pk, actor)
    put_back(kind, survivor, was, untouched)


def _give_merged_back(kind: str, merged: Any, done: Merge, actor: Actor, now: datetime) -> None:
    was = done.was["merged"]
    _reverse(kind, merged.pk, done.moved.get(BOOKED, ()), was, actor)
    _reopen(kind, merged.pk, was, now)
    put_back(kind, merged, was, was)
    if was["state"] == State.OWNED:
        tell_of(was["owner_id"], "given_to_you", kind, merged.pk, actor)


def _reopen(kind: str, item_id: int, was: dict[str, Any], now: datetime) -> None:
    """Whoever held it holds it again, at the points it cost him."""
    if was["state"] != State.OWNED:
        return
    former = Assignment.objects.filter(
        item_kind=kind, item_id=item_id, rep_id=was["owner_id"]
    ).order_by("-pk")
    last = former.first()
    points, receipt_id = (0, None) if last is None else (last.points, last.receipt_id)
    open_for(kind, item_id, was["owner_id"], points, receipt_id, now)


def _reverse(
    kind: str, item_id: int, ids: Collection[int], was: dict[str, Any], actor: Actor
) -> None:
    """Book back what the merge booked for an item, to the last micro-point."""
    if not Posting.objects.filter(item_kind=kind, item_id=item_id, pk__in=ids).exists():
        return
    desk = open_desk(ItemKind(kind), item_id)
    last = desk.last_charge
    weights = () if last is None else desk.weights_of(last)
    mine = [one for one in desk.booked if one.pk in set(ids)]
    lines = {}
    for book_id in dict.fromkeys(one.book_id for one in mine):
        of_book = [one for one in mine if one.book_id == book_id]
        edit = Edit(
            act=EditAct.VOID,
            item_id=desk.facts.id,
            book=desk.key_of(book_id),
            row=of_book[0].row,
            points=desk.points,
            originals=tuple(booked_of(one, desk.facts.id) for one in of_book),
            weights=weights,
            actor=actor.caller,
        )
        receipt_id = new_receipt_id()
        lines[receipt_id] = desk.book_edit(edit, receipt_id=receipt_id)
    desk.write()
    owner = was["owner_id"] if was["state"] == State.OWNED else None
    for receipt_id, line in lines.items():
        write_receipt(
            desk, receipt_id, act="merge", rep_id=owner, why="unmerged", note="", body=line,
            actor=actor,
        )  # fmt: skip
