"""Writes of the customer base: one function per business act, each in one transaction."""
