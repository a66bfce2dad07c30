"""One person's growth (我的成长): where he stands, what comes next, who stands beside whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.engine.workload.ramp import RampWeight
from evenhand.ladder.models import Proposal, ProposalState, Standing
from evenhand.ladder.operations.counting import since_of
from evenhand.ladder.queries.bench import has_mentor
from evenhand.ladder.queries.beside import Beside, stretches
from evenhand.ladder.queries.needs import Asked, needs_of
from evenhand.ladder.queries.ramps import ramp_of
from evenhand.ladder.steps import Ladder, Step, ladder_now
from evenhand.people.clocks import company_day
from evenhand.people.models import Rep


@dataclass(frozen=True, slots=True)
class Growth:
    """What somebody reads of himself; `needs` is empty at the top, or before the first count."""

    rep: Rep
    ladder: Ladder
    step: Step | None
    next_level: str
    since: date
    ramp: RampWeight | None
    standing: Standing | None
    needs: Sequence[Asked]
    has_mentor: bool
    proposal: Proposal | None  # open
    past: Sequence[Proposal]
    own: Sequence[Beside]  # his stretches
    accompanied: Sequence[Beside]  # as a mentor
    mentees: Sequence[Rep]

    @property
    def credit(self) -> int:
        """His part of what came of those he accompanied, in hundredths of a converted lead."""
        return sum(one.credit for one in self.accompanied)

    @property
    def missing(self) -> Sequence[Asked]:
        """What is not there yet."""
        return [one for one in self.needs if not one.is_met]


def growth(rep: Rep, now: datetime) -> Growth:
    """Everything of somebody whom `access.growth_of` answered; a dozen queries."""
    ladder = ladder_now()
    step = ladder.of(rep.level)
    standing = Standing.objects.filter(pk=rep.pk, level=rep.level).first()
    needs = needs_of(vars(standing)) if standing and standing.next_level else ()
    proposals = list(
        Proposal.objects.filter(rep=rep)
        .exclude(state=ProposalState.LAPSED)
        .select_related("decided_by")
        .order_by("-id")[:20]
    )
    both = stretches(mentors=[rep.pk], reps=[rep.pk])
    mentees = Rep.objects.filter(mentor=rep, is_active=True, user__is_active=True)
    return Growth(
        rep=rep,
        ladder=ladder,
        step=step,
        next_level=ladder.after(rep.level),
        since=since_of(rep),
        ramp=ramp_of(rep, step, company_day(now)),
        standing=standing,
        needs=needs,
        has_mentor=has_mentor(rep),
        proposal=next((one for one in proposals if one.state == ProposalState.OPEN), None),
        past=[one for one in proposals if one.state != ProposalState.OPEN],
        own=[one for one in both if one.guidance.rep_id == rep.pk],
        accompanied=[one for one in both if one.guidance.mentor_id == rep.pk],
        mentees=list(mentees.select_related("user__team").order_by("user__name_key", "pk")),
    )
