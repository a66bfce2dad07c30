"""Addresses of this area."""

from typing import Any

from django.urls import path

from evenhand.engine.facts import ItemKind
from evenhand.web.leads import (
    accounts,
    acts,
    alike,
    choosing,
    detail,
    edit,
    keeping,
    listing,
    merging,
    opportunities,
    peace,
    several,
)

_KINDS = {
    "leads": {"kind": ItemKind.LEAD.value},
    "accounts": {"kind": ItemKind.ACCOUNT.value},
    "opportunities": {"kind": ItemKind.OPPORTUNITY.value},
}


def _of_every_kind(page: str) -> list[Any]:
    """What can be done alike with leads, accounts and opportunities."""
    kind, item, name = _KINDS[page], f"{page}/<int:item_id>", {"page": page}
    return [
        path(f"{item}/timeline", detail.show_time_line, kind),
        path(f"{item}/log", acts.log, kind),
        path(f"{item}/return", acts.give_back, kind),
        path(f"{item}/transfer", acts.give_on, kind),
        path(f"{item}/assign", acts.give, kind),
        path(f"{item}/void", acts.take_out, kind),
        path(f"{item}/peace", peace.leave, kind),
        path(f"{item}/keep", keeping.keep, kind),
        path(f"{page}/views", choosing.save, name),
        path(f"{page}/views/<int:view_id>/forget", choosing.forget, name),
        path(f"{page}/columns", choosing.choose, name),
    ]


urlpatterns: list[Any] = [
    path("leads", listing.show_leads),
    path("leads/several", several.several),
    path("leads/several/<int:act_id>", several.show_long_act),
    path("leads/several/<int:act_id>/stop", several.stop),
    path("leads/<int:lead_id>", detail.show_lead),
    path("leads/<int:lead_id>/stage", acts.stage),
    path("leads/<int:lead_id>/lose", acts.lose),
    path("leads/<int:item_id>/revival", acts.revival, _KINDS["leads"]),
    path("accounts/<int:account_id>/lose", acts.lose_customer),
    path("accounts/<int:item_id>/revival", acts.revival, _KINDS["accounts"]),
    path("leads/<int:lead_id>/edit", edit.edit),
    path("leads/<int:lead_id>/convert", edit.convert),
    path("leads/<int:lead_id>/erase", acts.erase),
    path("leads/<int:lead_id>/merge", merging.merge_lead),
    path("accounts/<int:account_id>/merge", merging.merge_account),
    path("accounts/<int:account_id>/contacts/<int:contact_id>/merge", merging.merge_contact),
    path("duplicates", alike.show),
    path("duplicates/<int:likeness_id>/different", alike.different),
    path("merges/<int:merge_id>/undo", merging.undo),
    path("accounts", accounts.show_accounts),
    path("accounts/new", accounts.add),
    path("accounts/<int:account_id>", accounts.show_account),
    path("accounts/<int:account_id>/edit", accounts.edit),
    path("accounts/<int:account_id>/parent", accounts.parent),
    path("accounts/<int:account_id>/key", accounts.key),
    path("accounts/<int:account_id>/contacts/new", accounts.add_person),
    path("accounts/<int:account_id>/contacts/<int:contact_id>", accounts.edit_person),
    path("accounts/<int:account_id>/opportunities/new", accounts.add_opportunity),
    path("opportunities", opportunities.show_opportunities),
    path("opportunities/<int:opportunity_id>", opportunities.show_opportunity),
    path("opportunities/<int:opportunity_id>/edit", opportunities.edit),
    path("opportunities/<int:opportunity_id>/stage", opportunities.stage),
    path("opportunities/<int:opportunity_id>/win", opportunities.win),
    path("opportunities/<int:opportunity_id>/lose", opportunities.lose),
    *(one for page in _KINDS for one in _of_every_kind(page)),
]
