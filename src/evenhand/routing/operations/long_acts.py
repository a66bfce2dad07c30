"""One act by hand on many leads: begun in a request, done row by row by a job.

Each lead is done in a transaction of its own together with the mark that it is done: a job that
dies goes on where it stopped, and no lead is done twice. What cannot be done is refused for that
lead, with its reason, and the others go on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import Reason, reason, reason_from_json
from evenhand.journal.operations import record
from evenhand.leads.custody import LoadsMoved
from evenhand.leads.operations.closing import lose_lead
from evenhand.leads.operations.stages import OPEN_STAGES, set_stage
from evenhand.leads.work import LOSSES
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.scope import NotAllowed, Right, actor_of, demand
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import NotFound, Refused
from evenhand.platform.transactions import in_transaction
from evenhand.policies.models import Line
from evenhand.routing.desk import CannotAct
from evenhand.routing.long_acts import long_act_for
from evenhand.routing.models import LongAct, LongActItem
from evenhand.routing.operations.acts import check_reason
from evenhand.routing.operations.give import assign, transfer
from evenhand.routing.operations.redeal import redeal, tell_once
from evenhand.routing.redealing import preview

MOST = 10_000
JOB = "evenhand:long_act"
RIGHTS: Mapping[str, Right] = {
    "assign": Right.ASSIGN,
    "transfer": Right.TRANSFER,
    "stage": Right.WORK,
    "lose": Right.WORK,
}
# By the rules, not from a list: see `start_redeal`.
_REDEAL = "redeal"
# Rights are looked up anew after so many leads: who lost them stops within a moment.
_AT_ONCE = 20


def start_long_act(
    act: str, lead_ids: Iterable[int], params: Mapping[str, Any], *, actor: Actor
) -> LongAct:
    """Begin an act on many leads, which a job goes through.

    `lead_ids` come from a list that the actor sees. `params` are those of the act: `to`, `reason`
    and `note`, or `stage`, or `why`.

    :raises NotAllowed: the actor may not do this at all.
    :raises CannotAct, ReasonMissing: no leads or too many, or a choice that there is not.
    """
    demand(actor, RIGHTS[act])
    _check(act, params)
    ids = sorted(set(lead_ids))
    if not ids:
        raise CannotAct(reason("work.nothing_chosen"))
    if len(ids) > MOST:
        raise CannotAct(reason("work.too_many", count=len(ids), limit=MOST))
    return _begin(act, ids, params, actor=actor)


def _begin(act: str, ids: Sequence[int], params: Mapping[str, Any], *, actor: Actor) -> LongAct:
    assert actor.user_id is not None, "a person begins it"
    user_id = actor.user_id

    def work() -> LongAct:
        begun = LongAct.objects.create(user_id=user_id, act=act, params=dict(params))
        LongActItem.objects.bulk_create(
            (LongActItem(long_act=begun, lead_id=one) for one in ids), batch_size=1_000
        )
        data = {"count": len(ids), "by": act}
        record("leads.act_begun", actor=actor, object_kind="leads", object_id=None, data=data)
        # In this transaction: either both are there, the rows and who goes through them, or none.
        job = app.configure_task(JOB, queue="long", lock=f"long_act:{begun.pk}")
        job.defer(act_id=begun.pk)
        return begun

    return in_transaction(work)


def start_redeal(line: Line, *, version: int, actor: Actor) -> LongAct:
    """Begin to deal the untouched leads of a line anew by its live rules: those that move.

    `version` is the id of the version that was previewed.

    :raises NotAllowed: the actor may not edit rules.
    :raises CannotAct: other rules are live by now, or nothing would move.
    """
    demand(actor, Right.EDIT_POLICY)
    found = preview(line, actor=actor)
    if found.version != version:
        raise CannotAct(reason("redeal.other_rules"))
    if not found.moves:
        raise CannotAct(reason("redeal.nothing"))
    params = {"version": version, "line": line.pk, "note": ""}
    return _begin(_REDEAL, [one.lead_id for one in found.moves], params, actor=actor)


def stop_long_act(act_id: int, *, actor: Actor) -> None:
    """Leave undone what is not done yet.

    :raises NotFound: it is nobody's, or somebody else's.
    """
    act = long_act_for(actor, act_id)
    LongAct.objects.filter(pk=act.pk, finished_at=None).update(stopped_at=timezone.now())


def work_on(act_id: int) -> None:
    """Go through what waits of an act; called again, it goes on. For the job."""
    while waiting := list(
        LongActItem.objects.filter(long_act_id=act_id, state="waiting")
        .order_by("pk")
        .values_list("lead_id", flat=True)[:_AT_ONCE]
    ):
        act = LongAct.objects.select_related("user").get(pk=act_id)
        if act.stopped_at is not None:
            break
        for lead_id in waiting:
            _do_one(act, lead_id)
            crashpoint("long_act.between_leads")
    _finish(LongAct.objects.get(pk=act_id))


def _finish(act: LongAct) -> None:
    # The note stands in the receipts now, where erasing a person finds it.
    done = {"finished_at": timezone.now(), "params": {**act.params, "note": ""}}

    def work() -> None:
        if LongAct.objects.filter(pk=act.pk, finished_at=None).update(**done):
            _tell_of(act)

    in_transaction(work)


def _tell_of(act: LongAct) -> None:
    """Sum up what people are not told lead by lead."""
    if act.act == _REDEAL:
        rows = act.items.filter(state="done").exclude(why=None).order_by("pk")
        moved = [reason_from_json(row.why) for row in rows if row.why is not None]
        tell_once(moved, by=act.user_id, line_id=int(act.params["line"]))


def _check(act: str, params: Mapping[str, Any]) -> None:
    if act in ("assign", "transfer"):
        check_reason(act, str(params["reason"]), str(params["note"]))
        to = Rep.objects.filter(pk=params["to"], is_active=True, user__is_active=True)
        if not to.exists():
            raise CannotAct(reason("people.choice_gone"), field="to")
        return
    choices = tuple(map(str, OPEN_STAGES if act == "stage" else LOSSES))
    chosen = str(params["stage" if act == "stage" else "why"])
    if chosen not in choices:
        raise CannotAct(reason("work.not_a_choice", value=chosen[:40], choices=choices))


def _do_one(act: LongAct, lead_id: int) -> None:
    def work() -> None:
        rows = LongActItem.objects.select_for_update()
        row = rows.filter(long_act=act, lead_id=lead_id, state="waiting").first()
        if row is None:
            return
        if not act.user.is_active:
            raise NotAllowed(RIGHTS.get(act.act, Right.EDIT_POLICY))
        told = _ACTS[act.act](lead_id, act.params, actor_of(act.user))
        why = None if told is None else told.as_json()
        LongActItem.objects.filter(pk=row.pk).update(state="done", why=why)

    try:
        in_transaction(work, again=(LoadsMoved,))
    except Refused as refusal:
        _refuse(act, lead_id, refusal.why)
    except (NotFound, NotAllowed):
        _refuse(act, lead_id, reason("act.out_of_reach"))


def _refuse(act: LongAct, lead_id: int, why: Reason) -> None:
    rows = LongActItem.objects.filter(long_act=act, lead_id=lead_id, state="waiting")
    rows.update(state="refused", why=why.as_json())


def _assign(lead_id: int, params: Mapping[str, Any], actor: Actor) -> None:
    assign(ItemKind.LEAD, lead_id, **_giving(params), actor=actor)


def _transfer(lead_id: int, params: Mapping[str, Any], actor: Actor) -> None:
    transfer(ItemKind.LEAD, lead_id, **_giving(params), actor=actor)


def _giving(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: params[name] for name in ("to", "reason", "note")}


def _stage(lead_id: int, params: Mapping[str, Any], actor: Actor) -> None:
    set_stage(lead_id, params["stage"], actor=actor)


def _lose(lead_id: int, params: Mapping[str, Any], actor: Actor) -> None:
    lose_lead(lead_id, why=params["why"], actor=actor)


def _redeal(lead_id: int, params: Mapping[str, Any], actor: Actor) -> Reason:
    return redeal(lead_id, version=int(params["version"]), actor=actor)


_ACTS: Mapping[str, Callable[[int, Mapping[str, Any], Actor], Reason | None]] = {
    "assign": _assign,
    "transfer": _transfer,
    "stage": _stage,
    "lose": _lose,
    _REDEAL: _redeal,
}
