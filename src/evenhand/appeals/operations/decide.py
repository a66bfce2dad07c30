"""Deciding an appeal: upheld with a credit in the ledger, or rejected in words."""

from evenhand.appeals.access import appeal_for, barred_from
from evenhand.appeals.models import Appeal, AppealState, Ruling
from evenhand.appeals.operations.file import check_text
from evenhand.appeals.operations.handing import refuse
from evenhand.appeals.putting_right import give_back, lost_with
from evenhand.appeals.rules import RECYCLED
from evenhand.journal.operations import record
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.clock import now as clock_now
from evenhand.platform.transactions import in_transaction
from evenhand.routing.models import Receipt
from evenhand.routing.operations.credit import credit, most_credit


def uphold(appeal_id: int, *, points: int | None = None, answer: str = "", actor: Actor) -> Appeal:
    """Say that somebody was right, and owe him points: micro-points, by default the item's.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotAppeal: decided already, or he is one of those who may not decide it.
    :raises CannotAct: the credit cannot be booked: too much, the day's limit, no group.
    """
    return _decide(appeal_id, is_upheld=True, points=points, answer=answer, actor=actor)


def reject(appeal_id: int, *, answer: str, actor: Actor) -> Appeal:
    """Say why the decision stands; raises as `uphold`, and without a reason in words."""
    if not answer.strip():
        raise refuse("appeal.answer_missing", field="answer")
    return _decide(appeal_id, is_upheld=False, points=0, answer=answer, actor=actor)


def _decide(
    appeal_id: int, *, is_upheld: bool, points: int | None, answer: str, actor: Actor
) -> Appeal:
    demand(actor, Right.DECIDE_APPEAL)
    appeal_for(actor, appeal_id)
    answer = answer.strip()
    check_text(answer, "answer")
    return in_transaction(lambda: _rule(appeal_id, is_upheld, points, answer, actor))


def _rule(appeal_id: int, is_upheld: bool, points: int | None, answer: str, actor: Actor) -> Appeal:
    # Locked before the books: of two who decide at once, one finds it decided.
    rows = Appeal.objects.select_for_update(of=("self",)).select_related("receipt", "person")
    appeal = rows.get(pk=appeal_id)
    if appeal.state != AppealState.OPEN:
        raise refuse("appeal.not_open")
    if actor.user_id is None or actor.user_id in barred_from(appeal):
        raise refuse("appeal.not_yours_to_decide")
    # Where nobody has it since, whoever lost it wrongly has it again before anything is credited.
    is_lost = is_upheld and appeal.why == RECYCLED
    given_back = give_back(appeal, actor) if is_lost else None
    given = _credited(appeal, points, actor) if is_upheld else 0
    appeal.state = AppealState.UPHELD if is_upheld else AppealState.REJECTED
    appeal.closed_at = clock_now()
    appeal.save()
    Ruling.objects.create(
        appeal=appeal, by_id=actor.user_id, is_upheld=is_upheld, answer=answer, points=given,
        at=appeal.closed_at,
    )  # fmt: skip
    kind = "appeal.upheld" if is_upheld else "appeal.rejected"
    data = {"rep": appeal.person_id, "reason": appeal.why}
    if is_upheld:
        data |= {"points": given, "receipt": appeal.credit_receipt_id, "given": given_back}
    record(kind, actor=actor, object_kind="appeal", object_id=appeal.pk, data=data)
    tell(
        appeal.person_id,
        "appeal_upheld" if is_upheld else "appeal_rejected",
        params={"by": actor.user_id, "count": round(given / 1_000_000)},
        object_kind="appeal",
        object_id=appeal.pk,
    )
    return appeal


def _credited(appeal: Appeal, points: int | None, actor: Actor) -> int:
    """Book the credit; how much it is."""
    decided, most = creditable(appeal)
    wanted = most if points is None else points
    if wanted < 0:
        raise refuse("appeal.points_unusable", field="points")
    if wanted:
        appeal.credit = wanted
        appeal.credit_receipt_id = credit(
            decided, to=appeal.person_id, points=wanted, why=appeal.why, actor=actor
        )
    return wanted


def creditable(appeal: Appeal) -> tuple[Receipt, int]:
    """For which decision an appeal is credited, and how much by default, in micro-points.

    For what was taken away it is what its owner had paid: nothing, where he has that back.
    """
    if appeal.why == RECYCLED:
        return lost_with(appeal.receipt, appeal.person_id) or (appeal.receipt, 0)
    return appeal.receipt, most_credit(appeal.receipt)
