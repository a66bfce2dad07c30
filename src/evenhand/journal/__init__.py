"""What happened, append-only: events, the outbox of effects, answers given to a key."""
