"""The bench (人才梯队): people by level, who is ready, who accompanies whom, what is thin."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.workload.ramp import RampWeight
from evenhand.ladder.access import visible_proposals
from evenhand.ladder.models import Proposal, ProposalState, Standing
from evenhand.ladder.queries.beside import credits_of
from evenhand.ladder.queries.needs import Asked, needs_of
from evenhand.ladder.queries.ramps import ramp_of
from evenhand.ladder.steps import Ladder, Step, ladder_now
from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day
from evenhand.people.models import Rep
from evenhand.people.queries.teams import reps_of_team
from evenhand.people.scope import Right, demand


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the bench. `level` is his own; `step` None: no level, or none of the ladder."""

    rep: Rep
    step: Step | None
    next_level: str
    standing: Standing | None
    needs: Sequence[Asked]
    ramp: RampWeight | None
    mentees: int
    credit: int  # as a mentor, in hundredths of a converted lead
    proposal: Proposal | None

    @property
    def is_new(self) -> bool:
        """Whether he is inside his ramp."""
        return self.ramp is not None and not self.ramp.is_over

    @property
    def met(self) -> int:
        """How many needs are met."""
        return sum(one.is_met for one in self.needs)

    @property
    def room(self) -> int | None:
        """How many more he could accompany; None where his level names no number."""
        most = None if self.step is None else self.step.first.mentees
        return None if most is None else max(0, most - self.mentees)

    @property
    def is_ready(self) -> bool:
        """Whether the next level is proposed, or would be."""
        return self.standing is not None and self.standing.is_ready

    @property
    def lacks_mentor(self) -> bool:
        """Whether his level opens stretch work beside a mentor, and he has none in service."""
        stretch = None if self.step is None else self.step.first.stretch
        wants = self.is_new or (stretch is not None and stretch.needs_mentor)
        return wants and not has_mentor(self.rep)


@dataclass(frozen=True, slots=True)
class Rung:
    """A level with its people; `waiting` = ready below it."""

    step: Step
    people: Sequence[Person]
    waiting: int

    @property
    def is_empty(self) -> bool:
        """Nobody is at this level."""
        return not self.people

    @property
    def hangs_on_one(self) -> bool:
        """One person holds it, and nobody is ready to join him."""
        return len(self.people) == 1 and not self.waiting


@dataclass(frozen=True, slots=True)
class Bench:
    """Everybody within reach, highest level first; `astray` have no level of the ladder."""

    ladder: Ladder
    rungs: Sequence[Rung]
    astray: Sequence[Person]
    proposals: Sequence[Person]
    counted_at: datetime | None

    @property
    def people(self) -> Sequence[Person]:
        """All of them, in the order of the page."""
        return [*(one for rung in self.rungs for one in rung.people), *self.astray]

    @property
    def mentors(self) -> Sequence[Person]:
        """Who could accompany one more, those with most room first."""
        able = [one for one in self.people if one.room]
        return sorted(able, key=lambda one: (-(one.room or 0), one.rep.user.name_key))

    @property
    def without_mentor(self) -> Sequence[Person]:
        """Who should have a mentor and has none."""
        return [one for one in self.people if one.lacks_mentor]


def has_mentor(rep: Rep) -> bool:
    """Whether somebody in service stands beside this rep."""
    mentor = rep.mentor
    return mentor is not None and mentor.is_active and mentor.user.is_active


def bench(actor: Actor, now: datetime, *, team: int | None = None) -> Bench:
    """The bench of everybody within reach, or of a team; ten queries for any number.

    :raises NotAllowed: the actor may not see people.
    """
    demand(actor, Right.SEE_PEOPLE)
    people = visible_people(actor).filter(is_active=True)
    rows = Rep.objects.filter(is_active=True, user__in=people)
    if team is not None:
        rows = rows.filter(pk__in=reps_of_team(team))
    rows = rows.select_related("user__team", "mentor__user")
    reps = list(rows.order_by("user__name_key", "pk"))
    found = persons(actor, reps, now)
    ladder = found[0]
    by_level: dict[str, list[Person]] = {}
    for one in found[1]:
        by_level.setdefault(one.rep.level if one.step else "", []).append(one)
    ready = Counter(one.next_level for one in found[1] if one.is_ready)
    rungs = [
        Rung(step, by_level.get(step.level, []), ready[step.level])
        for step in reversed(ladder.steps)
    ]
    return Bench(
        ladder,
        rungs,
        by_level.get("", []),
        [one for one in found[1] if one.proposal is not None],
        max((one.standing.at for one in found[1] if one.standing), default=None),
    )


def persons(actor: Actor, reps: Sequence[Rep], now: datetime) -> tuple[Ladder, list[Person]]:
    """These people, who are within reach, with all that the ladder knows of them."""
    ladder = ladder_now()
    today = company_day(now)
    ids = [one.pk for one in reps]
    standings = Standing.objects.in_bulk(ids)
    mentees = Counter(
        Rep.objects.filter(mentor__in=ids, is_active=True, user__is_active=True).values_list(
            "mentor_id", flat=True
        )
    )
    shares = credits_of(ids)
    rows = visible_proposals(actor) if ids else Proposal.objects.none()
    proposals = {one.rep_id: one for one in rows.filter(state=ProposalState.OPEN, rep__in=ids)}
    found = []
    for rep in reps:
        step = ladder.of(rep.level)
        standing = standings.get(rep.pk)
        # Counted for another level: what it says holds no more.
        standing = standing if standing and standing.level == rep.level else None
        needs = needs_of(vars(standing)) if standing and standing.next_level else ()
        found.append(
            Person(
                rep,
                step,
                ladder.after(rep.level),
                standing,
                needs,
                ramp_of(rep, step, today),
                mentees[rep.pk],
                shares.get(rep.pk, 0),
                proposals.get(rep.pk),
            )
        )
    return ladder, found
