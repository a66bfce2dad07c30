"""Events of the customer base: contacts logged, stages, accounts, opportunities, exports."""

from collections.abc import Iterator

from evenhand.journal.catalogue.dealing import ITEMS
from evenhand.journal.catalogue.types import (
    CODE,
    CODES,
    DAY,
    FLAG,
    NUMBER,
    OBJECT,
    PERSON,
    TEXT,
    EventType,
    id_of,
    ids_of,
)

_CHANGED = {"fields": CODES}


def _of_items() -> Iterator[EventType]:
    for item in ITEMS:
        yield EventType(
            f"{item}.logged",
            item,
            {"activity": id_of("activity"), "channel": CODE, "outcome": CODE},
        )
        whom = {"contact": id_of("contact"), "company": id_of("account")}
        yield EventType(f"{item}.left_in_peace", item, {**whom, "is_left": FLAG})


def _of_merges() -> Iterator[EventType]:
    for kind in ("lead", "account", "contact"):
        undone = {"merged": id_of(kind), "merge": NUMBER}
        yield EventType(f"{kind}.merged", kind, {**undone, "fields": CODES, "rep": PERSON})
        yield EventType(f"{kind}.unmerged", kind, undone)
        yield EventType(f"{kind}.told_apart", kind, {"other": id_of(kind)})


def _of_lists() -> Iterator[EventType]:
    data = {"rows": NUMBER, "format": CODE, "reason": CODE}
    for page in ("leads", "accounts", "opportunities", "journal", "tasks"):
        more = {"filter": OBJECT, "export": id_of("export")}
        yield EventType(f"{page}.exported", page, data | more)
    # Tables of figures.
    yield EventType("team_figures.exported", "team_figures", data)
    yield EventType("suspected.exported", "team_figures", data)
    yield EventType("import.results_exported", "import", data)


TYPES = (
    *_of_items(),
    *_of_lists(),
    EventType("lead.edited", "lead", _CHANGED),
    EventType("lead.stage_set", "lead", {"from": CODE, "to": CODE}),
    EventType("lead.lost", "lead", {"reason": CODE, "stage": CODE, "revive_on": DAY}),
    EventType("account.lost", "account", {"reason": CODE, "revive_on": DAY}),
    *(EventType(f"{kind}.revival_set", kind, {"revive_on": DAY}) for kind in ("lead", "account")),
    *(
        EventType(f"{kind}.revived", kind, {"reason": CODE, "rep": PERSON, "pool": TEXT})
        for kind in ("lead", "account")
    ),
    EventType(
        "lead.converted",
        "lead",
        {
            "company": id_of("account"),
            "contact": id_of("contact"),
            "opportunity": id_of("opportunity"),
        },
    ),
    EventType("account.created", "account"),
    EventType(
        "account.imported",
        "account",
        {**_CHANGED, "import": id_of("import"), "rep": PERSON, "beside": FLAG},
    ),
    EventType(
        "opportunity.imported",
        "opportunity",
        {"import": id_of("import"), "rep": PERSON, "stage": CODE},
    ),
    EventType(
        "account.edited", "account", {**_CHANGED, "from": id_of("account"), "to": id_of("account")}
    ),
    EventType("account.marked_key", "account", {"is_key": FLAG}),
    EventType("account.contact_added", "account", {"contact": id_of("contact"), **_CHANGED}),
    EventType("account.contact_edited", "account", {"contact": id_of("contact"), **_CHANGED}),
    EventType("opportunity.created", "opportunity", {"lead": id_of("lead")}),
    EventType("opportunity.edited", "opportunity", _CHANGED),
    EventType("opportunity.stage_set", "opportunity", {"from": CODE, "to": CODE}),
    EventType("opportunity.won", "opportunity", {"from": CODE}),
    EventType("opportunity.lost", "opportunity", {"from": CODE, "reason": CODE}),
    EventType(
        "conflict.checked",
        "conflict",
        {
            "by": CODE,
            "standing": CODE,
            "digest": CODE,
            "leads": ids_of("lead"),
            "accounts": ids_of("account"),
        },
    ),
    EventType("conflict.asked", "conflict", {"by": CODE, "people": ids_of("person")}),
    *_of_merges(),
    EventType("view.shared", "view", {"page": CODE}),
    EventType(
        "person.erased",
        "lead",
        {
            "reason": CODE,
            "leads": ids_of("lead"),
            "contacts": ids_of("contact"),
            "digests": CODES,
        },
    ),
)
