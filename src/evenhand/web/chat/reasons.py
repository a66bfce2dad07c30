"""Why me, why not me, in a chat: as the receipt says it, to whoever may read it."""

from evenhand.leads.access import NotFound
from evenhand.people.scope import NotAllowed
from evenhand.routing.access import asked_receipt_for, receipt_for
from evenhand.routing.explain import CannotExplain, explain
from evenhand.routing.models import Receipt
from evenhand.web.chat.speaker import Speaker
from evenhand.wording.reasons import say

# So many sentences fit a message on a phone; the page has all of them.
_MOST = 6


def decision_of(kind: str, item_id: int) -> Receipt | None:
    """The latest decision by the rules about an item."""
    found = Receipt.objects.filter(item_kind=kind, item_id=item_id).exclude(batch=None)
    return found.order_by("-pk").first()


def why_words(speaker: Speaker, kind: str, item_id: int) -> str:
    """Why he got it, or why not; about items that he could not have had, nothing."""
    words = speaker.words
    decision = decision_of(kind, item_id)
    nothing = words.text("web-chat-no-decision", number=str(item_id))
    if decision is None:
        return nothing
    try:
        if decision.rep_id == speaker.user.pk:
            receipt, rep_id = receipt_for(speaker.actor, decision.pk), None
        elif speaker.actor.is_rep:
            receipt, rep_id = asked_receipt_for(speaker.actor, decision.pk), speaker.user.pk
        else:
            receipt, rep_id = receipt_for(speaker.actor, decision.pk), None
        found = explain(receipt, words, rep_id=rep_id, reader_id=speaker.user.pk)
    except (NotFound, NotAllowed):
        return nothing
    except CannotExplain as refusal:
        return say(words, refusal.why)
    wanted = ("won",) if rep_id is None else ("lost", "change")
    lines = []
    for section in found.sections:
        if section.key in wanted:
            lines += [section.title, *(f"· {line}" for line in section.lines[:_MOST])]
    return "\n".join(lines) if lines else nothing
