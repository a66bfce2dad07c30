"""The photos of a to-do: shown to who sees it, taken away by who has it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from evenhand.people.scope import Right
from evenhand.platform.pictures import answer_with
from evenhand.tasks.access import photo_for
from evenhand.tasks.operations.photos import remove_photo
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.leads.asking import back


@require_safe
@signed_in(Right.SEE_ITEMS)
def show(request: HttpRequest, task_id: int, photo_id: int) -> HttpResponse:
    """The picture itself."""
    photo = photo_for(actor_in(request), task_id, photo_id)
    return answer_with(photo.kind, bytes(photo.content), name=f"task-{task_id}-{photo_id}")


@require_POST
@signed_in(Right.WORK)
def remove(request: HttpRequest, task_id: int, photo_id: int) -> HttpResponse:
    """Take it away."""
    remove_photo(task_id, photo_id, actor=actor_in(request))
    return back(request, f"/tasks/{task_id}", "web-tasks-photo-removed")
