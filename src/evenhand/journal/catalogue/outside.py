"""Events of what leads outside and in: channels, webhooks, connectors, links to chat systems."""

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
    EventType("connector.added", "connector", {"name": TEXT, "template": CODE}),
    EventType("connector.edited", "connector", {"name": TEXT, "is_on": FLAG}),
    EventType("connector.mapping_saved", "connector", {"name": TEXT, "version": NUMBER}),
    EventType("connector.secret_rotated", "connector", {"name": TEXT}),
    EventType("connector.removed", "connector", {"name": TEXT}),
    EventType("connector.sent_again", "connector", {"name": TEXT, "count": NUMBER}),
    EventType("chat.linked", "person", {"key": CODE, "how": CODE}),
    EventType("chat.unlinked", "person", {"key": CODE}),
    EventType("notices.defaults_set", "organization"),
    EventType("journal.anchored", "organization", {"seal": NUMBER, "position": NUMBER}),
    *(EventType(f"{item}.accepted", item, {"via": CODE, "receipt": RECEIPT}) for item in ITEMS),
)
