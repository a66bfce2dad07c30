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
from tests.access.company import SECRETS, build

pytestmark = pytest.mark.django_db

# Facts of the item that are no secret to its owner, and nobody else's business.
FACTS = ("火星区", "绝缘钳", "某某展会")
KINDS = sorted(NOTICE_ICONS)


def sent(kind: str) -> tuple[dict[int, str], set[int], int]:
    """All that goes out, by reader; who is at work; the item's owner."""
    world = build()
    lead = Lead.objects.get(pk=int(world.values["lead_id"]))
    Lead.objects.filter(pk=lead.pk).update(region=FACTS[0], product=FACTS[1], source=FACTS[2])
    ChannelSetup.objects.filter(key__in=CHANNELS).delete()
    for key in CHANNELS:
        ChannelSetup.objects.create(key=key, is_on=True)
    Choice.objects.all().delete()
    Choice.objects.create(user=None, channels={group: list(CHANNELS) for group in GROUPS})
    everybody = list(User.objects.all())
    for user in everybody:
        for key in CHANNELS[1:]:
            ChatLink.objects.create(user=user, channel=key, address=f"u{user.pk}")
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
    at_work = {user.pk for user in everybody if user.is_active}
    return found, at_work, lead.owner_id or 0


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_sent_what_he_may_not_see(kind: str) -> None:
    found, at_work, owner = sent(kind)

    assert owner in found
    assert set(found) <= at_work
    for reader, said in found.items():
        assert not any(secret in said for secret in SECRETS), reader
        if reader != owner:
            assert not any(fact in said for fact in FACTS), reader


def test_the_control_an_owner_is_sent_what_is_known() -> None:
    found, _, owner = sent("assigned")

    assert set(found) == {owner}
    assert all(fact in found[owner] for fact in FACTS)
