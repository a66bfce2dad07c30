"""The fair-share ledger: books, bookings and bounds, in integer micro-points."""
