"""Events of distribution: leads come in, are dealt, change hands; rules are published."""

from collections.abc import Iterator

from evenhand.journal.catalogue.types import (
    ANY,
    CODE,
    CODES,
    DAY,
    FLAG,
    NUMBER,
    PERSON,
    RECEIPT,
    TEXT,
    EventType,
    id_of,
)

ITEMS = ("lead", "account", "opportunity")
_DEALT = {"state": CODE, "rep": PERSON, "receipt": RECEIPT}
_GIVEN = {"rep": PERSON, "from": PERSON, "reason": CODE, "receipt": RECEIPT}
_GIVEN_UP = {"from": PERSON, "reason": CODE, "receipt": RECEIPT}
_POOLED = {**_GIVEN_UP, "pool": TEXT, "how": CODE}
_CLAIMED = {"rep": PERSON, "pool": TEXT, "price": NUMBER, "receipt": RECEIPT}

_ANSWERED = {"rep": PERSON, "reason": CODE}


def _of_items() -> Iterator[EventType]:
    for item in ITEMS:
        yield EventType(f"{item}.dealt", item, _DEALT)
        yield EventType(f"{item}.assigned", item, _GIVEN)
        yield EventType(f"{item}.transferred", item, _GIVEN)
        yield EventType(f"{item}.handed_back", item, _GIVEN_UP)
        yield EventType(f"{item}.claimed", item, _CLAIMED)
        yield EventType(f"{item}.voided", item, _GIVEN_UP)
        yield EventType(f"{item}.pooled", item, _POOLED)
        yield EventType(f"{item}.reassigned", item, _GIVEN_UP)


TYPES = (
    EventType("lead.taken_in", "lead", {**_DEALT, "via": CODE, "why": CODE}),
    EventType("lead.imported", "lead", {"state": CODE, "rep": PERSON, "pool": TEXT}),
    EventType("lead.redealt", "lead", _GIVEN),
    EventType("lead.repeated", "lead", {"via": CODE, "known_by": CODES}),
    EventType("lead.company_matched", "lead", {"company": NUMBER, "percent": NUMBER}),
    EventType(
        "lead.attached", "lead", {"to": NUMBER, "rep": PERSON, "open": FLAG, "known_by": CODES}
    ),
    *_of_items(),
    EventType("leads.act_begun", "leads", {"count": NUMBER, "by": CODE}),
    EventType(
        "policy.comparison_exported",
        "line",
        {"comparison": NUMBER, "rows": NUMBER, "format": CODE, "reason": CODE},
    ),
    EventType("policy.compared", "line", {"comparison": NUMBER, "days": NUMBER}),
    EventType("fairness.target_set", "book", {"points": NUMBER, "jain": NUMBER, "days": NUMBER}),
    EventType("fairness.target_cleared", "book"),
    EventType("fairness.alarm_raised", "book", {"points": NUMBER, "jain": NUMBER}),
    EventType("fairness.alarm_ended", "book", {"points": NUMBER, "jain": NUMBER}),
    EventType("fairness.report_made", "fairness_report", {"month": DAY}),
    EventType("fairness.reports_shared", "fairness_report", {"everybody": FLAG}),
    EventType("fairness.exported", "book", {"rows": NUMBER, "format": CODE, "reason": CODE}),
    EventType(
        "policy.published",
        "line",
        {
            "version": NUMBER,
            "label": TEXT,
            "owner": PERSON,
            "review_on": ANY,
            "approved_by": PERSON,
            "back_to": ANY,
        },
    ),
    EventType(
        "appeal.filed",
        "appeal",
        {"item_kind": CODE, "item": NUMBER, "reason": CODE, "receipt": RECEIPT, "to": PERSON},
    ),
    EventType("appeal.withdrawn", "appeal"),
    EventType(
        "appeal.upheld",
        "appeal",
        {**_ANSWERED, "points": NUMBER, "receipt": RECEIPT, "given": RECEIPT},
    ),
    EventType("appeal.rejected", "appeal", _ANSWERED),
    EventType("appeal.reopened", "appeal", {"to": PERSON}),
    EventType("appeal.overdue", "appeal", {"from": PERSON}),
    EventType("pool.exported", "line", {"rows": NUMBER, "format": CODE, "reason": CODE}),
    EventType("appeals.exported", "appeals", {"rows": NUMBER, "format": CODE, "reason": CODE}),
    EventType("policy.draft_begun", "line", {"draft": NUMBER, "version": ANY}),
    EventType("policy.draft_held", "line", {"draft": NUMBER, "from_person": PERSON}),
    EventType("policy.draft_released", "line", {"draft": NUMBER}),
    EventType("policy.draft_discarded", "line", {"draft": NUMBER}),
    EventType("policy.draft_restored", "line", {"draft": NUMBER}),
    EventType("policy.draft_rebased", "line", {"draft": NUMBER}),
    EventType("policy.asked", "line", {"request": NUMBER}),
    EventType("policy.sent_back", "line", {"request": NUMBER}),
    EventType("policy.withdrawn", "line", {"request": NUMBER}),
    EventType(
        "policy.reviewed",
        "line",
        {"version": NUMBER, "owner": PERSON, "review_on": DAY, "note": TEXT},
    ),
    EventType("line.added", "line"),
    EventType("line.second_person", "line", {"is_needed": FLAG}),
    EventType("form.opened", "line", {"form": id_of("form"), "version": NUMBER}),
    EventType("form.closed", "line", {"form": id_of("form"), "version": NUMBER}),
    EventType("form.made", "form"),
    EventType("form.readdressed", "form"),
    EventType("form.deleted", "form"),
    EventType("form.restored", "form"),
    EventType("form.released", "form", {"lead": id_of("lead")}),
    EventType("form.dropped", "form"),
)
