"""公海 as reps see it: what they may claim, what it costs, what they have left."""
