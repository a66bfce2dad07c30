"""`Idempotency-Key` on every POST: the same key has one effect and one answer.

The key is locked, the act done and its answer kept in one transaction. A second request with the
key gets the kept answer; with another body it is refused; while the first still runs it is told to
come again. A request that failed leaves nothing behind: its key can be used again.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, cast

from django.http import HttpRequest
from ninja.responses import Status
from pydantic import BaseModel

from evenhand.api.errors import INVALID, RUNNING, ApiError
from evenhand.api.problems import Problem
from evenhand.journal.answers import Busy, keep_answer, kept_answer
from evenhand.people.actor import Actor
from evenhand.platform.transactions import in_transaction
from evenhand.routing.intake import KeyReused

HEADER = "Idempotency-Key"
LONGEST_KEY = 200
FORM_DATA = "multipart/form-data"

View = Callable[..., "Status[Any]"]


def key_of(request: HttpRequest) -> str:
    """The key that came with a request; "" = none.

    :raises ApiError: it is too long, or has signs that no key has.
    """
    key = request.headers.get(HEADER, "")
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        bad = Problem(HEADER, key[:80], "bad_key", "api-field-bad-key", {"limit": LONGEST_KEY})
        raise ApiError(INVALID, [bad])
    return key


def digest_of(request: HttpRequest) -> str:
    """What makes two requests the same: method, address and body; of a form with files what is in
    them, as each sending separates its parts by other letters."""
    found = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != FORM_DATA:
        found.update(request.body)
        return found.hexdigest()
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content = file.read()
            file.seek(0)
            found.update(f"{len(name)} {name} {len(content)}\n".encode())
            found.update(content)
    return found.hexdigest()


def idempotent(view: View) -> View:
    """A view that writes: its answer (status and schema) is kept under the caller's key."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> "Status[Any]":
        key = key_of(request)
        if not key:
            return view(request, *args, **kwargs)
        caller = cast(Actor, request.auth).caller  # type: ignore[attr-defined]
        digest = digest_of(request)

        def work() -> "Status[Any]":
            known = kept_answer(caller, key)
            if known is not None:
                if known.digest != digest:
                    raise KeyReused
                request.is_repeat = True  # type: ignore[attr-defined]
                return Status(known.status, known.body)
            answer = view(request, *args, **kwargs)
            keep_answer(caller, key, digest, answer.status_code, _plain(answer.value))
            return answer

        try:
            return in_transaction(work)
        except Busy:
            raise ApiError(RUNNING, headers={"Retry-After": "1"}) from None

    return kept


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value
