"""Photos as evidence of a to-do: added and taken away by whoever has it, while it is open."""

from django.db.models import Sum

from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.clock import now
from evenhand.platform.pictures import UnusablePicture, cleaned
from evenhand.platform.refusal import NotFound
from evenhand.platform.transactions import in_transaction
from evenhand.tasks.access import locked_task
from evenhand.tasks.models import Photo
from evenhand.tasks.operations.desk import check_open, told
from evenhand.tasks.operations.giving import check_own
from evenhand.tasks.refusals import refuse

MOST_PHOTOS = 6
MOST_BYTES = 10_000_000
MOST_BYTES_OF_ALL = 30_000_000


def check_size(count: int | None) -> None:
    """Whether a photo of so many bytes may be read at all; None = nobody says how many.

    :raises CannotDo: it is too large.
    """
    if (count or 0) > MOST_BYTES:
        raise refuse("photo_too_large", "photo", limit=MOST_BYTES // 1_000_000)


def add_photo(task_id: int, content: bytes, *, actor: Actor) -> Photo:
    """Keep a photo of one's own open to-do, without the place, time and device it tells.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotDo: it is not his, over, has enough photos, or this is none.
    """
    check_size(len(content))
    try:
        picture = cleaned(content)
    except UnusablePicture:
        raise refuse("photo_unusable", "photo") from None

    assert actor.user_id is not None, "only a person has to-dos"
    own = actor.user_id

    def work() -> Photo:
        task = locked_task(actor, task_id, Right.WORK)
        check_open(task)
        check_own(task, actor)
        there = task.photos.aggregate(bytes=Sum("byte_count"))["bytes"] or 0
        if task.photos.count() >= MOST_PHOTOS or there + len(picture.content) > MOST_BYTES_OF_ALL:
            raise refuse("photos_full", "photo", limit=MOST_PHOTOS)
        photo = Photo.objects.create(
            task=task,
            kind=picture.kind,
            content=picture.content,
            byte_count=len(picture.content),
            added_by_id=own,
            added_at=now(),
        )
        data = {"photo": photo.pk, "bytes": photo.byte_count}
        told(task, "task.photo_added", data, actor=actor)
        return photo

    return in_transaction(work)


def remove_photo(task_id: int, photo_id: int, *, actor: Actor) -> None:
    """Take a photo of one's own open to-do away again; what is done keeps its evidence.

    :raises NotAllowed, NotFound: not his to do, out of his reach, or there is no such photo.
    :raises CannotDo: it is not his, or over.
    """

    def work() -> None:
        task = locked_task(actor, task_id, Right.WORK)
        check_open(task)
        check_own(task, actor)
        if not task.photos.filter(pk=photo_id).delete()[0]:
            raise NotFound("photo", photo_id)
        told(task, "task.photo_removed", {"photo": photo_id}, actor=actor)

    in_transaction(work)
