"""Approving what was learnt: chosen changes of the table go into a draft of the rules."""

from collections.abc import Collection
from copy import deepcopy
from typing import Any

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.engine.values import from_micro_points
from evenhand.engine.workload.points import Learnt, minutes_of
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.clock import now
from evenhand.policies.models import WorkingCopy
from evenhand.policies.operations.drafting import change_draft
from evenhand.policies.operations.hold import take_hold
from evenhand.work.learning import TASK, learnt
from evenhand.work.refusals import CannotSay
from evenhand.work.sections import sections_now

# Kind of item → its part of the table.
_PLURAL = {"lead": "leads", "opportunity": "opportunities", TASK: "tasks"}


def place_of(one: Learnt) -> str:
    """Where a kind stands in the section: leads.contacted, channels.call."""
    part = _PLURAL.get(one.kind.task)
    return f"channels.{one.kind.task}" if part is None else f"{part}.{one.kind.stage}"


def draft_points(line_id: int, places: Collection[str], *, actor: Actor) -> WorkingCopy:
    """Put proposed points into the draft of a line's rules, begun if there is none.

    Learnt anew at this moment: what is no longer proposed is not written. Publishing stays a step
    of its own.

    :raises NotAllowed: the actor may not edit policies.
    :raises NotFound: there is no such line.
    :raises CannotSay: none of these is proposed any more.
    :raises CannotEdit: somebody else holds the draft, or it waits for a second person.
    :raises InvalidPolicy: the draft as it stands is no policy.
    """
    demand(actor, Right.EDIT_POLICY)
    section = sections_now().of(line_id)
    found = {
        place_of(one): one
        for family in learnt(actor, line_id, section, now())
        for one in family.proposals
    }
    chosen = {place: found[place] for place in places if place in found}
    if not chosen:
        raise CannotSay(reason("load.nothing_proposed"))
    values = {place: _value(place, one) for place, one in chosen.items()}

    def change(plain: dict[str, Any]) -> dict[str, Any]:
        changed = deepcopy(plain)
        for place, value in values.items():
            part, _, key = place.partition(".")
            if part == "tasks":
                for one in changed["tasks"]["types"]:
                    if one["type"] == key:
                        one["points"] = value
                continue
            changed.setdefault("workload", {}).setdefault(part, {})[key] = value
        return changed

    with transaction.atomic():
        take_hold(line_id, actor=actor)
        copy = change_draft(line_id, change, text=None, edition=None, actor=actor)
        record(
            "workload.points_drafted",
            actor=actor,
            object_kind="line",
            object_id=line_id,
            data={
                "draft": copy.pk,
                "changes": {
                    place: {"points": [one.table, one.points], "logs": one.log_count}
                    for place, one in chosen.items()
                },
            },
        )
    return copy


def _value(place: str, one: Learnt) -> int | str:
    is_channel = place.startswith("channels.")
    return minutes_of(one.points) if is_channel else from_micro_points(one.points)
