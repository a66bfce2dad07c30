"""What came of leads: how far they came, how many were lost, what was won; by owner or campaign.

Every figure is a count of rows that the list of leads shows for the same filter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from django.db.models import Count, Q, Sum

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import visible
from evenhand.leads.models import OpportunityStage, Stage
from evenhand.leads.queries.filters import REACHED, LeadFilter
from evenhand.leads.queries.leads import leads_within
from evenhand.people.actor import Actor

STEPS = ("contacted", "qualified", "converted", "won")


@dataclass(slots=True)
class Result:
    """What came of some leads; money in minor units by currency."""

    all: int = 0
    owned: int = 0
    lost: int = 0
    reached: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STEPS, 0))
    values: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Result") -> None:
        """Count another one in."""
        self.all += other.all
        self.owned += other.owned
        self.lost += other.lost
        for step, count in other.reached.items():
            self.reached[step] += count
        for currency, value in other.values.items():
            self.values[currency] = self.values.get(currency, 0) + value


def results_by(
    actor: Actor, wanted: LeadFilter, by: Literal["owner_id", "campaign"], *, now: datetime
) -> Mapping[Any, Result]:
    """What came of the leads that the filter lets through, by owner (None = nobody's) or campaign.

    The largest first; two queries.
    """
    rows = leads_within(actor, replace(wanted, state="all"), now=now).order_by()
    if by == "campaign":
        rows = rows.exclude(campaign="")
    steps = {step: Count("pk", filter=REACHED[step]) for step in STEPS}
    grouped: Any = rows.values(by).annotate(
        all=Count("pk"),
        owned=Count("pk", filter=REACHED["owned"]),
        lost=Count("pk", filter=Q(stage=Stage.LOST)),
        **steps,
    )
    found = {
        row[by]: Result(row["all"], row["owned"], row["lost"], {step: row[step] for step in STEPS})
        for row in grouped.order_by("-all", by)
    }
    won = visible(actor, ItemKind.OPPORTUNITY).filter(
        stage=OpportunityStage.WON, lead_id__in=rows.values("pk")
    )
    for row in won.order_by().values(f"lead__{by}", "currency").annotate(value=Sum("value")):
        if row["value"] and (one := found.get(row[f"lead__{by}"])) is not None:
            one.values[row["currency"]] = int(row["value"])
    return found
