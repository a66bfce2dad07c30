"""Counting at night how everybody stands: ramps, standings, who is ready for the next level."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from evenhand.engine.workload.graduation import (
    GraduationTerms,
    LevelPrior,
    Need,
    Readiness,
    Record,
    level_prior,
    readiness,
)
from evenhand.journal.operations import record
from evenhand.ladder.evidence import practice, records
from evenhand.ladder.models import Proposal, ProposalState, Standing
from evenhand.ladder.steps import Ladder, Step, ladder_now
from evenhand.notify.operations import tell
from evenhand.people.actor import SYSTEM
from evenhand.people.clocks import company_day
from evenhand.people.models import Rep, Role, User
from evenhand.people.operations.growing import note_practice
from evenhand.people.scope import RIGHTS, Right

# The longest ramp that a policy can have.
_NEW = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a night found."""

    people: int
    ramps: int  # newcomers whose ramp counts something new
    proposed: int


def count_all(now: datetime) -> Counted:
    """Count ramps and standings, and propose whoever is ready and not proposed yet."""
    today = company_day(now)
    ladder = ladder_now()
    rows = Rep.objects.filter(is_active=True, user__is_active=True)
    reps = list(rows.select_related("user__team__manager").order_by("pk"))
    joined = {
        rep.pk: rep.joined_on for rep in reps if rep.joined_on and rep.joined_on > today - _NEW
    }
    ramps = note_practice(practice(joined, now)) if joined else 0
    standings = _standings(ladder, [rep for rep in reps if ladder.of(rep.level)], today, now)
    with transaction.atomic():
        Standing.objects.exclude(pk__in=[one.rep_id for one in standings]).delete()
        Standing.objects.bulk_create(
            standings,
            update_conflicts=True,
            unique_fields=["rep"],
            update_fields=[
                one.attname for one in Standing._meta.concrete_fields if not one.primary_key
            ],
        )
        _let_lapse(reps, now)
        proposed = _propose({rep.pk: rep for rep in reps}, standings, ladder, today, now)
    return Counted(len(standings), ramps, proposed)


def since_of(rep: Rep) -> date:
    """Since when somebody has his level, as far as is known."""
    return rep.level_since or rep.joined_on or company_day(rep.user.created_at)


def _standings(ladder: Ladder, reps: Sequence[Rep], today: date, now: datetime) -> list[Standing]:
    found = records({rep.pk: since_of(rep) for rep in reps}, now)
    standings = []
    for step in ladder.steps:
        here = [rep for rep in reps if rep.level == step.level]
        prior = level_prior([found[rep.pk] for rep in here])
        standings += [
            _standing(rep, step, ladder.after(step.level), found[rep.pk], prior, today, now)
            for rep in here
        ]
    return standings


def _standing(
    rep: Rep, step: Step, above: str, done: Record, prior: LevelPrior, today: date, now: datetime
) -> Standing:
    days = max(0, (today - since_of(rep)).days)
    terms: GraduationTerms = step.terms
    state: Readiness = readiness(done, prior, days_at_level=days, terms=terms)
    checks = {check.need: check for check in state.checks}
    return Standing(
        rep=rep,
        at=now,
        level=step.level,
        next_level=above,
        days=days,
        outcomes=done.outcomes,
        expected=done.expected,
        rate=state.rate,
        level_rate=state.level_mean,
        probability=checks[Need.PROBABILITY].found,
        asked={need.value: check.asked for need, check in checks.items()},
        is_ready=bool(above) and step.graduation.is_enabled and state.is_proposed,
    )


def _let_lapse(reps: Sequence[Rep], now: datetime) -> None:
    """Proposals about people who have another level by now, or are gone."""
    levels = {rep.pk: rep.level for rep in reps}
    for one in Proposal.objects.filter(state=ProposalState.OPEN).select_for_update():
        if levels.get(one.rep_id) != one.from_level:
            one.state, one.decided_at = ProposalState.LAPSED, now
            one.save(update_fields=["state", "decided_at"])
            record(
                "graduation.lapsed", actor=SYSTEM, object_kind="graduation", object_id=one.pk,
                data={"rep": one.rep_id},
            )  # fmt: skip


def _propose(
    reps: dict[int, Rep], standings: Sequence[Standing], ladder: Ladder, today: date, now: datetime
) -> int:
    ready = {one.rep_id: one for one in standings if one.is_ready}
    rows = Proposal.objects.filter(rep__in=ready)
    kept = set(rows.filter(state=ProposalState.OPEN).values_list("rep_id", flat=True))
    kept |= set(
        rows.filter(state=ProposalState.PUT_OFF, again_on__gt=today).values_list(
            "rep_id", flat=True
        )
    )
    for rep_id in sorted(ready.keys() - kept):
        _propose_one(reps[rep_id], ready[rep_id], now)
    return len(ready.keys() - kept)


def _propose_one(rep: Rep, standing: Standing, now: datetime) -> None:
    made = Proposal.objects.create(
        rep=rep,
        from_level=standing.level,
        to_level=standing.next_level,
        evidence=evidence_of(standing),
        made_at=now,
    )
    record(
        "graduation.proposed", actor=SYSTEM, object_kind="graduation", object_id=made.pk,
        data={"rep": rep.pk, "level": [made.from_level, made.to_level]},
    )  # fmt: skip
    tell(
        deciders_of(rep),
        "graduation_proposed",
        params={"by": rep.pk},
        object_kind="graduation",
        object_id=made.pk,
    )


def evidence_of(standing: Standing) -> dict[str, Any]:
    """The figures of a standing, as a proposal keeps them."""
    names = ("days", "outcomes", "expected", "rate", "level_rate", "probability", "asked")
    return {name: getattr(standing, name) for name in names}


def deciders_of(rep: Rep) -> set[int]:
    """Who is told of a proposal: the manager of the team, else sales operations."""
    team = rep.user.team
    manager = team.manager if team is not None else None
    can = manager is not None and manager.is_active and manager.pk != rep.pk
    if manager is not None and can and Right.GROW_PEOPLE in RIGHTS[manager.role]:
        return {manager.pk}
    people = User.objects.filter(is_active=True, role=Role.SALES_OPS).exclude(pk=rep.pk)
    return set(people.values_list("pk", flat=True))
