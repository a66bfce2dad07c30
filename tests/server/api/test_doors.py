"""Who comes in, with what, and how often."""

import pytest
from django.test import Client

from evenhand.leads.models import Lead
from evenhand.people.models import ApiToken, Bucket
from tests.server.api.caller import Caller, caller, error_of, token_of
from tests.server.cast import Cast, browser, login

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("token", ["", "nonsense", "evh_" + "x" * 43])
@pytest.mark.parametrize(("method", "path"), [("GET", "/me"), ("POST", "/leads")])
def test_nobody_gets_401_and_is_told_how_to_come_in(
    people: Cast, token: str, method: str, path: str
) -> None:
    answer = Caller(token).send(method, path, {"name": "x"} if method == "POST" else None)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert error_of(answer)["code"] == "unauthenticated"
    assert not Lead.objects.exists()


def test_a_password_in_the_header_is_no_token(people: Cast) -> None:
    answer = Caller().get("/me", Authorization="Basic b2xnYTpzZWNyZXQ=")

    assert answer.status_code == 401


def test_a_revoked_token_is_out_at_the_next_request(ops: Caller) -> None:
    assert ops.get("/me").status_code == 200

    ApiToken.objects.update(revoked_at="2026-01-01T00:00:00Z")

    assert ops.get("/me").status_code == 401


def test_me_tells_a_token_what_it_may_do(people: Cast) -> None:
    me = caller(people.olga, "intake").get("/me").json()

    assert me["user"] == {"id": people.olga.pk, "name": "Olga"}
    assert (me["kind"], me["token_scopes"], me["rights"]) == (
        "token",
        ["intake"],
        ["check_conflict", "take_in"],
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("writer")
def test_a_token_without_the_scope_is_refused_and_nothing_changes(people: Cast) -> None:
    reader = caller(people.olga, "read")

    for path, body in (("/leads", {"name": "x"}), ("/leads/bulk", {"leads": [{"name": "x"}]})):
        answer = reader.post(path, body)
        assert answer.status_code == 403
        assert "take_in" in error_of(answer)["message"]
    assert not Lead.objects.exists()


def test_a_session_reads_but_writes_only_with_its_csrf_token(people: Cast) -> None:
    client = login(Client(enforce_csrf_checks=True), people.olga)
    session = Caller(client=client)

    assert session.get("/me").json()["kind"] == "user"
    for path in ("/leads", "/leads/bulk"):
        answer = session.post(path, {"name": "x"})
        assert answer.status_code == 403
        assert error_of(answer)["code"] == "csrf"
    assert not Lead.objects.exists()


def test_a_session_writes_with_its_csrf_token(people: Cast) -> None:
    client = login(Client(enforce_csrf_checks=True), people.olga)
    token = "a" * 32
    client.cookies["csrf"] = token

    answer = Caller(client=client).post("/accounts", {"name": "远大"}, X_CSRFToken=token)

    assert answer.status_code == 201


def test_a_token_needs_no_csrf_token(people: Cast) -> None:
    strict = Caller(token_of(people.olga), client=Client(enforce_csrf_checks=True))

    assert strict.post("/accounts", {"name": "远大"}).status_code == 201


def empty_bucket_of(caller: Caller) -> None:
    """As after far too many calls: what has run out does not fill while the test runs."""
    assert caller.get("/lines").status_code == 200
    Bucket.objects.filter(key__startswith="api:token:").update(tokens=-1_000)


def test_more_calls_than_the_burst_get_429_with_the_time_to_wait(ops: Caller) -> None:
    empty_bucket_of(ops)

    refused = ops.get("/lines")

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert error_of(refused)["code"] == "too_many_requests"


def test_one_caller_does_not_use_up_the_limit_of_another(people: Cast, ops: Caller) -> None:
    empty_bucket_of(ops)

    assert ops.get("/lines").status_code == 429
    assert caller(people.olga).get("/lines").status_code == 200


@pytest.mark.parametrize(
    ("language", "word"), [("en", "token"), ("zh-CN,zh;q=0.9", "密钥"), ("zh-TW", "金鑰")]
)
def test_errors_are_worded_in_the_language_that_was_asked_for(
    people: Cast, language: str, word: str
) -> None:
    answer = Caller("", language).get("/me")

    assert word in error_of(answer)["message"]
    assert "Accept-Language" in answer.headers["Vary"]


def test_an_address_that_is_none_and_a_method_that_is_not_taken_have_the_shape(
    ops: Caller,
) -> None:
    nowhere = ops.get("/nowhere")
    wrong = ops.send("DELETE", "/leads")
    wrong_too = ops.send("PUT", "/accounts")

    assert (nowhere.status_code, error_of(nowhere)["code"]) == (404, "not_found")
    assert (wrong.status_code, error_of(wrong)["code"]) == (405, "method_not_allowed")
    assert wrong.headers["Allow"] == "GET, POST"
    assert set(wrong_too.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_answers_with_personal_data_are_kept_by_nobody(ops: Caller) -> None:
    answer = ops.get("/leads")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_process_is_alive_and_ready(db: None) -> None:
    client = browser()

    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}


def test_a_process_without_all_migrations_is_alive_but_not_ready(db: None) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    from evenhand.api import health

    health._applied.clear()
    MigrationRecorder.Migration.objects.filter(app="leads").order_by("-name")[:1].get().delete()

    answer = browser().get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["status"] == "migrations_missing"
    assert browser().get("/healthz").status_code == 200
