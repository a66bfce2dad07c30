"""Business lines and their live policies, to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.policies.live import NoSuchLine
from evenhand.policies.models import Line, PolicyVersion, VersionState


@dataclass(frozen=True, slots=True)
class LiveLine:
    """An active line; `version` and `published_at` of its live policy, None = it has none."""

    line: Line
    version: int | None
    label: str
    published_at: datetime | None


def active_lines() -> list[LiveLine]:
    """All active lines, the default one first."""
    live = {one.line_id: one for one in PolicyVersion.objects.filter(state=VersionState.LIVE)}
    found = []
    for line in Line.objects.filter(is_active=True).order_by("-is_default", "name", "pk"):
        version = live.get(line.pk)
        found.append(
            LiveLine(
                line,
                None if version is None else version.number,
                "" if version is None else version.label,
                None if version is None else version.published_at,
            )
        )
    return found


def line_ids() -> dict[str, int]:
    """Ids of all lines by key."""
    return dict(Line.objects.values_list("key", "pk"))


def line_names(ids: Iterable[int | None]) -> dict[int, str]:
    """Names of lines by id; no query for none."""
    wanted = [one for one in ids if one is not None]
    return dict(Line.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def published(line_key: str, *, actor: Actor) -> PolicyVersion:
    """The live policy of a line, with its document.

    :raises NotAllowed: the actor may not see policies.
    :raises NoSuchLine: there is no such active line, or nothing is live in it.
    """
    demand(actor, Right.SEE_POLICY)
    found = PolicyVersion.objects.select_related("line").filter(
        line__key=line_key, line__is_active=True, state=VersionState.LIVE
    )
    version = found.first()
    if version is None:
        raise NoSuchLine(line_key)
    return version
