"""Photos as evidence: freed of what they tell, seen by who sees the to-do, and nobody else."""

import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from evenhand.journal.models import Event
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep
from evenhand.platform.invariants import examine
from evenhand.platform.pictures import UnusablePicture, cleaned
from evenhand.tasks.making import REP, Wish, make_all
from evenhand.tasks.models import Photo, Task, TaskState
from evenhand.tasks.operations.doing import complete
from evenhand.tasks.operations.photos import MOST_PHOTOS, add_photo
from evenhand.tasks.refusals import CannotDo
from tests.server.builders import person
from tests.server.cast import browser
from tests.server.tasks.pictures import PIXEL, SECRET, phone_photo
from tests.server.tasks.rules import TASKS, as_rep, company_with_tasks


def png() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + b"\0\0\0\0"

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"tEXt", SECRET), (b"eXIf", SECRET), (b"IDAT", b"x"), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in parts) + SECRET


def webp() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    body = b"WEBP" + chunk(b"VP8X", b"\x0c" + b"\0" * 9) + chunk(b"VP8 ", b"abc")
    body += chunk(b"EXIF", SECRET) + chunk(b"XMP ", SECRET)
    return b"RIFF" + struct.pack("<I", len(body)) + body + SECRET


def test_a_photo_keeps_the_picture_and_which_side_is_up_and_tells_nothing_else() -> None:
    for kind, content in (("jpeg", phone_photo()), ("png", png()), ("webp", webp())):
        assert SECRET in content
        picture = cleaned(content)
        assert picture.kind == kind and SECRET not in picture.content
        assert cleaned(picture.content) == picture  # once more changes nothing

    turned = cleaned(phone_photo()).content
    assert (
        turned.startswith(b"\xff\xd8\xff\xe1")
        and b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in turned
    )
    assert cleaned(PIXEL).content == PIXEL
    assert cleaned(webp()).content[20] == 0  # the flags say that nothing is told


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a\x01\x00\x01\x00",
        b"\0\0\0\x18ftypheic",
        PIXEL[:40],
        PIXEL[:-2],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff<html><script>alert(1)</script>",
        png()[:40],
        webp()[:30],
        PIXEL.replace(b"\x08\x00\x01\x00\x01\x01", b"\x08\xff\xff\xff\xff\x01"),
    ],
)
def test_what_is_no_photo_damaged_or_huge_is_refused(content: bytes) -> None:
    with pytest.raises(UnusablePicture):
        cleaned(content)


@pytest.fixture
def visit() -> tuple[Rep, Rep, int]:
    types = [{"type": "巡店", "minutes": 30, "evidence": "photo"}, *TASKS["types"]]
    one, other = company_with_tasks(2, types=types)
    (made,) = make_all([Wish("巡店", REP, one.pk)], via="hand", actor=SYSTEM)
    return one, other, made.id


@pytest.mark.django_db
def test_a_to_do_is_done_with_a_photo_that_only_its_readers_see(
    visit: tuple[Rep, Rep, int],
) -> None:
    one, other, task_id = visit
    ren, boss = browser(one.user), browser(person("Boss", "manager", "all"))
    place = f"/tasks/{task_id}"

    bare = ren.post(f"{place}/act", {"act": "done"})
    assert bare.status_code == 422 and "要有照片作为依据" in bare.content.decode()
    fake = SimpleUploadedFile("x.jpg", b"<html><script>1</script>", "image/jpeg")
    refused = ren.post(f"{place}/act", {"act": "done", "photo": fake})
    assert refused.status_code == 422 and not Photo.objects.exists()
    sent = {"photo": SimpleUploadedFile("../../p.jpg", phone_photo(), "text/html")}
    assert ren.post(f"{place}/act", {"act": "done", **sent}).status_code == 302

    assert Task.objects.get().state == TaskState.DONE
    photo = Photo.objects.get()
    assert SECRET not in bytes(photo.content)
    shown = f"{place}/photos/{photo.pk}"
    for who in (ren, boss):
        answer = who.get(shown)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Cache-Control"] == "no-store"
        assert shown in who.get(place).content.decode()
    assert browser(other.user).get(shown).status_code == 404
    assert browser().get(shown).status_code == 302
    assert ren.post(f"{shown}/remove").status_code in (409, 422)  # what is done keeps its evidence
    assert Photo.objects.exists()
    with connection.cursor() as cursor:
        assert examine(cursor) == []
        cursor.execute("DELETE FROM task_photo")
        assert examine(cursor) != []  # the control


@pytest.mark.django_db
def test_photos_are_counted_and_taken_away_while_it_is_open(visit: tuple[Rep, Rep, int]) -> None:
    one, other, task_id = visit
    by = as_rep(one)
    for _ in range(MOST_PHOTOS):
        kept = add_photo(task_id, PIXEL, actor=by)
    with pytest.raises(CannotDo) as full:
        add_photo(task_id, PIXEL, actor=by)
    assert full.value.why.code == "task.photos_full"
    with pytest.raises(CannotDo) as large:
        add_photo(task_id, PIXEL + b"0" * 10_000_000, actor=by)
    assert large.value.why.code == "task.photo_too_large"

    place = f"/tasks/{task_id}/photos/{kept.pk}/remove"
    assert browser(other.user).post(place).status_code == 404
    assert browser(one.user).post(place).status_code == 302
    assert Photo.objects.count() == MOST_PHOTOS - 1
    assert Event.objects.filter(kind="task.photo_removed").count() == 1
    assert complete(task_id, actor=by).state == TaskState.DONE
