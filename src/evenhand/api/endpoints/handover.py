"""Handing over (交接): cover during a leave, and the sheet of somebody who leaves."""

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.acts import act_of
from evenhand.api.auth import actor_of
from evenhand.api.cursors import newest_first
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.handover import (
    AnswerIn,
    Counted,
    CoverIn,
    CoverOut,
    CoversOut,
    DepartureIn,
    DepartureLineOut,
    DepartureLinesOut,
    DepartureListing,
    DepartureOut,
    DeparturesOut,
    LineIn,
    LineListing,
    LinesIn,
    OfferIn,
    cover_out,
    departure_out,
    line_out,
)
from evenhand.handover.access import departure_for, lines_for, visible_departures
from evenhand.handover.operations.by_hand import add_by_hand
from evenhand.handover.operations.cover import Class, agree_cover, drop_cover, plan_cover
from evenhand.handover.operations.departure import (
    answer,
    cancel_departure,
    leave_out,
    offer,
    open_departure,
)
from evenhand.handover.queries import covers
from evenhand.people.scope import Right, demand

router = Router(tags=["handover"])
_MOST = 200

_act = act_of(router)


@router.get("/covers", response=CoversOut, operation_id="covers_list", summary="api-op-covers-list")
def list_covers(request: HttpRequest) -> CoversOut:
    """Covers that are not over, the next leave first, at most two hundred."""
    actor = actor_of(request)
    demand(actor, Right.SEE_ITEMS)
    return CoversOut(items=[cover_out(one) for one in covers(actor)[:_MOST]])


@_act("/covers", "covers_plan", {200: CoverOut})
def plan(request: HttpRequest, wanted: CoverIn) -> Status[CoverOut]:
    """Plan who looks after what during a leave."""
    row = plan_cover(
        wanted.leave_id,
        [Class(one.kind, one.grade, one.touch, one.substitute) for one in wanted.classes],
        comes_back=wanted.comes_back,
        back_per_day=wanted.back_per_day,
        actor=actor_of(request),
    )
    return Status(200, cover_out(row))


@_act("/covers/{leave_id}/agree", "covers_agree", {200: CoverOut})
def agree(request: HttpRequest, leave_id: Id) -> Status[CoverOut]:
    """Agree to the cover that somebody asked for."""
    return Status(200, cover_out(agree_cover(leave_id, actor=actor_of(request))))


@_act("/covers/{leave_id}/drop", "covers_drop", {200: CoverOut})
def drop(request: HttpRequest, leave_id: Id) -> Status[CoverOut]:
    """Take a plan back before it begins."""
    return Status(200, cover_out(drop_cover(leave_id, actor=actor_of(request))))


@router.get(
    "/departures",
    response=DeparturesOut,
    operation_id="departures_list",
    summary="api-op-departures-list",
)
def list_departures(request: HttpRequest, wanted: Query[DepartureListing]) -> DeparturesOut:
    """Departures of people within reach, and those of which one is offered a part."""
    actor = actor_of(request)
    demand(actor, Right.SEE_ITEMS)
    rows = visible_departures(actor)
    rows = rows if wanted.state is None else rows.filter(state=wanted.state)
    shown, following = newest_first(rows, cursor=wanted.cursor, limit=wanted.limit, of="departures")
    return DeparturesOut(items=[departure_out(one) for one in shown], next=following)


@_act("/departures", "departures_open", {201: DepartureOut})
def begin(request: HttpRequest, wanted: DepartureIn) -> Status[DepartureOut]:
    """Begin the sheet of somebody who leaves."""
    row = open_departure(
        wanted.rep_id,
        deadline=wanted.deadline,
        at_deadline=wanted.at_deadline,
        actor=actor_of(request),
    )
    return Status(201, departure_out(row))


@router.get(
    "/departures/{departure_id}/lines",
    response=DepartureLinesOut,
    operation_id="departures_lines",
    summary="api-op-departures-lines",
)
def list_lines(
    request: HttpRequest, departure_id: Id, wanted: Query[LineListing]
) -> DepartureLinesOut:
    """The lines of a sheet: all, or those that one is offered."""
    actor = actor_of(request)
    demand(actor, Right.SEE_ITEMS)
    rows = lines_for(actor, departure_for(actor, departure_id))
    rows = rows if wanted.state is None else rows.filter(state=wanted.state)
    shown, following = newest_first(
        rows, cursor=wanted.cursor, limit=wanted.limit, of=f"departure:{departure_id}"
    )
    return DepartureLinesOut(items=[line_out(one) for one in shown], next=following)


@_act("/departures/{departure_id}/offer", "departures_offer", {200: Counted})
def offer_lines(request: HttpRequest, departure_id: Id, wanted: OfferIn) -> Status[Counted]:
    """Offer lines to one receiver or several."""
    count = offer(departure_id, wanted.lines, to=wanted.to, actor=actor_of(request))
    return Status(200, Counted(lines=count))


@_act("/departures/{departure_id}/answer", "departures_answer", {200: Counted})
def answer_lines(request: HttpRequest, departure_id: Id, wanted: AnswerIn) -> Status[Counted]:
    """Accept lines that one is offered, or decline them."""
    actor = actor_of(request)
    demand(actor, Right.WORK)
    count = answer(departure_id, wanted.lines, accepts=wanted.accepts, actor=actor)
    return Status(200, Counted(lines=count))


@_act("/departures/{departure_id}/lines", "departures_add_line", {201: DepartureLineOut})
def add_line(request: HttpRequest, departure_id: Id, wanted: LineIn) -> Status[DepartureLineOut]:
    """Put on the sheet what is handed over in another system."""
    actor = actor_of(request)
    demand(actor, Right.SEE_ITEMS)
    row = add_by_hand(departure_id, wanted.title, count=wanted.count, actor=actor)
    return Status(201, line_out(row))


@_act("/departures/{departure_id}/leave-out", "departures_leave_out", {200: Counted})
def leave_lines_out(request: HttpRequest, departure_id: Id, wanted: LinesIn) -> Status[Counted]:
    """Say of lines that nobody has to take them over."""
    count = leave_out(departure_id, wanted.lines, actor=actor_of(request))
    return Status(200, Counted(lines=count))


@_act("/departures/{departure_id}/cancel", "departures_cancel", {200: DepartureOut})
def cancel(request: HttpRequest, departure_id: Id) -> Status[DepartureOut]:
    """Somebody stays after all."""
    return Status(200, departure_out(cancel_departure(departure_id, actor=actor_of(request))))
