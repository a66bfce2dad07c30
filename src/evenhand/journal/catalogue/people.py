"""Events of people: members, reps, leave, teams, calendars, rosters, the company."""

from evenhand.journal.catalogue.types import (
    ANY,
    CODE,
    CODES,
    DAY,
    MOMENT,
    NUMBER,
    PERSON,
    TEXT,
    TEXTS,
    EventType,
    change,
    id_of,
    ids_of,
)

_TEAM = id_of("team")
_LEAVE = {"leave": id_of("leave"), "from": MOMENT, "until": MOMENT}
_SHIFTS = {"roster": TEXT, "shifts": NUMBER}

TYPES = (
    EventType("person.invited", "person", {"role": CODE, "scope": CODE, "team": _TEAM}),
    EventType("person.joined", "person"),
    EventType("person.edited", "person", {"fields": CODES, "team": _TEAM}),
    EventType("person.deactivated", "person", {"tokens": NUMBER}),
    EventType("person.reactivated", "person"),
    EventType("person.role_changed", "person", {"role": change(CODE), "scope": change(CODE)}),
    EventType("person.switched_on", "person"),
    EventType("person.switched_off", "person"),
    EventType("rep.started", "person"),
    EventType("rep.edited", "person", any_field=True),
    EventType(
        "rep.adjusted",
        "person",
        {
            "adjustment": id_of("adjustment"),
            "factor": NUMBER,
            "from": DAY,
            "until": DAY,
            "note": TEXT,
        },
    ),
    EventType(
        "rep.adjustment_canceled", "person", {"adjustment": id_of("adjustment"), "note": TEXT}
    ),
    EventType("leave.entered", "person", _LEAVE),
    EventType("leave.ended", "person", _LEAVE),
    EventType("leave.canceled", "person", _LEAVE),
    EventType("team.created", "team", {"name": TEXT, "parent": _TEAM}),
    EventType("team.renamed", "team", {"name": change(TEXT)}),
    EventType("team.moved", "team", {"parent": change(_TEAM), "teams": NUMBER}),
    EventType("team.manager_changed", "team", {"manager": change(PERSON)}),
    EventType("team.dissolved", "team", {"name": TEXT}),
    EventType("calendar.created", "calendar", {"name": TEXT}),
    EventType("calendar.edited", "calendar", {"was": TEXTS}),
    EventType("calendar.made_default", "calendar"),
    EventType("calendar.deleted", "calendar", {"name": TEXT}),
    EventType("calendar.day_set", "calendar", {"day": DAY, "as": ANY}),
    EventType("calendar.day_unset", "calendar", {"day": DAY}),
    EventType("calendar.days_uploaded", "calendar", {"days": NUMBER, "file": TEXT}),
    EventType(
        "roster.shifts_added",
        "roster",
        {**_SHIFTS, "reps": ids_of("person"), "first": DAY, "last": DAY},
    ),
    EventType("roster.shift_deleted", "roster", {"roster": TEXT, "rep": PERSON, "from": MOMENT}),
    EventType("roster.cleared", "roster", {**_SHIFTS, "from": MOMENT, "until": MOMENT}),
    EventType("company.set_up", "person"),
    EventType("company.edited", "organization", any_field=True),
    EventType("demo.seeded", "organization", {"leads": NUMBER}),
)
