"""Lists of leads, the board by stage, and one lead with what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import is_one_reach, lead_for, reach_in_sql, visible
from evenhand.leads.masking import mask_leads, sees_contact_data
from evenhand.leads.models import Lead, Opportunity, Stage, State
from evenhand.leads.queries.deadlines import by_deadline
from evenhand.leads.queries.filters import OF_IMPORT, REACHED, STATES, LeadFilter, narrow
from evenhand.leads.queries.paging import EXACT_UP_TO, SIZES, Count, Page, count_of, page_of
from evenhand.leads.queries.search import found_in_sql, search_leads, words_of
from evenhand.people.actor import Actor
from evenhand.people.models import DataScope
from evenhand.people.scope import Right, may
from evenhand.platform import clock
from evenhand.platform.prepared import send
from evenhand.platform.remembered import Remembered
from evenhand.platform.row_objects import asked_rows, order_in_sql, rows_of, rows_where
from evenhand.platform.rows import pipelined

# Every order ends with the id: two pages never show the same row, whatever is equal.
SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "-created": ("-id",),
    "created": ("id",),
    "due": (F("contact_due_at").asc(nulls_last=True), "-id"),
    "-due": (F("contact_due_at").desc(nulls_last=True), "-id"),
    "score": (F("score").asc(nulls_last=True), "-id"),
    "-score": (F("score").desc(nulls_last=True), "-id"),
    "active": (F("active_at").asc(nulls_first=True), "-id"),
    "-active": (F("active_at").desc(nulls_last=True), "-id"),
}
BOARD_STAGES = (Stage.NEW, Stage.CONTACTED, Stage.QUALIFIED)
BOARD_ROWS = 30


def leads_within(actor: Actor, wanted: LeadFilter, *, now: datetime) -> QuerySet[Lead]:
    """All leads that the actor may see and the filter lets through, without an order."""
    rows = narrow(visible(actor, ItemKind.LEAD), wanted)
    for name in ("stage", "source", "campaign"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.of_import is not None:
        for made_by in OF_IMPORT:
            rows = rows.filter(pk__in=made_by(wanted.of_import))
    if wanted.reached:
        rows = rows.filter(REACHED[wanted.reached])
    if wanted.due:
        rows = rows.filter(contact_due_at__isnull=False, state=State.OWNED)
        if wanted.due == "overdue":
            rows = rows.filter(contact_due_at__lt=now)
    if wanted.reason:
        rows = rows.filter(state=State.QUEUED, why_unassigned__code=wanted.reason)
    are_few = bool(wanted.q) and sees_few(actor)
    return search_leads(rows, wanted.q, actor=actor, are_few=are_few)


def sees_few(actor: Actor) -> bool:
    """Whether so few leads are within reach that a search reads them all sooner than it asks an
    index of everybody's; true of most reps. As it was some minutes ago."""
    reach, whose = reach_in_sql(actor, "lead")
    if not whose:
        return False

    def ask() -> bool:
        ((found,),) = send(_SOME.format(reach), whose).rows()
        return bool(found <= FEW)

    return REACHES.get((reach, *whose), ask, now=clock.now())


FEW = 2_000
REACHES: Remembered[bool] = Remembered(lasts=timedelta(minutes=5), most=2_048)
_SOME = f"SELECT count(*) FROM (SELECT FROM lead WHERE {{}} LIMIT {FEW + 1}) AS found"


def lead_page(
    actor: Actor,
    wanted: LeadFilter,
    *,
    now: datetime,
    sort: str = "-created",
    number: int = 1,
    size: int = 20,
    along: Sequence[str] = (),
) -> Page:
    """A page of leads; four queries whatever it holds. `along` says which rows are read with it."""
    if not along and (quick := _usual_page(actor, wanted, sort, number, size)) is not None:
        mask_leads(actor, quick.rows)
        return quick
    rows = leads_within(actor, wanted, now=now)
    if along:
        rows = rows.select_related(*along)
    if wanted.ends and sort == "-created":  # nobody asked for another order
        ordered = by_deadline(rows)
    else:
        ordered = rows.order_by(*SORTS.get(sort, ("-id",)))
    # What one person holds, and nothing that waits.
    are_few = actor.scope == DataScope.SELF and not may(actor, Right.SEE_UNASSIGNED)
    page = page_of(ordered, number=number, size=size, counted=rows, are_few=are_few)
    mask_leads(actor, page.rows)
    return page


def _usual_page(actor: Actor, wanted: LeadFilter, sort: str, number: int, size: int) -> Page | None:
    """The first pages as they are asked for most often, by statements that stay prepared; None =
    it is another page, or of several owners, for which PostgreSQL is to look at the values."""
    reach, whose = reach_in_sql(actor, "lead")
    start = (number - 1) * size
    usual = LeadFilter(state=wanted.state, stage=wanted.stage, q=wanted.q)
    if wanted != usual or not is_one_reach(reach):
        return None
    if size not in SIZES or start + size > SIZES[-1]:
        return None
    states = ", ".join(f"'{state}'" for state in STATES[wanted.state])
    condition, values = f"{reach} AND lead.state IN ({states})", whose
    if wanted.stage:
        condition, values = f"{condition} AND lead.stage = %s", [*whose, wanted.stage]
    order = _ORDERS.get(sort, _ORDERS["-created"])
    is_own = reach == "lead.owner_id = %s" and whose == [str(actor.user_id)]
    if words := words_of(wanted.q):
        if not is_own or len(words) > _MOST_PREPARED_WORDS or not sees_few(actor):
            return None
        sought, texts = found_in_sql(words)
        condition, values = f"{condition} AND {sought}", [*values, *texts]
    if is_own:
        return _own_page(condition, values, order, number, size)
    found = rows_where(
        Lead, f"{condition} ORDER BY {order} LIMIT {size + 1} OFFSET {start}", values
    )
    if len(found) > size or (start and not found):
        if not whose:  # of everybody: the planner is asked first how many there may be
            rows = leads_within(actor, wanted, now=timezone.now())
            count = count_of(rows, question=(condition, *values))
        else:
            ((number_of,),) = send(_COUNTED.format(condition), values).rows()
            count = Count(number_of, number_of > EXACT_UP_TO)
    else:
        count = Count(start + len(found), False)
    return Page(found[:size], number, size, count, len(found) > size)


def _own_page(condition: str, values: Sequence[str], order: str, number: int, size: int) -> Page:
    """A page of what one person holds, and how many there are, by one statement."""
    start = (number - 1) * size
    text = _OWN.format(condition=condition, order=order, size=size, start=start)
    rows = rows_of((("lead", Lead),), text, values, also=("found.number",))
    number_of = rows[0][1]
    found = [lead for lead, _ in rows if lead is not None]
    count = Count(number_of, number_of > EXACT_UP_TO)
    return Page(found, number, size, count, number_of > start + size)


# In the usual order an index tells which and how many: only the rows of the page are read.
_OWN = f"""
FROM (
    WITH own AS MATERIALIZED (
        SELECT lead.id FROM lead WHERE {{condition}} ORDER BY {{order}} LIMIT {EXACT_UP_TO + 1}
    )
    SELECT ARRAY(SELECT id FROM own LIMIT {{size}} OFFSET {{start}}) AS ids,
        (SELECT count(*) FROM own) AS number
) AS found LEFT JOIN lead ON lead.id = ANY(found.ids) ORDER BY {{order}}
"""
# Each number of words is a statement of its own.
_MOST_PREPARED_WORDS = 2
_COUNTED = f"SELECT count(*) FROM (SELECT FROM lead WHERE {{}} LIMIT {EXACT_UP_TO + 1}) AS found"
_ORDERS = {sort: order_in_sql("lead", order) for sort, order in SORTS.items()}


def leads_after(
    actor: Actor, wanted: LeadFilter, *, now: datetime, below_id: int | None, size: int
) -> list[Lead]:
    """The newest leads with an id below one, for programs that read on: as quick at any depth."""
    rows = _with_owner(leads_within(actor, wanted, now=now)).order_by("-id")
    if below_id is not None:
        rows = rows.filter(pk__lt=below_id)
    found = list(rows[:size])
    mask_leads(actor, found)
    return found


@dataclass(frozen=True, slots=True)
class Column:
    """A stage of the board: its newest leads, and how many there are."""

    stage: str
    rows: list[Lead]
    count: Count


def lead_board(actor: Actor, wanted: LeadFilter, *, now: datetime) -> list[Column]:
    """The open leads by stage; of each stage the first ones."""
    rows = _with_owner(leads_within(actor, wanted, now=now))
    columns = []
    for stage in BOARD_STAGES:
        of_stage = rows.filter(stage=stage).order_by("-id")
        found = list(of_stage[:BOARD_ROWS])
        mask_leads(actor, found)
        columns.append(Column(stage, found, count_of(of_stage)))
    return columns


class Neighbor(NamedTuple):
    """Another lead of the same company, as far as the page of a lead names it."""

    pk: int
    name: str
    stage: str


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """A lead as its page shows it."""

    lead: Lead
    opportunities: list[Opportunity]
    same_company: list[Neighbor]  # other leads of the company within reach
    sees_contact_data: bool
    is_mine: bool


def lead_facts(actor: Actor, lead_id: int) -> LeadFacts:
    """One lead with what belongs to it, within reach; raises as `lead_for`."""
    lead = lead_for(actor, lead_id, along=_ALONG)
    sees = sees_contact_data(actor, lead)
    mask_leads(actor, [lead])
    opportunities: list[Opportunity] = []
    reach, values = reach_in_sql(actor, "lead")
    with pipelined():
        any_of_it = asked_rows(Opportunity, "lead_id = %s LIMIT 1", [str(lead.pk)], only=("id",))
        # Of no company there are none.
        of_company = [None if lead.company_id is None else str(lead.company_id), str(lead.pk)]
        neighbors = send(_NEIGHBORS + reach + _NEWEST, [*of_company, *values])
        others = [Neighbor(*one) for one in neighbors.rows()]
        has_any = bool(any_of_it())
    if has_any:
        rows = visible(actor, ItemKind.OPPORTUNITY).filter(lead_id=lead.pk)
        opportunities = list(rows.order_by("-id")[:20])
    return LeadFacts(lead, opportunities, others, sees, lead.owner_id == actor.user_id)


_NEIGHBORS = "SELECT id, name, stage FROM lead WHERE company_id = %s AND id <> %s AND "
_NEWEST = " ORDER BY id DESC LIMIT 10"
# What the page of a lead tells of others.
_ALONG = ("line", "company")


def _with_owner(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("owner__user__team", "line")
