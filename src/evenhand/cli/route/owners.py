"""Who looks after which company: by this run, by former ones, by a history of past leads."""

from collections.abc import Callable, Mapping

from evenhand.cli.route.state import State


class CompanyOwners:
    """Owners by company key. Former runs left digests only, so their companies come to light
    when a row names one again."""

    def __init__(self, state: State, history: Mapping[str, str]) -> None:
        """`history` counts where former runs say nothing."""
        self._state = state
        self._former = state.owners
        self.known = dict(history)
        if self._former:
            self.known = {key: self._recall(key) or rep_id for key, rep_id in history.items()}
        # Without former runs, what is known is all there is: asked for every row of a large file.
        self.of: Callable[[str], str | None] = self._of if self._former else self.known.get

    def _of(self, key: str) -> str | None:
        """Who looks after a company; None = nobody."""
        return self.known.get(key) or self._recall(key)

    def _recall(self, key: str) -> str | None:
        return self._former.get(self._state.company_digest(key))

    def digests(self) -> dict[str, str]:
        """Owners by digest, for the next state."""
        keys = self._state.digests("company", self.known, salt=self._state.salt)
        return {**self._former, **dict(zip(keys, self.known.values(), strict=True))}
