"""The gate: connectors are the administrators' business."""

from django.db.models import QuerySet

from evenhand.connectors.models import Connector, Delivery
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound


def visible_connectors(actor: Actor) -> QuerySet[Connector]:
    """All connectors.

    :raises NotAllowed: the actor may not see them.
    """
    demand(actor, Right.EDIT_COMPANY)
    return Connector.objects.select_related("line").order_by("pk")


def connector_for(actor: Actor, connector_id: int) -> Connector:
    """A connector by id.

    :raises NotAllowed, NotFound: not his to see, or there is none.
    """
    found = visible_connectors(actor).filter(pk=connector_id).first()
    if found is None:
        raise NotFound("connector", connector_id)
    return found


def delivery_for(actor: Actor, connector_id: int, delivery_id: int) -> Delivery:
    """A delivery of a connector by id.

    :raises NotAllowed, NotFound: as above.
    """
    rows = connector_for(actor, connector_id).deliveries.filter(pk=delivery_id)
    found = rows.select_related("connector__line").first()
    if found is None:
        raise NotFound("delivery", delivery_id)
    return found
