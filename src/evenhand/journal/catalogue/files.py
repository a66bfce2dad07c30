"""Events of files: they come in, are taken in and back; rows leave as files."""

from evenhand.journal.catalogue.types import CODE, NUMBER, PERSON, EventType

TYPES = (
    EventType("import.uploaded", "import", {"bytes": NUMBER, "rows": NUMBER}),
    EventType("import.started", "import", {"rows": NUMBER}),
    EventType("import.released", "import", {"count": NUMBER}),
    EventType("import.stopped", "import"),
    EventType("import.done", "import", {"created": NUMBER, "rejected": NUMBER}),
    EventType("import.mapping_forgotten", "import", {"mapping": NUMBER}),
    EventType("import.planned", "import", {"count": NUMBER}),
    EventType(
        "import.plan_moved", "import", {"rep": PERSON, "from": PERSON, "count": NUMBER}, version=2
    ),
    EventType("import.plan_stopped", "import"),
    EventType("import.plan_continued", "import"),
    EventType("import.portion_asked", "import"),
    EventType("import.undo_begun", "import"),
    EventType("import.undone", "import", {"count": NUMBER, "kept": NUMBER}),
    EventType("export.asked", "export", {"page": CODE, "rows": NUMBER, "reason": CODE}),
    EventType("export.confirmed", "export"),
    EventType("export.refused", "export"),
    EventType("export.canceled", "export"),
    EventType("export.fetched", "export"),
)
