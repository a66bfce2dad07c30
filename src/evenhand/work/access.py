"""The gate to load: one's own without any right, a colleague's for whoever leads him."""

from evenhand.people.access import own_or_in_scope
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound


def whose_load(actor: Actor, rep_id: int | None = None) -> Rep:
    """Whose load it is: one's own (None), or a rep's within reach.

    :raises NotAllowed: he receives nothing himself, or may not see people.
    :raises NotFound: there is no such rep within his reach.
    """
    wanted = rep_id if rep_id is not None else actor.user_id
    if wanted is None or (rep_id is None and not actor.is_rep):
        demand(actor, Right.SEE_PEOPLE)
        raise NotFound("person", wanted or 0)
    return own_or_in_scope(actor, wanted, Right.SEE_PEOPLE)
