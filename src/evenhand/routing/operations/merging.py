"""Merging by hand: two leads of one person, two accounts of one firm, two contacts; and undoing it.

Nobody pays twice: what the merged one cost is booked back, its owner has room again. Where the
owners differ a person chose who stays; that is a transfer like any other. Nothing is deleted: the
merged row keeps what it had, its past is read at the survivor, and within thirty days both can be
put back as they were.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.engine.routing.edits import EditAct
from evenhand.journal.operations import record
from evenhand.leads.access import NotFound, item_for, visible
from evenhand.leads.custody import Taking, add_loads, close_assignment, open_assignments
from evenhand.leads.merging import (
    CONTACT,
    FIELDS,
    MODELS,
    differences,
    exchange,
    gaps,
    join_relationships,
    place_of,
    turn,
)
from evenhand.leads.models import Company, Contact, Merge, State
from evenhand.ledger.models import Posting
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction
from evenhand.routing.desk import hold_books, new_receipt_id, open_desk
from evenhand.routing.operations.acts import check_target, write_receipt
from evenhand.routing.operations.give import give_for

UNDO_DAYS = 30
BOOKED = "posting.id"  # of what was moved: what the merge booked
KINDS = (ItemKind.LEAD.value, ItemKind.ACCOUNT.value, CONTACT)
_OPEN = frozenset({State.OWNED, State.QUEUED, State.POOLED, State.UNTENDED})


class CannotMerge(Refused):
    """Two that cannot be merged, or cannot be taken apart any more."""


def merge(
    kind: str,
    survivor_id: int,
    merged_id: int,
    *,
    take: Collection[str] = (),
    owner_id: int | None = None,
    actor: Actor,
) -> Merge:
    """Merge one item into another of its kind.

    `take` names the fields in which both say something and the merged one is right; what only the
    merged one says is taken anyway. `owner_id`: who holds the survivor then, one of the two owners;
    None = as it is, or the merged one's owner where nobody holds the survivor.

    :raises NotAllowed, NotFound: not his to do, or one of them is out of his reach.
    :raises CannotMerge: they are one, or one is merged or closed already.
    """
    demand(actor, Right.MERGE)
    return in_transaction(lambda: _merge(kind, survivor_id, merged_id, take, owner_id, actor))


def may_undo(done: Merge, *, now: datetime) -> bool:
    """Whether there is still time; what happened since is looked at when it is tried."""
    return done.undone_at is None and done.at >= now - timedelta(days=UNDO_DAYS)


def reach_for_merge(actor: Actor, kind: str, item_id: int) -> Any:
    """A lead, an account or a contact, for somebody who wants to merge it.

    A contact is within reach with its company, or with a lead that is about him.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    """
    demand(actor, Right.MERGE)
    if kind not in KINDS:
        raise NotFound(kind, item_id)
    if kind != CONTACT:
        return item_for(actor, kind, item_id, Right.MERGE)
    companies = visible(actor, ItemKind.ACCOUNT).values("pk")
    leads = visible(actor, ItemKind.LEAD).filter(contact_id=item_id).values("contact_id")
    rows = Contact.objects.filter(Q(company__in=companies) | Q(pk__in=leads))
    found = rows.filter(pk=item_id, erased_at=None, merged_into=None).first()
    if found is None:
        raise NotFound(kind, item_id)
    return found


def tell_of(who: int | None, notice: str, kind: str, item_id: int, actor: Actor) -> None:
    """Tell somebody what another did with an item of his."""
    if who is not None and who != actor.user_id:
        params = {"by": actor.user_id}
        tell(who, notice, params=params, object_kind=kind, object_id=item_id)


# -- merging -----------------------------------------------------------------------------------


def _merge(
    kind: str,
    survivor_id: int,
    merged_id: int,
    take: Collection[str],
    owner_id: int | None,
    actor: Actor,
) -> Merge:
    survivor = reach_for_merge(actor, kind, survivor_id)
    merged = reach_for_merge(actor, kind, merged_id)
    _check_two(kind, survivor, merged, take)
    if kind == CONTACT:
        return _merge_contacts(survivor_id, merged_id, take, actor, None)
    hold_books(ItemKind(kind), (survivor_id, merged_id))
    owner = _owner(survivor, merged, owner_id)
    was = {"survivor": place_of(kind, survivor), "merged": place_of(kind, merged)}
    now = timezone.now()
    before = _postings(kind, survivor_id, merged_id)
    _release(kind, merged, actor, now)
    crashpoint("merge.released")
    if owner is not None and owner != (survivor.owner_id if _is_held(survivor) else None):
        _hand(kind, survivor, owner, actor, now)
    survivor, merged = lock_two(kind, survivor_id, merged_id)
    _check_still(survivor, merged, was, owner)
    contacts = (survivor.contact_id, merged.contact_id) if kind == "lead" else (None, None)
    fields = _fields(kind, survivor, merged, take)
    exchange(kind, survivor, merged, fields)
    if kind == "account":
        _out_of_the_way(survivor, merged)
    moved = turn(kind, merged_id, survivor_id)
    _mark(kind, merged, survivor_id)
    crashpoint("merge.marked")
    if kind == "lead":
        _carry_contact_made(survivor, merged, was["merged"], owner)
    booked = sorted(_postings(kind, survivor_id, merged_id) - before)
    moved |= {BOOKED: booked} if booked else {}
    done = _write(kind, survivor_id, merged_id, actor, fields, moved, was, None)
    if contacts[0] is not None and contacts[1] is not None and contacts[0] != contacts[1]:
        of_person = [name for name in take if name in FIELDS[CONTACT] and name != "company"]
        _merge_contacts(contacts[0], contacts[1], of_person, actor, done)
    data = {"merged": merged_id, "merge": done.pk, "fields": fields, "rep": owner}
    record(f"{kind}.merged", actor=actor, object_kind=kind, object_id=survivor_id, data=data)
    if was["merged"]["state"] == State.OWNED and was["merged"]["owner_id"] != owner:
        tell_of(was["merged"]["owner_id"], "merged_away", kind, merged_id, actor)
    return done


def _check_two(kind: str, survivor: Any, merged: Any, take: Collection[str]) -> None:
    if survivor.pk == merged.pk:
        raise CannotMerge(reason("merge.same"))
    if unknown := [name for name in take if name not in FIELDS[kind]]:
        raise CannotMerge(reason("work.not_a_choice", value=unknown[0], choices=(*FIELDS[kind],)))
    for row in (survivor, merged):
        if row.merged_into_id is not None:
            raise CannotMerge(reason("merge.merged_already", value=str(row.pk)))
    if kind != CONTACT and survivor.state not in _OPEN and merged.state in _OPEN:
        raise CannotMerge(reason("merge.survivor_closed"))


def _is_held(row: Any) -> bool:
    return bool(row.state == State.OWNED)


def _owner(survivor: Any, merged: Any, chosen: int | None) -> int | None:
    """Who holds the survivor afterwards; None = nobody."""
    owners = [row.owner_id for row in (survivor, merged) if _is_held(row)]
    if chosen is not None:
        if chosen not in owners:
            raise CannotMerge(reason("merge.not_an_owner"), field="owner")
        return chosen
    return owners[0] if owners and survivor.state in _OPEN else None


def _is_booked(kind: str, row: Any) -> bool:
    return row.line_id is not None and (
        Posting.objects.filter(item_kind=kind, item_id=row.pk).exists()
    )


def _postings(kind: str, *ids: int) -> set[int]:
    found = Posting.objects.filter(item_kind=kind, item_id__in=ids)
    return set(found.values_list("pk", flat=True))


def _release(kind: str, merged: Any, actor: Actor, now: datetime) -> None:
    """Its owner has room again and gets back what it cost."""
    if not _is_held(merged):
        return
    if _is_booked(kind, merged):
        desk = open_desk(ItemKind(kind), merged.pk)
        receipt_id = new_receipt_id()
        line = desk.book(
            EditAct.VOID, to=None, rate_percent=100, actor=actor, receipt_id=receipt_id
        )
        desk.write()
        write_receipt(
            desk, receipt_id, act="merge", rep_id=None, why="duplicate", note="", body=line,
            actor=actor,
        )  # fmt: skip
    close_assignment(kind, merged.pk, by="merged", at=now)


def _hand(kind: str, row: Any, to: int, actor: Actor, now: datetime) -> None:
    """Give an item to somebody, booked where its line books anything."""
    if row.line_id is None:
        close_assignment(kind, row.pk, by="transfer", at=now)
        open_for(kind, row.pk, to, 0, None, now)
        MODELS[kind]._default_manager.filter(pk=row.pk).update(
            state=State.OWNED, owner_id=to, assigned_at=now, pool="", why_unassigned=None,
            queued_at=None,
        )  # fmt: skip
        return
    desk = open_desk(ItemKind(kind), row.pk)
    check_target(desk, actor, to)
    give_for(desk, to=to, why="merged", actor=actor)


def open_for(
    kind: str, item_id: int, rep_id: int, points: int, receipt_id: int | None, at: datetime
) -> None:
    """Let somebody hold an item, at so many points of load."""
    open_assignments([Taking(kind, item_id, rep_id, "merged", points, receipt_id)], at=at)
    add_loads({rep_id: (1, points)})


def lock_two(kind: str, survivor_id: int, merged_id: int) -> tuple[Any, Any]:
    """Both rows, locked in the order of their ids: the survivor, the merged one."""
    rows = MODELS[kind]._default_manager.select_for_update().order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=(survivor_id, merged_id))}
    if len(found) < 2:
        raise NotFound(kind, survivor_id)
    return found[survivor_id], found[merged_id]


def _check_still(survivor: Any, merged: Any, was: dict[str, Any], owner: int | None) -> None:
    """Somebody else may have been there between looking and locking.

    Whoever claimed the merged one meanwhile would hold what is there no more.
    """
    first, second = was["survivor"], was["merged"]
    expected = (first["state"], first["owner_id"]) if owner is None else (State.OWNED, owner)
    gone = survivor.merged_into_id is not None or merged.merged_into_id is not None
    is_other = (merged.state, merged.owner_id) != (second["state"], second["owner_id"])
    if gone or is_other or (survivor.state, survivor.owner_id) != expected:
        raise CannotMerge(reason("work.changed_meanwhile"))


def _fields(kind: str, survivor: Any, merged: Any, take: Collection[str]) -> list[str]:
    differing = set(differences(kind, survivor, merged))
    wanted = {name for name in take if name in differing} | set(gaps(kind, survivor, merged))
    return [name for name in FIELDS[kind] if name in wanted]


def _mark(kind: str, merged: Any, survivor_id: int) -> None:
    values: dict[str, Any] = {"merged_into_id": survivor_id}
    if kind != CONTACT:
        values["state"] = State.MERGED
    if kind == "lead":
        values["contact_due_at"] = None
    MODELS[kind]._default_manager.filter(pk=merged.pk).update(**values)


def _out_of_the_way(survivor: Company, merged: Company) -> None:
    """A company that stood below the one it takes in moves up to where that one stood."""
    above, steps = survivor.parent_id, 0
    while above is not None and above != merged.pk and steps < 20:
        above = Company.objects.values_list("parent_id", flat=True).get(pk=above)
        steps += 1
    if above == merged.pk:
        survivor.parent_id = merged.parent_id
        survivor.save(update_fields=["parent_id"])


def _carry_contact_made(survivor: Any, merged: Any, was: dict[str, Any], owner: int | None) -> None:
    """Whoever spoke with the customer about the one need not be reminded of the other."""
    if owner is None or was["owner_id"] != owner or merged.contacted_at is None:
        return
    if survivor.contacted_at is None:
        survivor.contacted_at, survivor.contact_due_at = merged.contacted_at, None
        survivor.save(update_fields=["contacted_at", "contact_due_at"])


def _merge_contacts(
    survivor_id: int, merged_id: int, take: Collection[str], actor: Actor, part_of: Merge | None
) -> Merge:
    survivor, merged = lock_two(CONTACT, survivor_id, merged_id)
    _check_two(CONTACT, survivor, merged, take)
    fields = _fields(CONTACT, survivor, merged, take)
    exchange(CONTACT, survivor, merged, fields)
    moved = turn(CONTACT, merged_id, survivor_id)
    join_relationships(merged_id, survivor_id)
    _mark(CONTACT, merged, survivor_id)
    done = _write(CONTACT, survivor_id, merged_id, actor, fields, moved, {}, part_of)
    data = {"merged": merged_id, "merge": done.pk, "fields": fields}
    record("contact.merged", actor=actor, object_kind=CONTACT, object_id=survivor_id, data=data)
    return done


def _write(
    kind: str,
    survivor_id: int,
    merged_id: int,
    actor: Actor,
    fields: list[str],
    moved: dict[str, list[int]],
    was: dict[str, Any],
    part_of: Merge | None,
) -> Merge:
    after = MODELS[kind]._default_manager.get(pk=survivor_id)
    return Merge.objects.create(
        item_kind=kind,
        survivor_id=survivor_id,
        merged_id=merged_id,
        part_of=part_of,
        by_id=actor.user_id,
        fields=fields,
        moved=moved,
        was=was,
        now=place_of(kind, after),
    )
