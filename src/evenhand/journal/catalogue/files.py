"""Events of imports: a file comes in, is taken in, is taken back."""

from evenhand.journal.catalogue.types import NUMBER, EventType

TYPES = (
    EventType("import.uploaded", "import", {"bytes": NUMBER, "rows": NUMBER}),
    EventType("import.started", "import", {"rows": NUMBER}),
    EventType("import.stopped", "import"),
    EventType("import.done", "import", {"created": NUMBER, "rejected": NUMBER}),
    EventType("import.mapping_forgotten", "import", {"mapping": NUMBER}),
    EventType("import.undo_begun", "import"),
    EventType("import.undone", "import", {"count": NUMBER, "kept": NUMBER}),
)
