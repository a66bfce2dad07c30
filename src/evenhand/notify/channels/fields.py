"""Which keys each chat system needs, as its own console calls them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One of them. Secrets are sealed, and never shown again."""

    name: str
    is_secret: bool = False
    is_needed: bool = True


FIELDS: Mapping[str, tuple[Field, ...]] = {
    "wecom": (
        Field("corp_id"),
        Field("agent_id"),
        Field("secret", is_secret=True),
        Field("callback_token", is_secret=True, is_needed=False),
        Field("callback_key", is_secret=True, is_needed=False),
        Field("url", is_needed=False),
    ),
    "dingtalk": (
        Field("app_key"),
        Field("agent_id"),
        Field("secret", is_secret=True),
        Field("url", is_needed=False),
    ),
    "feishu": (
        Field("app_id"),
        Field("secret", is_secret=True),
        Field("url", is_needed=False),
    ),
}
# These are numbers, whatever a person types.
NUMBERS = frozenset({"agent_id"})
