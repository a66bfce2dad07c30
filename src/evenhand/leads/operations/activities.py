"""Logging a contact with the customer, or a note: two taps, also late and without a connection."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from evenhand.engine.pool.peace import why_not_contact
from evenhand.engine.reasons import reason
from evenhand.journal.live import hint
from evenhand.journal.operations import record
from evenhand.leads.access import NotFound, locked_item
from evenhand.leads.models import (
    Activity,
    Company,
    Contact,
    Direction,
    Held,
    Lead,
    Opportunity,
    Stage,
    State,
)
from evenhand.leads.peace import life_of
from evenhand.leads.relationships import strengthen
from evenhand.leads.work import EVIDENCE, OUTCOMES, SAID, Contacted, contacted
from evenhand.people.actor import Actor, ActorKind
from evenhand.people.clocks import company_zone
from evenhand.people.scope import Right
from evenhand.platform.prepared import send
from evenhand.platform.refusal import Refused
from evenhand.policies.live import live_now

# An entry made without a connection counts from when it was made, within these.
LATEST = timedelta(days=3)
_CLOCKS_DIFFER = timedelta(minutes=5)
LONGEST_NOTE = 4000
LONGEST_SECONDS = 24 * 3600


class CannotLog(Refused):
    """A contact cannot be logged like this."""


def log_activity(
    kind: str,
    item_id: int,
    *,
    channel: str,
    outcome: str,
    evidence: str = SAID,
    seconds: int | None = None,
    note: str = "",
    contact_id: int | None = None,
    at: datetime | None = None,
    entry_key: str = "",
    actor: Actor,
) -> Activity:
    """Log a contact or a note on an item that somebody holds.

    Turning to a customer who wants peace is refused. What he answered, and what programs recorded,
    has happened and is kept.

    `entry_key` names the entry: sent again, it is the same one and changes nothing. `at` is when
    it was made, where it was kept without a connection. People give their word; evidence such as a
    call record comes from programs.

    :raises CannotLog: unknown channel or outcome, nothing said, nobody holds it, or the customer
        is not to be contacted now.
    :raises NotFound: there is no such item or contact within reach.
    """
    now = timezone.now()
    what = _checked(channel, outcome, evidence, seconds, note, actor)
    with transaction.atomic():
        item = locked_item(actor, kind, item_id, Right.WORK)
        if entry_key and (before := _logged_before(entry_key, kind, item_id, actor)):
            return before
        if item.owner_id is None:
            raise CannotLog(reason("work.nobody_holds"))
        moment = _moment(at, now)
        if what.direction == Direction.OUT and evidence == SAID:
            _check_peace(kind, item, moment)
        activity = Activity.objects.create(
            item_kind=kind,
            item_id=item_id,
            company_id=company_of(item),
            contact_id=_contact_of(item, contact_id),
            user_id=actor.user_id,
            at=moment,
            channel=channel,
            direction=what.direction,
            outcome=outcome,
            evidence=evidence if what.is_contact else "",
            seconds=seconds,
            note=note.strip(),
            entry_key=entry_key or None,
            clock_due_at=_first_due(kind, item),
        )
        if isinstance(item, Lead):
            _touch(item, what, moment)
        if what.is_contact and activity.contact_id is not None and actor.is_rep:
            assert actor.user_id is not None
            strengthen(
                actor.user_id,
                activity.contact_id,
                channel=channel,
                direction=what.direction,
                now=moment,
            )
        data = {"activity": activity.pk, "channel": channel, "outcome": outcome}
        record(f"{kind}.logged", actor=actor, object_kind=kind, object_id=item_id, data=data)
        hint({"inbox": [item.owner_id]})
    return activity


def _checked(
    channel: str, outcome: str, evidence: str, seconds: int | None, note: str, actor: Actor
) -> Contacted:
    if channel not in OUTCOMES:
        raise CannotLog(
            reason("work.not_a_choice", value=channel, choices=tuple(OUTCOMES)), field="channel"
        )
    if outcome not in OUTCOMES[channel]:
        choices = tuple(OUTCOMES[channel])
        raise CannotLog(
            reason("work.not_a_choice", value=outcome, choices=choices), field="outcome"
        )
    if evidence not in EVIDENCE:
        raise CannotLog(
            reason("work.not_a_choice", value=evidence, choices=EVIDENCE), field="evidence"
        )
    if evidence != SAID and actor.kind == ActorKind.USER:
        raise CannotLog(reason("work.evidence_from_programs"), field="evidence")
    if seconds is not None and not 0 <= seconds <= LONGEST_SECONDS:
        raise CannotLog(reason("work.not_a_length", limit=LONGEST_SECONDS), field="seconds")
    if len(note) > LONGEST_NOTE:
        raise CannotLog(reason("intake.too_long", limit=LONGEST_NOTE), field="note")
    what = contacted(channel, outcome)
    if not what.is_contact and not note.strip():
        raise CannotLog(reason("work.note_empty"), field="note")
    return what


def _logged_before(entry_key: str, kind: str, item_id: int, actor: Actor) -> Activity | None:
    """The entry of this key; somebody else's, or on another item, is refused."""
    if len(entry_key) > 40:
        raise CannotLog(reason("intake.too_long", limit=40), field="entry_key")
    found = Activity.objects.filter(entry_key=entry_key).first()
    if found is None:
        return None
    same = (found.item_kind, found.item_id, found.user_id) == (kind, item_id, actor.user_id)
    if not same:
        raise CannotLog(reason("work.entry_key_used"), field="entry_key")
    return found


def _moment(at: datetime | None, now: datetime) -> datetime:
    if at is None:
        return now
    if at.tzinfo is None or at > now + _CLOCKS_DIFFER:
        raise CannotLog(reason("work.in_the_future"), field="at")
    if at < now - LATEST:
        raise CannotLog(reason("work.too_late", limit=LATEST.days), field="at")
    return min(at, now)


def _first_due(kind: str, item: Held) -> datetime | None:
    """When the first clock over an item runs out, before this contact moves it."""
    held = send(_DUE, [str(kind), str(item.pk)]).rows()
    dues = [*(due_at for (due_at,) in held), getattr(item, "contact_due_at", None)]
    return min((one for one in dues if one is not None), default=None)


_DUE = "SELECT due_at FROM assignment WHERE item_kind = %s AND item_id = %s AND closed_at IS NULL"


def _check_peace(kind: str, item: Held, at: datetime) -> None:
    live = live_now(item.line_id)
    terms = None if live is None else live.pools.peace
    why = why_not_contact(life_of(kind, item), terms, at.astimezone(company_zone()))
    if why is not None:
        raise CannotLog(why, field="outcome")


def _touch(lead: Lead, what: Contacted, moment: datetime) -> None:
    """What a contact changes on a lead: the first one after it was assigned ends the countdown."""
    lead.active_at = max(moment, lead.active_at or moment)
    changed = ["active_at"]
    if what.is_contact and lead.state == State.OWNED:
        if lead.contacted_at is None:
            # Kept offline since before the assignment: it counts, but not as earlier than that.
            lead.contacted_at = max(moment, lead.assigned_at or moment)
            lead.contact_due_at = None
            changed += ["contacted_at", "contact_due_at"]
        if what.is_two_way and lead.stage == Stage.NEW:
            lead.stage = Stage.CONTACTED
            changed.append("stage")
    lead.save(update_fields=changed)


def company_of(item: Held) -> int | None:
    """The company an item belongs to, or is."""
    if isinstance(item, Company):
        return int(item.pk)
    assert isinstance(item, Lead | Opportunity)
    return item.company_id


def _contact_of(item: Held, contact_id: int | None) -> int | None:
    """The contact meant: the item's own, or one of its company.

    :raises NotFound: it belongs elsewhere.
    """
    own = getattr(item, "contact_id", None)
    if contact_id is None or contact_id == own:
        return own
    company = company_of(item)
    if company is None or not Contact.objects.filter(pk=contact_id, company_id=company).exists():
        raise NotFound("contact", contact_id)
    return contact_id
