"""What the three chat systems have in common: a token, calls with it, errors by their numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from evenhand.notify.channels.base import Failed, Later, Outcome, Refused, asked_pause, call
from evenhand.notify.channels.tokens import TOKENS
from evenhand.platform.http_out import Answer

BUSY_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True)
class Keys:
    """How a company reaches its chat system: the address, and the names and secrets of its app."""

    url: str
    settings: Mapping[str, str]
    secrets: Mapping[str, str]

    @property
    def mark(self) -> str:
        """Under which a token is kept: other keys, other token."""
        said = [self.url, *sorted(self.settings.items()), *sorted(self.secrets.items())]
        return sha256(repr(said).encode()).hexdigest()


@dataclass(frozen=True)
class Numbers:
    """What a system's error numbers mean to us."""

    field: str  # errcode or code
    stale: frozenset[int]  # the token is not valid any more
    whys: Mapping[int, str]  # final, or until an administrator acts
    waits: Mapping[int, str]  # try again; `too_many` holds the channel

    def outcome(self, answer: Answer, body: Mapping[str, Any]) -> Later | Refused | None:
        """What is wrong with an answer, None = nothing."""
        if answer.status == 429:
            return Later("too_many", "429", asked_pause(answer, BUSY_PAUSE), holds=True)
        number = body.get(self.field)
        if answer.status >= 500 or not isinstance(number, int):
            return Later("unreadable", f"{answer.status} {answer.body[:80]!r}")
        if number == 0:
            return None
        said = f"{number} {str(body.get('errmsg') or body.get('msg') or '')[:160]}"
        if number in self.waits:
            why = self.waits[number]
            holds = why == "too_many"
            return Later(why, said, asked_pause(answer, BUSY_PAUSE) if holds else None, holds)
        why = self.whys.get(number, "refused")
        # Wrong keys and missing permissions are put right by people: what is owed waits for them.
        if why in ("bad_keys", "address_unlisted", "not_permitted"):
            return Later(why, said)
        return Refused(why, said)


class ChatApi:
    """Calls with a token that is renewed once where it has become stale."""

    numbers: Numbers

    def __init__(self, keys: Keys) -> None:
        self.keys = keys

    def fetch_token(self) -> tuple[str, int]:
        """A new token and its life in seconds."""
        raise NotImplementedError

    def request(self, token: str, method: str, path: str, body: Any) -> Answer:
        """One call with a token."""
        raise NotImplementedError

    def ask(self, method: str, path: str, body: Any = None) -> Mapping[str, Any]:
        """One call; a stale token is renewed once.

        :raises Failed: it did not work.
        """
        for is_last in (False, True):
            token = TOKENS.get(self.keys.mark, self.fetch_token)
            answer = self.request(token, method, path, body)
            found = answer.json()
            found = found if isinstance(found, dict) else {}
            if found.get(self.numbers.field) in self.numbers.stale:
                TOKENS.drop(self.keys.mark, token)
                if not is_last:
                    continue
            self.check(answer, found)
            return found
        raise AssertionError("two tries, and each ends")

    def check(self, answer: Answer, body: Mapping[str, Any]) -> None:
        """Let a good answer pass.

        :raises Failed: it was an error.
        """
        wrong = self.numbers.outcome(answer, body)
        if wrong is not None:
            raise Failed(wrong)

    def plain(self, method: str, path: str, body: Any = None) -> Mapping[str, Any]:
        """A call without a token: for the token itself.

        :raises Failed: it did not work.
        """
        answer = call(method, self.keys.url + path, body)
        found = answer.json()
        found = found if isinstance(found, dict) else {}
        self.check(answer, found)
        return found


def outcome_of(work: Callable[[], Outcome]) -> Outcome:
    """What became of a message; a failed call says it itself."""
    try:
        return work()
    except Failed as failure:
        return failure.outcome
