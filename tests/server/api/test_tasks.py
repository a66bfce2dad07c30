"""To-dos by HTTP: listed, made, finished, moved, claimed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.leads.intake import LeadIn
from evenhand.people.actor import SYSTEM
from evenhand.routing.take_in import take_in
from evenhand.tasks.making import MARKET, REP, Wish, make_all
from evenhand.tasks.models import Photo, Task
from evenhand.tasks.operations.photos import MOST_BYTES, MOST_PHOTOS
from tests.server.api.caller import Caller, caller, error_of
from tests.server.builders import person
from tests.server.tasks.pictures import PIXEL, SECRET, phone_photo
from tests.server.tasks.rules import TASKS, company_with_tasks

pytestmark = pytest.mark.django_db


def test_a_rep_makes_finishes_and_claims_and_who_assigns_moves() -> None:
    ren, rui = (one.user for one in company_with_tasks(2))
    own, other, boss = caller(ren), caller(rui), caller(person("Boss", "manager", "all"))

    made = own.post("/tasks", {"type": "电话回访", "title": "约样机"})
    assert made.status_code == 201, made.json()
    place = f"/tasks/{made.json()['id']}"
    assert own.get("/tasks").json()["total"] == 1
    assert other.get(place).status_code == 404
    assert own.post(f"{place}/time", {"due_at": "2020-01-01T00:00:00Z"}).status_code == 422
    assert boss.post(f"{place}/assign", {"to": rui.pk}).json()["owner"]["id"] == rui.pk
    assert own.post(f"{place}/done", {}).status_code == 404
    assert other.post(f"{place}/done", {"minutes": 9}).json()["state"] == "done"

    (offered,) = make_all([Wish("电话回访", MARKET)], via="hand", actor=SYSTEM)
    (market,) = own.get("/market").json()["items"]
    assert [one["id"] for one in market["items"]] == [offered.id]
    (won,) = own.post("/market/claims", {"ids": [offered.id]}).json()["items"]
    (lost,) = other.post("/market/claims", {"ids": [offered.id]}).json()["items"]
    assert won["is_claimed"] and lost["reason"]["code"] == "task.gone"
    back = own.post(f"/tasks/{offered.id}/give-back", {"reason": "overload"})
    assert back.json()["state"] == "offered"


def test_a_series_is_made_changed_stopped_and_taken_up_by_who_assigns() -> None:
    (ren,) = (one.user for one in company_with_tasks(1))
    own, boss = caller(ren), caller(person("Boss", "manager", "all"))

    body = {"type": "电话回访", "unit": "week", "weekdays": [1, 4], "from_on": "2027-03-01"}
    assert own.post("/series", body).status_code == 403
    made = boss.post("/series", {**body, "to": "rep", "rep_id": ren.pk})
    assert made.status_code == 201, made.json()
    place = f"/series/{made.json()['id']}"
    assert own.get(place).json()["weekdays"] == [1, 4]  # his own work
    changed = boss.post(
        f"{place}/edit", {"weekdays": [2], "title": "周二回访", "edition": 1}
    ).json()
    assert (changed["weekdays"], changed["title"]) == ([2], "周二回访")
    assert (changed["every"], changed["rep"]["id"]) == (1, ren.pk)  # what was left out stays
    late = boss.post(f"{place}/edit", {"title": "x", "edition": 1})
    assert late.status_code == 409
    assert boss.post(f"{place}/edit", {"unit": "month"}).json()["weekdays"] == []
    assert boss.post(f"{place}/stop", {}).json()["is_on"] is False
    assert boss.post(f"{place}/stop", {}).status_code == 409
    assert own.post(f"{place}/resume").status_code == 403
    assert boss.post(f"{place}/resume").json()["is_on"] is True
    assert own.get("/series").json()["total"] == 1


def sent(who: Caller, place: str, content: bytes, *, key: str = "", field: str = "photo") -> Any:
    """A photo sent as a form with a file."""
    headers = {"Authorization": f"Bearer {who.token}"} | ({"Idempotency-Key": key} if key else {})
    file = SimpleUploadedFile("x.jpg", content, "image/jpeg")
    return who.client.post(f"/api/v1{place}", {field: file}, headers=headers)


def test_a_photo_is_kept_once_listed_fetched_and_finishes_the_to_do() -> None:
    types = [{"type": "巡店", "minutes": 30, "evidence": "photo"}, *TASKS["types"]]
    ren, rui = company_with_tasks(2, types=types)
    own, other, boss = caller(ren.user), caller(rui.user), caller(person("B", "manager", "all"))
    (made,) = make_all([Wish("巡店", REP, ren.pk)], via="hand", actor=SYSTEM)
    place = f"/tasks/{made.id}"
    assert own.get(place).json()["evidence"] == "photo"
    assert own.post(f"{place}/done", {}).status_code == 422

    first = sent(own, f"{place}/photos", phone_photo(), key="k")
    assert first.status_code == 201, first.json()
    # The same photo under the same key, in a form that separates its parts otherwise.
    again = sent(own, f"{place}/photos", phone_photo(), key="k")
    assert again.json() == first.json() and again.headers["Idempotency-Replayed"] == "true"
    assert error_of(sent(own, f"{place}/photos", PIXEL, key="k"))["code"] == "intake.key_reused"
    assert Photo.objects.count() == 1

    (one,) = own.get(f"{place}/photos").json()["items"]
    assert one == first.json() and (one["kind"], one["is_erased"]) == ("jpeg", False)
    got = boss.get(f"{place}/photos/{one['id']}")
    assert got.headers["Content-Type"] == "image/jpeg" and len(got.content) == one["bytes"]
    assert SECRET not in got.content
    assert "attachment" in got.headers["Content-Disposition"]
    for path in (f"{place}/photos", f"{place}/photos/{one['id']}"):
        assert other.get(path).status_code == 404
    assert sent(other, f"{place}/photos", PIXEL).status_code == 404
    assert boss.post(f"{place}/photos/{one['id']}/remove").status_code == 409  # not his own

    assert own.post(f"{place}/done", {}).json()["state"] == "done"
    assert own.post(f"{place}/photos/{one['id']}/remove").status_code == 409
    assert sent(own, f"{place}/photos", PIXEL).status_code == 409


def test_photos_have_the_limits_of_the_page_and_are_taken_away_while_it_is_open() -> None:
    (ren,) = company_with_tasks(1)
    own = caller(ren.user)
    (made,) = make_all([Wish("电话回访", REP, ren.pk)], via="hand", actor=SYSTEM)
    place = f"/tasks/{made.id}/photos"

    for content in (b"<html><script>1</script>", b"GIF89a", b"\0" * (MOST_BYTES + 1)):
        answer = sent(own, place, content)
        assert answer.status_code == 422
        assert error_of(answer)["code"] in ("task.photo_unusable", "task.photo_too_large")
    huge = sent(own, place, b"\0" * (12 * 1024 * 1024))
    assert huge.status_code == 413
    assert error_of(sent(own, place, PIXEL, field="file"))["code"] == "invalid"
    assert error_of(own.post(place, {"photo": "x"}))["code"] == "no_form"
    broken = own.send("POST", place, raw=b"--y", Content_Type="multipart/form-data; boundary=")
    assert broken.status_code == 400 and error_of(broken)["code"] == "malformed"

    kept = [sent(own, place, PIXEL).json()["id"] for _ in range(MOST_PHOTOS)]
    assert error_of(sent(own, place, PIXEL))["code"] == "task.photos_full"
    left = own.post(f"{place}/{kept[0]}/remove").json()["items"]
    assert [one["id"] for one in left] == kept[1:]
    assert own.post(f"{place}/{kept[0]}/remove").status_code == 404
    assert own.get(f"{place}/{kept[0]}").status_code == 404


def test_a_filter_makes_one_for_each_and_refuses_what_says_nothing() -> None:
    (ren,) = (one.user for one in company_with_tasks(1))
    own, boss = caller(ren), caller(person("Boss", "manager", "all"))
    take_in([LeadIn(name=f"n{k}", phone=f"1380013800{k}") for k in range(3)], actor=SYSTEM)
    body = {"type": "电话回访", "kind": "lead", "filter": {"stage": "new"}, "to": "holder"}

    assert own.post("/tasks/for-filter", body).status_code == 403
    for wrong in ({"stag": "new"}, {"stage": "bogus"}, {"stage": "new", "owner": "me"}):
        refused = boss.post("/tasks/for-filter", {**body, "filter": wrong})
        assert error_of(refused)["code"] == "task.filter_unknown"
        series = {"unit": "day", "from_on": "2027-03-01", "type": "电话回访", "kind": "lead"}
        assert boss.post("/series", {**series, "filter": wrong}).status_code == 422
    assert error_of(boss.post("/tasks/for-filter", {**body, "seen": 9}))["code"] == (
        "task.filter_changed"
    )
    assert Task.objects.count() == 0

    made = boss.post("/tasks/for-filter", {**body, "seen": 3}, Idempotency_Key="many")
    assert (made.status_code, made.json()) == (201, {"count": 3})
    assert boss.post("/tasks/for-filter", {**body, "seen": 3}, Idempotency_Key="many").json() == {
        "count": 3
    }
    assert set(Task.objects.values_list("owner_id", flat=True)) == {ren.pk}
    assert Task.objects.count() == 3


def test_the_checklist_is_ticked_and_finishing_is_undone() -> None:
    types = [{"type": "巡店", "checklist": ["看排面", "拍照"], "difficulty": "hard"}]
    ren, rui = (one.user for one in company_with_tasks(2, types=types))
    own, other = caller(ren), caller(rui)
    place = f"/tasks/{own.post('/tasks', {'type': '巡店'}).json()['id']}"
    assert own.get(place).json()["difficulty"] == "hard"

    assert own.post(f"{place}/done", {}).status_code == 422
    assert own.post(f"{place}/tick", {"entry": 1}).json()["checklist"] == [
        ["看排面", False],
        ["拍照", True],
    ]
    assert own.post(f"{place}/tick", {"entry": 2}).status_code == 409
    assert other.post(f"{place}/tick", {"entry": 0}).status_code == 404
    own.post(f"{place}/tick", {"entry": 0})
    assert own.post(f"{place}/done", {}).json()["state"] == "done"
    assert own.post(f"{place}/reopen").json()["state"] == "open"
    assert own.post(f"{place}/reopen").status_code == 409
