"""What somebody writes: 为什么 17 (or why not), 申诉 17 …; to all else, what can be asked."""

import re

from django.db import transaction

from evenhand.appeals.operations.file import file_appeal
from evenhand.appeals.rules import OTHER
from evenhand.engine.facts import ItemKind
from evenhand.leads.access import NotFound
from evenhand.people.organization import zone_of
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import Refused
from evenhand.web.chat.reasons import why_words
from evenhand.web.chat.speaker import Speaker, speaker_of
from evenhand.wording import formats
from evenhand.wording.reasons import say

_NUMBER = re.compile(r"(?<!\d)(\d{1,15})(?!\d)")
_KINDS = (
    (ItemKind.OPPORTUNITY, ("商机", "商機", "opportunity")),
    (ItemKind.ACCOUNT, ("客户", "客戶", "account")),
)
_APPEALS = ("申诉", "申訴", "appeal")
# Between the number and the words of an appeal.
_MARKS = " \t\n:：,，、。."
_LONGEST = 600


def written(userid: str, text: str) -> None:
    """Answer a text; in the caller's transaction."""
    speaker = speaker_of(userid)
    if speaker is None:
        return
    text = text[:_LONGEST].strip()
    number = _NUMBER.search(text)
    if number is None:
        speaker.say(speaker.words.text("web-chat-help"))
        return
    # What an item is called stands before its number; after it, anybody may be named.
    before, item_id = text[: number.start()].lower(), int(number[1])
    kind = next((kind for kind, names in _KINDS if any(one in before for one in names)), None)
    item_kind = (kind or ItemKind.LEAD).value
    if before.startswith(_APPEALS):
        note = text[number.end() :].strip(_MARKS)
        speaker.say(_appeal(speaker, item_kind, item_id, note))
    else:
        speaker.say(why_words(speaker, item_kind, item_id))


def _appeal(speaker: Speaker, item_kind: str, item_id: int, note: str) -> str:
    """Object in one's own words; what comes of it, in ours."""
    words = speaker.words
    if not note:
        return words.text("web-chat-appeal-why", number=str(item_id))
    try:
        with transaction.atomic():
            appeal = file_appeal(item_kind, item_id, OTHER, note, actor=speaker.actor)
    except NotFound:
        return words.text("web-chat-no-decision", number=str(item_id))
    except NotAllowed:
        return words.text("web-chat-not-allowed")
    except Refused as refusal:
        return say(words, refusal.why)
    due = appeal.due_at.astimezone(zone_of(speaker.user))
    return words.text(
        "web-chat-appeal-filed",
        number=str(item_id),
        due=f"{formats.day(words.locale, due.date())} {due:%H:%M}",
    )
