"""Telling those concerned: live pages, and notices to people who have to decide."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Min

from evenhand.engine.facts import ItemKind
from evenhand.journal.live import hint
from evenhand.leads.access import MODELS
from evenhand.leads.models import State
from evenhand.notify.delivery import mail_is_set_up
from evenhand.notify.models import Notice
from evenhand.notify.operations import owe_mail, tell
from evenhand.people.models import Role, User
from evenhand.people.organization import organization
from evenhand.policies.models import Line
from evenhand.wording.catalogue import DEFAULT_LOCALE

if TYPE_CHECKING:
    from evenhand.routing.deal import Placement
    from evenhand.routing.world import World

# Shorter waits end by themselves more often than not: somebody comes back, or closes something.
WAITED_TOO_LONG = timedelta(minutes=15)
_PAGES = {
    ItemKind.LEAD: "/leads",
    ItemKind.ACCOUNT: "/accounts",
    ItemKind.OPPORTUNITY: "/opportunities",
}


def announce(placements: Sequence["Placement"], world: "World") -> None:
    """Wake the pages of those who received something and of those who watch; one hint a batch."""
    reps = sorted({one.rep_id for one in placements if one.rep_id is not None})
    if placements:
        hint({"inbox": reps, "decisions": []})
    mail_given((one.rep_id, one.kind, one.item_id) for one in placements if one.rep_id is not None)
    for one in placements:
        if one.escalated_to:
            people = _who_decides(one.escalated_to, world)
            tell(people, "escalated", object_kind=one.kind.value, object_id=one.item_id)


def mail_given(given: Iterable[tuple[int, ItemKind, int]]) -> None:
    """Owe one mail to each rep who wants it, for all that this act gave him: (rep, kind, item).

    In the transaction of the act: what is rolled back is never mailed, what is committed at least
    once. It names nobody and nothing of the customer; the link does, to whoever may see it.
    """
    if not mail_is_set_up():
        return
    items: dict[int, list[str]] = {}
    for rep_id, kind, item_id in given:
        items.setdefault(rep_id, []).append(f"{_PAGES[kind]}/{item_id}")
    people = User.objects.filter(pk__in=items, mails_items=True, is_active=True) if items else ()
    if not people:
        return
    company = organization()
    usual = DEFAULT_LOCALE if company is None else company.locale
    for user in people:
        count, pages = len(items[user.pk]), items[user.pk]
        path = pages[0] if count == 1 else "/"
        link = f"{settings.EVENHAND_URL}{path}"
        params: dict[str, str | int] = {"name": user.name, "count": count, "link": link}
        owe_mail(user.email, "items", locale=user.locale or usual, params=params)


def tell_of_waiting(now: datetime) -> int:
    """Tell sales operations of lines in which items wait for longer than WAITED_TOO_LONG.

    Once, until all that waited then have found their place; returns how many were told.
    """
    told = 0
    for line in Line.objects.filter(is_active=True).order_by("pk"):
        with transaction.atomic():
            count, oldest = _waiting(line, now - WAITED_TOO_LONG)
            if oldest is None:
                continue
            known = Notice.objects.filter(
                kind="unassigned_waiting", object_kind="line", object_id=line.pk, at__gte=oldest
            )
            people = set(_sales_operations()) - set(known.values_list("user_id", flat=True))
            tell(
                people,
                "unassigned_waiting",
                params={"count": count},
                object_kind="line",
                object_id=line.pk,
            )
            told += len(people)
    return told


def _waiting(line: Line, since: datetime) -> tuple[int, datetime | None]:
    """How many items of a line have waited since then or longer, and since when the first."""
    count, oldest = 0, None
    for kind in _PAGES:
        rows = MODELS[kind]._default_manager.filter(
            state=State.QUEUED, line=line, queued_at__lte=since
        )
        found = rows.aggregate(count=Count("pk"), oldest=Min("queued_at"))
        count += found["count"]
        oldest = min(filter(None, (oldest, found["oldest"])), default=None)
    return count, oldest


def _who_decides(name: str, world: "World") -> Collection[int]:
    """Whom a rule escalates to, by id, name or mail; sales operations where that is nobody now."""
    rep = world.people.team.find(name)
    if rep is not None and rep.is_active:
        return {int(rep.id)}
    users = User.objects.filter(is_active=True)
    found = users.filter(email=name.lower()) or users.filter(name=name)
    return {one.pk for one in found} or set(_sales_operations())


def _sales_operations() -> list[int]:
    people = User.objects.filter(is_active=True, role=Role.SALES_OPS)
    return list(people.order_by("pk").values_list("pk", flat=True))
