"""Acts of this package: file, decide, withdraw, reopen, and what happens when time is up."""
