"""Events of getting in: logins, passwords, second factors, links, tokens."""

from evenhand.journal.catalogue.types import CODE, CODES, FLAG, NUMBER, EventType, id_of

_BY_TOKEN = {"count": NUMBER, "token": id_of("token")}

TYPES = (
    EventType("login.made", "person", {"by": CODE, "is_new": FLAG, "source": CODE}),
    EventType("login.ended", "person", {"count": NUMBER, "how": CODE, "tokens": NUMBER}),
    # Refusals are counted and told every few minutes; `at` is the last of them.
    EventType("login.failed", "person", {"why": CODE, "source": CODE, "count": NUMBER}),
    EventType("access.refused", "person", {"why": CODE, "what": CODE, **_BY_TOKEN}),
    EventType("limit.reached", "person", {"what": CODE, **_BY_TOKEN}),
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
