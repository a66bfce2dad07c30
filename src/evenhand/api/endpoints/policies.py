"""Business lines and their live policies."""

from django.http import HttpRequest
from ninja import Path, Router

from evenhand.api.auth import actor_of
from evenhand.api.schemas.policies import LineOut, LinesOut, PolicyOut
from evenhand.leads.access import NotFound
from evenhand.policies.lines import active_lines, published
from evenhand.policies.live import NoSuchLine

router = Router(tags=["policies"])


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
    try:
        version = published(line, actor=actor_of(request))
    except NoSuchLine:
        raise NotFound("line", 0) from None
    return PolicyOut(
        line=version.line.key,
        version=version.number,
        label=version.label,
        note=version.note,
        published_at=version.published_at,
        review_on=version.review_on,
        document=version.document,
    )
