"""Delivering what committed transactions owe: at least once, with pauses that grow, then parked.

Each channel, and each webhook by itself, is a lane with few places: whoever hangs holds up nobody
else. A row is claimed for a while before it is sent; if we die in between, it is sent again.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from evenhand.journal.models import Outbox
from evenhand.notify.channels.base import Later, Outcome, Outgoing, Refused, Sent
from evenhand.notify.channels.mail import mail_is_set_up
from evenhand.notify.lanes import MAIL, Lane, Prepared, open_lanes, prepared
from evenhand.platform.crashpoint import crashpoint

__all__ = ["MAIL", "PAUSES", "Delivered", "deliver_due", "mail_is_set_up"]

log = logging.getLogger(__name__)

# Pauses after each failed try: eight tries within 24 hours.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 819))
# Whoever claimed a row and died: another may take it then. Longer than any send takes.
LEASE = timedelta(minutes=2)
# What waits for a limit of the other side is not counted as tried, but not kept for ever.
OLDEST = timedelta(days=3)
_THREADS = 16
# New rows, and lanes that others free, are looked for at least so often.
_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one run did: sent, to be tried again, given up."""

    sent: int = 0
    postponed: int = 0
    parked: int = 0

    @property
    def total(self) -> int:
        """How many it looked at."""
        return self.sent + self.postponed + self.parked


def deliver_due(
    now: datetime, limit: int = 100, *, clock: Callable[[], datetime] | None = None
) -> Delivered:
    """Send what is due, at most `limit`. Several may run at once.

    `clock` tells the time while it runs; without one the run sees everything at `now`.
    """
    return _Run(clock or (lambda: now), limit).work()


@dataclass
class _Run:
    """One run over all lanes."""

    clock: Callable[[], datetime]
    limit: int
    flying: dict[Future[Outcome], tuple[Outbox, Lane]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: {"sent": 0, "postponed": 0, "parked": 0})

    def work(self) -> Delivered:
        lanes = open_lanes(self.clock)
        if not lanes:
            return Delivered()
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="deliver") as threads:
            while True:
                for row, message, lane in self._claim(lanes):
                    crashpoint("deliver.claimed")
                    self.flying[threads.submit(lane.channel.send, message)] = (row, lane)
                if not self.flying:
                    return Delivered(**self.counts)
                done, _ = wait(self.flying, _LOOK_SECONDS, return_when=FIRST_COMPLETED)
                for one in done:
                    row, lane = self.flying.pop(one)
                    crashpoint("deliver.sent")
                    self.counts[settle(row, lane, self._outcome(one), self.clock())] += 1

    @staticmethod
    def _outcome(one: Future[Outcome]) -> Outcome:
        error = one.exception()
        if error is None:
            return one.result()
        log.error("a channel failed", exc_info=error)
        return Later("unreadable", f"{type(error).__name__}: {error}"[:200])

    def _claim(self, lanes: list[Lane]) -> Iterator[tuple[Outbox, Outgoing, Lane]]:
        for lane in lanes:
            under_way = sum(1 for _, other in self.flying.values() if other is lane)
            left = self.limit - sum(self.counts.values()) - len(self.flying)
            places = min(lane.places - under_way, left)
            if places <= 0 or (lane.held_until or self.clock()) > self.clock():
                continue
            busy = {row.payload.get("to") for row, _ in self.flying.values()} - {None}
            for row in claim(lane, places, self.clock(), busy):
                found = prepared(row)
                if isinstance(found, Prepared):
                    yield row, found.message, lane
                else:
                    self.counts[settle(row, lane, found, self.clock())] += 1


@transaction.atomic
def claim(lane: Lane, places: int, now: datetime, busy: set[str | None]) -> list[Outbox]:
    """Take the rows of a lane that are due, so that nobody else does for a while.

    One at a time to each person, those in `busy` not now: answers arrive in their order.
    """
    due = Outbox.objects.select_for_update(skip_locked=True).filter(
        **lane.rows, delivered_at=None, parked_at=None, due_at__lte=now
    )
    rows: list[Outbox] = []
    for row in due.order_by("due_at", "id")[: places * 4]:
        to = row.payload.get("to")
        if len(rows) < places and to not in busy:
            rows.append(row)
            busy |= {to} - {None}
    if rows:
        Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(due_at=now + LEASE)
    return rows


@transaction.atomic
def settle(row: Outbox, lane: Lane, outcome: Outcome, now: datetime) -> str:
    """Write what became of a row, and how its lane does."""
    if isinstance(outcome, Sent):
        row.delivered_at = now
        row.payload = without_secrets(row)
        row.save(update_fields=["delivered_at", "payload"])
        lane.went_well(now)
        return "sent"
    row.last_error = f"{outcome.why}: {outcome.detail}"[:300]
    lane.went_wrong(row.last_error, now)
    log.warning("%s %s was not sent: %s", lane.key, row.pk, row.last_error)
    holds = isinstance(outcome, Later) and outcome.holds and now - row.at < OLDEST
    if not holds:
        row.attempts += 1
    is_last = isinstance(outcome, Refused) or row.attempts > len(PAUSES)
    if is_last:
        row.parked_at = now
        row.payload = without_secrets(row)
    else:
        asked = outcome.after if isinstance(outcome, Later) else None
        row.due_at = now + (asked or PAUSES[max(row.attempts - 1, 0)])
        if holds:
            lane.hold(row.due_at)
    if isinstance(outcome, Refused) and outcome.closes:
        lane.close()
    row.save(update_fields=["attempts", "last_error", "due_at", "parked_at", "payload"])
    return "parked" if is_last else "postponed"


def without_secrets(row: Outbox) -> dict[str, object]:
    """A mail may carry a link that logs somebody in: once it is done with, that is forgotten."""
    if row.kind != MAIL:
        return dict(row.payload)
    return {name: str(row.payload.get(name, "")) for name in ("to", "message", "locale")}
