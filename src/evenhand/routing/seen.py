"""A stored item as conditions about pools, clocks and peace see it: all its fields as they are now.

Routing decides on what its policy reads and keeps that in receipts; these conditions are asked
again whenever something changes, so they read everything and nothing is kept.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from evenhand.engine.calendar.worktime import zone_named
from evenhand.engine.conditions import Bindings
from evenhand.engine.facts import POINT, Item, Rep, Value
from evenhand.engine.routing.team import Team, rep_fields
from evenhand.policies.live import LivePolicy


def seen(live: LivePolicy, team: Team, row: Any, facts: Item, *, now: datetime) -> Bindings:
    """An item without an owner beside it; grade, score and points are those it was dealt with."""
    company = facts.company
    values: dict[str, Value] = {}
    if company is not None:
        owner_by = company.owner_by if company.owner_id else None
        values = {**company.fields, "id": company.id, "owner": company.owner_id}
        values["owner_by"] = owner_by
    lead: dict[str, Value] = {
        **facts.fields,
        "id": facts.id,
        "kind": facts.kind.value,
        "grade": row.grade or facts.fields.get("grade"),
        "score": None if row.score is None else Decimal(row.score) / 100,
        "points": Decimal(row.points) / POINT,
    }
    calendar = team.company_calendar
    return Bindings(
        lead=lead,
        company=values,
        now=now.astimezone(zone_named(calendar.zone)),
        regions=live.policy.regions,
        clock=calendar,
    )


def beside(item: Bindings, rep: Rep) -> Bindings:
    """The item beside a rep."""
    return item.with_rep(rep_fields(rep, is_new=False))
