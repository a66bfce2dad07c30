"""Reading fairness reports: who may, and whom he reads of by name.

Where the policy said pseudonyms when the report was made, a colleague is a number: the same one all
through a report, another in the next, drawn by the report's own secret, so that nobody can work out
whose it is. One's own row has one's name, and managers read their own people by name.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.fairness.models import Report
from evenhand.fairness.operations.reports import is_for_everybody
from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.people.names import user_names
from evenhand.people.scope import Right, demand, may
from evenhand.platform.refusal import NotFound
from evenhand.policies.lines import line_names


@dataclass(frozen=True, slots=True)
class Person:
    """A row of a report; `name` is "" where only the number is told, `number` is then above 0."""

    name: str
    number: int
    is_own: bool
    due: int
    received: int
    corrected: int
    count: int
    owed: int


@dataclass(frozen=True, slots=True)
class GroupReport:
    """A group's month."""

    line: str
    group: str
    kind: str
    deviation: int
    bound: int
    jain: int | None
    target: Mapping[str, int | None] | None
    alarms: int
    people: Sequence[Person]
    uses_pseudonyms: bool

    @property
    def name(self) -> str:
        """As `groups.Group` has it."""
        return self.group


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as somebody may read it."""

    id: int
    month: date
    last: date
    groups: Sequence[GroupReport]
    overrides: Sequence[tuple[str, str, int]]  # act, reason, count

    @property
    def own(self) -> Sequence[tuple[GroupReport, Person]]:
        """The reader's own rows."""
        return [(one, row) for one in self.groups for row in one.people if row.is_own]


def reports(actor: Actor) -> Sequence[Report]:
    """Reports that the actor may read, the newest first; none where they are not shared with him.

    :raises NotAllowed: a program or form that sees no items at all.
    """
    demand(actor, Right.SEE_ITEMS)
    if not _may_read(actor):
        return []
    return list(Report.objects.defer("data").order_by("-month"))


def report_for(actor: Actor, report_id: int) -> ReportView:
    """One report; raises as `reports`.

    :raises NotFound: there is none that the actor may read.
    """
    demand(actor, Right.SEE_ITEMS)
    report = Report.objects.filter(pk=report_id).first() if _may_read(actor) else None
    if report is None:
        raise NotFound("report", report_id)
    data = report.data
    ids = {row[0] for group in data["groups"] for row in group["people"]}
    numbers = pseudonyms(report.salt, ids)
    names = user_names(ids)
    within = {actor.user_id or 0}
    if may(actor, Right.SEE_DECISIONS):
        within |= set(visible_people(actor).filter(pk__in=ids).values_list("pk", flat=True))
    lines = line_names({group["line"] for group in data["groups"]})
    found = [
        GroupReport(
            lines.get(group["line"], ""),
            group["group"],
            group["kind"],
            group["deviation"],
            group["bound"],
            group["jain"],
            group["target"],
            group["alarms"],
            _people(group, actor, within, names, numbers),
            group["names"] == "pseudonyms",
        )
        for group in data["groups"]
    ]
    by_hand = [(act, why, count) for act, why, count in data["overrides"]]
    return ReportView(report.pk, report.month, date.fromisoformat(data["last"]), found, by_hand)


def pseudonyms(salt: str, ids: set[int]) -> dict[int, int]:
    """A number for each person, 1 …, in an order that only the report's secret tells."""
    order = sorted(ids, key=lambda one: hmac.digest(salt.encode(), str(one).encode(), "sha256"))
    return {one: number for number, one in enumerate(order, start=1)}


def _may_read(actor: Actor) -> bool:
    return may(actor, Right.SEE_DECISIONS) or is_for_everybody()


def _people(
    group: Mapping[str, Any],
    actor: Actor,
    within: set[int],
    names: Mapping[int, str],
    numbers: Mapping[int, int],
) -> list[Person]:
    by_name = group["names"] == "names"
    people = [
        Person(
            names.get(who, "") if by_name or who in within else "",
            numbers[who],
            who == actor.user_id,
            due,
            received,
            corrected,
            count,
            owed,
        )
        for who, due, received, corrected, count, owed in group["people"]
    ]
    # By number where there are numbers: any other order would say more than they do.
    key = (lambda one: (not one.is_own, one.name, one.number)) if by_name else (
        lambda one: (not one.is_own, one.number)
    )  # fmt: skip
    return sorted(people, key=key)
