"""Buttons of a card: accept, hand back, why me. Late ones are refused in words."""

from collections.abc import Callable

from django.db import transaction

from evenhand.leads.access import MODELS, NotFound
from evenhand.leads.operations.accepting import CannotAccept, accept
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import Refused
from evenhand.routing.cards import ACCEPT, RETURN, WHY
from evenhand.routing.operations.give_up import hand_back
from evenhand.web.chat.reasons import why_words
from evenhand.web.chat.speaker import Speaker, speaker_of
from evenhand.wording.reasons import say


def pressed(userid: str, key: str, chosen: tuple[str, ...], response_code: str) -> None:
    """Do what a button says, and answer; in the caller's transaction."""
    speaker = speaker_of(userid)
    if speaker is None:
        return
    act, kind, item_id, receipt_id = _parts(key)
    if act == ACCEPT:
        _do(speaker, response_code, "accepted", lambda: _accept(speaker, kind, item_id, receipt_id))
    elif act == RETURN:
        reason = chosen[0] if chosen else ""
        _do(
            speaker,
            response_code,
            "returned",
            lambda: _return(speaker, kind, item_id, receipt_id, reason),
        )
    elif act == WHY:
        speaker.say(why_words(speaker, kind, item_id))


def _parts(key: str) -> tuple[str, str, int, int]:
    parts = key.split(":")
    if len(parts) != 4 or parts[1] not in MODELS or not (parts[2] + parts[3]).isdigit():
        return "", "", 0, 0
    return parts[0], parts[1], int(parts[2]), int(parts[3])


def _do(speaker: Speaker, response_code: str, done: str, act: Callable[[], str]) -> None:
    words = speaker.words
    try:
        with transaction.atomic():
            said = act()
        button = words.text(f"web-chat-button-{done}")
    except (CannotAccept, NotFound):
        said, button = words.text("web-chat-late"), words.text("web-chat-button-late")
    except NotAllowed:
        said, button = words.text("web-chat-not-allowed"), ""
    except Refused as refusal:
        said, button = say(words, refusal.why), ""
    speaker.say(said)
    if button:
        speaker.replace_buttons(response_code, button)


def _accept(speaker: Speaker, kind: str, item_id: int, receipt_id: int) -> str:
    is_new = accept(kind, item_id, via="wecom", receipt_id=receipt_id, actor=speaker.actor)
    return _said(speaker, "accepted" if is_new else "accepted-before", kind, item_id)


def _return(speaker: Speaker, kind: str, item_id: int, receipt_id: int, reason: str) -> str:
    _check_still(speaker, kind, item_id, receipt_id)
    hand_back(kind, item_id, reason=reason, actor=speaker.actor)
    return _said(speaker, "returned", kind, item_id)


def _check_still(speaker: Speaker, kind: str, item_id: int, receipt_id: int) -> None:
    """What he got by this very decision, and has not passed on since."""
    rows = MODELS[kind]._default_manager.filter(
        pk=item_id, owner_id=speaker.user.pk, receipt_id=receipt_id
    )
    if not rows.exists():
        raise NotFound(kind, item_id)


def _said(speaker: Speaker, what: str, kind: str, item_id: int) -> str:
    words = speaker.words
    thing = words.text(
        "notice-letter-item", kind=words.text(f"item-kind-{kind}"), number=str(item_id)
    )
    return words.text(f"web-chat-said-{what}", item=thing)
