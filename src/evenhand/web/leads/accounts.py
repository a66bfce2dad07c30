"""Pages of accounts: the list, one account, founding and editing, its people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import NotFound, item_for
from evenhand.leads.keys import company_key
from evenhand.leads.masking import sees_contact_data
from evenhand.leads.models import Site, State
from evenhand.leads.operations.companies import (
    CannotKeepCompany,
    create_company,
    edit_company,
    mark_key_account,
    set_parent,
    set_site,
)
from evenhand.leads.operations.contacts import add_contact, edit_contact
from evenhand.leads.operations.opportunities import create_opportunity
from evenhand.leads.queries.accounts import (
    SORTS,
    account_facts,
    account_page,
    company_named,
    contact_of,
)
from evenhand.leads.queries.choices import chosen
from evenhand.leads.queries.filters import account_filter
from evenhand.leads.queries.options import options_for
from evenhand.leads.queries.tree import company_tree
from evenhand.leads.work import LOSSES
from evenhand.people.scope import Right, may
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.leads.asking import Filter, back, query_of, zone_name
from evenhand.web.leads.clock import countdowns
from evenhand.web.leads.columns import ACCOUNT_COLUMNS, chosen_columns
from evenhand.web.leads.detail import item_context
from evenhand.web.leads.edit import DEAL, create_page, edit_page, usual_currency
from evenhand.web.leads.forms import Spec
from evenhand.web.leads.listing import ends_context, list_context, shared_filters, words_for
from evenhand.web.leads.merging import to_survivor
from evenhand.web.paging import asked_page
from evenhand.wording.reasons import say

_COMPANY = (
    Spec("name", is_required=True),
    Spec("region"),
    Spec("industry"),
    Spec("size"),
    Spec("employees", "number"),
    Spec("domain"),
    Spec("note", "long"),
)
_PERSON = (
    Spec("name"),
    Spec("title"),
    Spec("phone", "tel"),
    Spec("email", "email"),
)


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_accounts(request: HttpRequest) -> HttpResponse:
    """The accounts that the filter in the address lets through."""
    actor, query, words = actor_in(request), query_of(request), words_of(request)
    wanted = account_filter(query, zone=zone_name(request))
    options = options_for(actor, ItemKind.ACCOUNT)
    kept = chosen(actor, "accounts")
    asked = asked_page(query, size=kept.get("size", 20))
    sort = query["sort"] if query.get("sort") in SORTS else "-created"
    page = account_page(actor, wanted, sort=sort, number=asked.number, size=asked.size)
    first, more = shared_filters("accounts", query, options, words)
    is_key = [("1", words.text("web-leads-key-only"))]
    label = words.text("web-leads-filter-key")
    first.append(Filter("key", label, query.get("key", ""), is_key))
    columns = chosen_columns(ACCOUNT_COLUMNS, kept, sees_others=len(options.owners) > 1)
    context: dict[str, Any] = {
        "page_name": "accounts",
        **list_context(request, "accounts", words),
        "filters": first,
        "more_filters": more,
        "is_filtered": any(one.value for one in (*first, *more)),
        "more_are_set": any(one.value for one in more),
        "page": page,
        "sort": sort,
        "columns": columns,
        **ends_context(ItemKind.ACCOUNT, page.rows, columns, timezone.now()),
        "all_columns": ACCOUNT_COLUMNS,
        "may_add": may(actor, Right.WORK),
        "may_merge": may(actor, Right.MERGE),
    }
    return render(request, "web/leads/accounts.html", context)


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_account(request: HttpRequest, account_id: int) -> HttpResponse:
    """An account with its people, leads and opportunities."""
    actor, words = actor_in(request), words_of(request)
    now = timezone.now()
    facts = account_facts(actor, account_id, now=now)
    if (elsewhere := to_survivor(request, ItemKind.ACCOUNT, facts.account)) is not None:
        return elsewhere
    context = {
        **item_context(request, ItemKind.ACCOUNT, facts.account, words),
        "account": facts.account,
        "facts": facts,
        "left": countdowns(facts.leads, now),
        "may_edit": may(actor, Right.WORK),
        "may_mark": may(actor, Right.TRANSFER),
        "losses": words_for(words, "web-leads-loss", LOSSES)
        if may(actor, Right.WORK) and facts.account.state == State.OWNED
        else [],
        "tree": company_tree(actor, account_id),
        "sites": [("", words.text("web-leads-site-none"))]
        + [(one, words.text(f"web-leads-site-{one}")) for one in Site.values],
        "contacts_to_log": [(one.pk, one.name) for one in facts.contacts if one.name],
    }
    return render(request, "web/leads/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.WORK)
def add(request: HttpRequest) -> HttpResponse:
    """Found an account."""
    actor = actor_in(request)
    return create_page(
        request,
        _COMPANY,
        place="/accounts",
        title="web-leads-account-new",
        initial={},
        save=lambda values: f"/accounts/{create_company(values, actor=actor).pk}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.WORK)
def edit(request: HttpRequest, account_id: int) -> HttpResponse:
    """Change the facts of an account."""
    actor = actor_in(request)

    def now() -> dict[str, str]:
        row = item_for(actor, ItemKind.ACCOUNT, account_id, Right.WORK)
        values = {spec.name: getattr(row, spec.name) for spec in _COMPANY}
        return {name: "" if value is None else str(value) for name, value in values.items()}

    now()
    return edit_page(
        request,
        _COMPANY,
        place=f"/accounts/{account_id}",
        title="web-leads-account-edit",
        now=now,
        save=lambda values, seen: edit_company(account_id, values, seen=seen, actor=actor),
    )


@require_POST
@signed_in(Right.WORK)
def parent(request: HttpRequest, account_id: int) -> HttpResponse:
    """Put an account under another one, or under none, and say what it is there for.

    A name that several have, or none exactly, leads to a choice.
    """
    actor, name = actor_in(request), request.POST.get("parent", "").strip()
    account = item_for(actor, ItemKind.ACCOUNT, account_id, Right.WORK)
    place, chosen_id = f"/accounts/{account_id}", number_of(request.POST.get("parent_id"))
    context: dict[str, Any] = {"account": account, "place": place, "name": name}
    status = 200
    try:
        if "site" in request.POST:
            set_site(account_id, request.POST["site"], actor=actor)
        if chosen_id is None and name:
            found = [one for one in company_named(actor, name) if one.pk != account_id]
            same = [one for one in found if one.name_key == company_key(name)]
            if not same:
                context["found"] = found
                return render(request, "web/leads/parent.html", context)
            chosen_id = same[0].pk
        set_parent(account_id, chosen_id, actor=actor)
    except CannotKeepCompany as refused:
        context["error"], status = say(words_of(request), refused.why), 422
        return render(request, "web/leads/parent.html", context, status=status)
    return back(request, place, "web-leads-done-saved")


@require_POST
@signed_in(Right.TRANSFER)
def key(request: HttpRequest, account_id: int) -> HttpResponse:
    """Name it a key account, or no longer."""
    mark_key_account(account_id, request.POST.get("key") == "1", actor=actor_in(request))
    return back(request, f"/accounts/{account_id}", "web-leads-done-saved")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.WORK)
def add_person(request: HttpRequest, account_id: int) -> HttpResponse:
    """Add somebody who works there."""
    actor, place = actor_in(request), f"/accounts/{account_id}"
    item_for(actor, ItemKind.ACCOUNT, account_id, Right.WORK)

    def save(values: dict[str, str]) -> str:
        add_contact(account_id, values, actor=actor)
        return place

    return create_page(
        request, _PERSON, place=place, title="web-leads-contact-new", initial={}, save=save
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.WORK)
def edit_person(request: HttpRequest, account_id: int, contact_id: int) -> HttpResponse:
    """Correct somebody's name, title, phone, mail."""
    actor = actor_in(request)
    account = item_for(actor, ItemKind.ACCOUNT, account_id, Right.WORK)
    if not sees_contact_data(actor, account):
        raise NotFound("contact", contact_id)

    def now() -> dict[str, str]:
        row = contact_of(account_id, contact_id)
        return {spec.name: getattr(row, spec.name) for spec in _PERSON}

    now()
    return edit_page(
        request,
        _PERSON,
        place=f"/accounts/{account_id}",
        title="web-leads-contact-edit",
        now=now,
        save=lambda values, seen: edit_contact(
            account_id, contact_id, values, seen=seen, actor=actor
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.WORK)
def add_opportunity(request: HttpRequest, account_id: int) -> HttpResponse:
    """Open an opportunity at an account."""
    actor = actor_in(request)
    account = item_for(actor, ItemKind.ACCOUNT, account_id, Right.WORK)

    def save(values: dict[str, str]) -> str:
        return f"/opportunities/{create_opportunity(account_id, values, actor=actor).pk}"

    return create_page(
        request,
        DEAL,
        place=f"/accounts/{account_id}",
        title="web-leads-opportunity-new",
        initial={"name": account.name, "currency": usual_currency()},
        save=save,
    )
