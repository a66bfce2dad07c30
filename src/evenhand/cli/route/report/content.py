"""Everything the report says, computed once: figures of one run, before they are put into words."""

from dataclasses import dataclass
from functools import cached_property

from evenhand.cli.route.deliver import Delivered
from evenhand.cli.route.report.exclusions import Kept, exclusions, left_out
from evenhand.cli.route.report.proof import BookProof, proofs_of
from evenhand.cli.route.report.rule_use import RuleState, RuleUse, rule_uses
from evenhand.cli.route.report.shares import Share, paid, shares_by_book, shares_by_kind
from evenhand.cli.route.report.unassigned import Heap, heaps
from evenhand.cli.route.run import Routed, Run
from evenhand.cli.route.team import TeamSheet
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.decision import Outcome


@dataclass
class Content:
    """One run with what was written of it. Amounts are micro-points."""

    run: Run
    done: Delivered
    team: TeamSheet
    notes: tuple[Reason, ...]

    @property
    def routed(self) -> list[Routed]:
        """Every row that was decided."""
        return self.done.kept

    @cached_property
    def by_book(self) -> dict[str, dict[str, Share]]:
        """What each book holds of each person."""
        return shares_by_book(self.run, self.routed)

    @cached_property
    def by_kind(self) -> dict[str, list[Share]]:
        """Who received what, per kind of points."""
        return shares_by_kind(self.run, self.routed, self.by_book)

    @cached_property
    def proofs(self) -> list[BookProof]:
        """Every book summed."""
        return proofs_of(self.run, self.by_book)

    @cached_property
    def kept(self) -> list[Kept]:
        """Who was kept from what."""
        return exclusions(self.routed)

    @cached_property
    def left_out(self) -> tuple[list[str], list[str]]:
        """Who could not be reached: deactivated, in no group."""
        return left_out(self.run)

    @cached_property
    def heaps(self) -> list[Heap]:
        """What stayed unassigned, by reason."""
        return heaps(self.routed)

    @cached_property
    def rules(self) -> list[RuleUse]:
        """What each rule did."""
        return rule_uses(self.run, self.routed)

    @property
    def idle_rules(self) -> list[RuleUse]:
        """Rules that are on and had no effect."""
        quiet = (RuleState.FIRED, RuleState.OFF)
        return [use for use in self.rules if use.state not in quiet]

    @property
    def is_sound(self) -> bool:
        """Whether every book adds up and stays within its bound."""
        return all(proof.is_sound for proof in self.proofs)

    @property
    def assigned(self) -> int:
        """Items that somebody received."""
        return self.run.tally.outcomes[Outcome.ASSIGNED]

    @property
    def unassigned(self) -> int:
        """Items decided that nobody received: waiting, pooled, escalated, without a rule."""
        return self.run.tally.outcomes.total() - self.assigned

    @property
    def pooled(self) -> int:
        """Items that went to a public pool."""
        return self.run.tally.outcomes[Outcome.POOLED]

    @property
    def unbooked(self) -> int:
        """Items that somebody received and nobody could have shared."""
        return sum(
            routed.decision.rep_id is not None and paid(routed) is None for routed in self.routed
        )

    @property
    def picked_at_random(self) -> int:
        """Items that random calibration gave to somebody in the band."""
        return sum(
            one.decision.exploration is not None and one.decision.exploration.was_random
            for one in self.routed
        )

    def company_of(self, routed: Routed) -> str:
        """The company that stands in an item's row, or ""."""
        read = self.run.reader.company
        name = None if read is None else read(routed.row)
        return name if isinstance(name, str) else ""

    @property
    def empty_handed(self) -> list[str]:
        """Members of a group who received nothing in this run, as ids."""
        reps = self.run.router.team.reps
        received = {routed.decision.rep_id for routed in self.routed}
        members = {p for some in self.run.router.roster.members.values() for p in some}
        return [reps[p].id for p in sorted(members) if reps[p].id not in received]
