"""Who may reach a comparison: whoever may edit rules."""

from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound
from evenhand.review.models import Comparison


def comparison_for(actor: Actor, comparison_id: int) -> Comparison:
    """A comparison, with its line, its version and who began it.

    :raises NotAllowed: the actor may not edit rules.
    :raises NotFound: there is none.
    """
    demand(actor, Right.EDIT_POLICY)
    found = Comparison.objects.select_related("line", "base", "started_by").filter(
        pk=comparison_id, line__is_active=True
    )
    comparison = found.first()
    if comparison is None:
        raise NotFound("comparison", comparison_id)
    return comparison
