"""Reading covers and departures: lists, one with its moves or lines, what one is offered."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.handover.access import lines_for, visible_covers, visible_departures
from evenhand.handover.holdings import CONTACT, ELSEWHERE, TASK
from evenhand.handover.models import (
    WAITING,
    Cover,
    CoverState,
    Departure,
    DepartureLine,
    DepartureState,
    LineState,
)
from evenhand.leads.access import MODELS, visible
from evenhand.leads.models import Contact
from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.people.models import Leave, Rep
from evenhand.people.names import Colleague
from evenhand.people.scope import Right, may
from evenhand.policies.live import live_now
from evenhand.policies.queries import lines
from evenhand.tasks.access import visible as visible_tasks

GOING = (CoverState.ASKED, CoverState.AGREED, CoverState.BEGUN)


def covers(actor: Actor, *, going: bool = True) -> QuerySet[Cover]:
    """Covers that somebody may see, the next leave first; `going`: not those that are over."""
    rows = visible_covers(actor).select_related("leave__rep__user__team")
    if going:
        rows = rows.filter(state__in=GOING)
    rows = rows.annotate(
        moved=Count("moves", filter=Q(moves__state="moved"), distinct=True),
        back=Count("moves", filter=Q(moves__state="back"), distinct=True),
    )
    return rows.order_by("leave__from_at", "pk")


def leaves_without(actor: Actor) -> QuerySet[Leave]:
    """Leave ahead or going on of people within reach, or one's own, that nobody covers."""
    own = Q(rep_id=actor.user_id or 0)
    if may(actor, Right.SEE_PEOPLE):
        own |= Q(rep__user__in=visible_people(actor))
    rows = Leave.objects.filter(own, canceled_at=None, until_at__gt=timezone.now())
    rows = rows.filter(Q(cover=None) | Q(cover__state=CoverState.DROPPED))
    rows = rows.filter(rep__is_active=True, rep__user__is_active=True)
    return rows.select_related("rep__user__team").order_by("from_at", "pk")


def departures(actor: Actor) -> QuerySet[Departure]:
    """Departures that somebody may see: open ones first, the next deadline on top."""
    rows = visible_departures(actor).select_related("rep__user__team", "made_by")
    rows = rows.annotate(
        total=Count("lines", distinct=True),
        waiting=Count("lines", filter=Q(lines__state__in=WAITING), distinct=True),
    )
    is_over = ~Q(state=DepartureState.OPEN)
    return rows.annotate(is_over=is_over).order_by("is_over", "deadline", "-pk")


def offered_to(actor: Actor) -> QuerySet[DepartureLine]:
    """What one is offered and has not answered."""
    rows = DepartureLine.objects.filter(
        receiver_id=actor.user_id or 0,
        state=LineState.OFFERED,
        departure__state=DepartureState.OPEN,
    )
    return rows.select_related("departure__rep__user").order_by("departure__deadline", "kind", "pk")


def lines_of(
    actor: Actor, departure: Departure, *, kind: str = "", state: str = ""
) -> QuerySet[DepartureLine]:
    """The lines of a sheet that somebody may see, what waits first."""
    rows = lines_for(actor, departure).select_related("receiver__user")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(state=state) if state else rows
    settled = ~Q(state__in=WAITING)
    rows = rows.annotate(is_settled=settled, is_elsewhere=Q(kind__in=ELSEWHERE))
    return rows.order_by("is_settled", "is_elsewhere", "kind", "-points", "item_id")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sheet is, by kind: how many lines wait, are settled, and there are."""

    kind: str
    waiting: int
    settled: int

    @property
    def total(self) -> int:
        """All lines of this kind."""
        return self.waiting + self.settled


def progress_of(actor: Actor, departure: Departure) -> list[Progress]:
    """How far it is, by kind."""
    counts = Counter(lines_for(actor, departure).values_list("kind", "state"))
    found: dict[str, list[int]] = {}
    for (kind, state), count in counts.items():
        found.setdefault(kind, [0, 0])[state not in WAITING] += count
    return [Progress(kind, *found[kind]) for kind in sorted(found)]


def titles(actor: Actor, keys: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What items are called, those within the reader's reach."""
    found: dict[tuple[str, int], str] = {}
    for kind in MODELS:
        ids = [pk for of, pk in keys if of == kind]
        if ids:
            rows = visible(actor, kind).filter(pk__in=ids).values_list("pk", "name")
            found |= {(str(kind), pk): name for pk, name in rows}
    contacts = [pk for of, pk in keys if of == CONTACT]
    if contacts:
        # Whoever sees a lead of somebody sees what he is called.
        leads = visible(actor, ItemKind.LEAD).filter(contact__in=contacts)
        named = leads.order_by("pk").values_list("contact_id", "contact__name")
        found |= {(CONTACT, pk): name for pk, name in named}
        # … and so does whoever sees his company.
        others = Contact.objects.filter(
            pk__in=contacts, company__in=visible(actor, ItemKind.ACCOUNT).values("pk")
        )
        for pk, name in others.values_list("pk", "name"):
            found.setdefault((CONTACT, pk), name)
    tasks = [pk for of, pk in keys if of == TASK]
    if tasks:
        rows = visible_tasks(actor).filter(pk__in=tasks).values_list("pk", "title")
        found |= {(TASK, pk): title for pk, title in rows}
    return found


def team_mates(actor: Actor) -> list[Colleague]:
    """Who works in one's own team: whom somebody may ask to stand in for him."""
    rows = Rep.objects.filter(
        is_active=True,
        user__is_active=True,
        user__team_id=actor.team_id or 0,
    ).exclude(pk=actor.user_id)
    return [
        Colleague(row.pk, row.user.name, row.user.team.name if row.user.team else "")
        for row in rows.select_related("user__team").order_by("user__name_key", "pk")
    ]


def grades_in_use() -> list[str]:
    """The grades of all live rules, in their order."""
    found: dict[str, None] = {}
    for line in lines():
        live = live_now(line.pk)
        found |= dict.fromkeys(() if live is None else live.policy.grades)
    return list(found)
