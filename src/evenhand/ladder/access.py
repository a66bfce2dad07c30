"""The gate to the ladder: proposals about people within reach, and whose growth one may read."""

from django.db.models import Q, QuerySet

from evenhand.ladder.models import Proposal
from evenhand.people.access import own_or_in_scope, visible_people
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.scope import Right, demand, may
from evenhand.platform.refusal import NotFound


def visible_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Proposals about people within reach.

    :raises NotAllowed: the actor may not see people.
    """
    demand(actor, Right.SEE_PEOPLE)
    people = visible_people(actor)
    return Proposal.objects.filter(rep__user__in=people).select_related("rep__user__team")


def proposal_to_decide(actor: Actor, proposal_id: int) -> Proposal:
    """A proposal by id, locked until the transaction ends.

    :raises NotAllowed: the actor may not decide on levels.
    :raises NotFound: there is none about somebody within his reach.
    """
    demand(actor, Right.GROW_PEOPLE)
    rows = visible_proposals(actor).select_for_update(of=("self",))
    found = rows.filter(pk=proposal_id).first()
    if found is None:
        raise NotFound("graduation", proposal_id)
    return found


def rep_of_proposal(actor: Actor, proposal_id: int) -> int:
    """Whom a proposal is about that one may read: oneself, or somebody within reach.

    :raises NotFound: there is no such proposal for him.
    """
    people = visible_people(actor) if may(actor, Right.SEE_PEOPLE) else ()
    rows = Proposal.objects.filter(pk=proposal_id)
    rows = rows.filter(Q(rep=actor.user_id or 0) | Q(rep__user__in=people))
    found = rows.values_list("rep_id", flat=True).first()
    if found is None:
        raise NotFound("graduation", proposal_id)
    return found


def growth_of(actor: Actor, rep_id: int | None) -> Rep:
    """Whose growth is read: one's own (None), or that of somebody within reach.

    :raises NotAllowed, NotFound: as `people.access.own_or_in_scope`.
    """
    return own_or_in_scope(actor, rep_id or actor.user_id or 0, Right.SEE_PEOPLE)
