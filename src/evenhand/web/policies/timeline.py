"""The clocks of a rule being typed, drawn on an example: a time line that follows the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from evenhand.engine.pool.example import Worked, work_through
from evenhand.engine.pool.section import Clock
from evenhand.engine.pool.spans import Span, read_span
from evenhand.people.scope import Right
from evenhand.policies.operations.hold import keep_hold
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.policies.part_forms import Known
from evenhand.web.policies.pool_forms import ClockRuleForm, several
from evenhand.web.policies.spans import length_words
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.formats import list_text

_REAL_DAY = timedelta(hours=24)
# An ordinary working day; what counts in fact is the calendar of whoever holds the item.
_WORKING_DAY = timedelta(hours=8)
_MOST_TOUCHES = 30
_ROOM = 1.06  # so that the end does not stand at the very edge


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a place of the line, in percent of its width."""

    at: str
    kind: str  # kept, moved, capped, late, warn


@dataclass(frozen=True, slots=True)
class Drawn:
    """A clock as a line: lengths in percent, and the same in sentences."""

    name: str
    usual: str
    moved_from: str
    moved: str
    due: str
    due_said: str
    label_at_end: bool
    latest: str
    marks: Sequence[Mark]
    said: Sequence[str]


@require_POST
@signed_in(Right.EDIT_POLICY)
def show(request: HttpRequest, line_id: int) -> HttpResponse:
    """The time line of what stands in the form; typing keeps the hold."""
    words = words_of(request)
    keep_hold(line_id, actor=actor_in(request))
    context = {"lines": lines_of(request.POST, words)}
    return render(request, "web/policies/timeline.html", context)


def lines_of(typed: QueryDict | dict[str, Any], words: Words) -> list[Drawn]:
    """Every clock that can be read; what cannot yet is left out until it can."""
    values = ClockRuleForm(words, Known((), (), ()), {}, typed).values()
    day = _REAL_DAY if values["time"] == "real" else _WORKING_DAY
    touches = [span.lasting(day) for span in _spans(str(typed.get("touches", "")))]
    found = []
    for one in values["clocks"]:
        try:
            clock = Clock.model_validate(one)
        except ValidationError:
            continue
        if clock.after:
            found.append(_drawn(work_through(clock, touches, day), day, words))
    return found


def _spans(text: str) -> list[Span]:
    found = []
    for part in several(text)[:_MOST_TOUCHES]:
        try:
            found.append(read_span(part))
        except PydanticCustomError:
            continue
    return found


def _drawn(worked: Worked, day: timedelta, words: Words) -> Drawn:
    ends = [worked.usual, worked.due, *([] if worked.latest is None else [worked.latest])]
    scale = 100 / (max(ends) * _ROOM / timedelta(seconds=1))

    def place(at: timedelta) -> str:
        return f"{min(100.0, at.total_seconds() * scale):.2f}%"

    marks = [Mark(place(step.at), step.effect) for step in worked.steps]
    marks += [Mark(place(at), "warn") for at in worked.reminders]
    usual = min(worked.usual, worked.due)
    return Drawn(
        name=words.text(f"clock-name-{message_id(worked.clock.clock)}"),
        usual=place(usual),
        moved_from=place(usual),
        moved=place(worked.due - usual),
        due=place(worked.due),
        due_said=length_words(words, worked.due, day),
        label_at_end=worked.due.total_seconds() * scale > 60,
        latest="" if worked.latest is None else place(worked.latest),
        marks=marks,
        said=list(_said(worked, day, words)),
    )


def _said(worked: Worked, day: timedelta, words: Words) -> list[str]:
    def length(span: timedelta) -> str:
        return length_words(words, span, day)

    found = [words.text("web-timeline-usual", due=length(min(worked.usual, worked.due)))]
    for effect, alike in groupby(worked.steps, key=lambda step: step.effect):
        # Whatever comes too late says the same; others move the end one by one.
        each = list(alike)
        for part in [each] if effect == "late" else [[step] for step in each]:
            at = list_text(words, [length(step.at) for step in part])
            found.append(words.text(f"web-timeline-{effect}", at=at, due=length(part[-1].due)))
    if worked.reminders:
        warned = list_text(words, list(map(length, worked.reminders)))
        found.append(words.text("web-timeline-warns", at=warned))
    ends = [words.text(f"web-studio-missed-{message_id(one)}") for one in worked.clock.missed]
    due = length(worked.due)
    if ends:
        found.append(words.text("web-timeline-ends", due=due, what=list_text(words, ends)))
    else:
        found.append(words.text("web-timeline-ends-quietly", due=due))
    return found
