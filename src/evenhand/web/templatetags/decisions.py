"""Words for decisions and acts on pages."""

from collections.abc import Mapping
from typing import Any

from django import template

from evenhand.engine.reasons import reason_from_json
from evenhand.routing.models import Receipt
from evenhand.web.fairness.naming import Named
from evenhand.web.fairness.naming import group_words as name_of
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.reasons import say

register = template.Library()

ITEM_PATHS = {
    "lead": "/leads",
    "account": "/accounts",
    "opportunity": "/opportunities",
    "task": "/tasks",
}


@register.simple_tag(takes_context=True)
def say_key(context: dict[str, Any], start: str, key: str) -> str:
    """The sentence `<start><key>`, for a key that comes from data."""
    words: Words = context["words"]
    return words.text(f"{start}{message_id(key)}")


@register.simple_tag(takes_context=True)
def group_words(context: dict[str, Any], group: Named) -> str:
    """What a group of the ledger is called."""
    return name_of(group, context["words"])


@register.simple_tag(takes_context=True)
def act_reason(context: dict[str, Any], act: str, why: str) -> str:
    """The reason of an act by hand, from its list."""
    words: Words = context["words"]
    of_act = f"act-reason-{message_id(act)}-{message_id(why)}"
    of_any = f"act-reason-any-{message_id(why)}"
    return next((words.text(one) for one in (of_act, of_any) if why and words.has(one)), "")


@register.simple_tag(takes_context=True)
def decision_words(context: dict[str, Any], receipt: Receipt) -> str:
    """What was decided, in two words: 自动分配, 手工转交, 未分配 …"""
    words: Words = context["words"]
    if receipt.act:
        return words.text(f"web-act-{message_id(receipt.act)}")
    return words.text(f"web-outcome-{message_id(receipt.outcome)}")


@register.simple_tag(takes_context=True)
def why(context: dict[str, Any], stored: Mapping[str, Any] | None) -> str:
    """A stored reason in words."""
    if not stored:
        return ""
    names = context.get("names") or {}
    shown = {str(key): str(name) for key, name in names.items()}
    return say(context["words"], reason_from_json(stored), shown)


@register.simple_tag(takes_context=True)
def heap_words(context: dict[str, Any], code: str) -> str:
    """Why items of a heap wait, without the values of each."""
    words: Words = context["words"]
    message = f"web-heap-{message_id(code)}"
    return words.text(message if words.has(message) else "web-heap-other")


@register.simple_tag(takes_context=True)
def remedy(context: dict[str, Any], code: str) -> str:
    """What to do about items that wait for this reason."""
    words: Words = context["words"]
    message = f"web-remedy-{message_id(code)}"
    return words.text(message if words.has(message) else "web-remedy-other")


@register.inclusion_tag("web/distribution/item.html", takes_context=True)
def decided_item(context: dict[str, Any], receipt: Receipt) -> dict[str, Any]:
    """The item of a decision: by name where it is in reach, else by kind and number."""
    kind = receipt.item_kind
    item = context["items"].get((kind, receipt.item_id))
    name = getattr(item, "name", "") or getattr(item, "company_name", "")
    return {
        "words": context["words"],
        "receipt": receipt,
        "kind_words": context["words"].text(f"item-kind-{message_id(kind)}"),
        "name": name,
        "firm": getattr(item, "company_name", "") if getattr(item, "name", "") else "",
        "path": f"{ITEM_PATHS[kind]}/{receipt.item_id}",
    }


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key, or nothing."""
    return mapping.get(key, "")
