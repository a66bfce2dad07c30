"""The list of a public pool, and one item of it before it is claimed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.leads.access import NotFound
from evenhand.leads.queries.options import values_in
from evenhand.leads.queries.paging import Count, Page
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.clock import now
from evenhand.pool.access import SeenPool, pooled_for, pooled_item, pools_of
from evenhand.pool.masking import hidden_fields
from evenhand.pool.past import past_of
from evenhand.pool.queries import ORDERS, OfferFilter, offer, offered
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.leads.asking import Filter, query_of
from evenhand.web.leads.moving import moving_part
from evenhand.web.pool.shown import limits_shown, past_shown, row_of
from evenhand.wording.catalogue import Words

_LISTS = ("grade", "region", "source", "industry", "product")
_NARROWED = {
    "lead": ("grade", "region", "source", "industry"),
    "account": ("grade", "region", "industry"),
    "opportunity": ("grade",),
}


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_pool(request: HttpRequest) -> HttpResponse:
    """What a pool offers, and how it stands with whoever looks; with `?part=` the list alone."""
    actor, query, words = actor_in(request), query_of(request), words_of(request)
    pools = pools_of(actor, now=now())
    if not pools:
        return render(request, "web/pool/none.html")
    seen = _wanted(pools, query.get("at", ""))
    wanted = OfferFilter(
        kind=query.get("kind", ""),
        **{name: query.get(name, "")[:120] for name in _LISTS},
        only_ready=query.get("ready") == "1",
        order=query.get("order") or "-pooled",
    )
    found = offer(actor, seen, filters=wanted, page=number_of(query.get("page")) or 1)
    context: dict[str, Any] = {
        "offer": found,
        "at": address_of(seen),
        "rows": [row_of(one, words, is_blind=found.is_blind) for one in found.items],
        "limits": limits_shown(found.limits, words),
        "may_claim": seen.is_member,
        "at_once": seen.ready.claim.at_once,
        "back": _back(request),
        **_filters(actor, seen, found.kind, query, words),
    }
    if query.get("part") == "list":
        return render(request, "web/pool/list.html", {**context, "is_part": True})
    context |= {
        "tabs": [(address_of(one), one.name, one is seen) for one in pools],
        "kinds": seen.kinds if len(seen.kinds) > 1 else (),
        "page": Page(
            list(found.items),
            found.number,
            found.size,
            Count(found.total, False),
            found.number < found.pages,
        ),
    }
    return render(request, "web/pool/pool.html", context)


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_item(request: HttpRequest, kind: str, item_id: int) -> HttpResponse:
    """An item before it is claimed: who had it, what they did, why it came back."""
    actor, words = actor_in(request), words_of(request)
    seen, item = pooled_item(actor, kind, item_id)
    if seen.ready.claim.blind and not seen.is_administrator:
        raise NotFound(kind, item_id)  # nothing of it is seen before it is claimed
    one = offered(actor, seen, kind, item)
    context = {
        "row": row_of(one, words, is_blind=False),
        "item": one.item,
        "kind": kind,
        "at": address_of(seen),
        "pool": seen,
        "may_claim": seen.is_member,
        "past": past_shown(past_of(seen, kind, item_id), words),
        **moving_part(actor, kind, item, words, seen),
    }
    is_beside = request.headers.get("HX-Target") == "drawer-body"
    return render(request, f"web/pool/{'beside' if is_beside else 'item'}.html", context)


def address_of(seen: SeenPool) -> str:
    """A pool in an address: `line:name`."""
    return f"{seen.line_id}:{seen.name}"


def _back(request: HttpRequest) -> str:
    """The address of the whole page, also where only its list is asked for."""
    query = request.GET.copy()
    query.pop("part", None)
    return f"/pool?{query.urlencode()}" if query else "/pool"


def _wanted(pools: tuple[SeenPool, ...], at: str) -> SeenPool:
    """The pool that an address names, else the first one that somebody may claim from."""
    named = (one for one in pools if address_of(one) == at)
    return next(named, next((one for one in pools if one.is_member), pools[0]))


def _filters(
    actor: Actor, seen: SeenPool, kind: str, query: dict[str, str], words: Words
) -> dict[str, Any]:
    if seen.ready.claim.choose_of and not seen.is_administrator:
        return {"filters": [], "is_filtered": False}
    label, hidden = words.text, hidden_fields(seen)
    columns = [name for name in _NARROWED[kind] if name not in hidden]
    found = [
        Filter(
            name,
            label(f"web-leads-field-{name}"),
            query.get(name, ""),
            [(value, value) for value in values],
        )
        for name, values in values_in(pooled_for(actor, seen, kind), columns).items()
        if values
    ]
    ready = [("1", label("web-pool-ready-only"))]
    found.insert(0, Filter("ready", label("web-pool-ready"), query.get("ready", ""), ready))
    orders = [(one, label(f"web-pool-order-{_ORDER_WORDS[one]}")) for one in list(ORDERS)[1:]]
    first = label("web-pool-order-newest")
    found.append(
        Filter("order", label("web-pool-order"), query.get("order", ""), orders, any=first)
    )
    return {
        "filters": found[:3],
        "more_filters": found[3:],
        "more_are_set": any(one.value for one in found[3:]),
        "is_filtered": any(one.value for one in found[:-1]),
    }


_ORDER_WORDS = {"-pooled": "newest", "pooled": "oldest", "-score": "score"}
