"""Business lines, their live policies, and what is done with rules of clocks."""

from django.http import HttpRequest
from ninja import Path, Router
from ninja.responses import Status

from evenhand.api.acts import act_of
from evenhand.api.auth import actor_of
from evenhand.api.schemas.policies import (
    LineOut,
    LinesOut,
    PolicyOut,
    ReachedOut,
    ReachIn,
    ReachOut,
    SwitchedOut,
    SwitchIn,
    reach_out,
)
from evenhand.leads.access import NotFound
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.policies.lines import active_lines, published
from evenhand.policies.live import NoSuchLine
from evenhand.policies.models import PolicyVersion
from evenhand.policies.operations.publishing import Promise, switch_clock_rule
from evenhand.policies.queries import version_by_number
from evenhand.pool.operations.reaching_back import reach_back
from evenhand.pool.reaching import preview_reach

router = Router(tags=["policies"])
_act = act_of(router)


@router.get("/lines", response=LinesOut, operation_id="lines_list", summary="api-op-lines-list")
def list_lines(request: HttpRequest) -> LinesOut:
    """All active lines, the default one first; their keys are what a lead's `line` takes."""
    items = [
        LineOut(
            key=one.line.key,
            name=one.line.name,
            is_default=one.line.is_default,
            version=one.version,
            label=one.label,
            published_at=one.published_at,
        )
        for one in active_lines()
    ]
    return LinesOut(items=items)


@router.get(
    "/policies/{line}",
    response=PolicyOut,
    operation_id="policies_get",
    summary="api-op-policies-get",
)
def get_policy(request: HttpRequest, line: Path[str]) -> PolicyOut:
    """The live policy of a line."""
    version = _live(actor_of(request), line)
    return PolicyOut(
        line=version.line.key,
        version=version.number,
        label=version.label,
        note=version.note,
        published_at=version.published_at,
        review_on=version.review_on,
        document=version.document,
    )


@router.get(
    "/policies/{line}/reach",
    response=ReachOut,
    operation_id="policies_reach_preview",
    summary="api-op-policies-reach-preview",
    description="api-op-policies-reach-preview-text",
)
def preview(request: HttpRequest, line: Path[str]) -> ReachOut:
    """How many items the live clocks would be put over; nothing is written."""
    actor = actor_of(request)
    demand(actor, Right.EDIT_POLICY)
    version = _live(actor, line)
    found = preview_reach(version.line, actor=actor)
    if found is None:
        raise NotFound("line", 0)
    return reach_out(version.line.key, found)


@_act("/policies/{line}/reach", "policies_reach", {200: ReachedOut})
def reach(request: HttpRequest, line: Path[str], wanted: ReachIn) -> Status[ReachedOut]:
    """Put the live clocks over what people hold already."""
    actor = actor_of(request)
    demand(actor, Right.EDIT_POLICY)
    live = _live(actor, line).line
    seen = version_by_number(live, wanted.version)
    count = reach_back(live, version=0 if seen is None else seen.pk, actor=actor)
    return Status(200, ReachedOut(line=live.key, version=wanted.version, count=count))


@_act("/policies/{line}/clock-rules", "policies_switch_clocks", {200: SwitchedOut})
def switch_clocks(request: HttpRequest, line: Path[str], wanted: SwitchIn) -> Status[SwitchedOut]:
    """Switch a rule of clocks off or on again."""
    actor = actor_of(request)
    demand(actor, Right.EDIT_POLICY)
    live = _live(actor, line).line
    owner = actor.user_id if wanted.owner_id is None else wanted.owner_id
    promise = Promise(wanted.note, owner, wanted.expected, wanted.review_on)
    found = switch_clock_rule(live.pk, wanted.rule, promise, is_on=wanted.is_on, actor=actor)
    return Status(
        200,
        SwitchedOut(
            line=live.key,
            version=None if found.version is None else found.version.number,
            request=None if found.request is None else found.request.pk,
        ),
    )


def _live(actor: Actor, line: str) -> PolicyVersion:
    """The live version of a line by its key.

    :raises NotAllowed: the actor may not see policies.
    :raises NotFound: there is no such line, or nothing is live in it.
    """
    try:
        return published(line, actor=actor)
    except NoSuchLine:
        raise NotFound("line", 0) from None
