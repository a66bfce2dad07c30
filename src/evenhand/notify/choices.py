"""What people are told outside the inbox: groups of notices, each by the channels one chose, when.

The inbox always has everything. A person without a choice of his own has the company's.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.notify.lanes import CHATS, MAIL
from evenhand.notify.models import Choice
from evenhand.platform.row_objects import rows_where
from evenhand.platform.rows import array_of

# Groups of notices that one chooses channels for, and what belongs to each; the rest is "other".
GROUPS: Mapping[str, tuple[str, ...]] = {
    "items": (
        *("assigned", "given_list", "given_to_you", "transferred_to_you", "revived"),
        *("task_given", "tasks_given", "accounts_given", "deals_given"),
    ),
    "changes": (
        "transferred_away",
        *("voided", "list_taken", "accounts_taken", "deals_taken"),
        "returned",
        "redealt_to_you",
        "redealt_away",
        "extension_granted",
        "extension_refused",
        "recycled",
        "taken_back",
        "clock_warns",
        "clock_missed",
        *("rebalanced_to_you", "rebalanced_away"),
        *("cover_planned", "cover_begun", "cover_back"),
        *("task_taken", "tasks_taken", "task_due", "tasks_due"),
    ),
    "decide": (
        *("escalated", "unassigned_waiting", "fairness_crossed", "fairness_kept"),
        *("appeal_filed", "appeal_reopened", "appeal_overdue", "export_asked"),
        "graduation_proposed",
        *("extension_asked", "clock_warns_of", "clock_missed_of", "clock_failed"),
        *("load_said", "load_list"),
        *("cover_asked", "departure_offered", "departure_declined", "departure_overdue"),
    ),
    "appeals": ("appeal_upheld", "appeal_rejected"),
    "people": (
        *("invited", "leave_set", "cover_agreed", "cover_dropped"),
        *("departure_opened", "departure_finished"),
        *("stretch_given", "graduation_accepted", "graduation_put_off"),
        *("load_over", "load_room", "load_answered"),
    ),
    "other": (),
}
_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
CHANNELS = (MAIL, *CHATS)
DIGESTS = ("now", "hourly", "daily")


def group_of(kind: str) -> str:
    """The group of a kind of notice."""
    return _GROUP_OF.get(kind, "other")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody wants. Quiet from and until are times of his own clock; both or neither."""

    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quiet_from: time | None = None
    quiet_until: time | None = None
    urgent_passes: bool = True
    digest: str = "now"
    daily_at: time = time(9)

    def channels_of(self, kind: str) -> tuple[str, ...]:
        """By which channels a kind of notice goes."""
        return tuple(self.channels.get(group_of(kind), ()))


NOTHING = Chosen()


def chosen_by(user_ids: Collection[int]) -> tuple[dict[int, Chosen], Chosen]:
    """The own choices of these people by id, and the company's for the others; one query."""
    asked = [array_of(sorted(user_ids), "bigint")]
    rows = rows_where(Choice, "user_id = ANY(%s::bigint[]) OR user_id IS NULL", asked)
    found = {row.user_id: _chosen(row) for row in rows}
    default = found.pop(None, NOTHING)
    return {int(one): what for one, what in found.items() if one is not None}, default


def _chosen(row: Choice) -> Chosen:
    channels: dict[str, Any] = row.channels
    return Chosen(
        {group: tuple(one for one in ways if one in CHANNELS) for group, ways in channels.items()},
        row.quiet_from,
        row.quiet_until,
        row.urgent_passes,
        row.digest,
        row.daily_at,
    )


def due_at(
    chosen: Chosen, now: datetime, zone: ZoneInfo, needed_by: datetime | None = None
) -> datetime:
    """When something may be told: the next digest, after the quiet time.

    What is needed before that (`needed_by`: a first contact falls due) goes at once, if one lets
    it: a promise to a customer would be broken by waiting.
    """
    at = _end_of_quiet(chosen, _digest_time(chosen, now, zone), zone)
    if needed_by is not None and needed_by <= at and chosen.urgent_passes:
        return now
    return at


def _digest_time(chosen: Chosen, now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    if chosen.digest == "hourly":
        full = local.replace(minute=0, second=0, microsecond=0)
        return full if full == local else full + timedelta(hours=1)
    if chosen.digest == "daily":
        today = _at(local, chosen.daily_at)
        return today if today >= now else _at(local + timedelta(days=1), chosen.daily_at)
    return now


def _end_of_quiet(chosen: Chosen, at: datetime, zone: ZoneInfo) -> datetime:
    start, end = chosen.quiet_from, chosen.quiet_until
    if start is None or end is None or start == end:
        return at
    local = at.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    if start < end:
        return _at(local, end) if start <= clock < end else at
    if clock >= start:
        return _at(local + timedelta(days=1), end)
    return _at(local, end) if clock < end else at


def _at(local: datetime, clock: time) -> datetime:
    return local.replace(
        hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0, fold=0
    )
