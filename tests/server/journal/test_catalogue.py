"""The catalogue of event types: every event is promised, and no promise is broken."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from evenhand.journal.catalogue import CATALOGUE
from evenhand.journal.catalogue.types import NotInCatalogue, check_event
from evenhand.journal.models import Event
from evenhand.journal.operations import record, record_many
from evenhand.people.actor import SYSTEM
from evenhand.web.journal.told import particular_words, what_words
from evenhand.wording.catalogue import LOCALES, Words, message_id
from tests.docs.tables import ROOT

PUBLISHED = Path(__file__).with_name("published.json")
# Functions that take the kind of an event first; other strings with a dot are no kinds.
WRITERS = frozenset({"record", "record_many", "_record", "_done", "_note", "_set"})


def kinds_in_the_source() -> Iterator[str]:
    """Every kind that is written out where an event is recorded."""
    for path in (ROOT / "src" / "evenhand").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in WRITERS:
                for argument in node.args[:3]:
                    yield from _kinds_of(argument)


def _kinds_of(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.IfExp):
        yield from _kinds_of(argument.body)
        yield from _kinds_of(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        thing, dot, verb = argument.value.partition(".")
        if dot and thing.isidentifier() and verb.isidentifier():
            yield argument.value


def published() -> dict[str, Any]:
    """The catalogue as a program may have come to rely on it."""
    return {
        kind: {
            "about": one.about,
            "version": one.version,
            "data": {name: what.as_schema() for name, what in one.data.items()},
        }
        for kind, one in sorted(CATALOGUE.items())
    }


def test_every_event_that_is_written_is_in_the_catalogue() -> None:
    written = set(kinds_in_the_source())

    assert len(written) > 40
    assert sorted(written - CATALOGUE.keys()) == []


def test_no_promise_about_events_is_broken() -> None:
    """Add what is new to published.json; what stands there stays, or the version is raised."""
    kept, now = json.loads(PUBLISHED.read_text(encoding="utf-8")), published()

    assert kept.keys() - now.keys() == set(), "a type is gone"
    for kind, was in kept.items():
        is_ = now[kind]
        if is_["version"] == was["version"]:
            assert is_["about"] == was["about"], kind
            same = {name: is_["data"].get(name) for name in was["data"]}
            assert same == was["data"], f"{kind}: raise its version"
        else:
            assert is_["version"] > was["version"], kind
    assert kept == now, "write what is new into published.json"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_type_of_event_has_words(locale: str) -> None:
    words = Words(locale)

    assert [kind for kind in CATALOGUE if what_words(words, kind) == kind] == []
    things = {message_id(one.about) for one in CATALOGUE.values()}
    assert sorted(thing for thing in things if not words.has(f"web-event-of-{thing}")) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_particular_has_words(locale: str) -> None:
    words = Words(locale)
    named = {name for one in CATALOGUE.values() for name in one.data}

    assert len(named) > 100
    keys = {name: f"web-event-key-{message_id(name)}" for name in named}
    assert sorted(name for name, message in keys.items() if not words.has(message)) == []
    assert all(particular_words(words, "", name) == words.text(keys[name]) for name in named)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "about", "data"),
    [
        ("moon.landed", "moon", {}),
        ("lead.lost", "account", {}),
        ("lead.lost", "lead", {"reason": "price", "name": "王芳"}),
    ],
)
def test_what_is_not_promised_is_not_written(kind: str, about: str, data: dict[str, Any]) -> None:
    with pytest.raises(NotInCatalogue), transaction.atomic():
        record(kind, actor=SYSTEM, object_kind=about, object_id=1, data=data)
    with pytest.raises(NotInCatalogue), transaction.atomic():
        record_many(kind, actor=SYSTEM, object_kind=about, data={1: data})

    assert not Event.objects.exists()


def test_an_edit_may_name_any_field() -> None:
    check_event(CATALOGUE, "rep.edited", "person", {"capacity": [10, 20], "level": ["a", "b"]})
