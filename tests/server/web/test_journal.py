"""The journal in words: every kind of event, with its particulars."""

import ast
from collections.abc import Iterator

import pytest
from django.db import transaction

from evenhand.journal.models import Event
from evenhand.journal.operations import record
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Role
from evenhand.web.journal.told import tell_events, what_words
from evenhand.wording.catalogue import LOCALES, Words
from tests.docs.tables import ROOT
from tests.server.cast import browser
from tests.server.web.staff import hire

pytestmark = pytest.mark.django_db

# The first part of an event's kind; other strings with a dot are no kinds.
THINGS = frozenset(
    "lead account opportunity person rep leave team calendar roster token link login password"
    " second_factor policy form company view".split()
)
WRITERS = frozenset({"record", "_record", "_done", "_note", "_set"})


def kinds_in_the_source() -> Iterator[str]:
    """Every kind that is written out where an event is recorded."""
    for path in (ROOT / "src" / "evenhand").rglob("operations/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in WRITERS:
                for one in (found for argument in node.args for found in ast.walk(argument)):
                    text = one.value if isinstance(one, ast.Constant) else None
                    thing, dot, verb = (
                        text.partition(".") if isinstance(text, str) else ("", "", "")
                    )
                    if thing in THINGS and dot and verb:
                        yield f"{thing}.{verb}"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_event_has_words(locale: str) -> None:
    known = sorted(set(kinds_in_the_source()))
    words = Words(locale)

    assert len(known) > 40
    assert [kind for kind in known if what_words(words, kind) == kind] == []


def test_events_are_told_with_names_reasons_and_what_changed() -> None:
    rep, heir = hire(Role.REP, "任一"), hire(Role.REP, "芮二")
    with transaction.atomic():
        given = {"rep": heir.pk, "from": rep.pk, "reason": "customer_wish", "receipt": 7}
        record("lead.transferred", actor=SYSTEM, object_kind="lead", object_id=3, data=given)
        moved = {"from": "new", "to": "qualified"}
        record("lead.stage_set", actor=SYSTEM, object_kind="lead", object_id=3, data=moved)
        roles = {"role": ["rep", "manager"]}
        record(
            "person.role_changed", actor=SYSTEM, object_kind="person", object_id=rep.pk, data=roles
        )

    one, two, three = tell_events(Words("zh-Hans"), list(Event.objects.order_by("pk")))

    assert (one.what, one.who, one.about, one.path) == ("转交线索", "系统", "线索 3", "/leads/3")
    told = {fact.label: fact.value for fact in one.particulars}
    assert told == {"原来": "任一", "负责人": "芮二", "原因": "客户要求", "分配依据": "7"}
    assert [fact.value for fact in two.particulars] == ["新线索", "有意向"]
    assert (three.about, three.path) == ("任一", f"/members/{rep.pk}")
    assert [fact.value for fact in three.particulars] == ["销售 → 主管"]


def test_what_has_no_words_stands_there_as_it_is() -> None:
    with transaction.atomic():
        record("moon.landed", actor=SYSTEM, object_kind="moon", object_id=1, data={"crater": 5})

    page = browser(hire(Role.AUDITOR)).get("/journal").content.decode()

    assert "moon.landed" in page and "moon 1" in page and "crater" in page
