"""A list as one plan on the pages of imports: choices, what it would do, how far it is."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evenhand.engine.reasons import reason
from evenhand.imports.access import import_for
from evenhand.imports.models import Absent, Becomes, Import, ListPlan
from evenhand.imports.operations.becoming import BECOMES
from evenhand.imports.operations.planning import (
    Planning,
    go_on_releasing,
    move_items,
    stop_releasing,
)
from evenhand.imports.operations.portions import release_now
from evenhand.imports.plans import ListForeseen, foreseen, plan_state
from evenhand.imports.reading import FileGone
from evenhand.imports.refusal import CannotImport
from evenhand.people.names import reps_within
from evenhand.people.scope import Right, may
from evenhand.platform.days import day_of
from evenhand.platform.refusal import Refused
from evenhand.sheets.columns.override import UnreadableOverride
from evenhand.sheets.limits import UnreadableSheet
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.wording.reasons import say

_ACTS = ("now", "stop", "continue", "move")


def planning_in(request: HttpRequest) -> Planning:
    """What the form says of a plan.

    :raises CannotImport: a number or a day is none.
    """
    typed = request.POST
    day = typed.get("starts_on", "").strip()
    starts_on: date | None = day_of(day)
    if day and starts_on is None:
        raise CannotImport(reason("import.no_day", value=day[:40]), field="starts_on")
    return Planning(
        per_day=number_of(typed.get("per_day", "10")) or 0,
        is_per_rep=typed.get("per", "rep") == "rep",
        collectors_first=bool(typed.get("collectors_first")),
        absent=typed.get("absent", Absent.HOLD),
        starts_on=starts_on,
    )


def planning_typed(request: HttpRequest) -> dict[str, Any]:
    """What the form says of a plan as it was typed, to be shown again."""
    typed = request.POST
    return {
        "per_day": typed.get("per_day", "10"),
        "is_per_rep": typed.get("per", "rep") == "rep",
        "collectors_first": bool(typed.get("collectors_first")),
        "absent": typed.get("absent", ""),
        "starts_on": day_of(typed.get("starts_on", "").strip()),
    }


def planning_shown(row: Import) -> dict[str, Any]:
    """The choices of a plan, as they are or as one would begin; nothing where there is none."""
    if Becomes.PLAN not in BECOMES.get(row.kind, ()):
        return {}
    plan = ListPlan.objects.filter(pk=row.pk).first()
    if plan is None:
        plan = ListPlan(per_day=10, is_per_rep=True, collectors_first=True, absent=Absent.HOLD)
    return {"planning": plan, "absents": Absent.values}


@require_safe
@signed_in(Right.IMPORT)
def preview(request: HttpRequest, import_id: int) -> HttpResponse:
    """Who would get how many if the import started now. A part of the page before."""
    row, words = import_for(actor_in(request), import_id), words_of(request)
    found: ListForeseen | None = None
    problem = ""
    try:
        found = foreseen(row)
    except FileGone:
        problem = say(words, reason("import.file_gone"))
    except (UnreadableSheet, UnreadableOverride) as error:
        problem = say(words, error.reason)
    if found is not None and found.why is not None:
        problem = say(words, found.why)
    context = {
        "row": row,
        "found": found,
        "problem": problem,
        "whys": [] if found is None else [(say(words, why), n) for why, n in found.unassigned],
    }
    is_part = request.headers.get("HX-Request") == "true"
    name = "web/imports/preview.html" if is_part else "web/imports/preview_page.html"
    return render(request, name, context)


@require_POST
@signed_in(Right.IMPORT)
def plan(request: HttpRequest, import_id: int) -> HttpResponse:
    """Release a portion now, stop, go on, or move leads of one person's part to another."""
    actor, words, typed = actor_in(request), words_of(request), request.POST
    what = typed.get("act", "")
    try:
        match what:
            case "now":
                release_now(import_id, actor=actor)
            case "stop":
                stop_releasing(import_id, actor=actor)
            case "continue":
                go_on_releasing(import_id, actor=actor)
            case "move":
                count = move_items(
                    import_id,
                    from_rep=number_of(typed.get("from")),
                    to=number_of(typed.get("to")) or 0,
                    count=number_of(typed.get("count")) or 0,
                    actor=actor,
                )
                messages.success(request, words.text("web-plan-moved", count=count))
            case _:
                found = reason("work.not_a_choice", value=what[:40], choices=_ACTS)
                raise CannotImport(found, field="act")
        if what != "move":
            messages.success(request, words.text(f"web-plan-done-{what}"))
    except Refused as refusal:
        messages.error(request, say(words, refusal.why))
    return redirect(f"/imports/{import_id}")


def plan_shown(request: HttpRequest, row: Import) -> dict[str, Any]:
    """How far the plan of an import is, for its report."""
    state, words = plan_state(row), words_of(request)
    if state is None:
        return {}
    actor = actor_in(request)
    return {
        "state": state,
        "parts": [(one, "" if one.why is None else say(words, one.why)) for one in state.parts],
        "may_release": may(actor, Right.ASSIGN) and row.step in ("done", "stopped"),
        "colleagues": reps_within(actor),
    }
