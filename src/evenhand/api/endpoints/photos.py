"""Photos as evidence of a to-do, for programs: kept, listed, fetched, taken away."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, UploadedFile
from ninja.params import functions
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.idempotency import idempotent
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.tasks import PhotoOut, PhotosOut, photo_out
from evenhand.people.actor import Actor
from evenhand.platform.antivirus import content_of
from evenhand.platform.pictures import KINDS, answer_with
from evenhand.tasks.access import photo_for, photos_of, task_for
from evenhand.tasks.operations.photos import add_photo, check_size, remove_photo

router = Router(tags=["tasks"])
_PATH = "/tasks/{task_id}/photos"
_PICTURE: dict[str, Any] = {
    f"image/{kind}": {"schema": {"type": "string", "format": "binary"}} for kind in KINDS
}


@router.get(
    _PATH,
    response=PhotosOut,
    operation_id="tasks_photos",
    summary="api-op-tasks-photos",
)
def list_photos(request: HttpRequest, task_id: Id) -> PhotosOut:
    """The photos of a to-do, the first first."""
    return _photos(actor_of(request), task_id)


@router.get(
    f"{_PATH}/{{photo_id}}",
    operation_id="tasks_photo_get",
    summary="api-op-tasks-photo-get",
    openapi_extra={"responses": {200: {"description": "OK", "content": _PICTURE}}},
)
def get_photo(request: HttpRequest, task_id: Id, photo_id: Id) -> HttpResponse:
    """The picture itself."""
    photo = photo_for(actor_of(request), task_id, photo_id)
    return answer_with(photo.kind, bytes(photo.content), name=f"task-{task_id}-{photo_id}")


@router.post(
    _PATH,
    response={201: PhotoOut},
    operation_id="tasks_photo_add",
    summary="api-op-tasks-photo-add",
    description="api-op-tasks-photo-add-text",
)
@idempotent
def keep_photo(
    request: HttpRequest,
    task_id: Id,
    photo: Annotated[UploadedFile, functions.File(description="api-doc-task-photo")],
) -> Status[PhotoOut]:
    """Keep a photo of one's own open to-do."""
    actor = actor_of(request)
    task_for(actor, task_id)
    check_size(photo.size)
    content = content_of(photo, field="photo")
    return Status(201, photo_out(add_photo(task_id, content, actor=actor)))


@router.post(
    f"{_PATH}/{{photo_id}}/remove",
    response=PhotosOut,
    operation_id="tasks_photo_remove",
    summary="api-op-tasks-photo-remove",
    description="api-op-tasks-photo-remove-text",
)
@idempotent
def take_photo_away(request: HttpRequest, task_id: Id, photo_id: Id) -> Status[PhotosOut]:
    """Take a photo of one's own open to-do away; what is left."""
    actor = actor_of(request)
    remove_photo(task_id, photo_id, actor=actor)
    return Status(200, _photos(actor, task_id))


def _photos(actor: Actor, task_id: int) -> PhotosOut:
    task_for(actor, task_id)
    return PhotosOut(items=[photo_out(one) for one in photos_of(actor, task_id)])
