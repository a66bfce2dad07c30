"""What an item's owner is told of it outside: number, worth, the reason, and what he can do.

Nothing by which a customer could be known leaves the house: no name, no phone, no mail, no company.
The link shows them, to whoever may see them then.
"""

from typing import Any

from django.conf import settings

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import MODELS
from evenhand.leads.models import State
from evenhand.notify.letters import COMPOSERS, Card
from evenhand.people.models import User
from evenhand.people.names import user_names
from evenhand.people.organization import zone_of
from evenhand.routing.act_reasons import OTHER, REASONS
from evenhand.routing.explain import CannotExplain, explain
from evenhand.routing.models import Receipt
from evenhand.wording import formats
from evenhand.wording.catalogue import Words, message_id

PAGES = {
    ItemKind.LEAD: "/leads",
    ItemKind.ACCOUNT: "/accounts",
    ItemKind.OPPORTUNITY: "/opportunities",
}
# What the buttons of a card mean; a key is act:kind:item:receipt.
ACCEPT, RETURN, WHY = "accept", "return", "why"
RETURN_QUESTION = "return_reason"


def start() -> None:
    """Word items for their owners from now on, in this process."""
    if item_card not in COMPOSERS:
        COMPOSERS.append(item_card)


def item_card(user: User, kind: str, item_id: int, told_as: str, words: Words) -> Card | None:
    """An item for its owner; None where he is that no longer."""
    if kind not in MODELS:
        return None
    found = MODELS[kind]._default_manager.filter(pk=item_id, state=State.OWNED, owner_id=user.pk)
    item: Any = found.first()
    if item is None:
        return None
    mark = f"{kind}:{item_id}:{item.receipt_id or 0}"
    buttons = [
        (f"{act}:{mark}", words.text(f"notice-letter-{act}")) for act in (ACCEPT, RETURN, WHY)
    ]
    title = words.text(
        "notice-letter-new",
        kind=words.text(f"item-kind-{kind}"),
        number=str(item_id),
        grade=item.grade or "none",
    )
    return Card(
        title=title,
        link=f"{settings.EVENHAND_URL}{PAGES[ItemKind(kind)]}/{item_id}",
        desc=_by(item, words) if told_as != "assigned" else "",
        lines=why_lines(user, item, words)[:1],
        facts=_facts(user, item, words),
        buttons=buttons,
        choice=return_choice(words),
    )


def return_choice(words: Words) -> dict[str, Any]:
    """The reasons for handing back; "other" asks for a note and stands on the page alone."""
    reasons = [one for one in REASONS["return"] if one != OTHER]
    return {
        "key": RETURN_QUESTION,
        "title": words.text("notice-letter-return-reason"),
        "options": [[one, words.text(f"act-reason-return-{message_id(one)}")] for one in reasons],
    }


def why_lines(user: User, item: Any, words: Words) -> list[str]:
    """Why he has it, as his receipt says it; [] where it was given by hand or long ago."""
    receipt = Receipt.objects.select_related("batch", "line").filter(pk=item.receipt_id).first()
    if receipt is None or receipt.rep_id != user.pk:
        return []
    try:
        sections = explain(receipt, words, reader_id=user.pk).sections
    except CannotExplain:
        return []
    return [line for section in sections if section.key == "won" for line in section.lines]


def _by(item: Any, words: Words) -> str:
    receipt = Receipt.objects.filter(pk=item.receipt_id).first()
    if receipt is None or receipt.actor_id is None or not receipt.act:
        return ""
    name = user_names([receipt.actor_id]).get(receipt.actor_id, "")
    why = f"act-reason-{receipt.act}-{message_id(receipt.reason)}"
    return words.text(
        "notice-letter-by", name=name, reason=words.text(why) if words.has(why) else "none"
    )


def _facts(user: User, item: Any, words: Words) -> list[tuple[str, str]]:
    due = getattr(item, "contact_due_at", None)
    zone = zone_of(user)
    facts = {
        "points": str(formats.points(item.points)) if item.points else "",
        "region": getattr(item, "region", ""),
        "product": getattr(item, "product", ""),
        "source": getattr(item, "source", ""),
        "due": due.astimezone(zone).strftime("%m-%d %H:%M") if due is not None else "",
    }
    return [
        (words.text(f"notice-letter-fact-{name}"), value) for name, value in facts.items() if value
    ]
