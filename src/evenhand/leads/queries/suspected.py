"""Suspected fake follow-ups (疑似无效跟进) of the people within reach."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.pool.touches import USUAL, Limits, Logged, Sign, signs
from evenhand.leads.access import MODELS
from evenhand.leads.models import Activity, Direction
from evenhand.leads.work import SAID
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.names import reps_within
from evenhand.people.scope import Right, demand
from evenhand.policies.live import policy_of_version
from evenhand.policies.models import Line, PolicyVersion, VersionState

# Enough for 200 people in a month; beyond it the latest entries count.
_MOST = 200_000


@dataclass(frozen=True, slots=True)
class LineLimits:
    """From where on something is a sign, by the live rules of a line."""

    line_id: int
    name: str
    is_default: bool
    limits: Limits


def sign_limits() -> list[LineLimits]:
    """The limits of every active line, the default line first."""
    versions = PolicyVersion.objects.filter(state=VersionState.LIVE, line__is_active=True)
    live = dict(versions.values_list("line_id", "pk"))
    lines = Line.objects.filter(pk__in=live).order_by("-is_default", "pk")
    return [
        LineLimits(
            one.pk,
            one.name,
            one.is_default,
            Limits.of(policy_of_version(live[one.pk]).pools.clocks.signs),
        )
        for one in lines
    ]


def suspected(actor: Actor, *, since: datetime, team: int | None = None) -> list[Sign]:
    """Signs in what people within reach logged by hand since then, the latest first.

    Only what was typed into the pages: imported history and what programs recorded was not. Items
    of each line are looked at by its own limits.

    :raises NotAllowed: he leads nobody.
    """
    demand(actor, Right.SEE_PEOPLE)
    people = [one.id for one in reps_within(actor)]
    if team is not None:
        members = User.objects.filter(pk__in=people, team_id=team)
        people = list(members.values_list("pk", flat=True))
    rows = (
        Activity.objects.filter(
            user_id__in=people,
            at__gte=since,
            entry_key__isnull=False,
            evidence__in=("", SAID),
        )
        .order_by("-at")
        .values_list(
            *("pk", "user_id", "item_kind", "item_id", "at", "note", "direction", "clock_due_at")
        )[:_MOST]
    )
    two_way = (Direction.BOTH, Direction.IN)
    logged = [
        Logged(pk, user, (kind, item), at, note, direction in two_way, due)
        for pk, user, kind, item, at, note, direction, due in rows
        if user is not None
    ]
    found = [
        sign for limits, entries in _by_limits(logged).items() for sign in signs(entries, limits)
    ]
    return sorted(found, key=lambda sign: (sign.until_at, sign.user_id, sign.kind), reverse=True)


def _by_limits(logged: Iterable[Logged]) -> Mapping[Limits, list[Logged]]:
    known = sign_limits()
    default = next((one.limits for one in known if one.is_default), USUAL)
    by_limits: dict[Limits, list[Logged]] = defaultdict(list)
    if {one.limits for one in known} <= {default}:  # nothing depends on the line
        by_limits[default] = list(logged)
        return by_limits
    of_line = {one.line_id: one.limits for one in known}
    entries = list(logged)
    lines = _lines_of({one.item for one in entries})
    for one in entries:
        by_limits[of_line.get(lines.get(one.item) or 0, default)].append(one)
    return by_limits


def _lines_of(items: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], int | None]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, item_id in items:
        by_kind[kind].append(item_id)
    found: dict[tuple[str, int], int | None] = {}
    for kind, ids in by_kind.items():
        if kind in MODELS:
            rows = MODELS[kind]._default_manager.filter(pk__in=ids)
            found |= {(kind, pk): line for pk, line in rows.values_list("pk", "line_id")}
    return found
