"""Publishing a policy: a new live version; the one before retires. Nothing else changes."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from evenhand.engine.policy.load import policy_from_plain
from evenhand.journal.operations import record
from evenhand.people.actor import Actor, ActorKind
from evenhand.people.scope import Right, demand
from evenhand.platform.crashpoint import crashpoint
from evenhand.policies.live import LINE_LOCK
from evenhand.policies.models import Line, PolicyVersion, VersionState
from evenhand.policies.spellings import with_region_spellings

# What else happens when a version goes live, in its transaction: packages above add to it.
ALSO: list[Callable[[PolicyVersion, Actor], None]] = []


def publish(
    line_key: str,
    document: Mapping[str, Any],
    *,
    note: str = "",
    review_on: date | None = None,
    owner_id: int | None = None,
    expected: str = "",
    approved_by: int | None = None,
    back_to: int | None = None,
    actor: Actor,
) -> PolicyVersion:
    """Check a document and make it the line's live version; creates the line if it is new.

    People publish by `operations.publishing`, which asks for owner, date and second person; this
    is the last step of it, and how the system sets up a company.

    :raises NotAllowed: the actor may not edit policies.
    :raises InvalidPolicy: the document is not a policy.
    """
    demand(actor, Right.EDIT_POLICY)
    with transaction.atomic():
        line = _line(line_key)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LINE_LOCK, line.pk])
        last = line.versions.order_by("-number").values_list("number", flat=True).first()
        number = (last or 0) + 1
        plain = {**document, "line": line_key, "version": number}
        checked = with_region_spellings(policy_from_plain(plain))
        now = timezone.now()
        line.versions.filter(state=VersionState.LIVE).update(state=VersionState.RETIRED)
        version = PolicyVersion.objects.create(
            line=line,
            number=number,
            state=VersionState.LIVE,
            document=checked.as_plain(),
            label=checked.label,
            note=note,
            created_by_id=actor.user_id if actor.kind is not ActorKind.SYSTEM else None,
            published_at=now,
            review_on=review_on,
            owner_id=owner_id,
            expected=expected,
            approved_by_id=approved_by,
            back_to=back_to,
        )
        crashpoint("policy.written")
        record(
            "policy.published",
            actor=actor,
            object_kind="line",
            object_id=line.pk,
            data={
                "version": number,
                "label": checked.label,
                "owner": owner_id,
                "review_on": None if review_on is None else review_on.isoformat(),
                "approved_by": approved_by,
                "back_to": back_to,
            },
        )
        for also in ALSO:
            also(version, actor)
        crashpoint("policy.live")
    return version


def _line(key: str) -> Line:
    line = Line.objects.filter(key=key).first()
    if line is None:
        is_first = not Line.objects.exists()
        line = Line.objects.create(key=key, name=key, is_default=is_first)
    return line
