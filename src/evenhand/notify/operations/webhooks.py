"""Webhooks: added, changed, their secret replaced, tested, and what was parked sent once more."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from evenhand.engine.reasons import reason
from evenhand.journal.catalogue import CATALOGUE
from evenhand.journal.models import Outbox
from evenhand.journal.operations import record
from evenhand.notify.channels.base import Outcome, Outgoing, Refused, check_target
from evenhand.notify.channels.webhook import new_secret
from evenhand.notify.lanes import WEBHOOK, target_of
from evenhand.notify.models import Webhook
from evenhand.notify.operations.channels import replay
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.people.sealing import seal
from evenhand.platform.http_out import NotAllowedThere
from evenhand.platform.refusal import NotFound
from evenhand.platform.refusal import Refused as Refusal

# While a secret is replaced, both sign for so long.
BOTH_SIGN = timedelta(hours=24)
MOST = 50


class CannotHook(Refusal):
    """A webhook cannot be like this; `field` names what is wrong."""


def webhook_for(actor: Actor, webhook_id: int) -> Webhook:
    """A webhook by id.

    :raises NotAllowed, NotFound: not his to see, or there is none.
    """
    demand(actor, Right.EDIT_COMPANY)
    found = Webhook.objects.filter(pk=webhook_id).first()
    if found is None:
        raise NotFound("webhook", webhook_id)
    return found


def add_webhook(
    name: str, url: str, kinds: Collection[str], *, actor: Actor
) -> tuple[Webhook, str]:
    """A new webhook, and its secret, which is shown now and never again.

    :raises NotAllowed: the actor may not.
    :raises CannotHook: no name, an address that cannot be, an event that does not exist.
    """
    demand(actor, Right.EDIT_COMPANY)
    name, url, chosen = _checked(name, url, kinds)
    if Webhook.objects.count() >= MOST:
        raise CannotHook(reason("webhook.too_many", limit=MOST))
    secret = new_secret()
    with transaction.atomic():
        hook = Webhook.objects.create(name=name, url=url, kinds=chosen, secret=seal(secret))
        _note("webhook.added", hook, actor, {"name": name, "kinds": chosen})
    return hook, secret


def edit_webhook(
    webhook_id: int, name: str, url: str, kinds: Collection[str], *, is_on: bool, actor: Actor
) -> None:
    """Change a webhook; what it is owed already goes to the new address.

    :raises NotAllowed, NotFound, CannotHook: as above.
    """
    hook = webhook_for(actor, webhook_id)
    hook.name, hook.url, hook.kinds = _checked(name, url, kinds)
    hook.is_on, hook.held_until = is_on, None
    with transaction.atomic():
        hook.save(update_fields=["name", "url", "kinds", "is_on", "held_until"])
        data = {"name": hook.name, "kinds": hook.kinds, "is_on": is_on}
        _note("webhook.edited", hook, actor, data)


def rotate_secret(webhook_id: int, *, actor: Actor) -> str:
    """A new secret, shown now and never again; the old one signs too for BOTH_SIGN.

    :raises NotAllowed, NotFound: as above.
    """
    secret = new_secret()
    hook = webhook_for(actor, webhook_id)
    hook.old_secret, hook.secret = hook.secret, seal(secret)
    hook.old_until = timezone.now() + BOTH_SIGN
    with transaction.atomic():
        hook.save(update_fields=["secret", "old_secret", "old_until"])
        _note("webhook.secret_rotated", hook, actor, {"name": hook.name})
    return secret


def remove_webhook(webhook_id: int, *, actor: Actor) -> None:
    """Take a webhook away, with all it is still owed.

    :raises NotAllowed, NotFound: as above.
    """
    hook = webhook_for(actor, webhook_id)
    with transaction.atomic():
        _note("webhook.removed", hook, actor, {"name": hook.name})
        # That event is owed to it, too.
        Outbox.objects.filter(kind=WEBHOOK, payload__webhook=hook.pk, delivered_at=None).delete()
        hook.delete()


def replay_webhook(webhook_id: int, *, actor: Actor) -> int:
    """Send once more what was parked; how many events.

    :raises NotAllowed, NotFound: as above.
    """
    hook = webhook_for(actor, webhook_id)
    with transaction.atomic():
        count = replay(WEBHOOK, now=timezone.now(), webhook_id=hook.pk, actor=actor)
        if count:
            Webhook.objects.filter(pk=hook.pk).update(held_until=None)
            _note("webhook.replayed", hook, actor, {"name": hook.name, "count": count})
    return count


def test_webhook(webhook_id: int, *, actor: Actor) -> Outcome:
    """Send an event of the type `webhook.test`, now.

    :raises NotAllowed, NotFound: as above.
    """
    hook = webhook_for(actor, webhook_id)
    target = target_of(hook, timezone.now)
    if target is None:
        return Refused("bad_keys", "")
    body = {"type": "webhook.test", "at": timezone.now().isoformat(), "data": {"webhook": hook.pk}}
    stamp = f"test_{hook.pk}_{int(timezone.now().timestamp())}"
    return target.send(Outgoing(stamp, WEBHOOK, {"id": stamp, "body": body}))


def _checked(name: str, url: str, kinds: Collection[str]) -> tuple[str, str, list[str]]:
    name, url = name.strip()[:80], url.strip()
    if not name:
        raise CannotHook(reason("webhook.name_missing"), field="name")
    unusable = CannotHook(reason("channel.address_unusable", value=url[:80]), field="url")
    try:
        check_target(url)
    except NotAllowedThere:
        raise unusable from None
    if len(url) > 500:
        raise unusable
    unknown = sorted(set(kinds) - CATALOGUE.keys())
    if unknown:
        raise CannotHook(reason("webhook.event_unknown", value=unknown[0][:60]), field="kinds")
    return name, url, sorted(set(kinds))


def _note(kind: str, hook: Webhook, actor: Actor, data: dict[str, object]) -> None:
    record(kind, actor=actor, object_kind="webhook", object_id=hook.pk, data=data)
