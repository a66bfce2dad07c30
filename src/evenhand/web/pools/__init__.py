"""Public pools as those who look after them see them: figures, their rows, limits from history."""
