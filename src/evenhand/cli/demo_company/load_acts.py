"""A few acts by hand on the last day, so that there is something of each kind to look at."""

from django.db.models import F

from evenhand.cli.demo_company.load_staff import Staff
from evenhand.cli.demo_company.staff import MANAGERS
from evenhand.engine.facts import ItemKind
from evenhand.leads.models import Lead, State
from evenhand.people.models import Rep, User
from evenhand.people.scope import actor_of
from evenhand.routing.operations.give import transfer
from evenhand.routing.operations.give_up import hand_back, void

TRANSFERS = (
    ("华东", "overload", ""),
    ("华东", "customer_wish", ""),
    ("华南", "expertise", ""),
    ("华北", "other", "客户搬了厂，离新地址更近的同事去"),
)
RETURNS = (("深圳", "wrong_product", ""), ("南京", "wrong_region", ""))


def act_by_hand(staff: Staff) -> None:
    """Managers transfer and void, reps hand back: through the same operations as every day."""
    used: set[int] = set()
    for region, reason, note in TRANSFERS:
        manager = next(user for user in staff.users.values() if user.name == MANAGERS[region])
        team = [one for one in staff.reps.values() if _is_below(one, region)]
        lead = _newest(team, used)
        heirs = [one for one in team if lead is not None and one.pk != lead.owner_id]
        able = [one for one in heirs if one.level != "新人" and one.is_accepting]
        if lead is not None and able:
            to = able[lead.pk % len(able)].pk
            transfer(
                ItemKind.LEAD, lead.pk, to=to, reason=reason, note=note, actor=actor_of(manager)
            )
    for city, reason, note in RETURNS:
        lead = _newest(
            [one for one in staff.reps.values() if one.user.team == staff.teams[city]], used
        )
        if lead is not None and lead.owner is not None:
            owner = User.objects.get(pk=lead.owner.pk)
            hand_back(ItemKind.LEAD, lead.pk, reason=reason, note=note, actor=actor_of(owner))
    operations = next(user for user in staff.users.values() if user.role == "sales_ops")
    lead = _newest(list(staff.reps.values()), used)
    if lead is not None:
        void(ItemKind.LEAD, lead.pk, reason="test", actor=actor_of(operations))


def _is_below(rep: Rep, region: str) -> bool:
    team = rep.user.team
    return team is not None and team.parent is not None and team.parent.name == region


def _newest(reps: list[Rep], used: set[int]) -> Lead | None:
    """Their newest lead, best one that nobody has turned to yet; each only once."""
    found = (
        Lead.objects.filter(state=State.OWNED, owner__in=[one.pk for one in reps])
        .exclude(pk__in=used)
        .order_by(F("contacted_at").desc(nulls_first=True), "-pk")
        .first()
    )
    if found is not None:
        used.add(found.pk)
    return found
