"""Every kind of notice, to everybody: no message holds what its reader may not see.

A message leaves the house, so that nothing of a customer is in it for anybody; what is known of an
item beyond its number goes to its owner alone; who is gone gets nothing.
"""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from evenhand.journal.models import Outbox
from evenhand.leads.models import Lead
from evenhand.notify.choices import CHANNELS, GROUPS
from evenhand.notify.letters import gather
from evenhand.notify.models import ChannelSetup, ChatLink, Choice, Letter
from evenhand.notify.operations import tell
from evenhand.notify.wording import NOTICE_ICONS
from evenhand.people.models import User
from evenhand.platform.clock import now
from tests.access.company import SECRETS, World, build

pytestmark = pytest.mark.django_db

# Facts of the item that are no secret to its owner, and nobody else's business.
FACTS = ("火星区", "绝缘钳", "某某展会")
KINDS = sorted(NOTICE_ICONS)


def everybody_listens() -> tuple[World, Lead]:
    """The company, in which everybody is told everything by all channels, and the item."""
    world = build()
    lead = Lead.objects.get(pk=int(world.values["lead_id"]))
    Lead.objects.filter(pk=lead.pk).update(region=FACTS[0], product=FACTS[1], source=FACTS[2])
    ChannelSetup.objects.filter(key__in=CHANNELS).delete()
    for key in CHANNELS:
        ChannelSetup.objects.create(key=key, is_on=True)
    Choice.objects.all().delete()
    Choice.objects.create(user=None, channels={group: list(CHANNELS) for group in GROUPS})
    for user in User.objects.all():
        for key in CHANNELS[1:]:
            ChatLink.objects.create(user=user, channel=key, address=f"u{user.pk}")
    return world, lead


def sent(kind: str, world: World, lead: Lead) -> dict[int, str]:
    """All that goes out, by reader."""
    everybody = list(User.objects.all())
    Letter.objects.all().delete()
    Outbox.objects.all().delete()
    with transaction.atomic():
        tell(
            [user.pk for user in everybody],
            kind,
            params={"by": world.people.tom.pk, "count": 2},
            object_kind="lead",
            object_id=lead.pk,
        )
    gather(now() + timedelta(days=1))
    addresses = {user.email: user.pk for user in everybody}
    addresses |= {f"u{user.pk}": user.pk for user in everybody}
    found: dict[int, str] = {}
    for row in Outbox.objects.all():
        reader = addresses[row.payload["to"]]
        said = json.dumps(row.payload, ensure_ascii=False)
        found[reader] = found.get(reader, "") + said
    return found


def test_nobody_is_sent_what_he_may_not_see() -> None:
    world, lead = everybody_listens()
    at_work = set(User.objects.filter(is_active=True).values_list("pk", flat=True))
    for kind in KINDS:
        with transaction.atomic():
            found = sent(kind, world, lead)
            transaction.set_rollback(True)

        assert lead.owner_id in found, kind
        assert set(found) <= at_work, kind
        for reader, said in found.items():
            assert not any(secret in said for secret in SECRETS), (kind, reader)
            if reader != lead.owner_id:
                assert not any(fact in said for fact in FACTS), (kind, reader)


def test_the_control_an_owner_is_sent_what_is_known() -> None:
    world, lead = everybody_listens()

    found = sent("assigned", world, lead)

    assert set(found) == {lead.owner_id}
    assert all(fact in found[lead.owner_id] for fact in FACTS)
