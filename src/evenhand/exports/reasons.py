"""Why somebody takes rows out: asked each time, and written into the journal."""

EXPORT_REASONS = ("report", "meeting", "campaign", "check", "other")
