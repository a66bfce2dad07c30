"""Counting ahead what pages of pools show, where there is too much to wait for."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import connection, transaction

from evenhand.people.clocks import company_zone, whole_days
from evenhand.policies.live import NoSuchLine
from evenhand.policies.queries import lines
from evenhand.pool.flow import Watched
from evenhand.pool.models import KeptOverview
from evenhand.pool.overview import as_kept, count_overview, key_of
from evenhand.routing.world import world_of

# So many stays are counted at once, while somebody waits.
COUNTED_AT_ONCE = 50_000


def keep_overviews(
    periods: Sequence[tuple[date, date]], now: datetime, *, counted_at_once: int = COUNTED_AT_ONCE
) -> int:
    """Count every usual selection of pools over these periods; returns how many there are.

    A period goes from its first day through its last.

    Where a few stays are all there is, nothing is kept: then pages count themselves.
    """
    kept = []
    if _stays() > counted_at_once:
        zone = company_zone()
        for pools in _selections():
            for first, last in periods:
                kept.append(_keep(pools, *whole_days(first, last, zone), now))
    KeptOverview.objects.exclude(pk__in=kept).delete()
    return len(kept)


def _keep(pools: Sequence[Watched], since: datetime, until: datetime, now: datetime) -> str:
    key = key_of(pools, since, until)
    body = as_kept(count_overview(pools, since, until, now))
    KeptOverview.objects.update_or_create(pk=key, defaults={"at": now, "body": body})
    return key


def _stays() -> float:
    """How many stays there are, as the planner reckons."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'pool_stay'::regclass")
        found: float = cursor.fetchone()[0]
    return found


def _selections() -> Iterator[list[Watched]]:
    """What people choose: all pools, those of a line, one; and all that somebody looks after."""
    everything: list[Watched] = []
    tended: dict[str, list[Watched]] = {}
    for line in lines():
        try:
            with transaction.atomic():
                pools = world_of(line.key).live.pools.pools.values()
        except NoSuchLine:
            continue
        for ready in pools:
            one = Watched(line.pk, line.name, ready.name)
            everything.append(one)
            for person in ready.administrators:
                tended.setdefault(person, []).append(one)
    chosen = [everything, *tended.values()]
    chosen += [[one for one in everything if one.line_id == line] for line in _lines(everything)]
    chosen += [[one] for one in everything]
    yield from {tuple(sorted(one.key for one in pools)): pools for pools in chosen}.values()


def _lines(pools: Sequence[Watched]) -> set[int]:
    return {one.line_id for one in pools}
