"""A small company for the customer base: two teams, everybody's actor, leads as rows."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from evenhand.leads.custody import Taking, add_loads, open_assignments
from evenhand.leads.keys import company_key, search_text
from evenhand.leads.models import Company, Contact, Lead, Opportunity, State
from evenhand.people.actor import Actor
from evenhand.people.models import Rep, User
from evenhand.people.scope import actor_of
from evenhand.policies.models import Line
from tests.server.builders import organization, person, team


@dataclass
class Firm:
    """Everybody of the company by name."""

    line: Line
    users: dict[str, User]

    def actor(self, name: str) -> Actor:
        """The actor that somebody is now."""
        return actor_of(User.objects.select_related("rep").get(pk=self.users[name].pk))

    def rep(self, name: str) -> Rep:
        """Somebody as a rep."""
        return self.users[name].rep


def firm() -> Firm:
    """华东 with its team below 上海 and reps li, wang; 华南 with rep chen; managers; the office."""
    organization()
    line = Line.objects.create(key="direct", name="直销", is_default=True)
    east, south = team("华东"), team("华南")
    shanghai = team("上海", parent=east)
    users = {
        "li": person("li", "rep", "self", shanghai),
        "wang": person("wang", "rep", "self", shanghai),
        "mate": person("mate", "rep", "team", shanghai),
        "chen": person("chen", "rep", "self", south),
        "lead": person("lead", "manager", "team", shanghai),
        "head": person("head", "manager", "team_below", east),
        "ops": person("ops", "sales_ops", "all", None),
        "admin": person("admin", "admin", "all", None),
        "auditor": person("auditor", "auditor", "all", None),
    }
    return Firm(line, users)


def lead(owner: Rep | None, *, name: str = "王小明", **values: Any) -> Lead:
    """A lead: owned, with its assignment and load, or waiting where there is no owner."""
    company, phone = values.get("company_name", "华为技术"), values.pop("phone", "13800138000")
    email = values.pop("email", "xm@huawei.example")
    found = Lead.objects.create(
        state=values.pop("state", State.OWNED if owner else State.QUEUED),
        owner=owner,
        name=name,
        company_name=values.pop("company_name", company),
        phone=phone,
        email=email,
        search=search_text(name, company, phone, email),
        assigned_at=timezone.now() if owner else None,
        **values,
    )
    if owner is not None:
        _hold("lead", found.pk, owner)
    return found


def account(owner: Rep | None, name: str = "华为技术有限公司", **values: Any) -> Company:
    """An account, with its assignment and load where it has an owner."""
    found = Company.objects.create(
        state=State.OWNED if owner else State.UNTENDED,
        owner=owner,
        name=name,
        name_key=company_key(name),
        **values,
    )
    if owner is not None:
        _hold("account", found.pk, owner)
    return found


def contact(company: Company | None = None, **values: Any) -> Contact:
    """A person at a company."""
    return Contact.objects.create(
        **{
            "company": company,
            "name": "李娜",
            "phone": "13900139000",
            "phone_key": "13900139000",
            "email": "na@huawei.example",
            "email_key": "na@huawei.example",
        }
        | values
    )


def opportunity(owner: Rep, **values: Any) -> Opportunity:
    """An opportunity that somebody holds."""
    found = Opportunity.objects.create(
        **{
            "state": State.OWNED,
            "owner": owner,
            "name": "华为 年度采购",
            "stage": "discovery",
            "value": 1_000_00,
            "currency": "CNY",
        }
        | values
    )
    _hold("opportunity", found.pk, owner)
    return found


def _hold(kind: str, item_id: int, owner: Rep) -> None:
    taking = Taking(kind, item_id, owner.pk, "dealt", 0, None)
    open_assignments([taking], at=timezone.now())
    add_loads({owner.pk: (1, 0)})
