"""What somebody writes to the app: 为什么 17 (or why not); to all else, what can be asked."""

import re

from evenhand.engine.facts import ItemKind
from evenhand.web.chat.reasons import why_words
from evenhand.web.chat.speaker import speaker_of

_NUMBER = re.compile(r"(?<!\d)(\d{1,15})(?!\d)")
_KINDS = (
    (ItemKind.OPPORTUNITY, ("商机", "商機", "opportunity")),
    (ItemKind.ACCOUNT, ("客户", "客戶", "account")),
)
_LONGEST = 500


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
    speaker.say(why_words(speaker, _kind(text), int(number[1])))


def _kind(text: str) -> str:
    said = text.lower()
    for kind, names in _KINDS:
        if any(name in said for name in names):
            return kind.value
    return ItemKind.LEAD.value
