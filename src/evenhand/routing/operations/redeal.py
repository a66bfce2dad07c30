"""A lead that the rules gave to somebody before is dealt anew by the rules that are live now.

Only while nobody has contacted it. Its owner is refunded in full, its new owner pays; where the
rules would leave it with him, or give it to nobody, nothing happens at all.
"""

from collections import Counter
from collections.abc import Iterable

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import Reason
from evenhand.engine.reasons import reason as reason_of
from evenhand.engine.routing.edits import EditAct
from evenhand.journal.operations import record
from evenhand.leads.custody import close_assignment, given_up, place_items
from evenhand.leads.models import Assignment, Lead, Stage, State
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.routing.desk import Desk, new_receipt_id, open_desk, refuse
from evenhand.routing.operations.acts import reach, write_receipt
from evenhand.routing.redealing import BY_RULES
from evenhand.routing.retry import deal_queued

ACT = "redeal"
WHY = "rules"


def redeal(lead_id: int, *, version: int, actor: Actor) -> Reason:
    """Deal it anew, in the caller's transaction; returns who has it now, as a reason.

    `version` is the id of the policy version that was previewed.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotAct: it was touched or moved meanwhile, other rules are live, or it stays.
    :raises LoadsMoved: run the transaction again.
    """
    reach(actor, ItemKind.LEAD, lead_id, Right.EDIT_POLICY)
    desk = open_desk(ItemKind.LEAD, lead_id)
    if desk.live.version_id != version:
        raise refuse("redeal.other_rules")
    was = desk.item.owner_id
    _must_be_untouched(desk)
    receipt_id = _release(desk, actor)
    (placed,) = deal_queued(desk.world, ItemKind.LEAD, [lead_id], actor=actor, is_told=False)
    if placed.rep_id is None:
        raise refuse("redeal.nobody")
    if placed.rep_id == was:
        raise refuse("redeal.stays")
    data = {"rep": placed.rep_id, "from": was, "reason": WHY, "receipt": receipt_id}
    record("lead.redealt", actor=actor, object_kind="lead", object_id=lead_id, data=data)
    return reason_of("redeal.moved", rep=str(placed.rep_id), former=str(was))


def _must_be_untouched(desk: Desk) -> None:
    lead: Lead = desk.item
    if lead.state != State.OWNED:
        raise refuse("edit.not_owned", item=desk.facts.id)
    if lead.contacted_at is not None or lead.stage != Stage.NEW:
        raise refuse("redeal.touched")
    held = Assignment.objects.filter(item_kind="lead", item_id=lead.pk, closed_at=None)
    if not held.filter(cause__in=BY_RULES).exists():
        raise refuse("redeal.by_hand")


def _release(desk: Desk, actor: Actor) -> int:
    receipt_id = new_receipt_id()
    line = desk.book(EditAct.RETURN, to=None, rate_percent=100, actor=actor, receipt_id=receipt_id)
    desk.write()
    close_assignment(desk.kind, desk.item.pk, by=ACT, at=desk.now)
    write_receipt(desk, receipt_id, act=ACT, rep_id=None, why=WHY, note="", body=line, actor=actor)
    why = reason_of("unassigned.handed_back")
    place = given_up(desk.item, receipt_id=receipt_id, line_id=desk.live.line_id, why=why)
    place_items(desk.kind, [place], at=desk.now)
    return receipt_id


def tell_once(moved: Iterable[Reason], *, by: int, line_id: int) -> None:
    """One notice per person: how many leads he received or lost, not one per lead."""
    gains: Counter[int] = Counter()
    losses: Counter[int] = Counter()
    for one in moved:
        told = dict(one.params)
        gains[int(str(told["rep"]))] += 1
        losses[int(str(told["former"]))] += 1
    for kind, counts in (("redealt_to_you", gains), ("redealt_away", losses)):
        for user_id, count in sorted(counts.items()):
            params = {"by": by, "count": count}
            tell([user_id], kind, params=params, object_kind="line", object_id=line_id)
