"""The calendar address (日历订阅): making and ending it, and what programs read there."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from evenhand.people.scope import Right, actor_of
from evenhand.platform.clock import now
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.feed import close_feed, open_feed, user_of_feed
from evenhand.tasks.queries import between, titles_of
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.tasks.ics import CONTENT_TYPE, Entry, calendar_of
from evenhand.wording.catalogue import Words

_BACK, _AHEAD = timedelta(days=30), timedelta(days=120)


@require_POST
@signed_in(Right.SEE_ITEMS)
def settle(request: HttpRequest) -> HttpResponse:
    """Make an address, which ends the former one, or end it; a new one is shown once."""
    words, actor = words_of(request), actor_in(request)
    if request.POST.get("act") == "end":
        close_feed(actor=actor)
        messages.success(request, words.text("web-tasks-feed-ended"))
    else:
        token = open_feed(actor=actor)
        address = f"{settings.EVENHAND_URL}/feeds/{token}"
        messages.success(request, words.text("web-tasks-feed-made", address=address))
    return redirect("/tasks?view=month")


@require_safe
def read(request: HttpRequest, token: str) -> HttpResponse:
    """The to-dos of whoever the address belongs to, as a calendar."""
    user = user_of_feed(token.removesuffix(".ics"))
    if user is None:
        raise Http404
    actor = actor_of(user)
    words, at = words_of(request), now()
    tasks = between(actor, at - _BACK, at + _AHEAD)
    titles = titles_of(actor, tasks)
    entries = [
        _entry(one, titles.get((one.item_kind, one.item_id or 0), ""), words) for one in tasks
    ]
    text = calendar_of(entries, name=words.text("web-nav-tasks"), host=request.get_host())
    return HttpResponse(text, content_type=CONTENT_TYPE, headers={"Cache-Control": "private"})


def _entry(task: Task, about: str, words: Words) -> Entry:
    """A to-do stands where its work should begin at the latest."""
    assert task.due_at is not None, "what has no time stands in no calendar"
    is_done = task.state == TaskState.DONE
    title = words.text("web-tasks-feed-done", title=task.title) if is_done else task.title
    return Entry(
        key=f"task-{task.pk}",
        title=title,
        begins_at=task.due_at - timedelta(minutes=task.minutes),
        ends_at=task.due_at,
        changed_at=task.done_at or task.assigned_at or task.created_at,
        text="\n".join(part for part in (about, task.note) if part),
        address=f"{settings.EVENHAND_URL}/tasks/{task.pk}",
    )
