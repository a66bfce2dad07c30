"""What a full server says: at once, in the reader's language, and without asking anybody."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.log import log_response

from evenhand.platform.lanes import Lane
from evenhand.web.admission import SETTLED_TOGETHER, WATCHED, Admission

GIVEN: dict[str, Any] = {"headers": {"Accept-Language": "en"}}


def _view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("served")


@contextmanager
def full() -> Iterator[Admission]:
    """A door with both lanes taken."""
    together, others = Lane(1), Lane(1)
    with together.place(), others.place():
        yield Admission(_view, together, others)


# None of these tests may use the database: whoever is refused costs no query.


@pytest.mark.parametrize("path", ["/", "/leads", "/live", "/api/v1/leads", "/f/any"])
def test_a_read_that_finds_no_place_is_refused_with_a_time(path: str) -> None:
    with full() as door:
        answer = door(RequestFactory().get(path, **GIVEN))

    assert answer.status_code == 503
    assert 1 <= int(answer.headers["Retry-After"]) <= 3


@pytest.mark.parametrize(
    ("language", "locale", "said"),
    [
        ("zh-CN", "zh-Hans", "现在用的人太多"),
        ("zh-TW", "zh-Hant", "現在用的人太多"),
        ("en-GB", "en", "Too many"),
    ],
)
def test_a_page_says_it_in_the_readers_language(language: str, locale: str, said: str) -> None:
    with full() as door:
        answer = door(RequestFactory().get("/leads", headers={"Accept-Language": language}))
        chosen = RequestFactory().get("/leads", **GIVEN)
        chosen.COOKIES["locale"] = locale
        by_cookie = door(chosen)

    text = answer.content.decode()
    assert said in text and f'<html lang="{locale}"' in text and "data-failure-words" in text
    assert by_cookie.content == answer.content


def test_a_write_is_told_that_nothing_changed_and_not_sent_again_by_a_link() -> None:
    with full() as door:
        write = door(RequestFactory().post("/leads/7/log", **GIVEN)).content.decode()
        read = door(RequestFactory().get("/leads/7", **GIVEN)).content.decode()

    assert "Nothing was changed" in write and 'href=""' not in write
    assert 'href=""' in read


def test_a_program_is_told_in_the_shape_of_the_api() -> None:
    with full() as door:
        answer = door(RequestFactory().get("/api/v1/reps", **GIVEN))

    error = json.loads(answer.content)["error"]
    assert (answer.status_code, error["code"]) == (503, "unavailable")
    assert error["message"] and error["remedy"] and error["fields"] == []


def test_who_sends_a_lead_is_told_to_slow_down() -> None:
    with full() as door:
        answer = door(RequestFactory().post("/api/v1/leads", **GIVEN))

    error = json.loads(answer.content)["error"]
    assert (answer.status_code, error["code"]) == (429, "too_many_requests")
    assert f"in {answer.headers['Retry-After']} second" in error["message"]


@pytest.mark.parametrize("path", sorted(SETTLED_TOGETHER))
def test_leads_and_claims_come_in_while_pages_are_refused(path: str) -> None:
    others = Lane(1)
    with others.place():
        door = Admission(_view, Lane(1), others)
        assert door(RequestFactory().post(path)).status_code == 200
        assert door(RequestFactory().get("/leads")).status_code == 503  # control


@pytest.mark.parametrize("path", sorted(WATCHED))
def test_whoever_watches_is_answered_by_a_full_server(path: str) -> None:
    with full() as door:
        assert door(RequestFactory().get(path)).content == b"served"


def test_the_log_tells_of_many_refusals_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    request = RequestFactory().get("/leads", **GIVEN)
    with full() as door:
        for _ in range(50):
            answer = door(request)
            log_response("%s: %s", "Busy", request.path, response=answer, request=request)

    assert [one.getMessage() for one in caplog.records] == [
        "more is asked than can be served; requests refused so far: 1"
    ]
    failed = HttpResponse(status=503)  # control: of other failures each has a line
    log_response("%s: %s", "Failed", request.path, response=failed, request=request)
    assert len(caplog.records) == 2


def test_the_door_stands_before_everything_that_costs(settings: Any) -> None:
    order = settings.MIDDLEWARE
    door = order.index("evenhand.web.admission.Admission")

    assert order.index("django.contrib.sessions.middleware.SessionMiddleware") > door
    assert order.index("evenhand.web.middleware.Headers") < door  # its answers have headers, too
    assert Client().get("/healthz").status_code == 200
