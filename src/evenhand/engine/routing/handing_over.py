"""Handing an item to one person, an owner or somebody named, who pays in the ledger for it."""

from dataclasses import replace

from evenhand.engine.ledger.bookings import Act, Posting, charge_contest, dealt_posting, join
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decision import Cause, Decision, Outcome, Tried
from evenhand.engine.routing.plan import Plan
from evenhand.engine.routing.policy import ReadyRule
from evenhand.engine.routing.section import OwnerOf, Person
from evenhand.engine.routing.situation import Prepared, Situation


def hand_over(
    situation: Situation, item_id: str, prepared: Prepared, ready: ReadyRule, owner: str
) -> Decision | Reason | Tried:
    """To an owner or a named person, if he can take it or the rule says he must."""
    target = ready.rule.to
    assert isinstance(target, OwnerOf | Person)
    name = named(situation, prepared.plan, target, owner)
    if name is None:
        return reason("owner.none")
    rep = situation.team.find(name)
    if rep is None or not rep.is_active:
        return _departed(item_id, ready, name)
    position = situation.roster.position[rep.id]
    if rep.id in prepared.plan.reading.gave_back:
        return reason("item.gave_back")
    barred = prepared.plan.reading.barred(rep.id)
    if barred is not None:
        return barred
    why = situation.roster.away[position]
    if why is None and situation.loads.has_limits:
        why = situation.loads.why_full(position, prepared.plan.points)
    if why is not None and target.if_absent != "assign_anyway":
        tried = (Tried(ready.rule.rule, why),)
        if target.if_absent == "wait":
            return Decision(item_id, Outcome.WAITING, rule=ready.rule.rule, tried=tried)
        return tried[0]
    cause = Cause.OWNER if isinstance(target, OwnerOf) else Cause.PERSON
    return charge(situation, item_id, prepared, ready, position, cause)


def _departed(item_id: str, ready: ReadyRule, name: str) -> Decision | Reason | Tried:
    target = ready.rule.to
    why = reason("owner.departed", rep=name)
    if not isinstance(target, OwnerOf):
        return why
    tried = Tried(ready.rule.rule, why)
    if target.if_departed == "wait":
        return Decision(item_id, Outcome.WAITING, rule=ready.rule.rule, tried=(tried,))
    return tried


def named(situation: Situation, plan_: Plan, target: OwnerOf | Person, owner: str) -> str | None:
    """Whom a rule means, as an id or a name; None = nobody. `owner` as in `route_prepared`."""
    if isinstance(target, Person):
        return target.rep
    if target.of == "company" and situation.policy.owner_is_apart:
        return owner or None
    if target.of == "territory":
        for territory, covers in situation.policy.territories:
            if covers(plan_.bindings):
                return territory.owner
        return None
    found = (
        plan_.bindings.company.get("owner")
        if target.of == "company"
        else plan_.bindings.lead.get("collected_by")
    )
    return found if isinstance(found, str) and found else None


def charge(
    situation: Situation,
    item_id: str,
    prepared: Prepared,
    ready: ReadyRule,
    position: int,
    cause: Cause,
) -> Decision:
    """Give the item to one person and let him pay in the book the rules would have used."""
    rep = situation.team.reps[position]
    points = prepared.plan.points
    step = _credited_step(situation, prepared, ready)
    contest = None if step is None else situation.contests.contest(step)
    full: tuple[tuple[str, Reason], ...] = ()
    number, key, sequence, before = -1, "", 0, 0
    posting: Posting | None = None
    if step is not None and contest is not None:
        full = situation.contests.full(step)
        if not step.book.has(rep.id):
            join(step.book, rep.id, is_guest=True)
            contest = situation.contests.contest(step)
            assert contest is not None, "a guest takes nobody out of the contest"
        charge_contest(step.book, contest, rep.id)
        if contest.everyone is not None or step.gains:
            winner = step.book.position(rep.id)
            dealt = dealt_posting(step.book, contest, winner, item_id=item_id)
            posting = replace(dealt, act=Act.CHARGED)
        for who, amount in step.gains:
            step.book.accrue(who, amount)
        number, key = step.number, step.book_key
        sequence, before = step.book.sequence, step.book.last_before
    situation.loads.take(position, points)
    return Decision(
        item_id,
        Outcome.ASSIGNED,
        rule=ready.rule.rule,
        cause=cause,
        rep_id=rep.id,
        step=number,
        book=key,
        sequence=sequence,
        last_before=before,
        full=full,
        posting=posting,
    )


def _credited_step(situation: Situation, prepared: Prepared, ready: ReadyRule) -> GroupStep | None:
    """The first rule, this one or a later one, whose group would have shared the item."""
    for other in prepared.plan.rules:
        if other.group is not None and other.position >= ready.position:
            step = situation.step(prepared, other)
            if step.field.candidates and not step.by_count:
                return step
    return None
