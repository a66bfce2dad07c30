"""F5: whatever somebody types is shown as it was typed, on every page, in mails and in files.

Every text field of every model gets hostile texts, as the models list them, so that a new field is
looked at without a word here. Then every page of `tests/browser/pages.toml` is read as HTML.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default as as_mail
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.template import engines
from openpyxl import load_workbook

from evenhand.exports.operations.ask import Wanted, ask
from evenhand.imports.operations.begin import upload
from evenhand.leads.models import Lead
from evenhand.notify.channels.mail import _mail
from evenhand.people.scope import actor_of
from evenhand.policies.models import Line
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.values.text import EDGES, FORMULA_STARTS, parse_text
from evenhand.sheets.writing.csv_file import write_csv
from evenhand.wording.catalogue import Words
from tests.access.company import World
from tests.browser.lived_in import move_in
from tests.server.conftest import forget
from tests.server.hostile import HOSTILE

SEEN: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parents[2] / "browser" / "pages.toml").read_text(encoding="utf-8")
)["seen"]
# Codes, keys, digests and secrets: the program writes them, and nobody types them.
_CODES = re.compile(
    r"(?:^|_)(?:kind|key|digest|by|secrets?|zone|locale|currency|country|channel|code|mark|via|"
    r"cause|act|outcome|confidence|engine|aspect|step|clock|state|page|format|ticket|token)$"
)
_NOT_TYPED = frozenset(
    {
        "seed", "salt", "prefix", "password", "theme", "totp_secret", "session_data", "address",
        "conflict_shows", "evidence", "direction", "how", "why", "band", "needs", "size",
        "lost_stage", "close_reason",
        "closed_reason", "lost_reason", "fingerprint", "caller", "search", "old_secret", "template",
        # Documents with a language of their own, read and checked before they are kept.
        "mapping", "text", "body", "query",
        # Of an uploaded file only the safe letters of its name are kept.
        "file_name",
        # Names that a policy holds: an item has one that its policy knows.
        "pool", "grade", "level", "type", "difficulty", "from_level", "to_level", "next_level",
        "given_grade",
    }
)  # fmt: skip
_LOADED = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href"}
)


def typed_fields() -> Iterator[tuple[type[models.Model], Any]]:
    """Every field of ours that holds a text somebody typed."""
    for model in apps.get_models():
        if not model.__module__.startswith("evenhand."):
            continue
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField)
            if is_text and not field.choices and not field.generated and not is_code(field.name):
                yield model, field


def is_code(name: str) -> bool:
    return name in _NOT_TYPED or bool(_CODES.search(name))


def fill(first: int) -> int:
    """Give every typed field of every row the next hostile text; how many took it."""
    number, filled = first, 0
    for model, field in typed_fields():
        for pk in model._default_manager.order_by("pk").values_list("pk", flat=True)[:12]:
            text = HOSTILE[number % len(HOSTILE)].replace("\x00", "")
            number += 1
            try:
                with transaction.atomic():
                    cut = text[: field.max_length or 2_000]
                    model._default_manager.filter(pk=pk).update(**{field.name: cut})
            except DatabaseError:
                continue  # a constraint keeps it out: so nobody can type it
            filled += 1
    return filled


class Living(HTMLParser):
    """Finds what of a hostile text became part of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.is_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_script = tag == "script"
        if tag.startswith("zq"):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            said = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if "zq" in name:
                self.found.append(f"<{tag} {name}>")
            if name.startswith("on") or (name == "style" and "zq" in said):
                self.found.append(f"<{tag} {name}={value}>")
            if name in _LOADED and re.match(r"(javascript|vbscript|data):.*zq", said):
                self.found.append(f"<{tag} {name}={value}>")
            if name in _LOADED - {"href"} and "//zq" in said:
                self.found.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag: str) -> None:
        self.is_script = False

    def handle_data(self, data: str) -> None:
        if "1337zq" in data:
            self.found.append("a template was run")
        if self.is_script and "<" in data and "zq" in data:
            self.found.append(f"in a script: {data[:80]}")


def living(html: str) -> list[str]:
    reader = Living()
    reader.feed(html)
    reader.close()
    return reader.found


def _alive(world: World, round_: int, routes: list[str]) -> tuple[list[str], int, int]:
    """What came alive on which page, how many texts were set, and how many pages showed one."""
    found: list[str] = []
    shown = 0
    with transaction.atomic():
        filled = fill(round_ * 37)
        forget()
        for route in routes:
            who = SEEN[route][round_ % len(SEEN[route])]
            answer = world.askers[who]("GET", world.address(route))
            html = b"".join(answer) if answer.streaming else answer.content
            text = html.decode()
            assert answer.status_code < 500, (route, who)
            shown += "zq" in text
            found += [f"{route} ({who}): {one}" for one in living(text)]
        transaction.set_rollback(True)
    forget()
    return found, filled, shown


@pytest.fixture
def world(db: None) -> World:
    return move_in()


def test_there_are_two_hundred_texts_and_most_fields_are_typed() -> None:
    assert len(HOSTILE) >= 200
    fields = {f"{model.__name__}.{field.name}" for model, field in typed_fields()}
    assert len(fields) >= 80
    assert {"Lead.name", "User.name", "Team.name", "Activity.note", "Appeal.facts"} <= fields
    assert not any(name.endswith(("_key", "digest", "secrets")) for name in fields)


def test_nothing_that_was_typed_comes_alive_on_any_page(world: World) -> None:
    routes = [one for number, one in enumerate(SEEN) if number % 3 == 0 or one.startswith("leads")]

    found, filled, shown = _alive(world, 0, routes)

    assert found == []
    assert filled > 300 and shown > 10


@pytest.mark.slow
def test_no_hostile_text_comes_alive_on_any_page(world: World) -> None:
    shown = 0
    for round_ in range(4):
        found, filled, seen = _alive(world, round_, list(SEEN))
        shown += seen

        assert found == []
        assert filled > 300
    assert shown > 60


def test_without_escaping_they_come_alive(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same rows, the same reader, and templates that trust what they show."""
    for engine in engines.all():
        monkeypatch.setattr(engine.engine, "autoescape", False)  # type: ignore[attr-defined]

    found, _, _ = _alive(world, 0, ["leads", "leads/<int:lead_id>", "members", "journal"])

    assert len(found) > 10


@pytest.mark.parametrize(
    "html",
    [
        "<p><zq></p>", '<input value="a" zq=1>', "<a href='java\tscript:zq'>", "<p>1337zq</p>",
        "<script>var a = '<zq>'</script>", "<p onclick=a>", "<img src='//zq.example'>",
    ],
)  # fmt: skip
def test_what_lives_is_found(html: str) -> None:
    assert living(html) != []
    assert (
        living("<p title='&lt;zq&gt;'>&lt;zq&gt; {{7*191}}zq</p><a href='/zq'>javascript:zq</a>")
        == []
    )


def test_no_mail_has_another_head_or_a_part_that_is_no_plain_text() -> None:
    for text in HOSTILE:
        given = {"subject": f"新线索 {text}", "text": f"你好 {text}", "to": "ann@firm.example"}

        sent = message_from_bytes(_mail(given, "1").message().as_bytes(), policy=as_mail)

        assert set(sent.keys()) == {
            "Content-Type", "Content-Transfer-Encoding", "MIME-Version", "Subject", "From", "To",
            "Date", "Message-ID", "X-Evenhand-Id",
        }, text  # fmt: skip
        assert sent.get_content_type() == "text/plain"


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_files_of_leads_hold_no_formula(world: World, format: str) -> None:
    line = Line.objects.get()
    for number, text in enumerate(HOSTILE):
        Lead.objects.create(
            name=text.replace("\x00", "")[:120], company_name=HOSTILE[-number][:200],
            state="pooled", pool="公海", line=line, grade="B",
        )  # fmt: skip

    wanted = Wanted(page="leads", query="state=pooled", why="report", format=format)
    actor = actor_of(world.people.olga)
    answer = ask(wanted, words=Words("en"), zone=ZoneInfo("Asia/Shanghai"), actor=actor)

    assert answer.content is not None
    if format == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if is_formula(cell)] == []
    else:
        sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
        rows = [list(row) for row in sheet.iter_rows()]
        assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d", "b"}
        assert not any(cell.hyperlink for row in rows for cell in row)
    assert len(rows) > len(HOSTILE)


@pytest.mark.parametrize(
    "name", ["𠮷" * 300 + ".csv", "汉" * 300 + ".csv", "../../a.csv", "</script>\x00.csv"]
)
def test_a_file_of_any_name_is_taken_in(world: World, name: str) -> None:
    actor = actor_of(world.people.olga)

    row = upload(name, "姓名,手机\n张三,13800138112\n".encode(), actor=actor)

    assert world.askers["ops"]("GET", f"/imports/{row.pk}").status_code == 200
    assert not set(row.file_name) & set("/\\<>\x00")


def test_a_file_comes_back_through_our_own_import_as_it_went(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    texts = [one.replace("\x00", "") for one in HOSTILE]

    write_csv(path, ["a", "b"], [[text, "x"] for text in texts])

    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)][1:]
    assert [cell for cell in cells if is_formula(cell)] == []
    read = [parse_text(row[0]) for _, row in open_table(path).rows()]
    assert read == [parse_text(text) for text in texts]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet program could run it; a number or a dash alone is none."""
    core = cell.lstrip(EDGES)
    is_number = re.fullmatch(r"[+-]?[0-9.,]+%?|-{1,3}", cell)
    return core[:1] in FORMULA_STARTS and not is_number
