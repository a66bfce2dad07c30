"""Which records tell of the same person or firm, with how much evidence."""
