"""Whatever goes wrong, in one shape and in the reader's language.

    {"error": {"code", "message", "fields": [{"field", "value", "code", "message"}], "remedy"}}

`code` is for programs and never changes, `message` and `remedy` are for people.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError
from psycopg_pool import PoolTimeout

from evenhand.api.problems import Problem
from evenhand.api.strict_json import DuplicateKey, TooComplex, Unreadable
from evenhand.leads.access import NotFound
from evenhand.leads.intake import FieldProblem, InvalidIntake
from evenhand.people.actor import Actor
from evenhand.people.operations.incidents import note_refusal
from evenhand.people.scope import NotAllowed
from evenhand.platform.antivirus import ScannerAway
from evenhand.platform.refusal import Refused, TooOften
from evenhand.routing.intake import Overloaded, UnknownToken
from evenhand.wording.catalogue import DEFAULT_LOCALE, Words
from evenhand.wording.reasons import say

log = logging.getLogger(__name__)

CHALLENGE = 'Bearer realm="evenhand"'


@dataclass(frozen=True, slots=True)
class Kind:
    """One way in which a request can fail: status, code, and the ids of its two sentences."""

    status: int
    code: str
    message: str
    remedy: str


MALFORMED = Kind(400, "malformed", "api-malformed", "api-malformed-remedy")
UNREADABLE_FORM = Kind(400, "malformed", "api-unreadable-form", "api-no-form-remedy")
MALFORMED_AT = Kind(400, "malformed", "api-malformed-at", "api-malformed-remedy")
DUPLICATE_KEY = Kind(400, "duplicate_key", "api-duplicate-key", "api-duplicate-key-remedy")
TOO_COMPLEX = Kind(400, "too_complex", "api-too-complex", "api-too-complex-remedy")
UNAUTHENTICATED = Kind(401, "unauthenticated", "api-unauthenticated", "api-unauthenticated-remedy")
FORBIDDEN = Kind(403, "not_allowed", "api-not-allowed", "api-not-allowed-remedy")
CSRF = Kind(403, "csrf", "api-csrf", "api-csrf-remedy")
NOT_FOUND = Kind(404, "not_found", "api-not-found", "api-not-found-remedy")
METHOD = Kind(405, "method_not_allowed", "api-method", "api-method-remedy")
CONFLICT = Kind(409, "conflict", "api-conflict", "api-conflict-remedy")
RUNNING = Kind(409, "still_running", "api-running", "api-running-remedy")
TOO_LARGE = Kind(413, "too_large", "api-too-large", "api-too-large-remedy")
NOT_JSON = Kind(415, "not_json", "api-not-json", "api-not-json-remedy")
NO_FORM = Kind(415, "no_form", "api-no-form", "api-no-form-remedy")
INVALID = Kind(422, "invalid", "api-invalid", "api-invalid-remedy")
TOO_MANY = Kind(429, "too_many_requests", "api-too-many", "api-too-many-remedy")
FAILED = Kind(500, "failed", "api-failed", "api-failed-remedy")
UNAVAILABLE = Kind(503, "unavailable", "api-unavailable", "api-unavailable-remedy")

# Statuses that others (Django, ninja) answer with, as ours.
BY_STATUS = {
    one.status: one
    for one in (
        MALFORMED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, METHOD, CONFLICT, TOO_LARGE, NOT_JSON,
        INVALID, TOO_MANY, FAILED, UNAVAILABLE,
    )
}  # fmt: skip

# What to do about a refusal, where the general advice would not help.
_REMEDIES = {
    "intake.no_such_line": "api-remedy-lines",
    "intake.no_such_rep": "api-remedy-reps",
    "act.nobody_there": "api-remedy-reps",
    "act.reason_unknown": "api-remedy-reasons",
    "intake.key_reused": "api-remedy-new-key",
}


class ApiError(Exception):
    """A request that this API refuses, with the fields that were wrong."""

    def __init__(
        self,
        kind: Kind,
        fields: Iterable[Problem] = (),
        *,
        headers: Mapping[str, str] | None = None,
        **params: str | int,
    ) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.fields = tuple(fields)
        self.headers = dict(headers or {})
        self.params = params


def words_of(request: HttpRequest) -> Words:
    """The reader's language, as the middleware found it."""
    return Words(getattr(request, "locale", DEFAULT_LOCALE))


def answer_to(request: HttpRequest, error: Exception) -> JsonResponse:
    """The answer to a request that ended in an exception, whatever it is."""
    actor = getattr(request, "auth", None)
    if isinstance(error, NotAllowed | NotFound) and isinstance(actor, Actor):
        note_refusal(actor, error)
    known = as_api_error(error)
    if known is None:
        log.exception("API: %s %s", request.method, request.path, exc_info=error)
        known = ApiError(FAILED)
    return JsonResponse(
        {"error": body_of(known, words_of(request))},
        status=known.kind.status,
        headers=known.headers,
        json_dumps_params={"ensure_ascii": False},
    )


def as_api_error(error: Exception) -> ApiError | None:
    """A known failure as one of ours; None = a mistake of the server."""
    match error:
        case ApiError():
            return error
        case HttpError() if isinstance(error.__cause__, Exception):
            return as_api_error(error.__cause__) or ApiError(MALFORMED)
        case HttpError():
            return ApiError(BY_STATUS.get(error.status_code, FAILED))
        case Unreadable():
            if not error.line:
                return ApiError(MALFORMED)
            return ApiError(MALFORMED_AT, line=error.line, column=error.column)
        case DuplicateKey():
            return ApiError(DUPLICATE_KEY, key=error.key[:80])
        case TooComplex():
            return ApiError(TOO_COMPLEX)
        case RequestDataTooBig():
            return ApiError(TOO_LARGE, limit="4 MB")
        case MultiPartParserError() | SuspiciousOperation() | UnreadablePostError():
            return ApiError(UNREADABLE_FORM)
        case NotAllowed():
            return ApiError(FORBIDDEN, right=error.right.value)
        case NotFound() | Http404():
            return ApiError(NOT_FOUND)
        case InvalidIntake():
            return ApiError(INVALID, map(of_intake, error.problems))
        case ScannerAway():
            return RefusedError(UNAVAILABLE, error, (), {"Retry-After": "30"})
        case Refused():
            return _refused(error)
        case UnknownToken():
            return ApiError(UNAUTHENTICATED, headers={"WWW-Authenticate": CHALLENGE})
        case Overloaded() | OperationalError() | InterfaceError() | PoolTimeout():
            return ApiError(UNAVAILABLE, headers={"Retry-After": "3"})
    return None


def body_of(error: ApiError, words: Words) -> dict[str, Any]:
    """What stands under "error" in an answer."""
    if isinstance(error, RefusedError):
        code, message, remedy = error.why.code, say(words, error.why), error.remedy
    else:
        code = error.kind.code
        message = words.text(error.kind.message, **error.params)
        remedy = error.kind.remedy
    return {
        "code": code,
        "message": message,
        "fields": [
            {"field": f.field, "value": f.value, "code": f.code, "message": f.said(words)}
            for f in error.fields
        ],
        "remedy": words.text(remedy),
    }


class RefusedError(ApiError):
    """What the domain refused: its own code and sentence."""

    def __init__(
        self,
        kind: Kind,
        refused: Refused,
        fields: Iterable[Problem],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind, fields, headers=headers)
        self.why = refused.why
        self.remedy = _REMEDIES.get(refused.why.code, kind.remedy)


# Refusals that name a field and are still about how things stand, not about what was sent.
_RACES = frozenset({"work.changed_meanwhile", "work.stage_changed"})


def _refused(error: Refused) -> ApiError:
    if isinstance(error, TooOften):
        wait = {"Retry-After": str(error.seconds)}
        return RefusedError(TOO_MANY, error, (), wait)
    if not error.field or error.why.code in _RACES:
        return RefusedError(CONFLICT, error, ())
    return RefusedError(INVALID, error, (Problem.of_reason(error.field, "", error.why),))


def of_intake(one: FieldProblem) -> Problem:
    """A field of a lead that cannot be used."""
    return Problem.of_reason(one.field, one.value, one.why)
