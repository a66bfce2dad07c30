"""Deciding about what was kept aside: it was no spam and is dealt, or it goes."""

from datetime import datetime, timedelta

from django.db import transaction

from evenhand.forms.access import held_for
from evenhand.forms.models import Sent, SentState
from evenhand.forms.operations.receive import VISITOR, count
from evenhand.journal.operations import record
from evenhand.leads.custody import LoadsMoved
from evenhand.leads.intake import read_lead
from evenhand.people.actor import Actor
from evenhand.platform.refusal import NotFound
from evenhand.platform.transactions import in_transaction
from evenhand.routing.recognize import Arrival
from evenhand.routing.take_in import take_in_now

KEPT = timedelta(days=30)


def release(form_id: int, sent_id: int, *, actor: Actor) -> int:
    """Deal it like any other lead: the lead's id.

    :raises NotAllowed, NotFound: it does not wait, or the actor does not edit forms.
    :raises Refused: it names what is not there any more.
    """

    def work() -> int:
        row = _locked(form_id, sent_id, actor)
        lead = read_lead(row.values or {}, via="form")
        [taken] = take_in_now([Arrival(lead, VISITOR)])
        row.state, row.lead_id, row.values, row.why = SentState.RELEASED, taken.lead_id, None, []
        row.save(update_fields=["state", "lead_id", "values", "why"])
        count(row.form, sent=1, spam=-1)
        data = {"lead": taken.lead_id}
        record("form.released", actor=actor, object_kind="form", object_id=form_id, data=data)
        return taken.lead_id

    return in_transaction(work, again=(LoadsMoved,))


def drop(form_id: int, sent_id: int, *, actor: Actor) -> None:
    """Delete it for good; raises as `release`."""
    with transaction.atomic():
        _locked(form_id, sent_id, actor).delete()
        record("form.dropped", actor=actor, object_kind="form", object_id=form_id)


def drop_old(now: datetime) -> int:
    """Delete what nobody looked at in time, and old digests; how many."""
    held = Sent.objects.filter(state=SentState.HELD, at__lt=now - KEPT).delete()[0]
    Sent.objects.filter(at__lt=now - KEPT).exclude(text_digest="").update(text_digest="")
    return held


def _locked(form_id: int, sent_id: int, actor: Actor) -> Sent:
    rows = held_for(actor, form_id).select_for_update(of=("self",))
    row = rows.filter(pk=sent_id).select_related("form").first()
    if row is None:
        raise NotFound("form", sent_id)
    return row
