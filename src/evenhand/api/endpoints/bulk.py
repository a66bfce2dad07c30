"""POST /leads/bulk: up to 1,000 leads; good rows are kept, bad ones named."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.errors import INVALID, ApiError, as_api_error, body_of, words_of
from evenhand.api.idempotency import View, idempotent
from evenhand.api.intake import as_object, taken_in_out
from evenhand.api.problems import Problem
from evenhand.api.schemas.leads import BulkOut
from evenhand.api.strict_json import read_json
from evenhand.leads.intake import InvalidIntake, LeadIn, read_lead
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.people.snapshot import people_now
from evenhand.platform.refusal import Refused
from evenhand.policies.live import NoSuchLine, lock_live
from evenhand.routing.recognize import UnknownCollector
from evenhand.routing.take_in import TakenIn, take_in

MOST_ROWS = 1_000


def plainly(view: View) -> Callable[..., HttpResponse]:
    """Answer with the values as they are.

    To check them against the schema once more costs as much as a fifth of the decisions.
    """

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        status = view(request)
        return JsonResponse(
            status.value, status=status.status_code, json_dumps_params={"ensure_ascii": False}
        )

    return answered


router = Router(tags=["leads"])


@router.post(
    "/leads/bulk",
    response={200: BulkOut},
    operation_id="leads_take_in_bulk",
    summary="api-op-leads-bulk",
    description="api-op-leads-bulk-text",
    exclude_none=False,
)
@plainly
@idempotent
def take_in_bulk(request: HttpRequest) -> Status[dict[str, Any]]:
    """Take in rows in their order; each answers for itself."""
    actor = actor_of(request)
    demand(actor, Right.TAKE_IN)
    rows = _rows(read_json(request.body))
    words = words_of(request)
    leads: dict[int, LeadIn] = {}
    failed: dict[int, Exception] = {}
    for index, row in enumerate(rows):
        try:
            leads[index] = read_lead(as_object(row, f"leads.{index}"), via="bulk")
        except (InvalidIntake, ApiError) as error:
            failed[index] = error
    taken = _take_in(leads, failed, actor)
    answers: list[dict[str, Any]] = []
    for index in range(len(rows)):
        if index in taken:
            said = taken_in_out(taken[index], words)
            answers.append({"index": index, "lead": said, "error": None})
        else:
            wrong = as_api_error(failed[index]) or ApiError(INVALID)
            answers.append({"index": index, "lead": None, "error": body_of(wrong, words)})
    body = {"accepted": len(taken), "refused": len(failed), "rows": answers}
    return Status(200, body)


def _rows(body: Any) -> Sequence[Any]:
    data = as_object(body)
    problems = [
        Problem(str(name)[:80], "", "unknown_field", "api-field-unknown")
        for name in data
        if name != "leads"
    ]
    rows = data.get("leads")
    if not isinstance(rows, list):
        problems.append(Problem("leads", "", "not_a_list", "api-field-not-a-list"))
    elif not rows:
        problems.append(Problem("leads", "", "too_few", "api-field-too-few", {"limit": 1}))
    elif len(rows) > MOST_ROWS:
        many = {"limit": MOST_ROWS}
        problems.append(Problem("leads", str(len(rows)), "too_many", "api-field-too-many", many))
    if problems:
        raise ApiError(INVALID, problems)
    assert isinstance(rows, list)
    return rows


def _take_in(
    leads: dict[int, LeadIn], failed: dict[int, Exception], actor: Actor
) -> dict[int, TakenIn]:
    """All usable rows at once; those that name what is not there are set aside before."""
    for index, error in _naming_nothing(leads).items():
        failed[index] = error
        del leads[index]
    if not leads:
        return {}
    taken = take_in(list(leads.values()), actor=actor)
    return dict(zip(leads, taken, strict=True))


def _naming_nothing(leads: Mapping[int, LeadIn]) -> dict[int, Refused]:
    """Rows whose line or collector is not there."""
    lines: dict[str, Refused] = {}
    for key in dict.fromkeys(lead.line for lead in leads.values()):
        try:
            lock_live(key)
        except NoSuchLine as error:
            lines[key] = error
    team = people_now(timezone.now()).team
    found: dict[int, Refused] = {}
    for index, lead in leads.items():
        if lead.line in lines:
            found[index] = lines[lead.line]
        elif lead.collected_by is not None and team.find(str(lead.collected_by)) is None:
            found[index] = UnknownCollector(lead.collected_by)
    return found
