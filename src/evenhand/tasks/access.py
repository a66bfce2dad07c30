"""The gate to to-dos: whose somebody sees, and which he may change."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand, may, sees_everybody
from evenhand.platform.refusal import NotFound
from evenhand.tasks.models import Photo, Series, Task, TaskState

_NOBODYS = (TaskState.OPEN, TaskState.OFFERED)


def within_reach(actor: Actor, states: Collection[str] | None = None) -> Q:
    """The condition on a to-do that the actor may see it.

    Those of people in his data scope; on the market, whoever claims; what waits, whoever sees the
    unassigned; and what he made himself. Whoever asks for some `states` alone names them: what no
    such to-do fulfills is left out, so that an index over owners answers.
    """
    if not may(actor, Right.SEE_ITEMS):
        return Q(pk__in=())
    if sees_everybody(actor):
        return Q()
    owners = actor.reps | ({actor.user_id} if actor.user_id is not None else set())
    # Ids, not a join: an index over owners answers also where this is one of several alternatives.
    reach = Q(owner_id__in=sorted(owners))
    left = [one for one in _NOBODYS if states is None or one in states]
    if may(actor, Right.SEE_UNASSIGNED):
        reach |= Q(owner=None, state__in=left) if left else Q(pk__in=())
    elif may(actor, Right.CLAIM) and actor.is_rep and TaskState.OFFERED in left:
        reach |= Q(state=TaskState.OFFERED)
    return reach


def visible(actor: Actor, states: Collection[str] | None = None) -> QuerySet[Task]:
    """All to-dos that the actor may see; with `states` only those are asked for, see above."""
    rows = Task.objects.filter(within_reach(actor, states))
    if states is None:
        return rows
    only = tuple(states)
    return rows.filter(state=only[0]) if len(only) == 1 else rows.filter(state__in=only)


def task_for(actor: Actor, task_id: int, right: Right = Right.SEE_ITEMS) -> Task:
    """A to-do by id, for somebody who wants to do something with it.

    :raises NotAllowed: he may not do this to any.
    :raises NotFound: there is none within his reach.
    """
    demand(actor, right)
    found = visible(actor).select_related("line", "series").filter(pk=task_id).first()
    if found is None:
        raise NotFound("task", task_id)
    return found


def locked_task(actor: Actor, task_id: int, right: Right) -> Task:
    """The same, locked until the transaction ends; raises as `task_for`."""
    demand(actor, right)
    rows = visible(actor).select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=task_id).first()
    if found is None:
        raise NotFound("task", task_id)
    return found


def visible_series(actor: Actor) -> QuerySet[Series]:
    """Series that the actor may see: all for who assigns, else those that make his own to-dos."""
    if not may(actor, Right.SEE_ITEMS):
        return Series.objects.none()
    if may(actor, Right.ASSIGN) or sees_everybody(actor):
        return Series.objects.all()
    return Series.objects.filter(Q(rep_id=actor.user_id) | Q(created_by_id=actor.user_id))


def series_for(
    actor: Actor, series_id: int, right: Right = Right.SEE_ITEMS, *, locked: bool = False
) -> Series:
    """A series by id; raises as `task_for`."""
    demand(actor, right)
    rows = visible_series(actor)
    if locked:
        rows = rows.select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=series_id).first()
    if found is None:
        raise NotFound("series", series_id)
    return found


def sees_task(actor: Actor, task_id: int) -> bool:
    """Whether somebody may see a to-do."""
    return visible(actor).filter(pk=task_id).exists()


def photos_of(actor: Actor, task_id: int) -> QuerySet[Photo]:
    """The photos of a to-do that the actor may see, the first first, without the pictures."""
    rows = Photo.objects.filter(task__in=visible(actor).filter(pk=task_id))
    return rows.defer("content").order_by("pk")


def photo_for(actor: Actor, task_id: int, photo_id: int) -> Photo:
    """A photo by id; raises as `task_for`, also where its picture was erased."""
    task = task_for(actor, task_id)
    found = Photo.objects.filter(task=task, pk=photo_id).first()
    if found is None or not found.content:
        raise NotFound("photo", photo_id)
    return found
