"""A company that has been at work for a while, behind a server that a whole module shares.

Everything of `tests/access/company.py` (one of each thing that an address can name), and besides:
leads of every grade and with long names, some overdue, some that nobody could take, acts by hand,
notices. Tests of a module that asks for `served` only look; what changes something asks for
`visitor`, whose database is emptied after each test.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from evenhand.connectors.models import Connector, Delivery, Outcome, Record
from evenhand.engine.facts import ItemKind
from evenhand.forms.operations.edit import open_form
from evenhand.journal.models import Outbox
from evenhand.ladder.models import Proposal
from evenhand.ladder.operations.counting import count_all as count_ladder
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead
from evenhand.notify.models import ChannelSetup, ChatLink
from evenhand.notify.operations import tell
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Leave, LinkKind, Rep, User
from evenhand.people.operations.links import issue_link
from evenhand.people.operations.revision import people_changed
from evenhand.people.sealing import seal
from evenhand.policies.operations.publish import publish
from evenhand.routing.operations.give import transfer
from evenhand.routing.operations.give_up import hand_back
from evenhand.routing.take_in import take_in
from tests.access.company import World, build
from tests.server.cast import act_as
from tests.server.routing.world import SHARE, policy

LONG = "Internationale Maschinenbau- und Werkzeugvertriebsgesellschaft mbH & Co. KG"
# Who looks, by the names that tests/access/matrix.toml has for them.
WHO = {
    "own": "ren",
    "peer": "rui",
    "lead": "tom",
    "head": "hua",
    "ops": "olga",
    "admin": "alice",
    "auditor": "ada",
}
_LADDER = [
    {
        "level": "新人",
        "mostly": "lead.grade = B",
        "ramp": {"start_percent": 40, "days": 90, "results": 12},
        "stretch": {"percent": 10},
        "note": "从培育类线索做起",
    },
    {"level": "资深", "mentees": 2},
]
_NOBODY_SPEAKS_IT = {
    "rule": "葡萄牙语询盘",
    "when": 'lead.region is within "巴西"',
    "to": {"strategy": "fair_share", "group": "会葡萄牙语的"},
    "if_nobody": {"do": "wait"},
}


def move_in() -> World:
    """Build it; values of the world name real links and a form that is open."""
    world = build()
    groups = [
        {"group": "全体", "who": True},
        {"group": "会葡萄牙语的", "who": 'rep.language contains "葡萄牙语"'},
    ]
    pools = [{"pool": "公海", "group": "全体", "claim": {"per_day": 3, "holding_items": 10}}]
    document = policy(rules=[_NOBODY_SPEAKS_IT, SHARE], groups=groups, pools=pools, levels=_LADDER)
    publish("direct", document, actor=SYSTEM, note="巴西询盘交给会葡萄牙语的同事")
    with transaction.atomic():
        Rep.objects.filter(is_active=True).update(is_accepting=True, level="资深")
        Rep.objects.filter(pk=world.people.ren.pk).update(
            level="新人", joined_on=timezone.now() - timedelta(days=40), mentor=world.people.rui.pk
        )
        Proposal.objects.update(from_level="新人")
        later = timezone.now() + timedelta(days=30)
        Leave.objects.update(from_at=later, until_at=later + timedelta(days=2))
        people_changed()
    _a_few_days(world)
    count_ladder(timezone.now())
    _channels_in_trouble(world)
    _pushes(world)
    world.values["token"] = issue_link(LinkKind.INVITE, user=world.people.rui, actor=SYSTEM)
    world.values["form_key"] = open_form("direct", actor=SYSTEM)
    return world


def _a_few_days(world: World) -> None:
    people = world.people
    take_in([_inquiry(number) for number in range(24)], actor=SYSTEM)
    now = timezone.now()
    mine = Lead.objects.filter(owner_id=people.ren.pk).order_by("pk")
    for number, lead in enumerate(mine):
        Lead.objects.filter(pk=lead.pk).update(
            contact_due_at=now + timedelta(minutes=45 * (number - 2))
        )
    last = mine.last()
    other = Lead.objects.filter(owner_id=people.rui.pk).last()
    assert last is not None and other is not None
    hand_back(
        ItemKind.LEAD, last.pk, reason="wrong_region", note="客户在重庆", actor=act_as(people.ren)
    )
    transfer(
        ItemKind.LEAD, other.pk, to=people.ren.pk, reason="customer_wish", note="老同学",
        actor=act_as(people.tom),
    )  # fmt: skip
    everybody = [one.pk for one in vars(people).values() if isinstance(one, User)]
    with transaction.atomic():
        for kind in ("assigned", "transferred_to_you", "returned", "escalated"):
            tell(everybody, kind, params={"by": people.tom.pk})


def _channels_in_trouble(world: World) -> None:
    """A chat system that is on and failing, somebody linked, something parked."""
    people, now = world.people, timezone.now()
    ChannelSetup.objects.update_or_create(
        key="wecom",
        defaults={
            "is_on": True,
            "settings": {"corp_id": "ww1234567890abcdef", "agent_id": "1000002"},
            "secrets": seal("{}"),
            "succeeded_at": now - timedelta(hours=3),
            "failed_at": now - timedelta(minutes=2),
            "last_error": "address_unlisted: 60020 not allow to access from your ip, hint: [1]",
        },
    )
    ChatLink.objects.create(user=people.ren, channel="wecom", address="WangXiaoMing")
    for kind, payload in (
        ("wecom", {"to": "WangXiaoMing"}),
        ("webhook", {"webhook": int(world.values["webhook_id"]), "event": 1}),
    ):
        Outbox.objects.create(
            kind=kind, payload=payload, attempts=8, parked_at=now, last_error=f"refused: {LONG}"
        )


def _pushes(world: World) -> None:
    """What a platform pushed: of every outcome one, and a call of somebody who is no lead."""
    row = Connector.objects.get(pk=int(world.values["connector_id"]))
    now = timezone.now()
    lead = Lead.objects.filter(owner_id=world.people.ren.pk).latest("pk")
    why = {"to_mend": "connector.body_unreadable", "refused": "connector.wrong_signature"}
    for number, outcome in enumerate(Outcome.values):
        code = why.get(outcome)
        Delivery.objects.create(
            connector=row,
            at=now - timedelta(minutes=number),
            outcome=outcome,
            why=None if code is None else {"code": code},
            body='{"name": "王芳", "telphone": "13800138000", "remark": "' + LONG + '"}',
            items=[lead.pk] if outcome == "accepted" else [],
        )
    Record.objects.create(
        connector=row, entry_key="c", phone_key="13900139000", rep="8001", channel="call",
        direction="out", outcome="reached", evidence="call_record", seconds=61, at=now,
    )  # fmt: skip


def _inquiry(number: int) -> LeadIn:
    return LeadIn(
        name=f"王芳{number}" if number % 4 else "Maximiliane Freifrau von Hohenstein-Waldenburg",
        company=LONG if number % 5 == 0 else f"华东机械{number}",
        phone=f"138001380{number:02}",
        region="巴西" if number % 6 == 0 else "江苏省/苏州市",
        source="官网",
        product="注塑机",
    )
