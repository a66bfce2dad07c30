"""The time line in words: what happened, by whom, and where to read on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.journal.models import Event
from evenhand.leads.models import Activity, Assignment, Direction
from evenhand.leads.queries.timeline import Entry
from evenhand.leads.work import LOSSES
from evenhand.wording.catalogue import Words

_CHANNEL_ICONS = {
    "call": "phone",
    "wechat": "brand-wechat",
    "mail": "mail",
    "visit": "map-pin",
    "meeting": "users",
    "note": "note",
}
_EVENT_ICONS = {
    "accepted": "check",
    "taken_in": "inbox",
    "imported": "file-import",
    "repeated": "repeat",
    "attached": "repeat",
    "company_matched": "building",
    "edited": "pencil",
    "stage_set": "flag",
    "lost": "circle-x",
    "converted": "circle-check",
    "won": "trophy",
    "created": "plus",
    "marked_key": "star",
    "left_in_peace": "bell-off",
    "revival_set": "calendar",
    "revived": "refresh",
    "erased": "eraser",
    "merged": "arrow-merge",
    "unmerged": "arrows-split",
}
_BY_HAND = frozenset({"manual", "created", "converted"})
_ENDS = frozenset(
    {
        "return",
        "transfer",
        "void",
        "lost",
        "converted",
        "won",
        "erased",
        "departure",
        "merged",
        "unmerged",
        "recycle",
        "reassign",
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the time line."""

    icon: str
    text: str
    at: datetime
    who: str = ""
    note: str = ""
    receipt_id: int | None = None


# Evidence that comes from programs, and not by hand.
_RECORDED = frozenset({"call_record", "reply"})


def told(words: Words, entries: Sequence[Entry]) -> list[Told]:
    """Entries as lines in the reader's language."""
    return [line for entry in entries if (line := _line(words, entry)) is not None]


def _line(words: Words, entry: Entry) -> Told | None:
    if entry.activity is not None:
        return _activity(words, entry, entry.activity)
    if entry.assignment is not None:
        return _assignment(words, entry, entry.assignment)
    assert entry.event is not None
    return _event(words, entry, entry.event)


def _activity(words: Words, entry: Entry, activity: Activity) -> Told:
    channel, outcome = activity.channel, activity.outcome.replace("_", "-")
    message = f"web-leads-log-{channel}-{outcome}"
    if not words.has(message):  # written by the system or by an import, in words of its own
        message = "web-leads-log-other"
    if activity.direction == Direction.IN and outcome == "no-answer":
        message = "web-leads-log-call-missed"
    text = words.text(message)
    if activity.seconds:
        minutes = max(1, round(activity.seconds / 60))
        text = words.text("web-leads-log-lasting", what=text, minutes=minutes)
    if activity.evidence in _RECORDED:
        text = words.text("web-leads-log-recorded", what=text)
    return Told(
        _CHANNEL_ICONS.get(channel, "message"), text, entry.at, entry.who, note=activity.note
    )


def _assignment(words: Words, entry: Entry, assignment: Assignment) -> Told:
    if entry.kind == "assigned":
        by = "hand" if assignment.cause in _BY_HAND else "rules"
        by = assignment.cause if assignment.cause in ("imported", "revived") else by
        text = words.text(f"web-leads-assigned-{by}", name=entry.who)
        return Told("user-check", text, entry.at, receipt_id=assignment.receipt_id)
    how = assignment.closed_by if assignment.closed_by in _ENDS else "other"
    return Told("user-minus", words.text(f"web-leads-ended-{how}", name=entry.who), entry.at)


def _event(words: Words, entry: Entry, event: Event) -> Told | None:
    area, _, what = event.kind.partition(".")
    message = f"web-leads-event-{what.replace('_', '-')}"
    if not words.has(message):
        return None
    params: dict[str, str | int] = {}
    if what == "stage_set":
        kind = "opportunity-stage" if area == "opportunity" else "stage"
        params = {
            end: words.text(f"web-{kind}-{event.data.get(end, 'new')}") for end in ("from", "to")
        }
    elif what == "lost":
        why = event.data.get("reason", "")
        known = why if why in LOSSES else "other"
        params = {"reason": words.text(f"web-leads-loss-{known.replace('_', '-')}")}
    elif what == "left_in_peace" and not event.data.get("is_left"):
        message = "web-leads-event-peace-lifted"
    elif what == "company_matched":
        params = {"percent": int(event.data.get("percent", 0))}
    elif what in ("repeated", "attached") and (keys := event.data.get("known_by")):
        shared = [words.text(f"web-leads-known-by-{key}") for key in keys]
        params = {"keys": words.text("list-separator").join(shared)}
        if what == "attached":
            params |= {"to": str(event.data.get("to", "")), "open": str(event.data.get("open"))}
        else:
            message = "web-leads-event-repeated-by"
    return Told(_EVENT_ICONS.get(what, "point"), words.text(message, **params), entry.at, entry.who)
