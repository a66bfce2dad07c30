"""One lead in, its owner out; a thousand in, each row with its own answer."""

from collections.abc import Callable, Iterator

import pytest

from evenhand.api.limits import INTAKE, ProcessBuckets
from evenhand.api.schemas.leads import BulkOut
from evenhand.leads.intake import FIELD_NAMES
from evenhand.leads.models import Activity, Assignment, Lead
from evenhand.people.actor import SYSTEM
from evenhand.people.models import ApiToken, Rep
from evenhand.policies.operations.publish import publish
from tests.server.api.caller import Caller, caller, error_of
from tests.server.cast import Cast
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db
# What reaches the writer has to be committed; such tests are dear, so they are few.


def committed(test: Callable[..., None]) -> Callable[..., None]:
    needs_writer = pytest.mark.usefixtures("writer")(test)
    return pytest.mark.django_db(transaction=True)(needs_writer)


WANG = {"name": "王芳", "phone": "13800138000", "company": "远大机械"}


@committed
def test_the_answer_names_owner_receipt_and_points(people: Cast, ops: Caller) -> None:
    answer = ops.post("/leads", WANG)

    assert answer.status_code == 201
    said = answer.json()
    lead = Lead.objects.get()
    assert lead.owner is not None
    assert said == {
        "lead_id": lead.pk,
        "state": "owned",
        "owner": {"id": lead.owner_id, "name": lead.owner.user.name},
        "grade": "B",
        "points": 2.0,
        "receipt_id": lead.receipt_id,
        "receipt": f"http://127.0.0.1:8000/receipts/{lead.receipt_id}",
        "reason": None,
        "duplicate_of": None,
        "attached_to": None,
        "known_by": [],
    }
    assert lead.via == "api"


@committed
def test_the_same_person_again_is_recognized_and_costs_nothing(ops: Caller) -> None:
    first = ops.post("/leads", WANG).json()

    again = ops.post("/leads", {"name": "王芳", "phone": "+86 138-0013-8000"})

    assert again.status_code == 200
    assert again.json()["duplicate_of"] == first["lead_id"] == again.json()["lead_id"]
    assert again.json()["owner"] == first["owner"]
    assert (Lead.objects.count(), Assignment.objects.count()) == (1, 1)
    assert Activity.objects.count() == 1


@committed
def test_without_an_owner_the_typed_reason_stands_in_the_answer(people: Cast) -> None:
    Rep.objects.update(is_active=False)
    people.organization.people_revision += 1
    people.organization.save()

    said = [
        caller(people.olga, "intake", language=language).post("/leads", {"name": language}).json()
        for language in ("en", "zh-CN", "zh-TW")
    ]

    assert {(one["state"], one["owner"]) for one in said} == {("queued", None)}
    assert len({one["reason"]["code"] for one in said}) == 1
    assert len({one["reason"]["message"] for one in said}) == 3


@committed
def test_a_line_and_a_collector_that_are_not_there_are_named_with_the_remedy(
    ops: Caller,
) -> None:
    no_line = ops.post("/leads", {**WANG, "line": "gone"})
    no_rep = ops.post("/leads", {**WANG, "collected_by": 999_999})

    assert (no_line.status_code, no_rep.status_code) == (422, 422)
    error = error_of(no_line)
    assert error["code"] == "intake.no_such_line"
    assert error["fields"][0]["field"] == "line"
    assert "/api/v1/lines" in error["remedy"]
    assert error_of(no_rep)["code"] == "intake.no_such_rep"
    assert not Lead.objects.exists()


def test_no_field_of_the_table_can_be_set_beside_those_of_a_lead(ops: Caller) -> None:
    columns = {one.attname for one in Lead._meta.fields} | {one.name for one in Lead._meta.fields}
    closed = sorted(columns - FIELD_NAMES)

    answer = ops.post("/leads", {**WANG, **dict.fromkeys(closed, 1)})

    assert answer.status_code == 422
    assert sorted(one["field"] for one in error_of(answer)["fields"]) == closed
    assert {"id", "owner_id", "state", "points", "receipt_id", "via"} <= set(closed)
    assert not Lead.objects.exists()


@pytest.fixture
def still_clock() -> Iterator[None]:
    """The limiter's clock stands, so that nothing fills while the test runs."""
    real, now = INTAKE.clock, INTAKE.clock()
    INTAKE.clock = lambda: now
    INTAKE.forget()
    yield
    INTAKE.clock = real
    INTAKE.forget()


def test_too_many_leads_at_once_get_429_and_nothing_is_written(
    ops: Caller, still_clock: None
) -> None:
    key = ApiToken.objects.get().digest
    while INTAKE.take(key) == 0.0:
        pass

    answer = ops.post("/leads", WANG)

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert not Lead.objects.exists()


def test_buckets_of_a_process_fill_by_the_clock() -> None:
    now = [0.0]
    buckets = ProcessBuckets(rate=2, burst=3, clock=lambda: now[0])

    assert [buckets.take("a") for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]
    assert buckets.take("b") == 0.0
    now[0] = 0.5
    assert [buckets.take("a"), buckets.take("a")] == [0.0, 0.5]
    now[0] = 100.0
    assert [buckets.take("a") for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]


def test_good_rows_of_a_bulk_are_kept_and_bad_ones_named(ops: Caller) -> None:
    rows = [
        WANG,
        {"email": "nobody"},
        {"name": "李强", "phone": "13900139000", "line": "gone"},
        "no object",
        {"name": "Ann", "email": "ann@example.com", "collected_by": 999_999},
        {"name": "Ben", "email": "ben@example.com"},
        {},
        {"name": "王芳", "phone": "13800138000"},
    ]

    said = ops.post("/leads/bulk", {"leads": rows}).json()

    assert BulkOut.model_validate(said).model_dump(mode="json") == said
    assert (said["accepted"], said["refused"]) == (3, 5)
    assert [one["index"] for one in said["rows"]] == list(range(8))
    bad = {one["index"]: one["error"] for one in said["rows"] if one["error"]}
    assert {index: error["fields"][0]["field"] for index, error in bad.items()} == {
        1: "email",
        2: "line",
        3: "leads.3",
        4: "collected_by",
        6: "name",
    }
    assert all(error["remedy"] and error["message"] for error in bad.values())
    assert said["rows"][7]["lead"]["duplicate_of"] == said["rows"][0]["lead"]["lead_id"]
    assert set(Lead.objects.values_list("via", flat=True)) == {"bulk"}
    assert Lead.objects.count() == 2


def test_a_thousand_rows_are_dealt_evenly_in_their_order(people: Cast, ops: Caller) -> None:
    rows = [{"name": f"客户{n}", "phone": f"1380000{n:04d}"} for n in range(1_000)]

    said = ops.post("/leads/bulk", {"leads": rows}).json()

    assert (said["accepted"], said["refused"]) == (1_000, 0)
    owners = [one["lead"]["owner"]["id"] for one in said["rows"]]
    counts = sorted(owners.count(rep) for rep in set(owners))
    assert counts == [333, 333, 334]


@pytest.mark.parametrize(
    "body",
    [{}, {"leads": []}, {"leads": {}}, {"leads": [{"name": "x"}] * 1_001}, {"leads": [], "x": 1}],
)
def test_a_bulk_that_is_none_is_refused_whole(ops: Caller, body: object) -> None:
    answer = ops.post("/leads/bulk", body)

    assert answer.status_code == 422
    assert error_of(answer)["fields"]
    assert not Lead.objects.exists()


def test_a_lead_goes_to_the_line_it_names(ops: Caller) -> None:
    publish("direct2", policy(), actor=SYSTEM)

    ops.post("/leads/bulk", {"leads": [{**WANG, "line": "direct2"}]})

    line = Lead.objects.get().line
    assert line is not None and line.key == "direct2"
