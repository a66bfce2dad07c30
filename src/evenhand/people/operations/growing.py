"""How reps grow: promoted, given a mentor; and what their ramp counts beside days."""

from collections.abc import Mapping

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record, record_many
from evenhand.people.access import rep_for
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.clocks import company_day
from evenhand.people.models import Rep
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import Right
from evenhand.platform.clock import now
from evenhand.platform.transactions import one_transaction


@one_transaction
def promote(user_id: int, level: str, *, expected: str, actor: Actor) -> Rep:
    """Give somebody his next level; `expected` is the one that he is thought to have.

    :raises NotAllowed, NotFound: as `access.rep_for`.
    :raises CannotEdit: it is about oneself, or he has another level by now.
    """
    rep = rep_for(actor, user_id, Right.GROW_PEOPLE, locked=True)
    _refuse_oneself(rep, actor)
    if rep.level != expected:
        raise CannotEdit(reason("ladder.level_changed"))
    rep.level, rep.level_since = level, company_day(now())
    rep.save(update_fields=["level", "level_since"])
    people_changed()
    record(
        "rep.promoted", actor=actor, object_kind="person", object_id=user_id,
        data={"level": [expected, level]},
    )  # fmt: skip
    return rep


@one_transaction
def name_mentor(user_id: int, mentor_id: int | None, *, actor: Actor) -> bool:
    """Say who stands beside somebody, None = nobody; whether that is new.

    :raises NotAllowed, NotFound: as `access.rep_for`.
    :raises CannotEdit: the mentor is himself, or somebody who is not in service.
    """
    rep = rep_for(actor, user_id, Right.GROW_PEOPLE, locked=True)
    if rep.mentor_id == mentor_id:
        return False
    if mentor_id == user_id:
        raise CannotEdit(reason("people.mentor_himself"), field="mentor")
    active = Rep.objects.filter(is_active=True, user__is_active=True)
    if mentor_id is not None and not active.filter(pk=mentor_id).exists():
        raise CannotEdit(reason("people.choice_gone"), field="mentor")
    was, rep.mentor_id = rep.mentor_id, mentor_id
    rep.save(update_fields=["mentor"])
    people_changed()
    record(
        "rep.edited", actor=actor, object_kind="person", object_id=user_id,
        data={"mentor_id": [was, mentor_id]},
    )  # fmt: skip
    return True


@one_transaction
def note_practice(found: Mapping[int, tuple[int, int]]) -> int:
    """Write how many leads each converted and how many days he was away; how many rows changed."""
    rows = (
        Rep.objects.filter(pk__in=found).select_for_update(of=("self",), no_key=True).order_by("pk")
    )
    changed = [row for row in rows if (row.results, row.days_away) != found[row.pk]]
    if not changed:
        return 0
    told = {
        row.pk: {
            "results": [row.results, found[row.pk][0]],
            "days_away": [row.days_away, found[row.pk][1]],
        }
        for row in changed
    }
    for row in changed:
        row.results, row.days_away = found[row.pk]
    Rep.objects.bulk_update(changed, ["results", "days_away"], 500)
    people_changed()
    record_many("rep.practice_counted", actor=SYSTEM, object_kind="person", data=told)
    return len(changed)


def _refuse_oneself(rep: Rep, actor: Actor) -> None:
    if rep.pk == actor.user_id:
        raise CannotEdit(reason("ladder.not_yourself"))
