"""Who acts: a person, a program with a token, the public form, a connector, the system itself."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """By which door somebody came in."""

    USER = "user"
    TOKEN = "token"
    FORM = "form"
    CONNECTOR = "connector"  # a platform that pushes to an address of ours
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Rights as they are now: built anew for every request from the rows, never kept.

    `teams` are the ids of the teams whose people he sees (empty for scope self), `reps` those of
    the reps in them, who may have left: lists find their rows by these; `token_id` is that of the
    token, or of the connector; `token_scopes` narrow a token to less than its user may. Operations
    take it keyword-only, as `actor`.
    """

    kind: ActorKind
    user_id: int | None = None
    token_id: int | None = None
    role: str = ""
    scope: str = ""
    team_id: int | None = None
    teams: frozenset[int] = frozenset()
    reps: frozenset[int] = frozenset()
    is_rep: bool = False
    token_scopes: frozenset[str] | None = None

    @property
    def caller(self) -> str:
        """For whom an idempotency key or a rate limit counts."""
        if self.token_id is not None:
            kind = self.kind if self.kind == ActorKind.CONNECTOR else ActorKind.TOKEN
            return f"{kind.value}:{self.token_id}"
        return f"{self.kind.value}:{self.user_id or 0}"


SYSTEM = Actor(ActorKind.SYSTEM, role="system", scope="all")
