"""Decisions to object to: three equal reps share a group, and one has the lead."""

from dataclasses import dataclass

from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead
from evenhand.ledger.models import Balance
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Calendar, User
from evenhand.policies.operations.publish import publish
from evenhand.routing.models import Receipt
from evenhand.routing.take_in import take_in
from tests.server.cast import Cast, cast
from tests.server.routing.world import policy

MICRO = 1_000_000
POINTS = 2 * MICRO  # of a lead of grade B


@dataclass
class Case:
    """A lead that went to the winner; the loser is in the group too, in the same team."""

    people: Cast
    lead: Lead
    winner: User
    loser: User

    @property
    def receipt(self) -> Receipt:
        """The decision."""
        return Receipt.objects.filter(item_id=self.lead.pk, act="").get()


def case() -> Case:
    """Somebody of three gets the lead; the loser is of Tom's team."""
    people = cast()
    Calendar.objects.create(
        name="公司", zone="Asia/Shanghai", hours=["09:00-18:00"] * 5 + ["", ""], is_default=True
    )
    publish("direct", policy(), actor=SYSTEM)
    lead = dealt()
    winner = User.objects.get(pk=lead.owner_id)
    return Case(people, lead, winner, people.rui if winner.pk == people.ren.pk else people.ren)


def dealt(number: int = 0) -> Lead:
    """One more lead, dealt by the rules."""
    found = take_in([LeadIn(name=f"客户{number}", phone=f"138001380{number:02}")], actor=SYSTEM)
    return Lead.objects.get(pk=found[0].lead_id)


def owed(user: User) -> int:
    """What somebody is owed over all grades, in micro-points."""
    total = 0
    for row in Balance.objects.select_related("book"):
        if user.pk in row.book.members:
            total += row.amounts[row.book.members.index(user.pk)]
    return total


def sums() -> set[int]:
    """What each grade of each book adds up to."""
    return {sum(row.amounts) for row in Balance.objects.all()}
