"""The report of a run: one self-contained page that a manager can open and mail."""
