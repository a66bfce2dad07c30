"""Receipts, the stream of decisions, and what stands unassigned."""

import json
from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router

from evenhand.api.auth import actor_of
from evenhand.api.cursors import newest_first, page, read_cursor
from evenhand.api.errors import words_of
from evenhand.api.lines import line_id_of
from evenhand.api.schemas.decisions import (
    DecisionListing,
    ReceiptOut,
    ReceiptRow,
    ReceiptsOut,
    SectionOut,
    UnassignedListing,
    UnassignedOut,
    receipt_row,
)
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.shared import Place, Why, place_of
from evenhand.engine.reasons import reason
from evenhand.leads.access import NotFound, lead_for
from evenhand.ledger.recall import CannotRecall
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.routing.access import asked_receipt_for, receipt_for
from evenhand.routing.explain import CannotExplain, explain
from evenhand.routing.models import Receipt
from evenhand.routing.queries import DecisionFilter, decisions, receipts_of_item, unassigned
from evenhand.routing.receipt_file import CannotReplay
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

router = Router(tags=["decisions"])

# What somebody reads of a decision that went to a colleague of his group: neither the customer nor
# how others stand.
_ASKED = frozenset({"worth", "rule", "lost", "change", "record"})


@router.get(
    "/leads/{lead_id}/receipts",
    response=ReceiptsOut,
    operation_id="leads_receipts",
    summary="api-op-leads-receipts",
)
def receipts_of_lead(request: HttpRequest, lead_id: Id) -> ReceiptsOut:
    """Everything that was decided about a lead, newest first."""
    actor = actor_of(request)
    lead_for(actor, lead_id)
    rows = receipts_of_item(actor, "lead", lead_id)
    return ReceiptsOut(items=[ReceiptRow(**receipt_row(row)) for row in rows], next=None)


@router.get(
    "/receipts/{receipt_id}",
    response=ReceiptOut,
    operation_id="receipts_get",
    summary="api-op-receipts-get",
    description="api-op-receipts-get-text",
)
def get_receipt(request: HttpRequest, receipt_id: Id, rep: Query[Id | None] = None) -> ReceiptOut:
    """A decision with its reasons; with `rep`, also why not to him."""
    actor, words = actor_of(request), words_of(request)
    sees_others = may(actor, Right.SEE_DECISIONS)
    if rep is not None and rep != actor.user_id and not sees_others:
        raise NotFound("receipt", receipt_id)
    try:
        receipt, is_whole = receipt_for(actor, receipt_id), True
    except NotFound:
        if rep is None or rep != actor.user_id:
            raise
        receipt, is_whole = asked_receipt_for(actor, receipt_id), False
    return _told(receipt, words, actor, rep=rep, is_whole=is_whole, sees_others=sees_others)


def _told(
    receipt: Receipt,
    words: Words,
    actor: Actor,
    *,
    rep: int | None,
    is_whole: bool,
    sees_others: bool,
) -> ReceiptOut:
    sections: list[SectionOut] = []
    missing: Why | None = None
    reader = None if sees_others else actor.user_id
    try:
        for one in explain(receipt, words, rep_id=rep, reader_id=reader).sections:
            if is_whole or one.key in _ASKED:
                sections.append(SectionOut(key=one.key, title=one.title, lines=list(one.lines)))
    except (CannotExplain, CannotReplay, CannotRecall):
        why = reason("receipt.by_hand")
        missing = Why(code=why.code, message=say(words, why))
    row = receipt_row(receipt)
    if not is_whole:
        row |= {"item_id": None, "note": "", "from_rep_id": None, "actor_id": None}
        row["rep_id"] = None
    decision = json.loads(receipt.body) if receipt.body and sees_others and is_whole else None
    return ReceiptOut(**row, sections=sections, decision=decision, not_explained=missing)


@router.get(
    "/decisions",
    response=ReceiptsOut,
    operation_id="decisions_list",
    summary="api-op-decisions-list",
)
def list_decisions(request: HttpRequest, wanted: Query[DecisionListing]) -> ReceiptsOut:
    """The stream of decisions, newest first."""
    narrowed = DecisionFilter(
        line_id=line_id_of(wanted.line),
        rep_id=wanted.rep,
        item_kind=wanted.kind,
        **wanted.model_dump(exclude={"line", "rep", "kind", "limit", "cursor"}),
    )
    rows = decisions(actor_of(request), narrowed).select_related("line")
    shown, following = newest_first(rows, cursor=wanted.cursor, limit=wanted.limit, of="decisions")
    return ReceiptsOut(items=[ReceiptRow(**receipt_row(row)) for row in shown], next=following)


@router.get(
    "/unassigned",
    response=UnassignedOut,
    operation_id="unassigned_list",
    summary="api-op-unassigned-list",
    description="api-op-unassigned-list-text",
)
def list_unassigned(request: HttpRequest, wanted: Query[UnassignedListing]) -> UnassignedOut:
    """What nobody could take, the dearest and oldest first, each with its typed reason."""
    words, of = words_of(request), f"unassigned.{wanted.kind}"
    rows = unassigned(actor_of(request), wanted.kind)
    after = read_cursor(wanted.cursor, of=of)
    if after:
        points, queued_at, pk = after[0], datetime.fromisoformat(after[1]), after[2]
        later = Q(queued_at__gt=queued_at) | Q(queued_at=queued_at, pk__gt=pk)
        rows = rows.filter(Q(points__lt=points) | Q(points=points) & later)
    shown, following = page(
        list(rows[: wanted.limit + 1]),
        wanted.limit,
        lambda item: [item.points, item.queued_at.isoformat(), item.pk],
        of=of,
    )
    items = [Place(**place_of(item, words)) for item in shown]
    return UnassignedOut(items=items, next=following)
