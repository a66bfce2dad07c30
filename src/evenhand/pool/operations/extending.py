"""More time for a clock (延期): asked for by the owner, granted at once or by the manager.

It costs a part of the item's points, paid when it is granted; who is refused pays nothing.
"""

from datetime import datetime

from evenhand.engine.facts import ItemKind
from evenhand.engine.pool.section import ExtensionTerms
from evenhand.journal.operations import record
from evenhand.leads.models import Assignment
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.models import Role, Team, User
from evenhand.people.scope import RIGHTS, Right
from evenhand.platform.transactions import in_transaction
from evenhand.pool.governing import Governed, governed, open_assignment
from evenhand.pool.keeping import ACCEPT
from evenhand.pool.models import Extension
from evenhand.pool.refusals import refuse
from evenhand.pool.requests import extension_for
from evenhand.routing.desk import Desk, open_desk
from evenhand.routing.operations.acts import check_own, check_reason, reach
from evenhand.routing.operations.extend import EXTEND, pay_for_time


def ask_extension(kind: str, item_id: int, *, clock: str, reason: str, actor: Actor) -> Extension:
    """The owner asks for more time; where the rule needs no manager it is granted and paid at once.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotAct: he does not hold it.
    :raises CannotKeep: the rule offers none, not for this clock, not once more, or one waits.
    :raises ReasonMissing: no reason from the list.
    """
    check_reason(EXTEND, reason, "")
    item_kind = ItemKind(kind)
    reach(actor, item_kind, item_id, Right.WORK)

    def work() -> Extension:
        desk = open_desk(item_kind, item_id)
        check_own(desk.item, desk.facts.id, actor)
        found = governed(open_assignment(kind, item_id), desk.now)
        terms = _terms(found, clock)
        _check_times(found.assignment, clock, terms)
        row = Extension.objects.create(
            assignment=found.assignment,
            clock=clock,
            asked_by_id=actor.user_id,
            asked_at=desk.now,
            reason=reason,
            days=terms.by.days,
            minutes=terms.by.minutes,
            cost=found.assignment.points * terms.cost_percent // 100,
        )
        if terms.needs_manager:
            _tell_of_request(row, desk, actor)
        else:
            _grant(row, desk, percent=terms.cost_percent, actor=actor)
        return row

    return in_transaction(work)


def decide_extension(extension_id: int, *, is_granted: bool, actor: Actor) -> Extension:
    """A manager grants or refuses more time that somebody of his people asked for.

    :raises NotAllowed, NotFound: not his to decide, or out of his reach.
    :raises CannotKeep: it is his own, decided already, or the item changed hands meanwhile.
    """
    seen = extension_for(actor, extension_id)
    held = seen.assignment
    if seen.asked_by_id == actor.user_id:
        raise refuse("extend.own")

    def work() -> Extension:
        desk = open_desk(ItemKind(held.item_kind), held.item_id)
        rows = Extension.objects.select_for_update(of=("self",)).select_related("assignment")
        row = rows.get(pk=extension_id)
        if row.is_granted is not None:
            raise refuse("extend.decided")
        if row.assignment.closed_at is not None:
            raise refuse("extend.over")
        if is_granted:
            terms = _terms(governed(row.assignment, desk.now), row.clock)
            _grant(row, desk, percent=terms.cost_percent, actor=actor)
        else:
            _refuse(row, desk, actor)
        return row

    return in_transaction(work)


def _terms(found: Governed, clock: str) -> ExtensionTerms:
    if found.rule is None or found.rule.extension is None:
        raise refuse("extend.not_offered")
    if clock == ACCEPT or clock not in found.running:
        raise refuse("extend.no_such_clock", field="clock")
    return found.rule.extension


def _check_times(held: Assignment, clock: str, terms: ExtensionTerms) -> None:
    """Refuse more than the rule gives; what was refused does not count."""
    rows = Extension.objects.filter(assignment=held, clock=clock)
    if rows.filter(is_granted=None).exists():
        raise refuse("extend.waiting")
    if rows.filter(is_granted=True).count() >= terms.times:
        raise refuse("extend.used_up", limit=terms.times)


def _grant(row: Extension, desk: Desk, *, percent: int, actor: Actor) -> None:
    paid = pay_for_time(desk, percent=percent, why=row.reason, actor=actor)
    row.cost = paid.points
    _decided(row, is_granted=True, at=desk.now, actor=actor)
    Assignment.objects.filter(pk=row.assignment_id).update(wound_at=None)
    data = {
        "rep": desk.item.owner_id,
        "clock": row.clock,
        "days": row.days,
        "minutes": row.minutes,
        "points": row.cost,
        "receipt": paid.receipt_id,
    }
    _note(f"{desk.kind.value}.extended", desk, data, actor)
    _tell_owner(row, desk, "extension_granted", actor)


def _refuse(row: Extension, desk: Desk, actor: Actor) -> None:
    _decided(row, is_granted=False, at=desk.now, actor=actor)
    data = {"rep": desk.item.owner_id, "clock": row.clock}
    _note(f"{desk.kind.value}.extension_refused", desk, data, actor)
    _tell_owner(row, desk, "extension_refused", actor)


def _decided(row: Extension, *, is_granted: bool, at: datetime, actor: Actor) -> None:
    row.is_granted, row.decided_at, row.decided_by_id = is_granted, at, actor.user_id
    row.save(update_fields=["is_granted", "decided_at", "decided_by", "cost"])


def _note(kind: str, desk: Desk, data: dict[str, object], actor: Actor) -> None:
    record(kind, actor=actor, object_kind=desk.kind.value, object_id=desk.item.pk, data=data)


def _tell_owner(row: Extension, desk: Desk, notice: str, actor: Actor) -> None:
    if row.asked_by_id is not None and row.asked_by_id != actor.user_id:
        tell(
            row.asked_by_id,
            notice,
            params={"by": actor.user_id},
            object_kind=desk.kind.value,
            object_id=desk.item.pk,
        )


def _tell_of_request(row: Extension, desk: Desk, actor: Actor) -> None:
    data: dict[str, object] = {"rep": desk.item.owner_id, "clock": row.clock, "reason": row.reason}
    _note(f"{desk.kind.value}.extension_asked", desk, data, actor)
    tell(
        _deciders(actor.user_id or 0),
        "extension_asked",
        params={"by": actor.user_id},
        object_kind=desk.kind.value,
        object_id=desk.item.pk,
        needed_by=row.assignment.due_at,
    )


def _deciders(user_id: int) -> set[int]:
    """The manager of somebody's team, unless it is himself; else sales operations."""
    team = Team.objects.filter(members=user_id).select_related("manager").first()
    manager = None if team is None else team.manager
    if (
        manager is not None
        and manager.is_active
        and manager.pk != user_id
        and Right.TRANSFER in RIGHTS[manager.role]
    ):
        return {manager.pk}
    people = User.objects.filter(is_active=True, role=Role.SALES_OPS).exclude(pk=user_id)
    return set(people.values_list("pk", flat=True))
