"""An intake with its clock: taken in for real under one policy, and again under another."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from evenhand.leads.custody import close_item
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead
from evenhand.people.actor import SYSTEM
from evenhand.people.snapshot import CACHE
from evenhand.policies.operations.publish import publish
from evenhand.routing.models import Receipt
from evenhand.routing.retry import retry_all
from evenhand.routing.take_in import take_in

# A Monday, 2026-06-01, 08:00 in Shanghai.
FIRST = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
UNTIL = FIRST + timedelta(days=20)
_TABLES = "lead, company, contact, assignment, load, receipt, batch, posting, balance, book"
_SEQUENCES = ("lead", "company", "contact")


@dataclass(frozen=True)
class Came:
    """A lead, when it came, and when it was over."""

    at: datetime
    lead: LeadIn
    closed_at: datetime | None


def intake(seed: int, count: int) -> list[Came]:
    """Leads of several kinds over nearly three weeks, day and night, many closed after a while."""
    chance = random.Random(seed)
    at = FIRST
    found = []
    for number in range(count):
        at += timedelta(seconds=chance.randint(60, 2 * 1_600_000 // count), microseconds=number)
        is_over = chance.random() < 0.6
        lead = LeadIn(
            name=f"客户{number}",
            phone=f"139{seed % 100:02}{number:06}",
            company=f"公司{chance.randint(1, count // 4)}有限公司" if chance.random() < 0.5 else "",
            region=chance.choice(("上海市", "江苏省", "广东省", "")),
            industry=chance.choice(("软件", "机械", "")),
            source=chance.choice(("展会", "官网", "广告")),
            grade=chance.choice("ABB"),
            extra={"urgency": chance.randint(1, 5)} if chance.random() < 0.3 else {},
        )
        over = at + timedelta(hours=chance.randint(1, 120)) if is_over else None
        found.append(Came(at, lead, over if over is not None and over < UNTIL else None))
    return found


def take_in_for_real(came: Sequence[Came]) -> list[int]:
    """Take them in by the clock, close them when they were over, and look at what waits in
    between; returns the leads' ids."""
    CACHE.forget()
    ids: list[int] = []
    open_ones: list[tuple[datetime, int]] = []
    for one in [*came, None]:
        now = UNTIL if one is None else one.at
        for over, lead_id in sorted(pair for pair in open_ones if pair[0] <= now):
            close_item("lead", lead_id, by="close", at=over)
            Lead.objects.filter(pk=lead_id).update(closed_at=over)
        open_ones = [pair for pair in open_ones if pair[0] > now]
        while retry_all(now=now):
            pass
        if one is not None:
            (taken,) = take_in([one.lead], actor=SYSTEM, now=now)
            assert not taken.is_duplicate
            ids.append(taken.lead_id)
            if one.closed_at is not None:
                open_ones.append((one.closed_at, taken.lead_id))
    return ids


def start_over(document: Mapping[str, Any]) -> None:
    """Nothing came in yet, ids begin where they began, and this document is live."""
    with connection.cursor() as cursor:
        firsts = {}
        for table in _SEQUENCES:
            cursor.execute(f"SELECT min(id) FROM {table}")
            firsts[table] = cursor.fetchone()[0] or 1
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {_TABLES} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table, first in firsts.items():
            cursor.execute(f"SELECT setval('{table}_id_seq', %s, false)", [first])
    publish("direct", document, actor=SYSTEM)


def decisions(ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """The latest decision about each: outcome, whom, by which rule, why by, grade, points, how
    often it was decided, and when."""
    latest = {row.item_id: row for row in Receipt.objects.filter(item_kind="lead").order_by("id")}
    return [
        (
            one.outcome,
            "" if one.rep_id is None else str(one.rep_id),
            one.rule,
            one.cause,
            one.grade,
            one.points,
            one.round + 1,
            one.at,
        )
        for lead_id in ids
        for one in [latest[lead_id]]
    ]
