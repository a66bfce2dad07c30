"""Planning who looks after somebody's work during a leave: by class of items, and what comes back.

A manager's plan holds at once. Whoever plans for his own leave asks; his manager agrees.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from evenhand.handover.access import leave_for
from evenhand.handover.holdings import ITEM_KINDS, TASK
from evenhand.handover.models import Back, Cover, CoverRule, CoverState, Touch
from evenhand.handover.refusals import refuse
from evenhand.journal.operations import record
from evenhand.notify.operations import tell
from evenhand.people.access import own_or_in_scope, visible_people
from evenhand.people.actor import Actor
from evenhand.people.models import Leave, Rep
from evenhand.people.scope import NotAllowed, Right, demand, may
from evenhand.platform.refusal import NotFound

CLASS_KINDS = (*ITEM_KINDS, TASK)
MOST_RULES = 20
MOST_PER_DAY = 1_000


class Class(NamedTuple):
    """A class of items and who looks after it; "" = whatever it is, None = it stays."""

    item_kind: str = ""
    grade: str = ""
    touch: str = ""
    substitute: int | None = None


def plan_cover(
    leave_id: int,
    classes: Sequence[Class],
    *,
    comes_back: str = Back.ALL,
    back_per_day: int | None = None,
    actor: Actor,
) -> Cover:
    """Say who looks after what during a leave, in place of what was said before.

    What fits no class stays.

    :raises NotAllowed, NotFound: the leave is not his to plan, or out of reach.
    :raises CannotHandOver: it is over or has begun to move, a choice that there is not, or a
        substitute who left, is the person himself, or is away at the same time.
    """
    with transaction.atomic():
        leave = leave_for(actor, leave_id)
        own_or_in_scope(actor, leave.rep_id, Right.EDIT_LEAVE, locked=True)
        _check_leave(leave)
        known = Cover.objects.select_for_update().filter(leave=leave).first()
        if known is not None and known.state in (CoverState.BEGUN, CoverState.ENDED):
            raise refuse("handover.begun_already")
        _check_choices(classes, comes_back, back_per_day)
        for number, one in enumerate(classes):
            if one.substitute is not None:
                check_substitute(one.substitute, leave, actor, field=f"substitute_{number}")
        agrees = _decides(actor, leave)
        values = {
            "state": CoverState.AGREED if agrees else CoverState.ASKED,
            "comes_back": comes_back,
            "back_per_day": back_per_day,
            "made_by_id": actor.user_id,
            "agreed_by_id": actor.user_id if agrees else None,
        }
        cover, _ = Cover.objects.update_or_create(leave=leave, defaults=values)
        cover.rules.all().delete()
        CoverRule.objects.bulk_create(
            CoverRule(
                cover=cover,
                position=number,
                item_kind=one.item_kind,
                grade=one.grade,
                touch=one.touch,
                substitute_id=one.substitute,
            )
            for number, one in enumerate(classes)
        )
        _record("cover.planned", cover, actor)
        if agrees:
            _tell_substitutes(cover, actor)
        else:
            _ask_manager(cover, actor)
    return cover


def agree_cover(leave_id: int, *, actor: Actor) -> Cover:
    """Agree to the cover that somebody asked for.

    :raises NotAllowed, NotFound: not his to decide, or out of reach.
    :raises CannotHandOver: nothing waits for an answer, or a substitute cannot any more.
    """
    with transaction.atomic():
        cover = _decided(leave_id, actor)
        leave = cover.leave
        _check_leave(leave)
        for rule in cover.rules.exclude(substitute=None):
            check_substitute(rule.substitute_id or 0, leave, actor, field="")
        cover.state, cover.agreed_by_id = CoverState.AGREED, actor.user_id
        cover.save(update_fields=["state", "agreed_by"])
        _record("cover.agreed", cover, actor)
        _tell_substitutes(cover, actor)
        tell(leave.rep_id, "cover_agreed", params={"by": actor.user_id})
    return cover


def drop_cover(leave_id: int, *, actor: Actor) -> Cover:
    """Take a plan back before it begins, or say no to one that was asked for.

    :raises NotAllowed, NotFound: not his to plan, or out of reach.
    :raises CannotHandOver: there is none, or it has begun.
    """
    with transaction.atomic():
        leave = leave_for(actor, leave_id)
        own_or_in_scope(actor, leave.rep_id, Right.EDIT_LEAVE)
        cover = Cover.objects.select_for_update().filter(leave=leave).first()
        if cover is None or cover.state == CoverState.DROPPED:
            raise refuse("handover.nothing_planned")
        if cover.state in (CoverState.BEGUN, CoverState.ENDED):
            raise refuse("handover.begun_already")
        cover.state = CoverState.DROPPED
        cover.save(update_fields=["state"])
        _record("cover.dropped", cover, actor)
        if leave.rep_id != actor.user_id:
            tell(leave.rep_id, "cover_dropped", params={"by": actor.user_id})
    return cover


def check_substitute(rep_id: int, leave: Leave, actor: Actor, *, field: str) -> None:
    """Refuse a substitute who cannot stand in during this leave.

    Whoever plans for himself may ask for anybody of his own team; a manager for his people.

    :raises CannotHandOver: he left, is the person himself, out of reach, or away then.
    """
    row = Rep.objects.select_related("user").filter(pk=rep_id).first()
    if row is None or not _may_name(actor, row):
        raise refuse("handover.nobody_there", field=field)
    if not (row.is_active and row.user.is_active):
        raise refuse("edit.person_left", field=field, name=row.user.name)
    if rep_id == leave.rep_id:
        raise refuse("handover.himself", field=field)
    away = row.leaves.filter(
        canceled_at=None, from_at__lt=leave.until_at, until_at__gt=leave.from_at
    )
    if away.exists():
        raise refuse("handover.away_then", field=field, name=row.user.name)


def _may_name(actor: Actor, row: Rep) -> bool:
    if may(actor, Right.SEE_PEOPLE):
        return visible_people(actor).filter(pk=row.pk).exists()
    return row.user.team_id is not None and row.user.team_id == actor.team_id


def _check_leave(leave: Leave) -> None:
    if leave.canceled_at is not None or leave.until_at <= timezone.now():
        raise refuse("people.over_already")


def _check_choices(classes: Sequence[Class], comes_back: str, back_per_day: int | None) -> None:
    if not any(one.substitute is not None for one in classes):
        raise refuse("handover.nobody_chosen", field="substitute_0")
    if len(classes) > MOST_RULES:
        raise refuse("handover.too_many", limit=MOST_RULES)
    kinds, touches = ("", *CLASS_KINDS), ("", *Touch.values)
    wrong = [one for one in classes if one.item_kind not in kinds or one.touch not in touches]
    if wrong or comes_back not in Back.values or any(len(one.grade) > 40 for one in classes):
        raise refuse("handover.not_a_choice")
    if back_per_day is not None and not 1 <= back_per_day <= MOST_PER_DAY:
        raise refuse("handover.per_day", field="back_per_day", limit=MOST_PER_DAY)


def _decides(actor: Actor, leave: Leave) -> bool:
    """Whether this person's plan holds without anybody's word: he may move what others hold."""
    is_own = actor.user_id == leave.rep_id
    return not is_own and may(actor, Right.EDIT_LEAVE) and may(actor, Right.TRANSFER)


def _decided(leave_id: int, actor: Actor) -> Cover:
    demand(actor, Right.EDIT_LEAVE)
    demand(actor, Right.TRANSFER)
    leave = leave_for(actor, leave_id)
    if leave.rep_id == actor.user_id:
        raise NotAllowed(Right.EDIT_LEAVE)
    own_or_in_scope(actor, leave.rep_id, Right.EDIT_LEAVE)
    rows = Cover.objects.select_for_update(of=("self",)).select_related("leave__rep__user")
    cover = rows.filter(leave=leave).first()
    if cover is None:
        raise NotFound("cover", leave_id)
    if cover.state != CoverState.ASKED:
        raise refuse("handover.nothing_asked")
    return cover


def _tell_substitutes(cover: Cover, actor: Actor) -> None:
    rows = cover.rules.exclude(substitute=None)
    people = {one.substitute_id for one in rows if one.substitute_id is not None}
    people.discard(actor.user_id or 0)
    tell(
        people, "cover_planned", params={"by": cover.leave.rep_id},
        object_kind="leave", object_id=cover.leave_id,
    )  # fmt: skip


def _ask_manager(cover: Cover, actor: Actor) -> None:
    team = cover.leave.rep.user.team
    manager = None if team is None else team.manager_id
    if manager is not None and manager != actor.user_id:
        tell(
            manager, "cover_asked", params={"by": actor.user_id},
            object_kind="leave", object_id=cover.leave_id,
        )  # fmt: skip


def _record(kind: str, cover: Cover, actor: Actor) -> None:
    rules = cover.rules.exclude(substitute=None).order_by("position")
    data = {
        "leave": cover.leave_id,
        "substitutes": sorted({one.substitute_id or 0 for one in rules}),
        "back": cover.comes_back,
    }
    record(kind, actor=actor, object_kind="person", object_id=cover.leave.rep_id, data=data)
