"""A team out of balance: Ren has twelve leads and may have eight, his colleagues have none."""

from django.db import transaction

from evenhand.leads.models import Lead
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Calendar, Rep, User
from evenhand.people.operations.revision import people_changed
from evenhand.policies.operations.publish import publish
from evenhand.routing.take_in import take_in
from tests.server.cast import Cast, cast
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import policy


def uneven() -> Cast:
    """Everybody of the cast, with Ren's leads dealt by the rules."""
    found = cast()
    Calendar.objects.create(
        name="公司", zone="Asia/Shanghai", hours=["09:00-18:00"] * 5 + ["", ""], is_default=True
    )
    publish("direct", policy(), actor=SYSTEM)
    Rep.objects.exclude(pk=found.ren.pk).update(is_accepting=False)
    take_in(leads(12), actor=SYSTEM)
    Rep.objects.update(is_accepting=True)
    caps(found, ren=8, rui=20, carl=20)
    return found


def caps(people: Cast, **most: int) -> None:
    """How many open items each may have."""
    for name, count in most.items():
        Rep.objects.filter(pk=getattr(people, name).pk).update(capacity=count)
    with transaction.atomic():
        people_changed()


def held(user: User) -> int:
    """How many leads somebody has."""
    return Lead.objects.filter(owner_id=user.pk, state="owned").count()
