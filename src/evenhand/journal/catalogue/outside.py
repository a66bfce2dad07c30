"""Events of what leads outside: channels, webhooks, links to chat systems, answers from there."""

from evenhand.journal.catalogue.dealing import ITEMS
from evenhand.journal.catalogue.types import CODE, CODES, FLAG, NUMBER, RECEIPT, TEXT, EventType

_WEBHOOK = {"name": TEXT, "kinds": CODES}

TYPES = (
    EventType("channel.edited", "channel", {"key": CODE, "is_on": FLAG, "fields": CODES}),
    EventType("channel.replayed", "channel", {"key": CODE, "count": NUMBER}),
    EventType("webhook.added", "webhook", _WEBHOOK),
    EventType("webhook.edited", "webhook", {**_WEBHOOK, "is_on": FLAG}),
    EventType("webhook.secret_rotated", "webhook", {"name": TEXT}),
    EventType("webhook.removed", "webhook", {"name": TEXT}),
    EventType("webhook.replayed", "webhook", {"name": TEXT, "count": NUMBER}),
    EventType("chat.linked", "person", {"key": CODE, "how": CODE}),
    EventType("chat.unlinked", "person", {"key": CODE}),
    EventType("notices.defaults_set", "organization"),
    *(EventType(f"{item}.accepted", item, {"via": CODE, "receipt": RECEIPT}) for item in ITEMS),
)
