"""Events of people: members, reps, leave, teams, calendars, rosters, the company."""

from collections.abc import Iterator

from evenhand.journal.catalogue.types import (
    ANY,
    CODE,
    CODES,
    DAY,
    FLAG,
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


def _of_handing_over() -> Iterator[EventType]:
    planned = {"leave": id_of("leave"), "substitutes": ids_of("person"), "back": CODE}
    for act in ("planned", "agreed", "dropped"):
        yield EventType(f"cover.{act}", "person", planned)
    counts = {"leave": id_of("leave")}
    yield EventType("cover.begun", "person", {**counts, "moved": NUMBER, "refused": NUMBER})
    yield EventType("cover.ended", "person", {**counts, "back": NUMBER, "kept": NUMBER})
    sheet = {"departure": id_of("departure")}
    lines = {**sheet, "lines": NUMBER}
    yield EventType("departure.opened", "person", {**lines, "until": MOMENT, "then": CODE})
    yield EventType("departure.offered", "person", {**lines, "receivers": ids_of("person")})
    yield EventType(
        "departure.answered", "person", {**lines, "is_accepted": FLAG, "receiver": PERSON}
    )
    yield EventType("departure.left_out", "person", lines)
    yield EventType("departure.line_added", "person", {**sheet, "count": ANY})
    yield EventType("departure.canceled", "person", sheet)
    yield EventType("departure.finished", "person", {**sheet, "handed": NUMBER, "dealt": NUMBER})
    figures = {"rows": NUMBER, "format": CODE, "reason": CODE}
    yield EventType("departure.exported", "person", {**sheet, **figures})


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
    EventType("rep.edited", "person", {"mentor_id": change(PERSON)}, any_field=True),
    EventType("rep.promoted", "person", {"level": change(TEXT)}),
    EventType(
        "rep.practice_counted",
        "person",
        {"results": change(NUMBER), "days_away": change(NUMBER)},
    ),
    EventType("graduation.proposed", "graduation", {"rep": PERSON, "level": change(TEXT)}),
    EventType("graduation.accepted", "graduation", {"rep": PERSON, "level": change(TEXT)}),
    EventType("graduation.put_off", "graduation", {"rep": PERSON, "until": DAY}),
    EventType("graduation.lapsed", "graduation", {"rep": PERSON}),
    EventType("bench.exported", "bench", {"rows": NUMBER, "format": CODE, "reason": CODE}),
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
    EventType("rep.cap_set", "person", {"items": NUMBER, "until": DAY, "note": TEXT}),
    EventType("rep.cap_ended", "person", {"items": NUMBER}),
    EventType("rep.cap_derived", "person", {"items": ANY}),
    EventType("workload.said", "person", {"week": DAY, "word": CODE}),
    EventType("workload.answered", "person", {"week": DAY, "word": CODE, "answer": CODE}),
    EventType(
        "workload.week_settled",
        "organization",
        {"week": DAY, "reps": NUMBER, "over": NUMBER, "idle": NUMBER},
    ),
    EventType("workload.points_drafted", "line", {"draft": NUMBER, "changes": ANY}),
    EventType(
        "workload.exported", "organization", {"rows": NUMBER, "format": CODE, "reason": CODE}
    ),
    EventType("leave.entered", "person", _LEAVE),
    EventType("leave.ended", "person", _LEAVE),
    EventType("leave.canceled", "person", _LEAVE),
    *_of_handing_over(),
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
