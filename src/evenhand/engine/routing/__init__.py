"""Who gets an item, and why: plan, eligible, decide, replay."""
