"""Answers under /api/ that Django or ninja gives by itself are put into the one shape."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from evenhand.api.errors import (
    BY_STATUS,
    MALFORMED,
    NO_FORM,
    NOT_JSON,
    TOO_LARGE,
    ApiError,
    answer_to,
)
from evenhand.api.idempotency import FORM_DATA

Answer = Callable[[HttpRequest], HttpResponse]

PREFIX = "/api/v1/"
MOST_BYTES = 1024 * 1024
MOST_BYTES_BULK = 4 * 1024 * 1024
BULK = frozenset({"/api/v1/leads/bulk"})
# A photo is a form with a file: larger than the largest photo, so that the photo says what it is.
MOST_BYTES_PHOTO = 11 * 1024 * 1024
_PHOTOS = re.compile(r"/api/v1/tasks/[0-9]+/photos")
_WRITES = ("POST", "PUT", "PATCH")
_LONGEST_LENGTH = 12  # digits


class Answers:
    """One shape for errors, limits of size, and only JSON in, or photos in their place."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.answer(request)
        refused = _refuse(request)
        response = answer_to(request, refused) if refused else self.answer(request)
        if response.status_code >= 400 and not _is_json(response):
            response = _in_shape(request, response)
        response.headers["Vary"] = "Accept-Language, Authorization, Cookie"
        response.headers["Content-Language"] = getattr(request, "locale", "")
        if getattr(request, "is_repeat", False):
            response.headers["Idempotency-Replayed"] = "true"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What no view of the API has caught."""
        return answer_to(request, error) if request.path.startswith(PREFIX) else None


def _refuse(request: HttpRequest) -> ApiError | None:
    """Whatever can be refused before the body is read."""
    if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return ApiError(MALFORMED)
    if request.method not in _WRITES:
        return None
    is_photo = _PHOTOS.fullmatch(request.path) is not None
    wanted = FORM_DATA if is_photo else "application/json"
    most = MOST_BYTES_BULK if request.path in BULK else MOST_BYTES
    if is_photo and request.content_type == wanted:
        most = MOST_BYTES_PHOTO
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        return ApiError(MALFORMED)
    if len(length) > _LONGEST_LENGTH or int(length) > most:
        return ApiError(TOO_LARGE, limit=f"{most // 1024 // 1024} MB")
    if length != "0" and request.content_type != wanted:
        return ApiError(NO_FORM if is_photo else NOT_JSON)
    return None


def _is_json(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("application/json")


def _in_shape(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    kind = BY_STATUS.get(response.status_code, MALFORMED)
    kept = ("Allow", "Retry-After", "WWW-Authenticate")
    headers = {name: response.headers[name] for name in kept if name in response.headers}
    return answer_to(request, ApiError(kind, headers=headers))
