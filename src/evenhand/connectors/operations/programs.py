"""Who acts when a platform pushes: its connector, which may enter leads and log contacts."""

from evenhand.connectors.models import Connector
from evenhand.people.actor import Actor, ActorKind


def program(row: Connector) -> Actor:
    """A connector as the journal names it."""
    return Actor(ActorKind.CONNECTOR, token_id=row.pk, role="connector")
