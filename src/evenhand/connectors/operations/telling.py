"""Telling administrators that deliveries wait for a mapping to be mended: not for every one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from evenhand.connectors.models import Connector
from evenhand.notify.operations import tell
from evenhand.people.models import Role, User

# Whoever was told is told again after so long, if there is more.
QUIET = timedelta(hours=1)


def tell_to_mend(connector_id: int, *, now: datetime) -> None:
    """Tell the administrators once an hour that something of a connector is to mend."""
    quiet = Q(told_at=None) | Q(told_at__lt=now - QUIET)
    with transaction.atomic():
        if not Connector.objects.filter(quiet, pk=connector_id).update(told_at=now):
            return
        people = User.objects.filter(role=Role.ADMIN, is_active=True).values_list("pk", flat=True)
        tell(set(people), "connector_to_mend", object_kind="connector", object_id=connector_id)
