"""F1, one call after the other: what a call has made is looked at, changed, handed on and ended.

schemathesis makes the calls along the links of the document (`api.links`), as one of the three
programs. Every history runs in a transaction that is taken back, so the next one starts anew.
What a history names in its bodies is what is there, or what it has made itself.
"""

from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.specs.openapi import checks

from evenhand.api.endpoints import photos, tasks
from evenhand.api.examples import BODIES
from evenhand.api.limits import INTAKE
from evenhand.api.openapi import document
from evenhand.appeals.models import Appeal
from evenhand.handover.models import Departure
from evenhand.handover.operations.cover import Class, plan_cover
from evenhand.handover.refusals import CannotHandOver
from evenhand.journal.models import Event
from evenhand.leads.models import Company, Lead, Opportunity
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Leave
from evenhand.policies.operations.publish import publish
from evenhand.rebalance.models import RebalanceMove
from evenhand.routing.intake import WRITER
from evenhand.tasks.models import Photo, Task
from tests.server.api.fuzzed import CHECKS, Api, name_of
from tests.server.cast import act_as
from tests.server.conftest import forget
from tests.server.routing.world import policy
from tests.server.tasks.pictures import PIXEL
from tests.server.tasks.rules import LEVELS, TASKS

pytestmark = pytest.mark.django_db

# Random and wrong requests, and those without a token, are sent by the other tests of F1.
ALONG = [one for one in CHECKS if one not in (checks.ignored_auth, checks.negative_data_rejection)]
# Who does not see everything may lose sight of what he made: another got it.
OF_ALL = [*ALONG, checks.use_after_free, checks.ensure_resource_availability]

# Their bodies name one of the moves or lines within, and there may be none.
WITHIN = frozenset(
    {"rebalances_edit", "departures_offer", "departures_answer", "departures_leave_out"}
)


def _in(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")


# What a call has made, as later bodies name it.
NAMED = {
    "leads_take_in": ("lead_id", "lead_id"),
    "accounts_create": ("id", "account_id"),
    "opportunities_create": ("id", "opportunity_id"),
    "tasks_make": ("id", "task_id"),
    "reps_take_leave": ("id", "leave_id"),
}
OF_KIND = {"lead": "lead_id", "account": "account_id", "opportunity": "opportunity_id"}
# Bodies beside that of the examples, where one is too few.
FURTHER: Mapping[str, list[dict[str, Any]]] = {
    "leads_take_in": [{"name": "陆远", "phone": "13700001111"}, {"name": "Wei", "grade": "A"}],
    "accounts_create": [{"name": "宁波东海泵业"}, {"name": "Harbor Pumps", "region": "浙江省"}],
    "tasks_make": [
        {"type": "电话回访", "to": "rep", "rep_id": 12},
        {"type": "门店拜访", "to": "own", "kind": "account", "item_id": 3},
        {"type": "门店拜访", "to": "rep", "rep_id": 12},
        {"type": "跟进", "to": "market"},
    ],
    "tasks_done": [{}, {"link": "https://shop.example/1", "quantity": 1}],
    "leads_change": [{"stage": "contacted"}, {"name": "新名字"}],
    # Those of the examples are over.
    "reps_take_leave": [{"from_at": _in(40), "until_at": _in(42), "reason": "年假"}],
    "covers_plan": [
        {"leave_id": 9, "classes": [{"substitute": 12}], "comes_back": "untouched"},
    ],
    "pauses_begin": [{"rep_id": 12, "until_at": _in(5), "reason": "training"}],
    "departures_open": [{"rep_id": 12, "deadline": _in(20), "at_deadline": "give"}],
    "rebalances_edit": [{"move_id": 210, "to": None}],
    "appeals_file": [{"item_kind": "lead", "item_id": 17, "why": "other", "note": "x"}],
    "appeals_decide": [{"is_upheld": False, "answer": "轮到别人了"}],
    "extensions_decide": [{"is_granted": False}],
}
NOUNS = {
    "leads": "^/api/v1/(leads|receipts)",
    "tasks": "^/api/v1/tasks",
    "accounts": "^/api/v1/(accounts|opportunities)",
    "handover": "^/api/v1/(covers|departures|rebalances|reps|pauses|extensions|appeals|series)",
    # Few at once, so that a history soon comes to what needs several before it.
    "appeals": "^/api/v1/appeals",
    "covers": "^/api/v1/covers",
    "extensions": "^/api/v1/extensions",
    "pools": "^/api/v1/(pools|receipts)",
    "rebalances": "^/api/v1/rebalances",
}
FOR_ONESELF = ("appeals_file", "appeals_withdraw", "extensions_ask")
BROAD = ("leads", "tasks", "accounts", "handover")


@dataclass
class Followed:
    """What histories did: their further steps by from where to where, and what was found."""

    reached: Counter[str] = field(default_factory=Counter)  # what had a good answer
    steps: Counter[tuple[str, str]] = field(default_factory=Counter)
    answered: Counter[tuple[str, str]] = field(default_factory=Counter)
    longest: int = 0
    found: dict[str, str] = field(default_factory=dict)

    def lacks(self, *edges: str) -> list[str]:
        """Which of the edges `from > to` no history went with a good answer."""
        return [one for one in edges if not self.answered[_edge(one)]]


def _edge(told: str) -> tuple[str, str]:
    source, _, target = told.partition(" > ")
    return source, target


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The intake decides in the connection of who asks: the same code, without its thread.

    Else what it commits on a connection of its own could not be taken back.
    """

    def ask(asked: Any) -> Any:
        (answer,) = WRITER._settle([asked])
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(WRITER, "ask", ask)


@pytest.fixture
def busy(api: Api, at_once: None) -> Api:
    """The company with a pool and types of to-dos; Ren's leave is still to come, and he neither
    leaves nor appeals yet."""
    rules = policy(pools=[{"pool": "公海"}], levels=LEVELS, tasks=TASKS)
    publish("direct", rules, actor=SYSTEM)
    later = timedelta(days=30)
    Leave.objects.update(from_at=F("from_at") + later, until_at=F("until_at") + later)
    Departure.objects.all().delete()
    Appeal.objects.all().delete()
    forget()
    return api


def plain(told: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the document whose bodies are its examples.

    Without the header of repeats, and without tokens: schemathesis looks for what has just been
    made only where all parameters are from a link, and takes a token for one.
    """
    found = deepcopy(dict(told))
    del found["security"], found["components"]["securitySchemes"]
    for operations in found["paths"].values():
        for operation in operations.values():
            operation["parameters"] = [
                one for one in operation.get("parameters", []) if one["in"] != "header"
            ]
            name = operation["operationId"]
            if name in BODIES:
                bodies = [BODIES[name], *FURTHER.get(name, ())]
                content = operation["requestBody"]["content"]
                content["application/json"]["schema"] = {"enum": bodies}
    return found


class History:
    """What one history does beside what schemathesis does."""

    api: Api
    who: str
    asker: str  # who does what one has to do for oneself, and another answers
    followed: Followed
    recorder: Any

    def setup(self) -> None:
        """Begin what is to be taken back."""
        INTAKE.forget()
        self.made: dict[str, str] = {}
        self.gone: set[str] = set()
        self.good = 0
        self.undo = ExitStack()
        self.undo.enter_context(transaction.atomic())

    def teardown(self) -> None:
        """Take back everything, also what the process remembers."""
        transaction.set_rollback(True)
        self.undo.close()
        forget()

    def get_call_kwargs(self, case: Any) -> dict[str, Any]:
        """Call as this program."""
        return {"headers": {"Authorization": f"Bearer {self.api.tokens[self._caller(case)]}"}}

    def _caller(self, case: Any) -> str:
        return self.asker if name_of(case.operation) in FOR_ONESELF else self.who

    def before_call(self, case: Any) -> None:
        """Name what is there: the numbers of an example are nobody's."""
        values = {**self.api.world.values, **self.made}
        if self.recorder.find_parent(case_id=case.id) is None:
            for name in case.path_parameters or {}:
                case.path_parameters[name] = values[name]
        name = name_of(case.operation)
        if name == "covers_agree":
            self._ask_on_the_page(int(case.path_parameters["leave_id"]))
        if name == "tasks_photo_add":
            case.body = {"photo": PIXEL}
        elif isinstance(case.body, dict):
            values["to"] = str(self._receiver(case))
            values["substitute"] = str(self.api.world.people.rui.pk)
            if name == "rebalances_edit":
                values["move_id"] = _a_move(case.path_parameters["rebalance_id"])
            case.body = _named(case.body, values)

    def _ask_on_the_page(self, leave_id: int) -> None:
        """Ask for a cover as its owner does: no program asks for him."""
        people = self.api.world.people
        if Leave.objects.filter(pk=leave_id, rep_id=people.ren.pk, canceled_at=None).exists():
            with suppress(CannotHandOver):  # nothing is asked then, and nothing agreed to
                plan_cover(leave_id, [Class(substitute=people.rui.pk)], actor=act_as(people.ren))

    def _receiver(self, case: Any) -> int:
        people = self.api.world.people
        return people.rui.pk if name_of(case.operation).endswith("transfer") else people.ren.pk

    def validate_response(self, response: Any, case: Any, **_: Any) -> None:
        """Note what the answer says, and what is wrong with it."""
        is_whole = self._caller(case) == "ops" and name_of(case.operation) not in WITHIN
        named = OF_ALL if is_whole else ALONG
        try:
            case.validate_response(response, checks=named, recorder=self.recorder)
            self._look_for_the_gone(response, case)
        except (Failure, FailureGroup) as error:
            for one in getattr(error, "exceptions", [error]):
                key = f"{self.who} {name_of(case.operation)}: {one.title}"
                self.followed.found.setdefault(key, f"{one.message}\n{case.as_curl_command()}")
        self._note(response, case)

    def _look_for_the_gone(self, response: Any, case: Any) -> None:
        """`use_after_free` knows DELETE alone; this API takes away by POST."""
        address = case.formatted_path
        if address in self.gone and response.status_code != 404:
            label = case.operation.label
            raise Failure(operation=label, title="Use after it is gone", message=address)
        if name_of(case.operation) == "tasks_photo_remove" and response.status_code == 200:
            self.gone.add(address.removesuffix("/remove"))

    def _note(self, response: Any, case: Any) -> None:
        name = name_of(case.operation)
        is_good = 200 <= response.status_code < 300
        parent = self.recorder.find_parent(case_id=case.id)
        if parent is not None:
            edge = (name_of(parent.operation), name)
            self.followed.steps[edge] += 1
            self.followed.answered[edge] += is_good
        self.followed.reached[name] += is_good
        self.good += is_good
        self.followed.longest = max(self.followed.longest, self.good)
        if is_good and name in NAMED:
            told, parameter = NAMED[name]
            self.made[parameter] = str(response.json()[told])


def _a_move(rebalance_id: str) -> str:
    """The first move of a rebalance; an answer about its moves would tell."""
    rows = RebalanceMove.objects.filter(rebalance_id=int(rebalance_id)).order_by("pk")
    return str(rows.values_list("pk", flat=True).first() or 0)


def _named(body: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """The body with the numbers of what is there."""
    return {key: _real(key, one, body, values) for key, one in body.items()}


def _real(key: str, value: Any, body: Mapping[str, Any], values: Mapping[str, str]) -> Any:
    if key in ("id", "item_id") and (kind := body.get("kind", body.get("item_kind"))) in OF_KIND:
        return int(values[OF_KIND[kind]])
    if key in values and isinstance(value, int) and not isinstance(value, bool):
        return int(values[key])
    if isinstance(value, list):
        return [_named(one, values) if isinstance(one, dict) else one for one in value]
    return value


def follow(
    api: Api, who: str, noun: str, *, histories: int, steps: int = 16, asker: str = ""
) -> Followed:
    """So many histories of at most so many calls about a noun, always the same ones.

    What is asked for oneself is asked by `asker`, where there is one, and answered by `who`.
    """
    followed = Followed()
    api.read(plain(document("en")))
    told = api.schema.include(path_regex=NOUNS[noun])
    # Only the links that the document states, and only bodies that it allows.
    told.config.phases.stateful.inference.algorithms = []
    told.config.phases.stateful.generation.modes = [GenerationMode.POSITIVE]
    links = told.build_state_machine(feedback=NO_FEEDBACK, link_calibration=None)
    of = {"api": api, "who": who, "asker": asker or who, "followed": followed}
    type("Told", (History, links), of).run(  # type: ignore[attr-defined]
        settings=settings(
            max_examples=histories, stateful_step_count=steps, derandomize=True, database=None,
            phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck),
        )
    )  # fmt: skip
    return followed


TURNS = {
    ("leads", "ops"): [
        *(f"leads_take_in > leads_{act}" for act in ("get", "change", "log", "void", "transfer")),
        "leads_take_in > receipts_get",
    ],
    ("tasks", "rep"): [
        *(f"tasks_make > tasks_{act}" for act in ("get", "done", "reopen", "give_back", "skip")),
        "tasks_photo_add > tasks_photo_get",
        "tasks_photo_add > tasks_photo_remove",
    ],
    ("accounts", "ops"): [
        *(f"accounts_create > accounts_{act}" for act in ("get", "change", "assign", "transfer")),
        "opportunities_create > opportunities_get",
    ],
}


def test_what_looks_for_use_after_a_delete_is_on_though_nothing_is_deleted_yet() -> None:
    """`use_after_free` has nothing to look at as long as things are taken away by POST.

    With the first DELETE this fails: take it away, and give the check a control like those below.
    """
    methods = {method for operations in document("en")["paths"].values() for method in operations}

    assert checks.use_after_free in OF_ALL and "post" in methods
    assert "delete" not in methods


def test_the_document_says_what_may_be_done_with_what_a_call_has_made() -> None:
    links = {
        f"{one['operationId']} > {name}"
        for operations in document("en")["paths"].values()
        for one in operations.values()
        for response in one["responses"].values()
        for name in response.get("links", ())
    }

    assert {edge for edges in TURNS.values() for edge in edges} <= links
    assert len(links) >= 55
    assert "tasks_make > tasks_photo_get" not in links  # which photo, nobody knows yet


@pytest.mark.parametrize(("noun", "who"), TURNS)
def test_what_was_made_is_there_for_what_the_document_says(busy: Api, noun: str, who: str) -> None:
    before = _things()

    followed = follow(busy, who, noun, histories=8)

    assert followed.found == {}
    assert followed.lacks(*TURNS[noun, who]) == []
    assert followed.longest >= 6
    assert _things() == before


def _things() -> list[int]:
    kinds = (Lead, Company, Opportunity, Task, Photo, Event)
    return [kind.objects.count() for kind in kinds]  # type: ignore[attr-defined]


@pytest.mark.slow
@pytest.mark.parametrize("who", ["ops", "rep", "read"])
def test_longer_histories_of_each_of_them_go_as_the_document_says(busy: Api, who: str) -> None:
    for noun in BROAD:
        followed = follow(busy, who, noun, histories=10, steps=24)
        assert followed.found == {}
        # Who may only read makes nothing that could be followed.
        assert not (who == "read" and followed.steps)


HANDED = (
    "pauses_begin > pauses_end",
    "departures_open > departures_lines",
    "departures_open > departures_cancel",
)


@pytest.mark.slow
def test_what_is_handed_over_is_followed_too(busy: Api) -> None:
    followed = follow(busy, "ops", "handover", histories=25, steps=24)

    assert followed.found == {}
    assert followed.lacks(*HANDED) == []


def test_a_thing_that_is_not_there_after_it_was_made_is_found(
    busy: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of `ensure_resource_availability`."""
    real = tasks.task_for
    monkeypatch.setattr(tasks, "task_for", lambda actor, number: real(actor, number + 10**6))

    found = follow(busy, "ops", "tasks", histories=3).found

    assert "ops tasks_get: Created resource not found" in found


def test_a_thing_that_is_there_after_it_was_taken_away_is_found(
    busy: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of what stands in for `use_after_free`."""
    monkeypatch.setattr(photos, "remove_photo", lambda *_, actor: None)

    found = follow(busy, "rep", "tasks", histories=8).found

    assert "rep tasks_photo_get: Use after it is gone" in found
