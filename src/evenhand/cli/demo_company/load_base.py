"""Writes the demo company's rules, firms and the accounts that it had before."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from importlib.resources import files

from evenhand.cli.demo_company.plans import CompanyPlan, DemoCompany
from evenhand.engine.facts import ItemKind
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import read_policy
from evenhand.forms.operations.edit import open_form
from evenhand.leads.custody import Taking, add_loads, open_assignments
from evenhand.leads.keys import company_key, email_key, phone_key
from evenhand.leads.likeness import core_of
from evenhand.leads.models import Company, Contact, State
from evenhand.people.actor import SYSTEM
from evenhand.people.clocks import company_day
from evenhand.people.models import Rep, User
from evenhand.policies.operations.publish import publish

POLICIES = ("machines", "consumer")
# What each was published for, and after how many days somebody looks whether it came true.
PROMISED = {
    "machines": ("重点线索 4 个工作小时内首次联系，组内每人分差不超过 20 分", 75),
    "consumer": ("首次联系都在 4 个工作小时以内，各片区人均分值相当", 4),
}
IMPORTED = "imported"


def policy_of(name: str) -> PolicyDocument:
    """One of the bundled policies."""
    text = (files("evenhand.cli.demo_company") / "policies" / f"{name}.yaml").read_text("utf-8")
    return read_policy(text)


def load_policies(reps: Mapping[str, Rep], users: Iterable[User], until: datetime) -> None:
    """Publish both policies, each the first version of its line, with sales operations as owner."""
    owner = next(user for user in users if user.role == "sales_ops")
    ids = {one.user.name: str(one.pk) for one in reps.values()}
    for name in POLICIES:
        document = policy_of(name)
        plain = document.as_plain()
        for pool in plain["pools"]:  # the file names people, a policy their ids
            if names := pool.get("administrators"):
                pool["administrators"] = [ids[name] for name in names]
        expected, days = PROMISED[name]
        publish(
            document.line,
            plain,
            note=document.note,
            owner_id=owner.pk,
            expected=expected,
            review_on=company_day(until) + timedelta(days=days),
            actor=SYSTEM,
        )
        open_form(document.line, actor=SYSTEM)


def load_companies(plan: DemoCompany, reps: Mapping[str, Rep]) -> dict[str, Company]:
    """Write all firms with the people whom we know there; by name."""
    rows = [_company(one, reps) for one in plan.companies]
    Company.objects.bulk_create(rows)
    by_name = {row.name: row for row in rows}
    children = []
    for one in plan.companies:
        if one.parent:
            row = by_name[one.name]
            row.parent = by_name[one.parent]
            children.append(row)
    Company.objects.bulk_update(children, ["parent"])
    accounts = [one for one in plan.companies if one.owner]
    _contacts(accounts, by_name)
    _take_accounts(accounts, by_name, reps)
    return by_name


def _company(plan: CompanyPlan, reps: Mapping[str, Rep]) -> Company:
    owner = reps[plan.owner] if plan.owner else None
    assert plan.created_at is not None
    return Company(
        name=plan.name,
        name_key=company_key(plan.name),
        core_key=core_of(plan.name),
        domain=plan.domain,
        region=plan.region,
        industry=plan.industry,
        size=plan.size,
        employees=plan.employees,
        revenue=plan.revenue,
        currency=plan.currency,
        is_key_account=plan.is_key_account,
        created_at=plan.created_at,
        state=State.OWNED if owner else State.UNTENDED,
        owner=owner,
        assigned_at=plan.created_at if owner else None,
    )


def _contacts(accounts: list[CompanyPlan], by_name: Mapping[str, Company]) -> None:
    Contact.objects.bulk_create(
        Contact(
            company=by_name[one.name],
            name=person.name,
            title=person.title,
            phone=person.phone,
            phone_key=phone_key(person.phone),
            email=person.email,
            email_key=email_key(person.email),
            created_at=by_name[one.name].created_at,
        )
        for one in accounts
        for person in one.contacts
    )


def _take_accounts(
    accounts: list[CompanyPlan], by_name: Mapping[str, Company], reps: Mapping[str, Rep]
) -> None:
    changes: dict[int, tuple[int, int]] = {}
    for one in accounts:
        rep, company = reps[one.owner].pk, by_name[one.name]
        assert one.created_at is not None
        taking = Taking(ItemKind.ACCOUNT, company.pk, rep, IMPORTED, 0, None)
        open_assignments([taking], at=one.created_at)
        changes[rep] = (changes.get(rep, (0, 0))[0] + 1, 0)
    add_loads(changes)
