"""Whatever stands in a body, the answer is an answer: never a fault of ours."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.leads.intake import FIELD_NAMES, LeadIn
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Bucket
from evenhand.routing.take_in import TakenIn, take_in
from tests.server.api.caller import Caller, error_of

pytestmark = pytest.mark.django_db

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "\x00", "\ud800", "🧨" * 30, "' OR 1=1 --", "<script>", "=1+1", "１３８００１３８",
         "a@b", "@", "浙江省/杭州市/x", "1e400", "2026-02-30", "％00"]
    ),
)  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**15, 10**15 + 1, -0.0]),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
LEADS = st.dictionaries(st.sampled_from(sorted(FIELD_NAMES)), VALUES, max_size=8)
LISTS = (
    ("/leads", "q"),
    ("/leads", "owner"),
    ("/leads", "region"),
    ("/accounts", "cursor"),
    ("/opportunities", "closing_until"),
    ("/decisions", "rule"),
    ("/unassigned", "cursor"),
    ("/reps", "q"),
)
# Each example is a request: more of them in the whole gate.
SETTINGS = settings(
    max_examples=60 if settings().max_examples >= 500 else 15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def lead(ops: Caller) -> TakenIn:
    """A lead that is there, with an owner."""
    return take_in([LeadIn(name="王芳", phone="13800138000")], actor=SYSTEM)[0]


def _send(ops: Caller, method: str, path: str, body: Any) -> Any:
    Bucket.objects.all().delete()
    return ops.send(method, path, raw=json.dumps(body).encode())


@SETTINGS
@given(rows=st.lists(LEADS, min_size=1, max_size=6))
def test_any_leads_are_each_taken_in_or_refused_in_words(
    ops: Caller, rows: list[dict[str, Any]]
) -> None:
    answer = _send(ops, "POST", "/leads/bulk", {"leads": rows})

    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert said["accepted"] + said["refused"] == len(rows) == len(said["rows"])
    assert all((one.get("lead") is None) != (one.get("error") is None) for one in said["rows"])


@pytest.mark.parametrize(
    ("method", "path", "fields"),
    [
        ("POST", "/accounts", ("name", "domain", "employees", "note")),
        ("POST", "/opportunities", ("account_id", "name", "value", "currency", "close_on")),
        ("PATCH", "/leads/{lead}", ("name", "budget", "employees", "stage", "email")),
        ("POST", "/leads/{lead}/assign", ("to", "reason", "note")),
        ("POST", "/leads/{lead}/activities", ("channel", "outcome", "seconds", "at", "note")),
        ("POST", "/reps/{rep}/leave", ("from_at", "until_at", "reason")),
    ],
)
@SETTINGS
@given(data=st.data())
def test_any_body_of_other_calls_gets_an_answer_in_the_shape(
    ops: Caller,
    lead: TakenIn,
    method: str,
    path: str,
    fields: tuple[str, ...],
    data: st.DataObject,
) -> None:
    body = data.draw(st.dictionaries(st.sampled_from(fields), VALUES) | VALUES)

    answer = _send(ops, method, path.format(lead=lead.lead_id, rep=lead.owner_id), body)

    assert answer.status_code < 500, (body, answer.content)
    if answer.status_code >= 400:
        error_of(answer)


@SETTINGS
@given(value=TEXTS | NUMBERS.map(str))
def test_any_parameter_gets_an_answer(ops: Caller, value: str) -> None:
    Bucket.objects.all().delete()
    headers = {"Authorization": f"Bearer {ops.token}"}
    plain = value.encode("utf-8", "replace").decode()
    for path, name in LISTS:
        answer = ops.client.get(f"/api/v1{path}", {name: plain}, headers=headers)
        assert answer.status_code < 500, (path, name, value)
