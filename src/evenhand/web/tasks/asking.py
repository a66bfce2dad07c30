"""What an address asks for: which to-dos, of whom, from which day."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from evenhand.leads.queries.options import Options
from evenhand.people.actor import Actor
from evenhand.platform.clock import now
from evenhand.tasks.queries import DUES, STATES
from evenhand.web.asked import number_of
from evenhand.web.context import zone_for
from evenhand.web.leads.asking import Filter
from evenhand.wording.catalogue import Words

VIEWS = ("day", "list", "board", "month")


def midnight_for(request: HttpRequest, on: date | None = None) -> datetime:
    """When a day begins by the reader's clock; None = today."""
    return midnight_in(zone_for(request), on)


def midnight_in(zone: ZoneInfo, on: date | None = None) -> datetime:
    """When a day begins in a zone; None = today."""
    day = on or now().astimezone(zone).date()
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone.key))


def day_asked(request: HttpRequest) -> date:
    """The day that the address names, else today."""
    today = now().astimezone(zone_for(request)).date()
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
    return asked if abs(asked - today) < timedelta(days=3_660) else today


def moment_typed(text: str, zone: ZoneInfo) -> datetime | None:
    """A day with a time as a form sends it, by the reader's clock; None = none that can be read."""
    try:
        typed = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return typed if typed.tzinfo is not None else typed.replace(tzinfo=ZoneInfo(zone.key))


def filters_of(
    query: Mapping[str, str], types: list[str], options: Options, words: Words, *, view: str
) -> dict[str, Any]:
    """The controls above the list and the board."""

    def choice(name: str, choices: Any, **more: str) -> Filter:
        return Filter(name, words.text(f"web-tasks-{name}"), query.get(name, ""), choices, **more)

    def said(what: str, keys: Any) -> list[tuple[str, str]]:
        return [(key, words.text(f"web-tasks-{what}-{key}")) for key in keys]

    first = [Filter("q", words.text("web-tasks-q"), query.get("q", ""))]
    if view == "list":
        states = said("state", [one for one in STATES if one != "todo"])
        first.append(choice("state", states, any=words.text("web-tasks-state-todo")))
        first.append(choice("due", said("due", DUES)))
    first.append(choice("type", [(one, one) for one in types]))
    more = []
    if len(options.owners) > 1:
        first.append(choice("owner", options.owners))
    if len(options.teams) > 1:
        more.append(choice("team", options.teams))
    if len(options.lines) > 1:
        more.append(choice("line", options.lines))
    for name in ("since", "until"):
        label = words.text(f"web-tasks-{name}")
        more.append(Filter(name, label, query.get(name, ""), type="date"))
    return {
        "filters": first,
        "more_filters": more,
        "is_filtered": any(one.value for one in (*first, *more)),
        "more_are_set": any(one.value for one in more),
    }


def whose(actor: Actor, query: Mapping[str, str]) -> int | None:
    """Whose day or month the address asks for; None = one's own."""
    asked = number_of(query.get("owner"))
    return None if asked == actor.user_id else asked
