"""Every door for files asks the scanner that the operator named, and keeps nothing it finds bad."""

import ast
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import evenhand
from evenhand.imports.models import Import
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Calendar, User
from evenhand.platform.antivirus import Scanner
from evenhand.tasks.making import REP, Wish, make_all
from evenhand.tasks.models import Photo
from tests.fakes.clamd import EICAR, clamd, nobody_listens
from tests.server.api.caller import caller
from tests.server.builders import person
from tests.server.cast import browser
from tests.server.tasks.pictures import PIXEL
from tests.server.tasks.rules import company_with_tasks

pytestmark = pytest.mark.django_db
SRC = Path(evenhand.__file__).parent
# The scanner's own module, and the digest that tells repeats apart and keeps nothing.
OWN = {SRC / "platform" / "antivirus.py", SRC / "api" / "idempotency.py"}
LIST = "姓名,邮箱\n王,wang@example.com\n".encode()
DAYS = "日期,类型,名称\n2099-01-01,放假,元旦\n".encode()
LEADS = "姓名,手机\n王,13800000000\n".encode()


class Doors:
    """Each way in for a file: its name, a good content, and the request."""

    def __init__(self) -> None:
        self.rep = company_with_tasks(1)[0]
        self.ops = person("Olga", "sales_ops", "all")
        (made,) = make_all([Wish("电话回访", REP, self.rep.pk)], via="hand", actor=SYSTEM)
        self.task_id = made.id
        self.calendar = Calendar.objects.create(
            name="中国", zone="Asia/Shanghai", hours=["09:00-18:00"] * 7
        )

    def go(self, door: str, content: bytes) -> Any:
        """Send a file there."""
        send: dict[str, tuple[User, str, dict[str, str]]] = {
            "imports": (self.ops, "/imports", {}),
            "list": (self.ops, "/members/paste", {}),
            "days": (self.ops, f"/calendars/{self.calendar.pk}/upload", {}),
            "photo": (self.rep.user, f"/tasks/{self.task_id}/act", {"act": "photo"}),
            "done": (self.rep.user, f"/tasks/{self.task_id}/act", {"act": "done"}),
        }
        if door == "api":
            return self._by_program(content)
        who, place, form = send[door]
        name = "photo" if door in ("photo", "done") else "file"
        file = SimpleUploadedFile("展会.csv", content)
        return browser(who).post(place, {**form, name: file})

    def _by_program(self, content: bytes) -> Any:
        file = SimpleUploadedFile("展会.csv", content, "image/jpeg")
        program = caller(self.rep.user, "read", "work")
        known = {"Authorization": f"Bearer {program.token}"}
        place = f"/api/v1/tasks/{self.task_id}/photos"
        return program.client.post(place, {"photo": file}, headers=known)

    def kept(self) -> tuple[int, int, int, list[str]]:
        """What came of files so far."""
        self.calendar.refresh_from_db()
        days = sorted(self.calendar.own_days)
        return Import.objects.count(), Photo.objects.count(), User.objects.count(), days


GOOD: dict[str, bytes] = {
    "imports": LEADS,
    "list": LIST,
    "days": DAYS,
    "photo": PIXEL,
    "done": PIXEL,
    "api": PIXEL,
}


@pytest.mark.parametrize("door", GOOD)
def test_a_file_is_taken_only_where_the_scanner_calls_it_clean(settings: Any, door: str) -> None:
    doors = Doors()
    with clamd() as (place, seen):
        settings.CLAMD = Scanner.at(place)
        before = doors.kept()

        refused = doors.go(door, GOOD[door] + EICAR)

        assert refused.status_code in (200, 422), refused.status_code  # a page with its form again
        said = refused.content.decode()
        assert "展会.csv" in said and "Eicar-Test-Signature" in said
        assert doors.kept() == before
        settings.CLAMD = Scanner.at(nobody_listens())
        away = doors.go(door, GOOD[door])
        assert away.status_code in (200, 422, 503) and "展会.csv" in away.content.decode()
        assert (away.headers.get("Retry-After") == "30") == (door == "api")
        assert doors.kept() == before

        # The control: the same file without what the scanner knows.
        settings.CLAMD = Scanner.at(place)
        assert doors.go(door, GOOD[door]).status_code in (200, 201, 302)
        assert doors.kept() != before or door == "list"  # which is looked at first
    assert seen == [GOOD[door] + EICAR, GOOD[door]]


def test_no_other_way_leads_to_what_an_uploaded_file_holds() -> None:
    """Who names uploads asks `content_of`, and reads none itself."""
    doors = [path for path in SRC.rglob("*.py") if _takes_files(path) and path not in OWN]

    assert len(doors) == 5
    assert [path.name for path in doors if not _asks(path, "content_of")] == []
    assert [path.name for path in doors if _asks(path, "read") or _asks(path, "chunks")] == []


def _takes_files(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return "request.FILES" in text or "UploadedFile" in text


def _asks(path: Path, name: str) -> bool:
    calls = (
        node.func
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )
    return any(name in (getattr(one, "id", ""), getattr(one, "attr", "")) for one in calls)
