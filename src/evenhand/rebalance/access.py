"""The gate to rebalances: one's own, and those of people within reach."""

from django.db.models import Q, QuerySet

from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.names import Colleague, reps_within
from evenhand.people.scope import Right, demand, may, sees_everybody
from evenhand.platform.refusal import NotFound
from evenhand.rebalance.models import Rebalance


def visible(actor: Actor) -> QuerySet[Rebalance]:
    """Rebalances that somebody may see."""
    if not may(actor, Right.SEE_PEOPLE):
        return Rebalance.objects.none()
    if sees_everybody(actor):
        return Rebalance.objects.all()
    own = Q(made_by_id=actor.user_id or 0)
    return Rebalance.objects.filter(own | Q(team_id__in=sorted(actor.teams)))


def rebalance_for(
    actor: Actor, rebalance_id: int, right: Right = Right.SEE_PEOPLE, *, locked: bool = False
) -> Rebalance:
    """A rebalance by id; locked until the transaction ends, if asked for.

    :raises NotAllowed: he may not do this to any.
    :raises NotFound: there is none within his reach.
    """
    demand(actor, right)
    rows = visible(actor)
    rows = rows.select_for_update(of=("self",)) if locked else rows
    found = rows.select_related("team", "made_by", "approved_by").filter(pk=rebalance_id).first()
    if found is None:
        raise NotFound("rebalance", rebalance_id)
    return found


def people_of(actor: Actor, team_path: tuple[int, ...] | None) -> list[Colleague]:
    """The reps within reach whose load may be put right; of some teams only, if given."""
    found = reps_within(actor)
    if team_path is None:
        return found
    inside = set(Rep.objects.filter(user__team_id__in=team_path).values_list("pk", flat=True))
    return [one for one in found if one.id in inside]
