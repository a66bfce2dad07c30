"""Items that a mentor stands beside: what became of them, and his part of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from evenhand.engine.facts import ItemKind
from evenhand.leads.models import Assignment, Guidance, Lead, Opportunity, OpportunityStage
from evenhand.leads.queries.titles import lead_title

# What can have come of an item for its holder, as far as the two are concerned.
OPEN, CONVERTED, WON, LOST, MOVED = "open", "converted", "won", "lost", "moved"
RESULTS = frozenset({CONVERTED, WON})


@dataclass(frozen=True, slots=True)
class Beside:
    """One stretch with its mentor; `title` is "" where the lead went to somebody else."""

    guidance: Guidance
    title: str
    outcome: str
    values: Mapping[str, int]  # won, in minor units by currency; the mentor's part of it

    @property
    def credit(self) -> int:
        """The mentor's part of the result, in hundredths of a lead; 0 as long as there is none."""
        return self.guidance.percent if self.outcome in RESULTS else 0


def stretches(
    *, mentors: Collection[int] = (), reps: Collection[int] = (), most: int = 200
) -> Sequence[Beside]:
    """Leads that were dealt as a stretch to these people, or beside these mentors; newest first.

    Four queries.
    """
    whose = Q(mentor__in=mentors) | Q(rep__in=reps)
    rows = Guidance.objects.filter(whose, item_kind=ItemKind.LEAD.value)
    found = list(rows.select_related("mentor__user", "rep__user").order_by("-id")[:most])
    ids = {one.item_id for one in found}
    leads = Lead.objects.in_bulk(ids)
    ends: dict[tuple[int, int], str] = {}
    held = Assignment.objects.filter(item_kind=ItemKind.LEAD.value, item_id__in=ids).order_by("id")
    for item, rep, closed_by, closed_at in held.values_list(
        "item_id", "rep_id", "closed_by", "closed_at"
    ):
        ends[item, rep] = OPEN if closed_at is None else closed_by
    won: dict[int, dict[str, int]] = {}
    sales = Opportunity.objects.filter(lead_id__in=ids, stage=OpportunityStage.WON)
    for lead, currency, value in sales.values_list("lead_id", "currency", "value"):
        sums = won.setdefault(lead or 0, {})
        sums[currency] = sums.get(currency, 0) + (value or 0)
    return [_beside(one, leads.get(one.item_id), ends, won) for one in found]


def _beside(
    guidance: Guidance,
    lead: Lead | None,
    ends: Mapping[tuple[int, int], str],
    won: Mapping[int, Mapping[str, int]],
) -> Beside:
    end = ends.get((guidance.item_id, guidance.rep_id), MOVED)
    outcome = end if end in (OPEN, CONVERTED, LOST) else MOVED
    values: dict[str, int] = {}
    if outcome == CONVERTED and guidance.item_id in won:
        outcome = WON
        values = {
            currency: value * guidance.percent // 100
            for currency, value in won[guidance.item_id].items()
        }
    is_theirs = lead is not None and lead.owner_id == guidance.rep_id
    return Beside(guidance, lead_title(lead) if lead and is_theirs else "", outcome, values)


def credits_of(mentors: Collection[int]) -> dict[int, int]:
    """The part of these mentors in leads that were converted, in hundredths; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT mentor_id, sum(percent) FROM (
                SELECT DISTINCT ON (g.mentor_id, g.rep_id, g.item_id) g.mentor_id, g.percent
                FROM guidance AS g JOIN assignment AS a ON a.item_kind = g.item_kind
                    AND a.item_id = g.item_id AND a.rep_id = g.rep_id AND a.closed_by = 'converted'
                WHERE g.item_kind = 'lead' AND g.mentor_id = ANY(%s)
                ORDER BY g.mentor_id, g.rep_id, g.item_id, g.id DESC
            ) AS one GROUP BY mentor_id
            """,
            [sorted(mentors)],
        )
        return {mentor: int(percent) for mentor, percent in cursor.fetchall()}
