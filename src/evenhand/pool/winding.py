"""Winding clocks: working out, in sets, when those of open assignments run out.

Columns of the assignment are what was worked out last; whatever changes a fact sets `wound_at` to
NULL in its own transaction (triggers see to that, so that no way is missed) and the row is worked
out anew within seconds. Rows are locked before the facts are read: whoever changes a fact meanwhile
waits for the row, and sets it back, also where others still see it waiting. (ADR 0013)
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from evenhand.leads.models import Assignment
from evenhand.platform.clock import now as clock_now
from evenhand.platform.crashpoint import crashpoint
from evenhand.pool.failures import FAILED
from evenhand.pool.snapshot import Wound, work_out
from evenhand.pool.told import Word, tell_words

AT_ONCE = 200  # whoever changes a fact of one of these waits until all are worked out
_TRIED_AGAIN = timedelta(hours=1)


def wind(limit: int = AT_ONCE, *, now: datetime | None = None) -> int:
    """Work out what is to be worked out, at most so many, the newest first; how many were."""
    at = now or clock_now()
    with transaction.atomic():
        rows = Assignment.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            closed_at=None, wound_at=None
        )
        found = work_out(list(rows.order_by("-pk")[:limit]), at)
        write(found, at)
        crashpoint("clocks.wound")
    return len(found)


def wind_all(
    *,
    now: datetime | None = None,
    most: int = 50_000,
    after_portion: Callable[[], None] | None = None,
) -> int:
    """Work out all that is to be worked out, in portions, at most so many; how many were."""
    done = 0
    while done < most and (count := wind(now=now)):
        done += count
        if after_portion is not None:
            after_portion()
    return done


def restart(kind: str, item_ids: Iterable[int]) -> int:
    """The clocks of these items are to be worked out anew; in the caller's transaction."""
    return restart_all(item_kind=kind, item_id__in=list(item_ids))


def restart_all(**which: object) -> int:
    """The clocks of all open assignments of a filter are to be worked out anew."""
    rows = Assignment.objects.filter(closed_at=None, wound_at__isnull=False, **which)
    return rows.update(wound_at=None)


def try_again(now: datetime) -> int:
    """Clocks that could not be worked out are tried once more every hour."""
    return restart_all(clocks__has_key=FAILED, wound_at__lt=now - _TRIED_AGAIN)


def write(found: Sequence[Wound], at: datetime) -> None:
    """Write what was worked out into the rows, which are locked."""
    if not found:
        return
    tell_words(
        [
            Word("administrator", "clock_failed", one)
            for one in found
            if one.failure and FAILED not in (one.held.clocks or {})
        ]
    )
    bodies = [_body(one) for one in found]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE assignment AS a SET wound_at = %s, clocks = w.clocks, due_at = w.due,"
            " next_at = w.next, clocks_policy_id = coalesce(a.clocks_policy_id, w.policy)"
            " FROM unnest(%s::bigint[], %s::jsonb[], %s::timestamptz[], %s::timestamptz[],"
            " %s::bigint[]) AS w(id, clocks, due, next, policy) WHERE a.id = w.id",
            [
                at,
                [one.held.pk for one in found],
                [None if one is None else json.dumps(one, ensure_ascii=False) for one in bodies],
                [one.clocks.due_at for one in found],
                [one.next_at for one in found],
                [None if one.live is None else one.live.version_id for one in found],
            ],
        )


def _body(one: Wound) -> dict[str, Any] | None:
    """What the row says of its clocks. Where rules stand and none holds, that is said too, so that
    a change after which one does is noticed; NULL = there are no rules at all."""
    if one.failure:
        return {"clocks": [], FAILED: one.failure}
    if one.clocks.rule is None and one.live is not None and one.live.pools.clocks.rules:
        return {"clocks": []}
    return one.clocks.as_json()
