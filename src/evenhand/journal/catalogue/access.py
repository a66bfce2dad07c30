"""Events of getting in: logins, passwords, second factors, links, tokens."""

from evenhand.journal.catalogue.types import CODE, CODES, NUMBER, EventType

TYPES = (
    EventType("login.made", "person", {"by": CODE}),
    EventType("login.ended", "person", {"count": NUMBER}),
    EventType("password.changed", "person"),
    EventType("password.reset", "person"),
    EventType("second_factor.set_up", "person"),
    EventType("second_factor.removed", "person"),
    EventType("second_factor.recovery_used", "person"),
    EventType("second_factor.recovery_renewed", "person"),
    EventType("link.issued", "person", {"kind": CODE}),
    EventType("token.issued", "token", {"scopes": CODES, "days": NUMBER}),
    EventType("token.revoked", "token"),
    EventType("secrets.resealed", "organization", {"rows": NUMBER}),
)
