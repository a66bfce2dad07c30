"""The sweep: what clocks are due to do is done, each thing once. It can be late, never early.

Rows whose `next_at` has come are taken in sets, worked out once more, and acted on under their
locks; those of which a fact changed meanwhile are worked out there again. Whoever works on an item
just now is not waited for: the next sweep finds it. (ADR 0013)
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import connection
from django.db.models import Count, Q, QuerySet

from evenhand.engine.pool.clocks import MISSED, Happening, key_of, takes_away
from evenhand.journal.operations import record_many
from evenhand.leads.access import MODELS
from evenhand.leads.custody import lock_free_items, lock_loads
from evenhand.leads.models import Assignment
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.operations.availability import stop_accepting
from evenhand.platform.any_of import any_of
from evenhand.platform.clock import now as clock_now
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.prepared import send
from evenhand.platform.rows import array_of, insert_rows, pipelined
from evenhand.platform.transactions import in_transaction
from evenhand.policies.live import LivePolicy, NoSuchLine, lock_live
from evenhand.policies.models import Line
from evenhand.pool.snapshot import Wound, work_out
from evenhand.pool.taking_away import HAND_OFFS, REASSIGN, TakenAway, take_away
from evenhand.pool.told import Word, tell_words
from evenhand.pool.winding import try_again, wind_all, write
from evenhand.routing.desk import new_receipt_ids
from evenhand.routing.retry import retry_line

log = logging.getLogger(__name__)

_WOUND_BEFORE = 5_000
_TOGETHER = 2_000  # looked at together, those of one owner one after another
_READ_AT_ONCE = 500  # whose facts are read together
AT_ONCE = 100  # in one transaction, so that nobody waits long for a lead
_FIRING = {"assignment_id": "bigint", "clock": "text", "step": "text", "due_at": "timestamptz"}


@dataclass(slots=True)
class Swept:
    """What a sweep did."""

    done: int = 0  # happenings
    pooled: int = 0
    reassigned: int = 0
    lines: set[str] = field(default_factory=set)  # where items wait to be dealt anew
    aside: list[int] = field(default_factory=list)  # assignments of which a fact changed meanwhile

    def add(self, other: "Swept") -> None:
        """Count what another portion did."""
        self.done += other.done
        self.pooled += other.pooled
        self.reassigned += other.reassigned
        self.lines |= other.lines
        self.aside += other.aside


def sweep(
    *,
    now: datetime | None = None,
    most: int = 20_000,
    actor: Actor = SYSTEM,
    after_portion: Callable[[], None] | None = None,
) -> Swept:
    """Do what is due by now for at most so many items; what is taken back is dealt at once.

    `after_portion` is called between transactions: there the sweep may rest.
    """
    at = now or clock_now()
    swept, behind, seen = Swept(), Q(), 0
    while seen < most and (rows := list(_due(at).filter(behind)[:_TOGETHER])):
        last, seen = rows[-1], seen + len(rows)
        behind = Q(next_at__gt=last.next_at) | Q(next_at=last.next_at, pk__gt=last.pk)
        # By owner, so that few are locked at a time and each is told once of many items.
        rows.sort(key=lambda one: (one.rep_id, one.item_kind, one.pk))
        for start in range(0, len(rows), _READ_AT_ONCE):
            read = rows[start : start + _READ_AT_ONCE]
            known = _worked_out(read, at)
            for first in range(0, len(read), AT_ONCE):
                for one in _carefully(read[first : first + AT_ONCE], known, at, actor):
                    swept.add(one)
                if after_portion is not None:
                    after_portion()
    for start in range(0, len(swept.aside), AT_ONCE):
        again = Assignment.objects.filter(pk__in=swept.aside[start : start + AT_ONCE])
        for one in _carefully(list(again.order_by("pk")), None, at, actor):
            swept.add(one)
    for line in sorted(swept.lines):
        retry_line(line, now=now)
    return swept


def _worked_out(rows: Sequence[Assignment], at: datetime) -> Mapping[int, Wound]:
    """The clocks of rows that are not locked, by id. Nobody waits for it.

    Whatever changes a fact sets `wound_at` back: a row that bears the same one when it is locked
    rests on the same facts still.
    """
    try:
        return {one.held.pk: one for one in work_out([r for r in rows if r.wound_at], at)}
    except Exception:
        if connection.in_atomic_block:  # the caller's transaction is broken with it
            raise
        log.exception("%s clocks cannot be worked out together; one by one", len(rows))
        return {}


def _carefully(
    rows: Sequence[Assignment], known: Mapping[int, Wound] | None, at: datetime, actor: Actor
) -> Iterator[Swept]:
    """A portion; where it fails, its items one by one, so that one mistake stops no others."""
    try:
        yield in_transaction(lambda: _portion(rows, known, at, actor))
        crashpoint("sweep.between_portions")
        return
    except Exception:
        if connection.in_atomic_block:  # the caller's transaction is broken with it
            raise
        log.exception("a portion of %s clocks failed; one by one", len(rows))
    for one in rows:
        try:
            yield in_transaction(lambda: _portion([one], None, at, actor))  # noqa: B023
        except Exception:
            log.exception("the clocks of assignment %s failed", one.pk)


def wind_and_sweep(
    *, now: datetime | None = None, after_portion: Callable[[], None] | None = None
) -> Swept:
    """Work out what changed, then do what is due: what the job runs every few seconds."""
    # Not all at once: where a million waits, what is due must not wait for it.
    try_again(now or clock_now())
    wind_all(now=now, most=_WOUND_BEFORE, after_portion=after_portion)
    swept = sweep(now=now, after_portion=after_portion)
    if swept.reassigned:
        wind_all(now=now, most=_WOUND_BEFORE, after_portion=after_portion)
    return swept


def _due(at: datetime) -> QuerySet[Assignment]:
    return Assignment.objects.filter(closed_at=None, next_at__lte=at).order_by("next_at", "pk")


def _portion(
    rows: Sequence[Assignment], known: Mapping[int, Wound] | None, at: datetime, actor: Actor
) -> Swept:
    """Some items. Those whose `known` clocks hold no more are put aside; None = all are worked out
    here, under their locks."""
    # A crash that loses the last of these commits loses nothing: what was due is due still. So
    # nobody waits for the disk while he waits for a lead.
    send("SET LOCAL synchronous_commit = off")
    locked = _lock(rows, at)
    aside: list[int] = []
    if known is None:
        found = work_out(
            list(Assignment.objects.filter(any_of("pk", locked.standing)).order_by("pk")), at
        )
    else:
        found = [
            one
            for pk, wound_at in locked.standing.items()
            if (one := known.get(pk)) is not None and one.held.wound_at == wound_at
        ]
        aside = sorted(locked.standing.keys() - {one.held.pk for one in found})
    there = [one for one in found if one.item is not None]
    swept = _Portion(there, locked, at, actor).run()
    return replace(swept, aside=aside)


@dataclass(frozen=True, slots=True)
class _Locked:
    """What is held locked: live rules by line, items, and assignments with their `wound_at`.

    Rules and items only of those of which a clock has run out: they may be taken away.
    """

    lives: Mapping[int, LivePolicy]
    items: frozenset[tuple[str, int]]
    standing: Mapping[int, datetime | None]


def _lock(rows: Sequence[Assignment], at: datetime) -> _Locked:
    """Lock policies, loads, items and assignments, in the one order; what is in use is left."""
    over = [one for one in rows if one.due_at is not None and one.due_at <= at]
    by_kind: dict[str, list[int]] = defaultdict(list)
    for one in over:
        by_kind[one.item_kind].append(one.item_id)
    lives = _lock_policies(by_kind)
    with pipelined():  # one trip for all that follows: who edits an item waits from here on
        if over:
            lock_loads(one.rep_id for one in over)
        asked = [(kind, lock_free_items(kind, by_kind[kind])) for kind in sorted(by_kind)]
        held = send(_STANDING, [array_of([one.pk for one in rows], "bigint")])
        items = {(kind, row[0]) for kind, free in asked for row in free.rows()}
        return _Locked(lives, frozenset(items), dict(held.rows()))


_STANDING = """
SELECT id, wound_at FROM assignment WHERE id = ANY(%s::bigint[]) AND closed_at IS NULL
ORDER BY id FOR UPDATE SKIP LOCKED
"""


def _lock_policies(by_kind: Mapping[str, Sequence[int]]) -> dict[int, LivePolicy]:
    """The live rules of the lines of these items; 0 = those of items without a line."""
    wanted: set[tuple[int, str]] = set()
    for kind, ids in by_kind.items():
        rows = MODELS[kind]._default_manager.filter(any_of("pk", ids))
        pairs = rows.order_by().values_list("line_id", "line__key").distinct()
        wanted |= {(line_id or 0, key or "") for line_id, key in pairs}
    found = {}
    # Those without a line last: the one order of locks.
    for line_id, key in sorted(wanted, key=lambda one: (not one[0], one)):
        try:
            found[line_id] = lock_live(key)
        except NoSuchLine:
            continue
    return found


class _Portion:
    """Some items under lock, and what is to be done for them."""

    def __init__(self, found: Sequence[Wound], locked: _Locked, at: datetime, actor: Actor) -> None:
        self._found = found
        self._locked = locked
        self._at = at
        self._actor = actor
        self._taken: list[TakenAway] = []
        self._words: list[Word] = []
        self._fired: dict[int, list[Happening]] = {}
        self._missed: dict[str, dict[int, dict[str, object]]] = defaultdict(dict)
        self._stopped: set[int] = set()
        self._hand_offs: Counter[tuple[str, int]] | None = None  # counted when first asked for

    def run(self) -> Swept:
        for one in self._found:
            self._look_at(one)
        self._write()
        pooled = sum(bool(one.pool) for one in self._taken)
        again = {one.line_id for one in self._taken if not one.pool}
        lines = Line.objects.filter(pk__in=again).values_list("key", flat=True)
        done = sum(len(some) for some in self._fired.values())
        return Swept(done, pooled, len(self._taken) - pooled, set(lines) if again else set())

    def _look_at(self, one: Wound) -> None:
        due = one.clocks.due_now(self._at, one.fired)
        missed = [what for what in due if what.step == MISSED]
        loss = next((what for what in missed if takes_away(what.terms)), None)
        taken = None if loss is None else self._taking(one, loss)
        if loss is not None and taken is None and not self._is_locked(one):
            return  # somebody works on it just now
        self._fired[one.held.pk] = list(due)
        for what in missed:
            self._miss(one, what, taken)
        if taken is not None:
            self._taken.append(taken)
            return
        over = {what.clock for what in missed}
        # Of several reminders that are late together, the last one says it all.
        latest = {what.clock: what for what in due if what.step != MISSED}
        for clock, what in latest.items():
            if clock not in over and what.reminder is not None:
                self._remind(one, what)

    def _is_locked(self, one: Wound) -> bool:
        return (one.held.item_kind, one.held.item_id) in self._locked.items

    def _taking(self, one: Wound, loss: Happening) -> TakenAway | None:
        """Where it goes; None = nowhere: it is in use just now, or no pool takes it."""
        live = self._locked.lives.get(one.item.line_id or 0)
        if live is None or not self._is_locked(one) or one.bindings is None:
            return None
        assert one.clocks.rule is not None, "a clock ran out, so there is a rule"
        held = one.held
        pool = live.pools.destination(held.item_kind, one.bindings, wanted=one.clocks.rule.to_pool)
        if REASSIGN in loss.terms.missed:
            if self._hand_offs is None:
                self._hand_offs = self._count_hand_offs()
            often = self._hand_offs[held.item_kind, held.item_id]
            if often < live.pools.clocks.most_hand_offs or not pool:
                return TakenAway(one, "", loss.clock, live.line_id)
            return TakenAway(one, pool, HAND_OFFS, live.line_id)
        return TakenAway(one, pool, loss.clock, live.line_id) if pool else None

    def _miss(self, one: Wound, what: Happening, taken: TakenAway | None) -> None:
        acts = what.terms.missed
        if taken is not None and takes_away(what.terms):
            self._words.append(Word("owner", "recycled" if taken.pool else "taken_back", one))
        elif "tell_owner" in acts:
            self._words.append(Word("owner", "clock_missed", one))
        # Nothing takes it: somebody has to know.
        if "warn_manager" in acts or (takes_away(what.terms) and taken is None):
            self._words.append(Word("manager", "clock_missed_of", one))
        if "unavailable" in acts:
            self._stopped.add(one.held.rep_id)
        self._missed[one.held.item_kind][one.held.item_id] = {
            "rep": one.held.rep_id,
            "clock": what.clock,
            "due_at": what.due_at.isoformat(),
            "acts": list(acts),
        }

    def _remind(self, one: Wound, what: Happening) -> None:
        assert what.reminder is not None and one.clocks.rule is not None
        for to in what.reminder.tell:
            kind = "clock_warns" if to == "owner" else "clock_warns_of"
            needed = what.due_at if to == "owner" else None
            pool = one.clocks.rule.to_pool or ""
            self._words.append(Word(to, kind, one, needed, pool))

    def _count_hand_offs(self) -> Counter[tuple[str, int]]:
        found: Counter[tuple[str, int]] = Counter()
        for kind in dict.fromkeys(one.held.item_kind for one in self._found):
            ids = [one.held.item_id for one in self._found if one.held.item_kind == kind]
            rows = Assignment.objects.filter(
                any_of("item_id", ids), item_kind=kind, closed_by=REASSIGN
            )
            for item_id, n in rows.values_list("item_id").annotate(n=Count("pk")):
                found[kind, item_id] = n
        return found

    def _write(self) -> None:
        receipts = new_receipt_ids(len(self._taken)) if self._taken else []
        with pipelined():
            self._write_all(receipts)

    def _write_all(self, receipts: Sequence[int]) -> None:
        fired = {(held, *key_of(what)) for held, some in self._fired.items() for what in some}
        rows = [(held, clock, step, due.isoformat()) for held, clock, step, due in sorted(fired)]
        insert_rows("clock_firing", _FIRING, rows, same={"at": self._at})
        crashpoint("sweep.noted")
        for kind, data in self._missed.items():
            record_many(f"{kind}.clock_missed", actor=self._actor, object_kind=kind, data=data)
        gone = {one.wound.held.pk for one in self._taken}
        write([self._after(one) for one in self._found if one.held.pk not in gone], self._at)
        take_away(self._taken, receipts, at=self._at, actor=self._actor)
        crashpoint("sweep.taken_away")
        if self._stopped:
            stop_accepting(self._stopped, actor=self._actor)
        tell_words(self._words)

    def _after(self, one: Wound) -> Wound:
        """The same with what was done now."""
        done = {key_of(what) for what in self._fired.get(one.held.pk, ())}
        return Wound(one.held, one.item, one.live, one.bindings, one.clocks, one.fired | done)
