"""Twelve who knock, and one of everything that is behind the doors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from evenhand.appeals.operations.file import file_appeal
from evenhand.connectors.operations.setup import add_connector
from evenhand.engine.policy.load import policy_from_plain
from evenhand.exports.models import Export, Step
from evenhand.fairness.operations.reports import make_report
from evenhand.forms.models import Sent
from evenhand.forms.operations.edit import make_form, publish_form
from evenhand.handover.models import Departure, DepartureLine
from evenhand.imports.models import Mapping
from evenhand.imports.operations.begin import upload
from evenhand.ladder.models import Proposal
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Company, Contact, Lead, Opportunity, SavedView
from evenhand.ledger.models import Book
from evenhand.notify.models import ChannelSetup, Notice
from evenhand.notify.operations.webhooks import add_webhook
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Adjustment, ApiToken, Calendar, Duty, Leave, Rep
from evenhand.people.operations.tokens import issue_token
from evenhand.people.scope import actor_of
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.rebalance.models import Rebalance, RebalanceMove
from evenhand.review.operations.comparing import compare, start_comparison
from evenhand.routing.models import LongAct
from evenhand.routing.take_in import take_in
from evenhand.tasks.models import Photo, Series, Task
from evenhand.web.entering import PROVED_KEY
from tests.server.cast import Cast, browser, cast
from tests.server.routing.world import policy
from tests.server.tasks.pictures import PIXEL

# What nobody may read who is denied.
SECRETS = ("机密客户", "13812345678", "绝密机械", "secret@hidden.example")

_ITEM_IDS = {
    "leads": "lead_id",
    "accounts": "account_id",
    "opportunities": "opportunity_id",
    "pool": "pooled_id",
}

Ask = Callable[[str, str], HttpResponse]


@dataclass(frozen=True)
class World:
    """The company, what can be named in an address, and who can ask."""

    people: Cast
    values: dict[str, str]
    askers: dict[str, Ask]

    def address(self, route: str) -> str:
        """The address of a route, with the ids of Ren's things."""
        parts = []
        kind = route.partition("/")[0]
        for part in route.split("/"):
            name = part.strip("<>").rpartition(":")[2]
            name = _ITEM_IDS[kind] if name == "item_id" else name
            parts.append(self.values[name] if part.startswith("<") else part)
        return "/" + "/".join(parts)


def build() -> World:
    """Ren holds one of everything; the others stand at their distances from him."""
    people = cast()
    publish("direct", policy(points={"base": {"A": 4, "B": 2}}), actor=SYSTEM)
    publish("direct", policy(pools=[{"pool": "公海"}]), actor=SYSTEM)
    Rep.objects.exclude(pk=people.ren.pk).update(is_accepting=False)
    take_in(
        [LeadIn(name=SECRETS[0], phone=SECRETS[1], company=SECRETS[2], email=SECRETS[3])],
        actor=SYSTEM,
    )
    lead = Lead.objects.get()
    assert lead.owner_id == people.ren.pk
    account = Company.objects.get()
    Company.objects.filter(pk=account.pk).update(owner=people.ren.pk, state="owned")
    sale = Opportunity.objects.create(
        company=account, name=SECRETS[2], stage="discovery", currency="CNY",
        state="owned", owner_id=people.ren.pk,
    )  # fmt: skip
    view = SavedView.objects.create(user=people.ren, page="leads", name="mine", query="q=x")
    notice = Notice.objects.create(user=people.ren, kind="assigned")
    token = issue_token("x", ["read"], actor=actor_of(people.alice)).token
    contact = Contact.objects.get()
    now = timezone.now()
    span = {"from_at": now, "until_at": now + timedelta(days=1)}
    leave = Leave.objects.create(rep_id=people.ren.pk, **span)
    departure = Departure.objects.create(
        rep_id=people.ren.pk, deadline=now + timedelta(7), at_deadline="ask", made_by=people.tom
    )
    for kind, row in (("lead", lead), ("account", account), ("contact", contact)):
        DepartureLine.objects.create(departure=departure, kind=kind, item_id=row.pk)
    rebalance = Rebalance.objects.create(
        team=people.shanghai,
        made_by=people.tom,
        loads=[[people.ren.pk, 2, 5, 2], [people.rui.pk, 9, 0, 3]],
    )
    RebalanceMove.objects.create(
        rebalance=rebalance, item_kind="lead", item_id=lead.pk, assignment_id=1, load=3, cost=1,
        from_rep_id=people.ren.pk, to_rep_id=people.rui.pk, receivers=[people.rui.pk],
    )  # fmt: skip
    shift = Duty.objects.create(rep_id=people.ren.pk, roster="周末", **span)
    calendar = Calendar.objects.create(
        name="公司", zone="Asia/Shanghai", hours=["09:00-18:00"] * 5 + ["", ""], is_default=True
    )
    adjustment = Adjustment.objects.create(
        rep_id=people.ren.pk, factor=80, from_date=now.date(), until_date=now.date(), note="x",
        made_by=people.tom,
    )  # fmt: skip
    report = make_report((now.replace(day=1) - timedelta(days=1)).date(), actor=SYSTEM)
    long_act = LongAct.objects.create(user=people.ren, act="stage", params={"stage": "contacted"})
    compared = start_comparison(
        Line.objects.get(), policy_from_plain(policy()), actor=actor_of(people.olga)
    )
    compare(compared.pk)
    connector, _ = add_connector("oceanengine", "", actor=actor_of(people.alice))
    hook, _ = add_webhook("CRM", "https://crm.example/in", [], actor=actor_of(people.alice))
    ChannelSetup.objects.create(key="wecom")
    appeal = file_appeal("lead", lead.pk, "other", "x", actor=actor_of(people.ren))
    file = upload("fair.csv", "姓名,手机\n张三,13800138111\n".encode(), actor=actor_of(people.olga))
    mapping = Mapping.objects.create(
        fingerprint=file.fingerprint, name="x", confirmed_by=people.olga, said=[]
    )
    form = make_form("direct", "x", actor=actor_of(people.olga))
    publish_form(form.pk, actor=actor_of(people.olga))
    form.refresh_from_db()
    sent = Sent.objects.create(
        form=form, version=form.live, state="held", values={"name": "y", "phone": "13700001234"}
    )
    export = Export.objects.create(
        user=people.olga, page="leads", format="csv", locale="en", zone="UTC", why="check",
        rows=1, step=Step.WAITING,
    )  # fmt: skip
    pooled = Lead.objects.create(
        name="公海里的人", state="pooled", pool="公海", line=Line.objects.get(), grade="B"
    )
    proposal = Proposal.objects.create(
        rep_id=people.ren.pk, from_level="", to_level="资深",
        evidence={
            "days": 100, "outcomes": 20, "expected": 18_000_000, "probability": 900_000,
            "asked": {"days": 90, "expected": 15_000_000, "probability": 800_000},
        },
    )  # fmt: skip
    task = Task.objects.create(
        line=Line.objects.get(), type="电话回访", title=f"回访{SECRETS[0]}", state="open",
        minutes=10, owner_id=people.ren.pk, item_kind="lead", item_id=lead.pk,
    )  # fmt: skip
    photo = Photo.objects.create(
        task=task, kind="jpeg", content=SECRETS[0].encode(), byte_count=1, added_by=people.ren
    )
    series = Series.objects.create(
        line=Line.objects.get(), type="电话回访", title=f"每周回访{SECRETS[0]}", unit="week",
        weekdays=[1], from_on=now.date(), to="rep", rep_id=people.ren.pk,
    )  # fmt: skip
    values = {
        "kind": "lead",
        "photo_id": str(photo.pk),
        "series_id": str(series.pk),
        "task_id": str(task.pk),
        "proposal_id": str(proposal.pk),
        "pooled_id": str(pooled.pk),
        "mapping_id": str(mapping.pk),
        "merge_id": "0",
        "likeness_id": "0",
        "appeal_id": str(appeal.pk),
        "extension_id": "1",  # there is none
        "pause_id": "1",
        "import_id": str(file.pk),
        "channel_key": "wecom",
        "connector_id": str(connector.pk),
        "key": "nonsense",
        "webhook_id": str(hook.pk),
        "lead_id": str(lead.pk),
        "account_id": str(account.pk),
        "opportunity_id": str(sale.pk),
        "contact_id": str(contact.pk),
        "receipt_id": str(lead.receipt_id),
        "line_id": str(Line.objects.get().pk),
        "comparison_id": str(compared.pk),
        "book_id": str(Book.objects.get().pk),
        "report_id": str(report.pk),
        "line": "direct",
        "number": "1",
        "line_key": "direct",
        "view_id": str(view.pk),
        "act_id": str(long_act.pk),
        "notice_id": str(notice.pk),
        "leave_id": str(leave.pk),
        "rebalance_id": str(rebalance.pk),
        "departure_id": str(departure.pk),
        "shift_id": str(shift.pk),
        "calendar_id": str(calendar.pk),
        "adjustment_id": str(adjustment.pk),
        "token_id": str(token.pk),
        "user_id": str(people.ren.pk),
        "rep_id": str(people.ren.pk),
        "team_id": str(people.shanghai.pk),
        "token": "nonsense",
        "form_key": "nonsense",
        "export_id": str(export.pk),
        "form_id": str(form.pk),
        "sent_id": str(sent.pk),
    }
    return World(people, values, dict(_askers(people)))


def _askers(people: Cast) -> Iterator[tuple[str, Ask]]:
    # Dan was logged in when he was deactivated.
    everybody = {
        "own": people.ren,
        "peer": people.rui,
        "other": people.carl,
        "lead": people.tom,
        "head": people.hua,
        "ops": people.olga,
        "admin": people.alice,
        "auditor": people.ada,
        "gone": people.dan,
    }
    yield "anon", _by(browser())
    for name, user in everybody.items():
        yield name, _by(_proved(browser(user)))
    for name in ("intake", "read"):
        secret = issue_token(name, [name], actor=actor_of(people.olga)).secret
        yield name, _by(Client(headers={"Authorization": f"Bearer {secret}"}))
    assert ApiToken.objects.count() == 3


def _proved(client: Client) -> Client:
    """Nobody is asked for his password again, however long a busy machine takes for all routes."""
    session = client.session
    session[PROVED_KEY] = (timezone.now() + timedelta(hours=2)).isoformat()
    session.save()
    return client


def _by(client: Client) -> Ask:
    def ask(method: str, address: str) -> HttpResponse:
        cookies = client.cookies.copy()
        if method == "GET":
            answer = client.get(address)
        elif address.startswith("/api/") and address.endswith("/photos"):
            answer = client.post(address, {"photo": SimpleUploadedFile("x.jpg", PIXEL)})
        elif address.startswith("/api/"):
            answer = client.post(address, _api_body(address), content_type="application/json")
        else:
            answer = client.post(address, FORM)
        # Whoever was logged out, or given another language, is who he was for the next route.
        client.cookies = cookies
        return answer

    return ask


# Fields of all forms at once: good enough that whoever is let in gets past the first checks.
FORM = {
    "stage": "contacted",
    "reason": "overload",
    "note": "x",
    "why": "excluded",
    "purpose": "report",
    "answer": "x",
    "facts": "x",
    "channel": "call",
    "outcome": "reached",
    "name": "新名字",
    "value": "1",
    "accepting": "on",
    "text": "schema: 1",
}
_API_BODIES = {
    "activities": {"channel": "call", "outcome": "reached"},
    "return": {"reason": "overload"},
    "void": {"reason": "spam"},
    "accounts": {"name": "新公司"},
    "bulk": {"leads": [{"name": "x"}]},
}


def _api_body(address: str) -> dict[str, object]:
    return dict(_API_BODIES.get(address.rpartition("/")[2], {}))
