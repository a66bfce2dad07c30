"""POST /api/v1/leads: one lead in, its owner out. A plain view, for speed.

What ninja would do for it costs more than the decision itself; the document describes it by hand
(`openapi.intake_operation`).
"""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from evenhand.api.auth import bearer_digest, caller
from evenhand.api.errors import INVALID, ApiError, answer_to, words_of
from evenhand.api.idempotency import digest_of, key_of
from evenhand.api.limits import spend_intake
from evenhand.api.problems import Problem, shown
from evenhand.api.schemas.shared import MICRO, receipt_url, why_of
from evenhand.api.strict_json import read_json
from evenhand.leads.intake import read_lead
from evenhand.routing.intake import submit
from evenhand.routing.take_in import TakenIn
from evenhand.wording.catalogue import Words

log = logging.getLogger(__name__)


@csrf_exempt  # `caller` checks it where a session is what counts
def take_in_one(request: HttpRequest) -> HttpResponse:
    """Take in one lead and answer with its owner."""
    try:
        token = bearer_digest(request)
        actor = None if token else caller(request)
        spend_intake(token or (actor.caller if actor is not None else ""))
        key = key_of(request)
        lead = read_lead(as_object(read_json(request.body)))
        digest = digest_of(request) if key else ""
        answered = submit(lead, actor=actor, token=token, key=key, digest=digest)
        request.is_repeat = answered.is_repeat  # type: ignore[attr-defined]
        taken = answered.taken
        return JsonResponse(
            taken_in_out(taken, words_of(request)),
            status=200 if taken.is_duplicate else 201,
            json_dumps_params={"ensure_ascii": False},
        )
    except Exception as error:
        return answer_to(request, error)


def as_object(value: Any, name: str = "body") -> dict[str, Any]:
    """A JSON object.

    :raises ApiError: it is something else.
    """
    if not isinstance(value, dict):
        bad = Problem(name, shown(value), "not_an_object", "api-field-not-an-object")
        raise ApiError(INVALID, [bad])
    return value


def taken_in_out(taken: TakenIn, words: Words) -> dict[str, Any]:
    """What became of a lead, as `schemas.leads.TakenInOut` describes it."""
    owner = {"id": taken.owner_id, "name": taken.owner_name}
    why = why_of(taken.why, words)
    return {
        "lead_id": taken.lead_id,
        "state": taken.state,
        "owner": None if taken.owner_id is None else owner,
        "grade": taken.grade,
        "points": taken.points / MICRO,
        "receipt_id": taken.receipt_id,
        "receipt": receipt_url(taken.receipt_id),
        "reason": None if why is None else {"code": why.code, "message": why.message},
        "duplicate_of": taken.lead_id if taken.is_duplicate else None,
        "attached_to": taken.attached_to,
        "known_by": list(taken.known_by),
    }
