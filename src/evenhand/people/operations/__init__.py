"""Every write to people: one function per business act."""
