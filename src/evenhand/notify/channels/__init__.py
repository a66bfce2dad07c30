"""The ways to people and programs outside: one interface, one file per way."""
