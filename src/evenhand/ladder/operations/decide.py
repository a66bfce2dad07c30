"""Deciding a proposal: the next level from now on, or not yet, with a word to the rep."""

from datetime import timedelta

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.ladder.access import proposal_to_decide
from evenhand.ladder.models import Proposal, ProposalState
from evenhand.ladder.steps import ladder_now
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day
from evenhand.people.operations.growing import promote
from evenhand.platform.clock import now as clock_now
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction

# Put off: proposed again after so long, if it still holds.
AGAIN_AFTER = timedelta(days=30)
NOTE_LENGTH = 500


class CannotDecide(Refused):
    """A proposal cannot be decided like this; nothing is changed."""


def accept(proposal_id: int, *, note: str = "", actor: Actor) -> Proposal:
    """Give the next level, from now on.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotDecide: decided already, or the level is not on the ladder any more.
    :raises CannotEdit: it is about oneself, or the rep has another level by now.
    """
    return in_transaction(lambda: _accept(proposal_id, _checked(note), actor))


def put_off(proposal_id: int, *, note: str, actor: Actor) -> Proposal:
    """Not yet, and why, in words that the rep reads; proposed again after AGAIN_AFTER.

    Raises as `accept`, and without a word.
    """
    if not note.strip():
        raise CannotDecide(reason("ladder.note_missing"), field="note")
    return in_transaction(lambda: _put_off(proposal_id, _checked(note), actor))


def _accept(proposal_id: int, note: str, actor: Actor) -> Proposal:
    row = _open(proposal_id, actor)
    if ladder_now().of(row.to_level) is None:
        raise CannotDecide(reason("ladder.level_gone", level=row.to_level))
    promote(row.rep_id, row.to_level, expected=row.from_level, actor=actor)
    _close(row, ProposalState.ACCEPTED, note, actor)
    data = {"rep": row.rep_id, "level": [row.from_level, row.to_level]}
    record(
        "graduation.accepted", actor=actor, object_kind="graduation", object_id=row.pk, data=data
    )
    _tell(row, "graduation_accepted", actor)
    return row


def _put_off(proposal_id: int, note: str, actor: Actor) -> Proposal:
    row = _open(proposal_id, actor)
    row.again_on = company_day(clock_now()) + AGAIN_AFTER
    _close(row, ProposalState.PUT_OFF, note, actor)
    data = {"rep": row.rep_id, "until": row.again_on.isoformat()}
    record("graduation.put_off", actor=actor, object_kind="graduation", object_id=row.pk, data=data)
    _tell(row, "graduation_put_off", actor)
    return row


def _open(proposal_id: int, actor: Actor) -> Proposal:
    row = proposal_to_decide(actor, proposal_id)
    if row.state != ProposalState.OPEN:
        raise CannotDecide(reason("ladder.not_open"))
    if row.rep_id == actor.user_id:
        raise CannotDecide(reason("ladder.not_yourself"))
    return row


def _close(row: Proposal, state: ProposalState, note: str, actor: Actor) -> None:
    row.state, row.note = state, note
    row.decided_at, row.decided_by_id = clock_now(), actor.user_id
    row.save()


def _tell(row: Proposal, kind: str, actor: Actor) -> None:
    tell(row.rep_id, kind, params={"by": actor.user_id}, object_kind="graduation", object_id=row.pk)


def _checked(note: str) -> str:
    text = note.strip()
    if len(text) > NOTE_LENGTH:
        raise CannotDecide(reason("people.too_long", limit=NOTE_LENGTH), field="note")
    return text
