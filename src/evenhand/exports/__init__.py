"""Exports: rows leave the house as files, with a reason, a second person where many, an end."""
