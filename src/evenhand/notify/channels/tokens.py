"""Access tokens of chat systems: fetched once, kept until shortly before they expire."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

# Renewed so many seconds before the end that was told.
_EARLY = 300


class TokenCache:
    """Tokens of this process by key; whoever finds one stale drops it, and it is fetched anew."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, float]] = {}
        self._lock = Lock()

    def get(self, key: str, fetch: Callable[[], tuple[str, int]]) -> str:
        """The token of a key; `fetch` gives a new one and its life in seconds.

        One at a time: many messages at once do not ask for many tokens.
        """
        with self._lock:
            token, until = self._kept.get(key, ("", 0.0))
            if not token or monotonic() >= until:
                token, seconds = fetch()
                self._kept[key] = (token, monotonic() + max(seconds - _EARLY, 1))
            return token

    def drop(self, key: str, token: str) -> None:
        """Forget a token that was refused, unless another took its place meanwhile."""
        with self._lock:
            if self._kept.get(key, ("", 0.0))[0] == token:
                del self._kept[key]

    def clear(self) -> None:
        """Forget all: the keys of a channel were changed."""
        with self._lock:
            self._kept.clear()


TOKENS = TokenCache()
