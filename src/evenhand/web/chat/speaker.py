"""Who speaks to us in a chat, in which language, and how he is answered."""

from dataclasses import dataclass

from evenhand.journal.operations import owe
from evenhand.notify.lanes import WECOM
from evenhand.notify.queries import linked_user
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.organization import organization, usual_locale
from evenhand.people.scope import actor_of
from evenhand.wording.catalogue import DEFAULT_LOCALE, LOCALES, Words


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is linked and at work, with the rights he has now."""

    userid: str
    user: User
    actor: Actor
    words: Words

    def say(self, text: str) -> None:
        """Owe him a text."""
        owe(WECOM, {"to": self.userid, "text": text})

    def replace_buttons(self, response_code: str, text: str) -> None:
        """Owe his card an end: its buttons say what was done."""
        if response_code:
            owe(WECOM, {"to": self.userid, "update": response_code, "text": text})


def speaker_of(userid: str) -> Speaker | None:
    """Who somebody of 企业微信 is here; a stranger is told how to be linked, and nothing else."""
    company = organization()
    usual = usual_locale(company)
    user = linked_user(WECOM, userid)
    if user is None:
        words = Words(usual if usual in LOCALES else DEFAULT_LOCALE)
        owe(WECOM, {"to": userid, "text": words.text("web-chat-stranger")})
        return None
    locale = user.locale or usual
    words = Words(locale if locale in LOCALES else DEFAULT_LOCALE)
    return Speaker(userid, user, actor_of(user), words)
